"""Work handed in is confirmed or returned; which day counts; nobody waits unseen."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.deadlines.workdays import DaysOff
from tracker.models import ReviewOutcome
from tracker.rules.states import State
from tracker.services import auditing, progress, reviewing, status
from tracker.services.refusals import Refused

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
TODAY = date(2026, 6, 18)


def at(day, hour=2):
    return datetime(2026, 6, 1, hour, tzinfo=UTC) + timedelta(days=day - 1)


def submit(assignment, actor, now=NOW):
    for deliverable in status.missing(assignment):
        progress.explain_absence(assignment, deliverable, "Không có.", actor=actor, now=now)
    return progress.submit(assignment, actor=actor, now=now)


def send_back(assignment, actor, now=NOW, mend_by=None, reason="Thiếu chữ ký."):
    today = (now + timedelta(hours=7)).date()
    return reviewing.return_(
        assignment, reason, actor=actor, now=now, today=today, days_off=DaysOff(), mend_by=mend_by
    )


def test_what_is_confirmed_is_done_on_the_day_it_was_handed_in(cast, make_assignment):
    assignment = make_assignment()
    submit(assignment, cast.an, at(12))
    review = reviewing.confirm(assignment, actor=cast.chi, now=NOW)
    assert (assignment.state, assignment.completed_on) == (State.DONE, date(2026, 6, 12))
    assert (review.outcome, review.by) == (ReviewOutcome.CONFIRMED, cast.chi)
    entry = auditing.entries_about(assignment)[-1]
    assert (entry.verb, entry.after) == ("confirm", {"state": "done", "completed_on": "2026-06-12"})


def test_the_day_is_the_one_in_viet_nam(cast, make_assignment):
    assignment = make_assignment()
    submit(assignment, cast.an, at(30, hour=18))  # 01:00 on 1/7 in Viet Nam
    reviewing.confirm(assignment, actor=cast.chi, now=at(31))
    assert assignment.completed_on == date(2026, 7, 1)


def test_what_is_returned_can_be_mended_by_default_for_three_working_days(cast, make_assignment):
    assignment = make_assignment()
    submit(assignment, cast.an)
    review = send_back(assignment, cast.chi)  # a Thursday
    assert (assignment.state, review.mend_by) == (State.OPEN, date(2026, 6, 23))
    assert status.return_to_mend(assignment) is review


@pytest.mark.parametrize(("mended_on", "counts"), [(23, date(2026, 6, 12)), (24, date(2026, 6, 24))])
def test_mended_in_time_the_first_day_counts(cast, make_assignment, mended_on, counts):
    assignment = make_assignment()
    submit(assignment, cast.an, at(12))
    send_back(assignment, cast.chi, at(18))
    submit(assignment, cast.an, at(mended_on))
    assert reviewing.day_that_would_count(assignment) == counts
    reviewing.confirm(assignment, actor=cast.chi, now=at(25))
    assert assignment.completed_on == counts


def test_what_was_withdrawn_counts_for_nothing(cast, make_assignment):
    assignment = make_assignment()
    submit(assignment, cast.an, at(12))
    progress.withdraw(assignment, actor=cast.an, now=at(13))
    submit(assignment, cast.an, at(15))
    reviewing.confirm(assignment, actor=cast.chi, now=at(16))
    assert assignment.completed_on == date(2026, 6, 15)


def test_a_return_needs_a_reason_and_a_day_that_has_not_passed(cast, make_assignment):
    assignment = make_assignment()
    submit(assignment, cast.an)
    with pytest.raises(Refused, match="Hãy nêu lý do trả lại"):
        send_back(assignment, cast.chi, reason=" ")
    with pytest.raises(Refused, match="đã qua"):
        send_back(assignment, cast.chi, mend_by=date(2026, 6, 17))
    assert status.waiting_submission(assignment) is not None


def test_nothing_is_reviewed_twice(cast, make_assignment):
    assignment = make_assignment()
    with pytest.raises(Refused, match="chưa được nộp"):
        reviewing.confirm(assignment, actor=cast.chi, now=NOW)
    submit(assignment, cast.an)
    reviewing.confirm(assignment, actor=cast.chi, now=NOW)
    with pytest.raises(Refused, match="đã hoàn thành"):
        reviewing.confirm(assignment, actor=cast.chi, now=NOW)
    with pytest.raises(Refused, match="đã hoàn thành"):
        send_back(assignment, cast.chi)


def test_what_was_done_can_be_reopened_and_its_next_day_counts(cast, make_assignment, session):
    assignment = make_assignment()
    submit(assignment, cast.an, at(12))
    reviewing.confirm(assignment, actor=cast.chi, now=at(15))
    with pytest.raises(Refused, match="lý do mở lại"):
        reviewing.reopen(assignment, "", actor=cast.chi, now=NOW)
    reviewing.reopen(assignment, "Báo cáo sai số liệu.", actor=cast.chi, now=NOW)
    session.commit()
    assert (assignment.state, assignment.completed_on) == (State.OPEN, None)
    submit(assignment, cast.an, at(20))
    reviewing.confirm(assignment, actor=cast.chi, now=at(22))
    assert assignment.completed_on == date(2026, 6, 20)
