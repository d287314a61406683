"""From an uploaded document to an import under review, and from there to a stored plan."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload

from tracker.db import db
from tracker.files import FileStore, TooLarge
from tracker.models import Plan, PlanImport, Unit, User
from tracker.plans import form
from tracker.plans.blocks import UnreadableFile
from tracker.plans.readers import Progress
from tracker.plans.readers.refusals import TOO_LARGE
from tracker.plans.readers.sandbox import read_safely
from tracker.plans.reading import draft_plan
from tracker.services import auditing, catalogues, drafting, filing, indicator_storing
from tracker.services.checking import check
from tracker.services.intake import MEGABYTE, file_name
from tracker.services.refusals import Refused

# By the end of the name, with which the bytes have been found to agree.
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".rtf": "application/rtf",
    ".txt": "text/plain",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".bmp": "image/bmp",
}

WITHOUT_TEXT = (defer(PlanImport.draft), defer(PlanImport.answers))  # lists need neither


@dataclass(frozen=True, slots=True)
class Preview:
    """The import of a document; `known` says that the very same file was there already."""

    plan_import: PlanImport
    known: bool


def preview(
    stream: BinaryIO,
    name: str,
    unit: Unit,
    *,
    actor: User,
    now: datetime,
    store: FileStore,
    limit_mb: int = 50,
    progress: Progress | None = None,
) -> Preview:
    """Read a document into an import under review, its bytes kept once; `unit` will watch over the plan.

    The same file for the same unit changes nothing. `progress` is told the page that is read and how many
    there are. Raises UnreadableFile, with nothing stored, for a file
    that is wrong, broken, locked, larger than `limit_mb` megabytes, hostile or secret.
    """
    try:
        with store.staged(stream, limit_bytes=limit_mb * MEGABYTE) as staged:
            known = _import_of(staged.sha256, unit)
            if known is not None:
                return Preview(known, known=True)
            draft = draft_plan(read_safely(staged.path, name, progress=progress))
            stored = filing.keep(store, staged, _media_type(name), now=now)
    except TooLarge as error:
        raise UnreadableFile(TOO_LARGE.format(limit=limit_mb)) from error
    plan_import = PlanImport(
        file=stored,
        file_name=file_name(name),
        unit=unit,
        by=actor,
        at=now,
        draft=form.to_dict(draft),
        answers={},
    )
    db.session.add(plan_import)
    auditing.record(actor, "import", plan_import, now=now, after={"file": stored.sha256, "unit": unit.id})
    return Preview(plan_import, known=False)


def _media_type(name: str) -> str:
    return MEDIA_TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream")


def _import_of(sha256: str, unit: Unit) -> PlanImport | None:
    query = select(PlanImport).where(PlanImport.file_sha256 == sha256, PlanImport.unit == unit)
    return db.session.scalars(query.order_by(PlanImport.id.desc())).first()


def accept(plan_import: PlanImport, *, actor: User, now: datetime, today: date) -> Plan:
    """Store the plan as it was checked, as a draft that can be published.

    Said again before publication it stores the plan anew, so that later answers count. Raises Refused while
    something that blocks publishing is unanswered, and once the plan is published.
    """
    checked = check(plan_import, today)
    blocking = [doubt for doubt in checked.doubts if doubt.blocks]
    if blocking:
        raise Refused(f"Còn {len(blocking)} chỗ phải xem trước khi giao nhiệm vụ. {blocking[0].title}")
    if checked.amends is not None:
        raise Refused("Văn bản này điều chỉnh một kế hoạch đã có. Hãy so sánh và áp dụng vào kế hoạch đó.")
    plan = plan_import.plan or Plan(watching_unit=plan_import.unit, uploaded_by=actor, created_at=now)
    if plan.published_at is not None:
        raise Refused("Kế hoạch này đã giao nhiệm vụ. Hãy sửa từng nhiệm vụ trên trang kế hoạch.")
    drafting.fill(plan, checked)
    indicator_storing.store(plan, checked)
    catalogues.remember(plan_import.unit, checked.decided, actor=actor, now=now, today=today)
    plan_import.plan, plan_import.accepted_at = plan, now
    auditing.record(
        actor, "accept", plan, now=now, after={"import": plan_import.id, "tasks": len(plan.tasks)}
    )
    return plan


def discard(plan_import: PlanImport, *, actor: User, now: datetime) -> None:
    """Drop an import with the draft of a plan that came of it; raises Refused once that is published."""
    plan = plan_import.plan
    if plan is not None:
        delete_draft(plan, actor=actor, now=now)
    auditing.record(actor, "discard", plan_import, now=now, before={"file": plan_import.file_sha256})
    db.session.delete(plan_import)


def delete_draft(plan: Plan, *, actor: User, now: datetime) -> None:
    """Delete a plan that is not published; its import stays and can be accepted again. Raises Refused."""
    require_draft(plan)
    auditing.record(actor, "delete_draft", plan, now=now, before={"number": plan.number, "title": plan.title})
    db.session.delete(plan)


def require_draft(plan: Plan) -> None:
    """Raise Refused where the plan is published: it can be deleted no more."""
    if plan.published_at is not None:
        raise Refused("Kế hoạch đã giao nhiệm vụ thì không xóa được. Có thể hủy từng nhiệm vụ.")


def waiting(unit_ids: Collection[int]) -> list[PlanImport]:
    """The imports for these units that have not become a published plan, newest first; one query."""
    query = (
        select(PlanImport)
        .outerjoin(Plan, PlanImport.plan_id == Plan.id)
        .where(PlanImport.unit_id.in_(unit_ids), Plan.published_at.is_(None))
        .options(joinedload(PlanImport.by), joinedload(PlanImport.plan))
        .options(*WITHOUT_TEXT)
        .order_by(PlanImport.id.desc())
    )
    return list(db.session.scalars(query))


def is_published(plan_import: PlanImport) -> bool:
    """Whether the import has become a plan whose tasks are given out."""
    return plan_import.plan is not None and plan_import.plan.published_at is not None


def import_of(plan: Plan) -> PlanImport | None:
    """The import that a plan came of; None for one that was written by hand."""
    query = select(PlanImport).where(PlanImport.plan_id == plan.id)
    return db.session.scalars(query.options(*WITHOUT_TEXT).order_by(PlanImport.id)).first()
