"""On which days an assignment is spoken of: planned by its dates, moved off days off."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.deadlines.workdays import DaysOff
from tracker.rules.notices.facts import TrackedDates
from tracker.rules.notices.people import LetterChoice
from tracker.rules.notices.sending import ONE_DAY, SendingDays
from tracker.rules.notices.table import (
    LONG_PERIOD_DAYS,
    Changes,
    Rule,
    When,
    counted_from,
    with_changes,
)

UPCOMING = (When.START, When.MIDDLE, When.BEFORE)


@dataclass(frozen=True, slots=True)
class Planned:
    """A rule's notice for readers of one choice: the day it was planned for, and the day it goes out."""

    rule: Rule
    choice: LetterChoice
    on: date
    goes_out_on: date


def planned_days(rule: Rule, dates: TrackedDates) -> Iterator[date]:
    """The days a rule plans for these dates, in order, days off not yet considered.

    Nothing is planned before tracking began (on that day the publishing itself is told), before the
    occurrence starts, or further from the last day than half its length.
    """
    for day in sorted(_days(rule, dates)):
        if day > dates.tracked_from:
            yield day


def _days(rule: Rule, dates: TrackedDates) -> Iterable[date]:
    if rule.when is When.OVERDUE:
        since = max(dates.due_on, dates.tracked_from)
        return (since + timedelta(days) for days in rule.days)
    if rule.when is When.BEFORE:
        furthest = _length(dates) // 2 if dates.starts_on else max(rule.days, default=0)
        return (dates.due_on - timedelta(days) for days in rule.days if days <= furthest)
    if dates.starts_on is None or _length(dates) <= LONG_PERIOD_DAYS:
        return ()
    first = dates.starts_on if rule.when is When.START else dates.starts_on + timedelta(_length(dates) // 2)
    return (first + timedelta(days) for days in rule.days)


def _length(dates: TrackedDates) -> int:
    """Days from first to last, both counted."""
    return (dates.due_on - (dates.starts_on or dates.due_on)).days + 1


class Window:
    """The days after `since` up to `today`, and what the rules want said on them.

    Answers are worked out once for each set of dates, so going through very many assignments is cheap.
    """

    def __init__(self, rules: Iterable[Rule], days_off: DaysOff, since: date, today: date) -> None:
        self.since = since
        self.today = today
        self.daily = SendingDays(days_off, LetterChoice.DAILY)
        self.weekly = SendingDays(days_off, LetterChoice.WEEKLY)
        self._rules = tuple(rules)
        self._dated = self.rules(*UPCOMING, When.OVERDUE)
        self._known: dict[TrackedDates, tuple[Planned, ...]] = {}

    def rules(self, *when: When) -> tuple[Rule, ...]:
        """The rules whose days count from one of these."""
        return counted_from(self._rules, *when)

    def __contains__(self, day: date) -> bool:
        return self.since < day <= self.today

    def fallen(self, dates: TrackedDates) -> tuple[Planned, ...]:
        """What falls to be said about something with these dates, in planned order; mostly nothing."""
        if dates not in self._known:
            planned = [
                planned
                for sending in (self.daily, self.weekly)
                for rule in self._dated
                for planned in plan(rule, dates, sending)
                if planned.goes_out_on in self
            ]
            self._known[dates] = tuple(sorted(planned, key=lambda planned: planned.on))
        return self._known[dates]

    @property
    def monday(self) -> date | None:
        """The latest Monday whose letters go out on these days (before it, where it is a day off)."""
        out = self.weekly.on_or_before(self.today)
        return out + ONE_DAY * (-out.weekday() % 7) if out in self else None

    def of(self, choice: LetterChoice) -> SendingDays:
        """The days on which readers of that choice get letters."""
        return self.weekly if choice is LetterChoice.WEEKLY else self.daily


class Windows:
    """The window of each plan: most have the rules as they are, some have made something else of them."""

    def __init__(self, rules: tuple[Rule, ...], days_off: DaysOff, since: date, today: date) -> None:
        self._rules, self._days_off, self._since, self._today = rules, days_off, since, today
        self._known: dict[Changes, Window] = {}
        self.default = self.of(())

    def of(self, changes: Changes) -> Window:
        """The window of a plan that made these changes."""
        if changes not in self._known:
            rules = with_changes(self._rules, changes)
            self._known[changes] = Window(rules, self._days_off, self._since, self._today)
        return self._known[changes]


def still_true(planned: Planned, dates: TrackedDates, today: date) -> bool:
    """Whether it may still be said: before the date up to that day, of lateness any time."""
    return is_late(planned.rule) or today <= dates.due_on


def is_late(rule: Rule) -> bool:
    """Whether the rule speaks of what is overdue."""
    return rule.when is When.OVERDUE


def plan(rule: Rule, dates: TrackedDates, sending: SendingDays) -> Iterator[Planned]:
    """The planned days with the days they go out on: before days off, or after them once overdue."""
    for day in planned_days(rule, dates):
        out = sending.on_or_after(day) if is_late(rule) else _before(day, _earliest(rule, dates), sending)
        if is_late(rule) or out <= dates.due_on:
            yield Planned(rule, sending.choice, day, out)


def _before(day: date, earliest: date, sending: SendingDays) -> date:
    out = sending.on_or_before(day)
    return out if out >= earliest else sending.on_or_after(earliest)


def _earliest(rule: Rule, dates: TrackedDates) -> date:
    """The first day it may go out: after tracking began; a countdown not before the start has come."""
    after = dates.tracked_from + ONE_DAY
    return max(after, dates.starts_on or after) if rule.when is When.BEFORE else after
