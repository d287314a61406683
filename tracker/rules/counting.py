"""What a figure counts: each assignment falls on one side of a day, and shares are taken of those sides."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tracker.rules.states import State
from tracker.rules.timeliness import DUE_SOON_DAYS, Outcome

FEWEST_RANKED = 5  # a unit with fewer counted is not ranked


class Side(StrEnum):
    """How an assignment stands towards its date on a day; each has exactly one."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    WAITING = "waiting"  # handed in, its day not passed yet
    WAITING_PAST = "waiting_past"  # handed in, not confirmed, and its day has passed meanwhile
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    IN_TIME = "in_time"
    NOT_BEGUN = "not_begun"
    STANDING = "standing"
    UNDATED = "undated"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"

    __hash__ = str.__hash__  # figures are counted by the thousand, and the hash of an Enum is slow


DONE = (Side.DONE_ON_TIME, Side.DONE_LATE)
HANDED_IN = (Side.WAITING, Side.WAITING_PAST)
AHEAD = (Side.DUE_SOON, Side.IN_TIME)
STILL_OPEN = (Side.OVERDUE, *AHEAD, Side.NOT_BEGUN, *HANDED_IN)
CAN_BE_EXCUSED = (Side.DONE_LATE, Side.OVERDUE, Side.WAITING_PAST)  # late ones may have an objective cause
OUTSIDE = (Side.NOT_BEGUN, Side.STANDING, Side.UNDATED, Side.SUSPENDED, Side.CANCELLED)  # of every share
TRACKED = tuple(this for this in Side if this not in OUTSIDE)
COUNTED = (*DONE, Side.OVERDUE)  # what the on-time share is taken of

# The four official outcomes, each as the sides it is the sum of.
OUTCOMES: Mapping[Outcome, tuple[Side, ...]] = {
    Outcome.DONE_ON_TIME: (Side.DONE_ON_TIME,),
    Outcome.DONE_LATE: (Side.DONE_LATE,),
    Outcome.OPEN_ON_TIME: (*AHEAD, Side.WAITING),
    Outcome.OPEN_OVERDUE: (Side.OVERDUE, Side.WAITING_PAST),
}


def side(
    state: State,
    *,
    standing: bool,
    starts_on: date | None,
    due_on: date | None,
    completed_on: date | None,
    today: date,
) -> Side:
    """On which side of `today` an assignment stands; what has not begun counts in nothing yet."""
    if state is State.CANCELLED:
        return Side.CANCELLED
    if state is State.SUSPENDED:
        return Side.SUSPENDED
    if standing:
        return Side.STANDING
    if due_on is None:
        return Side.UNDATED
    if starts_on is not None and starts_on > today:
        return Side.NOT_BEGUN
    if state is State.DONE:
        return Side.DONE_LATE if (completed_on or today) > due_on else Side.DONE_ON_TIME
    if state is State.SUBMITTED:
        return Side.WAITING_PAST if due_on < today else Side.WAITING
    if due_on < today:
        return Side.OVERDUE
    return Side.DUE_SOON if (due_on - today).days <= DUE_SOON_DAYS else Side.IN_TIME


@dataclass(slots=True)
class Tally:
    """How many assignments stand on each side; of what is overdue, the oldest day.

    `extended` had more time given, `excused` are late ones with an objective cause on record.
    """

    sides: Counter[Side] = field(default_factory=Counter)
    oldest_overdue: date | None = None
    extended: int = 0
    excused: int = 0

    def of(self, *sides: Side) -> int:
        """How many stand on these sides."""
        known = self.sides.get
        return sum([known(this, 0) for this in sides])

    @property
    def total(self) -> int:
        """All that a figure speaks of: what is outside of every share is not in it."""
        return self.of(*TRACKED)

    @property
    def done(self) -> int:
        """What is done, on time or late."""
        return self.of(*DONE)

    @property
    def counted(self) -> int:
        """What the on-time share is taken of: done + open overdue."""
        return self.of(*COUNTED)

    @property
    def on_time_share(self) -> float | None:
        """Done on time / (done + open overdue), 0 to 100; None where nothing is counted."""
        counted = self.counted
        return 100 * self.of(Side.DONE_ON_TIME) / counted if counted else None

    @property
    def ranked(self) -> bool:
        """Whether enough is counted to compare the unit with others."""
        return self.counted >= FEWEST_RANKED

    def outcome(self, outcome: Outcome) -> int:
        """How many have this official outcome."""
        return self.of(*OUTCOMES.get(outcome, ()))

    def count(self, side: Side, number: int, oldest: date | None, extended: int, caused: int) -> None:
        """Count so many on a side: the oldest due day of them, those given more time, those with a cause."""
        self.sides[side] = self.sides.get(side, 0) + number
        self.extended += extended
        if side is Side.OVERDUE:
            self._see(oldest)
        if side in CAN_BE_EXCUSED:
            self.excused += caused

    def _see(self, day: date | None) -> None:
        if day is not None and (self.oldest_overdue is None or day < self.oldest_overdue):
            self.oldest_overdue = day

    def add(self, other: "Tally") -> None:
        """Count what the other counted as well."""
        self.sides.update(other.sides)
        self._see(other.oldest_overdue)
        self.extended += other.extended
        self.excused += other.excused
