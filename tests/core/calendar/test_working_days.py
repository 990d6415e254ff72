from datetime import date

import pytest

from core.calendar import working_days
from core.calendar.models import HolidayOverride

pytestmark = pytest.mark.django_db

# Lunar New Year and Chuseok, three days each, from the Korea Astronomy and Space Science Institute's almanac.
SEOLLAL = {
    2024: (2, 10),
    2025: (1, 29),
    2026: (2, 17),
    2027: (2, 7),
    2028: (1, 27),
    2029: (2, 13),
    2030: (2, 3),
    2031: (1, 23),
    2032: (2, 11),
}
CHUSEOK = {
    2024: (9, 17),
    2025: (10, 6),
    2026: (9, 25),
    2027: (9, 15),
    2028: (10, 3),
    2029: (9, 22),
    2030: (9, 12),
    2031: (10, 1),
    2032: (9, 19),
}


@pytest.mark.parametrize(
    ("year", "month", "day"), [(y, *md) for feast in (SEOLLAL, CHUSEOK) for y, md in feast.items()]
)
def test_the_three_days_of_a_feast_are_free(year, month, day):
    feast = date(year, month, day)
    three = {date.fromordinal(feast.toordinal() + n) for n in (-1, 0, 1)}
    assert working_days.non_working_days(min(three), max(three)) == three


def test_seollal_2027_with_its_substitute():
    # Saturday 6 to Monday 8 February; the Sunday among them is made up for on Tuesday.
    assert working_days.next_working_day(date(2027, 2, 6)) == date(2027, 2, 10)
    assert working_days.public_holidays(2027)[date(2027, 2, 9)] == "설날 대체 휴일"


@pytest.mark.parametrize(
    ("day", "next_day"),
    [
        (date(2025, 3, 1), date(2025, 3, 4)),  # 삼일절 on a Saturday, substitute on Monday
        (date(2025, 5, 5), date(2025, 5, 7)),  # Children's Day and Buddha's birthday on one day
        (date(2025, 10, 3), date(2025, 10, 10)),  # 개천절, 추석, its substitute and 한글날 in one week
        (date(2026, 8, 15), date(2026, 8, 18)),  # 광복절 on a Saturday
        (date(2027, 10, 9), date(2027, 10, 12)),  # 한글날 on a Saturday
        (date(2028, 10, 3), date(2028, 10, 6)),  # 추석 on 개천절
        (date(2026, 11, 20), date(2026, 11, 20)),  # a Friday that is worked
        (date(2026, 11, 21), date(2026, 11, 23)),  # a weekend
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 1, 4)),  # over the end of a week
    ],
)
def test_a_due_date_moves_to_the_next_working_day(day, next_day):
    assert working_days.next_working_day(day) == next_day


def test_staff_close_a_day_and_open_another():
    friday, saturday = date(2026, 11, 20), date(2026, 11, 21)
    HolidayOverride.objects.create(date=friday, is_working=False, name="임시공휴일")
    HolidayOverride.objects.create(date=saturday, is_working=True, name="대체 근무")
    assert not working_days.is_working_day(friday)
    assert working_days.next_working_day(friday) == saturday


def test_an_exception_is_seen_at_once_and_forgotten_at_once():
    day = date(2026, 11, 20)
    assert working_days.is_working_day(day)
    override = HolidayOverride.objects.create(date=day, is_working=False, name="임시공휴일")
    assert not working_days.is_working_day(day)
    override.delete()
    assert working_days.is_working_day(day)


def test_counting_working_days_over_a_feast_both_ways():
    assert working_days.add_working_days(date(2027, 2, 5), 1) == date(2027, 2, 10)
    assert working_days.add_working_days(date(2027, 2, 10), -1) == date(2027, 2, 5)
    assert working_days.add_working_days(date(2026, 11, 20), 0) == date(2026, 11, 20)
    assert working_days.add_working_days(date(2026, 11, 2), 10) == date(2026, 11, 16)


def test_a_year_of_days_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        days = working_days.non_working_days(date(2026, 1, 1), date(2026, 12, 31))
    assert len(days) == 120
