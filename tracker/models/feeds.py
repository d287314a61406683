"""Calendar addresses given out to anyone's calendar program."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Moment, text_enum
from tracker.models.plans import Plan
from tracker.models.units import Unit
from tracker.models.users import User


class FeedScope(StrEnum):
    """What a feed shows: a unit and those below it, one person, a plan, or a filter."""

    UNIT = "unit"
    PERSON = "person"
    PLAN = "plan"
    OVERDUE = "overdue"
    THIS_QUARTER = "this_quarter"


class Feed(Base):
    """A named calendar address; only the SHA-256 (hex) of its token is kept. Scope «person» is its owner."""

    __tablename__ = "feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scope: Mapped[FeedScope] = mapped_column(text_enum(FeedScope))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    fetched_at: Mapped[datetime | None] = mapped_column(Moment)
    fetched_by: Mapped[str] = mapped_column(String(200), default="")

    owner: Mapped[User] = relationship()
    unit: Mapped[Unit | None] = relationship()
    plan: Mapped[Plan | None] = relationship()
