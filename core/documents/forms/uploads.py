"""The places for files on a page. All stand in one form, so that no button loses what stands beside it."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.documents.forms.fields import DocumentField


class Place(NamedTuple):
    """Where a page takes a file. ``key`` tells its input from those of the others."""

    key: str
    name: str


class UploadForm(forms.Form):
    """One file for one place."""

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": place.key})
        self.fields["file"] = DocumentField(
            label=place.name,
            error_messages={"required": gettext_lazy("Choose a file first.")},
        )

    @property
    def is_chosen(self) -> bool:
        return self.add_prefix("file") in self.files


def attach_chosen(
    request: HttpRequest,
    places: Iterable[Place],
    attach: "Callable[[Place, UploadedFile[Any]], object]",
    *,
    pressed: str = "",
) -> dict[str, UploadForm]:
    """Attach every file that was chosen, whichever button was pressed, and say so.

    Returns the forms of what was refused, by key. ``pressed`` is the place whose own button it was: that one
    asks for a file.
    """
    refused = {}
    for place in places:
        form = UploadForm(request.POST, request.FILES, place=place)
        if not form.is_chosen and place.key != pressed:
            continue
        if _is_attached(form, place, attach):
            messages.success(request, _("“%(name)s” was uploaded.") % {"name": place.name})
        else:
            refused[place.key] = form
    return refused


def _is_attached(
    form: UploadForm, place: Place, attach: "Callable[[Place, UploadedFile[Any]], object]"
) -> bool:
    if form.is_valid():
        try:
            attach(place, form.cleaned_data["file"])
        except ValidationError as error:
            form.add_error("file", error)
    return not form.errors
