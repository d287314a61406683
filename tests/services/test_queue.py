"""What waits for a decision, the longest waiting first."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.grants import Policy, reach_of
from tracker.services import extending, managing, progress, queue, reviewing
from tracker.services.queue import Kind

NOW = datetime(2026, 6, 18, 2, tzinfo=UTC)
TODAY = date(2026, 6, 18)
LEADERS_DECIDE = Policy()


def days_ago(number):
    return NOW - timedelta(days=number)


@pytest.fixture
def hand_in(cast, session):
    """A factory of work that waits for review."""

    def hand_in(assignment, by=None, at=NOW, note=""):
        assignment.milestone.deliverables.clear()
        progress.submit(assignment, actor=by or cast.an, now=at, note=note)
        session.flush()
        return assignment

    return hand_in


@pytest.fixture
def ask_for_time(cast):
    """The unit asks for more time."""

    def ask_for_time(assignment, at=NOW):
        wanted = date(2026, 7, 15)
        return extending.request_extension(
            assignment, "Chờ ý kiến", wanted, actor=cast.an, now=at, today=TODAY
        )

    return ask_for_time


def told(user, policy=LEADERS_DECIDE):
    """What waits for the person, as kind and assignment."""
    reach = reach_of(user, policy)
    found = queue.waiting(reach)
    things = queue.read(found)
    assert [thing.waiting for thing in things] == found
    assert queue.count(reach) == sum(one.kind is not Kind.FOR_LEADER for one in found)
    return [(one.kind, thing.assignment) for one, thing in zip(found, things, strict=True)]


def test_the_longest_waiting_comes_first_and_own_work_waits_for_the_leader(
    cast, make_task, make_assignment, hand_in
):
    newer, older = hand_in(make_assignment(), at=days_ago(1)), hand_in(make_assignment(), at=days_ago(3))
    own = hand_in(make_assignment(make_task(leads=[cast.office], helpers=[])), by=cast.chi, at=days_ago(2))
    assert told(cast.chi) == [(Kind.SUBMITTED, older), (Kind.SUBMITTED, newer), (Kind.FOR_LEADER, own)]
    assert told(cast.dung) == [(Kind.SUBMITTED, own)]
    assert told(cast.an) == []


def test_requests_stand_among_results_by_their_moment(cast, make_assignment, hand_in, ask_for_time, session):
    first, last = make_assignment(), make_assignment()
    ask_for_time(first, days_ago(5))
    between = hand_in(make_assignment(), at=days_ago(4))
    ask_for_time(last, days_ago(3))
    resting = make_assignment()
    ask_for_time(resting)
    managing.suspend(resting, "Chờ.", actor=cast.chi, now=NOW)
    session.flush()
    delegated = Policy(monitors_decide_extensions=True)
    both = [(Kind.EXTENSION, first), (Kind.SUBMITTED, between), (Kind.EXTENSION, last)]
    assert told(cast.chi, delegated) == both
    assert told(cast.chi) == [(Kind.SUBMITTED, between)]
    assert told(cast.dung) == [(Kind.EXTENSION, first), (Kind.EXTENSION, last)]


def test_what_waits_is_told_with_who_sent_it_and_what_was_said(
    cast, make_assignment, hand_in, ask_for_time, session
):
    hand_in(make_assignment(), note="Có 2 máy tính")
    ask_for_time(make_assignment())
    session.flush()
    [result] = queue.read(queue.waiting(reach_of(cast.chi)))
    [request] = queue.read(queue.waiting(reach_of(cast.dung)))
    assert (result.by, result.words, result.wanted_on) == (cast.an, "Có 2 máy tính", None)
    assert (request.by, request.words, request.wanted_on) == (cast.an, "Chờ ý kiến", date(2026, 7, 15))


def test_what_was_withdrawn_or_answered_waits_no_more(cast, make_assignment, hand_in, session):
    withdrawn, returned = hand_in(make_assignment()), hand_in(make_assignment())
    progress.withdraw(withdrawn, actor=cast.an, now=NOW)
    reviewing.return_(
        returned, "Thiếu ảnh", actor=cast.chi, now=NOW, today=TODAY, days_off=None, mend_by=TODAY
    )
    session.flush()
    assert told(cast.chi) == []
    hand_in(withdrawn, at=NOW + timedelta(hours=1))
    assert told(cast.chi) == [(Kind.SUBMITTED, withdrawn)]


def test_a_long_queue_is_read_by_as_many_queries_as_a_short_one(
    cast, make_assignment, hand_in, session, count_queries
):
    def queries():
        session.flush()
        session.expire_all()
        reach = reach_of(cast.chi)
        with count_queries() as sent:
            for thing in queue.read(queue.waiting(reach)):
                assert thing.assignment.task.plan.number and thing.assignment.unit.name and thing.by.name
        return len(sent)

    hand_in(make_assignment())
    with_one = queries()
    for _ in range(5):
        hand_in(make_assignment())
    assert queries() == with_one
