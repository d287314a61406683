"""The default table of reminders: on which days something is said, and to whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

LONG_PERIOD_DAYS = 45  # a period longer than this is also announced on its first day and in its middle


class Audience(StrEnum):
    """Who is told, seen from a task."""

    LEAD = "lead"
    HEAD = "head"
    COORDINATING = "coordinating"
    LEADER_IN_CHARGE = "leader_in_charge"
    MONITOR = "monitor"
    LEADERS = "leaders"


class When(StrEnum):
    """What the days of a rule count from, and which way."""

    START = "start"  # after the first day of a long period
    MIDDLE = "middle"  # after the middle of a long period
    BEFORE = "before"  # before the last day
    OVERDUE = "overdue"  # after the last day, or after tracking began where that came later
    UNREVIEWED = "unreviewed"  # working days after work was handed in that nobody has reviewed
    REPORTING = "reporting"  # before a reporting day of standing tasks
    UNDATED = "undated"  # Mondays, while a task has no date
    UNREACHABLE = "unreachable"  # Mondays, while a lead unit has nobody who could be told
    WEEK = "week"  # Mondays
    DEED = "deed"  # in the next letter after a deed


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: `days` are calendar days (working ones where `when` says so).

    `of_each`: who is not the lead hears of every assignment too, and not of the task as a whole.
    `urgent`: it does not wait for the next morning, but goes out at once in a letter of its own.
    """

    name: str
    when: When
    days: tuple[int, ...]
    to: tuple[Audience, ...]
    of_each: bool = False
    urgent: bool = False


def weekly_from(first: int, times: int = 8) -> tuple[int, ...]:
    """`first`, then every seven days, `times` in all: 1, 8, 15, ..."""
    return tuple(range(first, first + 7 * times, 7))


DATED_RULES: tuple[Rule, ...] = (
    Rule("started", When.START, (0,), (Audience.LEAD,)),
    Rule("halfway", When.MIDDLE, (0,), (Audience.LEAD,)),
    Rule("approaching", When.BEFORE, (14, 7, 3, 1, 0), (Audience.LEAD,)),
    Rule("helping", When.BEFORE, (7,), (Audience.COORDINATING,)),
    Rule("overdue", When.OVERDUE, weekly_from(1), (Audience.LEAD, Audience.HEAD)),
    Rule("escalated", When.OVERDUE, weekly_from(7), (Audience.LEADER_IN_CHARGE, Audience.MONITOR)),
)

OTHER_RULES: tuple[Rule, ...] = (
    Rule("unreviewed", When.UNREVIEWED, (3,), (Audience.MONITOR,)),
    Rule("undated", When.UNDATED, (), (Audience.MONITOR,)),
    Rule("unreachable", When.UNREACHABLE, (), (Audience.MONITOR,)),
    Rule("standing", When.REPORTING, (7,), (Audience.LEAD,)),
    Rule("week", When.WEEK, (), (Audience.LEADERS,)),
)

DEED_RULES: tuple[Rule, ...] = (
    Rule("published", When.DEED, (), (Audience.LEAD, Audience.COORDINATING)),
    Rule("reassigned", When.DEED, (), (Audience.LEAD,)),
    Rule("corrected", When.DEED, (), (Audience.LEAD,)),
    Rule("returned", When.DEED, (), (Audience.LEAD,)),
    Rule("reopened", When.DEED, (), (Audience.LEAD,)),
    Rule("extension_granted", When.DEED, (), (Audience.LEAD,)),
    Rule("extension_refused", When.DEED, (), (Audience.LEAD,)),
    Rule("suspended", When.DEED, (), (Audience.LEAD,)),
    Rule("resumed", When.DEED, (), (Audience.LEAD,)),
    Rule("cancelled", When.DEED, (), (Audience.LEAD, Audience.COORDINATING)),
    Rule("directed", When.DEED, (), (Audience.LEAD, Audience.HEAD), urgent=True),
    Rule("commented", When.DEED, (), (Audience.LEAD, Audience.MONITOR), of_each=True),
)

DEFAULT_RULES = DATED_RULES + OTHER_RULES + DEED_RULES
URGENT_RULES = tuple(rule for rule in DEED_RULES if rule.urgent)

Changes = tuple[tuple[str, tuple[int, ...]], ...]  # names of rules with the days they have in a plan


@dataclass(frozen=True, slots=True)
class Bounds:
    """What days a plan may give a rule: from `least` to `most`, so many at most; none at all switches it off,
    where it may be off."""

    least: int
    most: int
    count: int = 1
    may_be_off: bool = True


LONGEST_LEAD, LONGEST_WAIT, MOST_DAYS = 180, 365, 20

# rule -> what a plan may make of its days
CHANGEABLE: Mapping[str, Bounds] = {
    "started": Bounds(0, 0),
    "halfway": Bounds(0, 0),
    "approaching": Bounds(0, LONGEST_LEAD, MOST_DAYS),
    "helping": Bounds(0, LONGEST_LEAD, MOST_DAYS),
    "overdue": Bounds(1, LONGEST_WAIT, MOST_DAYS, may_be_off=False),  # a lead unit always hears of lateness
    "escalated": Bounds(1, LONGEST_WAIT, MOST_DAYS),
    "unreviewed": Bounds(1, LONGEST_WAIT, MOST_DAYS),
    "standing": Bounds(0, LONGEST_LEAD, MOST_DAYS),
}


def are_allowed(name: str, days: tuple[int, ...]) -> bool:
    """Whether a plan may give these days to the rule."""
    bounds = CHANGEABLE[name]
    if not days:
        return bounds.may_be_off
    return len(set(days)) == len(days) <= bounds.count and all(
        bounds.least <= day <= bounds.most for day in days
    )


def with_changes(rules: Iterable[Rule], changes: Changes) -> tuple[Rule, ...]:
    """The rules as a plan has them."""
    days = dict(changes)
    return tuple(replace(rule, days=days.get(rule.name, rule.days)) for rule in rules)


def counted_from(rules: Iterable[Rule], *when: When) -> tuple[Rule, ...]:
    """The rules whose days count from one of these."""
    return tuple(rule for rule in rules if rule.when in when)
