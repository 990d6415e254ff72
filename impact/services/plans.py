"""Writing a jobs plan in one go: used by the demo data and by imports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from impact.models import Area, JobsPlan, Project


@dataclass(frozen=True, slots=True)
class PlannedProject:
    name: str
    is_new: bool = False
    partner: str = ""


@transaction.atomic
def save_jobs_plan(
    *, year: int, facts: Mapping[str, Any], areas: Mapping[str, Sequence[PlannedProject]]
) -> JobsPlan:
    """Create or update the plan of ``year``: its facts, its areas in order and their projects.

    Areas and projects that are not named stay, so that results are never lost.
    """
    plan, _created = JobsPlan.objects.update_or_create(year=year, defaults=dict(facts))
    for order, (name, projects) in enumerate(areas.items(), start=1):
        area, _created = Area.objects.update_or_create(plan=plan, name=name, defaults={"order": order})
        for position, project in enumerate(projects, start=1):
            Project.objects.update_or_create(
                area=area,
                name=project.name,
                defaults={"order": position, "is_new": project.is_new, "partner": project.partner},
            )
    return plan
