"""What each kind of page gives to its template."""

from typing import Any

from django.http import Http404, HttpRequest

from cms.models import (
    CallIndexPage,
    CallPage,
    CentreIndexPage,
    HomePage,
    LoanGuidePage,
    NewsIndexPage,
    ProgrammeIndexPage,
    ProgrammePage,
    StoryIndexPage,
    SuccessStoryPage,
)
from cms.models.base import context_for
from cms.queries import calls, listings, stories
from core import clock
from impact.queries import public as impact
from incubator.models import Call
from loans.forms.calculator import CalculatorForm
from loans.queries import public as loans

Context = dict[str, Any]
CALLS_ON_HOME = 5
STORIES_ON_HOME = 3
CALLS_OF_PROGRAMME = 10
FIRST_AMOUNT = 50_000_000


@context_for(HomePage)
def home(page: HomePage, request: HttpRequest) -> Context:
    rows = calls.current_calls(limit=CALLS_ON_HOME)
    return {
        "calls": rows,
        "first_call": next((row for row in rows if row.phase == calls.Phase.OPEN), None),
        "year": clock.today().year,
        "funds": loans.fund_summaries(clock.today().year),
        "stories": stories.latest_stories(limit=STORIES_ON_HOME),
        "jobs": impact.jobs_plan(with_projects=False),
    }


@context_for(CallIndexPage)
def call_index(page: CallIndexPage, request: HttpRequest) -> Context:
    return calls.call_list(request.GET)


@context_for(CallPage)
def call(page: CallPage, request: HttpRequest) -> Context:
    details = calls.call_details(page)
    if details["call"].state == Call.State.DRAFT and not getattr(request, "is_preview", False):
        raise Http404
    return details


@context_for(ProgrammeIndexPage)
def programme_index(page: ProgrammeIndexPage, request: HttpRequest) -> Context:
    return {"programmes": listings.programmes()}


@context_for(ProgrammePage)
def programme(page: ProgrammePage, request: HttpRequest) -> Context:
    if page.programme_id is None:
        return {"calls": [], "first_call": None}
    rows = calls.calls_of_programme(page.programme_id, limit=CALLS_OF_PROGRAMME)
    return {"calls": rows, "first_call": rows[0] if rows else None}


@context_for(LoanGuidePage)
def loan_guide(page: LoanGuidePage, request: HttpRequest) -> Context:
    guide = loans.loan_guide()
    first = next((product.code for summary in guide.funds for product in summary.products), None)
    answers = {"amount": FIRST_AMOUNT, "product": first, "start": clock.today()}
    return {"guide": guide, "calculator": CalculatorForm(initial=answers) if first else None}


@context_for(StoryIndexPage)
def story_index(page: StoryIndexPage, request: HttpRequest) -> Context:
    return {"stories": stories.story_page(request.GET.get("page"))}


@context_for(SuccessStoryPage)
def story(page: SuccessStoryPage, request: HttpRequest) -> Context:
    return {"more": stories.latest_stories(limit=STORIES_ON_HOME, without=page.pk)}


@context_for(CentreIndexPage)
def centre_index(page: CentreIndexPage, request: HttpRequest) -> Context:
    return {"centres": listings.centres()}


@context_for(NewsIndexPage)
def news_index(page: NewsIndexPage, request: HttpRequest) -> Context:
    return {"news": listings.news_page(request.GET.get("page"))}
