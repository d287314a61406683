"""People, what they were granted, failed log-ins, and sessions that ended."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from flask_login import UserMixin
from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from tracker.db import Base, Moment, text_enum
from tracker.models.units import Unit
from tracker.rules.notices.people import LetterChoice
from tracker.words import fold, nfc


class Role(StrEnum):
    """What a grant lets a person do in a unit and those below it."""

    ADMINISTRATOR = "administrator"
    MONITOR = "monitor"
    LEADER = "leader"
    UNIT_HEAD = "unit_head"
    STAFF = "staff"


class Theme(StrEnum):
    """Light, dark, or as the machine is set."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class User(UserMixin, Base):
    """A person who can log in. `session_key` is part of every session, so changing it ends them all."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    search_text: Mapped[str] = mapped_column(String(300), index=True)
    email: Mapped[str | None] = mapped_column(String(254))
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    session_key: Mapped[str] = mapped_column(String(64))
    active: Mapped[bool] = mapped_column(default=True)
    letters: Mapped[LetterChoice] = mapped_column(text_enum(LetterChoice), default=LetterChoice.DAILY)
    theme: Mapped[Theme] = mapped_column(text_enum(Theme), default=Theme.AUTO)
    created_at: Mapped[datetime] = mapped_column(Moment)

    grants: Mapped[list[Grant]] = relationship(back_populates="user", cascade="all, delete-orphan")

    @validates("name")
    def _compose(self, _key: str, value: str) -> str:
        composed = nfc(value).strip()
        self.search_text = fold(composed)
        return composed

    @property
    def is_active(self) -> bool:
        """Whether the account may log in (flask-login asks)."""
        return self.active

    def get_id(self) -> str:
        """What the session keeps: the person and the key that ends all sessions when it changes."""
        return f"{self.id}.{self.session_key}"


class Grant(Base):
    """A role of a person in a unit; it covers that unit and those below it."""

    __tablename__ = "grant"
    __table_args__ = (UniqueConstraint("user_id", "role", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(text_enum(Role))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)

    user: Mapped[User] = relationship(back_populates="grants")
    unit: Mapped[Unit] = relationship()


class AccountLinkKind(StrEnum):
    """Why somebody may set their password without knowing an old one."""

    INVITATION = "invitation"
    FORGOTTEN = "forgotten"


class AccountLink(Base):
    """A link that lets a password be set once, for a while; only the SHA-256 (hex) of its token is kept."""

    __tablename__ = "account_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    kind: Mapped[AccountLinkKind] = mapped_column(text_enum(AccountLinkKind))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)

    user: Mapped[User] = relationship()


class FailedLogin(Base):
    """One failed log-in, counted for the throttle under the name tried and the address it came from."""

    __tablename__ = "failed_login"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), index=True)
    at: Mapped[datetime] = mapped_column(Moment)


class EndedSession(Base):
    """A session that somebody logged out of, by its mark: whoever kept a copy of it comes in no more."""

    __tablename__ = "ended_session"

    mark: Mapped[str] = mapped_column(String(32), primary_key=True)
    ended_at: Mapped[datetime] = mapped_column(Moment)
