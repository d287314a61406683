"""One process at a time acts; when it dies, another takes over."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.models import Lease
from tracker.services import leasing

NOW = datetime(2026, 6, 18, tzinfo=UTC)
LENGTH = timedelta(seconds=90)


@pytest.fixture
def hold(session):
    def hold(holder, seconds):
        return leasing.hold("scheduler", holder, LENGTH, now=NOW + timedelta(seconds=seconds))

    return hold


def test_the_first_to_ask_holds_it_and_keeps_it_by_asking_again(hold):
    assert [hold("a", 0), hold("b", 10), hold("a", 80), hold("b", 160)] == [True, False, True, False]


def test_what_a_dead_process_held_runs_out(hold):
    assert [hold("a", 0), hold("b", 89), hold("b", 90), hold("a", 91)] == [True, False, True, False]


def test_what_is_given_back_is_free_at_once(hold):
    assert hold("a", 0)
    leasing.release("scheduler", "b", now=NOW)
    assert not hold("b", 1)
    leasing.release("scheduler", "a", now=NOW)
    assert hold("b", 1)


def test_a_clock_that_was_a_year_ahead_locks_nobody_out(hold, session):
    session.add(Lease(name="scheduler", holder="a", expires_at=NOW + timedelta(days=365)))
    assert hold("b", 0)
