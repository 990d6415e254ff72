"""What the public pages show of calls and the programme. Nothing personal."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from core.accounts.models import Business, Membership
from incubator.models import Application, Call, Stage


def _public_calls() -> QuerySet[Call]:
    return (
        Call.objects.exclude(state=Call.State.DRAFT)
        .select_related("programme")
        .prefetch_related(
            "required_documents", "bonus_rules", Prefetch("stages", Stage.objects.order_by("order"))
        )
    )


def open_calls(now: datetime) -> QuerySet[Call]:
    """Calls that take applications at ``now``, the nearest deadline first."""
    return (
        _public_calls()
        .filter(state=Call.State.PUBLISHED, opens_at__lte=now, closes_at__gt=now)
        .order_by("closes_at")
    )


def upcoming_calls(now: datetime) -> QuerySet[Call]:
    return _public_calls().filter(state=Call.State.PUBLISHED, opens_at__gt=now).order_by("opens_at")


def call_for_slug(slug: str) -> Call | None:
    """A call that the public may see."""
    return _public_calls().filter(slug=slug).first()


def businesses_taking_part() -> QuerySet[Business]:
    """Of whom a story can be told: businesses that take part or graduated, or whose founders did."""
    state = Application.State
    took_part = Application.objects.filter(state__in=[state.PARTICIPATING, state.GRADUATED])
    people = Membership.objects.filter(user__in=took_part.values("applicant"))
    return Business.objects.filter(
        Exists(took_part.filter(business=OuterRef("pk"))) | Exists(people.filter(business=OuterRef("pk")))
    )
