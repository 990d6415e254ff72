"""What happened to an object in the meantime, in words, for those whose page is too old."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from core.errors import Since
from core.workflow.models import Change, Recorded


def changes_since(row: Recorded, version: int) -> list[Since]:
    """What happened to ``row`` after ``version``, newest first."""
    return told(row, row.history().filter(version__gt=version).select_related("by"))


def told(of: Recorded | type[Recorded], changes: Iterable[Change]) -> list[Since]:
    """Each of ``changes`` with the states as people call them, and the reason that was given."""
    state = next((field for field in of._meta.fields if field.name == "state"), None)  # noqa: SLF001
    labels = dict(state.flatchoices) if state else {}
    return [Since(change.at, change.by, *_in_words(change, labels)) for change in changes]


def _in_words(change: Change, labels: dict[str, object]) -> tuple[str, bool]:
    """The words, and whether they are for the office alone."""
    if change.transition == Change.EDIT:
        return f"{_('Facts changed')}: {change.reason}", True
    source, target = (str(labels.get(state, state)) for state in (change.source, change.target))
    moved = f"{source} → {target}" if source != target else target
    return f"{moved} · {change.reason}" if change.reason else moved, False
