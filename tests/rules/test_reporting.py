"""Reports close in the middle of the last month of a period, or at its end where an office wants that."""

from datetime import date

import pytest

from tracker.rules.reporting import closing_days

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
