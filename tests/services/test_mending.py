"""A misread milestone is mended for all its units: open work takes the new dates, nothing is lost."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tracker.deadlines import meaning
from tracker.deadlines.meaning import Kind
from tracker.models import Assignment
from tracker.rules.states import State
from tracker.services import auditing, mending, progress, publishing, recurring, reviewing
from tracker.services.refusals import Refused

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
TODAY = date(2026, 6, 18)
QUARTERLY = "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"
MONTHLY = "FREQ=MONTHLY;BYMONTHDAY=-1"


@pytest.fixture
def published(cast, make_plan, make_task, session):
    """A factory of a published task of two units, by the kind and columns of its milestone."""

    def make(kind, due_on=None, rrule=None):
        plan = make_plan(published_at=None)
        task = make_task(plan, kind=kind, due_on=due_on, leads=[cast.economy, cast.office], helpers=[])
        task.milestones[0].rrule = rrule
        session.flush()
        publishing.publish(plan, {}, actor=cast.chi, now=NOW, today=TODAY)
        return task.milestones[0]

    return make


def mend(milestone, cast, kind, *, start=None, due=None, rrule=None, reason="Đọc nhầm.", today=TODAY):
    meant = meaning.Milestone(kind=kind, text="", start=start, due=due, rrule=rrule)
    mending.correct_milestone(milestone, meant, reason, actor=cast.chi, now=NOW, today=today)


def of(unit, session):
    query = select(Assignment).where(Assignment.unit_id == unit.id)
    found = session.scalars(query.order_by(Assignment.due_on, Assignment.id))
    return [(a.state, a.occurrence, a.due_on) for a in found]


def test_another_date_moves_every_unit_and_keeps_the_old_one_on_record(cast, published, session):
    milestone = published(Kind.BY, date(2026, 6, 30))
    for _ in range(2):
        mend(milestone, cast, Kind.PERIOD, start=date(2026, 7, 1), due=date(2026, 9, 30))
    for unit in (cast.economy, cast.office):
        assert of(unit, session) == [(State.OPEN, "2026-06-30", date(2026, 9, 30))]
    [assignment] = session.scalars(select(Assignment).where(Assignment.unit_id == cast.economy.id))
    assert [(c.from_on, c.to_on) for c in assignment.due_changes] == [(date(2026, 6, 30), date(2026, 9, 30))]
    assert (milestone.kind, assignment.starts_on) == (Kind.PERIOD, date(2026, 7, 1))
    [entry] = auditing.entries_about(milestone)
    assert (entry.before["kind"], entry.after["kind"]) == ("by", "period")


def test_what_was_undated_can_turn_out_to_recur(cast, published, session):
    milestone = published(Kind.UNRESOLVED)
    mend(milestone, cast, Kind.RECURRING, rrule=QUARTERLY)
    assert of(cast.economy, session) == [
        (State.OPEN, "2026-06-30", date(2026, 6, 30)),
        (State.OPEN, "2026-09-30", date(2026, 9, 30)),
    ]
    assert recurring.top_up(now=NOW, today=TODAY) == []


def test_what_recurs_can_turn_out_to_be_due_once(cast, published, session):
    milestone = published(Kind.RECURRING, rrule=QUARTERLY)
    mend(milestone, cast, Kind.BY, due=date(2026, 12, 31))
    assert of(cast.office, session) == [
        (State.CANCELLED, "2026-09-30", date(2026, 9, 30)),
        (State.OPEN, "2026-12-31", date(2026, 12, 31)),
    ]
    assert recurring.top_up(now=NOW, today=date(2027, 1, 5)) == []


def test_the_occurrence_that_has_the_day_already_is_the_one_that_stays(cast, published, session):
    milestone = published(Kind.RECURRING, rrule=QUARTERLY)
    mend(milestone, cast, Kind.BY, due=date(2026, 9, 30))
    assert of(cast.office, session) == [
        (State.CANCELLED, "2026-06-30", date(2026, 6, 30)),
        (State.OPEN, "2026-09-30", date(2026, 9, 30)),
    ]


def test_one_rule_can_take_the_place_of_another(cast, published, session):
    milestone = published(Kind.RECURRING, rrule=QUARTERLY)
    mend(milestone, cast, Kind.RECURRING, rrule=MONTHLY)
    assert of(cast.economy, session) == [
        (State.OPEN, "2026-06-30", date(2026, 6, 30)),
        (State.OPEN, "2026-07-31", date(2026, 7, 31)),
    ]
    mend(milestone, cast, Kind.RECURRING, rrule=QUARTERLY)
    assert [due for _, _, due in of(cast.economy, session)] == [date(2026, 6, 30), date(2026, 9, 30)]


def test_what_is_done_stays_done_and_its_name_is_not_taken(cast, published, session):
    milestone = published(Kind.RECURRING, rrule=QUARTERLY)
    [current, _next] = session.scalars(
        select(Assignment).where(Assignment.unit_id == cast.economy.id).order_by(Assignment.occurrence)
    )
    for deliverable in milestone.deliverables:
        progress.explain_absence(current, deliverable, "Không có.", actor=cast.an, now=NOW)
    progress.submit(current, actor=cast.an, now=NOW)
    reviewing.confirm(current, actor=cast.chi, now=NOW)
    mend(milestone, cast, Kind.RECURRING, rrule=MONTHLY)
    assert of(cast.economy, session) == [
        (State.DONE, "2026-06-30", date(2026, 6, 30)),
        (State.OPEN, "2026-07-31", date(2026, 7, 31)),
    ]


def test_done_work_takes_a_new_date_and_is_judged_by_it(cast, published, session):
    milestone = published(Kind.BY, date(2026, 6, 30))
    for assignment in session.scalars(select(Assignment)):
        assignment.state, assignment.completed_on = State.DONE, TODAY
    mend(milestone, cast, Kind.BY, due=date(2026, 3, 31))
    assert of(cast.economy, session) == [(State.DONE, "2026-06-30", date(2026, 3, 31))]


def test_a_reason_is_needed_and_a_rule_that_gives_dates(cast, published):
    milestone = published(Kind.BY, date(2026, 6, 30))
    with pytest.raises(Refused, match="lý do đính chính"):
        mend(milestone, cast, Kind.CONTINUOUS, reason="")
    with pytest.raises(Refused, match="không có kỳ nào"):
        mend(milestone, cast, Kind.RECURRING, rrule="FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31")
    assert milestone.kind is Kind.BY
