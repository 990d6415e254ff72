from wagtail import hooks

from core.notices.office.viewsets import NoticeViewSet


@hooks.register("register_admin_viewset")
def register_notices() -> NoticeViewSet:
    return NoticeViewSet()
