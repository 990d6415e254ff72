"""The life of a call."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.accounts.models import User
from core.errors import NotNow
from core.workflow.actors import SYSTEM, Actor
from core.workflow.perform import lock, perform, refuse_stale
from incubator.models import Application, Call, Rubric
from incubator.models.rubric import WEIGHTS_TOTAL
from incubator.services.access import require


@transaction.atomic
def publish_call(*, by: User, call: Call, expected_version: int | None = None) -> Call:
    """Show the call to the public, if it is complete."""
    require(by, "incubator.publish_call", call)
    locked = lock(call)  # and its rubrics: nobody changes what is just being published
    refuse_stale(locked, expected_version)
    list(Rubric.objects.filter(stages__call=locked).order_by("pk").select_for_update(of=("self",)))
    if locked.state == Call.State.DRAFT and (flaws := call_flaws(locked)):
        raise ValidationError(flaws)
    return perform(call, "publish", by=by, expected_version=expected_version)


def call_flaws(call: Call) -> list[str]:
    """Everything that is missing before the call can be published."""
    flaws = []
    if call.closes_at <= clock.now():
        flaws.append(_("The closing lies in the past."))
    stages = list(call.stages.select_related("rubric").order_by("order"))
    if not stages:
        flaws.append(_("The call has no stage yet."))
    elif stages[0].rubric_id is None:
        flaws.append(_("The first stage needs a rubric."))
    if stages and stages[-1].places > call.places:
        flaws.append(
            _("The last stage lets %(passing)s pass, but the call has %(places)s places.")
            % {"passing": stages[-1].places, "places": call.places}
        )
    for rubric in Rubric.objects.filter(stages__in=stages).distinct().prefetch_related("criteria"):
        total = sum(criterion.weight for criterion in rubric.criteria.all())
        if total != WEIGHTS_TOTAL:
            flaws.append(
                _("The weights of “%(rubric)s” sum to %(total)s instead of 100.")
                % {"rubric": rubric.name, "total": total}
            )
    if not call.agreement_texts.exists():
        flaws.append(_("The call has no agreement text yet."))
    return flaws


def begin_evaluation(*, by: Actor, call: Call, expected_version: int | None = None) -> Call:
    return perform(call, "begin_evaluation", by=by, expected_version=expected_version, at=clock.now())


def announce_call(*, by: Actor, call: Call, expected_version: int | None = None) -> Call:
    return perform(call, "announce", by=by, expected_version=expected_version)


@transaction.atomic
def archive_call(*, by: User, call: Call, expected_version: int | None = None) -> Call:
    """Put the call away, once nobody may sign the agreement any more."""
    require(by, "incubator.archive_call", call)
    lock(call)
    if Application.objects.filter(call=call, state=Application.State.SELECTED).exists():
        raise NotNow(_("Somebody who was selected has not signed the agreement yet."))
    return perform(call, "archive", by=by, expected_version=expected_version)


def close_for_evaluation(call: Call) -> None:
    """The platform moves a call on once its deadline has passed and somebody starts evaluating."""
    if call.state == Call.State.PUBLISHED and clock.now() >= call.closes_at:
        begin_evaluation(by=SYSTEM, call=call)
