"""Addresses of calendars: who gets one, what it opens, and when it stops."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tracker.grants import reach_of
from tracker.models import Feed, FeedScope, Grant, Role
from tracker.services import auditing, feeding
from tracker.services.feed_programs import program_of
from tracker.services.feeding import Subject
from tracker.services.refusals import Refused

NOW = datetime(2026, 6, 18, 2, tzinfo=UTC)
PERSON = Subject(FeedScope.PERSON)


@pytest.fixture
def subscribe(session):
    """A factory of feeds: the feed and its token."""

    def subscribe(user, subject=PERSON, name="Điện thoại"):
        feed, token = feeding.create_feed(reach_of(user), name, subject, now=NOW)
        session.flush()
        return feed, token

    return subscribe


def test_a_token_opens_its_feed_and_is_kept_only_as_a_hash(cast, subscribe, session):
    feed, token = subscribe(cast.an)
    assert feeding.find_feed(token).feed is feed
    assert len(token) >= 43, "256 bits in letters of 6 bits"
    stored = session.execute(select(Feed.__table__)).one()
    assert token not in [str(value) for value in stored]


def test_every_token_is_another(cast, subscribe):
    assert len({subscribe(cast.an)[1] for _ in range(20)}) == 20


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "../../etc", "\u1ea1" * 10])
def test_a_guessed_token_opens_nothing(cast, subscribe, token):
    subscribe(cast.an)
    assert feeding.find_feed(token) is None


def test_a_revoked_address_opens_nothing_and_revoking_twice_is_revoking_once(cast, subscribe):
    feed, token = subscribe(cast.an)
    for moment in (NOW, NOW + timedelta(days=1)):
        feeding.revoke_feed(feed, actor=cast.an, now=moment)
    assert feeding.find_feed(token) is None
    assert feed.revoked_at == NOW
    assert feeding.feeds_of(cast.an) == []
    assert [entry.verb for entry in auditing.entries_about(feed)] == ["create_feed", "revoke_feed"]
    with pytest.raises(Refused, match="đã thu hồi"):
        feeding.replace_feed(feed, actor=cast.an, now=NOW)


def test_a_replaced_address_stops_and_the_new_one_opens_the_same_feed(cast, subscribe):
    feed, old = subscribe(cast.an)
    other, other_token = subscribe(cast.an)
    new = feeding.replace_feed(feed, actor=cast.an, now=NOW)
    assert feeding.find_feed(old) is None
    assert feeding.find_feed(new).feed is feed
    assert feeding.find_feed(other_token).feed is other


def test_the_address_of_a_locked_account_opens_nothing_until_it_is_unlocked(cast, subscribe, session):
    _, token = subscribe(cast.an)
    cast.an.active = False
    session.flush()
    assert feeding.find_feed(token) is None
    cast.an.active = True
    session.flush()
    assert feeding.find_feed(token) is not None


def test_an_address_opens_nothing_once_its_owner_lost_the_grant(cast, subscribe, session):
    _, of_unit = subscribe(cast.an, Subject(FeedScope.UNIT, unit=cast.economy))
    _, of_person = subscribe(cast.an)
    _, overdue = subscribe(cast.an, Subject(FeedScope.OVERDUE))
    cast.an.grants = [Grant(role=Role.STAFF, unit=cast.neighbour)]
    session.flush()
    assert feeding.find_feed(of_unit) is None
    assert feeding.find_feed(of_person) is not None
    cast.an.grants = []
    session.flush()
    assert feeding.find_feed(of_person) is None
    assert feeding.find_feed(overdue) is None


@pytest.fixture
def subject(cast, make_plan, make_assignment):
    """Subjects by name: the commune, one of its departments, and a plan of the commune."""
    plan = make_plan()
    make_assignment(plan=plan)
    return {
        "commune": Subject(FeedScope.UNIT, unit=cast.commune),
        "department": Subject(FeedScope.UNIT, unit=cast.economy),
        "plan": Subject(FeedScope.PLAN, plan=plan),
        "person": PERSON,
        "overdue": Subject(FeedScope.OVERDUE),
        "no unit": Subject(FeedScope.UNIT),
        "no plan": Subject(FeedScope.PLAN),
    }


MAY = {
    "an": {"department", "plan", "person", "overdue"},
    "binh": {"plan", "person", "overdue"},
    "chi": {"commune", "department", "plan", "person", "overdue"},
    "dung": {"commune", "department", "plan", "overdue"},
    "giang": {"person", "overdue"},
    "admin": {"commune", "department", "plan", "overdue"},
}


@pytest.mark.parametrize("name", MAY)
def test_nobody_gets_an_address_of_what_they_may_not_see(cast, subscribe, subject, name):
    given = set()
    for words, about in subject.items():
        try:
            subscribe(getattr(cast, name), about)
        except Refused:
            continue
        given.add(words)
    assert given == MAY[name]


def test_an_address_needs_a_name(cast, subscribe):
    with pytest.raises(Refused, match="đặt tên"):
        subscribe(cast.an, name="  ")


def test_nobody_piles_up_addresses_without_end(cast, subscribe, monkeypatch):
    monkeypatch.setattr(feeding, "MOST_FEEDS", 2)
    subscribe(cast.an)
    subscribe(cast.an)
    with pytest.raises(Refused, match="Đã có 2 địa chỉ"):
        subscribe(cast.an)


def test_a_fetch_is_noted_once_in_ten_minutes(cast, subscribe):
    feed, _ = subscribe(cast.an)
    feeding.note_fetch(feed, "Google-Calendar-Importer", now=NOW)
    feeding.note_fetch(feed, "curl/8", now=NOW + timedelta(minutes=9))
    assert (feed.fetched_at, feed.fetched_by) == (NOW, "Google")
    feeding.note_fetch(feed, "curl/8", now=NOW + timedelta(minutes=10))
    assert (feed.fetched_at, feed.fetched_by) == (NOW + timedelta(minutes=10), "curl")


@pytest.mark.parametrize(
    ("user_agent", "program"),
    [
        ("Google-Calendar-Importer", "Google"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0", "Thunderbird"),
        ("iOS/17.5.1 (21F90) dataaccessd/1.0", "iPhone, Mac"),
        ("macOS/14.5 (23F79) CalendarAgent/1019", "iPhone, Mac"),
        ("Microsoft.Exchange/15.20 (Windows NT 10.0; Win64; x64)", "Outlook"),
        ("ICSx5/2.2.4", "ICSx5"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0", "Trình duyệt"),
        ("vdirsyncer/0.19.3", "vdirsyncer"),
        ("", ""),
    ],
)
def test_a_program_is_known_by_what_it_calls_itself(user_agent, program):
    assert program_of(user_agent) == program
