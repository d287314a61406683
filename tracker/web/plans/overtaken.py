"""A form with which somebody else was faster: what is kept by now stands beside what was typed."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import flash
from wtforms import Field
from wtforms.widgets import HiddenInput

from tracker.services.answering import ChangedMeanwhile
from tracker.web.deeds import attempt
from tracker.web.forms import Form
from tracker.words import date_words


def saved(deed: Callable[[], Any], form: Form, usual: Field) -> bool:
    """Do the deed of a form that holds in `seen` the version it is about; whether it was done.

    A refusal stands by the `usual` field. Where somebody else was faster, everything typed stays, each field
    says what is kept by now where that differs, and the form can be sent again, having seen it.
    """
    seen = form["seen"]
    if attempt(deed, usual, {ChangedMeanwhile: seen}):
        return True
    if seen.errors:
        flash(f"{' '.join(seen.errors)} Nội dung đang ghi còn nguyên, lưu lần nữa để thay.", "error")
        seen.errors, seen.raw_data, seen.data = (), None, seen.object_data
        for field in form:
            if not isinstance(field.widget, HiddenInput) and (kept := _kept(field)) is not None:
                field.errors = [*field.errors, kept]
    return False


def _kept(field: Field) -> str | None:
    """What is kept of the field by now, as a sentence; None where just that was typed, or for a choice."""
    kept, typed = _written(field.object_data), _written(field.data)
    if kept is None or typed == kept:
        return None
    return f"Hiện đang lưu: “{kept}”." if kept else "Hiện đang lưu là để trống."


def _written(value: object) -> str | None:
    """How a value stands in its field; None for what is chosen and not written."""
    match value:
        case str():
            return value.replace("\r\n", "\n").strip()
        case date():
            return date_words(value)
        case None:
            return ""
    return None
