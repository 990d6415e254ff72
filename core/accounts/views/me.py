from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core.accounts.landing import landing_url
from core.accounts.queries import memberships_for
from core.accounts.requests import signed_in
from core.accounts.sections import sections_for
from core.accounts.worklist import todos_of
from core.notices.queries import notices_for

SHOWN = 5


@require_safe
@login_required
def home_for_user(request: HttpRequest) -> HttpResponse:
    """To where the person's day begins."""
    return redirect(landing_url(request.user))


@require_safe
@login_required
def me(request: HttpRequest) -> HttpResponse:
    """나의 할 일: what is asked of the person now, and where everything of theirs stands."""
    user = signed_in(request)
    todos = todos_of(request)
    sections = sections_for(user)
    return render(
        request,
        "accounts/me.html",
        {
            "next": todos[0] if todos else None,
            "later": todos[1:],
            "sections": sections,
            "memberships": memberships_for(user)[:SHOWN],
            "notices": notices_for(user)[:SHOWN],
            "is_newcomer": not todos and not any(section.rows for section in sections),
        },
    )
