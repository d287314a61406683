"""The monitor mends dates, suspends, resumes, cancels, hands over; causes of lateness are recorded."""

from datetime import UTC, date, datetime

import pytest

from tracker.access import Verb, may
from tracker.deadlines.meaning import Kind
from tracker.grants import reach_of
from tracker.models import DueChangeKind
from tracker.rules.states import State
from tracker.services import auditing, extending, managing, progress, status
from tracker.services.refusals import Refused

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 6, 19, 2, 0, tzinfo=UTC)
TODAY = date(2026, 6, 18)


def test_a_misreading_is_mended_and_is_no_extension(cast, make_assignment):
    assignment = make_assignment()
    change = managing.correct(assignment, date(2026, 3, 31), "Đọc nhầm quý.", actor=cast.chi, now=NOW)
    assert (assignment.due_on, change.kind, change.from_on) == (
        date(2026, 3, 31),
        DueChangeKind.CORRECTION,
        date(2026, 6, 30),
    )
    assert managing.correct(assignment, date(2026, 3, 31), "Lại.", actor=cast.chi, now=NOW) is None
    assert [entry.verb for entry in auditing.entries_about(assignment)] == ["correct"]


def test_a_correction_can_make_it_dated_undated_or_a_period(cast, make_assignment):
    assignment = make_assignment(kind=Kind.UNRESOLVED, due_on=None)
    managing.correct(
        assignment,
        date(2026, 9, 30),
        "Theo văn bản 7.",
        starts_on=date(2026, 7, 1),
        actor=cast.chi,
        now=NOW,
    )
    assert (assignment.starts_on, assignment.due_on) == (date(2026, 7, 1), date(2026, 9, 30))
    managing.correct(assignment, None, "Chưa có hướng dẫn.", actor=cast.chi, now=NOW)
    assert [(c.from_on, c.to_on) for c in assignment.due_changes] == [
        (None, date(2026, 9, 30)),
        (date(2026, 9, 30), None),
    ]


def test_a_correction_needs_a_reason_and_an_order_of_days(cast, make_assignment):
    assignment = make_assignment()
    with pytest.raises(Refused, match="lý do đính chính"):
        managing.correct(assignment, TODAY, "", actor=cast.chi, now=NOW)
    with pytest.raises(Refused, match="từ ngày bắt đầu"):
        managing.correct(assignment, TODAY, "Nhầm.", starts_on=date(2026, 7, 1), actor=cast.chi, now=NOW)


def submit(assignment, actor):
    for deliverable in assignment.milestone.deliverables:
        progress.explain_absence(assignment, deliverable, "Không có.", actor=actor, now=NOW)
    return progress.submit(assignment, actor=actor, now=NOW)


def test_what_rests_is_taken_up_where_it_rested(cast, make_assignment):
    working, waiting = make_assignment(), make_assignment()
    submission = submit(waiting, cast.an)
    for assignment in (working, waiting):
        managing.suspend(assignment, "Chờ sắp xếp bộ máy.", actor=cast.chi, now=NOW)
        with pytest.raises(Refused, match="đang tạm dừng"):
            progress.report_progress(assignment, 50, actor=cast.an, now=NOW)
        managing.resume(assignment, actor=cast.chi, now=LATER)
    assert (working.state, waiting.state) == (State.OPEN, State.SUBMITTED)
    assert status.waiting_submission(waiting) is submission


def test_what_is_cancelled_stays_cancelled(cast, make_assignment):
    assignment = make_assignment()
    with pytest.raises(Refused, match="lý do hủy"):
        managing.cancel(assignment, "", actor=cast.chi, now=NOW)
    managing.cancel(assignment, "Trùng nhiệm vụ.", actor=cast.chi, now=NOW)
    with pytest.raises(Refused, match="đã hủy"):
        managing.resume(assignment, actor=cast.chi, now=NOW)


def test_a_handed_over_assignment_keeps_all_it_has(cast, make_assignment, session):
    assignment = make_assignment(helpers=[])
    progress.report_progress(assignment, 40, actor=cast.an, now=NOW)
    progress.name_responsible(assignment, cast.an, actor=cast.head, now=NOW)
    for _ in range(2):
        managing.reassign(assignment, cast.culture, "Đúng chức năng.", actor=cast.chi, now=LATER)
    session.flush()
    assert (assignment.unit, assignment.responsible) == (cast.culture, None)
    assert [(former.unit, former.until_at) for former in assignment.former_leads] == [(cast.economy, LATER)]
    assert [report.percent for report in assignment.progress_reports] == [40]
    assert may(reach_of(cast.an), Verb.SEE, assignment)
    assert not may(reach_of(cast.an), Verb.REPORT, assignment)
    assert may(reach_of(cast.binh), Verb.SUBMIT, assignment)


def test_a_unit_is_not_given_the_same_occurrence_twice(cast, make_task, make_assignment, session):
    task = make_task(leads=[cast.economy, cast.culture], helpers=[])
    first = make_assignment(task)
    second = make_assignment(task, columns={"party": task.leads[1], "unit": cast.culture})
    with pytest.raises(Refused, match="đã được giao nhiệm vụ này"):
        managing.reassign(first, cast.culture, "Gộp.", actor=cast.chi, now=NOW)
    managing.cancel(second, "Gộp.", actor=cast.chi, now=NOW)
    session.flush()
    managing.reassign(first, cast.culture, "Gộp.", actor=cast.chi, now=NOW)
    assert first.unit is cast.culture


def test_what_the_old_unit_handed_in_does_not_wait_for_the_new_one(cast, make_assignment):
    assignment = make_assignment()
    submit(assignment, cast.an)
    managing.suspend(assignment, "Sắp xếp.", actor=cast.chi, now=NOW)
    managing.reassign(assignment, cast.culture, "Sắp xếp.", actor=cast.chi, now=NOW)
    managing.resume(assignment, actor=cast.chi, now=LATER)
    assert (assignment.state, status.waiting_submission(assignment)) == (State.OPEN, None)


def test_an_objective_cause_is_recorded_for_what_is_late_only(cast, make_assignment):
    late = make_assignment(due_on=date(2026, 5, 31))
    managing.record_cause(late, "Thiên tai.", actor=cast.chi, now=NOW, today=TODAY)
    assert late.objective_cause == "Thiên tai."
    with pytest.raises(Refused, match="không quá hạn"):
        managing.record_cause(make_assignment(), "Thiên tai.", actor=cast.chi, now=NOW, today=TODAY)


def test_a_request_that_waits_survives_a_rest(cast, make_assignment):
    assignment = make_assignment()
    extending.request_extension(
        assignment, "Chờ vốn.", date(2026, 9, 30), actor=cast.an, now=NOW, today=TODAY
    )
    managing.suspend(assignment, "Chờ.", actor=cast.chi, now=NOW)
    managing.resume(assignment, actor=cast.chi, now=NOW)
    assert extending.pending_request(assignment) is not None
