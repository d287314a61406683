"""Documents that are being read: begun, told page by page, ended with an import or a refusal, forgotten."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from tracker.db import db
from tracker.models import PlanReading, User
from tracker.services.importing import Preview

SILENCE = timedelta(minutes=5)  # longer than a living reader is ever silent
KEPT_FOR = timedelta(days=1)


def begin(file_name: str, *, actor: User, now: datetime) -> PlanReading:
    """Note that a document is being read; those that nobody waits for any more are forgotten."""
    db.session.execute(delete(PlanReading).where(PlanReading.beat_at < now - KEPT_FOR))
    reading = PlanReading(file_name=file_name[:300], by_id=actor.id, beat_at=now)
    db.session.add(reading)
    db.session.flush()  # its page is found by its id
    return reading


def tell(reading: PlanReading, page: int, pages: int, *, now: datetime) -> None:
    """Note how far it is."""
    reading.page, reading.pages, reading.beat_at = page, pages, now


def end(reading: PlanReading, preview: Preview, *, now: datetime) -> None:
    """It was read, or had been read before."""
    reading.plan_import, reading.known, reading.beat_at = preview.plan_import, preview.known, now


def refuse(reading: PlanReading, sentence: str, *, now: datetime) -> None:
    """It cannot be read."""
    reading.refusal, reading.beat_at = sentence, now


def is_broken_off(reading: PlanReading, now: datetime) -> bool:
    """Whether its reader died: it has no end, and nothing was heard of it for too long."""
    ended = bool(reading.refusal) or reading.import_id is not None
    return not ended and now - reading.beat_at > SILENCE
