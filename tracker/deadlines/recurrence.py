"""The occurrences of a milestone: each with its first and last day, within the plan's period."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from dateutil.rrule import rrulestr

from tracker.deadlines.meaning import Context, Milestone
from tracker.deadlines.periods import DAY, Span, add_months, group_of, month_of, period_name, week_of, year_of

_FAR = date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class _Rule:
    """The parts of an RRULE that say where an occurrence begins."""

    text: str  # without UNTIL
    freq: str
    interval: int
    months: tuple[int, ...]
    days: tuple[int, ...]
    positions: tuple[int, ...]
    until: date | None

    @property
    def closes_the_period_before(self) -> bool:
        """«ngày 10 của tháng tiếp theo»: BYSETPOS picks every candidate."""
        count = max(len(self.months), 1) * len(self.days)
        return bool(self.positions) and self.positions == tuple(range(1, count + 1))

    @property
    def first_positions(self) -> tuple[int, ...]:
        """The BYSETPOS of the first days, where the candidates are first and last days; else nothing."""
        if self.positions == (-1,) and len(self.days) == 2:
            return (1,)
        if self.positions and all(last - before >= 2 for before, last in pairwise((0, *self.positions))):
            return tuple(before + 1 for before in (0, *self.positions[:-1]))
        return ()


def occurrences(
    milestone: Milestone, context: Context, *, after: date, until: date | None = None
) -> Iterator[Span]:
    """The occurrences of a recurring milestone that end on or after `after` and on or before `until`, in
    order.

    They lie within the plan's period and the bounds of the milestone itself; without any end there is no
    last one. An occurrence begins with the first day its rule names («từ ngày 1 đến ngày 5», «Quý I hằng
    năm»), else with the first day of the week, month, quarter, half-year or year it closes, but never
    before the bounds. Only what is stored in the milestone decides, and the plan's first day where a rule
    skips periods («2 năm/lần»). A milestone that does not recur has no occurrences.
    """
    if milestone.rrule is None:
        return
    rule = _parsed(milestone.rrule)
    lower = max([day for day in (milestone.start, context.start) if day], default=date.min)
    upper = min([day for day in (rule.until, context.end) if day], default=_FAR)
    for due in _dues(rule, max(after, lower), milestone.start or context.start or context.issued):
        start, closed_on = _begin(rule, due)
        if closed_on > upper or (until is not None and due > until):
            return
        if due >= after and closed_on >= lower:
            yield Span(max(start, lower), due)


def occurrence_name(milestone: Milestone, span: Span) -> str:
    """An occurrence as the office names it: by the period it closes, «Tháng 6/2026», «Quý II/2026», «Năm
    2026».
    """
    if milestone.rrule is None:
        return period_name(*span)
    rule = _parsed(milestone.rrule)
    if rule.first_positions:
        return period_name(*_window(rule, span.due))
    return period_name(*_period(rule, span.due))


def _parsed(text: str) -> _Rule:
    parts = dict(part.split("=", 1) for part in text.split(";"))
    until = parts.pop("UNTIL", None)
    return _Rule(
        text=";".join(f"{name}={value}" for name, value in parts.items()),
        freq=parts["FREQ"],
        interval=int(parts.get("INTERVAL", 1)),
        months=_numbers(parts.get("BYMONTH")),
        days=_numbers(parts.get("BYMONTHDAY")),
        positions=_numbers(parts.get("BYSETPOS")),
        until=datetime.strptime(until, "%Y%m%d").date() if until else None,
    )


def _numbers(text: str | None) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(",")) if text else ()


def _dues(rule: _Rule, earliest: date, anchor: date | None) -> Iterator[date]:
    """The dates of the rule from `earliest` on; where it skips periods, the first one is counted from the
    anchor.
    """
    origin = anchor or earliest
    year_before = date(max(earliest.year - 1, 1), 1, 1)
    begin = _skipped(rule, origin) if rule.interval > 1 else year_before
    expansion = rrulestr(rule.text, dtstart=datetime(begin.year, begin.month, begin.day))
    for moment in expansion.xafter(datetime(earliest.year, earliest.month, earliest.day), inc=True):
        if moment.date() > _FAR:
            return
        yield moment.date()


def _skipped(rule: _Rule, origin: date) -> date:
    """The first day of the period in which the first occurrence of a rule with an interval ends."""
    skip = rule.interval - 1
    if rule.freq == "YEARLY":
        return date(origin.year + skip, 1, 1)
    if rule.freq == "MONTHLY":
        return add_months(origin.replace(day=1), skip)
    if rule.freq == "WEEKLY":
        return week_of(origin).start + skip * timedelta(weeks=1)
    return origin


def _begin(rule: _Rule, due: date) -> tuple[date, date]:
    """The first day of the occurrence that is due on a day, and the day that must lie within the bounds."""
    if rule.first_positions:
        return _window(rule, due).start, due
    start, end = _period(rule, due)
    return start, end if rule.closes_the_period_before else due


def _window(rule: _Rule, due: date) -> Span:
    """From the first day the rule names for this occurrence: its candidates with the positions of first
    days.
    """
    positions = ",".join(map(str, rule.first_positions))
    firsts = rrulestr(
        re.sub(r"BYSETPOS=[-\d,]+", f"BYSETPOS={positions}", rule.text),
        dtstart=datetime(due.year, 1, 1),
    )
    before = firsts.before(datetime(due.year, due.month, due.day), inc=True)
    return Span(before.date() if before else due, due)


def _period(rule: _Rule, due: date) -> Span:
    """The week, month, quarter, half-year or year that is closed by an occurrence due on a day."""
    within = _period_around(rule, due)
    return _period_around(rule, within.start - DAY) if rule.closes_the_period_before else within


def _period_around(rule: _Rule, day: date) -> Span:
    if rule.freq == "DAILY":
        return Span(day, day)
    if rule.freq == "WEEKLY":
        week = week_of(day)
        return Span(week.start - (rule.interval - 1) * timedelta(weeks=1), week.due)
    if rule.freq == "MONTHLY":
        return _months_around(rule, day)
    if rule.interval > 1:
        return Span(date(day.year - rule.interval + 1, 1, 1), date(day.year, 12, 31))
    count = len(rule.months)
    if count and 12 % count == 0 and _one_in_each(rule.months, 12 // count):
        return group_of(day, 12 // count)
    return year_of(day)


def _one_in_each(months: tuple[int, ...], size: int) -> bool:
    return len({(month - 1) // size for month in months}) == len(months)


def _months_around(rule: _Rule, day: date) -> Span:
    """The month, or as many as the interval says; part of a month where several days of it are due."""
    month = month_of(day)
    if rule.interval > 1:
        return Span(add_months(month.start, 1 - rule.interval), month.due)
    earlier = [date(day.year, day.month, end) for end in rule.days if 0 < end < day.day]
    if len(rule.days) > 1 and not rule.positions:
        return Span(max(earlier) + DAY if earlier else month.start, day)
    return month
