"""A plan is given out whole or not at all: one assignment for each lead unit and occurrence."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from tracker.deadlines.meaning import Kind
from tracker.deadlines.workdays import DaysOff
from tracker.models import Assignment, AuditEntry, DueChangeKind, OpenParty, PartyRole
from tracker.rules.states import State
from tracker.services import auditing, publishing
from tracker.services.publishing import DoneBefore, NewDate, NotReady, TrackOverdue
from tracker.services.refusals import Refused

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
TODAY = date(2026, 6, 18)
WEEKENDS_OFF = DaysOff()


@pytest.fixture
def draft(make_plan):
    """A plan that was read and is not published yet."""
    return make_plan(published_at=None)


def publish(plan, cast, decisions=None, **words):
    return publishing.publish(plan, decisions or {}, actor=cast.chi, now=NOW, today=TODAY, **words)


def test_every_lead_unit_gets_every_occurrence(cast, draft, make_task):
    task = make_task(draft, leads=[cast.economy, cast.office], helpers=[cast.culture])
    made = publish(draft, cast)
    assert [(a.task, a.unit, a.state, a.due_on, a.occurrence) for a in made] == [
        (task, cast.economy, State.OPEN, date(2026, 6, 30), "2026-06-30"),
        (task, cast.office, State.OPEN, date(2026, 6, 30), "2026-06-30"),
    ]
    assert {a.tracked_from for a in made} == {TODAY}
    assert draft.published_at == NOW
    assert auditing.entries_about(made[0])[0].verb == "assign"
    assert auditing.entries_about(draft)[0].after == {"assignments": 2}


def test_a_period_brings_its_first_day_and_the_undated_and_the_standing_bring_none(cast, draft, make_task):
    quarter = (date(2026, 7, 1), date(2026, 9, 30))
    make_task(draft, kind=Kind.PERIOD, starts_on=quarter[0], due_on=quarter[1], text="Quý III/2026")
    make_task(draft, kind=Kind.CONTINUOUS, due_on=None, text="Thường xuyên")
    make_task(draft, kind=Kind.UNRESOLVED, due_on=None, text="Khi có phát sinh")
    made = publish(draft, cast)
    assert [(a.starts_on, a.due_on, a.occurrence) for a in made] == [
        (*quarter, "2026-09-30"),
        (None, None, ""),
        (None, None, ""),
    ]


def test_what_recurs_begins_with_the_current_occurrence_and_the_next(cast, draft, make_task):
    task = make_task(draft, kind=Kind.RECURRING, due_on=None, text="Hằng quý")
    task.milestones[0].rrule = "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"
    made = publish(draft, cast)
    assert [a.occurrence for a in made] == ["2026-06-30", "2026-09-30"]
    assert made[1].starts_on == date(2026, 7, 1)


def test_nothing_is_given_out_twice(cast, draft, make_task, session):
    make_task(draft, due_on=TODAY)
    publish(draft, cast)
    for day in (TODAY, date(2026, 7, 1)):
        with pytest.raises(Refused, match="đã được giao"):
            publishing.publish(draft, {}, actor=cast.chi, now=NOW, today=day)
    assert session.scalar(select(func.count()).select_from(Assignment)) == 1


def test_what_is_lacking_is_said_task_by_task(cast, make_plan, make_task, session):
    plan = make_plan(published_at=None, issued_on=None, starts_on=None, ends_on=None)
    nobody = make_task(plan, title="Rà soát quy hoạch")
    nobody.parties = []
    nobody.open_parties = [
        OpenParty(phrase="các cơ quan liên quan", role=PartyRole.LEAD, position=1),
        OpenParty(phrase="các hội", role=PartyRole.COORDINATING, position=2),
    ]
    yearly = make_task(plan, kind=Kind.RECURRING, due_on=None, text="Hằng năm")
    bare = make_task(plan)
    bare.milestones = []
    session.flush()
    obstacles = publishing.check(plan, TODAY).obstacles
    assert [(o.task, o.sentence) for o in obstacles] == [
        (None, "kế hoạch chưa có ngày ban hành. Hãy nhập ngày ban hành."),
        (
            nobody,
            "nhiệm vụ 1 “Rà soát quy hoạch” giao “các cơ quan liên quan” chủ trì."
            " Hãy chọn các đơn vị cụ thể.",
        ),
        (nobody, "nhiệm vụ 1 “Rà soát quy hoạch” chưa có đơn vị chủ trì. Hãy chọn đơn vị."),
        (
            yearly,
            "nhiệm vụ 2 “Niêm yết công khai thủ tục hành chính” lặp lại theo kỳ."
            " Hãy nhập giai đoạn của kế hoạch.",
        ),
        (
            bare,
            "nhiệm vụ 3 “Niêm yết công khai thủ tục hành chính” chưa có thời hạn. Hãy nhập thời hạn.",
        ),
    ]
    with pytest.raises(NotReady, match="Chưa giao được nhiệm vụ: kế hoạch chưa có ngày ban hành"):
        publish(plan, cast)
    assert plan.published_at is None
    assert session.scalars(select(Assignment)).all() == []


def test_a_plan_without_tasks_or_number(cast, make_plan, make_task):
    empty = make_plan(number="", published_at=None)
    with pytest.raises(NotReady, match="chưa có nhiệm vụ nào"):
        publish(empty, cast)
    make_task(empty)
    assert len(publish(empty, cast)) == 1


@pytest.fixture
def past(draft, make_task):
    """The milestone of a task that was due before publication."""
    return make_task(draft, due_on=date(2026, 5, 31)).milestones[0]


def test_a_past_row_needs_a_decision(cast, draft, past):
    assert [row.milestone for row in publishing.check(draft, TODAY).past] == [past]
    with pytest.raises(NotReady, match="đã qua hạn"):
        publish(draft, cast)


def test_done_before_tracking(cast, draft, past, session):
    decision = DoneBefore(date(2026, 5, 20), "BC số 12/BC-PKT ngày 20/5/2026")
    [made] = publish(draft, cast, {past.id: decision})
    session.commit()
    assert (made.state, made.completed_on, made.completion_document, made.due_on) == (
        State.DONE,
        date(2026, 5, 20),
        "BC số 12/BC-PKT ngày 20/5/2026",
        date(2026, 5, 31),
    )
    [entry] = auditing.entries_about(made)
    assert (entry.verb, entry.after["completed_on"]) == ("assign", "2026-05-20")


def test_a_new_date_keeps_the_old_one_on_record(cast, draft, past, session):
    [made] = publish(draft, cast, {past.id: NewDate(date(2026, 7, 31))})
    session.commit()
    assert (made.due_on, made.occurrence) == (date(2026, 7, 31), "2026-05-31")
    [change] = made.due_changes
    assert (change.kind, change.from_on, change.to_on) == (
        DueChangeKind.CORRECTION,
        date(2026, 5, 31),
        date(2026, 7, 31),
    )


def test_a_decision_on_what_has_not_passed_changes_nothing(cast, draft, make_task, session):
    milestone = make_task(draft).milestones[0]
    [made] = publish(draft, cast, {milestone.id: NewDate(date(2026, 7, 31))})
    assert (made.due_on, made.due_changes) == (date(2026, 6, 30), [])


def test_tracked_as_overdue_escalation_counts_from_publication(cast, draft, past):
    [made] = publish(draft, cast, {past.id: TrackOverdue()})
    assert (made.state, made.due_on, made.tracked_from) == (State.OPEN, date(2026, 5, 31), TODAY)


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [
        (DoneBefore(date(2026, 6, 19)), "ở sau hôm nay"),
        (NewDate(date(2026, 6, 17)), "Hạn mới 17/6/2026 đã qua"),
    ],
)
def test_decisions_that_make_no_sense_are_refused(cast, draft, past, decision, sentence):
    with pytest.raises(NotReady, match=sentence):
        publish(draft, cast, {past.id: decision})


def test_what_recurs_no_more_is_a_past_row(cast, make_plan, make_task):
    plan = make_plan(published_at=None, ends_on=date(2026, 5, 31))
    task = make_task(plan, kind=Kind.RECURRING, due_on=None, text="Hằng tháng")
    task.milestones[0].rrule = "FREQ=MONTHLY;BYMONTHDAY=25"
    [row] = publishing.check(plan, TODAY).past
    assert row.dates.due_on == date(2026, 5, 25)
    [made] = publish(plan, cast, {row.milestone.id: TrackOverdue()})
    assert made.occurrence == "2026-05-25"


@pytest.mark.parametrize(
    ("kind", "text", "due_on"),
    [
        (Kind.BY, "27/6/2026", date(2026, 6, 29)),
        (Kind.BY, "Trước ngày 28/6/2026", date(2026, 6, 27)),
        (Kind.PERIOD, "Tuần 26", date(2026, 6, 27)),
    ],
)
def test_where_it_is_turned_on_a_date_moves_off_a_day_off_but_never_a_truoc_date(
    cast, draft, make_task, kind, text, due_on
):
    saturday = date(2026, 6, 27)
    make_task(draft, kind=kind, text=text, due_on=saturday)
    [made] = publish(draft, cast, roll=WEEKENDS_OFF)
    assert (made.due_on, made.occurrence) == (due_on, "2026-06-27")
    assert made.nominal_on == (saturday if due_on != saturday else None)


def test_two_hundred_units_are_given_out_with_a_handful_of_statements(
    cast, draft, make_task, session, count_queries
):
    units = [cast.unit(f"UBND xã số {n}", cast.province) for n in range(200)]
    make_task(draft, leads=units, helpers=[])
    make_task(draft, leads=units, helpers=[], due_on=date(2026, 5, 1))
    session.commit()
    readiness = publishing.check(draft, TODAY)
    assert (readiness.assignments, readiness.units) == (400, 200)
    decisions = {row.milestone.id: NewDate(date(2026, 7, 1)) for row in readiness.past}
    with count_queries() as sent:
        publish(draft, cast, decisions)
        session.flush()
    assert len(sent) < 40
    assert session.scalar(select(func.count()).select_from(Assignment)) == 400
    logged = select(func.count()).select_from(AuditEntry).where(AuditEntry.verb == "assign")
    assert session.scalar(logged) == 400
