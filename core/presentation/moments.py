"""Days and moments in words, in Seoul's time and in the reader's language."""

from datetime import date, datetime, timedelta

from django.utils import formats, timezone
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from core import clock

WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def day(value: date | datetime) -> str:
    """``11월 28일(토)``; the year only when it is not this one."""
    local = _local(value)
    # Translators: a date in Django's date format
    pattern = pgettext("long", "j M") if local.year == clock.today().year else pgettext("long", "j M Y")
    return pgettext("date (weekday)", "%(day)s (%(weekday)s)") % {
        "day": formats.date_format(local, pattern, use_l10n=False),
        "weekday": WEEKDAYS[local.weekday()],
    }


def moment(value: datetime) -> str:
    """``11월 28일(토) 18:00``."""
    return f"{day(value)} {_local(value):%H:%M}"


def short_day(value: date | datetime) -> str:
    """``11. 28.``; the year only when it is not this one. For columns and lists."""
    local = _local(value)
    # Translators: a short date in Django's date format
    pattern = pgettext("short", "j M") if local.year == clock.today().year else pgettext("short", "j M Y")
    return formats.date_format(local, pattern, use_l10n=False)


def short_moment(value: datetime) -> str:
    """``11. 28. 18:00``."""
    return f"{short_day(value)} {_local(value):%H:%M}"


def days_until(value: date | datetime) -> int:
    """Calendar days in Seoul from today; negative when past, also when the moment passed today."""
    local = _local(value)
    days = ((local.date() if isinstance(local, datetime) else local) - clock.today()).days
    return min(days, -1) if isinstance(value, datetime) and value <= clock.now() else days


def time_left(left: timedelta) -> str:
    """``6일 2시간``, ``2시간 14분``, ``8분``: the two largest units that matter."""
    minutes = max(int(left.total_seconds()) // 60, 0)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [ngettext("%(count)d day", "%(count)d days", days) % {"count": days}] if days else []
    if hours:
        parts.append(ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours})
    if not days and (minutes or not hours):
        parts.append(ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes})
    return " ".join(parts)
