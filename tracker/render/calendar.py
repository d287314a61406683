"""Deadlines as calendars: entries in, the bytes of iCalendar (RFC 5545, RFC 7986) out.

Equal entries give equal bytes: nothing here asks the clock or draws a number.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

PRODUCT = "-//tracker//Deadlines of plans//VI"
REFRESH = timedelta(hours=1)  # how often a calendar program is asked to come again
MORNING = timedelta(hours=8)  # the hour of an alarm on its day
KEPT_ENTRIES = 20_000  # rendered entries that are kept, about half a kilobyte each
OVERDUE = "Quá hạn: "
DONE = "Đã xong: "
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One deadline: its last day, what it is about, and when and how often that changed.

    `uid` names it for good; `sequence` grows with every change and `changed_at` is the moment of the last.
    """

    uid: str
    day: date
    title: str
    changed_at: datetime
    sequence: int
    url: str = ""
    overdue: bool = False
    done: bool = False
    categories: tuple[str, ...] = ()
    description: str = ""


def calendar_bytes(name: str, entries: Iterable[Entry], *, alarms: tuple[int, ...] = ()) -> bytes:
    """A calendar to subscribe to: one all-day event an entry, in their order.

    `alarms` are days before the last day, each an alarm at eight in the morning. The calendar itself has no
    UID (RFC 7986 allows one): vdirsyncer would take it for that of every event and keep only the last.
    """
    head, tail = _shell(name)
    return b"".join([head, *(_event_bytes(entry, alarms) for entry in entries), tail])


def invitation_bytes(*entries: Entry, organizer: str, organizer_name: str = "") -> bytes:
    """Deadlines as a file to add to a calendar, or to go with a letter (METHOD:PUBLISH, RFC 5546, 3.2.1).

    `organizer` is the address letters come from; a published event must name one.
    """
    calendar = _calendar()
    calendar.add("method", "PUBLISH")
    for entry in entries:
        event = _event(entry, ())
        event.add("organizer", _organizer(organizer, organizer_name))
        calendar.add_component(event)
    return calendar.to_ical()


def _organizer(address: str, name: str) -> vCalAddress:
    organizer = vCalAddress(f"mailto:{address}")
    if name:
        organizer.params["CN"] = name
    return organizer


@lru_cache(maxsize=1_000)
def _shell(name: str) -> tuple[bytes, bytes]:
    """What stands before and after the events of a feed."""
    calendar = _calendar()
    for key in ("name", "x-wr-calname"):
        calendar.add(key, vText(_plain(name)))  # icalendar takes neither for a text by itself
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    end = b"END:VCALENDAR\r\n"
    return calendar.to_ical().removesuffix(end), end


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    return calendar


@lru_cache(maxsize=KEPT_ENTRIES)
def _event_bytes(entry: Entry, alarms: tuple[int, ...]) -> bytes:
    return _event(entry, alarms).to_ical()


def _event(entry: Entry, alarms: tuple[int, ...]) -> Event:
    event = Event()
    for key, value in _properties(entry).items():
        if value:
            event.add(key, value)
    event.add("sequence", entry.sequence)
    for days in alarms:
        event.add_component(_alarm(entry, days))
    return event


def _properties(entry: Entry) -> dict[str, Any]:
    """What the event says, left out where it is empty; it takes a whole day and nobody's time."""
    return {
        "uid": entry.uid,
        "summary": _summary(entry),
        "dtstart": entry.day,
        "dtend": entry.day + timedelta(days=1),
        "dtstamp": entry.changed_at,
        "last-modified": entry.changed_at,
        "transp": "TRANSPARENT",
        "url": entry.url,
        "categories": [_plain(category) for category in entry.categories],
        "description": _plain(entry.description),
    }


def _summary(entry: Entry) -> str:
    prefix = DONE if entry.done else OVERDUE if entry.overdue else ""
    return prefix + _plain(entry.title)


def _alarm(entry: Entry, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _summary(entry))
    alarm.add("trigger", MORNING - timedelta(days=days))
    return alarm


def _plain(text: str) -> str:
    """The text with blanks for control characters, which a calendar may not hold (RFC 5545, 3.1)."""
    return _CONTROLS.sub(" ", text)
