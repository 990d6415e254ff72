"""What Stripe tells us: kept as far as it is needed, then acted upon exactly once."""

from datetime import timedelta
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rules.permissions import has_perm

from core import clock
from core.accounts.models import User
from core.enqueue import after_commit
from core.errors import NotAllowed, NotNow, Stale
from core.payments import stripe
from core.payments.models import Charge, Checkout, StripeEvent
from core.payments.queries.events import (
    PAID_KINDS,
    amount_of,
    amount_to_accept,
    checkout_of,
    is_problem,
    session_of,
)
from core.payments.services.checkouts import end_live_checkouts
from core.payments.services.payloads import needed_of
from core.payments.signals import money_received
from core.workflow.actors import SYSTEM, Actor
from core.workflow.perform import lock, perform

log = structlog.get_logger(__name__)


class EventProblem(Exception):
    """The event cannot be acted upon as it is; the reason is kept on it for staff."""


def store_event(*, event: dict[str, Any]) -> StripeEvent:
    """Keep a verified event under its id. The second delivery of the same finds the first."""
    row, _created = StripeEvent.objects.get_or_create(
        event_id=event["id"],
        defaults={
            "kind": str(event.get("type", ""))[:100],
            "payload": needed_of(event),
            "received_at": clock.now(),
            "occurred_at": clock.now() - stripe.age_of(event),
        },
    )
    if row.processed_at is None:
        _enqueue(row.pk)
    return row


def process_event(*, event_pk: int) -> StripeEvent:
    """Act upon a stored event. Once processed, doing it again changes nothing.

    What goes wrong is kept on the event, to be tried again later by the platform and at any time by staff.
    """
    with transaction.atomic():
        event = StripeEvent.objects.select_for_update().get(pk=event_pk)
        if event.processed_at is not None:
            return event
        event.attempts += 1
        try:
            with transaction.atomic():
                event.result = _act_upon(event)
        except Exception as error:
            event.error = _words_of(error)
            pause = 2 ** min(event.attempts, StripeEvent.MAX_ATTEMPTS)
            event.next_attempt_at = clock.now() + timedelta(minutes=pause)
            event.save()
            if not isinstance(error, EventProblem):
                log.exception("payment event failed", event_id=event.event_id, attempt=event.attempts)
        else:
            _done(event)
    return event


def retry_event(*, by: User, event: StripeEvent, expected_version: int | None = None) -> StripeEvent:
    """Staff ask for another attempt now. Raises ``NotAllowed``, or ``NotNow`` when it is done already."""
    if not has_perm("payments.retry_event", by):
        raise NotAllowed
    if event.processed_at is not None:
        raise NotNow(_("This event has been processed already."))
    if expected_version not in {None, event.version}:
        raise Stale
    return process_event(event_pk=event.pk)


def accept_payment(
    *, by: User, event: StripeEvent, reason: str, expected_version: int | None = None
) -> StripeEvent:
    """Finance enters what came in instead of what was asked; the reason stands in the charge's history.

    Raises ``NotAllowed``, ``ValidationError`` without a reason, ``NotNow`` where another amount is not the
    problem or it is done already. Nothing is changed then.
    """
    if not has_perm("payments.accept_payment", by):
        raise NotAllowed
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this amount is accepted.")})
    with transaction.atomic():
        event = StripeEvent.objects.select_for_update().get(pk=event.pk)
        if expected_version not in {None, event.version}:
            raise Stale
        if amount_to_accept(event) is None:
            raise NotNow
        event.attempts += 1
        try:
            event.result = _receive(event, session_of(event), by=by, reason=reason.strip())
        except EventProblem as problem:
            raise NotNow(str(problem)) from problem
        _done(event)
    return event


def set_event_aside(
    *, by: User, event: StripeEvent, reason: str, expected_version: int | None = None
) -> StripeEvent:
    """Finance dealt with a problem outside, for example paid a second payment back. Moves no money.

    What went wrong stays on the event, with the reason and who gave it. Raises ``NotAllowed``,
    ``ValidationError`` without a reason, ``NotNow`` where there is no problem or it is dealt with already.
    """
    with transaction.atomic():
        event = StripeEvent.objects.select_for_update().get(pk=event.pk)
        checkout = checkout_of(session_of(event))
        if not has_perm("payments.accept_payment", by, checkout and checkout.charge):
            raise NotAllowed
        if not reason.strip():
            raise ValidationError({"reason": _("Say how this was dealt with.")})
        if expected_version not in {None, event.version}:
            raise Stale
        if not is_problem(event):
            raise NotNow
        dealt_with = _("Dealt with outside by %(name)s: %(reason)s")
        event.error += " — " + dealt_with % {"name": by.name, "reason": reason.strip()}
        event.result = "dealt with outside"
        event.attempts += 1
        event.next_attempt_at = None
        event.processed_at = clock.now()
        event.save()
    return event


def _words_of(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error) or type(error).__name__


def _done(event: StripeEvent) -> None:
    event.error = ""
    event.next_attempt_at = None
    event.processed_at = clock.now()
    event.save()


def _act_upon(event: StripeEvent) -> str:
    session = session_of(event)
    match event.kind:
        case "checkout.session.completed" if session.get("payment_status") == "unpaid":
            return "the money is still on its way"
        case kind if kind in PAID_KINDS:
            return _receive(event, session)
        case "checkout.session.async_payment_failed":
            return _end(session, "fail", error=_("The payment was refused by the bank or card company."))
        case "checkout.session.expired":
            return _end(session, "expire")
        case _:
            return "nothing to do for this kind"


def _receive(event: StripeEvent, session: dict[str, Any], *, by: Actor = SYSTEM, reason: str = "") -> str:
    checkout = _checkout_of(session)
    if checkout.charge.subject is not None:
        lock(checkout.charge.subject)  # first, as its own services do: no two wait for each other
    charge: Charge = lock(checkout.charge)
    checkout = lock(checkout)  # what it was before the charge was locked is hearsay
    if charge.state == Charge.State.PAID:
        if checkout.state == Checkout.State.COMPLETE:
            return "already recorded"
        raise EventProblem(_("This charge was paid before. The second payment must be paid back."))
    amount = _amount_paid(session, charge, exactly=by is SYSTEM)
    received_on = timezone.localdate(event.occurred_at)
    asked = charge.state == Charge.State.OPEN
    charge = perform(
        charge,
        "mark_paid",
        by=by,
        reason=reason,
        at=event.occurred_at,
        received_on=received_on,
        amount=amount,
    )
    perform(checkout, "complete", by=SYSTEM, session_id=session["id"])
    end_live_checkouts(charge=charge, keep=checkout)
    _announce(charge, by=by, asked=asked)
    return "recorded"


def _announce(charge: Charge, *, by: Actor, asked: bool) -> None:
    """Tell the subject's app about money by card. Raises when nobody would note it."""
    subject = charge.subject
    if subject is None or not money_received.has_listeners(type(subject)):
        raise EventProblem(_("Nothing in the platform takes this payment."))
    money_received.send(
        type(subject),
        subject=subject,
        amount=charge.received_amount,
        received_on=charge.received_on,
        source="card",
        payment_key=charge.payment_key,
        by=by,
        asked=asked,
    )


def _amount_paid(session: dict[str, Any], charge: Charge, *, exactly: bool) -> int:
    """What Stripe says was paid; for the platform itself only if that is what was asked for."""
    if session.get("payment_status") != "paid":
        raise EventProblem(_("The payment service does not say that this is paid."))
    currency, amount = str(session.get("currency")).upper(), amount_of(session)
    if currency != charge.currency:
        raise EventProblem(
            _("Paid in %(paid)s instead of %(asked)s.") % {"paid": currency, "asked": charge.currency}
        )
    if amount is None or (exactly and amount != charge.amount):
        raise EventProblem(
            _("Paid %(paid)s won instead of %(asked)s won.")
            % {
                "paid": f"{amount:,}" if amount else session.get("amount_total"),
                "asked": f"{charge.amount:,}",
            }
        )
    return amount


def _checkout_of(session: dict[str, Any]) -> Checkout:
    found = checkout_of(session)
    if found is None:
        raise EventProblem(_("No payment of ours belongs to this session."))
    return found


def _end(session: dict[str, Any], name: str, **inputs: Any) -> str:
    checkout = _checkout_of(session)
    try:
        perform(checkout, name, by=SYSTEM, **inputs)
    except NotNow:
        return f"came late: the try is {checkout.state}"
    return "noted"


def _enqueue(event_pk: int) -> None:
    from core.payments.tasks import process_event as process

    after_commit(process, event_pk)
