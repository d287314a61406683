"""Evidence comes in, is replaced, is taken away; what was submitted once stays for ever."""

import io
from datetime import UTC, date, datetime, timedelta

import docx
import pytest
from sqlalchemy import func, select

from tracker.files import FileStore
from tracker.models import EvidenceAbsence, StoredFile, Submission
from tracker.rules.states import State
from tracker.services import auditing, evidence, progress, status
from tracker.services.intake import LONGEST_NAME, Intake, Upload, file_name
from tracker.services.refusals import Refused

NOW = datetime(2026, 6, 18, 2, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
PHOTO = b"\xff\xd8\xff\xe0 1"
OTHER_PHOTO = b"\xff\xd8\xff\xe0 2"
THIRD_PHOTO = b"\xff\xd8\xff\xe0 3"
MISNAMED = "Tên tệp ghi .pdf nhưng nội dung không phải PDF"


@pytest.fixture
def intake(tmp_path):
    return Intake(FileStore(tmp_path / "files"), limit_mb=1)


@pytest.fixture
def assignment(make_assignment):
    return make_assignment(deliverables=["Kế hoạch", "Báo cáo"])


@pytest.fixture
def attach(assignment, cast, intake):
    """A factory of evidence for the first deliverable, attached by An."""

    def attach(content=PHOTO, name="Ảnh niêm yết.jpg", now=NOW, actor=cast.an, **words):
        return evidence.attach(
            assignment,
            assignment.milestone.deliverables[0],
            Upload(name, io.BytesIO(content), **words),
            intake=intake,
            actor=actor,
            now=now,
        )

    return attach


@pytest.fixture
def replace(cast, intake):
    def replace(piece, content=OTHER_PHOTO, name="Ảnh 2.jpg", now=LATER):
        return evidence.replace(
            piece, Upload(name, io.BytesIO(content)), intake=intake, actor=cast.an, now=now
        )

    return replace


@pytest.fixture
def hand_in(assignment, cast, session):
    """Hand in at a moment, and take back at once so that the work is open again."""

    def hand_in(at):
        submission = Submission(assignment=assignment, by=cast.an, at=at, withdrawn_at=at)
        session.add(submission)
        session.flush()

    return hand_in


def kept(intake):
    return [path for path in intake.store.folder.rglob("*") if path.is_file()]


def test_a_file_shows_that_the_deliverable_exists(attach, assignment, cast, intake):
    piece = attach(document_number=" 31/KH-UBND ", document_on=date(2026, 3, 12))
    assert (piece.name, piece.document_number, piece.document_on) == (
        "Ảnh niêm yết.jpg",
        "31/KH-UBND",
        date(2026, 3, 12),
    )
    assert (piece.file.media_type, piece.file.size) == ("image/jpeg", len(PHOTO))
    assert (piece.by, piece.at, piece.on_behalf) == (cast.an, NOW, False)
    assert intake.store.path(piece.file.sha256).read_bytes() == PHOTO
    assert [d.name for d in status.missing(assignment)] == ["Báo cáo"]


def test_what_was_attached_is_in_the_log(attach, assignment):
    piece = attach()
    [entry] = auditing.entries_about(assignment)
    assert entry.verb == "attach"
    assert entry.after["evidence"] == piece.id
    assert entry.after["sha256"] == piece.file.sha256


def test_the_monitor_attaches_on_behalf_and_it_is_said(attach, cast):
    assert attach(actor=cast.chi).on_behalf


def test_the_same_file_sent_twice_is_there_once(attach, assignment, session):
    assert attach(now=LATER) is attach()
    assert len(assignment.evidence) == 1
    assert len(auditing.entries_about(assignment)) == 1


def test_the_same_bytes_for_two_assignments_are_kept_once(attach, make_assignment, cast, intake, session):
    attach()
    other = make_assignment()
    evidence.attach(
        other,
        other.milestone.deliverables[0],
        Upload("ban sao.jpg", io.BytesIO(PHOTO)),
        intake=intake,
        actor=cast.an,
        now=LATER,
    )
    assert session.scalar(select(func.count()).select_from(StoredFile)) == 1
    assert len(kept(intake)) == 1


def test_evidence_takes_the_place_of_a_reason_why_there_is_none(attach, assignment, cast, session):
    progress.explain_absence(
        assignment, assignment.milestone.deliverables[0], "Không tổ chức", actor=cast.an, now=NOW
    )
    attach()
    session.flush()
    assert session.scalars(select(EvidenceAbsence)).all() == []


def secret_document():
    document = docx.Document()
    for line in ("UBND XÃ SUỐI MÂY", "MẬT", "KẾ HOẠCH", "I. MỤC ĐÍCH"):
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"PK\x03\x04", MISNAMED),
        ("a.pdf", b"", "trống"),
        ("a.exe", b"MZ", "Chưa nhận loại tệp"),
        (
            "anh.jpg",
            b"\xff\xd8\xff" + b"\0" * 1024 * 1024,
            "Tệp “anh.jpg” lớn hơn 1 MB. Hãy chọn tệp nhỏ hơn.",
        ),
        ("a.txt", "UBND XÃ SUỐI MÂY\nTỐI MẬT\nKẾ HOẠCH".encode(), "dấu Mật"),
        ("a.docx", secret_document(), "dấu Mật"),
    ],
    ids=["misnamed", "empty", "not taken", "too large", "secret text", "secret document"],
)
def test_a_refused_file_leaves_nothing_behind(attach, assignment, intake, session, name, content, sentence):
    with pytest.raises(Refused, match=sentence):
        attach(content, name)
    assert kept(intake) == []
    assert session.scalars(select(StoredFile)).all() == []
    assert assignment.evidence == []
    assert auditing.entries_about(assignment) == []


def test_what_cannot_be_read_for_a_stamp_is_still_evidence(attach):
    assert attach(b"%PDF-1.7\n%%EOF\n", "ban chup.pdf").id


def test_a_newer_version_stands_beside_the_older(attach, replace, assignment):
    first = attach()
    second = replace(first)
    third = replace(second, THIRD_PHOTO, "Ảnh 3.jpg")
    assert status.evidence_in_force(assignment) == [third]
    assert evidence.versions(third) == [second, first]
    assert third.deliverable is first.deliverable


def test_replacing_twice_with_the_same_bytes_is_replacing_once(attach, replace, assignment):
    first = attach()
    second = replace(first)
    assert replace(first) is second
    assert replace(second) is second
    assert len(assignment.evidence) == 2


def test_a_version_that_was_replaced_meanwhile_is_not_replaced_again(attach, replace):
    first = attach()
    replace(first)
    with pytest.raises(Refused, match="vừa được thay hoặc gỡ"):
        replace(first, THIRD_PHOTO)


def test_a_piece_never_submitted_can_be_taken_away_and_said_twice_it_is_gone_once(attach, assignment, cast):
    piece = attach()
    for _ in range(2):
        evidence.remove(piece, actor=cast.an, now=LATER)
    assert status.evidence_in_force(assignment) == []
    assert piece.removed_at == LATER
    assert len(auditing.entries_about(assignment)) == 2


def test_after_the_newer_version_is_taken_away_the_older_counts_and_can_be_replaced(
    attach, replace, assignment, cast
):
    first = attach()
    evidence.remove(replace(first), actor=cast.an, now=LATER)
    assert status.evidence_in_force(assignment) == [first]
    assert replace(first, THIRD_PHOTO).replaces is first


def test_a_version_in_the_middle_can_be_taken_away(attach, replace, assignment, cast, session):
    first = attach()
    second = replace(first)
    third = replace(second, THIRD_PHOTO)
    evidence.remove(second, actor=cast.an, now=LATER)
    session.flush()
    assert evidence.versions(third) == [first]
    assert status.evidence_in_force(assignment) == [third]


def test_what_was_submitted_once_is_never_taken_away_but_can_be_replaced(attach, replace, hand_in, cast):
    piece = attach()
    hand_in(LATER)
    with pytest.raises(Refused, match="đã được nộp nên phải giữ lại"):
        evidence.remove(piece, actor=cast.an, now=LATER)
    with pytest.raises(Refused, match="đã được nộp nên phải giữ lại"):
        evidence.describe(piece, "5/BC-UBND", None, actor=cast.an, now=LATER)
    newer = replace(piece, now=LATER + timedelta(hours=1))
    evidence.remove(newer, actor=cast.an, now=LATER + timedelta(hours=2))
    assert piece.removed_at is None


@pytest.mark.parametrize("state", [state for state in State if state is not State.OPEN])
def test_nothing_changes_while_the_work_is_not_open(attach, replace, assignment, cast, session, state):
    piece = attach()
    assignment.state = state
    assignment.completed_on = date(2026, 6, 18) if state is State.DONE else None
    session.flush()
    for deed in (
        lambda: attach(OTHER_PHOTO),
        lambda: replace(piece),
        lambda: evidence.remove(piece, actor=cast.an, now=LATER),
        lambda: evidence.describe(piece, "5/BC-UBND", None, actor=cast.an, now=LATER),
    ):
        with pytest.raises(Refused):
            deed()
    assert status.evidence_in_force(assignment) == [piece]


def test_number_and_date_can_be_written_down_later(attach, assignment, cast):
    piece = attach()
    for _ in range(2):
        evidence.describe(piece, "5/BC-UBND", date(2026, 6, 17), actor=cast.an, now=LATER)
    assert (piece.document_number, piece.document_on) == ("5/BC-UBND", date(2026, 6, 17))
    _, entry = auditing.entries_about(assignment)
    assert entry.before["document_number"] == ""
    assert entry.after["document_on"] == "2026-06-17"


def test_a_deliverable_of_another_task_is_refused(assignment, make_assignment, cast, intake):
    foreign = make_assignment().milestone.deliverables[0]
    with pytest.raises(Refused, match="không thuộc nhiệm vụ"):
        evidence.attach(
            assignment, foreign, Upload("a.jpg", io.BytesIO(PHOTO)), intake=intake, actor=cast.an, now=NOW
        )


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Báo cáo.pdf", "Báo cáo.pdf"),
        ("C:\\Văn bản\\Báo cáo.pdf", "Báo cáo.pdf"),
        ("../../etc/passwd", "passwd"),
        ("ba\u0301o\r\ncáo\u00a01\0.pdf", "báo cáo 1.pdf"),
        ("", "tệp"),
        ("x" * 400 + ".docx", "x" * (LONGEST_NAME - 5) + ".docx"),
    ],
)
def test_a_name_is_kept_without_its_folders_and_controls(given, name):
    assert file_name(given) == name
