"""Reports whose figures were frozen (chốt số liệu)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Moment
from tracker.models.files import StoredFile
from tracker.models.plans import Plan
from tracker.models.units import Unit
from tracker.models.users import User


class FrozenReport(Base):
    """A report as it was frozen: its figures and rows as values, and its paper. Never changed or deleted.

    `issuer` is the unit in whose name it is; `plan` and `unit` are what it is of. `key` names issuer, plan,
    unit and period together; freezing that again makes the next `version`.
    """

    __tablename__ = "frozen_report"
    __table_args__ = (UniqueConstraint("key", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(100))
    version: Mapped[int]
    period: Mapped[str] = mapped_column(String(10))
    issuer_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    file_sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)

    issuer: Mapped[Unit] = relationship(foreign_keys=[issuer_id])
    plan: Mapped[Plan | None] = relationship()
    unit: Mapped[Unit | None] = relationship(foreign_keys=[unit_id])
    file: Mapped[StoredFile] = relationship()
    by: Mapped[User] = relationship()


class Frozen(RuntimeError):
    """Somebody tried to change or delete what is frozen."""


@event.listens_for(FrozenReport, "before_update")
@event.listens_for(FrozenReport, "before_delete")
def _refuse(_mapper: Any, _connection: Any, report: FrozenReport) -> None:
    raise Frozen(f"report {report.id} is frozen")
