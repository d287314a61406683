"""What the service says of its own health, and what it notices."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from sqlalchemy import update

from tracker.files import FileStore
from tracker.mailer import FolderMailer
from tracker.models import AuditEntry, JobRun, Mail, MailState, StoredFile
from tracker.services import auditing, health

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "files")


@pytest.fixture
def well(session, cast, store):
    """A service in which everything is as it should be."""
    kept = store.put(BytesIO(b"minh chung"), limit_bytes=100)
    session.add(StoredFile(sha256=kept.sha256, size=kept.size, media_type="text/plain", at=NOW))
    session.add(JobRun(name="deliver", started_at=NOW - timedelta(minutes=1)))
    auditing.record(cast.chi, "correct", cast.economy, now=NOW)
    auditing.seal()
    return kept


def ill(store, mailer=None, now=NOW):
    return [finding.sentence for finding in health.findings(store, mailer, now) if not finding.well]


def test_a_well_service_has_nothing_to_complain_of(well, store, tmp_path):
    assert ill(store, FolderMailer(tmp_path / "letters")) == []


def test_a_lost_file_is_noticed(well, store, tmp_path):
    store.path(well.sha256).unlink()
    assert ill(store, FolderMailer(tmp_path)) == [
        "Thiếu hoặc hỏng 1 tệp đã lưu. Hãy khôi phục từ bản sao lưu."
    ]


def test_a_spoilt_file_is_noticed(well, store, tmp_path):
    store.path(well.sha256).write_bytes(b"minh chunG")
    assert len(ill(store, FolderMailer(tmp_path))) == 1


def test_a_log_that_was_tampered_with_is_noticed(well, store, session, tmp_path):
    session.execute(update(AuditEntry).values(verb="confirm"))
    session.expire_all()
    assert ill(store, FolderMailer(tmp_path))[0].startswith("Nhật ký bị sửa ở 1 chỗ")


def test_a_silent_scheduler_is_noticed(well, store, tmp_path):
    [sentence] = ill(store, FolderMailer(tmp_path), NOW + timedelta(hours=1))
    assert "tracker scheduler" in sentence


def test_a_job_that_fails_is_named(well, store, session, tmp_path):
    session.add(JobRun(name="remind", started_at=NOW, error="disk full"))
    assert ill(store, FolderMailer(tmp_path)) == ["Tính việc cần nhắc: lần chạy gần nhất bị lỗi, disk full"]


def test_a_dead_letter_is_noticed(well, store, session, tmp_path):
    session.add(
        Mail(
            message_id="<1@x>",
            address="a@b.vn",
            subject="",
            text="",
            html="",
            state=MailState.DEAD,
            created_at=NOW,
        )
    )
    assert ill(store, FolderMailer(tmp_path)) == ["1 thư không gửi được. Hãy xem trang Thư đi."]


def test_letters_without_a_way_out_are_noticed(well, store, tmp_path):
    assert "MAIL_HOST" in ill(store)[0]
    (tmp_path / "file").write_text("")
    assert "máy chủ thư" in ill(store, FolderMailer(tmp_path / "file" / "folder"))[0]
