"""Each morning works out who must be told what, and stores it once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.deadlines.meaning import Kind
from tracker.deadlines.workdays import DaysOff
from tracker.models import AnsweredDay, DayOff, LetterChoice, Notice, NoticeState, Role
from tracker.rules.states import State
from tracker.services import auditing, extending, managing, progress, reminding, reviewing


def morning(day):
    """Six o'clock in Viet Nam."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=1)


NOW = datetime(2026, 6, 1, 2, tzinfo=UTC)
THURSDAY = date(2026, 6, 18)
FRIDAY = date(2026, 6, 19)
MONDAY = date(2026, 6, 22)


@pytest.fixture
def told(session):
    """What is stored, as «who: rule» words in order; with `day`, what that day's run stored."""

    def told(state=NoticeState.PENDING, day=None):
        rows = session.query(Notice).filter_by(state=state).order_by(Notice.id)
        return sorted(
            f"{row.user.username if row.user else row.unit.name}: {row.rule}"
            for row in rows
            if day is None or row.created_at == morning(day)
        )

    return told


@pytest.fixture
def yesterday(session):
    """The day before was answered for."""
    session.add(AnsweredDay(day=THURSDAY - timedelta(1), at=morning(THURSDAY - timedelta(1))))


@pytest.fixture
def make_whole(cast):
    """Explain away every deliverable, so that the assignment can be handed in."""

    def make_whole(assignment):
        for deliverable in assignment.milestone.deliverables:
            progress.explain_absence(assignment, deliverable, "Không phát sinh", actor=cast.an, now=NOW)

    return make_whole


def run(day):
    return reminding.run(now=morning(day))


def test_what_is_due_in_seven_days_is_told_to_the_lead_and_its_helpers(yesterday, make_assignment, told):
    make_assignment(due_on=date(2026, 6, 25))
    assert run(THURSDAY) == 2
    assert told() == ["an: approaching", "binh: helping"]


def test_what_is_late_is_told_to_the_unit_and_its_head_then_to_leader_and_monitor(
    yesterday, make_assignment, told
):
    make_assignment(due_on=date(2026, 6, 17))
    make_assignment(due_on=date(2026, 6, 11))
    run(THURSDAY)
    assert told() == ["an: overdue", "chi: escalated", "dung: escalated", "hoa: overdue"]


def test_said_twice_it_is_stored_once(yesterday, make_assignment, told, session):
    make_assignment(due_on=date(2026, 6, 25))
    run(THURSDAY)
    session.query(AnsweredDay).filter_by(day=THURSDAY).delete()
    assert run(THURSDAY) == 0
    assert run(THURSDAY) == 0
    assert len(told()) == 2


def test_on_a_day_off_nothing_happens(yesterday, make_assignment, session):
    make_assignment(due_on=date(2026, 6, 25))
    session.add(DayOff(day=THURSDAY, off=True, name="Nghỉ bù"))
    assert run(THURSDAY) == 0
    assert run(FRIDAY) == 0, "what fell on the day off was to be said before it, not after"


def test_after_three_days_off_the_latest_is_said_and_the_rest_recorded(
    yesterday, make_assignment, told, session
):
    make_assignment(due_on=date(2026, 6, 23))
    for day in (THURSDAY, FRIDAY):
        session.add(DayOff(day=day, off=True))
    run(MONDAY)
    assert told() == ["an: approaching", "dung: week"]
    assert told(NoticeState.SKIPPED) == []


def test_after_an_outage_the_missed_ones_are_recorded(yesterday, make_assignment, told):
    make_assignment(due_on=date(2026, 6, 20))
    run(MONDAY)
    assert told() == ["an: overdue", "dung: week", "hoa: overdue"]
    assert told(NoticeState.SKIPPED) == ["an: approaching"] * 2


def test_a_clock_that_jumped_ahead_does_not_silence_the_days_between(yesterday, make_assignment, told):
    run(date(2027, 6, 18))
    make_assignment(due_on=date(2026, 6, 25))
    run(THURSDAY)
    assert told(day=THURSDAY) == ["an: approaching", "binh: helping"]


def test_the_first_run_ever_looks_back_to_the_first_publishing(make_assignment, told):
    make_assignment(due_on=date(2026, 6, 19), columns={"tracked_from": THURSDAY})
    run(FRIDAY)
    assert told() == ["an: approaching"]


@pytest.mark.parametrize("state", [State.SUSPENDED, State.CANCELLED, State.SUBMITTED])
def test_what_is_not_open_is_not_reminded_of(yesterday, make_assignment, told, state):
    make_assignment(due_on=date(2026, 6, 25), columns={"state": state})
    run(THURSDAY)
    assert told() == []


def test_submitting_stops_the_reminders_and_returning_starts_them_again(
    cast, session, yesterday, make_assignment, told, make_whole
):
    assignment = make_assignment(due_on=date(2026, 6, 25))
    make_whole(assignment)
    progress.submit(assignment, actor=cast.an, now=morning(THURSDAY) - timedelta(hours=1))
    session.flush()
    run(THURSDAY)
    assert told() == []
    reviewing.return_(
        assignment,
        "Thiếu chữ ký",
        actor=cast.chi,
        now=morning(THURSDAY) + timedelta(hours=3),
        today=THURSDAY,
        days_off=DaysOff(),
    )
    session.flush()
    run(FRIDAY)
    assert told() == ["an: returned"]
    run(MONDAY)
    assert told(day=MONDAY) == ["an: approaching", "dung: week"]


def test_a_moved_date_silences_the_old_reminders_and_arms_new_ones(
    cast, session, yesterday, make_assignment, told
):
    assignment = make_assignment(due_on=date(2026, 6, 25))
    managing.correct(
        assignment, date(2026, 7, 3), "Đọc nhầm", actor=cast.chi, now=morning(THURSDAY) - timedelta(hours=1)
    )
    session.flush()
    run(THURSDAY)
    assert told() == ["an: corrected"]
    run(FRIDAY)
    assert told(day=FRIDAY) == ["an: approaching"]


@pytest.mark.parametrize("granted", [True, False])
def test_a_decided_extension_is_told(cast, session, yesterday, make_assignment, told, granted):
    assignment = make_assignment(due_on=date(2026, 7, 9))
    moment = morning(THURSDAY) - timedelta(hours=2)
    request = extending.request_extension(
        assignment, "Chờ vốn", date(2026, 8, 10), actor=cast.an, now=moment, today=THURSDAY
    )
    if granted:
        extending.grant_extension(request, date(2026, 8, 10), "15/QĐ-UBND", actor=cast.dung, now=moment)
    else:
        extending.refuse_extension(request, "Không đủ lý do", actor=cast.dung, now=moment)
    session.flush()
    run(THURSDAY)
    assert told() == [f"an: extension_{'granted' if granted else 'refused'}"]


def test_publishing_is_told_to_lead_and_helpers_but_what_recurs_by_itself_to_nobody(
    cast, session, yesterday, make_assignment, told
):
    moment = morning(THURSDAY) - timedelta(hours=2)
    auditing.record(cast.chi, "assign", make_assignment(due_on=date(2026, 12, 1)), now=moment)
    auditing.record(None, "assign", make_assignment(due_on=date(2026, 12, 1)), now=moment)
    session.flush()
    run(THURSDAY)
    assert told() == ["an: published", "binh: published"]
    run(FRIDAY)
    assert told(day=FRIDAY) == []


def test_work_waiting_for_review_undated_tasks_and_silent_units_reach_the_monitor(
    cast, session, yesterday, make_task, make_assignment, told, make_whole
):
    waiting = make_assignment(due_on=date(2026, 7, 30))
    make_whole(waiting)
    progress.submit(waiting, actor=cast.an, now=morning(date(2026, 6, 16)))
    make_assignment(make_task(kind=Kind.UNRESOLVED, due_on=None, text="khi có phát sinh"))
    deaf = cast.unit("Trạm Y tế", cast.commune)
    make_assignment(make_task(leads=[deaf], due_on=date(2026, 12, 1)))
    session.flush()
    run(FRIDAY)
    assert told() == ["chi: unreviewed"]
    run(MONDAY)
    assert told(day=MONDAY) == ["chi: undated", "chi: unreachable", "dung: week"]


def test_a_reporting_day_of_standing_tasks_is_announced_once_a_plan(
    cast, session, make_plan, make_task, make_assignment, told
):
    plan = make_plan(published_at=morning(date(2026, 1, 16)))
    for _ in range(3):
        make_assignment(make_task(plan, kind=Kind.CONTINUOUS, due_on=None, text="Thường xuyên"))
    session.add(AnsweredDay(day=date(2026, 12, 4), at=morning(date(2026, 12, 4))))
    session.flush()
    run(date(2026, 12, 7))  # seven days before 14/12
    assert told() == ["an: standing", "dung: week"]


def test_choices_mailboxes_and_locked_accounts_are_respected(cast, session, yesterday, make_assignment, told):
    cast.economy.email = "kinhte@suoimay.example"
    cast.an.letters = LetterChoice.NONE
    cast.binh.active = False
    make_assignment(due_on=date(2026, 6, 25))
    session.flush()
    run(THURSDAY)
    assert told() == ["Phòng Kinh tế: approaching"]


def test_the_leader_in_charge_of_the_plan_is_told_instead_of_every_leader(
    cast, session, yesterday, make_plan, make_task, make_assignment, told
):
    cast.person("em", "Vũ Thị Em", (Role.LEADER, cast.commune))
    plan = make_plan(leader=cast.dung)
    make_assignment(make_task(plan, due_on=date(2026, 6, 11)))
    session.flush()
    run(THURSDAY)
    assert told() == ["chi: escalated", "dung: escalated"]


def test_ten_times_as_many_assignments_take_no_more_queries(
    session, yesterday, make_task, make_assignment, count_queries
):
    def queries(day):
        session.flush()
        session.expunge_all()
        with count_queries() as sent:
            run(day)
        return len(sent)

    make_assignment(due_on=date(2026, 6, 25))
    few = queries(THURSDAY)
    for _ in range(10):
        make_assignment(due_on=date(2026, 6, 26))
    assert queries(FRIDAY) == few
