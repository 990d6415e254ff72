"""Applying is for everybody with an account, evaluating for the mentors who were assigned."""

from functools import partial

from incubator import services
from tests.contracts.access import Access
from tests.incubator import factories as make

CLOSED = 409  # the right person at the wrong moment


def call(world):
    return {"slug": make.CallFactory().slug}


def application(state, world):
    return {"pk": make.ApplicationFactory(state=state, applicant=world.applicant).pk}


draft = partial(application, "draft")
submitted = partial(application, "submitted")
selected = partial(application, "selected")


def step(name, world):
    return {**draft(world), "step": name}


def as_shown(world):
    row = make.Application.objects.get()
    return {"version": row.version, "seen": row.seen}


def with_member(world):
    row = make.draft(applicant=world.applicant)
    member = services.add_member(
        by=world.applicant, application=row, member=services.Member("데모팀원", "개발")
    )
    return {"pk": row.pk, "member_pk": member.pk}


def with_file(world):
    row = make.draft(applicant=world.applicant)
    document = services.attach_document(
        by=world.applicant,
        application=row,
        kind=row.call.required_documents.first().kind,
        upload=make.pdf("둘째.pdf"),
    )
    return {"pk": row.pk, "key": document.key}


def review(state, world):
    return {"pk": make.review_in(state, evaluator=world.mentor).pk}


def file_of_review(world):
    return {**review("declared", world), "number": 1}


OWN = {"applicant": 200, "signed_in": 404}
OWN_POST = {"applicant": 302, "signed_in": 404}
EVALUATOR = {"mentor": 200, "signed_in": 404}
EVALUATOR_POST = {"mentor": 302, "signed_in": 404}

ROWS = [
    Access("call_apply", args=call, signed_in=200),
    Access("call_apply", "post", args=call, signed_in=422),
    *(
        Access("application_edit", args=partial(step, name), **OWN)
        for name in ("plan", "team", "documents", "check")
    ),
    Access("application_edit", "post", args=partial(step, "team"), **OWN_POST),
    Access("application_edit", args=partial(step, "nowhere"), signed_in=404),
    Access("application_autosave", "post", args=draft, **OWN),
    Access("application_member_remove", "post", args=with_member, **OWN_POST),
    Access("application_file_remove", "post", args=with_file, **OWN_POST),
    Access("application_submit", "post", args=draft, data=as_shown, **OWN_POST),
    Access("application_submit", "post", args=draft, applicant=CLOSED, signed_in=404),
    Access("application_submitted", args=submitted, **OWN),
    Access("application_submitted", args=draft, signed_in=404),
    Access("application_receipt", args=submitted, **OWN),
    Access("application_status", args=submitted, **OWN),
    Access("application_withdraw", args=submitted, **OWN),
    Access("application_withdraw", "post", args=submitted, data=lambda world: {"version": 1}, **OWN_POST),
    Access("application_withdraw", args=draft, applicant=CLOSED, signed_in=404),
    Access("application_decline", args=selected, **OWN),
    Access("application_decline", "post", args=selected, data=as_shown, **OWN_POST),
    Access("application_decline", args=submitted, applicant=CLOSED, signed_in=404),
    Access("agreement", args=selected, **OWN),
    Access("agreement", "post", args=selected, applicant=422, signed_in=404),
    Access("agreement", args=submitted, applicant=CLOSED, signed_in=404),
    Access("mentor_reviews", mentor=200),
    Access("review_declare", args=partial(review, "assigned"), **EVALUATOR),
    Access("review_declare", "post", args=partial(review, "assigned"), mentor=422, signed_in=404),
    Access("review_recuse", "post", args=partial(review, "assigned"), mentor=422, signed_in=404),
    Access("review_score", args=partial(review, "declared"), **EVALUATOR),
    Access("review_score", "post", args=partial(review, "declared"), **EVALUATOR_POST),
    Access("review_score", args=partial(review, "assigned"), **EVALUATOR_POST),
    Access("review_score", args=partial(review, "recused"), signed_in=404),
    Access("review_autosave", "post", args=partial(review, "declared"), **EVALUATOR),
    Access("review_submit", "post", args=partial(review, "declared"), mentor=CLOSED, signed_in=404),
    Access(
        "review_submit",
        "post",
        args=partial(review, "declared"),
        data=lambda world: {"version": 1},
        mentor=422,
        signed_in=404,
    ),
    Access("review_file", args=file_of_review, **EVALUATOR),
]
