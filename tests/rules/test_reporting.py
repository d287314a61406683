"""Reports close in the middle of the last month of a period, or at its end where an office wants that."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.reporting import closing_days, period_of, periods_offered, read_period

FIRST, LAST = date(2026, 1, 16), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("months", "closing_day", "days"),
    [
        (6, 14, ["2026-06-14", "2026-12-14"]),
        (3, 14, ["2026-03-14", "2026-06-14", "2026-09-14", "2026-12-14"]),
        (12, 14, ["2026-12-14"]),
        (6, 31, ["2026-06-30", "2026-12-31"]),
    ],
)
def test_periods_begin_with_the_year(months, closing_day, days):
    assert [day.isoformat() for day in closing_days(months, FIRST, LAST, closing_day)] == days


def test_months_are_counted_over_the_turn_of_the_year_and_february_is_short():
    days = closing_days(1, date(2026, 12, 31), date(2027, 2, 28), closing_day=31)
    assert list(days) == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)]


def test_a_plan_too_short_to_hold_a_closing_day_has_none():
    assert list(closing_days(6, date(2026, 1, 1), date(2026, 5, 31))) == []


@pytest.mark.parametrize(
    ("code", "closing_day", "first", "last", "words"),
    [
        ("2026-M6", 14, "2026-05-15", "2026-06-14", "tháng 6 năm 2026"),
        ("2026-M1", 14, "2025-12-15", "2026-01-14", "tháng 1 năm 2026"),
        ("2026-Q2", 14, "2026-03-15", "2026-06-14", "quý II năm 2026"),
        ("2026-H1", 14, "2025-12-15", "2026-06-14", "6 tháng đầu năm 2026"),
        ("2026-H2", 31, "2026-07-01", "2026-12-31", "6 tháng cuối năm 2026"),
        ("2026-Y1", 14, "2025-12-15", "2026-12-14", "năm 2026"),
        ("2026-M3", 31, "2026-03-01", "2026-03-31", "tháng 3 năm 2026"),
    ],
)
def test_a_period_begins_on_the_day_after_the_one_before_it_closed(code, closing_day, first, last, words):
    period = read_period(code, closing_day)
    assert (period.first.isoformat(), period.last.isoformat(), period.words) == (first, last, words)


@pytest.mark.parametrize("code", ["", "2026", "2026-M13", "2026-Q0", "2026-H3", "2026-Y2", "0026-M1"])
def test_what_names_no_period_is_refused(code):
    with pytest.raises(ValueError):
        read_period(code)


@given(
    day=st.dates(date(2001, 1, 1), date(2099, 1, 1)), kind=st.sampled_from("MQHY"), closing=st.integers(1, 31)
)
def test_every_day_lies_in_one_period_of_each_kind_and_none_is_left_out(day, kind, closing):
    period = period_of(day, kind, closing)
    assert period.first <= day <= period.last
    assert period_of(period.last + timedelta(days=1), kind, closing).first == period.last + timedelta(days=1)


def test_the_present_period_is_offered_first_and_each_once():
    codes = [period.code for period in periods_offered(date(2026, 6, 18))]
    assert codes[:3] == ["2026-M7", "2026-M6", "2026-M5"]
    assert codes[-2:] == ["2026-Y1", "2025-Y1"]
    assert len(set(codes)) == len(codes)
