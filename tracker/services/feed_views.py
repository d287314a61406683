"""What a feed draws from on a day, and its version: a cheap query that changes whenever its bytes do."""

import hashlib
from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, true

from tracker import __version__, visibility
from tracker.db import db
from tracker.deadlines.periods import quarter_of
from tracker.grants import WORKERS
from tracker.models import (
    Assignment,
    AuditEntry,
    Feed,
    FeedScope,
    FormerLead,
    Milestone,
    PartyRole,
    Plan,
    Task,
    TaskParty,
    Unit,
    User,
)
from tracker.rules.states import State
from tracker.services.feeding import Opened
from tracker.words import first_moment

KEPT_DONE = timedelta(days=90)  # how long what is done stays in a feed that asks for it
WAITING = (State.OPEN, State.SUBMITTED)


@dataclass(frozen=True, slots=True)
class Options:
    """What a fetch may ask for: alarms so many days before, no names and notes, what is done as well."""

    alarms: tuple[int, ...] = ()
    brief: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """Equal tags mean equal bytes; `changed_at` is when the content last changed."""

    etag: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class View:
    """The dated assignments a feed draws from, and which of them are what.

    `within` also holds what has left the feed or may come into it, so that the version sees it go and come.
    `listed` are those shown; `alone` those that stand one by one, the lead unit's own. The others stand
    together by task and due date.
    """

    within: ColumnElement[bool]
    listed: ColumnElement[bool]
    alone: ColumnElement[bool]
    overdue: ColumnElement[bool]


# What a scope draws from, and what of it the feed may list.
Scope = tuple[ColumnElement[bool], ColumnElement[bool]]


def view(opened: Opened, today: date, options: Options) -> View:
    """What the feed draws from; never more than its owner may see."""
    within, listed = _SCOPES[opened.feed.scope](opened, today)
    states: ColumnElement[bool] = Assignment.state.in_(WAITING)
    if options.done:
        states = or_(states, _done_since(today - KEPT_DONE))
    return View(
        within=and_(Assignment.due_on.is_not(None), visibility.visible_to(opened.reach), within),
        listed=and_(states, listed),
        alone=Assignment.unit_id.in_(own_units(opened)),
        overdue=_overdue(today),
    )


def own_units(opened: Opened) -> frozenset[int]:
    """The units whose assignments stand one by one: the unit of the feed, else those its owner works in."""
    if opened.feed.unit_id is not None:
        return frozenset({opened.feed.unit_id})
    return opened.reach.covered(*WORKERS)


def _done_since(day: date) -> ColumnElement[bool]:
    return and_(Assignment.state == State.DONE, Assignment.completed_on >= day)


def _overdue(today: date) -> ColumnElement[bool]:
    return and_(Assignment.state == State.OPEN, Assignment.due_on < today)


def _of_unit(opened: Opened, _today: date) -> Scope:
    """What the unit and those below it lead or help with; what they led before is gone from it."""
    units = opened.reach.below(opened.feed.unit_id or 0)
    helped = select(TaskParty.task_id).where(
        TaskParty.unit_id.in_(units), TaskParty.role == PartyRole.COORDINATING
    )
    led = select(FormerLead.assignment_id).where(FormerLead.unit_id.in_(units))
    listed = or_(Assignment.unit_id.in_(units), Assignment.task_id.in_(helped))
    return or_(listed, Assignment.id.in_(led)), listed


def _of_person(opened: Opened, _today: date) -> Scope:
    """What the owner is responsible for, and what their units lead without anyone named."""
    own = Assignment.unit_id.in_(opened.reach.covered(*WORKERS))
    named = Assignment.responsible_id == opened.reach.user.id
    return or_(own, named), or_(named, and_(own, Assignment.responsible_id.is_(None)))


def _of_plan(opened: Opened, _today: date) -> Scope:
    tasks = select(Task.id).where(Task.plan_id == opened.feed.plan_id)
    return Assignment.task_id.in_(tasks), true()


def _overdue_ones(_opened: Opened, today: date) -> Scope:
    return true(), _overdue(today)


def _this_quarter(_opened: Opened, today: date) -> Scope:
    first, last = quarter_of(today)
    return true(), Assignment.due_on.between(first, last)


_SCOPES: dict[FeedScope, Callable[[Opened, date], Scope]] = {
    FeedScope.UNIT: _of_unit,
    FeedScope.PERSON: _of_person,
    FeedScope.PLAN: _of_plan,
    FeedScope.OVERDUE: _overdue_ones,
    FeedScope.THIS_QUARTER: _this_quarter,
}


def version(opened: Opened, today: date, options: Options, base_url: str) -> Version:
    """The version of the feed's bytes, without building them.

    It moves with every assignment the feed draws from, with what turns overdue at midnight, and with the
    texts and names around them, whose changes are in the log.
    """
    shown = view(opened, today, options)
    figures = db.session.execute(
        select(
            func.count(),
            func.sum(Assignment.id),
            func.sum(Assignment.version),
            func.max(Assignment.changed_at),
            func.count().filter(shown.listed),
            func.count().filter(shown.overdue),
            func.max(Assignment.due_on).filter(shown.overdue),
        ).where(shown.within)
    ).one()
    texts = db.session.execute(_log_of_texts(opened.reach.user)).one()
    content = (
        (__version__, base_url, astuple(options), _described(opened.feed, today)),
        (sorted(own_units(opened)), tuple(figures), tuple(texts)),
    )
    etag = hashlib.sha256(repr(content).encode()).hexdigest()[:40]
    return Version(etag, _changed_at(opened.feed, today, options, (figures[3], texts[1]), figures[6]))


def _described(feed: Feed, today: date) -> tuple[object, ...]:
    quarter = quarter_of(today) if feed.scope is FeedScope.THIS_QUARTER else None
    return feed.id, feed.created_at, feed.name, feed.scope.value, feed.unit_id, feed.plan_id, quarter


def _log_of_texts(owner: User):
    """How often, and when last, a plan, task, deadline or unit changed, or what the owner may see."""
    names = AuditEntry.subject.in_([model.__tablename__ for model in (Plan, Task, Milestone, Unit)])
    grants = and_(AuditEntry.subject == User.__tablename__, AuditEntry.subject_id == owner.id)
    return select(func.count(), func.max(AuditEntry.at)).where(or_(names, grants))


def _changed_at(
    feed: Feed,
    today: date,
    options: Options,
    touched: tuple[datetime | None, ...],
    last_overdue: date | None,
) -> datetime:
    """The latest of all changes; what a day itself changes, changes at its midnight."""
    days = [last_overdue + timedelta(days=1)] if last_overdue else []
    if feed.scope is FeedScope.THIS_QUARTER:
        days.append(quarter_of(today)[0])
    if options.done:
        days.append(today)  # any midnight may be the one at which something done leaves
    return max(
        [feed.created_at, *filter(None, touched), *map(first_moment, days)],
    )
