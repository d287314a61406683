"""Working out who must be told what, and storing each answer once."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import func, select

from tracker.db import db, insert_if_new
from tracker.models import AnsweredDay, Notice, NoticeState, Plan
from tracker.rules import notices
from tracker.rules.notices.answers import Due
from tracker.rules.notices.people import RecipientKind
from tracker.rules.notices.table import DEFAULT_RULES, URGENT_RULES
from tracker.services import days_off, outstanding
from tracker.words import first_moment, local_day

AT_ONCE = 1000  # notices stored with one statement


def run(*, now: datetime) -> int:
    """Store what must be said today and was not yet; returns how many notices that made.

    Said again, by another process, after a crash or after days without a run, it neither forgets nor
    repeats: every notice has a key that can exist once. On a day off it does nothing. The caller commits.
    """
    today, calendar = local_day(now), days_off.calendar()
    if not calendar.is_working(today):
        return 0
    since, asked_at = _last_answered(today)
    facts = outstanding.facts(DEFAULT_RULES, calendar, since=since, today=today, asked_at=asked_at)
    before = _count()
    for some in _in_parts(notices.due(facts, DEFAULT_RULES, today, calendar, since=since)):
        insert_if_new(Notice, [_row(due, now) for due in some])
    insert_if_new(AnsweredDay, [{"day": today, "at": now}])
    return _count() - before


def tell_urgent(*, now: datetime) -> int:
    """Store what cannot wait and was done since the morning's run; returns how many notices that made.

    Before that run, and on a day off, it does nothing: the next run finds it. The caller commits.
    """
    today, calendar = local_day(now), days_off.calendar()
    answered = db.session.get(AnsweredDay, today)
    if answered is None or not calendar.is_working(today):
        return 0
    facts, before = outstanding.urgent_facts(URGENT_RULES, answered.at), _count()
    insert_if_new(
        Notice, [_row(due, now) for due in notices.due(facts, URGENT_RULES, today, calendar, since=today)]
    )
    return _count() - before


def _last_answered(today: date) -> tuple[date, datetime]:
    """The last day that was answered for and when; before the first one, the day before the first publishing.

    Days ahead of today do not count: they come from a clock that was wrong.
    """
    last = db.session.scalars(
        select(AnsweredDay).where(AnsweredDay.day <= today).order_by(AnsweredDay.day.desc()).limit(1)
    ).first()
    if last is not None:
        return last.day, last.at
    first = db.session.scalar(select(func.min(Plan.published_at)))
    day = min(local_day(first), today) if first else today
    return day - timedelta(days=1), first_moment(day)


def _in_parts(answers: Iterable[Due]) -> Iterator[list[Due]]:
    answers = iter(answers)
    while some := list(islice(answers, AT_ONCE)):
        yield some


def _row(due: Due, now: datetime) -> dict[str, Any]:
    is_person = due.recipient.kind is RecipientKind.USER
    return {
        "key": due.key,
        "user_id": due.recipient.id if is_person else None,
        "unit_id": None if is_person else due.recipient.id,
        "rule": due.rule,
        "subject": due.subject,
        "subject_id": due.subject_id,
        "occasion": due.occasion,
        "planned_on": due.planned_on,
        "state": NoticeState.SKIPPED if due.skipped else NoticeState.PENDING,
        "created_at": now,
    }


def _count() -> int:
    return db.session.scalar(select(func.count()).select_from(Notice)) or 0
