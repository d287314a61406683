"""Evidence (minh chứng): files that show a deliverable exists, each version beside the one before."""

from datetime import date, datetime

from tracker.db import db
from tracker.models import Assignment, Deliverable, Evidence, StoredFile, User
from tracker.rules.states import Step
from tracker.services import progress, stepping
from tracker.services.intake import Intake, Upload, file_name
from tracker.services.refusals import Refused

KEPT = "Minh chứng này đã được nộp nên phải giữ lại. Hãy dùng “Thay bản mới”."


def attach(
    assignment: Assignment,
    deliverable: Deliverable,
    upload: Upload,
    *,
    intake: Intake,
    actor: User,
    now: datetime,
) -> Evidence:
    """Show with a file that the deliverable exists; a reason why there is none is dropped with it.

    The same bytes again change nothing. Raises Refused, with nothing kept, where the work is not open and
    for a file that is empty, too large, secret, of a kind not taken, or not what its name says.
    """
    if deliverable not in assignment.milestone.deliverables:
        raise Refused("Sản phẩm này không thuộc nhiệm vụ. Hãy tải lại trang.")
    stepping.require(assignment, Step.ATTACH)
    stored = intake.take(upload, now=now)
    for piece in assignment.evidence:
        if piece.deliverable is deliverable and piece.file is stored and _in_force(piece):
            return piece
    progress.take_back_absence(assignment, deliverable, actor=actor, now=now)
    return _add(assignment, deliverable, None, upload, stored, actor=actor, now=now)


def replace(piece: Evidence, upload: Upload, *, intake: Intake, actor: User, now: datetime) -> Evidence:
    """Put a newer version beside a piece, which stays as it is; the same bytes again change nothing.

    Raises Refused as `attach` does, and where the piece was taken away or replaced already.
    """
    stepping.require(piece.assignment, Step.ATTACH)
    stored = intake.take(upload, now=now)
    latest = piece.replaced_by or piece
    if latest.file is stored and _in_force(latest):
        return latest
    if not _in_force(piece):
        raise Refused("Bản này vừa được thay hoặc gỡ. Hãy tải lại trang để xem bản mới nhất.")
    return _add(piece.assignment, piece.deliverable, piece, upload, stored, actor=actor, now=now)


def remove(piece: Evidence, *, actor: User, now: datetime) -> None:
    """Take away a piece that was never part of a submission; the version before it counts again.

    Said again it changes nothing. Raises Refused for what was submitted once, and where the work is not open.
    """
    if piece.removed_at is not None:
        return
    _require_never_submitted(piece)
    before = {"evidence": piece.id, "file": piece.name, "replaces": piece.replaces_id}
    stepping.take(piece.assignment, Step.ATTACH, actor=actor, now=now, before=before)
    piece.removed_at = now
    older, newer = piece.replaces, piece.replaced_by
    piece.replaces = None
    db.session.flush()  # a piece is replaced by one other at a time
    if newer is not None:
        newer.replaces = older


def describe(
    piece: Evidence, document_number: str, document_on: date | None, *, actor: User, now: datetime
) -> None:
    """Write down the number and date of the issued document that the piece holds.

    Raises Refused for what was submitted once, and where the work is not open.
    """
    before = {"document_number": piece.document_number, "document_on": piece.document_on}
    after = {"document_number": document_number.strip(), "document_on": document_on}
    if after == before:
        return
    _require_never_submitted(piece)
    about = {"evidence": piece.id}
    stepping.take(
        piece.assignment, Step.ATTACH, actor=actor, now=now, before=about | before, after=about | after
    )
    piece.document_number, piece.document_on = document_number.strip(), document_on


def _require_never_submitted(piece: Evidence) -> None:
    stepping.require(piece.assignment, Step.ATTACH)
    if was_submitted(piece):
        raise Refused(KEPT)


def was_submitted(piece: Evidence) -> bool:
    """Whether the piece was there when the work was handed in, be it withdrawn or returned afterwards."""
    return any(submission.at >= piece.at for submission in piece.assignment.submissions)


def versions(piece: Evidence) -> list[Evidence]:
    """What the piece replaced, newest first."""
    older: list[Evidence] = []
    while piece.replaces is not None:
        piece = piece.replaces
        older.append(piece)
    return older


def _in_force(piece: Evidence) -> bool:
    return piece.removed_at is None and piece.replaced_by is None


def _add(
    assignment: Assignment,
    deliverable: Deliverable | None,
    replaces: Evidence | None,
    upload: Upload,
    stored: StoredFile,
    *,
    actor: User,
    now: datetime,
) -> Evidence:
    piece = Evidence(
        assignment=assignment,
        deliverable=deliverable,
        file=stored,
        name=file_name(upload.name),
        document_number=upload.document_number.strip(),
        document_on=upload.document_on,
        replaces=replaces,
        by=actor,
        at=now,
        on_behalf=stepping.on_behalf(actor, assignment),
    )
    db.session.add(piece)
    db.session.flush()  # the log names the piece by its id
    stepping.take(assignment, Step.ATTACH, actor=actor, now=now, after=_for_the_log(piece))
    return piece


def _for_the_log(piece: Evidence) -> dict[str, object]:
    return {
        "evidence": piece.id,
        "file": piece.name,
        "sha256": piece.file.sha256,
        "deliverable": piece.deliverable_id,
        "replaces": piece.replaces_id,
        "on_behalf": piece.on_behalf,
    }
