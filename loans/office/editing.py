"""The forms of rounds and of what products ask. What is locked is shown, with the reason, and refused."""

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
from loans.queries.setup import open_fields, why_locked
from loans.services.products import add_part, change_part, delete_part
from loans.services.rounds import change_round


class RoundForm(WagtailAdminModelForm):
    """Carries the version of what the page was drawn from, so that a page that is too old is told."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AddPartView(generic.CreateView):
    def save_instance(self) -> Any:
        part = add_part(by=signed_in(self.request), part=self.form.save(commit=False))
        log(instance=part, action="wagtail.create", content_changed=True)
        return part


class LockingEditView(generic.EditView):
    """A form whose locked fields can be read but not changed."""

    template_name = "loans/office/setup_form.html"
    locked = ""
    still: tuple[str, ...] = ()

    def get_object(self, queryset: Any = None) -> Any:
        found = super().get_object(queryset)
        self.locked = why_locked(found)
        self.still = open_fields(found, self.form_class.base_fields)
        return found

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        for name, field in form.fields.items():
            field.disabled = name not in self.still and not field.widget.is_hidden
        return form

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        if not self.still:
            raise NotNow(self.locked)
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        """What the service finds wrong stands on the form."""
        try:
            response: HttpResponse = super().form_valid(form)
        except ValidationError as error:
            form.add_error(None, error)
            self.produced_error_message = self.get_error_message()
            response = self.form_invalid(form)
        return response

    def save_instance(self) -> Any:
        posted = self.form.cleaned_data
        values = {name: posted[name] for name in self.form.changed_data if name != "version"}
        saved = self.change(values)
        log(instance=saved, action="wagtail.edit", content_changed=bool(values))
        return saved

    def change(self, values: dict[str, Any]) -> Any:
        raise NotImplementedError

    @property
    def can_delete(self) -> bool:
        return not self.locked and self.user_has_permission_for_instance("delete", self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"locked": self.locked, "can_save": bool(self.still)}


class EditRoundView(LockingEditView):
    def get_object(self, queryset: Any = None) -> Any:
        found = super().get_object(queryset)
        self.drawn_from = found.version
        return found

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"version": self.drawn_from}

    def get_success_url(self) -> str:
        return str(self.get_inspect_url())

    def change(self, values: dict[str, Any]) -> Any:
        version = self.form.cleaned_data.get("version")
        return change_round(
            by=signed_in(self.request),
            loan_round=self.object,
            values=values,
            expected_version=-1 if version is None else version,
        )


class EditPartView(LockingEditView):
    def change(self, values: dict[str, Any]) -> Any:
        return change_part(by=signed_in(self.request), part=self.object, values=values)


class RemovePartView(DeleteView):
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
