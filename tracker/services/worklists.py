"""Lists of assignments in the groups a unit works by, most urgent first, and the counts beside the band."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, true, union_all
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.deadlines.meaning import Kind
from tracker.grants import WORKERS, Reach
from tracker.models import (
    Assignment,
    ExtensionRequest,
    ExtensionState,
    Milestone,
    PartyRole,
    Plan,
    Review,
    ReviewOutcome,
    Submission,
    Task,
    TaskParty,
    Unit,
    User,
)
from tracker.rules.states import State
from tracker.rules.timeliness import DUE_SOON_DAYS
from tracker.services import people
from tracker.services.listing import listed
from tracker.visibility import extensions_decided_by, own_work_watched_by, reviewable_by, visible_to
from tracker.words import fold

MOST = 50  # rows of a group shown on the page of all groups
FEW = 3_000  # assignments that are put in order here and not by the database
NOBODY = 0  # in place of a person's id: named to nobody yet


class Group(StrEnum):
    """Where an assignment stands in a list of work; each is in exactly one, and this is their order."""

    OVERDUE = "overdue"
    SOON = "soon"
    RETURNED = "returned"
    QUARTER = "quarter"
    WAITING = "waiting"
    STANDING = "standing"
    UNDATED = "undated"
    LATER = "later"
    SUSPENDED = "suspended"
    DONE = "done"
    CANCELLED = "cancelled"


GROUPS = {group.value: group for group in Group}
PLACES = {group.value: place for place, group in enumerate(Group)}
ALWAYS_DATED = {Group.OVERDUE, Group.SOON, Group.QUARTER, Group.LATER}
OPEN_GROUPS = ALWAYS_DATED | {Group.RETURNED, Group.STANDING, Group.UNDATED}


class Part(StrEnum):
    """Which part the person's own units have in the work: they lead it, they help, or it is only seen."""

    LEAD = "lead"
    COORDINATING = "coordinating"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; `words` are searched in titles and plan numbers, without diacritics.

    `figure` is one of those that people are counted by.
    """

    part: Part = Part.ALL
    words: str = ""
    plan_id: int | None = None
    unit_id: int | None = None
    responsible_id: int | None = None
    group: Group | None = None
    figure: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A group of a list: how many there are, and the first of them."""

    group: Group
    total: int
    assignments: tuple[Assignment, ...]


def end_of_quarter(day: date) -> date:
    """The last day of the quarter that `day` lies in."""
    month = (day.month - 1) // 3 * 3 + 3
    return date(day.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A group of a list: how many there are, and the ids of those that are shown, in their order."""

    group: Group
    total: int
    ids: tuple[int, ...]


def chosen(reach: Reach, today: date, filters: Filters, *, most: int = MOST, page: int = 1) -> list[Chosen]:
    """The groups that are not empty, in order, with a page of `most` ids each; at most three queries."""
    few = _all_of_few(reach, today, filters)
    if few is not None:
        return [Chosen(one, len(ids), tuple(_page(ids, most, page))) for one, ids in few.items()]
    totals = _totals(reach, today, filters)
    parts = []
    for present in sorted(totals, key=list(Group).index):
        after = _after(totals[present], most, page)
        first = _narrowed(select(Assignment.id), reach, filters, today).where(*_clause(present, today))
        first = first.order_by(*_order(present)).limit(most).offset(after)
        parts.append(select(literal(present.value), first.subquery().c.id))
    ids: dict[str, list[int]] = {}
    for name, assignment_id in db.session.execute(union_all(*parts)):
        ids.setdefault(name, []).append(assignment_id)
    return [Chosen(one, totals[one], tuple(ids.get(one.value, ()))) for one in Group if one in totals]


def _all_of_few(reach: Reach, today: date, filters: Filters) -> dict[Group, list[int]] | None:
    """All ids by group in their order, where they are few enough to be put in order here; one query."""
    columns = Assignment.id, _group(today), Assignment.due_on, Assignment.completed_on
    query = _narrowed(select(*columns), reach, filters, today, kinds=True).limit(FEW + 1)
    rows = db.session.execute(query).all()
    if len(rows) > FEW:
        return None
    found: dict[Group, list[int]] = {}
    for assignment_id, name, _, _ in sorted(rows, key=_place):
        found.setdefault(GROUPS[name], []).append(assignment_id)
    return found


def _place(row: Any) -> tuple[int, int, bool, date, int]:
    """Where a row of `_all_of_few` stands: what `_order` says of its group."""
    assignment_id, name, due_on, completed_on = row
    newest_first = -completed_on.toordinal() if name == Group.DONE and completed_on else 0
    return PLACES[name], newest_first, due_on is None, due_on or date.max, assignment_id


def _page(ids: Sequence[int], most: int, page: int) -> Sequence[int]:
    after = _after(len(ids), most, page)
    return ids[after : after + most]


def _after(total: int, most: int, page: int) -> int:
    """How many stand before the page; before the last one where there are not so many pages."""
    return min(max(1, page) - 1, (total - 1) // most) * most


def _totals(reach: Reach, today: date, filters: Filters) -> dict[Group, int]:
    """How many stand in each group that is not empty; one query."""
    if filters.group is not None:  # no need to ask of each in which group it stands
        total = db.session.scalar(_narrowed(select(func.count()), reach, filters, today))
        return {filters.group: total} if total else {}
    group = _group(today).label("group")
    counted = _narrowed(select(group, func.count()), reach, filters, today).group_by(group)
    return {Group(name): total for name, total in db.session.execute(counted)}


def sections(
    reach: Reach, today: date, filters: Filters, *, most: int = MOST, page: int = 1
) -> list[Section]:
    """`chosen` with the assignments themselves and all that belongs to them; a fixed number of queries."""
    found = chosen(reach, today, filters, most=most, page=page)
    query = select(Assignment).where(Assignment.id.in_(_ids(found))).options(*WHOLE)
    return _filled(found, db.session.scalars(query))


def listed_sections(
    reach: Reach, today: date, filters: Filters, *, most: int = MOST, page: int = 1
) -> list[Section]:
    """`sections` to be looked at: its assignments are read in columns."""
    found = chosen(reach, today, filters, most=most, page=page)
    return _filled(found, listed(_ids(found)))


def _ids(found: Iterable[Chosen]) -> list[int]:
    return [number for one in found for number in one.ids]


def _filled(found: Iterable[Chosen], assignments: Iterable[Assignment]) -> list[Section]:
    by_id = {assignment.id: assignment for assignment in assignments}
    return [Section(one.group, one.total, tuple(by_id[number] for number in one.ids)) for one in found]


# What a row of a list shows beside the assignment, fetched at once and not row by row.
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


def _group(today: date) -> ColumnElement[str]:
    soon = today + timedelta(days=DUE_SOON_DAYS)
    counted_on = func.coalesce(Assignment.nominal_on, Assignment.due_on)
    return case(
        (Assignment.state == State.SUBMITTED, Group.WAITING.value),
        (Assignment.state != State.OPEN, Assignment.state),
        (Assignment.due_on < today, Group.OVERDUE.value),
        (_was_returned(), Group.RETURNED.value),
        (Milestone.kind == Kind.CONTINUOUS, Group.STANDING.value),
        (Assignment.due_on.is_(None), Group.UNDATED.value),
        (Assignment.due_on <= soon, Group.SOON.value),
        (counted_on <= end_of_quarter(today), Group.QUARTER.value),
        else_=Group.LATER.value,
    )


def _was_returned() -> ColumnElement[bool]:
    """Whether the last thing handed in and not withdrawn was returned."""
    last = (
        select(func.max(Submission.id))
        .where(Submission.assignment_id == Assignment.id, Submission.withdrawn_at.is_(None))
        .correlate(Assignment)
        .scalar_subquery()
    )
    returned = select(Review.id).where(Review.submission_id == last, Review.outcome == ReviewOutcome.RETURNED)
    return returned.correlate(Assignment).exists()


def _clause(group: Group, today: date) -> list[ColumnElement[bool]]:
    """What stands in the group: first what an index can find, then the rest of what makes it."""
    if group not in OPEN_GROUPS:
        return [Assignment.state == (State.SUBMITTED if group is Group.WAITING else State(group.value))]
    still_open = Assignment.state == State.OPEN
    if group is Group.OVERDUE:
        return [still_open, Assignment.due_on < today]
    return [still_open, _narrows[group](today), _group(today) == group.value]


_narrows: dict[Group, Callable[[date], ColumnElement[bool]]] = {
    Group.SOON: lambda today: Assignment.due_on.between(today, today + timedelta(days=DUE_SOON_DAYS)),
    Group.QUARTER: lambda today: Assignment.due_on > today,
    Group.LATER: lambda today: Assignment.due_on > today,
    Group.UNDATED: lambda today: Assignment.due_on.is_(None),
    Group.RETURNED: lambda today: Assignment.id.in_(_ever_returned()),
    Group.STANDING: lambda today: Assignment.milestone_id.in_(_standing()),
}


def _ever_returned() -> Select:
    return select(Submission.assignment_id).join(Review).where(Review.outcome == ReviewOutcome.RETURNED)


def _standing() -> Select:
    return select(Milestone.id).where(Milestone.kind == Kind.CONTINUOUS)


def _order(group: Group) -> list[Any]:
    """The oldest day first; what is done, the newest first."""
    if group is Group.DONE:
        return [Assignment.completed_on.desc(), Assignment.due_on.is_(None), Assignment.due_on, Assignment.id]
    if group is Group.UNDATED:
        return [Assignment.id]
    if group in ALWAYS_DATED:  # no question that an index could not answer
        return [Assignment.due_on, Assignment.id]
    return [Assignment.due_on.is_(None), Assignment.due_on, Assignment.id]


def _narrowed(
    query: Select, reach: Reach, filters: Filters, today: date, *, kinds: bool | None = None
) -> Select:
    """What the filters leave; joined with milestones where `kinds` of them are asked for, now or by them."""
    query = query.select_from(Assignment).where(visible_to(reach))
    by_columns = filters.group is Group.OVERDUE or filters.group not in {None, *OPEN_GROUPS}
    if kinds or filters.figure is not None or not by_columns:
        query = query.join(Milestone)
    query = query.where(_part(reach, filters.part))
    words = fold(filters.words).split()
    if words or filters.plan_id is not None:
        query = query.join(Task, Task.id == Assignment.task_id).join(Plan)
    for word in words:
        held = (column.contains(word, autoescape=True) for column in (Task.search_text, Plan.search_text))
        query = query.where(or_(*held))
    if filters.plan_id is not None:
        query = query.where(Task.plan_id == filters.plan_id)
    if filters.unit_id is not None:
        query = query.where(Assignment.unit_id == filters.unit_id)
    if filters.responsible_id is not None:
        query = query.where(Assignment.responsible_id.is_not_distinct_from(filters.responsible_id or None))
    if filters.figure is not None:
        query = query.where(people.FIGURES[filters.figure](today))
    if filters.group is not None:
        query = query.where(*_clause(filters.group, today))
    return query


def _part(reach: Reach, part: Part) -> ColumnElement[bool]:
    own = reach.covered(*WORKERS)
    helped = select(TaskParty.task_id).where(
        TaskParty.unit_id.in_(own), TaskParty.role == PartyRole.COORDINATING
    )
    return {
        Part.LEAD: Assignment.unit_id.in_(own),
        Part.COORDINATING: and_(Assignment.task_id.in_(helped), Assignment.unit_id.not_in(own)),
        Part.ALL: true(),
    }[part]


def plans_in_sight(reach: Reach) -> list[Plan]:
    """The plans the person sees an assignment of, newest first: what a list can be narrowed to."""
    seen = select(Task.plan_id).join(Assignment, Assignment.task_id == Task.id).where(visible_to(reach))
    query = select(Plan).where(Plan.id.in_(seen)).order_by(Plan.issued_on.desc(), Plan.id.desc())
    return list(db.session.scalars(query))


def people_responsible(unit_ids: Collection[int]) -> list[User]:
    """Who is named responsible for something in these units, by name."""
    named = select(Assignment.responsible_id).where(Assignment.unit_id.in_(unit_ids))
    return list(db.session.scalars(select(User).where(User.id.in_(named)).order_by(User.search_text)))


def units_overdue(reach: Reach, today: date) -> list[tuple[Unit, int]]:
    """The units that lead something overdue the person may see, with how many, by name."""
    query = (
        select(Unit, func.count())
        .join(Assignment, Assignment.unit_id == Unit.id)
        .where(overdue(reach, today))
        .group_by(Unit.id)
        .order_by(Unit.search_text)
    )
    return [(unit, number) for unit, number in db.session.execute(query)]


def waiting_extensions(reach: Reach) -> ColumnElement[bool]:
    """The WHERE clause of the assignments with a request for more time that the person may decide."""
    pending = select(ExtensionRequest.assignment_id).where(ExtensionRequest.state == ExtensionState.PENDING)
    return Assignment.id.in_(pending) & extensions_decided_by(reach)


def waiting_reviews(reach: Reach) -> ColumnElement[bool]:
    """The WHERE clause of the assignments handed in that the person may confirm or return."""
    return (Assignment.state == State.SUBMITTED) & reviewable_by(reach)


def waiting_for_leader(reach: Reach) -> ColumnElement[bool]:
    """The WHERE clause of what the person's own unit handed in for a plan that the person watches."""
    return (Assignment.state == State.SUBMITTED) & own_work_watched_by(reach)


def overdue(reach: Reach, today: date) -> ColumnElement[bool]:
    """The WHERE clause of the assignments open past their day that the person may see."""
    return (Assignment.state == State.OPEN) & (Assignment.due_on < today) & visible_to(reach)


def count(clause: ColumnElement[bool]) -> int:
    """How many assignments the clause holds for."""
    return db.session.scalar(select(func.count()).select_from(Assignment).where(clause)) or 0
