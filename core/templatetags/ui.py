"""Filters and tags that every template may use (they are built in)."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock, money
from core.accounts.worklist import todos_of

register = template.Library()


@register.filter
def won(amount: int | None) -> str:
    """``1041666|won`` → ``1,041,666원``; nothing for nothing."""
    return "" if amount is None else money.format_won(amount)


@register.filter
def percent(rate: Decimal | None) -> str:
    """``Decimal("0.01500")|percent`` → ``1.5%``; nothing for nothing."""
    return "" if rate is None else money.format_percent(rate)


@register.filter
def won_short(amount: int | None) -> str:
    """``150000000|won_short`` → ``1억 5,000만원``."""
    return "" if amount is None else money.format_won_short(amount)


@register.filter
def won_round(amount: int | None) -> str:
    """``581458343|won_round`` → ``5억 8,145만원``: for figures that open the exact ones."""
    return "" if amount is None else money.format_won_round(amount)


@register.filter
def d_day(moment: datetime | date | None) -> str:
    """Days left until a deadline in Seoul: ``D-6``, ``D-day``, or the word for closed."""
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        if moment <= clock.now():
            return _("Closed")
        day = timezone.localdate(moment)
    else:
        day = moment
    days = (day - clock.today()).days
    if days < 0:
        return _("Closed")
    return f"D-{days}" if days else "D-day"


@register.simple_tag(takes_context=True)
def todo_count(context: template.Context) -> int:
    """How many things wait for the signed-in person."""
    request = context.get("request")
    return len(todos_of(request)) if request is not None else 0


@register.filter
def permille(value: int | None) -> str:
    """``964`` → ``96.4%``; a dash when there is nothing to compare."""
    return "–" if value is None else f"{value // 10}.{value % 10}%"
