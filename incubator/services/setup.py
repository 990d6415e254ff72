"""Setting a call up, and the little that may change once it is published."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import clock
from core.accounts.models import User
from core.errors import NotNow, Stale
from core.workflow.edits import change_fields, differing, from_to
from core.workflow.parts import added, changed, deleted, remove, still_there
from core.workflow.perform import lock, record_edit, refuse_stale
from incubator.models import AgreementText, Call, Criterion, Rubric
from incubator.queries.setup import Part, draft_calls, open_fields, why_locked
from incubator.services.access import require

PERMISSION: Final = "incubator.change_call_office"
P = TypeVar("P", bound=Part)


@transaction.atomic
def change_call(
    *, by: User, call: Call, values: Mapping[str, Any], expected_version: int | None = None
) -> Call:
    """Change a call in preparation; of a published one only what a new announcement may change.

    The closing can be put off, never brought forward: somebody counts on it.
    """
    require(by, PERMISSION, call)
    row = lock(call)
    refuse_stale(row, expected_version)
    _refuse_locked(row, values)
    closes_at = values.get("closes_at")
    if row.state == Call.State.PUBLISHED and closes_at and closes_at != row.closes_at:
        if closes_at < row.closes_at:
            raise ValidationError({"closes_at": _("The closing can only be put off.")})
        if closes_at <= clock.now():
            raise ValidationError({"closes_at": _("The new closing must lie in the future.")})
    change_fields(row, values, by=by)  # and no other: receipt numbers are counted in the same row
    return row


@transaction.atomic
def add_part(*, by: User, part: P) -> P:
    """Add a stage, document, question or bonus rule to a call in preparation, or a criterion to a rubric."""
    require(by, PERMISSION)
    name = _home_name(part)
    locked, calls = _lock_homes(getattr(part, name))
    setattr(part, name, locked[getattr(part, f"{name}_id")])
    if reason := why_locked(part):
        raise NotNow(reason)
    part.save()
    _record(calls, by, added(part))
    return part


@transaction.atomic
def change_part(*, by: User, part: P, values: Mapping[str, Any], expected_version: int | None = None) -> P:
    """Change a part, as far as it is open. ``expected_version`` is that of its call or rubric."""
    require(by, PERMISSION)
    name = _home_name(part)
    row = still_there(part)
    locked, calls = _lock_homes(getattr(row, name), values.get(name))
    row = still_there(part)
    _refuse_stale_home(locked.get(getattr(row, f"{name}_id")), expected_version)
    _refuse_locked(row, values)
    changes = differing(row, values)
    what = changed(row, from_to(row, changes))
    for field, value in changes.items():
        setattr(row, field, locked[value.pk] if field == name else value)
    if name in values and (reason := why_locked(row)):
        raise NotNow(reason)
    row.clean()
    if changes:
        row.save(update_fields=list(changes))
        _record(calls, by, what)
    saved: P = row
    return saved


@transaction.atomic
def delete_part(*, by: User, part: Part) -> None:
    """Delete a part that is still open and that nothing stands on."""
    require(by, PERMISSION)
    _locked, calls = _lock_homes(getattr(part, _home_name(part)))
    row = still_there(part)
    if reason := why_locked(row):
        raise NotNow(reason)
    what = deleted(row)
    remove(row)
    _record(calls, by, what)


@transaction.atomic
def copy_rubric(*, by: User, rubric: Rubric, name: str) -> Rubric:
    """A rubric of one's own to change, made from one that is used."""
    require(by, PERMISSION)
    if Rubric.objects.filter(name=name).exists():
        raise ValidationError(_("There is a rubric of this name already."))
    copy = Rubric.objects.create(name=name)
    for criterion in rubric.criteria.all():
        criterion.pk, criterion.rubric = None, copy
        criterion.save(force_insert=True)
    return copy


@transaction.atomic
def add_agreement_text(*, by: User, call: Call, body: str) -> AgreementText:
    """A new version of the agreement. Who has signed an older one stays with it."""
    require(by, PERMISSION)
    row = lock(call)
    text = AgreementText(call=row, body=body)
    if reason := why_locked(text):
        raise NotNow(reason)
    text.version = (row.agreement_texts.aggregate(last=Max("version"))["last"] or 0) + 1
    text.save()
    record_edit(row, by=by, what=f"{text._meta.verbose_name} {text.version}")  # noqa: SLF001
    return text


def _home_name(part: Part) -> str:
    return "rubric" if isinstance(part, Criterion) else "call"


def _lock_homes(*homes: Call | Rubric | None) -> tuple[dict[int, Any], list[Call]]:
    """The calls or rubrics by key, locked, and the calls whose pages show what is in them.

    Calls before rubrics, as publishing locks them: no part changes in between, and nobody waits in a circle.
    """
    keys = [home.pk for home in homes if home is not None]
    if isinstance(homes[0], Call):
        calls = list(Call.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",)))
        return {call.pk: call for call in calls}, calls
    using = draft_calls().filter(stages__rubric__in=keys).values("pk")
    calls = list(Call.objects.filter(pk__in=using).order_by("pk").select_for_update(of=("self",)))
    rubrics = Rubric.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))
    return {rubric.pk: rubric for rubric in rubrics}, calls


def _refuse_stale_home(home: Any, expected_version: int | None) -> None:
    """A page may be too old, or the part be in another call or rubric by now."""
    if home is None:
        raise Stale
    if isinstance(home, Call):
        refuse_stale(home, expected_version)
    elif expected_version is not None and expected_version != home.version:
        raise Stale


def _record(calls: Iterable[Call], by: User, what: str) -> None:
    """A call's pages drawn before a part of it changed are stale, and told what it was."""
    for call in calls:
        record_edit(call, by=by, what=what)


def _refuse_locked(row: Part | Call, values: Mapping[str, Any]) -> None:
    still = open_fields(row, values)
    if len(still) < len(values):
        raise NotNow(why_locked(row))
