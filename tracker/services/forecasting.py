"""Which letters a plan will send, to whom and when, if everything stays as it is: the run of each day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.deadlines.meaning import Kind
from tracker.deadlines.workdays import DaysOff
from tracker.models import Assignment, Plan, Task, Unit, User
from tracker.rules import notices
from tracker.rules.notices.answers import Due, date_of
from tracker.rules.notices.facts import Deed, Facts, OpenAssignment, StandingDay, TrackedDates
from tracker.rules.notices.people import LetterChoice, Recipient, RecipientKind
from tracker.rules.notices.table import DEFAULT_RULES, When
from tracker.rules.reporting import closing_days
from tracker.rules.states import State
from tracker.services import correspondents, days_off, outstanding, plan_rules, readiness, standing
from tracker.words import RULE_WORDS

RULES = tuple(rule for rule in DEFAULT_RULES if rule.when is not When.WEEK)  # that letter is of no one plan
AFTERWARDS = timedelta(days=60)  # the last overdue notice falls within that
FURTHEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing a letter will say: why («Sắp đến hạn»), of which task or unit, and of which date."""

    why: str
    title: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Expected:
    """A letter that will go out on a day."""

    day: date
    recipient: str
    things: Sequence[Thing]


@dataclass(frozen=True, slots=True)
class _Open:
    """An assignment of the plan, stored or still to be made."""

    number: int
    task: Task
    unit_id: int
    kind: Kind
    starts_on: date | None
    due_on: date | None
    tracked_from: date
    responsible_id: int | None = None


def forecast(plan: Plan, *, today: date, roll: DaysOff | None = None) -> list[Expected]:
    """The letters of the days after today: of a draft as if it were published today, with `roll` as for that.

    What recurs is told of as far as its occurrences are known: the current one and the next.
    """
    rows = list(_stored(plan) if plan.published_at else _to_be_made(plan, today, roll))
    calendar = days_off.calendar()
    facts, names = _facts(plan, rows, today), _names(rows)
    expected: list[Expected] = []
    since = today
    for day in _working_days(today, _until(plan, rows, today), calendar):
        answers = notices.due(
            _of_that_day(facts, rows, since, day, calendar), RULES, day, calendar, since=since
        )
        expected += _letters(day, answers, names, plan)
        facts, since = replace(facts, deeds=()), day
    return expected


def _stored(plan: Plan) -> Iterator[_Open]:
    query = (
        select(Assignment)
        .join(Assignment.task)
        .where(Task.plan_id == plan.id, Assignment.state == State.OPEN)
        .options(joinedload(Assignment.task), joinedload(Assignment.milestone))
        .order_by(Assignment.id)
    )
    for one in db.session.scalars(query):
        yield _Open(
            one.id,
            one.task,
            one.unit_id,
            one.milestone.kind,
            one.starts_on,
            one.due_on,
            one.tracked_from,
            one.responsible_id,
        )


def _to_be_made(plan: Plan, today: date, roll: DaysOff | None) -> Iterator[_Open]:
    """The assignments that publishing today would make; past dates are left to the decisions on them."""
    number = 0
    for task, milestone, dates in readiness.tracked(readiness.loaded(plan), plan, today, roll):
        for party in task.leads:
            number += 1
            if not readiness.is_past(dates, today):
                yield _Open(
                    number,
                    task,
                    party.unit_id,
                    milestone.kind,
                    dates.starts_on,
                    dates.due_on,
                    tracked_from=today,
                )


def _facts(plan: Plan, rows: Sequence[_Open], today: date) -> Facts:
    published = [] if plan.published_at else rows
    return Facts(
        people=correspondents.people(),
        tasks=outstanding.watched_tasks(plan.id),
        undated_tasks=sorted({r.task.id for r in rows if r.due_on is None and r.kind is not Kind.CONTINUOUS}),
        standing=list(_standing(plan, rows, today)),
        lead_units={row.unit_id: frozenset({plan.watching_unit_id}) for row in rows},
        deeds=[Deed(r.number, "published", today, r.number, r.task.id, r.unit_id) for r in published],
    )


def _standing(plan: Plan, rows: Sequence[_Open], today: date) -> Iterator[StandingDay]:
    since = {row.unit_id: row.tracked_from for row in rows if row.kind is Kind.CONTINUOUS}
    last = min(plan.ends_on or today + FURTHEST, today + FURTHEST)
    days = list(closing_days(standing.MONTHS[plan.cadence], today, last)) or [last]
    for unit_id, tracked_from in since.items():
        for day in days:
            yield StandingDay(
                plan.id, plan.watching_unit_id, unit_id, day, tracked_from, plan_rules.changes_of(plan)
            )


def _until(plan: Plan, rows: Sequence[_Open], today: date) -> date:
    last = max([row.due_on for row in rows if row.due_on], default=plan.ends_on or today)
    return min(last + AFTERWARDS, today + FURTHEST)


def _working_days(today: date, last: date, calendar: DaysOff) -> Iterator[date]:
    day = calendar.next_working_day(today)
    while day <= last:
        yield day
        day = calendar.next_working_day(day)


def _of_that_day(facts: Facts, rows: Sequence[_Open], since: date, day: date, calendar: DaysOff) -> Facts:
    """The facts with just the assignments of which something is said on the day."""
    dated = [(row, TrackedDates(row.starts_on, row.due_on, row.tracked_from)) for row in rows if row.due_on]
    changes = {task.changes for task in facts.tasks.values()}
    spoken_of = notices.due_dates_spoken_of(
        (dates for _, dates in dated), RULES, day, calendar, since=since, changes=changes
    )
    return replace(
        facts,
        assignments=[
            OpenAssignment(row.number, row.task.id, row.unit_id, dates, row.responsible_id)
            for row, dates in dated
            if dates.due_on in spoken_of
        ],
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """Ids to what they are called."""

    users: Mapping[int, str]
    units: Mapping[int, str]
    assignments: Mapping[int, str]
    tasks: Mapping[int, str]
    last_days: Mapping[int, date | None]  # by assignment

    def recipient(self, recipient: Recipient) -> str:
        names = self.users if recipient.kind is RecipientKind.USER else self.units
        return names[recipient.id]

    def thing(self, due: Due, plan: Plan) -> Thing:
        titles = {"assignment": self.assignments, "task": self.tasks, "unit": self.units}
        title = titles.get(due.subject, {}).get(due.subject_id, plan.title)
        last_day = self.last_days.get(due.subject_id) if due.subject == "assignment" else None
        return Thing(RULE_WORDS[due.rule], title, date_of(due.occasion) or last_day)


def _names(rows: Sequence[_Open]) -> _Names:
    units = {number: name for number, name in db.session.execute(select(Unit.id, Unit.name))}
    users = {number: name for number, name in db.session.execute(select(User.id, User.name))}
    return _Names(
        users,
        units,
        {row.number: row.task.title for row in rows},
        {row.task.id: row.task.title for row in rows},
        {row.number: row.due_on for row in rows},
    )


def _letters(day: date, answers: Iterable[Due], names: _Names, plan: Plan) -> Iterator[Expected]:
    """The answers of a day, bound by recipient."""
    things: dict[Recipient, list[Thing]] = defaultdict(list)
    for due in answers:
        if not due.skipped:
            reader = replace(due.recipient, letters=LetterChoice.DAILY)  # one letter, however often one reads
            things[reader].append(names.thing(due, plan))
    letters = [Expected(day, names.recipient(recipient), said) for recipient, said in things.items()]
    return iter(sorted(letters, key=lambda letter: letter.recipient))
