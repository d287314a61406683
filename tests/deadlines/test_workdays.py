"""Days off: the library's guess and the administrator's corrections."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tracker.deadlines.grammar import read_deadline
from tracker.deadlines.meaning import Context
from tracker.deadlines.workdays import DaysOff

GUESS = DaysOff()
FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 6, day) for day in (19, 20, 21, 22))


def test_weekends_and_public_holidays_are_off():
    assert [GUESS.is_working(day) for day in (FRIDAY, SATURDAY, SUNDAY, MONDAY)] == [True, False, False, True]
    assert not GUESS.is_working(date(2026, 4, 30))
    assert not GUESS.is_working(date(2026, 2, 17))  # the first day of Tết Bính Ngọ


def test_the_administrator_adds_a_holiday_and_a_working_saturday():
    corrected = DaysOff({SATURDAY: False, MONDAY: True})
    assert corrected.is_working(SATURDAY)
    assert not corrected.is_working(MONDAY)
    assert corrected.is_working(FRIDAY)


def test_a_day_off_rolls_forward_to_the_next_working_day():
    assert GUESS.roll_forward(SATURDAY) == MONDAY
    assert GUESS.roll_forward(FRIDAY) == FRIDAY
    assert GUESS.next_working_day(FRIDAY) == MONDAY
    assert GUESS.previous_working_day(MONDAY) == FRIDAY


def test_working_days_are_counted_without_the_first():
    assert GUESS.add_working_days(FRIDAY, 3) == date(2026, 6, 24)
    assert GUESS.add_working_days(FRIDAY, 0) == FRIDAY
    assert GUESS.working_days_between(FRIDAY, date(2026, 6, 24)) == 3
    assert GUESS.working_days_between(date(2026, 6, 24), FRIDAY) == -3


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(1, 30))
def test_counting_on_and_counting_between_agree(day, count):
    assert GUESS.working_days_between(day, GUESS.add_working_days(day, count)) == count


def test_working_days_of_a_deadline_follow_the_calendar_given():
    issued = Context(issued=FRIDAY)
    text = "trong vòng 03 ngày làm việc kể từ ngày ban hành"
    assert read_deadline(text, issued).milestones[0].due == date(2026, 6, 24)
    assert read_deadline(text, issued, DaysOff({MONDAY: True})).milestones[0].due == date(2026, 6, 25)
