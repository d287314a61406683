"""Doing a deed at the door: committed whole, or refused in words beside the field it is about."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from flask import Flask, flash
from wtforms import Field

from tracker.db import db
from tracker.services.refusals import Refused

# From so many assignments that a deed is about a page says beforehand that it takes a while.
TAKES_SECONDS = 500
NONE: Mapping[type[Refused], Field] = MappingProxyType({})


def attempt(
    deed: Callable[[], Any], field: Field | None = None, about: Mapping[type[Refused], Field] = NONE
) -> bool:
    """Do the deed and commit it; whether it was done.

    Where it is refused nothing is left of it, and the refusal stands by the field that it is `about`, by
    the usual one, or over the page.
    """
    try:
        deed()
    except Refused as refusal:
        db.session.rollback()
        _say(str(refusal), about.get(type(refusal), field))
        return False
    db.session.commit()
    return True


def _say(sentence: str, field: Field | None) -> None:
    if field is None:
        flash(sentence, "error")
    else:
        field.errors = [*field.errors, sentence]


def register(app: Flask) -> None:
    """Let pages say of a deed that it takes a while."""
    app.jinja_env.globals["TAKES_SECONDS"] = TAKES_SECONDS
