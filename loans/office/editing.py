"""The forms of what is set up: each change goes through its service."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.requests import signed_in
from core.office.editing import AddView, LockingDeleteView, LockingEditView, ReasonedForm
from core.whole_number import whole_number
from loans.queries.setup import open_fields, why_locked
from loans.services.rounds import add_round, change_round
from loans.services.setup import add_part, add_setup, change_part, change_setup, delete_part


class YearForm(ReasonedForm):
    """What is said of a changed rate or plan must have been announced."""

    source_holds = forms.BooleanField(
        label=_("The source named above announces the changed rate or plan, too"), required=False
    )

    field_order = ("fund", "year", "plan_amount", "annual_rate", "source", "source_holds", "reason")


class AddSetupView(AddView):
    def add(self, part: Any) -> Any:
        return add_setup(by=signed_in(self.request), row=part)


class AddRoundView(AddView):
    def add(self, part: Any) -> Any:
        return add_round(by=signed_in(self.request), loan_round=part)


class AddPartView(AddView):
    """The page of a product leads here with the product already chosen."""

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"product": whole_number(self.request.GET.get("product", ""))}

    def add(self, part: Any) -> Any:
        return add_part(by=signed_in(self.request), part=part)


class _EditView(LockingEditView):
    def why_locked(self, found: Any) -> str:
        return why_locked(found)

    def open_fields(self, found: Any, names: Iterable[str]) -> tuple[str, ...]:
        return open_fields(found, names)

    def version_of(self, found: Any) -> int | None:
        version: int = found.version
        return version


class EditSetupView(_EditView):
    def change(self, values: dict[str, Any], version: int) -> Any:
        return change_setup(
            by=signed_in(self.request),
            row=self.object,
            values=values,
            reason=self.form.cleaned_data["reason"],
            source_holds=self.form.cleaned_data.get("source_holds", False),
            expected_version=version,
        )


class EditPartView(_EditView):
    def version_of(self, found: Any) -> int | None:
        version: int = found.product.version
        return version

    def change(self, values: dict[str, Any], version: int) -> Any:
        return change_part(
            by=signed_in(self.request),
            part=self.object,
            values=values,
            reason=self.form.cleaned_data["reason"],
            expected_version=version,
        )


class EditRoundView(_EditView):
    def change(self, values: dict[str, Any], version: int) -> Any:
        return change_round(
            by=signed_in(self.request), loan_round=self.object, values=values, expected_version=version
        )


class RemovePartView(LockingDeleteView):
    def why_locked(self, found: Any) -> str:
        return why_locked(found)

    def remove(self, part: Any) -> None:
        delete_part(by=signed_in(self.request), part=part)
