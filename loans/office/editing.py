"""The forms of rounds and of what products ask: each change goes through its service."""

from collections.abc import Iterable
from typing import Any

from core.accounts.requests import signed_in
from core.office.editing import AddView, LockingDeleteView, LockingEditView
from loans.queries.setup import open_fields, why_locked
from loans.services.products import add_part, change_part, delete_part
from loans.services.rounds import change_round


class AddPartView(AddView):
    def add(self, part: Any) -> Any:
        return add_part(by=signed_in(self.request), part=part)


class EditPartView(LockingEditView):
    def why_locked(self, found: Any) -> str:
        return why_locked(found)

    def open_fields(self, found: Any, names: Iterable[str]) -> tuple[str, ...]:
        return open_fields(found, names)

    def change(self, values: dict[str, Any], version: int) -> Any:
        return change_part(by=signed_in(self.request), part=self.object, values=values)


class EditRoundView(EditPartView):
    def version_of(self, found: Any) -> int | None:
        version: int = found.version
        return version

    def change(self, values: dict[str, Any], version: int) -> Any:
        return change_round(
            by=signed_in(self.request), loan_round=self.object, values=values, expected_version=version
        )


class RemovePartView(LockingDeleteView):
    def why_locked(self, found: Any) -> str:
        return why_locked(found)

    def remove(self, part: Any) -> None:
        delete_part(by=signed_in(self.request), part=part)
