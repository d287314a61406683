"""What the administrator sets for the whole deployment: days off and make-up working days."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base


class DayOff(Base):
    """A correction of the calendar of days off: a day that is off, or a make-up working day that is not."""

    __tablename__ = "day_off"

    day: Mapped[date] = mapped_column(primary_key=True)
    off: Mapped[bool]
    name: Mapped[str] = mapped_column(String(200), default="")
