"""From items whose years are known to milestones: first and last days, rules, counted days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tracker.deadlines import doubts, repeats
from tracker.deadlines.anchors import Anchor, anchor_of
from tracker.deadlines.items import (
    AdHoc,
    Counted,
    Due,
    Event,
    Impossible,
    Item,
    Later,
    Repeat,
    Run,
    Standing,
)
from tracker.deadlines.joins import OPEN_START
from tracker.deadlines.meaning import Context, Kind, Milestone
from tracker.deadlines.parts import Length
from tracker.deadlines.periods import DAY, Span, add_months
from tracker.deadlines.points import NotInCalendar, Point
from tracker.deadlines.repeats import Cycle
from tracker.deadlines.rules import rule_of
from tracker.deadlines.workdays import DaysOff


@dataclass(frozen=True, slots=True)
class Reader:
    """What milestones are made with: the plan's context and the calendar of days off."""

    context: Context
    days_off: Callable[[], DaysOff]

    def milestone(self, item: Item, text: str) -> Milestone | None:
        """The milestone of an item, its doubts put to the item; None where the item says nothing by
        itself.
        """
        try:
            return self._milestone(item, text)
        except NotInCalendar as impossible:
            item.doubts.append(str(impossible))
            return Milestone(Kind.UNRESOLVED, text)

    def _milestone(self, item: Item, text: str) -> Milestone | None:
        match item.thing:
            case Point() as point:
                return _pointed(item, point, text)
            case Run() as run:
                return _from_to(item, run, text)
            case Repeat() as repeat:
                return _recurring(item, repeat, text)
            case Cycle() as cycle:
                return _lone_cycle(item, cycle, text)
            case Standing(start):
                return Milestone(
                    Kind.CONTINUOUS, text, start=_span(start).start if start and start.year else None
                )
            case Counted(length, anchor):
                return self._counted(item, length, anchor, text)
            case Length() as length if item.preps.strip("tDq:"):
                return self._counted(item, length, None, text)
            case Event(words) if str(words[0].value).startswith("ngay"):
                return self._at_once(item, text)
            case Later():
                item.doubts.append(OPEN_START)
                return Milestone(Kind.CONTINUOUS, text)
            case AdHoc():
                item.doubts.append(doubts.AD_HOC)
                return Milestone(Kind.UNRESOLVED, text)
            case Impossible(why):
                item.doubts.append(why)
                return Milestone(Kind.UNRESOLVED, text)
        return None

    def _counted(self, item: Item, length: Length, anchor: object, text: str) -> Milestone:
        if isinstance(anchor, Point):
            if anchor.year is None:
                return Milestone(Kind.UNRESOLVED, text)
            return self._relative(length, anchor.span().due, "other", text)
        found = anchor_of(anchor) if isinstance(anchor, tuple) else Anchor.OTHER  # type: ignore[arg-type]
        if found is Anchor.OTHER:
            item.doubts.append(doubts.UNKNOWN_EVENT if anchor else doubts.NO_EVENT)
            return self._relative(length, None, "other", text)
        if found is Anchor.SOME_DOCUMENT:
            item.doubts.append(doubts.WHICH_DOCUMENT)
        if self.context.issued is None:
            item.doubts.append(doubts.NO_ISSUE_DATE)
        return self._relative(length, self.context.issued, "issue", text)

    def _relative(self, length: Length, origin: date | None, anchor: str, text: str) -> Milestone:
        due = self._counted_from(origin, length) if origin else None
        unit = "working" if length.unit == "working" else "calendar"
        days = length.size
        if length.unit == "month":
            days = (due - origin).days if due and origin else 30 * length.size
        return Milestone(Kind.RELATIVE, text, origin, due, days=days, unit=unit, anchor=anchor)  # type: ignore[arg-type]

    def _counted_from(self, origin: date, length: Length) -> date:
        """The day of the event is not counted (Bộ luật Dân sự 2015, điều 147 khoản 2)."""
        if length.unit == "working":
            return self.days_off().add_working_days(origin, length.size)
        return add_months(origin, length.size) if length.unit == "month" else origin + length.size * DAY

    def _at_once(self, item: Item, text: str) -> Milestone | None:
        assert isinstance(item.thing, Event)
        if anchor_of(item.thing.words) is Anchor.OTHER:
            return None
        item.doubts.append(doubts.AT_ONCE)
        if self.context.issued is None:
            item.doubts.append(doubts.NO_ISSUE_DATE)
        return self._relative(Length(0, "calendar"), self.context.issued, "issue", text)


def _span(point: Point) -> Span:
    return point.span()


def _pointed(item: Item, point: Point, text: str) -> Milestone:
    """A point with its role: «trước» leaves it out, «đến», «chậm nhất» name its last day, alone it is a
    period.
    """
    if point.year is None:
        return Milestone(Kind.UNRESOLVED, text)
    start, due = point.span()
    if item.role in ("from", "after"):
        item.doubts.append(OPEN_START)
        return Milestone(Kind.CONTINUOUS, text, start=start if item.role == "from" else due + DAY)
    if item.role == "before":
        due = start - DAY
    if point.loose or (item.role == "before" and point.unit in ("end", "part")):
        item.doubts.append(doubts.open_days(text, due))
    elif item.role == "until" and not set("ez") & set(item.preps) and point.unit not in ("day", "end"):
        item.doubts.append(doubts.reaching_into(text, due))
    if item.role != "at" or point.unit in ("day", "end"):
        return Milestone(Kind.BY, text, due=due)
    return Milestone(Kind.PERIOD, text, start, due)


def _from_to(item: Item, run: Run, text: str) -> Milestone:
    if run.first.year is None or run.last.year is None:
        return Milestone(Kind.UNRESOLVED, text)
    start, last = run.first.span().start, run.last.span()
    due = last.start - DAY if run.before else last.due
    if run.first.loose or run.last.loose:
        item.doubts.append(doubts.open_days(text, due))
    if due < start:
        item.doubts.append(doubts.BACKWARDS)
        return Milestone(Kind.UNRESOLVED, text)
    return Milestone(Kind.PERIOD, text, start, due)


def _recurring(item: Item, repeat: Repeat, text: str) -> Milestone:
    rule = rule_of(repeat)
    if rule is None:
        item.doubts.append(doubts.not_understood(text))
        return Milestone(Kind.UNRESOLVED, text)
    if repeat.every.unit == "day":
        item.doubts.append(doubts.DAILY)
    start = repeat.start.span().start if repeat.start and repeat.start.year else None
    until = repeat.until.span().due if repeat.until and repeat.until.year else None
    if until and start and until < start:
        item.doubts.append(doubts.BACKWARDS)
        return Milestone(Kind.UNRESOLVED, text)
    return Milestone(Kind.RECURRING, text, start, rrule=rule + (f";UNTIL={until:%Y%m%d}" if until else ""))


def _lone_cycle(item: Item, cycle: Cycle, text: str) -> Milestone:
    """«trước ngày 20 tháng cuối quý» beats by itself; «ngày 15» alone does not."""
    every = cycle.every or (repeats.MONTHLY if cycle.later else None)
    if every is None:
        item.doubts.append(doubts.DAYS_MISSING)
        return Milestone(Kind.UNRESOLVED, text)
    item.thing = Repeat(every, (Due(cycle, item.role == "before", cycle.later),))
    return _recurring(item, item.thing, text)
