"""Assignments as lists show them: read in columns, which takes a fraction of what objects of a session take.

What is read has the names that `Assignment` and its neighbours have, as far as lists and `status` ask for
them. It is of no session: it cannot be changed, stored or asked for more.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.deadlines.meaning import Kind
from tracker.models import (
    Assignment,
    Comment,
    CommentKind,
    Deliverable,
    Evidence,
    EvidenceAbsence,
    ExtensionRequest,
    ExtensionState,
    Milestone,
    Plan,
    ProgressReport,
    Review,
    ReviewOutcome,
    Submission,
    Task,
    TaskGroup,
    Unit,
    User,
)
from tracker.rules.states import State

# What a list shows beside the assignment, as objects: fetched at once and not row by row.
WHOLE = (
    joinedload(Assignment.task).joinedload(Task.plan),
    joinedload(Assignment.task).joinedload(Task.group),
    joinedload(Assignment.unit),
    joinedload(Assignment.responsible),
    joinedload(Assignment.milestone).selectinload(Milestone.deliverables),
    selectinload(Assignment.evidence),
    selectinload(Assignment.absences),
    selectinload(Assignment.progress_reports),
    selectinload(Assignment.submissions).joinedload(Submission.review),
    selectinload(Assignment.extension_requests),
    selectinload(Assignment.standing_answers),
)


class _Named(NamedTuple):
    name: str


class _Group(NamedTuple):
    no: str


class _Plan(NamedTuple):
    id: int
    number: str
    title: str
    issued_on: date | None
    watching_unit_id: int


class _Task(NamedTuple):
    id: int
    no: str
    title: str
    deadline_text: str
    plan: _Plan
    group: _Group | None


class _Unit(NamedTuple):
    id: int
    name: str


class _Milestone(NamedTuple):
    kind: Kind
    text: str
    due_on: date | None
    deliverables: Sequence[Any]


class _Review(NamedTuple):
    outcome: ReviewOutcome
    reason: str
    mend_by: date | None
    at: datetime
    by: _Named


class _Direction(NamedTuple):
    text: str
    at: datetime
    by: _Named


class _Submission(NamedTuple):
    at: datetime
    withdrawn_at: datetime | None
    review: _Review | None


@dataclass(slots=True)
class _Listed:
    id: int
    task: _Task
    milestone: _Milestone
    unit: _Unit
    unit_id: int
    responsible: _Named | None
    state: State
    due_on: date | None
    completed_on: date | None
    objective_cause: str
    evidence: Sequence[Any] = ()
    absences: Sequence[Any] = ()
    progress_reports: Sequence[Any] = ()  # the last one alone
    submissions: list[_Submission] = field(default_factory=list)
    extension_requests: Sequence[Any] = ()  # those that wait alone
    directions: Sequence[_Direction] = ()  # the last one alone


COLUMNS = (
    Assignment.id,
    Assignment.unit_id,
    Assignment.state,
    Assignment.due_on,
    Assignment.completed_on,
    Assignment.objective_cause,
    Unit.name,
    User.name,
    Milestone.id,
    Milestone.kind,
    Milestone.text,
    Milestone.due_on,
    Task.id,
    Task.no,
    Task.title,
    Task.deadline_text,
    TaskGroup.no,
    Plan.id,
    Plan.number,
    Plan.title,
    Plan.issued_on,
    Plan.watching_unit_id,
)


def listed(ids: Sequence[int]) -> list[Assignment]:
    """The assignments of these ids in their order, with all that a list shows; eight queries."""
    query = (
        select(*COLUMNS)
        .select_from(Assignment)
        .join(Assignment.unit)
        .outerjoin(Assignment.responsible)
        .join(Assignment.milestone)
        .join(Assignment.task)
        .outerjoin(Task.group)
        .join(Task.plan)
        .where(Assignment.id.in_(ids))
    )
    rows = db.session.execute(query).all()
    deliverables = _deliverables({row[8] for row in rows})
    by_id = {row[0]: _read(row, deliverables) for row in rows}
    _tell_the_rest(by_id)
    return cast(list[Assignment], [by_id[number] for number in ids])


def _read(row: Any, deliverables: Mapping[int, Sequence[Any]]) -> _Listed:
    plan = _Plan(*row[17:22])
    number, no, title, wording, group = row[12:17]
    task = _Task(number, no, title, wording, plan, None if group is None else _Group(group))
    milestone = _Milestone(row[9], row[10], row[11], deliverables.get(row[8], ()))
    responsible = None if row[7] is None else _Named(row[7])
    return _Listed(row[0], task, milestone, _Unit(row[1], row[6]), row[1], responsible, *row[2:6])


def _deliverables(milestone_ids: Iterable[int]) -> Mapping[int, Sequence[Any]]:
    query = select(Deliverable.milestone_id, Deliverable.id, Deliverable.name)
    query = query.where(Deliverable.milestone_id.in_(milestone_ids)).order_by(Deliverable.position)
    return _gathered(db.session.execute(query))


def _gathered(rows: Iterable[Any]) -> Mapping[int, Sequence[Any]]:
    """The rows by their first column."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def _tell_the_rest(by_id: Mapping[int, _Listed]) -> None:
    """What was attached, explained, reported, handed in and asked for."""
    pieces = select(
        Evidence.assignment_id,
        Evidence.id,
        Evidence.deliverable_id,
        Evidence.replaces_id,
        Evidence.removed_at,
    ).where(Evidence.assignment_id.in_(by_id))
    absences = select(EvidenceAbsence.assignment_id, EvidenceAbsence.deliverable_id).where(
        EvidenceAbsence.assignment_id.in_(by_id)
    )
    asked = select(ExtensionRequest.assignment_id, ExtensionRequest.wanted_on, ExtensionRequest.state).where(
        ExtensionRequest.assignment_id.in_(by_id), ExtensionRequest.state == ExtensionState.PENDING
    )
    for name, query in (
        ("evidence", pieces.order_by(Evidence.id)),
        ("absences", absences),
        ("extension_requests", asked),
        ("progress_reports", _last_reports(ProgressReport.assignment_id.in_(by_id))),
    ):
        for assignment_id, rows in _gathered(db.session.execute(query)).items():
            setattr(by_id[assignment_id], name, rows)
    _tell_submissions(by_id, Submission.assignment_id.in_(by_id))
    for assignment_id, text, at, by in db.session.execute(_last_directions(by_id)):
        by_id[assignment_id].directions = (_Direction(text, at, _Named(by)),)


def _last_directions(ids: Iterable[int]) -> Any:
    of = Comment.assignment_id.in_(ids), Comment.kind == CommentKind.DIRECTION
    last = select(func.max(Comment.id)).where(*of).group_by(Comment.assignment_id)
    columns = Comment.assignment_id, Comment.text, Comment.at, User.name
    return select(*columns).join(Comment.by).where(Comment.id.in_(last))


def _last_reports(of: ColumnElement[bool]) -> Any:
    last = select(func.max(ProgressReport.id)).where(of).group_by(ProgressReport.assignment_id)
    return select(
        ProgressReport.assignment_id, ProgressReport.at, ProgressReport.percent, ProgressReport.difficulties
    ).where(ProgressReport.id.in_(last))


def _tell_submissions(by_id: Mapping[int, _Listed], of: ColumnElement[bool]) -> None:
    query = (
        select(
            Submission.assignment_id,
            Submission.at,
            Submission.withdrawn_at,
            Review.outcome,
            Review.reason,
            Review.mend_by,
            Review.at,
            User.name,
        )
        .select_from(Submission)
        .outerjoin(Submission.review)
        .outerjoin(Review.by)
        .where(of)
        .order_by(Submission.id)
    )
    for assignment_id, at, withdrawn_at, outcome, reason, mend_by, answered_at, by in db.session.execute(
        query
    ):
        answer = None if outcome is None else _Review(outcome, reason, mend_by, answered_at, _Named(by))
        by_id[assignment_id].submissions.append(_Submission(at, withdrawn_at, answer))
