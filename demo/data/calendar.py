"""An exception to the working days, as staff would enter one."""

from datetime import date, timedelta

from core.calendar.models import HolidayOverride
from core.calendar.working_days import is_working_day


def load_calendar(*, today: date) -> None:
    """A day next month on which the invented office is closed."""
    if HolidayOverride.objects.exists():
        return
    day = today + timedelta(days=40)
    while not is_working_day(day):
        day += timedelta(days=1)
    HolidayOverride.objects.create(date=day, name="데모 휴무일(시설 점검)")
