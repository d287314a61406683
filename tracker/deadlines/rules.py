"""From a beat and its due days to an RFC 5545 rule, and what such a rule says about where an occurrence
begins.

A rule's dates are the last days of the occurrences. Where an occurrence has a first day of its own («Quý I
hằng năm», «từ ngày 1 đến ngày 5 hằng tháng»), the rule lists the candidates of first and last days and
BYSETPOS picks the last ones. A BYSETPOS that picks every candidate (1,2,3,4 of four) changes no date: it
marks due days that close the period before the one they lie in («ngày 10 của tháng tiếp theo»).
"""

from collections.abc import Sequence

from tracker.deadlines.items import Due, Repeat, Run
from tracker.deadlines.periods import DAY, last_day
from tracker.deadlines.points import NotInCalendar, Point
from tracker.deadlines.repeats import Cycle, Every

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_COMMON_YEAR = 2025
END_OF_WEEK = 4  # an office week closes on Friday


def rule_of(repeat: Repeat) -> str | None:
    """The rule of a beat without its end; None where its due days fit no rule."""
    every, dues = repeat.every, repeat.dues
    if every.unit == "day":
        return "FREQ=DAILY" + _interval(every.step)
    if every.unit == "week":
        return f"FREQ=WEEKLY{_interval(every.step)};BYDAY=" + ",".join(_weekdays(dues))
    if dues and isinstance(dues[0].when, Cycle):
        return _cycle_rule(every, dues)
    if dues:
        return _dated_rule(dues)
    return _period_end_rule(every)


def _interval(step: int) -> str:
    return f";INTERVAL={step}" if step > 1 else ""


def _weekdays(dues: Sequence[Due]) -> list[str]:
    """«trước thứ Sáu» is Thursday."""
    days = [(due.when.last - due.before) % 7 for due in dues if isinstance(due.when, Cycle)]
    return [_WEEKDAYS[day] for day in days or [END_OF_WEEK]]


def _period_end_rule(every: Every) -> str | None:
    if every.times == 2 and every.step == 1:
        return "FREQ=MONTHLY;BYMONTHDAY=15,-1"
    if every.times > 1:
        return None
    if every.step == 1:
        return "FREQ=MONTHLY;BYMONTHDAY=-1"
    return _months_rule(every, -1) + ";BYMONTHDAY=-1" if _months_rule(every, -1) else None


def _months_rule(every: Every, position: int) -> str:
    """The months a beat is due in: position 1 is the first month of each period, -1 its last; «» where none
    fit.
    """
    if every.step == 1:
        return "FREQ=MONTHLY"
    if every.step < 12 and 12 % every.step == 0:
        offset = position if position > 0 else every.step
        return "FREQ=YEARLY;BYMONTH=" + ",".join(str(at + offset) for at in range(0, 12, every.step))
    if every.step % 12 == 0:
        return f"FREQ=YEARLY{_interval(every.step // 12)};BYMONTH={position if position > 0 else 12}"
    return f"FREQ=MONTHLY;INTERVAL={every.step}"


def _cycle_rule(every: Every, dues: Sequence[Due]) -> str | None:
    """«trước ngày 25 hằng tháng», «ngày 15 tháng cuối quý», «trước ngày 10 của tháng đầu quý sau»."""
    when = dues[0].when
    assert isinstance(when, Cycle)
    position = 1 if when.later else when.month or -1
    months = _months_rule(every, position)
    if when.working:
        return f"{months};BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
    if when.first != when.last:
        return f"{months};BYMONTHDAY={when.first},{when.last - dues[0].before};BYSETPOS=-1"
    days = [due.when.last - due.before for due in dues if isinstance(due.when, Cycle)]
    if days[0] == 0:
        months, days = _months_rule(every, position - 1 if position > 1 else -1), [-1]
    if len(days) == 1 and days[0] > 28 and every.unit == "month" and not when.month:
        return f"{months};{_late_day(days[0])}"
    count = len(days) * (months.count(",") + 1)
    mark = f";BYSETPOS={_listed(range(1, count + 1))}" if when.later else ""
    return f"{months};BYMONTHDAY={_listed(days)}{mark}"


def _late_day(day: int) -> str:
    """«ngày 30 hằng tháng»: in February its last day."""
    if day == 31:
        return "BYMONTHDAY=-1"
    return f"BYMONTHDAY={_listed(range(day - 2, day + 1))};BYSETPOS=-1"


def _dated_rule(dues: Sequence[Due]) -> str | None:
    """«trước 20/12 hằng năm», «Quý I và Quý III hằng năm», «15/6 và 15/12 hằng năm»."""
    windows = [_window(due) for due in dues]
    if None in windows:
        return None
    first_days = [first for first, _ in windows if first]  # type: ignore[misc]
    last_days = [last for _, last in windows]  # type: ignore[misc]
    if len(first_days) not in (0, len(last_days)):
        return None
    chosen = sorted({*first_days, *last_days})
    months = sorted({month for month, _ in chosen})
    days = sorted({day for _, day in chosen}, key=lambda day: day if day > 0 else 32)
    rule = f"FREQ=YEARLY;BYMONTH={_listed(months)};BYMONTHDAY={_listed(days)}"
    candidates = sorted(
        {(month, day if day > 0 else last_day(_COMMON_YEAR, month)) for month in months for day in days}
    )
    candidates = [(month, day) for month, day in candidates if day <= last_day(_COMMON_YEAR, month)]
    actual = [(month, day if day > 0 else last_day(_COMMON_YEAR, month)) for month, day in last_days]
    if len(candidates) > len(actual):
        rule += f";BYSETPOS={_listed(sorted(candidates.index(day) + 1 for day in actual))}"
    elif dues[0].later:
        rule += f";BYSETPOS={_listed(range(1, len(actual) + 1))}"
    return rule


def _listed(numbers: Sequence[int]) -> str:
    return ",".join(map(str, numbers))


def _window(due: Due) -> tuple[tuple[int, int] | None, tuple[int, int]] | None:
    """(first, last) as (month, day): first is None for a day, and -1 stands for the last day of a month."""
    when = due.when
    points = (when.first, when.last) if isinstance(when, Run) else (when, when)
    if not all(isinstance(point, Point) for point in points):
        return None
    first, last = points
    assert isinstance(first, Point) and isinstance(last, Point)
    try:
        start, end = first.in_year(_COMMON_YEAR).span().start, last.in_year(_COMMON_YEAR).span()
    except NotInCalendar:
        return None
    if due.before:
        day = end.start - DAY
        return None, _month_end_as_minus_one(day.month, day.day) if day.month == 2 else (day.month, day.day)
    if last.unit in ("day", "end") and first == last:
        return None, (end.due.month, end.due.day)
    return (start.month, start.day), _month_end_as_minus_one(end.due.month, end.due.day)


def _month_end_as_minus_one(month: int, day: int) -> tuple[int, int]:
    return month, -1 if day == last_day(_COMMON_YEAR, month) else day
