"""Whether the service is well: each check says in one sentence what it found."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from tracker.db import db
from tracker.files import FileStore, Kept
from tracker.mailer import Mailer, MailFailed
from tracker.models import JobRun, Mail, MailState, StoredFile
from tracker.services import auditing
from tracker.words import JOB_WORDS

SCHEDULER_SILENCE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, in Vietnamese; `well` is False where somebody has to act."""

    well: bool
    sentence: str


def findings(store: FileStore, mailer: Mailer | None, now: datetime) -> Iterator[Finding]:
    """Check the log, the files, the scheduler, the letters and, by a real connection, their way out.

    `mailer` is None where no way out is set.
    """
    yield _log()
    yield _files(store)
    yield _scheduler(now)
    yield _letters()
    yield _mail_server(mailer)


def _log() -> Finding:
    broken = list(auditing.broken_seals())
    if broken:
        return Finding(
            False,
            f"Nhật ký bị sửa ở {len(broken)} chỗ, đầu tiên là mục {broken[0]}. Hãy đối chiếu bản sao lưu.",
        )
    return Finding(True, "Nhật ký nguyên vẹn.")


def _files(store: FileStore) -> Finding:
    kept = list(db.session.execute(select(StoredFile.sha256, StoredFile.size)))
    lost = [sha256 for sha256, size in kept if not store.holds(Kept(sha256, size))]
    if lost:
        return Finding(False, f"Thiếu hoặc hỏng {len(lost)} tệp đã lưu. Hãy khôi phục từ bản sao lưu.")
    return Finding(True, f"Đủ {len(kept)} tệp đã lưu.")


def _scheduler(now: datetime) -> Finding:
    last = db.session.scalar(select(func.max(JobRun.started_at)))
    failing = db.session.scalars(select(JobRun).where(JobRun.error != "")).all()
    if last is None or now - last > SCHEDULER_SILENCE:
        return Finding(
            False, "Bộ lập lịch không chạy, thư nhắc sẽ không được gửi. Hãy chạy: tracker scheduler"
        )
    if failing:
        return Finding(False, f"{JOB_WORDS[failing[0].name]}: lần chạy gần nhất bị lỗi, {failing[0].error}")
    return Finding(True, "Bộ lập lịch đang chạy.")


def _letters() -> Finding:
    counted = select(Mail.state, func.count()).group_by(Mail.state)
    counts = {state: count for state, count in db.session.execute(counted)}
    dead, queued = counts.get(MailState.DEAD, 0), counts.get(MailState.QUEUED, 0)
    if dead:
        return Finding(False, f"{dead} thư không gửi được. Hãy xem trang Thư đi.")
    return Finding(True, f"{queued} thư đang chờ gửi.")


def _mail_server(mailer: Mailer | None) -> Finding:
    if mailer is None:
        return Finding(False, "Chưa cài đặt máy chủ thư, thư nhắc đang chờ. Hãy đặt MAIL_HOST và MAIL_FROM.")
    try:
        with mailer:
            mailer.check()
    except MailFailed as failed:
        return Finding(False, f"Không kết nối được máy chủ thư: {failed}")
    return Finding(True, "Thư có đường đi.")
