"""Programme staff keep calls and applications; those who read everything read along."""

from functools import partial

from incubator.models import (
    BonusClaim,
    BonusRule,
    Criterion,
    EligibilityQuestion,
    Programme,
    RequiredDocument,
    Rubric,
    Stage,
)
from tests.contracts.access import DENIED, Access, form
from tests.incubator import factories as f

CLOSED = 409  # the right person at the wrong moment
READS = ["auditor", "administrator", "committee_secretary"]
SEEN = dict.fromkeys(["programme_staff", *READS], 200)
READERS_DENIED = dict.fromkeys(READS, DENIED)


def call(world):
    return {"pk": f.CallFactory().pk}


def announced(world):
    return {"pk": f.call_in("announced").pk}


def call_to_publish(world):
    return {"pk": f.CallFactory(published=False).pk, "action": "publish"}


def application(world):
    return {"pk": f.submitted(applicant=world.applicant).pk}


def draft(world):
    return {"pk": f.draft(applicant=world.applicant).pk}


def stage(world):
    return {"pk": f.CallFactory().stages.first().pk}


def claim(world):
    row = f.submitted(applicant=world.applicant)
    return {"pk": BonusClaim.objects.create(application=row, rule=row.call.bonus_rules.get()).pk}


def part(model, world, *, published=False):
    """What a call is set up from; the factory makes one of each."""
    f.CallFactory(published=published)
    return {"pk": model.objects.first().pk}


def act(make, action):
    return lambda world: make(world) | {"action": action}


def lists(namespace):
    return [Access(f"{namespace}:index", **SEEN), Access(f"{namespace}:index_results", **SEEN)]


def set_up(namespace, model):
    """A list, and forms for programme staff alone."""
    args = partial(part, model)
    return [
        *lists(namespace),
        *form(f"{namespace}:add", programme_staff=200),
        *form(f"{namespace}:edit", args, programme_staff=200),
    ]


def part_of_call(namespace, model):
    """A part of the set-up: once the call is published, it is shown to programme staff but stays as it is."""
    locked = partial(part, model, published=True)
    return [
        *set_up(namespace, model),
        Access(f"{namespace}:delete", args=partial(part, model), programme_staff=200),
        Access(f"{namespace}:edit", args=locked, programme_staff=200),
        Access(f"{namespace}:edit", "post", args=locked, programme_staff=CLOSED),
        Access(f"{namespace}:delete", args=locked, programme_staff=CLOSED),
        Access(f"{namespace}:delete", "post", args=locked, programme_staff=CLOSED),
    ]


ROWS = [
    *lists("incubator_calls"),
    Access("incubator_calls:inspect", args=call, **SEEN, office=404),
    *form("incubator_calls:add", programme_staff=200),
    Access("incubator_calls:edit", args=call, programme_staff=200),
    Access("incubator_calls:edit", "post", args=announced, programme_staff=CLOSED),
    Access("incubator_calls:act", args=act(call, "archive"), **dict.fromkeys(SEEN, 302), office=404),
    Access(
        "incubator_calls:act", "post", args=call_to_publish, programme_staff=422, **READERS_DENIED, office=404
    ),
    Access("incubator_calls:act", "post", args=act(call, "no-such"), office=404),
    *lists("incubator_applications"),
    Access("incubator_applications:inspect", args=application, **SEEN, office=404),
    Access("incubator_applications:inspect", args=draft, office=404),
    Access(
        "incubator_applications:act",
        "post",
        args=act(application, "return"),
        programme_staff=422,
        **READERS_DENIED,
        office=404,
    ),
    *lists("incubator_stages"),
    Access("incubator_stages:inspect", args=stage, **SEEN, office=404),
    Access(
        "incubator_stages:act",
        "post",
        args=act(stage, "assign"),
        programme_staff=422,
        **READERS_DENIED,
        office=404,
    ),
    Access("incubator_bonus", args=claim, programme_staff=405, office=405),
    Access(
        "incubator_bonus",
        "post",
        args=claim,
        data=lambda world: {"granted": "no"},
        programme_staff=302,
        **READERS_DENIED,
        office=404,
    ),
    *set_up("incubator_programmes", Programme),
    *set_up("incubator_rubrics", Rubric),
    Access("incubator_rubrics:inspect", args=partial(part, Rubric), **SEEN, office=404),
    Access(
        "incubator_rubrics:act",
        "post",
        args=act(partial(part, Rubric), "copy"),
        data=lambda world: {"version": 0, "name": "사본"},
        programme_staff=302,
        **READERS_DENIED,
        office=404,
    ),
    *part_of_call("incubator_criteria", Criterion),
    *part_of_call("incubator_documents", RequiredDocument),
    *part_of_call("incubator_questions", EligibilityQuestion),
    *part_of_call("incubator_bonus_rules", BonusRule),
    *form("incubator_stages:add", programme_staff=200),
    *form("incubator_stages:edit", partial(part, Stage), programme_staff=200),
    Access("incubator_stages:delete", args=partial(part, Stage), programme_staff=200),
    Access("incubator_stages:delete", "post", args=stage, programme_staff=CLOSED),
    *lists("incubator_agreement_texts"),
    *form("incubator_agreement_texts:add", programme_staff=200),
]
