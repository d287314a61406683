"""The append-only log of every deed, and the seals that chain it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Moment
from tracker.models.users import User


class AuditEntry(Base):
    """Who did what to which thing, when, with what stood before and after. Never changed or deleted.

    `subject` and `subject_id` name the thing («assignment», 17); `actor` is None for the service itself.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject_subject_id", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    verb: Mapped[str] = mapped_column(String(40), index=True)
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    actor: Mapped[User | None] = relationship()


class AuditSeal(Base):
    """The seal of one entry: the SHA-256 (hex) of the entry and of the seal before it."""

    __tablename__ = "audit_seal"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entry.id"), unique=True)
    digest: Mapped[str] = mapped_column(String(64))

    entry: Mapped[AuditEntry] = relationship()
