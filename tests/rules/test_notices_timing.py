"""On which days each kind of deadline is spoken of."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.deadlines.workdays import DaysOff
from tracker.rules.notices.facts import TrackedDates
from tracker.rules.notices.people import LetterChoice
from tracker.rules.notices.sending import SendingDays
from tracker.rules.notices.table import DATED_RULES, LONG_PERIOD_DAYS, When
from tracker.rules.notices.timing import Window, is_late, plan, planned_days

LONG_AGO = date(2025, 1, 1)
RULES = {rule.name: rule for rule in DATED_RULES}


def days(name, starts_on, due_on, tracked_from=LONG_AGO):
    return [
        f"{day:%d/%m}" for day in planned_days(RULES[name], TrackedDates(starts_on, due_on, tracked_from))
    ]


Q2 = (date(2026, 4, 1), date(2026, 6, 30))
JUNE = (date(2026, 6, 1), date(2026, 6, 30))
WEEK = (date(2026, 6, 22), date(2026, 6, 28))
BY = (None, date(2026, 6, 30))


@pytest.mark.parametrize(
    ("name", "dates", "expected"),
    [
        ("approaching", BY, ["16/06", "23/06", "27/06", "29/06", "30/06"]),
        ("approaching", Q2, ["16/06", "23/06", "27/06", "29/06", "30/06"]),
        ("approaching", JUNE, ["16/06", "23/06", "27/06", "29/06", "30/06"]),
        ("approaching", WEEK, ["25/06", "27/06", "28/06"]),  # no further ahead than half of seven days
        ("approaching", (WEEK[1], WEEK[1]), ["28/06"]),
        ("helping", BY, ["23/06"]),
        ("helping", WEEK, []),
        ("started", Q2, ["01/04"]),
        ("halfway", Q2, ["16/05"]),
        ("started", JUNE, []),
        ("halfway", JUNE, []),
        ("started", BY, []),
        ("overdue", BY, ["01/07", "08/07", "15/07", "22/07", "29/07", "05/08", "12/08", "19/08"]),
        ("escalated", BY, ["07/07", "14/07", "21/07", "28/07", "04/08", "11/08", "18/08", "25/08"]),
    ],
)
def test_each_rule_plans_its_days(name, dates, expected):
    assert days(name, *dates) == expected


@pytest.mark.parametrize(("length", "spoken_of"), [(LONG_PERIOD_DAYS, 0), (LONG_PERIOD_DAYS + 1, 1)])
def test_only_a_period_of_more_than_45_days_is_announced(length, spoken_of):
    due_on = date(2026, 6, 30)
    starts_on = due_on - timedelta(length - 1)
    assert len(days("started", starts_on, due_on)) == len(days("halfway", starts_on, due_on)) == spoken_of


def test_nothing_planned_before_or_on_the_day_of_publishing_is_said():
    assert days("approaching", *Q2, tracked_from=date(2026, 6, 23)) == ["27/06", "29/06", "30/06"]
    assert days("started", *Q2, tracked_from=date(2026, 4, 1)) == []


def test_lateness_counts_from_publishing_where_that_came_after_the_date():
    assert days("overdue", *BY, tracked_from=date(2026, 7, 10))[:2] == ["11/07", "18/07"]
    assert days("escalated", *BY, tracked_from=date(2026, 7, 10))[:2] == ["17/07", "24/07"]


def goes_out(make_calendar, name, dates, choice=LetterChoice.DAILY, off=()):
    sending = SendingDays(make_calendar(*off), choice)
    return [f"{planned.goes_out_on:%d/%m}" for planned in plan(RULES[name], TrackedDates(*dates), sending)]


def test_what_falls_on_a_weekend_goes_out_before_it_and_after_it_once_overdue(make_calendar):
    sunday = (None, date(2026, 6, 28), LONG_AGO)
    # planned for 14/6 (Sunday), 21/6 (Sunday), 25/6, 27/6 (Saturday) and 28/6 (Sunday)
    assert goes_out(make_calendar, "approaching", sunday) == ["12/06", "19/06", "25/06", "26/06", "26/06"]
    friday = (None, date(2026, 6, 26), LONG_AGO)
    assert goes_out(make_calendar, "overdue", friday)[:2] == ["29/06", "06/07"]


def test_what_would_have_gone_out_before_publishing_goes_out_after_it_while_it_is_true(make_calendar):
    due_on, published = date(2026, 6, 23), date(2026, 6, 19)  # a Friday; 3 and 1 days before: 20/6 and 22/6
    assert goes_out(make_calendar, "approaching", (None, due_on, published)) == ["22/06", "22/06", "23/06"]
    assert goes_out(make_calendar, "approaching", (None, date(2026, 6, 21), published)) == []


def test_a_countdown_never_goes_out_before_the_occurrence_starts(make_calendar):
    starts_on, due_on = date(2026, 6, 20), date(2026, 6, 23)  # Saturday to Tuesday
    assert goes_out(make_calendar, "approaching", (starts_on, due_on, LONG_AGO)) == ["22/06", "23/06"]


def test_weekly_readers_hear_ahead_of_a_date_and_after_it_once_late(make_calendar):
    thursday = (None, date(2026, 6, 25), LONG_AGO)
    assert (
        goes_out(make_calendar, "approaching", thursday, LetterChoice.WEEKLY)
        == ["08/06", "15/06"] + ["22/06"] * 3
    )
    assert goes_out(make_calendar, "overdue", thursday, LetterChoice.WEEKLY)[:2] == ["29/06", "06/07"]


days_of_some_years = st.dates(date(2024, 1, 1), date(2030, 12, 31))
all_dates = st.builds(
    lambda due_on, length, tracked: TrackedDates(
        due_on - timedelta(length) if length else None, due_on, due_on + timedelta(tracked)
    ),
    days_of_some_years,
    st.integers(0, 800),
    st.integers(-900, 60),
)
holidays = st.sets(days_of_some_years, max_size=60)


@settings(deadline=None)
@given(all_dates, holidays, st.sampled_from([LetterChoice.DAILY, LetterChoice.WEEKLY]))
def test_nothing_goes_out_on_a_day_off_or_when_it_is_no_longer_true(dates, off, choice):
    days_off = DaysOff(dict.fromkeys(off, True))
    sending = SendingDays(days_off, choice)
    for rule in DATED_RULES:
        for planned in plan(rule, dates, sending):
            assert days_off.is_working(planned.goes_out_on)
            assert planned.goes_out_on > dates.tracked_from
            assert (planned.goes_out_on > dates.due_on) is is_late(rule)
            if rule.when is When.BEFORE:
                assert planned.goes_out_on >= (dates.starts_on or date.min)
                assert (dates.due_on - planned.on).days * 2 <= (
                    dates.due_on - (dates.starts_on or date.min)
                ).days + 1


@settings(deadline=None)
@given(all_dates, holidays, st.integers(0, 40))
def test_windows_laid_end_to_end_say_everything_once(dates, off, step):
    days_off = DaysOff(dict.fromkeys(off, True))
    first, last = dates.due_on - timedelta(60), dates.due_on + timedelta(90)
    whole = Window(DATED_RULES, days_off, first, last).fallen(dates)
    pieces, since = [], first
    while since < last:
        today = min(since + timedelta(step + 1), last)
        pieces += Window(DATED_RULES, days_off, since, today).fallen(dates)
        since = today
    assert sorted(pieces, key=repr) == sorted(whole, key=repr)
