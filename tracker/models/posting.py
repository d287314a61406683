"""What people are told: notices, the letters that carry them, and the scheduler's lease."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Moment, text_enum
from tracker.models.units import Unit
from tracker.models.users import User


class NoticeState(StrEnum):
    """Whether a notice waits for a letter, is in one, or was skipped because it was no longer true."""

    PENDING = "pending"
    BOUND = "bound"
    SKIPPED = "skipped"


class MailState(StrEnum):
    """Where a letter stands."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"


BOUND = text("mail_id IS NOT NULL")


class Notice(Base):
    """One thing one recipient must be told, under a key that can exist once.

    The recipient is a person or a unit's mailbox. `key` is recipient, rule, subject and occasion.
    """

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint("(user_id IS NULL) <> (unit_id IS NULL)", name="one_recipient"),
        Index("ix_notice_mail_id", "mail_id", sqlite_where=BOUND, postgresql_where=BOUND),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    rule: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    occasion: Mapped[str] = mapped_column(String(60))
    planned_on: Mapped[date]
    state: Mapped[NoticeState] = mapped_column(
        text_enum(NoticeState), default=NoticeState.PENDING, index=True
    )
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mail.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)

    user: Mapped[User | None] = relationship()
    unit: Mapped[Unit | None] = relationship()
    mail: Mapped[Mail | None] = relationship(back_populates="notices")


class AnsweredDay(Base):
    """A day for which every reminder was worked out and stored; the next run goes on from there."""

    __tablename__ = "answered_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


class Mail(Base):
    """A rendered letter with its Message-ID fixed, and how its delivery goes.

    `refused` says of a dead one that the server will never take it, as against one that was given up.
    """

    __tablename__ = "mail"
    __table_args__ = (Index("ix_mail_state_next_try_at", "state", "next_try_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    address: Mapped[str] = mapped_column(String(254))
    recipient_name: Mapped[str] = mapped_column(String(300), default="")
    subject: Mapped[str] = mapped_column(String(500))
    state: Mapped[MailState] = mapped_column(text_enum(MailState), default=MailState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(Moment)
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    last_error: Mapped[str] = mapped_column(Text, default="")
    refused: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)

    user: Mapped[User | None] = relationship()
    unit: Mapped[Unit | None] = relationship()
    notices: Mapped[list[Notice]] = relationship(back_populates="mail")
    content: Mapped[MailContent] = relationship()
    text: AssociationProxy[str] = association_proxy(
        "content", "text", creator=lambda text: MailContent(text=text)
    )
    html: AssociationProxy[str] = association_proxy(
        "content", "html", creator=lambda html: MailContent(html=html)
    )
    ics: AssociationProxy[str] = association_proxy("content", "ics", creator=lambda ics: MailContent(ics=ics))


class MailContent(Base):
    """What a letter says; apart from it, so that how its delivery goes is written in few bytes."""

    __tablename__ = "mail_content"

    mail_id: Mapped[int] = mapped_column(ForeignKey("mail.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    ics: Mapped[str] = mapped_column(Text, default="")


class Lease(Base):
    """Who may act as the scheduler, and until when."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(100), default="")
    expires_at: Mapped[datetime] = mapped_column(Moment)


class JobRun(Base):
    """When a job of the timetable last ran, for how long (seconds) and whether it failed."""

    __tablename__ = "job_run"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(Moment)
    seconds: Mapped[float] = mapped_column(default=0.0)
    error: Mapped[str] = mapped_column(Text, default="")
