"""The calculator, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import clock
from core.charts import Bar, bar_chart
from core.money import format_won
from loans.engine import EngineError
from loans.forms.calculator import CalculatorForm
from loans.queries.calculator import Calculation, calculate


@require_safe
def loan_calculator(request: HttpRequest) -> HttpResponse:
    """A page of its own, and the same answer as a fragment for the form on other pages.

    Everything stands in the address, so that a result can be kept and shared.
    """
    asked = "amount" in request.GET
    form = CalculatorForm(request.GET) if asked else CalculatorForm(initial=_first_answers())
    result = _calculation(form) if asked and form.is_valid() else None
    context = {
        "form": form,
        "asked": asked,
        "result": result,
        "chart": _chart(result) if result else "",
        "total_words": _total(result),
        "share_url": request.build_absolute_uri(),
    }
    fragment = bool(getattr(request, "htmx", False))
    template = "loans/public/calculator_result.html" if fragment else "loans/public/calculator.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


def _first_answers() -> dict[str, object]:
    form = CalculatorForm()
    first = next(iter(form.products), "own")
    return {"amount": 50_000_000, "product": first, "start": clock.today()}


def _calculation(form: CalculatorForm) -> Calculation | None:
    start = form.cleaned_data["start"] or clock.today()
    try:
        return calculate(form.cleaned_data, start, product=form.chosen, rate=form.found_rate)
    except EngineError:
        form.add_error(None, _("These terms contradict each other. Please check them."))
        return None


def _total(result: Calculation | None) -> str:
    return _("%(amount)s to be paid in all") % {"amount": format_won(result.total)} if result else ""


def _chart(result: Calculation) -> str:
    bars = [
        Bar(
            str(year.year),
            (year.principal, year.interest),
            _("%(year)s: principal %(principal)s, interest %(interest)s")
            % {
                "year": year.year,
                "principal": format_won(year.principal),
                "interest": format_won(year.interest),
            },
        )
        for year in result.years
    ]
    return bar_chart(
        bars=bars, title=_("Principal and interest by year"), series=[_("Principal"), _("Interest")]
    )
