from incubator.services.agreements import sign_agreement
from incubator.services.applications import (
    Member,
    add_member,
    claim_bonuses,
    remove_member,
    save_draft,
    start_application,
    submit_application,
    withdraw_application,
)
from incubator.services.attachments import attach_document, detach_document
from incubator.services.calls import announce_call, archive_call, begin_evaluation, publish_call
from incubator.services.graduation import graduate
from incubator.services.reviews import (
    ScoreInput,
    assign_mentors,
    declare_no_conflict,
    exclude_evaluator,
    recuse,
    reopen_review,
    save_scores,
    submit_review,
)
from incubator.services.screening import (
    confirm_eligible,
    decide_bonus,
    refuse_ineligible,
    return_for_correction,
)
from incubator.services.selection import decide_stage
from incubator.services.waitlist import decline_place, fill_free_places, lapse_place

__all__ = [
    "Member",
    "ScoreInput",
    "add_member",
    "announce_call",
    "archive_call",
    "assign_mentors",
    "attach_document",
    "begin_evaluation",
    "claim_bonuses",
    "confirm_eligible",
    "decide_bonus",
    "decide_stage",
    "declare_no_conflict",
    "decline_place",
    "detach_document",
    "exclude_evaluator",
    "fill_free_places",
    "graduate",
    "lapse_place",
    "publish_call",
    "recuse",
    "refuse_ineligible",
    "remove_member",
    "reopen_review",
    "return_for_correction",
    "save_draft",
    "save_scores",
    "sign_agreement",
    "start_application",
    "submit_application",
    "submit_review",
    "withdraw_application",
]
