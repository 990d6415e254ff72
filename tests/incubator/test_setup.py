"""The parts of a call, its rubrics and stages: open in preparation, locked once applicants read them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import JSONField, Value
from django.urls import reverse

from core import clock
from core.accounts.roles import Role
from core.errors import NotAllowed, NotNow, Stale
from incubator import services
from incubator.models import (
    BonusRule,
    Call,
    Criterion,
    EligibilityQuestion,
    RequiredDocument,
    Rubric,
    Stage,
)
from incubator.queries.setup import draft_calls, free_rubrics, why_locked
from incubator.services import setup
from tests.incubator import factories as make
from tests.incubator.visits import posted

pytestmark = pytest.mark.django_db
PARTS = {
    "incubator_criteria": Criterion,
    "incubator_documents": RequiredDocument,
    "incubator_questions": EligibilityQuestion,
    "incubator_bonus_rules": BonusRule,
    "incubator_stages": Stage,
}
LOCKED = {name: model for name, model in PARTS.items() if model is not Stage}


def fields_of(namespace):
    return {
        "incubator_criteria": (
            "rubric",
            "order",
            "code",
            "name",
            "description",
            "weight",
            "max_score",
            "tie_order",
        ),
        "incubator_documents": ("call", "name", "help_text", "required", "read_by_evaluators", "order"),
        "incubator_questions": ("call", "text", "expected", "explanation", "decisive", "order"),
        "incubator_bonus_rules": ("call", "name", "points"),
        "incubator_stages": (
            *("call", "order", "kind", "name", "rubric", "starts_on", "ends_on", "cut_off", "places"),
            *("evaluators", "with_bonus", "venue"),
        ),
    }[namespace]


def named(namespace):
    return "text" if namespace == "incubator_questions" else "name"


def data_for(namespace, row, **changes):
    data = posted(row, fields_of(namespace), **changes)
    return data | ({"descriptors": "[]"} if namespace == "incubator_criteria" else {})


def version_for(row):
    """The version that the form of ``row`` carries."""
    return (row.rubric if isinstance(row, Criterion) else row.call).version


# ── in preparation ──────────────────────────────────────────────────────────
@pytest.mark.parametrize("namespace", PARTS)
def test_a_part_of_a_call_in_preparation_is_changed_and_deleted(office, namespace):
    make.CallFactory(published=False)
    row = PARTS[namespace].objects.first()
    name = named(namespace)
    data = data_for(namespace, row, **{name: "새 이름"}) | {"version": version_for(row)}
    response = office.post(reverse(f"{namespace}:edit", args=[row.pk]), data)
    assert response.status_code == 302, response.context["form"].errors
    row.refresh_from_db()
    assert getattr(row, name) == "새 이름"
    assert office.post(reverse(f"{namespace}:delete", args=[row.pk])).status_code == 302
    assert not PARTS[namespace].objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("namespace", PARTS)
def test_a_part_is_added_to_a_call_in_preparation(office, namespace):
    make.CallFactory(published=False)
    row = PARTS[namespace].objects.first()
    before = PARTS[namespace].objects.count()
    more = {"order": 9, "code": "new", "weight": "5"} if namespace != "incubator_questions" else {}
    response = office.post(reverse(f"{namespace}:add"), data_for(namespace, row) | more)
    assert response.status_code == 302, response.context["form"].errors
    assert PARTS[namespace].objects.count() == before + 1


@pytest.mark.parametrize("namespace", PARTS)
def test_of_two_who_change_one_part_the_second_is_told(office, namespace):
    make.CallFactory(published=False)
    row = PARTS[namespace].objects.first()
    url = reverse(f"{namespace}:edit", args=[row.pk])
    page = office.get(url)
    drawn = page.context["form"]["version"].value()
    assert drawn == version_for(row)
    assert f'name="version" value="{drawn}"' in page.content.decode()
    mine = data_for(namespace, row, order=7, points="4") | {"version": drawn}
    theirs = data_for(namespace, row, **{named(namespace): "남의 이름"}) | {"version": drawn}
    assert office.post(url, theirs).status_code == 302
    assert office.post(url, mine).status_code == 409
    assert office.post(url, {**mine, "version": ""}).status_code == 409
    now = PARTS[namespace].objects.get(pk=row.pk)
    assert getattr(now, named(namespace)) == "남의 이름"
    assert getattr(now, "order", 0) == getattr(row, "order", 0)
    assert getattr(now, "points", 0) == getattr(row, "points", 0)


@pytest.mark.parametrize("namespace", LOCKED)
@pytest.mark.parametrize("verb", ["add", "edit", "delete"])
def test_what_changes_in_a_call_makes_its_pages_stale(office, namespace, verb):
    call = make.CallFactory(published=False)
    row = PARTS[namespace].objects.first()
    before, number = version_for(row), named(namespace)
    data = data_for(namespace, row, **{number: "새 이름"}) | {"version": before, "code": "new"}
    assert (
        office.post(reverse(f"{namespace}:{verb}", args=[row.pk] if verb != "add" else []), data).status_code
        == 302
    )
    home = (type(row.rubric) if isinstance(row, Criterion) else Call).objects.get(
        pk=row.rubric_id if isinstance(row, Criterion) else row.call_id
    )
    assert home.version != before
    answer = office.post(reverse("incubator_calls:act", args=[call.pk, "publish"]), {"version": call.version})
    assert answer.status_code == 409
    assert (str(row) if verb == "delete" else "새 이름") in answer.content.decode()


def test_a_criterion_that_moves_is_told_to_the_calls_of_both_rubrics():
    here, there, other = (make.CallFactory(published=False) for _ in range(3))
    criterion = here.stages.get().rubric.criteria.first()
    rubric = there.stages.get().rubric
    setup.change_part(by=make.staff(), part=criterion, values={"rubric": rubric, "code": "moved"})
    versions = [Call.objects.get(pk=call.pk).version - call.version for call in (here, there, other)]
    assert versions == [1, 1, 0]


def test_saving_a_part_without_a_change_makes_no_page_stale():
    rule = make.CallFactory(published=False).bonus_rules.get()
    setup.change_part(by=make.staff(), part=rule, values={}, expected_version=rule.call.version)
    assert Call.objects.get(pk=rule.call_id).version == rule.call.version


@pytest.mark.parametrize("model", PARTS.values())
def test_a_part_that_a_colleague_has_deleted_is_told(model):
    make.CallFactory(published=False)
    row = model.objects.first()
    seen = model.objects.get(pk=row.pk)
    setup.delete_part(by=make.staff(), part=row)
    with pytest.raises(Stale):
        setup.delete_part(by=make.staff(), part=seen)
    with pytest.raises(Stale):
        setup.change_part(by=make.staff(), part=seen, values={})


def test_a_part_that_moved_to_another_call_is_told(office):
    here, there = make.CallFactory(published=False), make.CallFactory(published=False)
    rule = here.bonus_rules.get()
    setup.change_part(by=make.staff(), part=rule, values={"call": there})
    assert Call.objects.get(pk=here.pk).version == here.version + 1
    assert Call.objects.get(pk=there.pk).version == there.version + 1
    assert there.bonus_rules.count() == 2


def test_a_call_remembers_what_was_added_and_deleted():
    call = make.CallFactory(published=False)
    rule = call.bonus_rules.get()
    setup.delete_part(by=make.staff(), part=rule)
    deletion = call.history().first()
    setup.add_part(by=make.staff(), part=BonusRule(call=call, name="여성 대표", points=2))
    addition = call.history().first()
    assert deletion.reason == f"가점 규칙 “{rule}”: 삭제"
    assert addition.reason == "가점 규칙 “여성 대표”: 추가"


def test_a_conflict_says_what_of_a_part_changed(client):
    call = make.CallFactory(published=False)
    rule, seen = call.bonus_rules.first(), call.version
    was = rule.points
    setup.change_part(by=make.staff(), part=rule, values={"points": was + 1, "name": rule.name})
    change = call.history().first()
    assert change.reason.endswith(f"“{rule}” — 점수: {was.normalize():f} → {(was + 1).normalize():f}")
    client.force_login(make.staff())
    answer = client.post(reverse("incubator_calls:act", args=(call.pk, "publish")), {"version": seen})
    assert (answer.status_code, change.reason in answer.content.decode()) == (409, True)


# ── published ───────────────────────────────────────────────────────────────
@pytest.mark.parametrize("namespace", PARTS)
@pytest.mark.parametrize("verb", ["edit", "delete"])
def test_a_part_of_a_published_call_is_neither_changed_nor_deleted(office, namespace, verb):
    call = make.CallFactory()
    row = PARTS[namespace].objects.first()
    data = data_for(namespace, row, **{named(namespace): "새 이름"}) | {"version": call.version - 1}
    response = office.post(reverse(f"{namespace}:{verb}", args=[row.pk]), data)
    assert response.status_code == 409
    there = PARTS[namespace].objects.get(pk=row.pk)
    assert getattr(there, named(namespace)) == getattr(row, named(namespace))


@pytest.mark.parametrize("namespace", PARTS)
def test_nothing_is_added_to_a_published_call(office, namespace):
    make.CallFactory()
    row = PARTS[namespace].objects.first()
    before = PARTS[namespace].objects.count()
    data = data_for(namespace, row) | ({"code": "new"} if namespace == "incubator_criteria" else {"order": 9})
    response = office.post(reverse(f"{namespace}:add"), data)
    assert response.status_code == 409
    assert why_locked(row) in response.content.decode() or namespace == "incubator_stages"
    assert PARTS[namespace].objects.count() == before


@pytest.mark.parametrize("namespace", LOCKED)
def test_the_page_and_the_list_say_why_it_is_locked(office, namespace):
    make.CallFactory()
    row = PARTS[namespace].objects.first()
    assert why_locked(row)
    page = office.get(reverse(f"{namespace}:edit", args=[row.pk]))
    assert page.status_code == 200
    assert why_locked(row) in page.content.decode()
    assert not page.context["can_save"]
    assert why_locked(row) in office.get(reverse(f"{namespace}:index")).content.decode()


def test_the_forms_offer_only_what_is_open(office):
    published, draft = make.CallFactory(), make.CallFactory(published=False)
    field = office.get(reverse("incubator_documents:add")).context["form"].fields["call"]
    offered = {str(value) for value, _label in field.widget.choices}
    assert str(draft.pk) in offered
    assert str(published.pk) not in offered
    assert list(draft_calls()) == [draft]
    field = office.get(reverse("incubator_criteria:add")).context["form"].fields["rubric"]
    offered = {str(value) for value, _label in field.widget.choices}
    assert str(draft.stages.get().rubric_id) in offered
    assert str(published.stages.get().rubric_id) not in offered


def test_the_page_of_a_call_leads_to_a_form_that_knows_it(office):
    call = make.CallFactory(published=False)
    page = office.get(reverse("incubator_stages:add"), {"call": call.pk})
    assert f'<option value="{call.pk}" selected>' in page.content.decode()
    assert office.get(reverse("incubator_stages:add"), {"call": "²"}).status_code == 200


def test_a_part_is_not_moved_into_a_published_call():
    published, draft = make.CallFactory(), make.CallFactory(published=False)
    with pytest.raises(NotNow):
        setup.change_part(by=make.staff(), part=draft.bonus_rules.get(), values={"call": published})
    assert published.bonus_rules.count() == 1


def test_only_programme_staff_set_up():
    call = make.CallFactory(published=False)
    auditor = make.UserFactory(role=Role.AUDITOR)
    for change in (
        lambda: setup.change_call(by=auditor, call=call, values={"title": "x"}),
        lambda: setup.add_part(by=auditor, part=BonusRule(call=call, name="x", points=1)),
        lambda: setup.change_part(by=auditor, part=call.bonus_rules.get(), values={"name": "x"}),
        lambda: setup.delete_part(by=auditor, part=call.bonus_rules.get()),
        lambda: setup.copy_rubric(by=auditor, rubric=call.stages.get().rubric, name="x"),
        lambda: setup.add_agreement_text(by=auditor, call=call, body="x"),
    ):
        with pytest.raises(NotAllowed):
            change()


# ── rubrics ─────────────────────────────────────────────────────────────────
def test_a_rubric_is_free_until_a_published_call_uses_it():
    call = make.CallFactory(published=False)
    rubric = call.stages.get().rubric
    assert rubric in free_rubrics()
    services.publish_call(by=make.staff(), call=call)
    assert rubric not in free_rubrics()
    with pytest.raises(NotNow):
        setup.change_part(by=make.staff(), part=rubric.criteria.first(), values={"weight": Decimal(1)})


def test_a_rubric_in_use_is_copied_and_the_copy_is_free(office):
    rubric = make.CallFactory().stages.get().rubric
    url = reverse("incubator_rubrics:act", args=[rubric.pk, "copy"])
    assert office.post(url, {"version": 0, "name": rubric.name}).status_code == 422  # the name is taken
    assert office.post(url, {"version": 0, "name": "2027 PSST"}).status_code == 302
    copy = Rubric.objects.get(name="2027 PSST")
    rows = [
        [(c.code, c.weight, c.tie_order, c.descriptors) for c in one.criteria.all()] for one in (rubric, copy)
    ]
    assert rows[0] == rows[1]
    assert why_locked(copy) == ""
    assert (
        "help-warning" in office.get(reverse("incubator_rubrics:inspect", args=[rubric.pk])).content.decode()
    )


@pytest.mark.parametrize(
    "typed", ["5", '"abc"', '{"a": 1}', "[1]", '["a", null]', '["1", "2", "3", "4", "5", "6"]']
)
def test_meanings_that_are_no_list_of_texts_are_refused_at_their_field(office, typed):
    make.CallFactory(published=False)
    row = Criterion.objects.first()
    data = data_for("incubator_criteria", row) | {"descriptors": typed, "max_score": 5}
    response = office.post(reverse("incubator_criteria:edit", args=[row.pk]), data)
    assert set(response.context["form"].errors) == {"descriptors"}
    assert Criterion.objects.get(pk=row.pk).descriptors == row.descriptors


def test_no_meanings_at_all_are_an_empty_list():
    criterion = Criterion(name="x", descriptors=None)
    criterion.clean()
    assert criterion.descriptors == []


@pytest.mark.parametrize("kept", [5, None, {"1": "a"}, "abc", [1, 2]])
def test_meanings_that_are_no_list_of_texts_are_never_shown(client, kept):
    review = make.review_in("declared")
    Criterion.objects.update(descriptors=kept if kept is not None else Value(None, JSONField()))
    criterion = review.stage.rubric.criteria.first()
    services.save_scores(
        by=review.evaluator, review=review, scores={criterion.pk: services.ScoreInput(score=1)}
    )
    assert criterion.descriptor(1) == ""
    client.force_login(review.evaluator)
    assert client.get(reverse("review_score", args=[review.pk])).status_code == 200


# ── stages ──────────────────────────────────────────────────────────────────
def test_a_stage_of_a_published_call_can_be_put_off_but_not_made_harder(office):
    call = make.CallFactory()
    stage = call.stages.get()
    later = {"starts_on": stage.starts_on + timedelta(days=7), "ends_on": stage.ends_on + timedelta(days=7)}
    url = reverse("incubator_stages:edit", args=[stage.pk])
    response = office.post(url, {**later, "venue": "2층", "cut_off": "90", "version": call.version})
    assert response.status_code == 302
    stage.refresh_from_db()
    assert (stage.starts_on, stage.venue, stage.cut_off) == (later["starts_on"], "2층", 60)
    with pytest.raises(NotNow):
        setup.change_part(by=make.staff(), part=stage, values={"cut_off": Decimal(90)})
    Stage.objects.filter(pk=stage.pk).update(decided_at=clock.now())
    assert office.post(url, {**later, "venue": "3층", "version": call.version}).status_code == 409


def test_a_stage_page_from_before_publishing_is_too_old(office):
    call = make.CallFactory(published=False)
    stage, before = call.stages.get(), call.version
    services.publish_call(by=make.staff(), call=call)
    data = data_for("incubator_stages", stage, venue="2층") | {"version": before}
    response = office.post(reverse("incubator_stages:edit", args=[stage.pk]), data)
    assert response.status_code == 409
    assert make.staff().name in response.content.decode()


@pytest.mark.parametrize("wrong", [{"ends_on": "2020-01-01"}, {"cut_off": "101"}, {"places": "0"}])
def test_a_stage_that_makes_no_sense_is_refused(office, wrong):
    stage = make.CallFactory(published=False).stages.get()
    data = data_for("incubator_stages", stage) | wrong | {"version": 0}
    response = office.post(reverse("incubator_stages:edit", args=[stage.pk]), data)
    assert set(response.context["form"].errors) == set(wrong)


def test_a_call_is_not_published_when_more_pass_than_there_are_places():
    call = make.CallFactory(published=False, places=1, stages=[("document", 2)])
    with pytest.raises(ValidationError):
        services.publish_call(by=make.staff(), call=call)


def test_a_call_that_is_over_is_not_published():
    call = make.close(make.CallFactory(published=False))
    with pytest.raises(ValidationError):
        services.publish_call(by=make.staff(), call=call)
