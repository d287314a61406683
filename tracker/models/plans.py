"""Plans as they were issued: groups, tasks, parties, milestones, deliverables; and imports under review."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from tracker.db import Base, Moment, text_enum
from tracker.deadlines.meaning import Kind
from tracker.models.files import StoredFile
from tracker.models.units import Unit, UnitGroup
from tracker.models.users import User
from tracker.words import fold


class Cadence(StrEnum):
    """How often a plan wants its standing tasks reported."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


class PartyRole(StrEnum):
    """Whether a unit answers for a task or helps with it, or led it before the plan was amended."""

    LEAD = "lead"
    COORDINATING = "coordinating"
    FORMER = "former"


class Plan(Base):
    """An issued document with tasks. It is a draft until `published_at`; `period` is starts_on to ends_on.

    `reminder_days` holds the days of those reminder rules that the plan has otherwise than by default.
    """

    __tablename__ = "plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(100), default="")
    issued_on: Mapped[date | None]
    issuer: Mapped[str] = mapped_column(String(300), default="")
    title: Mapped[str] = mapped_column(Text, default="")
    basis: Mapped[str] = mapped_column(Text, default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    cadence: Mapped[Cadence] = mapped_column(text_enum(Cadence), default=Cadence.HALF_YEARLY)
    reminder_days: Mapped[dict[str, list[int]]] = mapped_column(JSON, default=dict)
    search_text: Mapped[str] = mapped_column(Text, default="")
    watching_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    leader_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    published_at: Mapped[datetime | None] = mapped_column(Moment)

    watching_unit: Mapped[Unit] = relationship()
    leader: Mapped[User | None] = relationship(foreign_keys=[leader_id])
    uploaded_by: Mapped[User | None] = relationship(foreign_keys=[uploaded_by_id])
    groups: Mapped[list[TaskGroup]] = relationship(
        back_populates="plan", order_by="TaskGroup.position", cascade="all, delete-orphan"
    )
    tasks: Mapped[list[Task]] = relationship(
        back_populates="plan", order_by="Task.position", cascade="all, delete-orphan"
    )

    @validates("number", "title")
    def _search(self, key: str, value: str) -> str:
        other = self.title if key == "number" else self.number
        self.search_text = fold(f"{value} {other or ''}")
        return value


class TaskGroup(Base):
    """A heading over tasks in the appendix («I. Nhóm nhiệm vụ ...»)."""

    __tablename__ = "task_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    no: Mapped[str] = mapped_column(String(30), default="")
    title: Mapped[str] = mapped_column(Text, default="")
    leader_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    plan: Mapped[Plan] = relationship(back_populates="groups")
    leader: Mapped[User | None] = relationship()
    tasks: Mapped[list[Task]] = relationship(back_populates="group", order_by="Task.position")


class Task(Base):
    """One numbered row of the appendix; texts are kept as written beside what was understood."""

    __tablename__ = "task"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("task_group.id", ondelete="SET NULL"), index=True)
    position: Mapped[int]
    no: Mapped[str] = mapped_column(String(30), default="")
    title: Mapped[str] = mapped_column(Text)
    deadline_text: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    where_text: Mapped[str] = mapped_column(String(200), default="")
    source_row: Mapped[list[Any]] = mapped_column(JSON, default=list)
    search_text: Mapped[str] = mapped_column(Text, default="")

    plan: Mapped[Plan] = relationship(back_populates="tasks")
    group: Mapped[TaskGroup | None] = relationship(back_populates="tasks")
    parties: Mapped[list[TaskParty]] = relationship(
        back_populates="task", order_by="TaskParty.position", cascade="all, delete-orphan"
    )
    open_parties: Mapped[list[OpenParty]] = relationship(
        back_populates="task", order_by="OpenParty.position", cascade="all, delete-orphan"
    )
    milestones: Mapped[list[Milestone]] = relationship(
        back_populates="task", order_by="Milestone.position", cascade="all, delete-orphan"
    )

    @validates("title")
    def _search(self, _key: str, value: str) -> str:
        self.search_text = fold(value)
        return value

    @property
    def leads(self) -> list[TaskParty]:
        """The parties that answer for the task."""
        return [party for party in self.parties if party.role is PartyRole.LEAD]

    @property
    def coordinating(self) -> list[TaskParty]:
        """The parties that help with it."""
        return [party for party in self.parties if party.role is PartyRole.COORDINATING]


class TaskParty(Base):
    """A unit in a task, once: lead outranks coordinating. `group` says through which group it came in.

    `heir` goes on with what recurs once the unit has ended.
    """

    __tablename__ = "task_party"
    __table_args__ = (UniqueConstraint("task_id", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("unit_group.id", ondelete="SET NULL"))
    heir_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[PartyRole] = mapped_column(text_enum(PartyRole))
    phrase: Mapped[str] = mapped_column(String(500), default="")
    position: Mapped[int]

    task: Mapped[Task] = relationship(back_populates="parties")
    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)
    heir: Mapped[Unit | None] = relationship(foreign_keys=heir_id)
    group: Mapped[UnitGroup | None] = relationship()


class OpenParty(Base):
    """A phrase that names nobody in particular («các cơ quan liên quan»): kept as text.

    As lead it must be filled with units before the plan is published.
    """

    __tablename__ = "open_party"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    role: Mapped[PartyRole] = mapped_column(text_enum(PartyRole), default=PartyRole.COORDINATING)
    phrase: Mapped[str] = mapped_column(String(500))
    position: Mapped[int]

    task: Mapped[Task] = relationship(back_populates="open_parties")


class Milestone(Base):
    """One deadline of a task, as understood; the columns are those of the reading it came from."""

    __tablename__ = "milestone"
    __table_args__ = (
        CheckConstraint("starts_on IS NULL OR due_on IS NULL OR starts_on <= due_on", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[Kind] = mapped_column(text_enum(Kind))
    text: Mapped[str] = mapped_column(Text, default="")
    starts_on: Mapped[date | None]
    due_on: Mapped[date | None]
    rrule: Mapped[str | None] = mapped_column(String(200))
    days: Mapped[int | None]
    day_unit: Mapped[str | None] = mapped_column(String(10))
    anchor: Mapped[str | None] = mapped_column(String(10))

    task: Mapped[Task] = relationship(back_populates="milestones")
    deliverables: Mapped[list[Deliverable]] = relationship(
        back_populates="milestone", order_by="Deliverable.position", cascade="all, delete-orphan"
    )


class Deliverable(Base):
    """What a task must produce at a milestone."""

    __tablename__ = "deliverable"

    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Text)

    milestone: Mapped[Milestone] = relationship(back_populates="deliverables")


class PlanReading(Base):
    """A document that is being read, while somebody waits for it: the page so far, and what became of it.

    In the end it has an import (`known`: one that was there already) or a `refusal`. `beat_at` is when its
    reader last said that it is alive.
    """

    __tablename__ = "plan_reading"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    beat_at: Mapped[datetime] = mapped_column(Moment)
    page: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int] = mapped_column(default=0)
    refusal: Mapped[str] = mapped_column(Text, default="")
    known: Mapped[bool] = mapped_column(default=False)
    import_id: Mapped[int | None] = mapped_column(
        ForeignKey("plan_import.id", ondelete="CASCADE"), index=True
    )

    plan_import: Mapped[PlanImport | None] = relationship()


class PlanImport(Base):
    """A document being reviewed: the draft as read, the monitor's answers, and the plan it became.

    `draft` is what the reader found and never changes; `answers` is what the monitor said to it.
    """

    __tablename__ = "plan_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    file_name: Mapped[str] = mapped_column(String(300))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    draft: Mapped[dict[str, Any]] = mapped_column(JSON)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column(default=1)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id", ondelete="SET NULL"), index=True)
    accepted_at: Mapped[datetime | None] = mapped_column(Moment)

    file: Mapped[StoredFile] = relationship()
    unit: Mapped[Unit] = relationship()
    by: Mapped[User] = relationship()
    plan: Mapped[Plan | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
