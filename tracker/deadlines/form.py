"""Readings and milestones as plain values for JSON, and back."""

from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import Any

from tracker.deadlines.meaning import Context, Kind, Milestone, Reading
from tracker.deadlines.recurrence import occurrences

SHOWN_OCCURRENCES = 5


def milestone_to_dict(milestone: Milestone) -> dict[str, Any]:
    """The stored form of a milestone: days as YYYY-MM-DD; `days`, `unit`, `anchor` for a relative one
    only.
    """
    form: dict[str, Any] = {
        "kind": milestone.kind.value,
        "start": _iso(milestone.start),
        "due": _iso(milestone.due),
        "rrule": milestone.rrule,
        "text": milestone.text,
    }
    if milestone.kind is Kind.RELATIVE:
        form |= {"days": milestone.days, "unit": milestone.unit, "anchor": milestone.anchor}
    return form


def milestone_from_dict(form: Mapping[str, Any]) -> Milestone:
    """The milestone that `milestone_to_dict` made the form of; keys it does not know are passed over."""
    return Milestone(
        Kind(form["kind"]),
        form["text"],
        _day(form.get("start")),
        _day(form.get("due")),
        form.get("rrule"),
        form.get("days"),
        form.get("unit"),
        form.get("anchor"),
    )


def milestone_with_occurrences(milestone: Milestone, context: Context, *, today: date) -> dict[str, Any]:
    """The form of a milestone with its first five occurrences, [start, due] each.

    They end on or after the plan's date of issue, or on or after `today` where the context has none.
    """
    coming = occurrences(milestone, context, after=context.issued or today)
    shown = [[span.start.isoformat(), span.due.isoformat()] for span in islice(coming, SHOWN_OCCURRENCES)]
    form = milestone_to_dict(milestone)
    text = form.pop("text")
    return {**form, "occurrences": shown, "text": text}


def reading_to_dict(reading: Reading, context: Context, *, today: date) -> dict[str, Any]:
    """What `tracker deadline --json` prints for one text."""
    return {
        "text": reading.text,
        "milestones": [milestone_with_occurrences(one, context, today=today) for one in reading.milestones],
        "needs_review": reading.needs_review,
        "unread": reading.unread,
        "doubts": list(reading.doubts),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
