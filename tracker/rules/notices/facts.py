"""What is open, as plain values: all that the rules look at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from tracker.rules.notices.people import People
from tracker.rules.notices.table import Changes


class TrackedDates(NamedTuple):
    """The dates of an assignment: first day (where it has one), last day in force, day tracking began."""

    starts_on: date | None
    due_on: date
    tracked_from: date

    def beginning_with(self, other: "TrackedDates | None") -> "TrackedDates":
        """These dates, begun and tracked as early as the earlier of the two: many units' task as one."""
        if other is None or other is self or other == self:
            return self
        starts = [day for day in (self.starts_on, other.starts_on) if day is not None]
        return TrackedDates(
            min(starts, default=None), self.due_on, min(self.tracked_from, other.tracked_from)
        )


@dataclass(frozen=True, slots=True)
class OpenAssignment:
    """A dated assignment that its unit still has to hand in."""

    assignment_id: int
    task_id: int
    unit_id: int
    dates: TrackedDates
    responsible_id: int | None = None


@dataclass(frozen=True, slots=True)
class WatchedTask:
    """Who besides the lead has to do with a task: its helpers, who watches the plan, the leader in charge.

    `changes` are what the plan made of the rules.
    """

    watching_unit_id: int
    leader_id: int | None = None
    coordinating: tuple[int, ...] = ()
    changes: Changes = ()


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """Work handed in that waits for its review."""

    task_id: int
    due_on: date | None
    submitted_on: date


@dataclass(frozen=True, slots=True)
class StandingDay:
    """A reporting day on which a unit answers its standing tasks of a plan, tracked since a day."""

    plan_id: int
    watching_unit_id: int
    unit_id: int
    day: date
    tracked_from: date
    changes: Changes = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done to an assignment that its unit must hear of; `rule` names the row of the table.

    `by_id` is the person who did it, who need not hear of it.
    """

    entry_id: int
    rule: str
    on: date
    assignment_id: int
    task_id: int
    unit_id: int
    responsible_id: int | None = None
    by_id: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything open at a moment. `lead_units` maps each unit that leads something to the watching units.

    `assignments` is gone through once, so it may be a generator over very many.
    """

    people: People
    tasks: Mapping[int, WatchedTask] = field(default_factory=dict)
    assignments: Iterable[OpenAssignment] = ()
    unreviewed: Iterable[Unreviewed] = ()
    undated_tasks: Iterable[int] = ()
    standing: Iterable[StandingDay] = ()
    lead_units: Mapping[int, frozenset[int]] = field(default_factory=dict)
    deeds: Iterable[Deed] = ()
