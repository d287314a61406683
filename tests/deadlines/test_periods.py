"""How the office names a span of days, and where periods begin and end."""

from datetime import date

import pytest

from tracker.deadlines.periods import add_months, half_of, month_of, period_name, quarter_of, week_of, year_of


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "due", "name"),
    [
        ("2026-04-01", "2026-06-30", "Quý II/2026"),
        ("2026-06-01", "2026-06-30", "Tháng 6/2026"),
        ("2026-02-01", "2026-02-28", "Tháng 02/2026"),
        ("2026-01-01", "2026-12-31", "Năm 2026"),
        ("2026-01-01", "2026-06-30", "6 tháng đầu năm 2026"),
        ("2026-07-01", "2026-12-31", "6 tháng cuối năm 2026"),
        ("2025-01-01", "2025-09-30", "Quý I - Quý III/2025"),
        ("2025-04-01", "2025-12-31", "Quý II - Quý IV/2025"),
        ("2025-10-01", "2026-03-31", "Quý IV/2025 - Quý I/2026"),
        ("2025-05-01", "2025-08-31", "Tháng 5 - Tháng 8/2025"),
        ("2025-01-01", "2030-12-31", "Giai đoạn 2025 - 2030"),
        ("2026-04-01", "2026-05-15", "01/4/2026 - 15/5/2026"),
        ("2026-05-15", "2026-05-15", "15/5/2026"),
    ],
)
def test_a_span_is_named_as_the_office_does(start, due, name):
    assert period_name(day(start), day(due)) == name


def test_half_a_span_is_named_by_what_is_known():
    assert period_name(None, day("2026-05-15")) == "15/5/2026"
    assert period_name(day("2026-05-15"), None) == "Từ 15/5/2026"
    assert period_name(None, None) == ""


def test_the_periods_around_a_day():
    around = date(2028, 2, 10)
    assert month_of(around) == (date(2028, 2, 1), date(2028, 2, 29))
    assert quarter_of(around) == (date(2028, 1, 1), date(2028, 3, 31))
    assert half_of(around) == (date(2028, 1, 1), date(2028, 6, 30))
    assert year_of(around) == (date(2028, 1, 1), date(2028, 12, 31))
    assert week_of(around) == (date(2028, 2, 7), date(2028, 2, 13))


def test_months_on_stay_within_the_shorter_month():
    assert add_months(date(2025, 11, 30), 3) == date(2026, 2, 28)
    assert add_months(date(2025, 1, 31), -2) == date(2024, 11, 30)
