"""A file enters the house: its bytes go into the store, its row into the database."""

from datetime import datetime

from tracker.db import db, insert_if_new
from tracker.files import FileStore, Staged
from tracker.models import StoredFile


def keep(store: FileStore, staged: Staged, media_type: str, *, now: datetime) -> StoredFile:
    """Keep what was staged and return its row; bytes that came before keep the row they have."""
    kept = store.keep(staged)
    row = {"sha256": kept.sha256, "size": kept.size, "media_type": media_type, "at": now}
    insert_if_new(StoredFile, [row])
    return db.session.get_one(StoredFile, kept.sha256)
