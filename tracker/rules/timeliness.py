"""What is late: the four official outcomes, days left, and what is due soon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.rules.states import State

DUE_SOON_DAYS = 7


class Outcome(StrEnum):
    """Whether an assignment is done and whether it kept its date."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    OPEN_ON_TIME = "open_on_time"
    OPEN_OVERDUE = "open_overdue"
    UNDATED = "undated"


def outcome(state: State, due_on: date | None, completed_on: date | None, today: date) -> Outcome:
    """The day that counts (of the confirmed submission, else today) held against the due date in force."""
    if due_on is None:
        return Outcome.UNDATED
    if state is State.DONE:
        return Outcome.DONE_ON_TIME if (completed_on or today) <= due_on else Outcome.DONE_LATE
    return Outcome.OPEN_ON_TIME if today <= due_on else Outcome.OPEN_OVERDUE


def days_left(due_on: date, today: date) -> int:
    """Calendar days until `due_on`; negative once it has passed."""
    return (due_on - today).days


def is_overdue(state: State, due_on: date | None, today: date) -> bool:
    """Whether it is open past its date; what waits for review is not overdue, it waits."""
    return state is State.OPEN and due_on is not None and due_on < today


def is_due_soon(state: State, due_on: date | None, today: date) -> bool:
    """Whether it is open with seven calendar days or fewer left."""
    return state is State.OPEN and due_on is not None and 0 <= days_left(due_on, today) <= DUE_SOON_DAYS


@dataclass(frozen=True, slots=True)
class Turn:
    """Work handed in on a day; `mend_by` is the last day to mend it by, where it was returned."""

    handed_in_on: date
    mend_by: date | None = None


def day_that_counts(turns: Sequence[Turn]) -> date:
    """The day that counts as done when the last of the turns is confirmed.

    What is returned and handed in again no later than the day to mend it by keeps its first day; after that
    day it begins anew. There is at least one turn.
    """
    counting, *rest = turns
    first_on = counting.handed_in_on
    for turn in rest:
        if counting.mend_by is None or turn.handed_in_on > counting.mend_by:
            first_on = turn.handed_in_on
        counting = turn
    return first_on
