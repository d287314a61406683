"""What calendar programs fetch: no log-in, no cookie, 304 where nothing changed, 404 for what is closed."""

import logging
from datetime import date, datetime, timedelta

import icalendar
import pytest
import time_machine
from werkzeug.http import http_date

from tracker.clock import HANOI
from tracker.grants import reach_of
from tracker.models import FeedScope
from tracker.rules.states import State
from tracker.services import feeding, progress
from tracker.services.feed_views import Options
from tracker.services.feeding import Subject
from tracker.web import recall
from tracker.web.calendars import read_options

NINE = datetime(2026, 6, 18, 9, tzinfo=HANOI)


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NINE, tick=False) as traveller:
        yield traveller


@pytest.fixture
def client(app):
    """A calendar program: it knows the address and nothing else."""
    return app.test_client(use_cookies=True)


@pytest.fixture
def subscribe(session, now):
    """A factory of feeds; it gives the feed and its address on this site."""

    def subscribe(user, scope=FeedScope.PERSON, **words):
        feed, token = feeding.create_feed(reach_of(user), "Lịch của tôi", Subject(scope, **words), now=now)
        session.commit()
        return feed, f"/feeds/{token}.ics"

    return subscribe


@pytest.fixture
def now():
    return NINE


@pytest.fixture
def address(cast, subscribe, make_assignment):
    """The address of An's feed with one deadline in it."""
    make_assignment()
    return subscribe(cast.an)[1]


def summaries(answer):
    return [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(answer.data).walk("VEVENT")]


def test_an_address_opens_a_calendar_without_log_in_and_without_cookies(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert summaries(answer) == ["Niêm yết công khai thủ tục hành chính"]
    assert "Set-Cookie" not in answer.headers


def test_a_calendar_cannot_do_anything_in_a_browser_and_is_kept_by_nobody_else(client, address):
    headers = client.get(address).headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert set(headers["Cache-Control"].split(", ")) == {"private", "no-cache"}
    assert headers["X-Robots-Tag"] == "noindex"


def test_what_is_fetched_twice_is_the_same_to_the_byte(client, address):
    first, second = client.get(address), client.get(address)
    assert first.data == second.data
    assert first.headers["ETag"] == second.headers["ETag"]
    assert not first.headers["ETag"].startswith("W/")


def test_an_unchanged_calendar_is_not_sent_and_not_built_again(client, address, monkeypatch):
    first = client.get(address)
    monkeypatch.setattr("tracker.web.calendars._build", None)
    for _ in range(2):
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert "Set-Cookie" not in again.headers


def test_a_program_that_knows_only_the_date_is_told_as_well(client, address):
    since = client.get(address).headers["Last-Modified"]
    assert client.get(address, headers={"If-Modified-Since": since}).status_code == 304
    long_ago = http_date(datetime(2020, 1, 1))
    assert client.get(address, headers={"If-Modified-Since": long_ago}).status_code == 200


def test_head_says_what_get_would_say(client, address):
    whole, head = client.get(address), client.head(address)
    assert (head.status_code, head.data) == (200, b"")
    for name in ("ETag", "Last-Modified", "Content-Type", "Content-Length"):
        assert head.headers[name] == whole.headers[name]


def test_a_change_is_seen_at_the_very_next_fetch(client, cast, subscribe, make_assignment, session):
    assignment = make_assignment()
    _, address = subscribe(cast.an)
    first = client.get(address)
    progress.report_progress(assignment, 50, actor=cast.an, now=NINE + timedelta(hours=1))
    session.commit()
    second = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200
    assert b"SEQUENCE:2" in first.data
    assert b"SEQUENCE:4" in second.data
    assignment.state, assignment.completed_on = State.DONE, date(2026, 6, 18)
    session.commit()
    third = client.get(address, headers={"If-None-Match": second.headers["ETag"]})
    assert summaries(third) == []


def test_midnight_makes_overdue_without_anyone_doing_anything(client, address, morning):
    first = client.get(address)
    morning.move_to(datetime(2026, 6, 30, 23, 59, tzinfo=HANOI))
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    morning.move_to(datetime(2026, 7, 1, 0, 1, tzinfo=HANOI))
    late = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert summaries(late) == ["Quá hạn: Niêm yết công khai thủ tục hành chính"]
    assert late.headers["Last-Modified"] == http_date(datetime(2026, 7, 1, tzinfo=HANOI))


@pytest.mark.parametrize("query", ["?alarm=7,1", "?brief=1", "?done=1", "?alarm=7&brief=1"])
def test_each_wish_has_a_tag_of_its_own(client, address, query):
    plain, wished = client.get(address), client.get(address + query)
    assert wished.status_code == 200
    assert wished.headers["ETag"] != plain.headers["ETag"]


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ({}, Options()),
        ({"alarm": "7,1"}, Options(alarms=(7, 1))),
        ({"alarm": "1, 7,7"}, Options(alarms=(7, 1))),
        ({"alarm": "x,-1,3.5,61,٣,"}, Options(alarms=(3,))),
        ({"alarm": "9" * 5000}, Options()),
        ({"alarm": "1,2,3,4,5,6,7"}, Options(alarms=(7, 6, 5, 4, 3))),
        ({"brief": "1", "done": "1"}, Options(brief=True, done=True)),
        ({"brief": "yes", "other": "1"}, Options()),
    ],
)
def test_wishes_that_make_no_sense_are_passed_over(query, options):
    assert read_options(query) == options


def test_every_closed_address_reads_the_same(client, cast, subscribe, session):
    feed, revoked = subscribe(cast.an)
    _, locked = subscribe(cast.binh)
    _, ungranted = subscribe(cast.giang)
    for address in (revoked, locked, ungranted):
        assert client.get(address).status_code == 200
    feeding.revoke_feed(feed, actor=cast.an, now=NINE)
    cast.binh.active = False
    cast.giang.grants = []
    session.commit()
    closed = [client.get(a) for a in (revoked, locked, ungranted, "/feeds/" + "x" * 43 + ".ics")]
    assert {answer.status_code for answer in closed} == {404}
    assert len({answer.data for answer in closed}) == 1
    assert not any("Set-Cookie" in answer.headers for answer in closed)


def test_the_token_opens_nothing_else(client, address):
    token = address.removeprefix("/feeds/").removesuffix(".ics")
    for other in (f"/feeds/{token}", f"/assignments/?token={token}", f"/evidence/1?token={token}"):
        assert client.get(other).status_code in (302, 404)


def test_the_fetch_and_its_program_are_noted_but_not_at_every_fetch(
    client, cast, subscribe, session, morning, count_queries
):
    feed, address = subscribe(cast.an)
    client.get(address, headers={"User-Agent": "Google-Calendar-Importer"})
    session.refresh(feed)
    assert (feed.fetched_at, feed.fetched_by) == (NINE, "Google")
    client.get(address)
    with count_queries() as sent:
        client.get(address)
    assert not any(statement.startswith("UPDATE") for statement in sent)
    morning.move_to(datetime(2026, 6, 18, 10, tzinfo=HANOI))
    client.head(address, headers={"User-Agent": "curl/8"})
    session.refresh(feed)
    assert feed.fetched_by == "Google", "only a whole fetch counts"
    client.get(address, headers={"User-Agent": "Thunderbird/128"})
    session.refresh(feed)
    assert feed.fetched_by == "Thunderbird"


def test_while_nothing_is_written_a_fetch_asks_no_table(client, address, count_queries):
    for _ in range(2):
        client.get(address)
    with count_queries() as sent:
        client.get(address)
    assert sent == []


def test_tokens_do_not_stand_in_logs(app, client, address, caplog, monkeypatch):
    token = address.removeprefix("/feeds/").removesuffix(".ics")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr("tracker.web.calendars._build", lambda *_: 1 / 0)
    with caplog.at_level(logging.DEBUG):
        assert client.get(address).status_code == 500
        for name in ("werkzeug", "gunicorn.access", "gunicorn.error"):
            logging.getLogger(name).warning('"GET %s HTTP/1.1" %s', address, 200)
    assert len(caplog.records) >= 4
    assert token not in caplog.text
    assert "/feeds/….ics" in caplog.text


def test_other_records_pass_untouched(app, caplog):
    logging.getLogger("werkzeug").warning('"GET %s"', "/feeds/new")
    assert caplog.records[-1].args == ("/feeds/new",)


def test_one_deadline_can_be_added_by_hand(cast, make_assignment, log_in, session):
    assignment = make_assignment(title="Niêm yết")
    session.commit()
    answer = log_in(cast.an).get(f"/assignments/{assignment.id}/deadline.ics")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert b"METHOD:PUBLISH" in answer.data
    assert summaries(answer) == ["Niêm yết"]
    assert log_in(cast.giang).get(f"/assignments/{assignment.id}/deadline.ics").status_code == 404
    assert log_in(cast.an).get("/assignments/999/deadline.ics").status_code == 404


def test_a_shelf_throws_out_what_was_not_asked_for_longest():
    shelf = recall.Shelf(most_bytes=10)
    made = []

    def get(tag):
        return shelf.get(tag, lambda: made.append(tag) or tag.encode() * 4)

    for tag in ("a", "b", "a", "c", "a", "b"):
        assert get(tag) == tag.encode() * 4
    assert made == ["a", "b", "c", "b"]
