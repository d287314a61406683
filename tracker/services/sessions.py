"""Sessions by their marks: one that somebody logged out of opens nothing more, wherever a copy is kept."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete

from tracker.db import db
from tracker.models import EndedSession


def new_mark() -> str:
    """The mark of a session that begins."""
    return secrets.token_hex(16)


def end(mark: str, *, now: datetime, lasts: timedelta) -> None:
    """End the session with the mark, and forget those that are over anyway since sessions last no longer."""
    db.session.execute(delete(EndedSession).where(EndedSession.ended_at < now - lasts))
    db.session.merge(EndedSession(mark=mark, ended_at=now))


def is_ended(mark: str) -> bool:
    """Whether somebody logged out of the session with the mark."""
    return db.session.get(EndedSession, mark) is not None
