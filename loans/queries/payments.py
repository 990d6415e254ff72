"""What a borrower may pay today, worked out on the server."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from loans.books.replaying import loan_state, payoff_quote
from loans.engine import LoanState, Prepaying, Quote
from loans.models import Loan

SOON = timedelta(days=14)
"""So long before its day an instalment is something to do; until then there is nothing to pay."""


@dataclass(frozen=True)
class Offer:
    """One thing that can be paid: how much, made of what, until when.

    ``is_early`` where nobody expects it yet: see ``SOON``.
    """

    kind: str
    title: str
    amount: int
    description: str
    due_on: date | None = None
    parts: list[tuple[str, int]] = field(default_factory=list)
    is_early: bool = False


def payment_offers(loan: Loan, on: date) -> list[Offer]:
    """What is due now, else the next instalment ahead of time, and what pays the whole loan off."""
    entries = list(loan.entries.all())
    state, quote = loan_state(loan, on, entries), payoff_quote(loan, on, entries)
    offers = [due_now(loan, state) or next_ahead(loan, state), whole_loan(loan, quote)]
    return _distinct([offer for offer in offers if offer is not None and offer.amount > 0])


def due_now(loan: Loan, state: LoanState) -> Offer | None:
    """All that has fallen due, late interest to the day included."""
    due = state.due
    if not due.total:
        return None
    return Offer(
        "due",
        _("What is due now"),
        due.total,
        _("Loan %(number)s: what is due on %(day)s") % {"number": loan.number, "day": state.as_of},
        min((row.due for row in state.instalments if row.is_due and row.outstanding), default=None),
        _parts(
            (_("Costs"), due.fees),
            (_("Late interest"), due.late_interest),
            (_("Interest"), due.interest),
            (_("Principal"), due.principal),
        ),
    )


def next_ahead(loan: Loan, state: LoanState) -> Offer | None:
    """The next instalment before its day, where the product keeps such money for it."""
    row = state.next_instalment
    if row is None or state.terms.prepaying is not Prepaying.HOLD or row.number == len(state.instalments):
        return None
    return Offer(
        "next",
        _("The next instalment in advance"),
        row.outstanding - state.unapplied,
        _("Loan %(number)s: instalment %(n)s in advance") % {"number": loan.number, "n": row.number},
        row.due,
        _parts(
            (_("Interest"), row.interest - row.interest_paid),
            (_("Principal"), row.principal - row.principal_paid),
            (_("Money held"), -state.unapplied),
        ),
        is_early=row.due - state.as_of > SOON,
    )


def whole_loan(loan: Loan, quote: Quote) -> Offer:
    """What closes the loan today."""
    return Offer(
        "payoff",
        _("The whole loan"),
        quote.total,
        _("Loan %(number)s: repayment in full on %(day)s") % {"number": loan.number, "day": quote.on},
        None,
        _parts(
            (_("Costs"), quote.fees + quote.prepayment_fee),
            (_("Late interest"), quote.late_interest),
            (_("Interest"), quote.interest),
            (_("Principal"), quote.principal),
            (_("Money held"), -quote.unapplied),
        ),
    )


def _parts(*parts: tuple[str, int]) -> list[tuple[str, int]]:
    return [(label, amount) for label, amount in parts if amount]


def _distinct(offers: list[Offer]) -> list[Offer]:
    """When all that is left is due, paying what is due pays the loan off: one offer is enough."""
    return [offer for n, offer in enumerate(offers) if offer.amount not in {o.amount for o in offers[:n]}]
