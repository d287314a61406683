"""Indicators of a plan (chỉ tiêu): what is measured, the targets of units and periods, what was reported."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Moment
from tracker.models.files import StoredFile
from tracker.models.plans import Plan
from tracker.models.units import Unit
from tracker.models.users import User


class Indicator(Base):
    """A measured target. `bound` is how it binds: at_least, at_most, less_by, more_by, or empty: to reach."""

    __tablename__ = "indicator"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    measure: Mapped[str] = mapped_column(String(50), default="")
    bound: Mapped[str] = mapped_column(String(10), default="")

    plan: Mapped[Plan] = relationship()
    targets: Mapped[list[IndicatorTarget]] = relationship(
        back_populates="indicator", order_by="IndicatorTarget.id", cascade="all, delete-orphan"
    )


class IndicatorTarget(Base):
    """What a unit is to reach in a period («Quý I/2026»), once.

    `given` is a value that the plan itself states. An exempt unit is in no figure and no rank; `note` says
    why («Không có thủ tục hành chính yêu cầu nghĩa vụ tài chính»).
    """

    __tablename__ = "indicator_target"
    __table_args__ = (UniqueConstraint("indicator_id", "unit_id", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    period: Mapped[str] = mapped_column(String(50))
    target: Mapped[float | None]
    given: Mapped[float | None]
    exempt: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(Text, default="")

    indicator: Mapped[Indicator] = relationship(back_populates="targets")
    unit: Mapped[Unit] = relationship()
    reports: Mapped[list[IndicatorReport]] = relationship(
        back_populates="target", order_by="IndicatorReport.id"
    )

    @property
    def report(self) -> IndicatorReport | None:
        """The report that counts: the newest."""
        return self.reports[-1] if self.reports else None

    @property
    def value(self) -> float | None:
        """The value that counts: the one reported last, else the one that the plan states."""
        return self.report.value if self.report else self.given


class IndicatorReport(Base):
    """A value as a unit reported it, with its evidence. Never changed: a newer one stands beside it."""

    __tablename__ = "indicator_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("indicator_target.id"), index=True)
    value: Mapped[float]
    note: Mapped[str] = mapped_column(Text, default="")
    file_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_file.sha256"))
    file_name: Mapped[str] = mapped_column(String(300), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    on_behalf: Mapped[bool] = mapped_column(default=False)

    target: Mapped[IndicatorTarget] = relationship(back_populates="reports")
    file: Mapped[StoredFile | None] = relationship()
    by: Mapped[User] = relationship()
