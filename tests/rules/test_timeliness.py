"""Which of the four outcomes, and which day counts as done."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.states import State
from tracker.rules.timeliness import Outcome, Turn, day_that_counts, is_due_soon, is_overdue, outcome

DUE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("state", "due_on", "completed_on", "today", "expected"),
    [
        (State.DONE, DUE, DUE, date(2026, 9, 1), Outcome.DONE_ON_TIME),
        (State.DONE, DUE, date(2026, 7, 1), date(2026, 9, 1), Outcome.DONE_LATE),
        (State.OPEN, DUE, None, DUE, Outcome.OPEN_ON_TIME),
        (State.OPEN, DUE, None, date(2026, 7, 1), Outcome.OPEN_OVERDUE),
        (State.SUBMITTED, DUE, None, date(2026, 7, 1), Outcome.OPEN_OVERDUE),
        (State.OPEN, None, None, DUE, Outcome.UNDATED),
        (State.DONE, None, DUE, DUE, Outcome.UNDATED),
    ],
)
def test_the_day_that_counts_is_held_against_the_due_date(state, due_on, completed_on, today, expected):
    assert outcome(state, due_on, completed_on, today) is expected


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(-400, 400))
def test_open_work_is_overdue_or_due_soon_or_neither_but_never_both(due_on, days):
    today = due_on + timedelta(days=days)
    assert is_overdue(State.OPEN, due_on, today) == (days > 0)
    assert is_due_soon(State.OPEN, due_on, today) == (-7 <= days <= 0)


def day(text):
    return date.fromisoformat(f"2026-06-{text}")


@pytest.mark.parametrize(
    ("turns", "counts"),
    [
        ([("10", None)], "10"),
        ([("10", "15"), ("15", None)], "10"),
        ([("10", "15"), ("16", None)], "16"),
        ([("10", "15"), ("14", "19"), ("19", None)], "10"),
        ([("10", "15"), ("16", "19"), ("19", None)], "16"),
        ([("10", "15"), ("14", "19"), ("20", None)], "20"),
    ],
)
def test_what_is_mended_in_time_keeps_the_day_it_was_first_handed_in(turns, counts):
    handed = [Turn(day(on), day(mend_by) if mend_by else None) for on, mend_by in turns]
    assert day_that_counts(handed) == day(counts)
