"""Notices, private documents, the calendar and the access log."""

from datetime import date

from core.calendar.models import HolidayOverride
from core.notices.models import Notice
from core.notices.services import queue_notice
from tests.contracts.access import DENIED, Access, deletion, form

SENDS = ("programme_staff", "finance_staff", "administrator")
SEES_NOTICES = dict.fromkeys((*SENDS, "auditor"), 200)
KEEPS_CALENDAR = dict.fromkeys(("programme_staff", "finance_staff", "finance_approver", "administrator"), 200)
SEES_CALENDAR = KEEPS_CALENDAR | {"auditor": 200}


def notice(world):
    row = queue_notice(
        recipient=world.applicant,
        event="accounts.invitation_refused",
        context={"business": "데모 상점", "by": "홍길동"},
        dedupe_key="matrix",
    )
    Notice.objects.update(state=Notice.State.FAILED)
    return {"pk": row.pk}


def again(world):
    return notice(world) | {"action": "send-again"}


def version(world):
    return {"version": 0}


def unknown(world):
    return {"key": "00000000-0000-4000-8000-000000000000"}


def override(world):
    return {"pk": HolidayOverride.objects.create(date=date(2026, 11, 20), name="임시공휴일").pk}


def exports(namespace, *seers):
    """Who sees the list may take it away with a reason, which is missing here."""
    return Access(f"{namespace}:index", "post", **dict.fromkeys(seers, 422))


ROWS = [
    exports("incubator_applications", "programme_staff", "auditor", "administrator", "committee_secretary"),
    exports(
        "loanapplication",
        "finance_staff",
        "finance_approver",
        "auditor",
        "administrator",
        "committee_secretary",
    ),
    exports("loan", "finance_staff", "finance_approver", "auditor", "administrator"),
    Access("notice_list", signed_in=200),
    # whose documents are whose stands with their owners; this one belongs to nobody
    Access("document_download", args=unknown, signed_in=404),
    Access("notices:index", **SEES_NOTICES),
    Access("notices:index_results", **SEES_NOTICES),
    Access("notices:inspect", args=notice, **SEES_NOTICES, office=404),
    Access(
        "notices:act",
        "post",
        args=again,
        data=version,
        **dict.fromkeys(SENDS, 302),
        auditor=DENIED,
        office=404,
    ),
    Access("calendar:index", **SEES_CALENDAR),
    Access("calendar:index_results", **SEES_CALENDAR),
    Access("calendar:inspect", args=override, **SEES_CALENDAR, office=404),
    *form("calendar:add", **KEEPS_CALENDAR),
    *form("calendar:edit", override, **KEEPS_CALENDAR),
    *deletion("calendar:delete", override, **KEEPS_CALENDAR),
    Access("access_log", auditor=200, administrator=200),
    # taking the log away asks for a reason, which is missing here
    Access("access_log", "post", auditor=422, administrator=422),
    Access("access_log_results", auditor=200, administrator=200),
]
