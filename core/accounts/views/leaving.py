from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core.accounts.forms import LeaveForm
from core.accounts.leaving import holdings_of
from core.accounts.requests import posted, signed_in
from core.accounts.services import close_account


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def leave(request: HttpRequest) -> HttpResponse:
    """What has to be ended first, what is erased, what is kept and why; then the button."""
    user = signed_in(request)
    form = LeaveForm(posted(request), user=user)
    if request.method == "POST" and form.is_valid():
        close_account(by=user)
        logout(request)
        return redirect("left")
    holdings = holdings_of(user)
    context = {
        "form": form,
        "first": [holding for holding in holdings if holding.must_end],
        "kept": [holding for holding in holdings if not holding.must_end],
    }
    return render(request, "accounts/leave.html", context, status=422 if form.errors else 200)


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """The account is closed."""
    return render(request, "accounts/left.html")
