"""What waits for whom, counted: the figures beside the entries of the band."""

from datetime import date

from sqlalchemy import ColumnElement, func, select

from tracker.access import Reach, extensions_decided_by, reviewable_by, visible_to
from tracker.db import db
from tracker.models import Assignment, ExtensionRequest, ExtensionState
from tracker.rules.states import State


def waiting_extensions(reach: Reach) -> ColumnElement[bool]:
    """The WHERE clause of the assignments with a request for more time that the person may decide."""
    pending = select(ExtensionRequest.assignment_id).where(ExtensionRequest.state == ExtensionState.PENDING)
    return Assignment.id.in_(pending) & extensions_decided_by(reach)


def waiting_reviews(reach: Reach) -> ColumnElement[bool]:
    """The WHERE clause of the assignments handed in that the person may confirm or return."""
    return (Assignment.state == State.SUBMITTED) & reviewable_by(reach)


def overdue(reach: Reach, today: date) -> ColumnElement[bool]:
    """The WHERE clause of the assignments open past their day that the person may see."""
    return (Assignment.state == State.OPEN) & (Assignment.due_on < today) & visible_to(reach)


def count(clause: ColumnElement[bool]) -> int:
    """How many assignments the clause holds for."""
    return db.session.scalar(select(func.count()).select_from(Assignment).where(clause)) or 0
