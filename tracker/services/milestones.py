"""Between a stored milestone and what it means: its reading, its occurrences and their dates."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from tracker.deadlines import meaning
from tracker.deadlines.meaning import Kind
from tracker.deadlines.recurrence import occurrences
from tracker.deadlines.workdays import DaysOff
from tracker.models import Deliverable, Milestone, Plan
from tracker.words import fold

AT_ONCE = 2  # the current occurrence and the next


@dataclass(frozen=True, slots=True)
class Dates:
    """The first and the last day of an occurrence.

    `due_on` is the day in force; `rolled_from` is the date as written, where that is a day off.
    """

    starts_on: date | None = None
    due_on: date | None = None
    rolled_from: date | None = None

    @property
    def occurrence(self) -> str:
        """The name of the occurrence: its date as written (ISO), empty for what has none."""
        written = self.rolled_from or self.due_on
        return written.isoformat() if written else ""


def meaning_of(milestone: Milestone) -> meaning.Milestone:
    """The reading that the stored milestone came from."""
    return meaning.Milestone(
        kind=milestone.kind,
        text=milestone.text,
        start=milestone.starts_on,
        due=milestone.due_on,
        rrule=milestone.rrule,
        days=milestone.days,
        unit=milestone.day_unit,  # type: ignore[arg-type]
        anchor=milestone.anchor,  # type: ignore[arg-type]
    )


def take_over(milestone: Milestone, meant: meaning.Milestone) -> None:
    """Let the stored milestone mean this; its text as written stays where the reading brings none."""
    milestone.kind, milestone.text = meant.kind, meant.text or milestone.text
    milestone.starts_on, milestone.due_on, milestone.rrule = meant.start, meant.due, meant.rrule
    milestone.days, milestone.day_unit, milestone.anchor = meant.days, meant.unit, meant.anchor


def stored(meant: meaning.Milestone, position: int, deliverables: Iterable[str] = ()) -> Milestone:
    """A milestone to be stored at its place in a task, with the names of its deliverables."""
    milestone = Milestone(position=position, text="")
    take_over(milestone, meant)
    milestone.deliverables = [Deliverable(position=n, name=name) for n, name in enumerate(deliverables, 1)]
    return milestone


def context_of(plan: Plan) -> meaning.Context:
    """What the deadlines of the plan are read in."""
    return meaning.Context(issued=plan.issued_on, start=plan.starts_on, end=plan.ends_on)


def upcoming(milestone: Milestone, plan: Plan, day: date) -> Iterator[Dates]:
    """The occurrences of a recurring milestone that end on `day` or later, within the plan's period."""
    spans = occurrences(meaning_of(milestone), context_of(plan), after=day, until=plan.ends_on or date.max)
    return (Dates(span.start, span.due) for span in spans)


def dates_from(milestone: Milestone, plan: Plan, day: date, roll: DaysOff | None = None) -> list[Dates]:
    """The dates to track from `day` on: of a recurring milestone the current occurrence and the next.

    `roll` moves a date that falls on a day off to the next working day (Bộ luật Dân sự 2015, điều 148
    khoản 5, by analogy); «trước ngày ...» never moves.
    """
    if milestone.kind is Kind.RECURRING:
        return list(islice(upcoming(milestone, plan, day), AT_ONCE))
    return [_dates(milestone, roll)]


def _dates(milestone: Milestone, roll: DaysOff | None) -> Dates:
    written = milestone.due_on
    if roll is None or written is None or not _may_roll(milestone):
        return Dates(milestone.starts_on, written)
    working = roll.roll_forward(written)
    return Dates(milestone.starts_on, working, written if working != written else None)


def _may_roll(milestone: Milestone) -> bool:
    return milestone.kind is Kind.BY and "truoc" not in fold(milestone.text).split()
