"""The deadlines of a feed: the lead unit's own one by one, all others one a task and due date."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, and_, case, func, select

from tracker.db import db
from tracker.models import Assignment, Milestone, Plan, Task, Unit
from tracker.render.calendar import Entry
from tracker.rules.states import State
from tracker.rules.timeliness import is_overdue
from tracker.services.feed_views import WAITING, Options, View, view
from tracker.services.feeding import Opened
from tracker.words import STATE_WORDS, date_words, first_moment

NAMESPACE = UUID("0b9d8a0e-6a58-4f2e-9e0b-5a4d3c1f7e26")  # our own, drawn once (RFC 9562, 5.5)
COUNTED = (*WAITING, State.DONE)


def entries(opened: Opened, today: date, options: Options, base_url: str) -> list[Entry]:
    """What the feed lists on the day, by due date; `base_url` is where the site is reached."""
    shown = view(opened, today, options)
    alone = (_alone(row, today, options, base_url) for row in db.session.execute(_one_by_one(shown)))
    together = (_together(row, today, options, base_url) for row in db.session.execute(_by_task(shown)))
    return sorted([*alone, *together], key=lambda entry: (entry.day, entry.title, entry.uid))


def count_entries(feeds: Iterable[Opened], today: date) -> list[int]:
    """How many deadlines each of the feeds lists on the day; one query."""
    counts = [_count_of(view(opened, today, Options())) for opened in feeds]
    return list(db.session.execute(select(*counts)).one()) if counts else []


def _count_of(shown: View) -> ColumnElement[int]:
    listed = and_(shown.within, shown.listed)
    alone = select(func.count(Assignment.id)).where(listed, shown.alone)
    tasks = select(Assignment.task_id, Assignment.due_on).where(listed, ~shown.alone).distinct()
    together = select(func.count()).select_from(tasks.subquery())
    return alone.scalar_subquery() + together.scalar_subquery()


def entry_of(assignment: Assignment, today: date, base_url: str) -> Entry | None:
    """The entry of one assignment, the same as in its unit's feed; None for what has no due date."""
    return entries_of([assignment.id], today, base_url).get(assignment.id)


def entries_of(assignment_ids: Collection[int], today: date, base_url: str) -> Mapping[int, Entry]:
    """The entries of these assignments by their ids, without those that have no due date; one query."""
    query = _rows().where(Assignment.id.in_(assignment_ids), Assignment.due_on.is_not(None))
    return {row.id: _alone(row, today, Options(), base_url) for row in db.session.execute(query)}


def _rows():
    return (
        select(
            Assignment.id,
            Assignment.due_on,
            Assignment.state,
            Assignment.version,
            Assignment.changed_at,
            Milestone.text.label("wording"),
            Task.title,
            Plan.number,
            Plan.title.label("plan_title"),
            Plan.created_at.label("plan_created_at"),
            Unit.name.label("unit"),
        )
        .join(Assignment.milestone)
        .join(Assignment.task)
        .join(Task.plan)
        .join(Assignment.unit)
    )


def _one_by_one(shown: View):
    return _rows().where(shown.within, shown.listed, shown.alone)


def _alone(row: Any, today: date, options: Options, base_url: str) -> Entry:
    overdue = is_overdue(row.state, row.due_on, today)
    word = "overdue" if overdue else row.state.value
    return Entry(
        uid=_uid(row.plan_created_at, "assignment", row.id),
        day=row.due_on,
        title=row.title,
        changed_at=_stamp(row.changed_at, row.due_on, overdue),
        sequence=2 * row.version + overdue,
        url=f"{base_url}/assignments/{row.id}/",
        overdue=overdue,
        done=row.state is State.DONE,
        categories=_categories(row.number, "" if row.state is State.OPEN and not overdue else word),
        description="" if options.brief else _description(row, f"Chủ trì: {row.unit}"),
    )


def _by_task(shown: View):
    """One row a task and due date, whatever the number of units; it is listed while one of them is.

    All units of an occurrence change together, so that one whose date moves away is seen to have left.
    """
    occurrence = (Assignment.milestone_id, Assignment.occurrence)
    grown = 2 * Assignment.version + case((shown.overdue, 1), else_=0)
    each = (
        select(
            Assignment.id,
            Assignment.task_id,
            Assignment.milestone_id,
            Assignment.due_on,
            Assignment.state,
            Unit.name.label("unit"),
            case((shown.listed, 1), else_=0).label("listed"),
            case((shown.overdue, 1), else_=0).label("overdue"),
            func.max(Assignment.changed_at).over(partition_by=occurrence).label("changed_at"),
            func.sum(grown).over(partition_by=occurrence).label("sequence"),
        )
        .join(Assignment.unit)
        .where(shown.within, ~shown.alone)
        .subquery()
    )
    counted, waiting = each.c.state.in_(COUNTED), each.c.state.in_(WAITING)
    groups = (
        select(
            each.c.task_id,
            each.c.due_on,
            func.min(each.c.id).label("id"),
            func.min(each.c.milestone_id).label("milestone_id"),
            func.min(each.c.unit).filter(counted).label("unit"),
            func.count().filter(counted).label("units"),
            func.count().filter(waiting).label("waiting"),
            func.max(each.c.overdue).label("overdue"),
            func.max(each.c.changed_at).label("changed_at"),
            func.max(each.c.sequence).label("sequence"),
        )
        .group_by(each.c.task_id, each.c.due_on)
        .having(func.max(each.c.listed) == 1)
        .subquery()
    )
    return (
        select(
            groups,
            Milestone.text.label("wording"),
            Task.title,
            Plan.id.label("plan_id"),
            Plan.number,
            Plan.title.label("plan_title"),
            Plan.created_at.label("plan_created_at"),
        )
        .join(Milestone, Milestone.id == groups.c.milestone_id)
        .join(Task, Task.id == groups.c.task_id)
        .join(Task.plan)
    )


def _together(row: Any, today: date, options: Options, base_url: str) -> Entry:
    overdue, done = bool(row.overdue), row.waiting == 0
    units = f"Chủ trì: {row.unit}" if row.units == 1 else f"Chủ trì: {row.units} đơn vị"
    return Entry(
        uid=_uid(row.plan_created_at, "task", row.id),
        day=row.due_on,
        title=row.title if row.units == 1 else f"{row.title} ({_count(row)})",
        changed_at=_stamp(row.changed_at, row.due_on, overdue),
        sequence=row.sequence,
        url=f"{base_url}/plans/{row.plan_id}/tasks/{row.task_id}",
        overdue=overdue,
        done=done,
        categories=_categories(row.number, "overdue" if overdue else "done" if done else ""),
        description="" if options.brief else _description(row, units),
    )


def _count(row: Any) -> str:
    """«168/203 đơn vị đã xong»."""
    return f"{row.units - row.waiting}/{row.units} đơn vị đã xong"


def _uid(plan_created_at: datetime, kind: str, number: int) -> str:
    """A name that never changes and that no other deployment gives (RFC 7986, 5.3)."""
    return str(uuid5(NAMESPACE, f"{plan_created_at.isoformat()} {kind} {number}"))


def _stamp(changed_at: datetime, due_on: date, overdue: bool) -> datetime:
    """When the entry last changed; turning overdue is a change, at midnight after the last day."""
    return max(changed_at, first_moment(due_on + timedelta(days=1))) if overdue else changed_at


def _categories(number: str, state: str) -> tuple[str, ...]:
    return tuple(filter(None, (number, STATE_WORDS.get(state, ""))))


def _description(row: Any, units: str) -> str:
    return "\n".join(_notes(row, units))


def _notes(row: Any, units: str) -> Iterator[str]:
    yield f"Kế hoạch {row.number}: {row.plan_title}" if row.number else row.plan_title
    wording = f"“{row.wording}”, " if row.wording else ""
    yield f"Thời hạn: {wording}hạn cuối {date_words(row.due_on)}"
    yield units
