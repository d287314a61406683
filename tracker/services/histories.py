"""What happened to an assignment, told in sentences for its time line; newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.models import (
    Assignment,
    AuditEntry,
    Comment,
    CommentKind,
    DueChange,
    DueChangeKind,
    Evidence,
    EvidenceAbsence,
    ExtensionRequest,
    ExtensionState,
    FormerLead,
    ProgressReport,
    Review,
    ReviewOutcome,
    StandingAnswer,
    Submission,
)
from tracker.rules.states import Step
from tracker.words import date_words

# Deeds that leave no record of their own but the log's.
LOGGED = {
    "assign": "giao nhiệm vụ",
    Step.WITHDRAW.value: "rút lại kết quả",
    Step.SUSPEND.value: "cho tạm dừng",
    Step.RESUME.value: "cho tiếp tục thực hiện",
    Step.RESUME_REVIEW.value: "cho tiếp tục, kết quả lại chờ xác nhận",
    Step.CANCEL.value: "hủy nhiệm vụ",
    Step.REOPEN.value: "mở lại nhiệm vụ",
    Step.REASSIGN.value: "chuyển đơn vị chủ trì",
    Step.NAME_RESPONSIBLE.value: "giao người phụ trách",
    Step.RECORD_CAUSE.value: "ghi nhận nguyên nhân khách quan",
}
NO_ONE = "Hệ thống"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: its kind (the verb), one sentence with who, words said (or empty), when."""

    kind: str
    sentence: str
    quote: str
    at: datetime


def read_whole(assignment: Assignment) -> None:
    """Read at once all that happened to it and who did it; a fixed number of queries however much it is."""
    by = joinedload
    query = (
        select(Assignment)
        .where(Assignment.id == assignment.id)
        .options(
            selectinload(Assignment.progress_reports).options(by(ProgressReport.by)),
            selectinload(Assignment.standing_answers).options(by(StandingAnswer.by)),
            selectinload(Assignment.evidence).options(by(Evidence.by), selectinload(Evidence.replaced_by)),
            selectinload(Assignment.absences).options(
                by(EvidenceAbsence.by), by(EvidenceAbsence.deliverable)
            ),
            selectinload(Assignment.submissions).options(
                by(Submission.by), joinedload(Submission.review).options(by(Review.by))
            ),
            selectinload(Assignment.extension_requests).options(
                by(ExtensionRequest.by), by(ExtensionRequest.decided_by)
            ),
            selectinload(Assignment.due_changes).options(by(DueChange.by)),
            selectinload(Assignment.comments).options(by(Comment.by)),
            selectinload(Assignment.former_leads).options(joinedload(FormerLead.unit)),
        )
        .execution_options(populate_existing=True)
    )
    db.session.scalars(query).one()


def history(assignment: Assignment) -> list[Event]:
    """Everything that happened to the assignment, newest first; nothing is hidden."""
    events = [
        *_reported(assignment),
        *_of_standing(assignment),
        *_attached(assignment),
        *_handed_in(assignment),
        *_extensions(assignment),
        *_corrections(assignment),
        *_said(assignment),
        *_logged(assignment),
    ]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _reported(assignment: Assignment) -> Iterator[Event]:
    for report in assignment.progress_reports:
        sentence = f"{report.by.name} báo cáo tiến độ {report.percent}\u00a0%"
        difficulties = f"Khó khăn, vướng mắc: {report.difficulties}" if report.difficulties else ""
        words = "\n".join(part for part in (report.text, difficulties) if part)
        yield Event("report", _behalf(sentence, report.on_behalf), words, report.at)


def _of_standing(assignment: Assignment) -> Iterator[Event]:
    for answer in assignment.standing_answers:
        sentence = f"{answer.by.name} báo cáo kỳ đến {date_words(answer.day)}"
        with_file = f" kèm “{answer.file_name}”" if answer.file_name else ""
        yield Event("answer_standing", sentence + with_file, answer.text, answer.at)


def _behalf(sentence: str, on_behalf: bool) -> str:
    return f"{sentence} (thay đơn vị)" if on_behalf else sentence


def _attached(assignment: Assignment) -> Iterator[Event]:
    for piece in assignment.evidence:
        verb = "thay bằng bản mới" if piece.replaces_id else "tải lên"
        sentence = f"{piece.by.name} {verb} “{piece.name}”"
        yield Event("attach", _behalf(sentence, piece.on_behalf), "", piece.at)
    for absence in assignment.absences:
        sentence = f"{absence.by.name} ghi lý do không có “{absence.deliverable.name}”"
        yield Event("explain", sentence, absence.reason, absence.at)


def _handed_in(assignment: Assignment) -> Iterator[Event]:
    for submission in assignment.submissions:
        yield _submitted(submission)
        if submission.review is not None:
            yield _reviewed(submission.review)


def _submitted(submission: Submission) -> Event:
    sentence = _behalf(f"{submission.by.name} nộp kết quả", submission.on_behalf)
    return Event("submit", sentence, submission.note, submission.at)


def _reviewed(review: Review) -> Event:
    if review.outcome is ReviewOutcome.CONFIRMED:
        return Event("confirm", f"{review.by.name} xác nhận hoàn thành", review.reason or "", review.at)
    until = f", sửa xong chậm nhất {date_words(review.mend_by)}" if review.mend_by else ""
    return Event("return", f"{review.by.name} trả lại{until}", review.reason, review.at)


def _extensions(assignment: Assignment) -> Iterator[Event]:
    for request in assignment.extension_requests:
        wanted = f"{request.by.name} đề nghị gia hạn đến {date_words(request.wanted_on)}"
        yield Event("request_extension", _behalf(wanted, request.on_behalf), request.reason, request.at)
        if request.decided_at is not None:
            yield Event("decide_extension", _decided(request), request.answer, request.decided_at)


def _decided(request: ExtensionRequest) -> str:
    who = request.decided_by.name if request.decided_by else NO_ONE
    if request.state is not ExtensionState.GRANTED:
        return f"{who} không đồng ý gia hạn"
    document = f" theo {request.document}" if request.document else ""
    return f"{who} đồng ý gia hạn đến {_day(request.granted_on)}{document}"


def _day(day: date | None) -> str:
    return date_words(day) if day else "không có ngày đến hạn"


def _corrections(assignment: Assignment) -> Iterator[Event]:
    for change in assignment.due_changes:
        if change.kind is DueChangeKind.CORRECTION:
            yield Event("correct", _corrected(change), change.reason, change.at)


def _corrected(change: DueChange) -> str:
    return f"{change.by.name} đính chính hạn từ {_day(change.from_on)} thành {_day(change.to_on)}"


def _said(assignment: Assignment) -> Iterator[Event]:
    for comment in assignment.comments:
        directs = comment.kind is CommentKind.DIRECTION
        sentence = f"{comment.by.name} {'cho ý kiến chỉ đạo' if directs else 'gửi ý kiến'}"
        yield Event(comment.kind.value, sentence, comment.text, comment.at)


def _logged(assignment: Assignment) -> Iterator[Event]:
    query = (
        select(AuditEntry)
        .where(
            AuditEntry.subject == Assignment.__tablename__,
            AuditEntry.subject_id == assignment.id,
            AuditEntry.verb.in_(LOGGED),
        )
        .options(joinedload(AuditEntry.actor))
    )
    for entry in db.session.scalars(query):
        who = entry.actor.name if entry.actor else NO_ONE
        said = entry.after.get("reason") or entry.after.get("cause") or ""
        yield Event(entry.verb, f"{who} {LOGGED[entry.verb]}", said, entry.at)
