"""The score rule, as a table and as invariants."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator import scoring
from incubator.scoring import Standing

WEIGHTS = {"p": Decimal(25), "s": Decimal(30), "c": Decimal(25), "t": Decimal(20)}
FIVE = dict.fromkeys(WEIGHTS, 5)
cents = st.integers(0, 10_000).map(lambda number: Decimal(number).scaleb(-2))
totals = st.lists(cents, min_size=1, max_size=12)


def d(*values: str) -> list[Decimal]:
    return [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({"p": 4, "s": 5}, "50.00"),  # the picture: 20 + 30
        ({"p": 5, "s": 5, "c": 5, "t": 5}, "100.00"),
        ({"p": 1, "s": 1, "c": 1, "t": 1}, "20.00"),
        ({"p": 0, "s": 0, "c": 0, "t": 0}, "0.00"),
        ({"p": None, "s": 3, "c": None, "t": None}, "18.00"),
        ({}, "0.00"),
    ],
)
def test_review_total(scores, expected):
    assert scoring.review_total(scores, WEIGHTS, FIVE) == Decimal(expected)


def test_review_total_rounds_half_up_once():
    assert scoring.review_total({"a": 1}, {"a": Decimal("0.01")}, {"a": 2}) == Decimal("0.01")
    assert scoring.review_total(
        {"a": 1, "b": 1}, {"a": Decimal(50), "b": Decimal(50)}, {"a": 3, "b": 3}
    ) == Decimal("33.33")


@pytest.mark.parametrize("score", [-1, 6])
def test_review_total_refuses_a_score_outside(score):
    with pytest.raises(ValueError, match="outside"):
        scoring.review_total({"p": score}, WEIGHTS, FIVE)


@pytest.mark.parametrize(
    ("given_totals", "expected"),
    [
        ([], None),
        (d("80"), "80.00"),
        (d("80", "81"), "80.50"),
        (d("80", "80", "81"), "80.33"),
        (d("60", "70", "80", "100"), "77.50"),  # four: nothing dropped
        (d("10", "70", "80", "90", "100"), "80.00"),  # five: 10 and 100 dropped
        (d("70", "70", "70", "100", "100"), "80.00"),  # exactly one of each, though repeated
        (d("80", "80", "80", "80", "80"), "80.00"),
        (d("0", "0", "50", "100", "100", "100"), "62.50"),
        (d("0.01", "0.02"), "0.02"),  # 0.015 half up
        (d("0", "0.01"), "0.01"),  # 0.005 half up
        (d("99.99", "100"), "100.00"),  # 99.995 half up
    ],
)
def test_stage_score(given_totals, expected):
    assert scoring.stage_score(given_totals) == (None if expected is None else Decimal(expected))


@given(totals)
def test_stage_score_lies_between_what_counts_and_ignores_order(values):
    score = scoring.stage_score(values)
    counting = scoring.kept(values)
    assert score is not None
    assert min(counting) <= score <= max(counting)
    assert score == scoring.stage_score(list(reversed(values)))
    assert -score.as_tuple().exponent == 2


@given(totals)
def test_exactly_two_are_dropped_from_five_on(values):
    assert len(values) - len(scoring.kept(values)) == (2 if len(values) >= 5 else 0)
    if len(values) >= 5:
        assert sorted(scoring.kept(values)) == sorted(values)[1:-1]


@given(totals, cents)
def test_a_better_total_never_lowers_the_score(values, more):
    before = scoring.stage_score(values)
    after = scoring.stage_score([values[0] + more, *values[1:]])
    assert after >= before


@given(st.fractions(0, 1000))
def test_half_up_is_within_half_a_cent(number):
    rounded = Fraction(scoring.half_up(number))
    assert -Fraction(1, 200) < rounded - number <= Fraction(1, 200)


@pytest.mark.parametrize(
    ("score", "cut_off", "passes"),
    [("60", "60", True), ("59.99", "60", False), ("60.01", "60", True), (None, "0", False), ("0", "0", True)],
)
def test_cut_off(score, cut_off, passes):
    assert scoring.passes_cut_off(None if score is None else Decimal(score), Decimal(cut_off)) is passes


@pytest.mark.parametrize(
    ("points", "cap", "expected"),
    [([], "5", "0"), (d("3"), "5", "3"), (d("3", "3"), "5", "5"), (d("3"), "0", "0")],
)
def test_bonus_points_are_capped(points, cap, expected):
    assert scoring.bonus_points(points, Decimal(cap)) == Decimal(expected)


def test_ties_are_broken_by_criteria_in_the_announced_order():
    rows = [
        Standing("b", Decimal(80), (Fraction(3, 5), Fraction(1))),
        Standing("a", Decimal(80), (Fraction(4, 5), Fraction(0))),
        Standing("c", Decimal(90), (Fraction(0), Fraction(0))),
    ]
    assert [(row.key, row.rank, row.tied) for row in scoring.rank(rows)] == [
        ("c", 1, False),
        ("a", 2, False),
        ("b", 3, False),
    ]


def test_full_ties_share_a_rank_and_are_left_to_the_committee():
    rows = [
        Standing("a", Decimal(80)),
        Standing("b", Decimal(80)),
        Standing("c", Decimal(70)),
        Standing("d", None),
    ]
    assert [(row.key, row.rank, row.tied) for row in scoring.rank(rows)] == [
        ("a", 1, True),
        ("b", 1, True),
        ("c", 3, False),
        ("d", None, False),
    ]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), max_size=20))
def test_ranks_follow_the_totals(pairs):
    rows = [Standing(i, Decimal(total), (Fraction(tie),)) for i, (total, tie) in enumerate(pairs)]
    ranked = scoring.rank(rows)
    assert {row.key for row in ranked} == {row.key for row in rows}
    better = {
        row.key: 1 + sum((other.total, other.ties) > (row.total, row.ties) for other in rows) for row in rows
    }
    assert all(row.rank == better[row.key] for row in ranked)
