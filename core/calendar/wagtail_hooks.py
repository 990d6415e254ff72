from wagtail import hooks

from core.calendar.office.viewsets import HolidayOverrideViewSet


@hooks.register("register_admin_viewset")
def register_calendar() -> HolidayOverrideViewSet:
    return HolidayOverrideViewSet()
