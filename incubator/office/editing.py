"""The forms in which a call is set up. What is locked is shown, with the reason, and refused when posted."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.views import generic
from wagtail.log_actions import log

from core.accounts.requests import signed_in
from core.errors import NotNow
from core.office.viewset import DeleteView
from core.whole_number import whole_number
from incubator.models import AgreementText, Criterion
from incubator.queries.setup import draft_calls, free_rubrics, open_fields, why_locked
from incubator.services.setup import add_agreement_text, add_part, change_part, delete_part


class SetupForm(WagtailAdminModelForm):
    """Offers the calls and rubrics that are still open; a closed one that is posted gets told why not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "call" in self.fields and self._meta.model is not AgreementText:
            self._offer("call", draft_calls())
        if self._meta.model is Criterion:
            self._offer("rubric", free_rubrics())

    def _offer(self, name: str, open_ones: Any) -> None:
        field: Any = self.fields[name]
        every, current = field.queryset, getattr(self.instance, f"{name}_id")
        field.queryset = open_ones | every.model.objects.filter(pk=current) if current else open_ones
        offered = list(field.choices)
        field.queryset = every
        field.widget.choices = offered

    def lock(self, still: tuple[str, ...]) -> None:
        for name, field in self.fields.items():
            field.disabled = name not in still and not field.widget.is_hidden


class VersionedForm(SetupForm):
    """Carries the version of what the page was drawn from, so that a page that is too old is told."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class _Telling:
    """What the service finds wrong stands on the form."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except ValidationError as error:
            form.add_error(None, error)
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]


class AddView(_Telling, generic.CreateView):
    def get_initial(self) -> dict[str, Any]:
        """The page of a call leads here with the call already chosen."""
        return super().get_initial() | {
            name: whole_number(self.request.GET.get(name, "")) for name in ("call", "rubric")
        }

    def save_instance(self) -> Any:
        part = self.add(self.form.save(commit=False))
        log(instance=part, action="wagtail.create", content_changed=True)
        return part

    def add(self, part: Any) -> Any:
        return add_part(by=signed_in(self.request), part=part)


class AddTextView(AddView):
    def add(self, part: Any) -> Any:
        return add_agreement_text(by=signed_in(self.request), call=part.call, body=part.body)

    def get_success_buttons(self) -> list[Any]:
        return []  # a text is never edited


class EditView(_Telling, generic.EditView):
    """A form whose locked fields can be read but not changed, of the version of what it belongs to."""

    template_name = "incubator/office/setup_form.html"
    locked = ""
    still: tuple[str, ...] = ()

    def get_object(self, queryset: Any = None) -> Any:
        found = super().get_object(queryset)
        self.locked = why_locked(found)
        self.still = open_fields(found, self.form_class.base_fields)
        self.drawn_from = self.version_of(found)
        return found

    def version_of(self, found: Any) -> int:
        version: int = (found.rubric if isinstance(found, Criterion) else found.call).version
        return version

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"version": self.drawn_from}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.lock(self.still)
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
        posted = self.form.cleaned_data
        values = {name: posted[name] for name in self.form.changed_data if name != "version"}
        version = posted.get("version")
        saved = self.save_part(values, -1 if version is None else version)
        log(instance=saved, action="wagtail.edit", content_changed=bool(values))
        return saved

    def save_part(self, values: dict[str, Any], version: int) -> Any:
        return change_part(
            by=signed_in(self.request), part=self.object, values=values, expected_version=version
        )

    @property
    def can_delete(self) -> bool:
        return not self.locked and self.user_has_permission_for_instance("delete", self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"locked": self.locked, "can_save": bool(self.still)}


class RemoveView(DeleteView):
    """Deletes a part of a call in preparation."""

    http_method_names: ClassVar[list[str]] = ["get", "post"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if reason := why_locked(self.object):
            raise NotNow(reason)
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def delete_action(self) -> None:
        with transaction.atomic():
            log(instance=self.object, action="wagtail.delete")
            delete_part(by=signed_in(self.request), part=self.object)
