"""Funds: what a year's plan was used for."""

from django.db.models import Sum

from loans.models import FundYear, Loan


def disbursed_amount(fund_year: FundYear) -> int:
    """Won paid out of the year's plan."""
    paid_out = fund_year.loans.filter(state__in=Loan.PAID_OUT)
    return paid_out.aggregate(total=Sum("principal"))["total"] or 0


def budget_left(fund_year: FundYear) -> int:
    """Won of the year's plan that can still be paid out."""
    return fund_year.plan_amount - disbursed_amount(fund_year)
