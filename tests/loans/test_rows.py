"""Whole rows of the schedule and the ledger, for borrower and office, against figures worked by hand.

12,000,000 won at 1 % from 4 March 2025 in four parts of 3,000,000; days ÷ 365, cut down to the won:

    4 April   31 days  of 12,000,000   10,191
    4 May     30 days  of  9,000,000    7,397   a Sunday; 5 and 6 May are holidays: due on the 7th
    4 June    31 days  of  6,000,000    5,095
    4 July    30 days  of  3,000,000    2,465

Late from 7 to 17 May: 3,007,397 × 4 % × 10 ÷ 365 = 3,295.
"""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from loans.services.day_end import close_day
from tests.loans import factories as f
from tests.loans.pages import cells, rows_of

pytestmark = pytest.mark.django_db

SCHEDULE = "회차 | 납부일 | 원금 | 이자 | 연체이자 | 합계 | 납부액 | 잔액 | 상태"
LEDGER = "날짜 | 내용 | 금액 | 연체이자 | 이자 | 원금 | 보관"
OFFICE_SCHEDULE = "번호 | 납부일 | 원금 | 이자 | 연체이자 | 합계 | 납부액 | 납부 후 잔액 | 상태"
OFFICE_LEDGER = "기준일 | 내용 | 금액 | 연체이자 | 이자 | 원금 | 보관"


@pytest.fixture
def travel():
    with time_machine.travel(f.noon("2025-03-04"), tick=False) as traveller:
        yield lambda day: traveller.move_to(f.noon(day))


def short_loan(**terms):
    product = f.product_with_conditions(code="short", instalments=4, grace_instalments=0, **terms)
    return f.loan(on=date(2025, 3, 4), amount=12_000_000, product=product)


@pytest.fixture
def on_time(travel):
    """The first instalment was paid on its day; it is ten days after the second, which was not."""
    loan = short_loan()
    travel("2025-04-04")
    f.pay(loan, 3_010_191)
    travel("2025-05-17")
    close_day(date(2025, 5, 17))
    return loan


@pytest.fixture
def paid_late_and_ahead(on_time, travel):
    """The second was paid ten days late, the third eight days ahead; it is some days after the third."""
    f.pay(on_time, 3_010_692)
    travel("2025-05-27")
    f.pay(on_time, 3_005_095)
    travel("2025-06-10")
    close_day(date(2025, 6, 10))
    return on_time


@pytest.fixture
def repaid_ahead(travel):
    """A product that ends sooner: 1,003,945 on 20 April, of which 3,945 are the interest of 16 days.

    The second row bears 16 days of 9,000,000 and 14 of 8,000,000; the third 31 of 5,000,000, the last 30 of
    2,000,000.
    """
    loan = short_loan(prepaying="shorten")
    travel("2025-04-04")
    f.pay(loan, 3_010_191)
    travel("2025-04-20")
    f.pay(loan, 1_003_945)
    close_day(date(2025, 4, 20))
    return loan


LATE = """
1 | 2025-04-04 | 3,000,000원 | 10,191원 | –       | 3,010,191원 | 3,010,191원 | 9,000,000원 | 납부 완료
2 | 2025-05-07 | 3,000,000원 | 7,397원  | 3,295원 | 3,010,692원 | –           | 6,000,000원 | 연체
3 | 2025-06-04 | 3,000,000원 | 5,095원  | –       | 3,005,095원 | –           | 3,000,000원 | 예정
4 | 2025-07-04 | 3,000,000원 | 2,465원  | –       | 3,002,465원 | –           | 0원         | 예정
"""
LATE_LEDGER = """
2025-04-04 | 납부 계좌 입금 | 3,010,191원  | – | 10,191원 | 3,000,000원 | –
2025-03-04 | 대출실행       | 12,000,000원 | – | –        | –           | –
"""
AHEAD = """
1 | 2025-04-04 | 3,000,000원 | 10,191원 | –       | 3,010,191원 | 3,010,191원 | 9,000,000원 | 납부 완료
2 | 2025-05-07 | 3,000,000원 | 7,397원  | 3,295원 | 3,010,692원 | 3,010,692원 | 6,000,000원 | 납부 완료
3 | 2025-06-04 | 3,000,000원 | 5,095원  | –       | 3,005,095원 | 3,005,095원 | 3,000,000원 | 납부 완료
4 | 2025-07-04 | 3,000,000원 | 2,465원  | –       | 3,002,465원 | –           | 0원         | 예정
"""
AHEAD_LEDGER = """
2025-05-27 | 납부 계좌 입금 | 3,005,095원  | –       | 5,095원  | 3,000,000원 | –
2025-05-17 | 납부 계좌 입금 | 3,010,692원  | 3,295원 | 7,397원  | 3,000,000원 | –
2025-04-04 | 납부 계좌 입금 | 3,010,191원  | –       | 10,191원 | 3,000,000원 | –
2025-03-04 | 대출실행       | 12,000,000원 | –       | –        | –           | –
"""
SHORTENED = """
1 | 2025-04-04 | 3,000,000원 | 10,191원 | – | 3,010,191원 | 3,010,191원 | 9,000,000원 | 납부 완료
2 | 2025-05-07 | 4,000,000원 | 7,013원  | – | 4,007,013원 | 1,003,945원 | 5,000,000원 | 일부 납부
3 | 2025-06-04 | 3,000,000원 | 4,246원  | – | 3,004,246원 | –           | 2,000,000원 | 예정
4 | 2025-07-04 | 2,000,000원 | 1,643원  | – | 2,001,643원 | –           | 0원         | 예정
"""
SHORTENED_LEDGER = """
2025-04-20 | 납부 계좌 입금 | 1,003,945원  | – | 3,945원  | 1,000,000원 | –
2025-04-04 | 납부 계좌 입금 | 3,010,191원  | – | 10,191원 | 3,000,000원 | –
2025-03-04 | 대출실행       | 12,000,000원 | – | –        | –           | –
"""
STORIES = pytest.mark.parametrize(
    ("story", "schedule", "ledger"),
    [
        ("on_time", LATE, LATE_LEDGER),
        ("paid_late_and_ahead", AHEAD, AHEAD_LEDGER),
        ("repaid_ahead", SHORTENED, SHORTENED_LEDGER),
    ],
)


@STORIES
def test_the_borrower_reads_every_row(client, request, story, schedule, ledger):
    loan = request.getfixturevalue(story)
    client.force_login(loan.borrower)
    page = client.get(reverse("loan_detail", args=[loan.pk]))
    assert rows_of(page, "상환 일정", SCHEDULE) == cells(schedule)
    assert rows_of(page, "납부 내역", LEDGER) == cells(ledger)


@STORIES
def test_the_office_reads_every_row(client, request, story, schedule, ledger):
    """The same figures from the cache tables, in the order of recording; empty where the borrower reads a dash."""
    loan = request.getfixturevalue(story)
    client.force_login(f.finance())
    page = client.get(reverse("loan:inspect", args=[loan.pk]))
    found = rows_of(page, "상환 일정", OFFICE_SCHEDULE)
    assert [[row[0], iso(row[1]), *row[2:]] for row in found] == [
        ["" if cell == "–" else cell for cell in row] for row in cells(schedule)
    ]
    found = rows_of(page, "원장", f"{OFFICE_LEDGER} | 처리한 사람")
    assert [[iso(row[0]), *row[2:7]] for row in found] == [
        ["" if cell == "–" else cell for cell in [row[0], *row[2:]]] for row in reversed(cells(ledger))
    ]


def iso(words):
    """``2025. 4. 4. (금)`` → ``2025-04-04``."""
    year, month, day = (int(part) for part in words.split("(")[0].replace(" ", "").strip(".").split("."))
    return f"{year}-{month:02}-{day:02}"


def test_money_that_waits_and_money_taken_back(client, on_time, travel):
    """3,010,692 of the 3,010,792 pay what is due, 100 wait; taken back, the entry stands without an allocation."""
    entry = f.pay(on_time, 3_010_792)
    client.force_login(on_time.borrower)
    address = reverse("loan_detail", args=[on_time.pk])
    paid = "2025-05-17 | 납부 계좌 입금 | 3,010,792원 | 3,295원 | 7,397원 | 3,000,000원 | 100원"
    assert rows_of(client.get(address), "납부 내역", LEDGER)[0] == cells(paid)[0]
    f.take_back(entry, reason="반환됨")
    undone = """
    2025-05-17 | 취소 기록             | –           | – | – | – | –
    2025-05-17 | 납부 계좌 입금 취소됨 | 3,010,792원 | – | – | – | –
    """
    assert rows_of(client.get(address), "납부 내역", LEDGER)[:2] == cells(undone)


def test_a_late_row_is_marked_and_the_next_one_too(client, on_time):
    client.force_login(on_time.borrower)
    body = client.get(reverse("loan_detail", args=[on_time.pk])).content.decode()
    assert body.count('class="is-late"') == 1
    assert body.count('class="is-now"') == 1
