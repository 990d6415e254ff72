"""Forms of what is set up before it is announced. What is locked is shown, with the reason, and refused."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.views import generic
from wagtail.log_actions import log

from core.errors import NotNow
from core.forms import add_errors
from core.office.viewset import CreateView, DeleteView

TOO_OLD = -1


class VersionedForm(WagtailAdminModelForm):
    """Carries the version of what the page was drawn from, so that a page that is too old is told.

    What a subclass declares is no part of the row: the view hands it to the service beside the changes.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReasonedForm(VersionedForm):
    """Asks why, too."""

    reason = forms.CharField(
        label=_("Why it changes"),
        help_text=_("Needed where the public reads what changes. It stands in the history."),
        max_length=200,
        required=False,
    )


class _Telling:
    """What the service finds wrong stands on the form."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except ValidationError as error:
            add_errors(form, error)
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            response = self.form_invalid(form)  # type: ignore[attr-defined]
        return response


class AddView(_Telling, CreateView):
    """Subclasses hand what was filled in to a service: ``add(part)``."""

    def add(self, part: Any) -> Any:
        raise NotImplementedError

    def save_instance(self) -> Any:
        part = self.add(self.form.save(commit=False))
        log(instance=part, action="wagtail.create", content_changed=True)
        return part


class LockingEditView(_Telling, generic.EditView):
    """A form whose locked fields can be read but not changed.

    Subclasses say ``why_locked`` and which are the ``open_fields``, and hand what was changed to a service:
    ``change(values, version)``, where ``version`` is what the page was drawn from.
    """

    template_name = "office/locking_form.html"
    locked = ""
    still: tuple[str, ...] = ()

    def why_locked(self, found: Any) -> str:
        raise NotImplementedError

    def open_fields(self, found: Any, names: Iterable[str]) -> tuple[str, ...]:
        raise NotImplementedError

    def change(self, values: dict[str, Any], version: int) -> Any:
        raise NotImplementedError

    def version_of(self, found: Any) -> int | None:
        """The version that the form carries, of what it belongs to; nothing where there is none."""
        return None

    def get_object(self, queryset: Any = None) -> Any:
        found = super().get_object(queryset)
        self.locked = self.why_locked(found)
        self.still = self.open_fields(found, self.form_class.base_fields)
        self.drawn_from = self.version_of(found)
        return found

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"version": self.drawn_from}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        for name, field in form.fields.items():
            field.disabled = name not in self.still and name not in form.declared_fields
        return form

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        if not self.still:
            raise NotNow(self.locked)
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def get_success_url(self) -> str:
        """Back to the page of what was changed, where it has one."""
        where: str | None = self.get_inspect_url()
        return where or str(super().get_success_url())

    def save_instance(self) -> Any:
        posted, beside = self.form.cleaned_data, self.form.declared_fields
        values = {name: posted[name] for name in self.form.changed_data if name not in beside}
        version = posted.get("version")
        saved = self.change(values, TOO_OLD if version is None else version)
        log(instance=saved, action="wagtail.edit", content_changed=bool(values))
        return saved

    @property
    def can_delete(self) -> bool:
        return not self.locked and self.user_has_permission_for_instance("delete", self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"locked": self.locked, "can_save": bool(self.still)}


class LockingDeleteView(DeleteView):
    """Deletes what is not locked, through a service: ``remove(part)``."""

    http_method_names: ClassVar[list[str]] = ["get", "post"]

    def why_locked(self, found: Any) -> str:
        raise NotImplementedError

    def remove(self, part: Any) -> None:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if reason := self.why_locked(self.object):
            raise NotNow(reason)
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def delete_action(self) -> None:
        with transaction.atomic():
            log(instance=self.object, action="wagtail.delete")
            self.remove(self.object)
