"""What only the demo has: signing in as anybody, reading the mails, moving the clock."""

from calendar import monthrange
from datetime import date, datetime, timedelta

import structlog
from celery import current_app
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.accounts.landing import landing_url
from core.own_address import own_address
from core.presentation import moments
from core.whole_number import whole_number
from demo import mails, moved_clock, queries
from demo.forms import ClockForm

PER_PAGE = 20
log = structlog.get_logger(__name__)


@require_POST
def demo_login(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people, and nobody else."""
    user = get_object_or_404(queries.demo_users(), pk=whole_number(request.POST.get("user", "")))
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(own_address(request, request.POST.get("next", "")) or landing_url(user))


@never_cache
@require_safe
def demo_mails(request: HttpRequest) -> HttpResponse:
    """All mails that the platform has sent, newest first."""
    page = Paginator(mails.names(), PER_PAGE).get_page(request.GET.get("page"))
    rows = [mail for mail in map(mails.read, page.object_list) if mail]
    return render(request, "demo/mails.html", {"page": page, "rows": rows})


@never_cache
@require_safe
def demo_mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its text with links to follow, and its HTML in a frame that runs nothing."""
    mail = mails.read(name)
    if mail is None:
        raise Http404
    return render(request, "demo/mail.html", {"mail": mail})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demo_clock(request: HttpRequest) -> HttpResponse:
    """See what time it is in the demo, and move it forward."""
    today = clock.today()
    next_due = queries.next_due_date(request.user)
    form = ClockForm(request.POST if request.POST.get("to") == "day" else None)
    if request.method == "POST" and _move(request, form, next_due):
        return redirect("demo_clock")
    steps = {"tomorrow": today + timedelta(days=1), "month": _month_later(today), "next_due": next_due}
    context = {"form": form, "steps": steps, "moved": bool(moved_clock.offset()), "real_now": timezone.now()}
    return render(request, "demo/clock.html", context, status=422 if form.errors else 200)


def _move(request: HttpRequest, form: ClockForm, next_due: date | None) -> bool:
    """Move the clock as asked; ``False`` when the form must be shown again."""
    to = request.POST.get("to", "")
    moment = _wanted(to, form, today=clock.today(), next_due=next_due)
    try:
        if to == "now":
            moved_clock.reset()
        elif moment is not None:
            moved_clock.move_to(moment)
    except ValidationError as error:
        if form.is_bound:
            form.add_error("day", error.messages[0])
        else:
            messages.error(request, error.messages[0])
            return True
    if form.errors:
        return False
    _wake_the_night()
    messages.success(request, _("Today is %(day)s in the demo.") % {"day": moments.day(clock.today())})
    return True


def _wanted(to: str, form: ClockForm, *, today: date, next_due: date | None) -> datetime | None:
    if to == "day":
        return form.moment if form.is_valid() else None
    days = {"tomorrow": today + timedelta(days=1), "month": _month_later(today), "next_due": next_due}
    day = days.get(to)
    return ClockForm.at_work(day) if day else None


def _month_later(day: date) -> date:
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)  # noqa: PLR2004
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _wake_the_night() -> None:
    """What a night would have done: close the loans' day, send what is waiting."""
    for task in ("loans.tasks.close_day", "core.notices.tasks.deliver_waiting"):
        try:
            current_app.send_task(task)
        except Exception as error:  # noqa: BLE001 — the beat does it later, whatever is wrong with the broker
            log.warning("task_not_enqueued", task=task, error=type(error).__name__)
