from incubator.views.applicant.agreement import agreement, application_decline
from incubator.views.applicant.editing import (
    application_autosave,
    application_edit,
    application_file_remove,
    application_member_remove,
)
from incubator.views.applicant.starting import call_apply
from incubator.views.applicant.status import (
    application_receipt,
    application_status,
    application_submit,
    application_submitted,
    application_withdraw,
)

__all__ = [
    "agreement",
    "application_autosave",
    "application_decline",
    "application_edit",
    "application_file_remove",
    "application_member_remove",
    "application_receipt",
    "application_status",
    "application_submit",
    "application_submitted",
    "application_withdraw",
    "call_apply",
]
