"""The forms in which a call is set up: each change goes through its service."""

from collections.abc import Iterable
from typing import Any

from wagtail.admin.forms.models import WagtailAdminModelForm

from core.accounts.requests import signed_in
from core.office import editing
from core.whole_number import whole_number
from incubator.models import AgreementText, Criterion
from incubator.queries.setup import draft_calls, free_rubrics, open_fields, why_locked
from incubator.services.setup import add_agreement_text, add_part, change_part, delete_part


class _Offering:
    """Offers the calls and rubrics that are still open; a closed one that is posted gets told why not."""

    fields: dict[str, Any]
    instance: Any
    _meta: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "call" in self.fields and self._meta.model is not AgreementText:
            self._offer("call", draft_calls())
        if self._meta.model is Criterion:
            self._offer("rubric", free_rubrics())

    def _offer(self, name: str, open_ones: Any) -> None:
        field = self.fields[name]
        every, current = field.queryset, getattr(self.instance, f"{name}_id")
        field.queryset = open_ones | every.model.objects.filter(pk=current) if current else open_ones
        offered = list(field.choices)
        field.queryset = every
        field.widget.choices = offered


class SetupForm(_Offering, WagtailAdminModelForm):
    """For something new."""


class VersionedForm(_Offering, editing.VersionedForm):
    """For a change."""


class AddView(editing.AddView):
    def get_initial(self) -> dict[str, Any]:
        """The page of a call leads here with the call already chosen."""
        return super().get_initial() | {
            name: whole_number(self.request.GET.get(name, "")) for name in ("call", "rubric")
        }

    def add(self, part: Any) -> Any:
        return add_part(by=signed_in(self.request), part=part)


class AddTextView(AddView):
    def add(self, part: Any) -> Any:
        return add_agreement_text(by=signed_in(self.request), call=part.call, body=part.body)


class EditView(editing.LockingEditView):
    """The form carries the version of the call or rubric that the part belongs to."""

    def why_locked(self, found: Any) -> str:
        return why_locked(found)

    def open_fields(self, found: Any, names: Iterable[str]) -> tuple[str, ...]:
        return open_fields(found, names)

    def version_of(self, found: Any) -> int | None:
        version: int = (found.rubric if isinstance(found, Criterion) else found.call).version
        return version

    def change(self, values: dict[str, Any], version: int) -> Any:
        return change_part(
            by=signed_in(self.request), part=self.object, values=values, expected_version=version
        )


class RemoveView(editing.LockingDeleteView):
    def why_locked(self, found: Any) -> str:
        return why_locked(found)

    def remove(self, part: Any) -> None:
        delete_part(by=signed_in(self.request), part=part)
