"""Who may do what in which state: every transition × every state × every part, through ``perform``."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from core import clock
from core.accounts.roles import Role
from core.errors import NotAllowed, NotNow
from core.workflow.actors import SYSTEM
from core.workflow.perform import can_perform, perform
from incubator.models import Application, Call, Review
from tests.incubator import factories as make

pytestmark = pytest.mark.django_db

# transition: (who, from which states, platform too)
APPLICATION = {
    "submit": ("applicant", {"draft"}, False),
    "return_for_correction": ("staff", {"submitted"}, False),
    "resubmit": ("applicant", {"returned"}, False),
    "confirm_eligible": ("staff", {"submitted"}, False),
    "refuse_ineligible": ("staff", {"submitted", "returned"}, False),
    "start_review": ("staff", {"eligible"}, False),
    "advance": ("staff", {"in_review"}, False),
    "select": ("staff", {"in_review"}, False),
    "put_on_waitlist": ("staff", {"in_review"}, False),
    "reject": ("staff", {"in_review"}, False),
    "promote": ("staff", {"waitlisted"}, True),
    "withdraw": (
        "applicant",
        {"submitted", "returned", "eligible", "in_review", "waitlisted", "selected"},
        False,
    ),
    "reopen": ("applicant", {"withdrawn"}, False),
    "decline": ("applicant", {"selected"}, False),
    "lapse": ("staff", {"selected"}, False),
    "sign": ("applicant", {"selected"}, False),
    "graduate": ("staff", {"participating"}, False),
}
REVIEW = {
    "declare_no_conflict": ("evaluator", {"assigned"}, False),
    "recuse": ("evaluator", {"assigned", "declared"}, False),
    "exclude": ("staff", {"assigned", "declared", "submitted"}, False),
    "submit": ("evaluator", {"declared"}, False),
    "reopen": ("staff", {"submitted"}, False),
}
CALL = {
    "publish": ("staff", {"draft"}, False),
    "begin_evaluation": ("staff", {"published"}, True),
    "announce": ("staff", {"evaluating"}, True),
    "archive": ("staff", {"announced"}, False),
}


def transitions_of(model):
    return {t.name for t in model._meta.get_field("state").get_all_transitions(model)}


@pytest.mark.parametrize(
    ("model", "table"),
    [(Application, APPLICATION), (Review, REVIEW), (Call, CALL)],
    ids=lambda x: str(x)[:20],
)
def test_the_tables_name_every_transition(model, table):
    assert transitions_of(model) == set(table)


def people(applicant=None, evaluator=None):
    return {
        "applicant": applicant or make.UserFactory(),
        "evaluator": evaluator or make.mentor(),
        "other": make.UserFactory(),
        "other_mentor": make.mentor(),
        "staff": make.staff(),
        "auditor": make.UserFactory(role=Role.AUDITOR),
        "finance": make.UserFactory(role=Role.FINANCE_STAFF),
        "administrator": make.UserFactory(role=Role.ADMINISTRATOR, is_superuser=True),
    }


def check(obj, table, parts, inputs):
    for name, (who, sources, by_system) in table.items():
        for part, user in parts.items():
            allowed, now = part == who, obj.state in sources
            assert can_perform(obj, name, user) is (allowed and now), (obj.state, name, part)
            assert outcome(obj, name, user, inputs.get(name, {})) == expected(allowed, now), (name, part)
        expected_by_system = expected(by_system, obj.state in sources)
        assert outcome(obj, name, SYSTEM, inputs.get(name, {})) == expected_by_system, (name, "system")


def expected(allowed, now):
    return "not allowed" if not allowed else "done" if now else "not now"


def outcome(obj, name, by, inputs):
    """What ``perform`` answers; everything is rolled back."""
    try:
        with transaction.atomic():
            perform(obj, name, by=by, **inputs)
            transaction.set_rollback(True)
    except NotAllowed:
        return "not allowed"
    except NotNow:
        return "not now"
    return "done"


@pytest.mark.parametrize("state", make.IN_STATE)
def test_application(state):
    application = make.ApplicationFactory(state=state)
    assert application.state == state
    call = application.call
    now = clock.now()
    open_call = make.open_copy(call)
    late = application.agreement_due_on and application.agreement_due_on + timedelta(days=1)
    inputs = {
        "submit": {"at": now, "call": open_call, "receipt_number": "X-0001"},
        "return_for_correction": {"due_at": clock.now() + timedelta(days=5)},
        "resubmit": {"at": clock.now()},
        "start_review": {"stage": call.stages.first()},
        "advance": {"stage": call.stages.first()},
        "select": {"agreement_due_on": clock.today()},
        "put_on_waitlist": {"rank": 1},
        "promote": {"agreement_due_on": clock.today()},
        "reopen": {"at": now, "call": open_call},
        "lapse": {"on": late},
        "sign": {"on": clock.today()},
    }
    evaluator = application.reviews.first().evaluator if application.reviews.exists() else None
    check(application, APPLICATION, people(application.applicant, evaluator), inputs)


@pytest.mark.parametrize("state", ["assigned", "declared", "submitted", "recused"])
def test_review(state):
    review = make.review_in(state)
    assert review.state == state
    inputs = {
        "declare_no_conflict": {"at": clock.now()},
        "recuse": {"conflict_reason": "친족"},
        "exclude": {"conflict_reason": "기피 신청"},
        "submit": {"at": clock.now(), "total": Decimal(80)},
    }
    check(review, REVIEW, people(review.application.applicant, review.evaluator), inputs)


@pytest.mark.parametrize("state", ["draft", "published", "evaluating", "announced", "archived"])
def test_call(state):
    call = make.call_in(state)
    assert call.state == state
    check(call, CALL, people(), {"begin_evaluation": {"at": call.closes_at}})


def test_an_inactive_applicant_may_do_nothing():
    application = make.submitted()
    application.applicant.is_active = False
    assert not can_perform(application, "withdraw", application.applicant)


def test_a_mentor_who_lost_the_role_may_not_score():
    review = make.review_in("declared")
    review.evaluator.groups.clear()
    by = type(review.evaluator).objects.get(pk=review.evaluator.pk)
    with pytest.raises(NotAllowed):
        perform(review, "submit", by=by, at=clock.now(), total=Decimal(80))
