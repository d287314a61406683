"""What recurs exists as the current occurrence and the next: topped up every day."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.deadlines.meaning import Kind
from tracker.models import Assignment, Milestone, Plan, Task, Unit
from tracker.rules.states import State
from tracker.services import assigning, milestones
from tracker.services.assigning import Row
from tracker.services.milestones import AT_ONCE, Dates

ONE_DAY = timedelta(days=1)
LONGEST_OUTAGE = timedelta(days=366)  # plans that ended before that are not looked at again


@dataclass(frozen=True, slots=True)
class Series:
    """The occurrences one party has of a milestone: the latest, who answers for it, and whether it ended."""

    latest: str
    unit_id: int
    ended: bool


def top_up(*, now: datetime, today: date) -> list[Assignment]:
    """Make every occurrence that is missing up to the current one and the next; said again it does nothing.

    Occurrences that came and went while nothing ran are made too. An occurrence goes to whoever answers for
    the one before it, or, where that unit has ended, to the heir chosen then; where the last two were
    cancelled, no more are made.
    """
    recurring = _milestones(today)
    series, ended = _series(), _ended_units()
    rows = [row for milestone in recurring for row in _missing(milestone, series, ended, today)]
    return assigning.give(rows, actor=None, now=now)


def _milestones(today: date) -> Sequence[Milestone]:
    query = (
        select(Milestone)
        .join(Milestone.task)
        .join(Task.plan)
        .where(
            Milestone.kind == Kind.RECURRING,
            Plan.published_at.is_not(None),
            or_(Plan.ends_on.is_(None), Plan.ends_on >= today - LONGEST_OUTAGE),
        )
        .options(
            joinedload(Milestone.task).options(joinedload(Task.plan), selectinload(Task.parties)),
        )
        .order_by(Milestone.id)
    )
    return db.session.scalars(query).all()


def _series() -> Mapping[tuple[int, int], Series]:
    """Every series under its milestone and party, from the last two occurrences of each; one query."""
    place = func.row_number().over(
        partition_by=(Assignment.milestone_id, Assignment.party_id), order_by=Assignment.occurrence.desc()
    )
    ranked = (
        select(
            Assignment.milestone_id,
            Assignment.party_id,
            Assignment.occurrence,
            Assignment.unit_id,
            Assignment.state,
            place.label("place"),
        )
        .join(Milestone, Milestone.id == Assignment.milestone_id)
        .where(Milestone.kind == Kind.RECURRING)
        .subquery()
    )
    query = select(ranked).where(ranked.c.place <= AT_ONCE).order_by(ranked.c.place)
    found = defaultdict(list)
    for row in db.session.execute(query):
        found[row.milestone_id, row.party_id].append(row)
    return {
        key: Series(rows[0].occurrence, rows[0].unit_id, all(row.state == State.CANCELLED for row in rows))
        for key, rows in found.items()
    }


def _ended_units() -> Collection[int]:
    return set(db.session.scalars(select(Unit.id).where(Unit.last_on.is_not(None))))


def _missing(
    milestone: Milestone,
    series: Mapping[tuple[int, int], Series],
    ended: Collection[int],
    today: date,
) -> Iterator[Row]:
    lacking: dict[str, list[Dates]] = {}  # after each latest occurrence; most parties have the same
    for party in milestone.task.leads:
        known = series.get((milestone.id, party.id))
        if known is not None and known.ended:
            continue
        latest = known.latest if known else ""
        if latest not in lacking:
            lacking[latest] = _after(milestone, latest, today)
        unit_id = known.unit_id if known else party.unit_id
        if unit_id in ended and party.heir_id is not None:
            unit_id = party.heir_id
        for dates in lacking[latest]:
            yield assigning.row(milestone, party, dates, tracked_from=today, unit_id=unit_id)


def _after(milestone: Milestone, latest: str, today: date) -> list[Dates]:
    """The occurrences after the latest one there is, up to the one that follows the current."""
    plan = milestone.task.plan
    ahead = milestones.dates_from(milestone, plan, today)
    last = ahead[-1].occurrence if len(ahead) == AT_ONCE else date.max.isoformat()
    since = date.fromisoformat(latest) + ONE_DAY if latest else today
    coming = milestones.upcoming(milestone, plan, since)
    return list(takewhile(lambda dates: dates.occurrence <= last, coming))
