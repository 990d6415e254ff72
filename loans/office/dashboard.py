"""융자 현황: finance's first page. Every figure says of when it is and opens what is behind it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from rules.permissions import has_perm

from core import clock
from core.charts import Bar
from core.money import format_won, format_won_round
from loans.queries.attention import attention_rows
from loans.queries.portfolio import (
    arrears_buckets,
    balance_by_fund,
    cash_due_by_month,
    last_day_close,
    portfolio_summary,
)


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    if not has_perm("loans.see_portfolio", request.user):
        raise PermissionDenied
    return render(request, "loans/office/dashboard.html", dashboard_context(request.user))


def dashboard_context(user: Any) -> dict[str, Any]:
    """Everything on the page, in a fixed number of queries."""
    today = clock.today()
    months = cash_due_by_month(user, today)
    title = _("Loans at a glance")
    return {
        "header_title": title,
        "page_title": title,
        "header_icon": "doc-full-inverse",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": title},
        ],
        "summary": portfolio_summary(user, today),
        "months": months,
        "bars": [
            Bar(
                label=f"{month.month.month}",
                amounts=(month.principal, month.interest),
                title=f"{month.month:%Y-%m}: {format_won(month.total)}",
            )
            for month in months
        ],
        "months_total": format_won_round(sum(month.total for month in months)),
        "buckets": arrears_buckets(user),
        "funds": balance_by_fund(user),
        "attention": attention_rows(user, today),
        "day_close": last_day_close(),
        "today": today,
    }
