"""A stage that a committee decides, and the lists that the to-dos of programme staff lead to."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext

from core import clock
from core.accounts.worklist import todos_for
from core.committees import services as committees
from core.committees.queries import waiting_subjects
from core.errors import NotNow
from incubator import services
from incubator.models import Stage
from incubator.queries.office import stages_to_decide
from tests.core.committees.factories import CommitteeFactory, MemberFactory, secretary
from tests.incubator import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    """In the committee stage, which has a committee."""
    call = make.CallFactory(stages=[("document", 2), ("committee", 2)])
    call.stages.filter(kind="committee").update(committee=CommitteeFactory(name="운영위원회"))
    return make.decided(call)


def offered(committee):
    return [row for _kind, rows in waiting_subjects(secretary(), committee) for row in rows]


def hold(stage, outcome="approved", **fields):
    """The committee meets about the stage and decides."""
    by = secretary()
    for _ in range(3):
        MemberFactory(committee=stage.committee)
    meeting = committees.plan_meeting(
        by=by, committee=stage.committee, title="심의", starts_at=clock.now() + timedelta(minutes=1)
    )
    item = committees.add_agenda_item(by=by, meeting=meeting, subject=stage)
    meeting = committees.send_notice(by=by, meeting=meeting, reason="긴급")
    present = list(stage.committee.members.all())
    committees.record_attendance(by=by, meeting=meeting, present=present)
    votes = 0 if outcome in {"rejected", "deferred"} else 3
    return committees.record_decision(
        by=by, item=item, outcome=outcome, votes_for=votes, votes_against=0, **fields
    )


def decide(stage, application):
    services.decide_stage(by=make.staff(), stage=stage, selected_ids=[application.pk], reason="의결")


def test_a_committee_stage_waits_for_its_own_committee(application):
    stage = application.stage
    assert offered(stage.committee) == [stage]
    assert offered(CommitteeFactory()) == []
    assert not stages_to_decide().exists()
    with pytest.raises(NotNow):
        decide(stage, application)


def test_staff_decide_it_when_the_committee_has_approved(application):
    stage = application.stage
    hold(stage, "amended", note="1명은 조건부")
    assert offered(stage.committee) == []
    assert list(stages_to_decide()) == [stage]
    decide(stage, application)
    application.refresh_from_db()
    assert application.state == "selected"


@pytest.mark.parametrize("outcome", ["rejected", "deferred"])
def test_what_was_not_approved_waits_for_another_meeting(application, outcome):
    hold(application.stage, outcome)
    assert offered(application.stage.committee) == [application.stage]
    with pytest.raises(NotNow):
        decide(application.stage, application)


def test_the_approval_of_another_committee_does_not_count(application):
    stage = application.stage
    hold(stage)
    stage.committee = CommitteeFactory()
    stage.save()
    assert offered(stage.committee) == [stage]
    assert not stages_to_decide().exists()


def test_only_a_committee_stage_has_a_committee(application):
    scored = application.call.stages.get(kind="document")
    scored.committee = application.stage.committee
    with pytest.raises(ValidationError):
        scored.clean()


def test_the_page_of_the_stage_tells_what_the_committee_said(application, client):
    client.force_login(make.staff())
    url = reverse("incubator_stages:inspect", args=[application.stage_id])
    decide_form = 'name="outcome_'
    assert decide_form not in client.get(url).content.decode()
    decision = hold(application.stage, note="모두 찬성")
    page = client.get(url).content.decode()
    assert reverse("committee_items:inspect", args=[decision.item_id]) in page
    assert "모두 찬성" in page
    assert decide_form in page


# ── to-dos that lead to what they count ─────────────────────────────────────
def todo(title):
    return next((todo for todo in todos_for(make.staff()) if todo.title == gettext(title)), None)


def test_stages_to_decide_lead_to_the_stages(client):
    waiting = make.scored().call.stages.get()
    make.in_review()
    client.force_login(make.staff())
    found = todo("Stages to decide")
    listed = client.get(found.url)
    assert found.count == 1
    assert found.url.startswith(reverse("incubator_stages:index"))
    assert list(listed.context["object_list"]) == [waiting]
    assert Stage.objects.count() > 1


def test_an_agreement_that_was_not_signed_in_time_is_shown_to_staff(client):
    application = make.decided()
    title = "Agreement not signed in time"
    with time_machine.travel(clock.now(), tick=False) as now:
        now.shift(application.agreement_due_on - clock.today())
        assert todo(title) is None  # the last day is in time
        now.shift(timedelta(days=1))
        make.participating()
        found = todo(title)
        client.force_login(make.staff())
        listed = client.get(found.url)
        assert (found.count, list(listed.context["object_list"])) == (1, [application])
        services.lapse_place(by=make.staff(), application=application)
        assert todo(title) is None
