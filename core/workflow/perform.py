"""The one door through which every state change passes."""

from contextvars import ContextVar
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django_fsm import Transition
from rules.permissions import has_perm as rule_allows

from core import clock
from core.accounts.models import User
from core.accounts.roles import is_office_user
from core.errors import NotAllowed, NotNow, Stale
from core.workflow.actors import Actor, System
from core.workflow.models import Change, Lifecycle, Recorded
from core.workflow.signals import state_changed
from core.workflow.telling import changes_since

T = TypeVar("T", bound=Lifecycle)
M = TypeVar("M", bound=models.Model)
_performing: ContextVar[tuple[Lifecycle, str] | None] = ContextVar("performing", default=None)


def perform(
    obj: T, name: str, *, by: Actor, reason: str = "", expected_version: int | None = None, **inputs: Any
) -> T:
    """Perform transition ``name`` on ``obj`` and return the fresh, locked row.

    Opens the transaction, locks and re-reads the row, checks who and then when, runs the transition with
    ``inputs``, saves, writes the history and sends ``state_changed``. ``expected_version`` is the version the
    person saw on their page.

    Raises ``NotAllowed`` (403) for the wrong person, ``Stale`` or ``NotNow`` (409) for the wrong moment and
    ``LookupError`` for a transition that does not exist. Nothing is changed then.
    """
    with transaction.atomic():
        row = lock(obj)
        method = _transition_method(row, name)
        declared = _declared(method, row.state)
        if not allows(declared, row, by):
            raise NotAllowed
        refuse_stale(row, expected_version, by=by)
        meta = method._django_fsm  # noqa: SLF001
        source = row.state
        if not (meta.has_transition(source) and meta.conditions_met(row, source)):
            raise NotNow
        token = _performing.set((row, name))
        try:
            method(**inputs)
        finally:
            _performing.reset(token)
        row.version += 1
        row.save()
        change = _write_history(row, name, source=source, by=by, reason=reason)
        state_changed.send(type(row), obj=row, change=change, by=by)
    return row


def refuse_other_callers(sender: Any, instance: Any, name: str, **_kwargs: Any) -> None:
    """Receiver of django-fsm's ``pre_transition``: a transition that did not come through the door fails."""
    current = _performing.get()
    if isinstance(instance, Lifecycle) and (
        current is None or current[0] is not instance or current[1] != name
    ):
        raise RuntimeError(f"{type(instance).__name__}.{name} may only be called by core.workflow.perform")


def lock(obj: M) -> M:
    """Re-read and lock the row of ``obj`` for the current transaction (SQLite locks the whole file)."""
    return type(obj)._base_manager.select_for_update().get(pk=obj.pk)  # noqa: SLF001


def refuse_stale(row: Recorded, expected_version: int | None, *, by: Actor | None = None) -> None:
    """``Stale`` when the locked ``row`` was changed after the person saw ``expected_version`` of it.

    What the office notes down does not concern those whom it is about: it makes no page of theirs stale.
    """
    if expected_version is None or expected_version == row.version:
        return
    changes = changes_since(row, expected_version)
    unseen = 0 <= expected_version < row.version and all(change.internal for change in changes)
    if not (unseen and isinstance(by, User) and not is_office_user(by)):
        raise Stale(changes=changes)


def record_edit(row: Recorded, *, by: Actor, what: str) -> None:
    """Write a change of the locked ``row`` that is no transition into its history.

    Pages drawn before it are stale, and a conflict can tell ``what`` was changed.
    """
    count_change(row)
    _write_history(row, Change.EDIT, source=getattr(row, "state", ""), by=by, reason=what)


def count_change(row: Recorded) -> None:
    """Make pages stale that were drawn before this change of ``row``; another record tells of it."""
    row.version += 1
    row.save(update_fields=["version"])


def _write_history(row: Recorded, name: str, *, source: str, by: Actor, reason: str) -> Change:
    return Change.objects.create(
        content_type=ContentType.objects.get_for_model(row),
        object_id=row.pk,
        transition=name,
        source=source,
        target=getattr(row, "state", ""),
        by=by if isinstance(by, User) else None,
        reason=reason,
        version=row.version,
        at=clock.now(),
    )


def can_perform(obj: Lifecycle, name: str, by: Actor) -> bool:
    """Whether ``by`` could perform ``name`` on ``obj`` now; for showing or hiding a button."""
    method = _transition_method(obj, name)
    meta = method._django_fsm  # noqa: SLF001
    return bool(
        meta.has_transition(obj.state)
        and meta.conditions_met(obj, obj.state)
        and allows(_declared(method, obj.state), obj, by)
    )


def may_perform(obj: Lifecycle, name: str, by: Actor) -> bool:
    """Whether ``by`` is the right person for ``name`` on ``obj``, whatever the moment."""
    return allows(_declared(_transition_method(obj, name), obj.state), obj, by)


def allows(declared: Transition, obj: Lifecycle, by: Actor) -> bool:
    """Whether the transition's rule allows ``by``: the predicate itself, which no superuser bypasses."""
    if isinstance(by, System):
        return bool(declared.custom.get("system"))
    if not (isinstance(by, User) and by.is_active and declared.permission):
        return False
    return bool(rule_allows(declared.permission, by, obj))


def _transition_method(obj: Lifecycle, name: str) -> Any:
    method = getattr(obj, name, None)
    if not hasattr(method, "_django_fsm"):
        raise LookupError(f"{type(obj).__name__} has no transition {name!r}")
    return method


def _declared(method: Any, state: str) -> Transition:
    """The declaration that applies in ``state``, else the first one: who may is asked before when."""
    meta = method._django_fsm  # noqa: SLF001
    return meta.get_transition(state) or next(iter(meta.transitions.values()))
