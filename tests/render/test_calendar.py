"""Entries become iCalendar: what every calendar program reads the same way."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.render.calendar import Entry, calendar_bytes, invitation_bytes

CHANGED = datetime(2026, 6, 1, 3, 30, tzinfo=UTC)
ENTRY = Entry(
    uid="5f0c-1",
    day=date(2026, 6, 30),
    title="Niêm yết công khai thủ tục hành chính, kết quả",
    changed_at=CHANGED,
    sequence=4,
    url="https://dunghan.suoimay.example/assignments/17/",
    categories=("41/KH-UBND",),
    description="Kế hoạch 41/KH-UBND\nThời hạn: “Quý II/2026”",
)
NAME = "Lịch phòng họp; tầng 2"


def feed(*entries, **words):
    return calendar_bytes(NAME, entries, **words)


def events(content):
    return icalendar.Calendar.from_ical(content).walk("VEVENT")


def lines(content):
    """The logical lines of a calendar, unfolded."""
    return content.replace(b"\r\n ", b"").decode().split("\r\n")


def test_a_feed_is_written_like_this():
    assert lines(feed(ENTRY)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//tracker//Deadlines of plans//VI",
        r"NAME:Lịch phòng họp\; tầng 2",
        r"X-WR-CALNAME:Lịch phòng họp\; tầng 2",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "BEGIN:VEVENT",
        r"SUMMARY:Niêm yết công khai thủ tục hành chính\, kết quả",
        "DTSTART;VALUE=DATE:20260630",
        "DTEND;VALUE=DATE:20260701",
        "DTSTAMP:20260601T033000Z",
        "UID:5f0c-1",
        "SEQUENCE:4",
        "CATEGORIES:41/KH-UBND",
        r"DESCRIPTION:Kế hoạch 41/KH-UBND\nThời hạn: “Quý II/2026”",
        "LAST-MODIFIED:20260601T033000Z",
        "TRANSP:TRANSPARENT",
        "URL:https://dunghan.suoimay.example/assignments/17/",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize("entries", [[], [ENTRY], [ENTRY, replace(ENTRY, uid="2", overdue=True)]])
def test_strict_readers_take_it(entries):
    for content in (feed(*entries), feed(*entries, alarms=(7, 1))):
        assert vobject.readOne(content.decode()).validate(raiseException=True)


def test_equal_entries_are_equal_bytes_also_when_rendered_anew():
    again = Entry(**{name: getattr(ENTRY, name) for name in Entry.__slots__})
    assert feed(ENTRY) == feed(again)


def test_a_changed_entry_changes_only_its_own_lines():
    others = [replace(ENTRY, uid=str(n)) for n in range(3)]
    before = feed(*others)
    after = feed(others[0], replace(others[1], sequence=5), others[2])
    assert [pair for pair in zip(lines(before), lines(after), strict=True) if pair[0] != pair[1]] == [
        ("SEQUENCE:4", "SEQUENCE:5")
    ]


@pytest.mark.parametrize(
    ("changes", "summary"),
    [
        ({}, "Báo cáo"),
        ({"overdue": True}, "Quá hạn: Báo cáo"),
        ({"done": True}, "Đã xong: Báo cáo"),
        ({"done": True, "overdue": True}, "Đã xong: Báo cáo"),
    ],
)
def test_the_summary_says_what_is_overdue_and_what_is_done(changes, summary):
    [event] = events(feed(replace(ENTRY, title="Báo cáo", **changes)))
    assert event["SUMMARY"] == summary


def test_an_event_takes_one_whole_day_and_nobodys_time():
    [event] = events(feed(replace(ENTRY, day=date(2026, 12, 31))))
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2026, 12, 31), date(2027, 1, 1))
    assert event["TRANSP"] == "TRANSPARENT"


def test_alarms_ring_at_eight_in_the_morning_so_many_days_before():
    [event] = events(feed(ENTRY, alarms=(7, 1, 0)))
    rings = [datetime(2026, 6, 30) + alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")]
    assert rings == [datetime(2026, 6, day, 8) for day in (23, 29, 30)]


def test_no_alarm_rings_unless_asked_for():
    assert b"VALARM" not in feed(ENTRY)


def test_what_is_empty_is_left_out():
    content = feed(replace(ENTRY, url="", description="", categories=()))
    assert not any(name in content for name in (b"URL", b"DESCRIPTION", b"CATEGORIES"))


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300)
vietnamese = st.text("aăâàảãáạbcdđeêghiklmnoôơpqrstuưvxyấầẩẫậếềểễệốồổỗộớờởỡợứừửữự ,;:\\\n“”", max_size=600)


@settings(deadline=None)
@given(st.one_of(texts, vietnamese))
def test_any_text_comes_back_and_no_line_is_longer_than_75_octets_or_cuts_a_letter(text):
    content = feed(replace(ENTRY, title="t" + text, description=text))
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # a cut letter would not decode
    [event] = events(content)
    assert event["SUMMARY"] == "t" + text
    assert event.get("DESCRIPTION", "") == text


@settings(deadline=None)
@given(st.text(max_size=100))
def test_a_hostile_text_cannot_write_lines_of_its_own(text):
    title = text.encode("utf-8", "replace").decode() + "\r\nEND:VEVENT\r\nBEGIN:VALARM\x00\x85"
    assert len(events(feed(replace(ENTRY, title=title), ENTRY))) == 2
    assert len(lines(feed(replace(ENTRY, title=title)))) == len(lines(feed(ENTRY)))
    assert len(lines(calendar_bytes(title, []))) == len(lines(feed()))


@pytest.mark.parametrize("count", [500, pytest.param(10_000, marks=pytest.mark.slow)])
def test_many_entries_come_back_whole(count):
    entries = [
        replace(ENTRY, uid=f"u{n}", day=ENTRY.day + timedelta(days=n % 400), sequence=n) for n in range(count)
    ]
    found = events(feed(*entries))
    assert [(str(e["UID"]), e.decoded("DTSTART"), e["SEQUENCE"]) for e in found] == [
        (entry.uid, entry.day, entry.sequence) for entry in entries
    ]


def test_one_deadline_can_be_given_as_a_file_that_names_who_publishes_it():
    content = invitation_bytes(ENTRY, organizer="nhacviec@suoimay.example", organizer_name="UBND xã Suối Mây")
    assert vobject.readOne(content.decode()).validate(raiseException=True)
    calendar = icalendar.Calendar.from_ical(content)
    assert calendar["METHOD"] == "PUBLISH"
    [event] = calendar.walk("VEVENT")
    assert event["ORGANIZER"] == "mailto:nhacviec@suoimay.example"
    assert event["ORGANIZER"].params["CN"] == "UBND xã Suối Mây"
    assert event["UID"] == ENTRY.uid, "the same event as in the feeds"


def test_several_deadlines_go_into_one_file():
    content = invitation_bytes(
        ENTRY, replace(ENTRY, uid="another"), organizer="nhacviec@suoimay.example", organizer_name="UBND"
    )
    assert vobject.readOne(content.decode()).validate(raiseException=True)
    assert [str(event["UID"]) for event in icalendar.Calendar.from_ical(content).walk("VEVENT")] == [
        ENTRY.uid,
        "another",
    ]
