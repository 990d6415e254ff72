"""What the form of a product accepts can be lent: no loan of it fails later, whatever its sum and its day."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from loans.engine import build_schedule
from loans.models import Product, choices

CHOICES = {
    "method": choices.METHODS,
    "frequency": choices.FREQUENCIES,
    "day_count": choices.DAY_COUNTS,
    "working_day": choices.WORKING_DAYS,
    "late_base": choices.LATE_BASES,
    "allocation_run": choices.WATERFALLS,
    "prepaying": choices.PREPAYINGS,
}


@st.composite
def products(draw):
    """As staff may fill in the form, sensibly or not; nothing is saved."""
    numbers = {
        "instalments": draw(st.one_of(st.integers(1, 60), st.integers(0, 2_000))),
        "grace_instalments": draw(st.integers(0, 60)),
        "interest_unit": draw(st.sampled_from([0, 1, 10, 100])),
        "late_grace_days": draw(st.integers(0, 40)),
        "limit": draw(st.sampled_from([1, 7, 100_000_000, 10**12])),
    }
    picked = {name: draw(st.sampled_from([key for key, _ in pairs])) for name, pairs in CHOICES.items()}
    return Product(purposes=["시설자금"], interest_follows=draw(st.booleans()), **numbers, **picked)


@settings(max_examples=150, deadline=None)
@given(
    product=products(),
    share=st.integers(1, 100),
    rate=st.sampled_from(["0", "0.00001", "0.01", "0.2"]),
    start=st.dates(date(2000, 1, 1), date(2100, 12, 31)),
    due_day=st.integers(1, 31),
)
def test_whatever_the_form_accepts_can_be_lent(product, share, rate, start, due_day):
    try:
        product.clean()
    except ValidationError:
        return
    principal = max(product.limit * share // 100, 1)
    terms = product.terms(principal=principal, annual_rate=Decimal(rate), start=start, due_day=due_day)
    assert sum(row.principal for row in build_schedule(terms).rows) == principal
