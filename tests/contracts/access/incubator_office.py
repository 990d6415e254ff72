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
)
from tests.contracts.access import DENIED, Access
from tests.incubator import factories as f

READS = ["auditor", "administrator", "committee_secretary"]
SEEN = dict.fromkeys(["programme_staff", *READS], 200)
READERS_DENIED = dict.fromkeys(READS, DENIED)


def call(world):
    return {"pk": f.CallFactory().pk}


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


def part(model, world):
    """What a call is set up from; the factory makes one of each."""
    f.CallFactory()
    return {"pk": model.objects.first().pk}


def act(make, action):
    return lambda world: make(world) | {"action": action}


def lists(namespace):
    return [Access(f"{namespace}:index", **SEEN), Access(f"{namespace}:index_results", **SEEN)]


def set_up(namespace, model, *, delete=True):
    """A part of the set-up: a list, and forms for programme staff alone."""
    args = partial(part, model)
    forms = [
        Access(f"{namespace}:add", programme_staff=200),
        Access(f"{namespace}:edit", args=args, programme_staff=200),
    ]
    if delete:
        forms.append(Access(f"{namespace}:delete", args=args, programme_staff=200))
    return [*lists(namespace), *forms]


ROWS = [
    *lists("incubator_calls"),
    Access("incubator_calls:inspect", args=call, **SEEN, office=404),
    Access("incubator_calls:add", programme_staff=200),
    Access("incubator_calls:edit", args=call, programme_staff=200),
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
    Access("incubator_bonus", "post", args=claim, programme_staff=302, **READERS_DENIED, office=404),
    *set_up("incubator_programmes", Programme, delete=False),
    *set_up("incubator_rubrics", Rubric, delete=False),
    *set_up("incubator_criteria", Criterion),
    *set_up("incubator_documents", RequiredDocument),
    *set_up("incubator_questions", EligibilityQuestion),
    *set_up("incubator_bonus_rules", BonusRule),
    *lists("incubator_agreement_texts"),
    Access("incubator_agreement_texts:add", programme_staff=200),
]
