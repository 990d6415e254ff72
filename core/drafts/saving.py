"""Saving a draft, and telling who has not seen all of it. Rows are locked by the caller."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core import clock
from core.accounts.models import User
from core.drafts.models import Draft
from core.errors import Since, Stale

Marks = dict[str, int]


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """What a save did. ``overwritten`` holds the values that another window had saved in between."""

    saved_at: datetime
    marks: Marks
    overwritten: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def save_fields(
    row: Draft, values: Mapping[str, Any], *, by: User, seen: Marks | None, keep_theirs: bool
) -> SavedDraft:
    """Save what differs. The last save of a field wins, and says what it overwrote.

    ``seen`` holds, per field, how many saves the window knew of. With ``keep_theirs`` a field that another
    window saved in between is left as it is and reported.
    """
    saved, overwritten = [], {}
    for name, value in values.items():
        current = getattr(row, name)
        if value == current:
            continue
        behind = seen is not None and seen.get(name, 0) != row.marks.get(name, 0)
        if behind:
            overwritten[name] = current
        if behind and keep_theirs:
            continue
        setattr(row, name, value)
        saved.append(name)
    if saved:
        row.save(update_fields=saved)
        count_save(row, *saved, by=by)
    return SavedDraft(row.updated_at, dict(row.marks), overwritten)


def count_save(row: Draft, *parts: str, by: User) -> None:
    """Count a save of each of ``parts``: windows drawn before it have not seen it."""
    for part in parts:
        row.marks[part] = row.marks.get(part, 0) + 1
    row.updated_at, row.saved_by = clock.now(), by
    row.save(update_fields=["marks", "updated_at", "saved_by"])


def refuse_unseen(row: Draft, seen: Marks | None) -> None:
    """``Stale``, with what was saved, when somebody hands in what was saved after they had ``seen`` it."""
    if seen is None:
        return
    if fresh := [part for part, count in row.marks.items() if seen.get(part, 0) != count]:
        what = ", ".join(map(row.label_of, fresh))
        raise Stale(changes=[Since(row.updated_at, row.saved_by, what)])
