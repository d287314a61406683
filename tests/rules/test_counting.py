"""Each assignment stands on one side of a day, and the on-time share is taken of the right ones."""

from collections import Counter
from datetime import date

import pytest

from tracker.rules.counting import OUTCOMES, OUTSIDE, STILL_OPEN, Side, Tally, side
from tracker.rules.states import State
from tracker.rules.timeliness import Outcome, outcome

TODAY = date(2026, 6, 18)
YESTERDAY, TOMORROW = date(2026, 6, 17), date(2026, 6, 19)
FAR = date(2026, 12, 31)


def on(state, due_on=FAR, *, standing=False, starts_on=None, completed_on=None):
    return side(
        state,
        standing=standing,
        starts_on=starts_on,
        due_on=due_on,
        completed_on=completed_on,
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (on(State.OPEN), Side.IN_TIME),
        (on(State.OPEN, date(2026, 6, 25)), Side.DUE_SOON),
        (on(State.OPEN, date(2026, 6, 26)), Side.IN_TIME),
        (on(State.OPEN, TODAY), Side.DUE_SOON),
        (on(State.OPEN, YESTERDAY), Side.OVERDUE),
        (on(State.SUBMITTED, YESTERDAY), Side.WAITING_PAST),
        (on(State.SUBMITTED, TODAY), Side.WAITING),
        (on(State.DONE, TODAY, completed_on=TODAY), Side.DONE_ON_TIME),
        (on(State.DONE, YESTERDAY, completed_on=TODAY), Side.DONE_LATE),
        (on(State.OPEN, starts_on=TOMORROW), Side.NOT_BEGUN),
        (on(State.OPEN, starts_on=TODAY), Side.IN_TIME),
        (on(State.OPEN, None), Side.UNDATED),
        (on(State.OPEN, None, standing=True), Side.STANDING),
        (on(State.SUSPENDED, YESTERDAY), Side.SUSPENDED),
        (on(State.CANCELLED, None, standing=True), Side.CANCELLED),
    ],
)
def test_the_sides_of_a_day(found, expected):
    assert found is expected


def test_the_four_outcomes_are_sums_of_sides_and_share_none():
    counted = Counter(this for sides in OUTCOMES.values() for this in sides)
    assert set(counted) == set(Side) - set(OUTSIDE)
    assert set(counted.values()) == {1}


@pytest.mark.parametrize("state", [State.OPEN, State.SUBMITTED, State.DONE])
@pytest.mark.parametrize("due_on", [YESTERDAY, TODAY, TOMORROW, FAR])
def test_the_sides_agree_with_the_outcomes(state, due_on):
    completed_on = TODAY if state is State.DONE else None
    found = on(state, due_on, completed_on=completed_on)
    assert found in OUTCOMES[outcome(state, due_on, completed_on, TODAY)]


def tally(**sides):
    return Tally(Counter({Side[name.upper()]: count for name, count in sides.items()}))


def test_the_on_time_share_is_done_on_time_of_done_and_open_overdue():
    board = tally(done_on_time=6, done_late=1, overdue=1, waiting=4, waiting_past=2, undated=9, cancelled=3)
    assert (board.counted, board.on_time_share, board.total) == (8, 75.0, 14)
    assert board.outcome(Outcome.OPEN_OVERDUE) == 3
    assert board.of(*STILL_OPEN) == 7


def test_nothing_counted_has_no_share_and_fewer_than_five_no_rank():
    assert tally(undated=3, in_time=9).on_time_share is None
    assert not tally(done_on_time=4).ranked
    assert tally(done_on_time=4, overdue=1).ranked


def test_tallies_add_up_and_keep_the_oldest_day():
    board = Tally(oldest_overdue=TODAY, extended=1)
    board.add(Tally(Counter({Side.OVERDUE: 2}), oldest_overdue=YESTERDAY, excused=1))
    board.add(Tally(Counter({Side.OVERDUE: 1})))
    assert (board.of(Side.OVERDUE), board.oldest_overdue, board.extended, board.excused) == (
        3,
        YESTERDAY,
        1,
        1,
    )
