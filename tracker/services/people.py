"""How the people of a unit stand: for each the figures of what they were named responsible for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, or_, select

from tracker.db import db
from tracker.grants import WORKERS, Reach
from tracker.models import Assignment, Grant, Milestone, Review, ReviewOutcome, Submission, User
from tracker.rules.counting import AHEAD, CAN_BE_EXCUSED, HANDED_IN, Side
from tracker.services.selections import side_column
from tracker.visibility import visible_to


def _on(*sides: Side) -> Callable[[date], ColumnElement[bool]]:
    return lambda today: side_column(today).in_(sides)


def _returned(_today: date) -> ColumnElement[bool]:
    sent_back = select(Review.id).join(Review.submission)
    return sent_back.where(
        Submission.assignment_id == Assignment.id, Review.outcome == ReviewOutcome.RETURNED
    ).exists()


def _excused(today: date) -> ColumnElement[bool]:
    return (Assignment.objective_cause != "") & side_column(today).in_(CAN_BE_EXCUSED)


# figure -> the WHERE clause of what it counts, over Assignment joined with its Milestone. The first six part
# everything among them; the last two look at it once more (returns and causes: Nghị định 335/2025/NĐ-CP).
FIGURES: Mapping[str, Callable[[date], ColumnElement[bool]]] = {
    "overdue": _on(Side.OVERDUE),
    "open": _on(*AHEAD, Side.NOT_BEGUN),
    "waiting": _on(*HANDED_IN),
    "on_time": _on(Side.DONE_ON_TIME),
    "late": _on(Side.DONE_LATE),
    "other": _on(Side.STANDING, Side.UNDATED, Side.SUSPENDED, Side.CANCELLED),
    "returned": _returned,
    "excused": _excused,
}


@dataclass(frozen=True, slots=True)
class Line:
    """A person and their figures; None stands for what nobody was named responsible for."""

    person: User | None
    figures: Mapping[str, int]


def lines(reach: Reach, today: date) -> list[Line]:
    """Everybody who works in the units of the person asking, and who is named there, by name; nobody last.

    Three queries, whatever their number.
    """
    units = reach.covered(*WORKERS)
    counted = _counted(reach, today)
    working = select(Grant.user_id).where(Grant.unit_id.in_(units), Grant.role.in_(WORKERS))
    query = select(User).where(
        or_(User.id.in_(working) & User.active, User.id.in_([key for key in counted if key is not None]))
    )
    nothing = dict.fromkeys(FIGURES, 0)
    found = [
        Line(person, counted.get(person.id, nothing))
        for person in db.session.scalars(query.order_by(User.search_text))
    ]
    return [*found, Line(None, counted[None])] if None in counted else found


def _counted(reach: Reach, today: date) -> Mapping[int | None, Mapping[str, int]]:
    """The figures by the id of who is responsible."""
    sums = [
        func.coalesce(func.sum(case((clause(today), 1), else_=0)), 0).label(name)
        for name, clause in FIGURES.items()
    ]
    query = (
        select(Assignment.responsible_id, *sums)
        .join(Milestone)
        .where(Assignment.unit_id.in_(reach.covered(*WORKERS)), visible_to(reach))
        .group_by(Assignment.responsible_id)
    )
    return {row[0]: dict(zip(FIGURES, row[1:], strict=True)) for row in db.session.execute(query)}
