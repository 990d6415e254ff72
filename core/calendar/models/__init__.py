from core.calendar.models.override import HolidayOverride

__all__ = ["HolidayOverride"]
