"""What templates can say of a value: the Jinja filters, each one word over a function of `tracker.words`."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Flask

from tracker import words
from tracker.models import Task
from tracker.rules import timeliness
from tracker.services import status

HEAT_BANDS = (95, 85, 70, 50, 0)  # percent on time from which each colour of the heat map begins
FILE_ICONS = {
    "pdf": "file-earmark-pdf",
    "doc": "file-earmark-word",
    "docx": "file-earmark-word",
    "odt": "file-earmark-word",
    "xls": "file-earmark-excel",
    "xlsx": "file-earmark-excel",
    "ods": "file-earmark-excel",
    "csv": "file-earmark-excel",
    "pptx": "file-earmark-ppt",
    "jpg": "file-earmark-image",
    "jpeg": "file-earmark-image",
    "png": "file-earmark-image",
    "webp": "file-earmark-image",
    "heic": "file-earmark-image",
    "zip": "file-earmark-zip",
    "txt": "file-earmark-text",
    "eml": "envelope",
}


# The icon of what happened to an assignment, by its verb; what has none of its own gets a flag.
DEED_ICONS = {
    "report": "pencil",
    "answer_standing": "arrow-repeat",
    "attach": "file-earmark-text",
    "explain": "chat-left-text",
    "submit": "send-check",
    "withdraw": "arrow-left",
    "confirm": "check-circle-fill",
    "return": "arrow-counterclockwise",
    "reopen": "arrow-clockwise",
    "request_extension": "clock",
    "decide_extension": "calendar-check",
    "correct": "calendar-event",
    "comment": "chat-left-text",
    "direction": "megaphone",
    "suspend": "pause-circle",
    "resume": "arrow-clockwise",
    "cancel": "x-circle",
    "reassign": "arrow-left-right",
    "name_responsible": "person",
}


def deed_icon(kind: str) -> str:
    """The icon of something that happened, by its verb."""
    return DEED_ICONS.get(kind, "flag")


def urgency(due_on: date | None, today: date) -> str:
    """How near a last day is, as the name of a colour: «late», «soon» or «calm»."""
    if due_on is None or timeliness.days_left(due_on, today) > timeliness.DUE_SOON_DAYS:
        return "calm"
    return "late" if due_on < today else "soon"


def heat_band(share: float) -> int:
    """The lower end of the heat map's band that a share on time, in percent, falls into."""
    return next(band for band in HEAT_BANDS if share >= band)


def file_icon(name: str) -> str:
    """The icon of a file by the end of its name: «Kế hoạch.pdf» -> file-earmark-pdf."""
    return FILE_ICONS.get(name.rpartition(".")[2].casefold(), "file-earmark")


def source(task: Task) -> str:
    """Where a task stands written: «28/KH-UBND, mục I.4»."""
    plan = task.plan
    number = plan.number or (
        f"Kế hoạch ngày {words.date_words(plan.issued_on)}" if plan.issued_on else "Kế hoạch"
    )
    group = task.group.no if task.group else ""
    numbered_through = not group or task.no.startswith(f"{group}.")
    place = task.no if numbered_through else ".".join(part for part in (group, task.no) if part)
    return f"{number}, mục {place}" if place else number


def lower_first(text: str) -> str:
    """«Quý II» -> «quý II», inside a sentence."""
    return text[:1].lower() + text[1:]


def initials(name: str) -> str:
    """«Lê Thị Hạnh» -> «LH»: the first letters of the family name and of the given name."""
    parts = name.split()
    return "".join(part[0] for part in (parts[0], parts[-1])).upper() if len(parts) > 1 else name[:1].upper()


FILTERS: dict[str, Callable[..., Any]] = {
    "day": words.date_words,
    "weekday": words.weekday_words,
    "long_day": words.long_date_words,
    "moment": words.moment_words,
    "ago": words.ago_words,
    "hour": words.time_words,
    "days": words.days_words,
    "handed_in": words.handed_in_words,
    "quarter": words.quarter_words,
    "decimal": words.decimal_words,
    "percent": words.percent_words,
    "size": words.size_words,
    "capitalised": words.capitalised,
    "urgency": urgency,
    "heat_band": heat_band,
    "file_icon": file_icon,
    "deed_icon": deed_icon,
    "initials": initials,
    "local_day": words.local_day,
    "lower_first": lower_first,
    "source": source,
    "moved": status.is_moved,
}


def register(app: Flask) -> None:
    """Give templates the filters, and the words of states and roles."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(STATE_WORDS=words.STATE_WORDS, ROLE_WORDS=words.ROLE_WORDS)
