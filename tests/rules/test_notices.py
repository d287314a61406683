"""Who must be told what on which day: a calendar year in June 2026, Thursday the 18th being today."""

from datetime import date, timedelta

import pytest

from tracker.rules import notices
from tracker.rules.notices.facts import Deed, StandingDay, Unreviewed, WatchedTask
from tracker.rules.notices.people import LetterChoice, Recipient, RecipientKind
from tracker.rules.notices.table import DEFAULT_RULES, Rule, When

THURSDAY = date(2026, 6, 18)
FRIDAY = date(2026, 6, 19)
MONDAY = date(2026, 6, 22)
COMMUNE, ECONOMY, CULTURE = 10, 11, 12
AN, HOA, BINH, CHI, DUNG = (f"user:{number}" for number in range(1, 6))


def person(number, letters):
    return Recipient(RecipientKind.USER, number, letters)


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        (date(2026, 7, 2), [f"{AN}: approaching"]),  # 14 days
        (date(2026, 6, 25), [f"{AN}: approaching", f"{BINH}: helping"]),  # 7 days
        (date(2026, 6, 21), [f"{AN}: approaching"]),  # 3 days
        (date(2026, 6, 19), [f"{AN}: approaching"]),
        (THURSDAY, [f"{AN}: approaching"]),
        (date(2026, 6, 24), []),
        (date(2026, 6, 17), [f"{AN}: overdue", f"{HOA}: overdue"]),
        (date(2026, 6, 11), [f"{DUNG}: escalated", f"{CHI}: escalated"]),
        (date(2026, 6, 10), [f"{AN}: overdue", f"{HOA}: overdue"]),
        (date(2026, 4, 29), [f"{AN}: overdue", f"{HOA}: overdue"]),  # the eighth
        (date(2026, 4, 23), [f"{DUNG}: escalated", f"{CHI}: escalated"]),  # the eighth
        (date(2026, 4, 22), []),
        (date(2026, 4, 16), []),
    ],
)
def test_a_dated_assignment_is_spoken_of_on_its_days(said, make_facts, make_open, due_on, expected):
    assert said(make_facts(make_open(due_on=due_on)), THURSDAY) == sorted(expected)


def test_asking_twice_gives_the_same_keys(ask, make_facts, make_open):
    facts = make_facts(make_open(due_on=date(2026, 6, 17)), make_open(2, due_on=date(2026, 6, 25)))
    keys = [due.key for due in ask(facts, THURSDAY)]
    assert keys == [due.key for due in ask(facts, THURSDAY)]
    assert len(set(keys)) == len(keys) == 4
    assert f"{AN}/overdue/assignment:1/2026-06-18/2026-06-17" in keys
    assert f"{BINH}/helping/task:7/2026-06-18/2026-06-25" in keys


def test_nothing_is_said_on_a_day_off_nor_later_what_was_said_before_it(said, make_facts, make_open):
    facts = make_facts(make_open(due_on=date(2026, 6, 23)))  # 3 days before is a Saturday, 1 day a Monday
    assert said(facts, FRIDAY) == [f"{AN}: approaching"]
    assert said(facts, date(2026, 6, 20)) == said(facts, date(2026, 6, 21)) == []
    assert said(facts, MONDAY, since=FRIDAY) == [f"{AN}: approaching", f"{DUNG}: week"]


def test_before_a_long_holiday_only_the_nearest_of_what_falls_into_it_is_said(ask, make_facts, make_open):
    facts = make_facts(make_open(due_on=date(2026, 2, 17)))  # in Tết, 14/02 to 22/02
    answers = [due for due in ask(facts, date(2026, 2, 13)) if str(due.recipient) == AN]
    assert [(due.planned_on.day, due.skipped) for due in answers] == [(14, True), (16, True), (17, False)]
    late = [due for due in ask(facts, date(2026, 2, 23), since=date(2026, 2, 13)) if due.rule != "week"]
    assert [(f"{due.recipient}: {due.rule}", due.planned_on.day, due.skipped) for due in late] == [
        (f"{AN}: overdue", 18, False),
        (f"{HOA}: overdue", 18, False),
    ]


def test_after_an_outage_only_the_latest_that_is_still_true_is_said(ask, make_facts, make_open):
    facts = make_facts(make_open(due_on=date(2026, 6, 16)))
    answers = [due for due in ask(facts, THURSDAY, since=date(2026, 6, 8)) if str(due.recipient) == AN]
    assert [(due.rule, due.planned_on.day, due.skipped) for due in answers] == [
        ("approaching", 9, True),
        ("approaching", 13, True),
        ("approaching", 15, True),
        ("approaching", 16, True),
        ("overdue", 17, False),
    ]
    helper = [due for due in ask(facts, THURSDAY, since=date(2026, 6, 8)) if due.rule == "helping"]
    assert [due.skipped for due in helper] == [True]


def test_after_an_outage_a_date_still_ahead_is_reminded_of_once(ask, make_facts, make_open):
    facts = make_facts(make_open(due_on=date(2026, 6, 23)))
    answers = [due for due in ask(facts, THURSDAY, since=date(2026, 6, 5)) if str(due.recipient) == AN]
    assert [(due.planned_on.day, due.skipped) for due in answers] == [(9, True), (16, False)]


def test_a_moved_date_arms_its_reminders_anew(ask, make_facts, make_open):
    before = ask(make_facts(make_open(due_on=date(2026, 6, 25))), THURSDAY)
    after = ask(make_facts(make_open(due_on=date(2026, 7, 25))), date(2026, 7, 17), since=date(2026, 7, 16))
    assert {due.key for due in before}.isdisjoint(due.key for due in after)
    assert ask(make_facts(make_open(due_on=date(2026, 7, 25))), THURSDAY) == []


def test_whoever_is_not_the_lead_hears_once_of_a_task_however_many_units_it_has(ask, make_facts, make_open):
    many = [make_open(number, due_on=date(2026, 6, 11), unit_id=100 + number) for number in range(203)]
    answers = ask(make_facts(*many), THURSDAY)
    assert [(str(due.recipient), due.subject, due.subject_id) for due in answers] == [
        (DUNG, "task", 7),
        (CHI, "task", 7),
    ]


def test_the_dates_of_one_task_are_lines_of_their_own(ask, make_facts, make_open):
    first, second = date(2026, 6, 11), date(2026, 6, 4)
    facts = make_facts(make_open(1, due_on=first), make_open(2, due_on=second))
    chi = [due.occasion for due in ask(facts, THURSDAY) if str(due.recipient) == CHI]
    assert chi == ["2026-06-18/2026-06-11", "2026-06-18/2026-06-04"]


def test_a_task_taken_up_late_by_one_more_unit_is_escalated_by_the_earlier_ones(said, make_facts, make_open):
    first = make_open(1, due_on=date(2026, 6, 11))
    late = make_open(2, due_on=date(2026, 6, 11), unit_id=CULTURE, tracked_from=date(2026, 6, 17))
    assert said(make_facts(first, late), THURSDAY) == sorted(
        [f"{DUNG}: escalated", f"{CHI}: escalated", f"{BINH}: overdue"]
    )


def test_who_chose_weekly_letters_hears_on_mondays(said, make_facts, make_people, make_open):
    weekly = person(1, LetterChoice.WEEKLY)
    facts = make_facts(make_open(due_on=date(2026, 6, 25)), people=make_people(staff={ECONOMY: (weekly,)}))
    assert said(facts, THURSDAY) == []
    assert said(facts, date(2026, 6, 15)) == [f"{AN}: approaching", f"{DUNG}: week"]
    assert said(facts, MONDAY) == [f"{AN}: approaching", f"{DUNG}: week"]


def test_who_wants_no_letters_gets_none_unless_nobody_else_would_read_of_lateness(
    said, make_facts, make_people, make_open
):
    nobody = make_people(
        staff={ECONOMY: (person(1, LetterChoice.NONE),)}, heads={ECONOMY: (person(2, LetterChoice.WEEKLY),)}
    )
    assert said(make_facts(make_open(due_on=date(2026, 6, 25)), people=nobody), THURSDAY) == []
    assert said(make_facts(make_open(due_on=date(2026, 6, 17)), people=nobody), THURSDAY) == [
        f"{HOA}: overdue"
    ]


def test_the_person_named_responsible_is_told(said, make_facts, make_open):
    facts = make_facts(make_open(due_on=date(2026, 7, 2), responsible_id=4))
    assert said(facts, THURSDAY) == [f"{CHI}: approaching"]


def test_work_that_waits_three_working_days_for_its_review_is_brought_up(ask, said, make_facts):
    waiting = [Unreviewed(7, date(2026, 6, 30), date(2026, 6, 12)) for _ in range(5)]  # a Friday
    facts = make_facts(unreviewed=waiting)
    assert said(facts, date(2026, 6, 16)) == []
    assert said(facts, date(2026, 6, 17)) == [f"{CHI}: unreviewed"]
    assert said(facts, THURSDAY) == []
    assert said(facts, THURSDAY, since=date(2026, 6, 16)) == [f"{CHI}: unreviewed"]


def test_undated_tasks_and_units_without_anyone_are_brought_up_on_mondays(said, make_facts):
    facts = make_facts(
        undated_tasks=[8], lead_units={ECONOMY: frozenset({COMMUNE}), 99: frozenset({COMMUNE})}
    )
    assert said(facts, MONDAY) == [f"{CHI}: undated", f"{CHI}: unreachable", f"{DUNG}: week"]
    assert said(facts, THURSDAY) == []
    assert said(facts, THURSDAY, since=date(2026, 6, 12)) == said(facts, MONDAY)


def test_leaders_get_the_week_on_the_working_day_before_a_monday_off(ask, make_facts, make_calendar):
    calendar = make_calendar(MONDAY)
    [due] = ask(make_facts(), FRIDAY, calendar=calendar)
    assert (due.rule, due.subject, due.subject_id, due.planned_on) == ("week", "unit", COMMUNE, MONDAY)
    assert ask(make_facts(), date(2026, 6, 23), since=FRIDAY, calendar=calendar) == []


def test_a_reporting_day_is_announced_seven_days_ahead(said, ask, make_facts):
    day = StandingDay(3, COMMUNE, ECONOMY, date(2026, 6, 28), tracked_from=date(2026, 1, 1))
    facts = make_facts(standing=[day])
    assert said(facts, FRIDAY) == [f"{AN}: standing"]  # 21/6 is a Sunday
    assert said(facts, MONDAY, since=FRIDAY) == [f"{DUNG}: week"]
    late = ask(facts, date(2026, 6, 30), since=date(2026, 6, 18))
    assert [due.skipped for due in late if due.rule == "standing"] == [True]


def test_a_plan_published_within_the_seven_days_announces_no_reporting_day(said, make_facts):
    day = StandingDay(3, COMMUNE, ECONOMY, date(2026, 6, 25), tracked_from=THURSDAY)
    assert said(make_facts(standing=[day]), THURSDAY, since=date(2026, 6, 10)) == [f"{DUNG}: week"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("published", [f"{AN}: published", f"{BINH}: published"]),
        ("returned", [f"{AN}: returned"]),
        ("extension_granted", [f"{AN}: extension_granted"]),
        ("cancelled", [f"{AN}: cancelled", f"{BINH}: cancelled"]),
    ],
)
def test_a_deed_is_told_to_the_lead_and_some_to_its_helpers(said, make_facts, rule, expected):
    facts = make_facts(deeds=[Deed(31, rule, THURSDAY, 1, 7, ECONOMY)])
    assert said(facts, THURSDAY) == expected


def test_helpers_hear_once_of_a_deed_done_to_many_units_the_same_day(ask, make_facts):
    deeds = [Deed(entry, "published", THURSDAY, entry, 7, 100 + entry) for entry in range(40)]
    assert len({due.key for due in ask(make_facts(deeds=deeds), THURSDAY)}) == 1


def test_a_plan_of_other_rules_says_other_things(said, make_facts, make_open):
    facts = make_facts(make_open(due_on=date(2026, 6, 28)))
    rules = [Rule("approaching", When.BEFORE, (10,), DEFAULT_RULES[2].to)]
    assert said(facts, THURSDAY, rules=rules) == [f"{AN}: approaching"]
    assert said(facts, THURSDAY, rules=[]) == []


def test_a_year_day_by_day_says_what_one_outage_of_a_year_answers_for(make_facts, make_open, calendar):
    """Asked each day or once at the end, the same notices are accounted for, each exactly once."""
    all_dates = [date(2026, month, 10 + month) for month in range(1, 13)]
    facts = make_facts(*[make_open(n, due_on=due_on) for n, due_on in enumerate(all_dates)])
    first, last = date(2025, 12, 31), date(2026, 12, 31)
    daily, day = [], first
    while day < last:
        day += timedelta(1)
        daily += notices.due(facts, DEFAULT_RULES, day, calendar, since=day - timedelta(1))
    once = list(notices.due(facts, DEFAULT_RULES, last, calendar, since=first))
    dated = {due.key for due in daily if due.rule != "week"}
    assert len(dated) == len([due for due in daily if due.rule != "week"])
    assert dated == {due.key for due in once if due.rule != "week"}


def test_very_many_assignments_are_gone_through_in_one_pass(make_facts, make_open, calendar):
    task = {number: WatchedTask(COMMUNE) for number in range(100)}
    assignments = (
        make_open(n, due_on=date(2026, 1, 1) + timedelta(n % 700), task_id=n % 100) for n in range(20_000)
    )
    facts = make_facts(tasks=task, **{"assignments": assignments})
    answers = notices.due(facts, DEFAULT_RULES, THURSDAY, calendar, since=THURSDAY - timedelta(1))
    told = sum(due.rule in {"approaching", "overdue"} for due in answers)
    due_days = (0, 1, 3, 7, 14, *(-late for late in range(1, 51, 7)))
    lead_and_head = {False: 1, True: 2}
    expected = sum(
        lead_and_head[days < 0]
        for n in range(20_000)
        for days in [(date(2026, 1, 1) + timedelta(n % 700) - THURSDAY).days]
        if days in due_days
    )
    assert told == expected
