"""Everybody reads the jobs plan; programme staff and administrators keep it, the auditor reads along."""

from impact.models import AreaResult
from impact.services.plans import PlannedProject, save_jobs_plan
from tests.contracts.access import Access, OfficeViews

SEE = ["programme_staff", "administrator", "auditor"]
KEEP = ["programme_staff", "administrator"]


def _plan():
    return save_jobs_plan(
        year=2025,
        facts={"target_jobs": 7640, "source": "일자리대책"},
        areas=["창업지원"],
        projects=[PlannedProject("창업아카데미")],
    )


def plan(world):
    return {"pk": _plan().pk}


def area(world):
    return {"pk": _plan().areas.get().pk}


def project(world):
    return {"pk": _plan().projects.get().pk}


def result(world):
    row = AreaResult.objects.create(
        area=_plan().areas.get(), quarter=1, target=10, achieved=5, as_of="2025-03-31", source="시연"
    )
    return {"pk": row.pk}


ROWS = [
    Access("jobs_plan", everyone=200),
    OfficeViews("jobsplan", args=plan, see=SEE, change=KEEP, delete=KEEP),
    OfficeViews("area", args=area, see=SEE, change=KEEP, delete=KEEP),
    OfficeViews("project", args=project, see=SEE, change=KEEP, delete=KEEP),
    OfficeViews("arearesult", args=result, see=SEE, change=KEEP, delete=KEEP),
]
