"""What the person who pays sees before and after the hosted page."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from core.payments import queries, services, stripe
from core.payments.models import Charge, Checkout
from core.payments.registry import pages_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def payment_wait(request: HttpRequest, key: UUID) -> HttpResponse:
    """Wait for the payment page's address and go there. A post tries again after a failure."""
    charge = get_object_or_404(queries.charges_for(request.user), key=key)
    if request.method == "POST":
        services.start_checkout(charge=charge, by=request.user)  # type: ignore[arg-type]
        return redirect("payment_wait", key=key)
    if charge.state == Charge.State.PAID:
        return _go(request, "payment_done", key)
    checkout = queries.latest_checkout(charge)
    if checkout and checkout.state == Checkout.State.OPEN and checkout.expires_at > stripe.now():
        return _leave_for(request, checkout.url)
    waiting = bool(checkout and checkout.state == Checkout.State.PREPARING)
    return _page(request, "wait", charge, checkout=checkout, waiting=waiting)


@never_cache
@login_required
@require_safe
def payment_done(request: HttpRequest, key: UUID) -> HttpResponse:
    """The receipt, once the signed message is in; until then the page looks again by itself."""
    charge = get_object_or_404(queries.charges_for(request.user), key=key)
    checkout = queries.latest_checkout(charge)
    waiting = charge.state != Charge.State.PAID
    failed = bool(waiting and checkout and checkout.state == Checkout.State.FAILED)
    return _page(request, "done", charge, checkout=checkout, waiting=waiting and not failed, failed=failed)


@never_cache
@login_required
@require_safe
def payment_cancelled(request: HttpRequest, key: UUID) -> HttpResponse:
    """Back from the hosted page without paying: nothing has happened, and it can be tried again."""
    charge = get_object_or_404(queries.charges_for(request.user), key=key)
    if charge.state == Charge.State.PAID:
        return redirect("payment_done", key=key)
    if charge.state == Charge.State.CANCELLED:  # it was not the person who stopped it
        return redirect("payment_wait", key=key)
    return _page(request, "cancelled", charge)


def _page(request: HttpRequest, name: str, charge: Charge, **context: Any) -> HttpResponse:
    subject = charge.subject
    pages = pages_of(subject)
    back_url = pages.page_url(subject) if subject else ""
    context |= {
        "charge": charge,
        "number": charge.number,
        "back_url": back_url,
        "back_title": pages.title(subject),
    }
    partial = bool(request.htmx) and name in {"wait", "done"}  # type: ignore[attr-defined]
    template = f"payments/payer/_{name}.html" if partial else f"payments/payer/{name}.html"
    return render(request, template, context)


def _go(request: HttpRequest, name: str, key: UUID) -> HttpResponse:
    response = redirect(name, key=key)
    return _leave_for(request, response.url) if request.htmx else response  # type: ignore[attr-defined]


def _leave_for(request: HttpRequest, url: str) -> HttpResponse:
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)  # type: ignore[attr-defined]
