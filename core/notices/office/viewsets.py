"""알림 in the office: what was sent to whom, what failed, and sending it again."""

from typing import Any, ClassVar

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn

from core.notices.models import Notice
from core.notices.queries import notices_for_office
from core.notices.services import send_again
from core.office import Action, RecordViewSet
from core.office.columns import StateColumn
from core.office.filters import DaysFilter
from core.privacy.masking import mask_email, mask_name


class NoticeFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=Notice.State.choices)
    created_at = DaysFilter(label=_("Created"))

    class Meta:
        model = Notice
        fields: ClassVar[list[str]] = []


def _send_again(*, by: Any, obj: Notice, expected_version: int) -> None:
    send_again(by=by, notice=obj, expected_version=expected_version)


def _has_failed(notice: Notice) -> bool:
    return notice.state == Notice.State.FAILED


def _recipient(notice: Notice) -> str:
    return f"{mask_name(notice.recipient.name)} ({mask_email(notice.to)})"


def _details(request: Any, notice: Notice) -> dict[str, Any]:
    return {"recipient": _recipient(notice)}


class NoticeViewSet(RecordViewSet):
    model = Notice
    name = "notices"
    url_prefix = "notices"
    icon = "mail"
    menu_label = _("Notices")
    menu_order = 600
    add_to_admin_menu = True
    view_permission = "notices.view_notice"
    scope = notices_for_office
    details = _details
    detail_template_name = "notices/office/notice.html"
    filterset_class = NoticeFilters
    search_fields: ClassVar[list[str]] = ["subject", "event"]
    list_display: ClassVar[list[Any]] = [
        "subject",
        StateColumn("state", label=_("State"), sort_key="state"),
        Column("recipient", label=_("Recipient"), accessor=_recipient),
        Column("attempts", label=_("Attempts"), classname="gp-number"),
        DateColumn("created_at", label=_("Created"), sort_key="created_at"),
        DateColumn("sent_at", label=_("Sent"), sort_key="sent_at"),
    ]
    actions = (
        Action(
            name="send-again",
            label=_("Send again"),
            run=_send_again,
            permission="notices.send_again",
            when=_has_failed,
            explain=_("The mail is tried again from the start."),
            done=_("The notice waits to be sent."),
        ),
    )
