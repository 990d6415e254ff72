"""What is still missing in an application: all flaws at once, each with the place where it is mended."""

import re
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.documents.queries import documents_of
from incubator.models import Application

PLAN_FIELDS: Final[dict[str, Any]] = {
    "title": gettext_lazy("Write a title for your idea."),
    "summary": gettext_lazy("Sum your idea up in one or two sentences."),
    "sector": gettext_lazy("Write the sector you work in."),
    "problem": gettext_lazy("Describe the problem you solve."),
    "solution": gettext_lazy("Describe how you solve it."),
    "scale_up": gettext_lazy("Describe how the business will grow."),
}
_RESIDENT_NUMBER = re.compile(r"(?<!\d)\d{6}\s*-\s*[1-8]\d{6}(?!\d)")


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing to mend. ``step`` is the page, ``field`` the place on it."""

    step: str
    field: str
    text: str


def application_flaws(application: Application) -> list[Flaw]:
    """Everything that stands in the way of submitting, in the order of the form."""
    return [
        *_plan_flaws(application),
        *_team_flaws(application),
        *_document_flaws(application),
        *_age_flaws(application),
    ]


def has_resident_number(text: str) -> bool:
    """Whether ``text`` seems to hold a resident registration number, which we must not keep."""
    return bool(_RESIDENT_NUMBER.search(text or ""))


def _plan_flaws(application: Application) -> list[Flaw]:
    flaws = []
    for field, advice in PLAN_FIELDS.items():
        text = getattr(application, field).strip()
        if not text:
            flaws.append(Flaw("plan", field, str(advice)))
        elif has_resident_number(text):
            flaws.append(Flaw("plan", field, _resident_number_advice()))
    return flaws


def _team_flaws(application: Application) -> list[Flaw]:
    text = application.team_text.strip()
    if not text:
        return [Flaw("team", "team_text", _("Describe what you and your team bring along."))]
    return [Flaw("team", "team_text", _resident_number_advice())] if has_resident_number(text) else []


def _document_flaws(application: Application) -> list[Flaw]:
    there = {document.kind for document in documents_of(application)}
    flaws = [
        Flaw("documents", required.kind, _("Upload “%(name)s”.") % {"name": required.name})
        for required in application.call.required_documents.all()
        if required.required and required.kind not in there
    ]
    flaws += [
        Flaw(
            "documents",
            claim.rule.kind,
            _("Upload the evidence for the bonus points “%(name)s”.") % {"name": claim.rule.name},
        )
        for claim in application.bonus_claims.select_related("rule")
        if claim.rule.kind not in there
    ]
    return flaws


def _age_flaws(application: Application) -> list[Flaw]:
    least = application.call.min_age
    if least is None:
        return []
    born = application.applicant.birth_date
    if born is None:
        return [Flaw("profile", "birth_date", _("Enter your date of birth in your profile."))]
    today = clock.today()
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if age >= least:
        return []
    return [
        Flaw("profile", "birth_date", _("This call is for people aged %(age)s or over.") % {"age": least})
    ]


def _resident_number_advice() -> str:
    return _("Remove the resident registration number. We must not keep it.")
