"""A file enters the house: its bytes go into the store, its row into the database."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from tracker.db import db
from tracker.files import FileStore, Staged
from tracker.models import StoredFile


def keep(store: FileStore, staged: Staged, media_type: str, *, now: datetime) -> StoredFile:
    """Keep what was staged and return its row; bytes that came before keep the row they have."""
    kept = store.keep(staged)
    known = db.session.get(StoredFile, kept.sha256)
    if known is not None:
        return known
    try:
        with db.session.begin_nested():
            stored = StoredFile(sha256=kept.sha256, size=kept.size, media_type=media_type, at=now)
            db.session.add(stored)
    except IntegrityError:  # the same bytes arrived twice at once
        return db.session.get_one(StoredFile, kept.sha256)
    return stored
