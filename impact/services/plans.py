"""Writing a jobs plan in one go: used by the demo data and by imports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from impact.models import Area, JobsPlan, Project


@dataclass(frozen=True, slots=True)
class PlannedProject:
    """A project as the plan names it; ``area`` only where the plan says so."""

    name: str
    is_new: bool = False
    partner: str = ""
    area: str = ""


@transaction.atomic
def save_jobs_plan(
    *, year: int, facts: Mapping[str, Any], areas: Sequence[str], projects: Sequence[PlannedProject]
) -> JobsPlan:
    """Create or update the plan of ``year``: its facts, its areas in order and the projects it names.

    Areas and projects that are not named stay, so that results are never lost.
    """
    plan, _created = JobsPlan.objects.update_or_create(year=year, defaults=dict(facts))
    rows = {}
    for order, name in enumerate(areas, start=1):
        rows[name], _created = Area.objects.update_or_create(plan=plan, name=name, defaults={"order": order})
    for order, project in enumerate(projects, start=1):
        Project.objects.update_or_create(
            plan=plan,
            name=project.name,
            defaults={
                "order": order,
                "is_new": project.is_new,
                "partner": project.partner,
                "area": rows.get(project.area),
            },
        )
    return plan
