"""Who of a unit, of its helpers and of its overseers is told."""

import pytest

from tracker.rules.notices.people import (
    LetterChoice,
    Parties,
    Recipient,
    RecipientKind,
    recipients,
    unit_recipients,
    with_a_daily_reader,
)
from tracker.rules.notices.table import Audience

COMMUNE, ECONOMY, CULTURE, PROVINCE = 10, 11, 12, 9
MAILBOX = Recipient(RecipientKind.UNIT, ECONOMY)


def person(number, letters=LetterChoice.DAILY):
    return Recipient(RecipientKind.USER, number, letters)


AN, HOA, BINH, CHI, DUNG = (person(number) for number in range(1, 6))
TASK = Parties(COMMUNE, unit_id=ECONOMY, coordinating=(CULTURE, ECONOMY))


@pytest.mark.parametrize(
    ("lists", "responsible_id", "expected"),
    [
        ({}, None, (AN,)),
        ({"mailboxes": {ECONOMY: MAILBOX}}, None, (MAILBOX, AN)),
        ({"mailboxes": {ECONOMY: MAILBOX}}, BINH.id, (MAILBOX, BINH)),
        ({}, BINH.id, (BINH,)),
        ({}, 99, (AN,)),  # named, but not to be reached: the staff is told
        ({"staff": {ECONOMY: (AN, BINH)}}, None, (AN, BINH)),
        ({"staff": {}}, None, (HOA,)),
        ({"staff": {}, "heads": {}, "mailboxes": {ECONOMY: MAILBOX}}, None, (MAILBOX,)),
        ({"staff": {}, "heads": {}}, None, ()),
    ],
)
def test_a_unit_is_its_mailbox_and_the_person_named_else_its_staff_else_its_head(
    make_people, lists, responsible_id, expected
):
    assert unit_recipients(ECONOMY, make_people(**lists), responsible_id) == expected


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (Audience.LEAD, (AN,)),
        (Audience.HEAD, (HOA,)),
        (Audience.COORDINATING, (BINH, AN)),
        (Audience.LEADER_IN_CHARGE, (DUNG,)),
        (Audience.MONITOR, (CHI,)),
        (Audience.LEADERS, (DUNG,)),
    ],
)
def test_each_audience_is_found_around_the_task(make_people, audience, expected):
    assert recipients((audience,), TASK, make_people()) == expected


def test_the_leader_named_for_a_task_is_told_instead_of_all_leaders(make_people):
    parties = Parties(COMMUNE, leader_id=HOA.id)
    assert recipients((Audience.LEADER_IN_CHARGE,), parties, make_people()) == (HOA,)


def test_without_a_monitor_of_its_own_a_unit_is_watched_from_the_nearest_above(make_people):
    people = make_people(monitors={PROVINCE: (CHI,)}, parents={COMMUNE: PROVINCE, PROVINCE: None})
    assert recipients((Audience.MONITOR,), TASK, people) == (CHI,)
    assert recipients((Audience.MONITOR,), TASK, make_people(monitors={})) == ()


def test_a_person_in_two_audiences_is_told_once(make_people):
    people = make_people(heads={ECONOMY: (AN,)})
    assert recipients((Audience.LEAD, Audience.HEAD), TASK, people) == (AN,)


WEEKLY_AN, NO_HOA = person(AN.id, LetterChoice.WEEKLY), person(HOA.id, LetterChoice.NONE)


@pytest.mark.parametrize(
    ("readers", "heads", "expected"),
    [
        ((AN, NO_HOA), (NO_HOA,), (AN, NO_HOA)),
        ((WEEKLY_AN, HOA), (HOA,), (WEEKLY_AN, HOA)),
        ((WEEKLY_AN, NO_HOA), (NO_HOA,), (WEEKLY_AN, HOA)),
        ((WEEKLY_AN,), (), (AN,)),
        ((MAILBOX, WEEKLY_AN), (), (MAILBOX, WEEKLY_AN)),
        ((), (), ()),
    ],
)
def test_no_choice_leaves_a_lead_unit_without_a_daily_reader(make_people, readers, heads, expected):
    assert with_a_daily_reader(readers, TASK, make_people(heads={ECONOMY: heads})) == expected
