"""A call itself, and its agreement: what staff may still change, and who is told what changed."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core import clock
from core.errors import NotNow, Stale
from incubator import services
from incubator.models import (
    AgreementText,
    Call,
)
from incubator.queries.setup import open_fields, why_locked
from incubator.services import setup
from tests.incubator import factories as make
from tests.incubator.visits import posted

pytestmark = pytest.mark.django_db


# ── the call itself ─────────────────────────────────────────────────────────
CALL_FIELDS = (
    *("programme", "cohort_number", "title", "slug", "code", "opens_at", "closes_at", "places", "min_age"),
    *("eligibility", "results_on", "agreement_due_on", "objection_days", "bonus_cap"),
)


def edit_call(office, call, version=None, **changes):
    data = posted(call, CALL_FIELDS, **changes) | {"version": call.version if version is None else version}
    return office.post(reverse("incubator_calls:edit", args=[call.pk]), data)


def test_a_call_in_preparation_is_changed(office):
    call = make.CallFactory(published=False)
    assert edit_call(office, call, title="새 이름", places=7).status_code == 302
    call.refresh_from_db()
    assert (call.title, call.places, call.version) == ("새 이름", 7, 1)


def test_the_closing_of_a_published_call_is_put_off(office):
    call = make.CallFactory()
    later = call.closes_at + timedelta(days=7)
    assert edit_call(office, call, closes_at=later, title="새 이름", places=99).status_code == 302
    there = Call.objects.get(pk=call.pk)
    assert abs(there.closes_at - later) < timedelta(seconds=1)
    assert (there.title, there.places) == (call.title, call.places)


@pytest.mark.parametrize("days", [-1, -15])
def test_the_closing_is_never_brought_forward(office, days):
    call = make.CallFactory()
    response = edit_call(office, call, closes_at=call.closes_at + timedelta(days=days), results_on="")
    assert "closes_at" in response.context["form"].errors
    assert Call.objects.get(pk=call.pk).closes_at == call.closes_at


def test_a_closing_in_the_past_is_not_put_off_to_another_in_the_past():
    call = make.CallFactory()
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() - timedelta(days=3))
    with pytest.raises(ValidationError):
        setup.change_call(by=make.staff(), call=call, values={"closes_at": clock.now() - timedelta(days=1)})


def test_what_is_announced_does_not_change():
    call = make.CallFactory()
    for name, value in {"title": "x", "places": 9, "min_age": 50, "bonus_cap": 9, "eligibility": "x"}.items():
        with pytest.raises(NotNow):
            setup.change_call(by=make.staff(), call=call, values={name: value})


@pytest.mark.parametrize(
    ("state", "still"),
    [
        ("draft", set(CALL_FIELDS)),
        ("published", {"closes_at", "results_on", "agreement_due_on"}),
        ("evaluating", {"results_on", "agreement_due_on"}),
        ("announced", set()),
        ("archived", set()),
    ],
)
def test_how_much_of_a_call_is_open(office, state, still):
    call = make.call_in(state)
    assert set(open_fields(call, CALL_FIELDS)) == still
    page = office.get(reverse("incubator_calls:edit", args=[call.pk]))
    fields = page.context["form"].fields
    assert {name for name in CALL_FIELDS if not fields[name].disabled} == still
    assert bool(why_locked(call)) == (state != "draft")
    if not still:
        assert edit_call(office, call).status_code == 409


def test_a_page_of_a_call_that_is_too_old_is_told_what_happened(office):
    call = make.CallFactory(published=False)
    services.publish_call(by=make.staff(), call=call)
    response = edit_call(office, call, title="새 이름")
    assert response.status_code == 409
    assert make.staff().name in response.content.decode()
    with pytest.raises(Stale):
        setup.change_call(by=make.staff(), call=call, values={"results_on": None}, expected_version=0)


def test_saving_a_call_leaves_the_count_of_receipts_alone(office):
    call = make.CallFactory()
    seen = Call.objects.get(pk=call.pk)
    make.submitted(call)
    setup.change_call(by=make.staff(), call=seen, values={"closes_at": call.closes_at + timedelta(days=1)})
    assert make.submitted(call).receipt_number.endswith("0002")


# ── the agreement ───────────────────────────────────────────────────────────
def test_a_change_of_the_agreement_is_a_new_version(office):
    call = make.CallFactory()
    response = office.post(reverse("incubator_agreement_texts:add"), {"call": call.pk, "body": "새 문안"})
    assert response.status_code == 302
    assert call.agreement_texts.values_list("version", "body")[0] == (2, "새 문안")
    assert AgreementText.objects.filter(call=call).count() == 2
    assert Call.objects.get(pk=call.pk).version == call.version + 1


def test_an_archived_call_gets_no_new_agreement():
    with pytest.raises(NotNow):
        setup.add_agreement_text(by=make.staff(), call=make.call_in("archived"), body="새 문안")


def test_who_changed_what_stands_in_the_history_of_the_call_and_in_a_conflict(client):
    call = make.CallFactory(published=False)
    staff, seen = make.staff(), call.version
    setup.change_call(by=staff, call=call, values={"places": 3}, expected_version=seen)
    change = call.history().first()
    assert (change.transition, change.by, change.reason) == ("edit", staff, "모집 규모: 2 → 3")
    client.force_login(make.staff())
    answer = client.post(reverse("incubator_calls:act", args=(call.pk, "publish")), {"version": seen})
    assert answer.status_code == 409
    assert "모집 규모" in answer.content.decode()
    page = client.get(reverse("incubator_calls:inspect", args=(call.pk,))).content.decode()
    assert "모집 규모" in page


def test_a_call_leads_to_what_waits_in_it(client):
    application = make.submitted()
    client.force_login(make.staff())
    page = client.get(reverse("incubator_calls:inspect", args=(application.call_id,)))
    assert [(queue.key, queue.count) for queue in page.context["waiting"]] == [("to_check", 1)]
    make.returned(application.call)
    page = client.get(reverse("incubator_calls:inspect", args=(application.call_id,)))
    assert [queue.key for queue in page.context["waiting"]] == ["to_check"], (
        "the other waits for its applicant"
    )
