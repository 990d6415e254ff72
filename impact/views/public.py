from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.whole_number import whole_number
from impact.models import AreaResult
from impact.queries import public


@require_safe
def jobs_plan(request: HttpRequest) -> HttpResponse:
    """The jobs plan of the year asked for, else of the latest year."""
    years = public.plan_years()
    asked = whole_number(request.GET.get("year", ""))
    year = asked if asked is not None else (years[0] if years else None)
    if year is not None and year not in years:
        raise Http404(_("There is no jobs plan for this year."))
    report = public.jobs_plan(year) if year else None
    context = {"years": years, "report": report, "quarter_labels": AreaResult.Quarter.labels}
    return render(request, "impact/public/jobs_plan.html", context)
