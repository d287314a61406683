"""Points of the calendar a text can name, with or without a year: 28/3, Tháng 6, Quý II/2025, 6 tháng đầu
năm.
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.deadlines.periods import Span, last_day
from tracker.words import ROMAN

END = 31  # as a day: the last one of its month, however long that is


class NotInCalendar(ValueError):
    """A day that the calendar does not have; its message is a Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class Point:
    """A day or a run of days that may lack its year.

    `unit` is day, week, month, quarter, months, year or part; `first` and `last` are (month, day), a `last`
    day of `END` being the last of its month unless the unit is a day. `years` is how many years `last` lies
    after `first`.
    """

    unit: str
    first: tuple[int, int]
    last: tuple[int, int]
    year: int | None = None
    years: int = 0
    loose: bool = False  # the words leave the exact days open: «đầu quý IV»

    def in_year(self, year: int | None) -> "Point":
        """The same point with its year known."""
        return self if year is None else replace(self, year=year)

    def span(self) -> Span:
        """First and last day. Raises NotInCalendar for 31/6, and ValueError without a year."""
        if self.year is None:
            raise ValueError("a point without a year has no days yet")
        start = date(self.year, self.first[0], self._day(self.year, *self.first))
        end_year = self.year + self.years
        return Span(start, date(end_year, self.last[0], self._day(end_year, *self.last)))

    def _day(self, year: int, month: int, day: int) -> int:
        end = last_day(year, month)
        if day <= end:
            return day
        if day == END and self.unit != "day":
            return end
        raise NotInCalendar(f"{day}/{month}/{year} không có trong lịch. {_length_words(year, month)}")


def _length_words(year: int, month: int) -> str:
    name = f"Tháng {month:02d}/{year}" if month == 2 else f"Tháng {month}"
    return f"{name} có {last_day(year, month)} ngày."


def day(day: int, month: int, year: int | None = None) -> Point:
    """A day of a month. Raises NotInCalendar where no year has it: 31/6, 15/13."""
    written = f"{day}/{month}" + (f"/{year}" if year else "")
    if not 1 <= month <= 12:
        raise NotInCalendar(f"{written} không có trong lịch. Một năm có 12 tháng.")
    if not 1 <= day <= monthrange(year or 2024, month)[1]:
        raise NotInCalendar(f"{written} không có trong lịch. {_length_words(year or 2024, month)}")
    return Point("day", (month, day), (month, day), year)


def months(first: int, last: int, year: int | None = None, unit: str = "months") -> Point:
    """Whole months of one year."""
    return Point(unit, (first, 1), (last, END), year)


def month(number: int, year: int | None = None) -> Point:
    """«Tháng 6/2026». Raises NotInCalendar for a thirteenth month."""
    if not 1 <= number <= 12:
        raise NotInCalendar(f"Tháng {number} không có trong lịch. Một năm có 12 tháng.")
    return months(number, number, year, "month")


def quarter(number: int, year: int | None = None) -> Point:
    """«Quý II/2025». Raises NotInCalendar for a fifth quarter."""
    if not 1 <= number <= 4:
        raise NotInCalendar(f"Quý {number} không có trong lịch. Một năm có 4 quý.")
    return months(3 * number - 2, 3 * number, year, "quarter")


def year(number: int | None) -> Point:
    """«Năm 2025»."""
    return months(1, 12, number, "year")


def years(first: int, last: int) -> Point:
    """«Giai đoạn 2025 - 2030»."""
    return Point("years", (1, 1), (12, END), first, last - first)


def school_year(first: int, last: int) -> Point:
    """«Năm học 2025 - 2026»: September to May, as most frames of the school year have it; the days are
    loose.
    """
    return Point("part", (9, 1), (5, END), first, last - first, loose=True)


def half_year(count: int, from_the_end: bool, year: int | None) -> Point:
    """«6 tháng đầu năm», «9 tháng đầu năm», «03 tháng cuối năm». Raises NotInCalendar beyond 12 months."""
    if not 1 <= count <= 12:
        raise NotInCalendar(f"{count} tháng không có trong một năm. Một năm có 12 tháng.")
    return months(13 - count, 12, year) if from_the_end else months(1, count, year)


def week_of_month(number: int, month_number: int, year: int | None) -> Point:
    """«Tuần thứ 4 tháng 6»: days 22 to 28, the weeks being counted from day 1; 5 (or -1) is the last seven
    days.
    """
    whole = month(month_number, year)
    if number in (-1, 5):
        end = last_day(year or 2025, month_number)
        return replace(whole, unit="part", first=(month_number, end - 6), loose=True)
    if not 1 <= number <= 4:
        raise NotInCalendar(
            f"Tuần {number} tháng {month_number} không có trong lịch. Một tháng có 4 hoặc 5 tuần."
        )
    return Point("part", (month_number, 7 * number - 6), (month_number, 7 * number), year, loose=True)


def week_of_year(number: int, year: int) -> Point:
    """«Tuần 25 năm 2026»: Monday to Sunday by ISO 8601. Raises NotInCalendar where the year has fewer
    weeks.
    """
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        raise NotInCalendar(
            f"Tuần {number}/{year} không có trong lịch. Một năm có 52 hoặc 53 tuần."
        ) from None
    sunday = monday + timedelta(days=6)
    bounds = (monday.month, monday.day), (sunday.month, sunday.day)
    return Point("part", *bounds, monday.year, sunday.year - monday.year, loose=True)


def follows(before: Point, after: Point) -> bool:
    """Whether two points without years, or of one year, stand next to each other: quý I and quý II."""
    one_year = before.year == after.year or before.year is None
    if before.unit != after.unit or before.unit == "months":
        return False
    if before.unit == "year":
        return before.year is not None and after.year == before.year + 1
    if before.unit == "day":
        return one_year and before.first[0] == after.first[0] and after.first[1] == before.first[1] + 1
    return one_year and after.first[0] == before.last[0] + 1


def between(first: Point, last: Point) -> Point:
    """From the beginning of one point to the end of another. Both have years or neither."""
    years_apart = (last.year or 0) + last.years - (first.year or 0)
    unit = first.unit if first.unit == last.unit else "part"
    return Point("years" if unit == "year" else f"{unit}s", first.first, last.last, first.year, years_apart)


_THIRDS = {"đầu": 0, "giữa": 1, "cuối": 2}


def narrowed(point: Point, word: str) -> Point:
    """The part of a point that a word leaves of it: «nửa đầu tháng 6» is 1 to 15, «cuối quý II» ends with
    the quarter.

    What the words leave open is marked loose: the first ten days of a month, its middle day, the first
    month of a quarter, the first quarter of a year. «Cuối» only names the last day, which is not loose.
    """
    whole = point.last[0] - point.first[0] + 12 * point.years + 1
    if word in ("cuối", "cuối cùng", "những ngày cuối"):
        return replace(point, unit="end", first=point.last)
    if whole == 1:
        return _narrowed_month(point, word)
    if word in ("nửa đầu", "nửa cuối", "nửa sau") and whole % 2 == 0 and not point.years:
        middle = point.first[0] + whole // 2
        bounds = (point.first, (middle - 1, END)) if word == "nửa đầu" else ((middle, 1), point.last)
        return replace(point, unit="months", first=bounds[0], last=bounds[1])
    if word == "giữa":
        middle = point.first[0] + (whole - 1) // 2
        return replace(
            point, unit="end", first=(middle, 15), last=(middle, 15 if whole % 2 else END), loose=True
        )
    return replace(
        point, unit="part", last=(point.first[0] + max(whole // 4, 1) - 1, END), years=0, loose=True
    )


_PARTS_OF_MONTH = {
    "nửa đầu": (1, 15, False),
    "nửa cuối": (16, END, False),
    "nửa sau": (16, END, False),
    "thượng tuần": (1, 10, False),
    "trung tuần": (11, 20, False),
    "hạ tuần": (21, END, False),
    "giữa": (15, 15, True),
}


def _narrowed_month(point: Point, word: str) -> Point:
    first, last, loose = _PARTS_OF_MONTH.get(word, (1, 10, True))
    number = point.first[0]
    unit = "end" if first == last else "part"
    return replace(point, unit=unit, first=(number, first), last=(number, last), loose=loose)


def name(point: Point) -> str:
    """A point of a month, quarter or year as the office writes it: «quý II/2026»."""
    tail = f"/{point.year}" if point.year else ""
    if point.unit == "quarter":
        return f"quý {ROMAN[point.first[0] // 3]}{tail}"
    if point.unit == "month":
        return f"tháng {point.first[0]}{tail}"
    return ""
