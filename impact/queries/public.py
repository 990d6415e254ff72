"""The jobs plan as the public reads it. Demonstration figures are marked wherever they enter a sum."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Subquery

from impact.models import Area, AreaResult, JobsPlan, Project


@dataclass(frozen=True, slots=True)
class Progress:
    """Target against result; ``percent`` is rounded down, so that 100 is said only when it is reached."""

    target: int
    achieved: int

    @property
    def percent(self) -> int:
        return self.achieved * 100 // self.target if self.target else 0


@dataclass(frozen=True, slots=True)
class AreaReport:
    area: Area
    quarters: list[Progress | None]
    total: Progress | None


@dataclass(frozen=True, slots=True)
class PlanReport:
    """One year: the plan, its areas with results, and of when and whence the results are."""

    plan: JobsPlan
    areas: list[AreaReport]
    projects: list[Project]
    quarters: list[Progress | None]
    total: Progress | None
    as_of: date | None
    sources: list[str]
    is_demo: bool

    @property
    def has_results(self) -> bool:
        return self.total is not None

    @property
    def measured(self) -> list[AreaReport]:
        return [area for area in self.areas if area.total]


def plan_years() -> list[int]:
    """The years that have a plan, latest first."""
    return list(JobsPlan.objects.values_list("year", flat=True).order_by("-year"))


def jobs_plan(year: int | None = None, *, with_projects: bool = True) -> PlanReport | None:
    """The plan of ``year``, else the latest; ``None`` if there is none. Two queries, three with projects."""
    plans = (JobsPlan.objects.all() if year is None else JobsPlan.objects.filter(year=year)).order_by("-year")
    areas = list(
        Area.objects.filter(plan=Subquery(plans.values("pk")[:1]))
        .select_related("plan")
        .prefetch_related(Prefetch("results", AreaResult.objects.order_by("quarter")))
        .order_by("order", "pk")
    )
    plan = areas[0].plan if areas else plans.first()
    if plan is None:
        return None
    named = Project.objects.filter(plan=plan).select_related("area").order_by("order", "pk")
    return _report(plan, areas, list(named) if with_projects else [])


def _report(plan: JobsPlan, areas: list[Area], projects: list[Project]) -> PlanReport:
    results = [result for area in areas for result in area.results.all()]
    return PlanReport(
        plan=plan,
        areas=[_area_report(area) for area in areas],
        projects=projects,
        quarters=_by_quarter(results),
        total=_sum(results),
        as_of=max((result.as_of for result in results), default=None),
        sources=list(dict.fromkeys(result.source for result in results)),
        is_demo=any(result.is_demo for result in results),
    )


def _area_report(area: Area) -> AreaReport:
    results = list(area.results.all())
    return AreaReport(area, _by_quarter(results), _sum(results))


def _by_quarter(results: list[AreaResult]) -> list[Progress | None]:
    return [
        _sum([result for result in results if result.quarter == quarter])
        for quarter in AreaResult.Quarter.values
    ]


def _sum(results: list[AreaResult]) -> Progress | None:
    if not results:
        return None
    return Progress(sum(result.target for result in results), sum(result.achieved for result in results))
