"""Letters go out on working days; weekly ones on Mondays or the working day before."""

from datetime import date

import pytest

from tracker.rules.notices.people import LetterChoice
from tracker.rules.notices.sending import SendingDays

MONDAY_OFF = date(2026, 6, 15)


@pytest.fixture
def daily(make_calendar):
    return SendingDays(make_calendar(MONDAY_OFF), LetterChoice.DAILY)


@pytest.fixture
def weekly(make_calendar):
    return SendingDays(make_calendar(MONDAY_OFF), LetterChoice.WEEKLY)


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2026, 6, 18), date(2026, 6, 18), date(2026, 6, 18)),  # a Thursday stays
        (date(2026, 6, 13), date(2026, 6, 12), date(2026, 6, 16)),  # Saturday: Friday, or Tuesday
        (MONDAY_OFF, date(2026, 6, 12), date(2026, 6, 16)),
    ],
)
def test_daily_letters_move_off_days_off(daily, day, before, after):
    assert (daily.on_or_before(day), daily.on_or_after(day)) == (before, after)


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2026, 6, 22), date(2026, 6, 22), date(2026, 6, 22)),  # a working Monday
        (date(2026, 6, 18), date(2026, 6, 12), date(2026, 6, 22)),  # back to the Friday before a Monday off
        (date(2026, 6, 9), date(2026, 6, 8), date(2026, 6, 12)),
    ],
)
def test_weekly_letters_go_out_on_mondays_or_the_working_day_before(weekly, day, before, after):
    assert (weekly.on_or_before(day), weekly.on_or_after(day)) == (before, after)


def test_a_make_up_saturday_is_a_day_like_any_other(make_calendar):
    saturday = date(2026, 6, 20)
    daily = SendingDays(make_calendar(working=[saturday]), LetterChoice.DAILY)
    assert daily.on_or_before(saturday) == saturday


def test_days_are_counted_in_days_on_which_letters_go_out(daily):
    assert daily.nth_after(date(2026, 6, 11), 3) == date(2026, 6, 17)
    assert daily.nth_after(date(2026, 6, 13), 1) == date(2026, 6, 16)
