"""What waits for a person's decision: results handed in and requests for more time, the oldest first.

A province's queue is long, and of all but a few of it nothing more is asked than that it waits: `waiting`
reads that alone, `read` the things themselves, of those that are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.grants import Reach
from tracker.models import (
    Assignment,
    ExtensionRequest,
    ExtensionState,
    Review,
    Submission,
    Task,
    User,
)
from tracker.rules.states import State
from tracker.visibility import extensions_decided_by, own_work_watched_by, reviewable_by


class Kind(StrEnum):
    """What is to be decided; the work of a monitor's own unit is confirmed by a leader."""

    SUBMITTED = "submitted"
    EXTENSION = "extension"
    FOR_LEADER = "for_leader"


class Waiting(NamedTuple):
    """That something of an assignment waits, and since when: the submission, or the request, of that id."""

    kind: Kind
    assignment_id: int
    id: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Thing:
    """What waits, whose it is and what was said with it; `wanted_on` is the day asked for."""

    waiting: Waiting
    assignment: Assignment
    by: User
    words: str
    wanted_on: date | None = None


def count(reach: Reach) -> int:
    """How many things the person may decide; one query. Of each assignment handed in one submission waits."""
    results = select(func.count()).select_from(Assignment).where(_is_handed_in(), reviewable_by(reach))
    requests = select(func.count()).select_from(_asked_for(reach).subquery())
    return db.session.scalar(select(results.scalar_subquery() + requests.scalar_subquery())) or 0


def waiting(reach: Reach) -> list[Waiting]:
    """Everything that waits for the person, then what waits for a leader; three queries."""
    mine = _read(Kind.SUBMITTED, _handed_in(reviewable_by(reach)))
    mine += _read(Kind.EXTENSION, _asked_for(reach))
    mine.sort(key=lambda one: one.since)
    return mine + _read(Kind.FOR_LEADER, _handed_in(own_work_watched_by(reach)))


def _read(kind: Kind, query: Select) -> list[Waiting]:
    return [Waiting(kind, *row) for row in db.session.execute(query)]


def _is_handed_in() -> ColumnElement[bool]:
    return Assignment.state == State.SUBMITTED


def _handed_in(whose: ColumnElement[bool]) -> Select:
    """What was handed in last and neither withdrawn nor reviewed."""
    return (
        select(Assignment.id, Submission.id, Submission.at)
        .join(Submission, Submission.assignment_id == Assignment.id)
        .outerjoin(Review, Review.submission_id == Submission.id)
        .where(_is_handed_in(), whose, Submission.withdrawn_at.is_(None), Review.id.is_(None))
        .order_by(Submission.id)
    )


def _asked_for(reach: Reach) -> Select:
    return (
        select(Assignment.id, ExtensionRequest.id, ExtensionRequest.at)
        .join(ExtensionRequest, ExtensionRequest.assignment_id == Assignment.id)
        .where(
            ExtensionRequest.state == ExtensionState.PENDING,
            Assignment.state.in_((State.OPEN, State.SUBMITTED)),
            extensions_decided_by(reach),
        )
        .order_by(ExtensionRequest.id)
    )


def read(found: Sequence[Waiting]) -> list[Thing]:
    """The things that wait, in their order; two queries."""
    asked = [one.id for one in found if one.kind is Kind.EXTENSION]
    handed_in = [one.id for one in found if one.kind is not Kind.EXTENSION]
    requests = {one.id: one for one in db.session.scalars(_whole(ExtensionRequest, asked))}
    submissions = {one.id: one for one in db.session.scalars(_whole(Submission, handed_in))}
    return [
        _request(one, requests[one.id])
        if one.kind is Kind.EXTENSION
        else Thing(one, submissions[one.id].assignment, submissions[one.id].by, submissions[one.id].note)
        for one in found
    ]


def _request(one: Waiting, asked: ExtensionRequest) -> Thing:
    return Thing(one, asked.assignment, asked.by, asked.reason, asked.wanted_on)


def _whole(model: type[ExtensionRequest] | type[Submission], ids: Sequence[int]) -> Select:
    return (
        select(model)
        .where(model.id.in_(ids))
        .options(
            joinedload(model.by),
            joinedload(model.assignment).options(
                joinedload(Assignment.unit), joinedload(Assignment.task).joinedload(Task.plan)
            ),
        )
    )
