"""A calendar of days off and factories of facts; the year is 2026."""

from datetime import date, timedelta

import pytest

from tracker.deadlines.workdays import DaysOff
from tracker.rules import notices
from tracker.rules.notices.facts import Facts, OpenAssignment, TrackedDates, WatchedTask
from tracker.rules.notices.people import LetterChoice, People, Recipient, RecipientKind
from tracker.rules.notices.table import DEFAULT_RULES

TET = [date(2026, 2, 14) + timedelta(n) for n in range(9)]  # Saturday 14/02 to Sunday 22/02


@pytest.fixture
def calendar():
    return DaysOff(dict.fromkeys(TET, True))


@pytest.fixture
def make_calendar():
    """A factory of calendars in which some days are off and others are worked."""
    return lambda *off, working=(): DaysOff(dict.fromkeys(off, True) | dict.fromkeys(working, False))


def user(number, letters=LetterChoice.DAILY):
    return Recipient(RecipientKind.USER, number, letters)


AN, HOA, BINH, CHI, DUNG = (user(number) for number in range(1, 6))
COMMUNE, ECONOMY, CULTURE = 10, 11, 12


@pytest.fixture
def make_people():
    """A factory of a commune: An works in the economy department under Hoa, Bình in culture; Chi watches,
    Dũng leads. Persons and lists can be given by name."""

    def make(**fields):
        lists = {
            "persons": {person.id: person for person in (AN, HOA, BINH, CHI, DUNG)},
            "staff": {ECONOMY: (AN,), CULTURE: (BINH,)},
            "heads": {ECONOMY: (HOA,)},
            "monitors": {COMMUNE: (CHI,)},
            "leaders": {COMMUNE: (DUNG,)},
            "parents": {ECONOMY: COMMUNE, CULTURE: COMMUNE, COMMUNE: None},
        }
        return People(**lists | fields)

    return make


@pytest.fixture
def make_facts(make_people):
    """A factory of facts; task 7 is watched by the commune and helped by culture."""

    def make(*assignments, people=None, **fields):
        tasks = {7: WatchedTask(COMMUNE, None, (CULTURE,)), 8: WatchedTask(COMMUNE)}
        return Facts(people or make_people(), **{"tasks": tasks, "assignments": assignments} | fields)

    return make


@pytest.fixture
def make_open():
    """A factory of open assignments of the economy department."""

    def make(number=1, *, due_on, starts_on=None, tracked_from=date(2025, 12, 1), **fields):
        values = {"task_id": 7, "unit_id": ECONOMY} | fields
        return OpenAssignment(number, dates=TrackedDates(starts_on, due_on, tracked_from), **values)

    return make


@pytest.fixture
def ask(calendar):
    """Ask what must be said on a day; the day before was asked about, unless `since` says otherwise."""

    def ask(facts, today, *, since=None, calendar=calendar, rules=DEFAULT_RULES):
        since = since or today - timedelta(1)
        return list(notices.due(facts, rules, today, calendar, since=since))

    return ask


@pytest.fixture
def said(ask):
    """The same as «who: rule» words, without what is skipped, in order."""

    def said(*arguments, **options):
        return sorted(f"{due.recipient}: {due.rule}" for due in ask(*arguments, **options) if not due.skipped)

    return said
