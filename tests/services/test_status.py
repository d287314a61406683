from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.deadlines.meaning import Kind
from tracker.models import (
    Evidence,
    EvidenceAbsence,
    ProgressReport,
    Review,
    ReviewOutcome,
    StoredFile,
    Submission,
)
from tracker.rules.states import State
from tracker.services import status

TODAY = date(2026, 6, 18)
NOW = datetime(2026, 6, 18, 2, tzinfo=UTC)


@pytest.fixture
def attach(session, cast):
    """A factory of evidence for the n-th deliverable of an assignment."""
    session.add(StoredFile(sha256="a" * 64, size=10, media_type="application/pdf", at=NOW))

    def attach(assignment, n=0, **columns):
        piece = Evidence(
            assignment=assignment,
            deliverable=assignment.milestone.deliverables[n],
            file_sha256="a" * 64,
            name="a.pdf",
            by=cast.an,
            at=NOW,
            **columns,
        )
        session.add(piece)
        session.flush()
        return piece

    return attach


@pytest.fixture
def hand_in(session, cast):
    """A factory of submissions, reviewed where an outcome is given."""

    def hand_in(assignment, outcome=None, at=NOW, **columns):
        submission = Submission(assignment=assignment, by=cast.an, at=at, **columns)
        if outcome:
            submission.review = Review(outcome=outcome, by=cast.chi, at=at)
        session.add(submission)
        session.flush()
        return submission

    return hand_in


def test_a_deliverable_is_there_with_evidence_or_with_an_explanation(make_assignment, attach, session, cast):
    assignment = make_assignment(deliverables=("Kế hoạch", "Ảnh", "Báo cáo"))
    attach(assignment, 0)
    explained = EvidenceAbsence(
        deliverable=assignment.milestone.deliverables[1], reason="không lắp biển", by=cast.an, at=NOW
    )
    assignment.absences.append(explained)
    session.flush()
    assert [holding.there for holding in status.holdings(assignment)] == [True, True, False]
    assert [deliverable.name for deliverable in status.missing(assignment)] == ["Báo cáo"]


def test_replaced_and_removed_pieces_are_no_longer_in_force(make_assignment, attach):
    assignment = make_assignment()
    old = attach(assignment)
    new = attach(assignment, replaces_id=old.id)
    attach(assignment, removed_at=NOW)
    assert status.evidence_in_force(assignment) == [new]


@pytest.mark.parametrize(
    ("due_on", "reported", "key"),
    [
        (date(2026, 6, 26), False, "not_started"),
        (date(2026, 6, 26), True, "in_progress"),
        (date(2026, 6, 25), True, "due_soon"),
        (TODAY, False, "due_soon"),
        (date(2026, 6, 17), True, "overdue"),
        (None, True, "undated"),
    ],
)
def test_the_date_speaks_first_in_the_state_of_open_work(
    make_assignment, session, cast, due_on, reported, key
):
    assignment = make_assignment(due_on=due_on)
    if reported:
        assignment.progress_reports.append(ProgressReport(percent=40, by=cast.an, at=NOW))
    session.flush()
    assert status.state(assignment, TODAY) == key
    assert status.work_state(assignment) == ("in_progress" if reported else "not_started")


@pytest.mark.parametrize(
    ("state", "completed_on", "key"),
    [
        (State.SUBMITTED, None, "submitted"),
        (State.SUSPENDED, None, "suspended"),
        (State.CANCELLED, None, "cancelled"),
        (State.DONE, date(2026, 5, 31), "done_on_time"),
        (State.DONE, date(2026, 6, 1), "done_late"),
    ],
)
def test_what_is_not_open_is_named_by_its_stored_state(make_assignment, state, completed_on, key):
    columns = {"state": state, "completed_on": completed_on}
    assignment = make_assignment(due_on=date(2026, 5, 31), columns=columns)
    assert status.state(assignment, TODAY) == key


@pytest.mark.parametrize(
    ("read", "in_force", "moved"),
    [
        (date(2026, 6, 30), date(2026, 6, 30), False),
        (date(2026, 6, 30), date(2026, 9, 30), True),
        (None, date(2026, 9, 30), False),
        (None, None, False),
    ],
)
def test_a_day_is_moved_where_another_is_in_force_than_the_wording_means(
    make_assignment, read, in_force, moved
):
    assignment = make_assignment(due_on=read, columns={"due_on": in_force})
    assert status.is_moved(assignment) is moved


def test_undated_work_that_is_done_is_neither_on_time_nor_late(make_assignment):
    assignment = make_assignment(due_on=None, columns={"state": State.DONE, "completed_on": TODAY})
    assert status.state(assignment, TODAY) == "done"


def test_a_standing_task_is_not_called_undated(make_assignment):
    assignment = make_assignment(due_on=None, kind=Kind.CONTINUOUS)
    assert status.state(assignment, TODAY) == "not_started"


def test_returned_work_stays_returned_until_it_is_handed_in_again(make_assignment, hand_in):
    assignment = make_assignment()
    returned = hand_in(assignment, ReviewOutcome.RETURNED)
    assert status.return_to_mend(assignment) is returned.review
    assert status.state(assignment, TODAY) == "returned"
    hand_in(assignment, at=NOW + timedelta(hours=1), withdrawn_at=NOW + timedelta(hours=2))
    assert status.return_to_mend(assignment) is returned.review
    hand_in(assignment, at=NOW + timedelta(hours=3))
    assignment.state = State.SUBMITTED
    assert status.return_to_mend(assignment) is None


def test_reopened_work_is_not_called_returned(make_assignment, hand_in):
    assignment = make_assignment()
    hand_in(assignment, ReviewOutcome.CONFIRMED)
    assert status.return_to_mend(assignment) is None


def test_the_day_of_handing_in_is_the_day_in_viet_nam(make_assignment, hand_in):
    assignment = make_assignment(columns={"state": State.SUBMITTED})
    assert status.submitted_on(assignment) is None
    hand_in(assignment, at=datetime(2026, 6, 17, 17, 30, tzinfo=UTC))
    assert status.submitted_on(assignment) == date(2026, 6, 18)


def test_what_was_withdrawn_or_reviewed_no_longer_waits(make_assignment, hand_in):
    assignment = make_assignment()
    hand_in(assignment, withdrawn_at=NOW)
    assert status.waiting_submission(assignment) is None
    hand_in(assignment, ReviewOutcome.CONFIRMED)
    assert status.waiting_submission(assignment) is None
    waiting = hand_in(assignment)
    assert status.waiting_submission(assignment) is waiting
