"""What recurs is topped up every day, whatever happened meanwhile."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tracker.deadlines.meaning import Kind
from tracker.models import Assignment, PartyRole, TaskParty
from tracker.services import auditing, managing, publishing, recurring

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
TODAY = date(2026, 6, 18)
PLAN = {"published_at": None, "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}


def top_up(today):
    now = NOW + (today - TODAY)
    return recurring.top_up(now=now, today=today)


@pytest.fixture
def monthly(cast, make_plan, make_task, session):
    """A published monthly task of two units: so far the occurrences of June and July exist."""
    plan = make_plan(**PLAN)
    task = make_task(plan, kind=Kind.RECURRING, due_on=None, text="Trước ngày 25 hằng tháng", helpers=[])
    task.milestones[0].rrule = "FREQ=MONTHLY;BYMONTHDAY=24"
    task.parties.append(TaskParty(unit=cast.office, role=PartyRole.LEAD, position=2))
    session.flush()
    publishing.publish(plan, {}, actor=cast.chi, now=NOW, today=TODAY)
    return task


def occurrences(session, unit):
    query = select(Assignment.occurrence).where(Assignment.unit_id == unit.id)
    return list(session.scalars(query.order_by(Assignment.occurrence)))


def test_nothing_is_missing_until_the_current_occurrence_has_passed(cast, monthly, session):
    assert top_up(TODAY) == []
    assert top_up(date(2026, 6, 24)) == []
    made = top_up(date(2026, 6, 25))
    assert [(a.unit, a.occurrence, a.starts_on) for a in made] == [
        (cast.economy, "2026-08-24", date(2026, 8, 1)),
        (cast.office, "2026-08-24", date(2026, 8, 1)),
    ]
    assert top_up(date(2026, 6, 25)) == []
    [entry] = auditing.entries_about(made[0])
    assert (entry.verb, entry.actor, entry.after["due_on"]) == ("assign", None, "2026-08-24")


def test_after_a_long_outage_what_came_and_went_is_made_too(cast, monthly, session):
    top_up(date(2026, 10, 1))
    assert occurrences(session, cast.economy) == [f"2026-{month:02}-24" for month in (6, 7, 8, 9, 10, 11)]


def test_nothing_goes_beyond_the_period_of_the_plan(cast, monthly, session):
    for month in range(7, 13):
        top_up(date(2026, month, 28))
    top_up(date(2027, 3, 1))
    assert occurrences(session, cast.office)[-1] == "2026-12-24"


def test_the_next_one_goes_to_whoever_answers_for_the_latest(cast, monthly, session):
    july = session.scalars(
        select(Assignment).where(Assignment.unit_id == cast.economy.id, Assignment.occurrence > "2026-07")
    ).one()
    managing.reassign(july, cast.culture, "Đúng chức năng.", actor=cast.chi, now=NOW)
    top_up(date(2026, 6, 25))
    assert occurrences(session, cast.economy) == ["2026-06-24"]
    assert occurrences(session, cast.culture) == ["2026-07-24", "2026-08-24"]


def test_one_cancelled_occurrence_is_skipped_and_two_end_the_series(cast, monthly, session):
    _june, july = session.scalars(
        select(Assignment).where(Assignment.unit_id == cast.economy.id).order_by(Assignment.occurrence)
    )
    managing.cancel(july, "Gộp báo cáo.", actor=cast.chi, now=NOW)
    assert len(top_up(date(2026, 6, 25))) == 2
    august = session.scalars(
        select(Assignment).where(Assignment.unit_id == cast.economy.id, Assignment.occurrence > "2026-08")
    ).one()
    managing.cancel(august, "Không còn.", actor=cast.chi, now=NOW)
    assert {a.unit for a in top_up(date(2026, 7, 25))} == {cast.office}


def test_drafts_are_left_alone_and_the_number_of_queries_does_not_grow(
    cast, make_plan, make_task, session, count_queries
):
    def published(count):
        plan = make_plan(**PLAN)
        for _ in range(count):
            task = make_task(plan, kind=Kind.RECURRING, due_on=None, helpers=[])
            task.milestones[0].rrule = "FREQ=MONTHLY;BYMONTHDAY=-1"
        publishing.publish(plan, {}, actor=cast.chi, now=NOW, today=TODAY)

    def queries(today):
        session.flush()
        session.expire_all()
        with count_queries() as sent:
            assert top_up(today)
        return len(sent)

    draft = make_task(make_plan(**PLAN), kind=Kind.RECURRING, due_on=None)
    draft.milestones[0].rrule = "FREQ=MONTHLY;BYMONTHDAY=-1"
    published(1)
    few = queries(date(2026, 7, 1))
    published(29)
    assert queries(date(2026, 8, 1)) == few
