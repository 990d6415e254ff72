"""Won for people: exact, in their language; and splitting without losing one."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from core.money import format_won, format_won_round, format_won_short, split_won, won_in_words


@pytest.mark.parametrize(
    ("amount", "exact", "short", "at_a_glance"),
    [
        (0, "0원", "0원", "0원"),
        (9_999, "9,999원", "9,999원", "9,999원"),
        (1_041_666, "1,041,666원", "104만 1,666원", "104만원"),
        (150_000_000, "150,000,000원", "1억 5,000만원", "1억 5,000만원"),
        (581_458_343, "581,458,343원", "5억 8,145만 8,343원", "5억 8,145만원"),
        (-42_465, "-42,465원", "-4만 2,465원", "-4만원"),
    ],
)
def test_koreans_read_large_sums_in_their_units(amount, exact, short, at_a_glance):
    assert (format_won(amount), format_won_short(amount), format_won_round(amount)) == (
        exact,
        short,
        at_a_glance,
    )


def test_english_has_no_word_for_ten_thousand():
    with override("en"):
        assert format_won(1_041_666) == "₩1,041,666"
        assert format_won(-1) == "-₩1"
        assert format_won_short(150_000_000) == "₩150,000,000"
        assert format_won_round(581_458_343) == "₩581,450,000"


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**6), min_size=1).filter(any))
def test_the_parts_of_a_split_sum_to_the_whole(amount, weights):
    parts = split_won(amount, weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - amount * weight) < sum(weights)


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1, 1]])
def test_a_split_without_sense_is_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        split_won(100, weights)


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "영"), (50_000_000, "오천만"), (10_100, "일만일백"), (1_041_666, "일백사만일천육백육십육")],
)
def test_papers_write_every_digit(amount, words):
    assert won_in_words(amount) == words
