"""Bytes that enter the house get one row, however often they come."""

import hashlib
import io
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select

from tracker.db import db as database
from tracker.files import FileStore
from tracker.models import StoredFile
from tracker.services import filing

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n"


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "files")


def bring(store, content, now=NOW):
    with store.staged(io.BytesIO(content), limit_bytes=1000) as staged:
        return filing.keep(store, staged, "application/pdf", now=now)


def test_a_file_gets_its_row_and_its_bytes(store, session):
    stored = bring(store, PDF)
    assert (stored.size, stored.media_type, stored.at) == (len(PDF), "application/pdf", NOW)
    assert store.path(stored.sha256).read_bytes() == PDF


def test_the_same_bytes_keep_the_row_of_the_first_time(store, session):
    first = bring(store, PDF)
    again = bring(store, PDF, NOW + timedelta(days=1))
    assert again is first
    assert again.at == NOW


def test_what_another_process_stored_first_keeps_its_row(store, session):
    row = {"sha256": hashlib.sha256(PDF).hexdigest(), "size": len(PDF), "media_type": "application/pdf"}
    with database.engine.begin() as other:
        other.execute(insert(StoredFile).values(**row, at=NOW))
    assert bring(store, PDF, NOW + timedelta(days=1)).at == NOW
    assert session.scalar(select(func.count()).select_from(StoredFile)) == 1
