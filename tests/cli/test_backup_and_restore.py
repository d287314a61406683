"""`tracker backup` and `tracker restore`: whole or not at all, while others write."""

import io
import json
import os
import threading

import pytest
from sqlalchemy import func, select, text

from tracker import clock
from tracker.app import create_app
from tracker.db import db
from tracker.models import AuditEntry, StoredFile, Unit
from tracker.services import auditing, backups, filing
from tracker.services.refusals import Refused


@pytest.fixture
def tracker(tracker, upgraded):
    """Run a command in an instance whose database is ready."""
    return tracker


@pytest.fixture
def moved(tracker, tmp_path, monkeypatch):
    """Go on in an empty instance."""

    def move():
        monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path / "other"))
        return tmp_path / "other"

    return move


def store_unit(app, name, content):
    """A unit, a file and a log entry, in one transaction."""
    store = app.extensions["file_store"]
    with store.staged(io.BytesIO(content), limit_bytes=1000) as staged:
        filing.keep(store, staged, "text/plain", now=clock.now())
    unit = Unit(name=name)
    db.session.add(unit)
    auditing.record(None, "add_unit", unit, now=clock.now())
    db.session.commit()


@pytest.fixture
def filled(tracker):
    """The instance with a unit and a file."""
    app = create_app()
    with app.app_context():
        store_unit(app, "Phòng Kinh tế", "Báo cáo".encode())
    return tracker


def stored():
    """The names of the units and the bytes of the files of the present instance."""
    app = create_app()
    with app.app_context():
        names = list(db.session.scalars(select(Unit.name).order_by(Unit.id)))
        keys = db.session.scalars(select(StoredFile.sha256)).all()
        return names, [app.extensions["file_store"].open(key).read() for key in keys]


def test_what_was_stored_comes_back_in_another_place(filled, moved, tmp_path):
    before = stored()
    assert "Đã sao lưu cơ sở dữ liệu và 1 tệp" in filled("backup", tmp_path / "copy")
    moved()
    assert "Đã khôi phục cơ sở dữ liệu và 1 tệp" in filled("restore", tmp_path / "copy")
    assert stored() == before == (["Phòng Kinh tế"], ["Báo cáo".encode()])


def test_a_folder_that_is_there_is_never_written_into(filled, tmp_path):
    (tmp_path / "copy").mkdir()
    assert "Đã có" in filled("backup", tmp_path / "copy", exit_code=1)
    assert list((tmp_path / "copy").iterdir()) == []


def test_a_database_that_is_there_stays_unless_told_otherwise(filled, tmp_path):
    filled("backup", tmp_path / "copy")
    app = create_app()
    with app.app_context():
        store_unit(app, "Phòng Văn hóa", b"x")
    assert "--overwrite" in filled("restore", tmp_path / "copy", exit_code=1)
    assert len(stored()[0]) == 2
    filled("restore", tmp_path / "copy", "--overwrite")
    assert stored()[0] == ["Phòng Kinh tế"]


@pytest.mark.parametrize("which", ["database.sqlite3", "files"])
@pytest.mark.parametrize("how", ["changed", "lost"])
def test_what_is_broken_is_named_and_nothing_is_restored(which, how, filled, moved, tmp_path):
    filled("backup", tmp_path / "copy")
    [path] = [path for path in (tmp_path / "copy").rglob("*") if path.is_file() and which in str(path)]
    if how == "lost":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes() + b"x")
    other = moved()
    said = filled("restore", tmp_path / "copy", exit_code=1)
    assert f"Bản sao lưu hỏng 1 tệp: {path.relative_to(tmp_path / 'copy')}" in said
    assert not (other / "tracker.sqlite3").exists() or os.path.getsize(other / "tracker.sqlite3") == 0
    assert not (other / "files").exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"schema": "9999"}, "phiên bản mới hơn"),
        ({"database": "postgresql"}, "DATABASE_URL"),
        ({"format": 2}, "chưa biết"),
        ({"files": {"../../etc/passwd": "0" * 64}}, "hỏng 1 tệp"),
        ({"unknown": 1}, "không phải là bản sao lưu"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused(changes, said, filled, moved, tmp_path):
    filled("backup", tmp_path / "copy")
    path = tmp_path / "copy" / backups.MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
    moved()
    assert said in filled("restore", tmp_path / "copy", exit_code=1)
    assert "không phải là bản sao lưu" in filled("restore", tmp_path / "nothing", exit_code=1)


def test_a_file_the_store_lost_is_named_and_all_else_is_kept(filled, instance, tmp_path):
    [path] = [path for path in (instance / "files").rglob("*") if path.is_file()]
    path.unlink()
    said = filled("backup", tmp_path / "copy", exit_code=1)
    assert f"thiếu hoặc hỏng 1 tệp, đầu tiên là {path.name}" in said
    assert (tmp_path / "copy" / "database.sqlite3").is_file()


def test_a_backup_that_fails_leaves_nothing(filled, tmp_path, monkeypatch):
    app = create_app()
    (tmp_path / "file").write_text("x")
    with app.app_context(), pytest.raises(Refused, match="Không ghi được"):
        backups.back_up(tmp_path / "file" / "copy", app.extensions["file_store"], now=clock.now())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "instance"]


def test_while_others_write_the_copy_is_of_one_moment(filled, moved, tmp_path):
    stop, written = threading.Event(), threading.Event()

    def write():
        app = create_app()
        with app.app_context():
            number = 0
            while not stop.is_set():
                number += 1
                store_unit(app, f"Thôn {number}", f"tệp {number}".encode())
                written.set()
            db.engine.dispose()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert written.wait(20)
        filled("backup", tmp_path / "copy")
    finally:
        stop.set()
        writer.join()
    moved()
    filled("restore", tmp_path / "copy")
    app = create_app()
    with app.app_context():
        units = db.session.scalar(select(func.count()).select_from(Unit))
        entries = db.session.scalar(select(func.count()).select_from(AuditEntry))
        files = db.session.scalar(select(func.count()).select_from(StoredFile))
        assert units == entries == files
        assert units > 1
        assert list(backups.faults(app.extensions["file_store"])) == []
        assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []
