"""What everybody may work out for themselves: exact to the won, and every mistake said at once."""

import re
from decimal import Decimal
from time import perf_counter

import pytest
from django.urls import reverse

from core.presentation.fields import error_list
from loans.models import FundYear
from tests.loans import factories as f

pytestmark = pytest.mark.django_db
FIFTY_MILLION = {"amount": "50,000,000", "product": "youth", "start": "2026-03-03"}
OWN = {
    "amount": "50000000",
    "product": "own",
    "rate": "1",
    "method": "equal_principal",
    "frequency": "monthly",
    "instalments": "60",
    "grace": "12",
    "start": "2026-03-03",
}


@pytest.fixture
def ask(client):
    """Ask as the form of the guide does, for the part of the page that it puts in."""
    f.fund_years(f.product_with_conditions().fund)
    return lambda **asked: client.get(reverse("loan_calculator"), asked, headers={"HX-Request": "true"})


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("asked", [FIFTY_MILLION, OWN])
def test_a_year_of_grace_and_four_years_of_equal_principal(ask, asked):
    answer = ask(**asked)
    rows = answer.context["result"].rows
    assert [row.principal for row in rows] == [0] * 12 + [1_041_666] * 47 + [1_041_698]
    assert (rows[0].days, rows[0].interest) == (31, 42_465)
    assert sum(row.principal for row in rows) == 50_000_000
    assert rows[-1].balance == 0
    body = answer.content.decode()
    assert (answer.status_code, "<html" in body) == (200, False)
    assert "HX-Request" in answer["Vary"]
    shown = words(answer)
    assert shown.count("1,041,666원") >= 47
    assert shown.count("1,041,698원") >= 1
    assert "42,465원" in shown
    assert 'role="alert"' not in body


@pytest.mark.parametrize(
    "amount", ["", " ", "0", "9,999", "-50000000", "1.5", "²", "1e9", "NaN", "오천만", "9" * 40, "9" * 5000]
)
@pytest.mark.parametrize("product", ["youth", "own"])
def test_a_sum_that_is_none_is_refused_with_a_message(ask, amount, product):
    answer = ask(**(OWN | {"amount": amount, "product": product}))
    assert answer.status_code == 200
    assert answer.context["result"] is None
    assert 'href="#id_amount"' in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        *[
            ("rate", value)
            for value in ("", "-0.1", "20.001", "1.2345", "²", "NaN", "Infinity", "1e-9", "9" * 5000)
        ],
        *[("instalments", value) for value in ("", "0", "-1", "481", "1.5", "²", "9" * 5000)],
        *[("grace", value) for value in ("-1", "60", "1.5", "²", "9" * 5000)],
        *[("start", value) for value in ("²", "2026-02-29", "1999-12-31", "2099-01-01", "9" * 5000)],
        ("method", "flat"),
        ("frequency", "daily"),
        ("product", "no"),
    ],
)
def test_a_term_that_is_none_is_refused_at_its_field(ask, field, wrong):
    answer = ask(**(OWN | {field: wrong}))
    assert answer.status_code == 200
    assert answer.context["result"] is None
    assert f'href="#id_{field}"' in answer.content.decode()


def test_all_mistakes_stand_in_one_list_that_leads_to_the_fields(ask, client):
    wrong = {
        "amount": "-1",
        "product": "own",
        "rate": "21",
        "instalments": "0",
        "grace": "-1",
        "start": "bald",
    }
    answer = ask(**wrong)
    body = answer.content.decode()
    assert body.count('role="alert"') == 1
    targets = re.findall(r'href="#(\w+)"', body)
    assert targets == ["id_amount", "id_start", "id_rate", "id_instalments", "id_grace"]
    assert len(error_list(answer.context["form"])) == 5
    page = client.get(reverse("loan_calculator"), wrong).content.decode()
    for target in targets:
        assert f'id="{target}"' in page
        assert 'value="21"' in page


YEARS = [(2024, "0.01", "2024년 공고"), (2025, "0.015", "2025년 공고"), (2026, "0.02", "")]


@pytest.fixture
def ask_in(client):
    """The same with rates of three years, the last of them not announced."""
    product = f.product_with_conditions()
    for year, rate, source in YEARS:
        FundYear.objects.create(
            fund=product.fund, year=year, plan_amount=1, annual_rate=Decimal(rate), source=source
        )
    return lambda day: client.get(
        reverse("loan_calculator"), FIFTY_MILLION | {"start": day}, headers={"HX-Request": "true"}
    )


@pytest.mark.parametrize(
    ("day", "rate", "said", "unsaid"),
    [
        (
            "2025-03-03",
            "연 1.5%",
            ["2025년 이율이에요", "2025년 공고"],
            ["아직 없어요", "확인된 이율이 아니"],
        ),
        (
            "2026-03-03",
            "연 2%",
            ["2026년 이율이에요", "확인된 이율이 아니에요"],
            ["아직 없어요", "2025년 공고"],
        ),
        ("2028-03-03", "연 1.5%", ["2028년 이율은 아직 없어요", "2025년 이율", "2025년 공고"], ["연 2%"]),
    ],
)
def test_the_rate_says_of_which_year_it_is_and_who_announced_it(ask_in, day, rate, said, unsaid):
    shown = words(ask_in(day))
    assert rate in shown
    assert "매월 납부, 이 사이트의 설정값" in shown
    for text in said:
        assert text in shown
    for text in unsaid:
        assert text not in shown


def test_a_year_before_every_rate_is_refused_and_not_free_of_interest(ask_in):
    answer = ask_in("2019-03-04")
    assert answer.context["result"] is None
    assert set(answer.context["form"].errors) == {"start"}
    assert "연 0%" not in words(answer)
    assert "2019" in answer.context["form"].errors["start"][0]


def test_a_loan_that_was_never_announced_counts_with_the_last_rate_set(ask_in):
    FundYear.objects.update(source="")
    shown = words(ask_in("2028-03-03"))
    assert "연 2%" in shown
    assert "확인된 이율이 아니에요" in shown


def test_ones_own_terms_need_no_note(ask):
    assert "이율이에요" not in words(ask(**OWN))


def test_the_29th_of_february(ask):
    answer = ask(**(OWN | {"start": "2028-02-29"}))
    due = [str(row.due) for row in answer.context["result"].rows]
    assert (due[0], due[11]) == ("2028-03-29", "2029-02-28")


def test_the_longest_loan_is_answered_soon(ask):
    """480 years: no calendar knows them, and nobody waits for it."""
    begun = perf_counter()
    answer = ask(**(OWN | {"frequency": "yearly", "instalments": "480", "grace": "0", "start": "2035-01-01"}))
    assert answer.status_code == 200
    assert perf_counter() - begun < 10
