"""Year, half, quarter, month, week: their first and last days, and how the office names a span of days."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from tracker.words import ROMAN, date_words

DAY = timedelta(days=1)


class Span(NamedTuple):
    """First and last day, both included."""

    start: date
    due: date


def last_day(year: int, month: int) -> int:
    """The number of days of a month: 29 for 2/2028."""
    return monthrange(year, month)[1]


def months(year: int, first: int, last: int) -> Span:
    """From the first day of month `first` to the last day of month `last` of one year."""
    return Span(date(year, first, 1), date(year, last, last_day(year, last)))


def year_of(day: date) -> Span:
    """The calendar year a day lies in."""
    return months(day.year, 1, 12)


def half_of(day: date) -> Span:
    """The half-year a day lies in."""
    return group_of(day, 6)


def quarter_of(day: date) -> Span:
    """The quarter a day lies in."""
    return group_of(day, 3)


def month_of(day: date) -> Span:
    """The month a day lies in."""
    return group_of(day, 1)


def week_of(day: date) -> Span:
    """Monday to Sunday around a day (ISO 8601)."""
    monday = day - day.weekday() * DAY
    return Span(monday, monday + 6 * DAY)


def group_of(day: date, size: int) -> Span:
    """The run of `size` months a day lies in, counted from January; `size` divides 12."""
    first = (day.month - 1) // size * size + 1
    return months(day.year, first, first + size - 1)


def add_months(day: date, count: int) -> date:
    """The same day `count` months on, or the last day of that month where it is shorter (30/11 + 3 ->
    28/02).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, last_day(year, month + 1)))


def period_name(start: date | None, due: date | None) -> str:
    """A span as the office names it: «Quý II/2026», «Tháng 6/2026», «6 tháng đầu năm 2026», «01/4/2026 -
    15/5/2026».

    Without a start it is the due date, without either it is empty.
    """
    if due is None:
        return f"Từ {date_words(start)}" if start else ""
    if start is None or start == due:
        return date_words(due)
    if start.day == 1 and due.day == last_day(due.year, due.month):
        return _whole_months_name(start, due)
    return f"{date_words(start)} - {date_words(due)}"


def _whole_months_name(start: date, due: date) -> str:
    first, last = start.month, due.month
    if (first, last) == (1, 12):
        return f"Năm {start.year}" if start.year == due.year else f"Giai đoạn {start.year} - {due.year}"
    if start.year == due.year and last - first == 5 and first in (1, 7):
        return f"6 tháng {'đầu' if first == 1 else 'cuối'} năm {due.year}"
    if first % 3 == 1 and last % 3 == 0:
        return _run("Quý", ROMAN[first // 3], start.year, ROMAN[last // 3 - 1], due.year)
    return _run("Tháng", _month_words(first), start.year, _month_words(last), due.year)


def _month_words(month: int) -> str:
    return f"{month:02d}" if month <= 2 else str(month)


def _run(unit: str, first: str, first_year: int, last: str, last_year: int) -> str:
    if (first, first_year) == (last, last_year):
        return f"{unit} {first}/{first_year}"
    if first_year == last_year:
        return f"{unit} {first} - {unit} {last}/{last_year}"
    return f"{unit} {first}/{first_year} - {unit} {last}/{last_year}"
