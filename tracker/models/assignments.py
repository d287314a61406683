"""What is tracked: one task x one lead unit x one occurrence, with all that was done to it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Moment, text_enum
from tracker.models.files import StoredFile
from tracker.models.plans import Deliverable, Milestone, Task, TaskParty
from tracker.models.units import Unit
from tracker.models.users import User
from tracker.rules.states import State

ROLLED = text("nominal_on IS NOT NULL")
DONE = text("completed_on IS NOT NULL")


class ReviewOutcome(StrEnum):
    """What became of a submission."""

    CONFIRMED = "confirmed"
    RETURNED = "returned"


class ExtensionState(StrEnum):
    """Where a request for more time stands."""

    PENDING = "pending"
    GRANTED = "granted"
    REFUSED = "refused"


class DueChangeKind(StrEnum):
    """Why a due date moved: more time was given, or a misreading was mended."""

    EXTENSION = "extension"
    CORRECTION = "correction"


class CommentKind(StrEnum):
    """A remark, or a direction of a leader (ý kiến chỉ đạo)."""

    COMMENT = "comment"
    DIRECTION = "direction"


class Assignment(Base):
    """One task for one lead unit and one occurrence.

    `unit` answers for it now; `party` is the unit it was first given to. `occurrence` is the nominal due
    date (ISO), empty for what has none, and never changes. `due_on` is the last day in force; where it was
    rolled off a day off, `nominal_on` is the date as written, which quarters and years count by.
    `tracked_from` is the day it came under tracking: escalation never counts from before it. `completed_on`
    is the day that counts as done.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("milestone_id", "party_id", "occurrence"),
        CheckConstraint("(state = 'done') = (completed_on IS NOT NULL)", name="done_has_its_day"),
        # all that the daily rules ask of the many of which they say nothing
        Index(
            "ix_assignment_state_dates", "state", "due_on", "starts_on", "tracked_from", "unit_id", "task_id"
        ),
        Index("ix_assignment_unit_id_state_due_on", "unit_id", "state", "due_on"),
        Index("ix_assignment_state_due_on_id", "state", "due_on", "id"),  # lists are in this order
        Index("ix_assignment_nominal_on", "nominal_on", sqlite_where=ROLLED, postgresql_where=ROLLED),
        Index("ix_assignment_completed_on", "completed_on", sqlite_where=DONE, postgresql_where=DONE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("task_party.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    occurrence: Mapped[str] = mapped_column(String(10), default="")
    starts_on: Mapped[date | None]
    due_on: Mapped[date | None]
    nominal_on: Mapped[date | None]
    tracked_from: Mapped[date]
    state: Mapped[State] = mapped_column(text_enum(State), default=State.OPEN)
    completed_on: Mapped[date | None]
    completion_document: Mapped[str] = mapped_column(String(300), default="")
    objective_cause: Mapped[str] = mapped_column(Text, default="")
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(Moment, index=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    task: Mapped[Task] = relationship()
    milestone: Mapped[Milestone] = relationship()
    party: Mapped[TaskParty] = relationship()
    unit: Mapped[Unit] = relationship()
    responsible: Mapped[User | None] = relationship()
    former_leads: Mapped[list[FormerLead]] = relationship(back_populates="assignment")
    due_changes: Mapped[list[DueChange]] = relationship(back_populates="assignment", order_by="DueChange.id")
    extension_requests: Mapped[list[ExtensionRequest]] = relationship(
        back_populates="assignment", order_by="ExtensionRequest.id"
    )
    progress_reports: Mapped[list[ProgressReport]] = relationship(
        back_populates="assignment", order_by="ProgressReport.id"
    )
    submissions: Mapped[list[Submission]] = relationship(
        back_populates="assignment", order_by="Submission.id"
    )
    evidence: Mapped[list[Evidence]] = relationship(back_populates="assignment", order_by="Evidence.id")
    absences: Mapped[list[EvidenceAbsence]] = relationship(
        back_populates="assignment", cascade="all, delete-orphan"
    )
    comments: Mapped[list[Comment]] = relationship(back_populates="assignment", order_by="Comment.id")
    standing_answers: Mapped[list[StandingAnswer]] = relationship(
        back_populates="assignment", order_by="StandingAnswer.day"
    )

    @property
    def directions(self) -> list[Comment]:
        """What leaders directed (ý kiến chỉ đạo), the oldest first."""
        return [said for said in self.comments if said.kind is CommentKind.DIRECTION]


class FormerLead(Base):
    """A unit an assignment was taken from; it still reads its own part."""

    __tablename__ = "former_lead"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    until_at: Mapped[datetime] = mapped_column(Moment)

    assignment: Mapped[Assignment] = relationship(back_populates="former_leads")
    unit: Mapped[Unit] = relationship()


class DueChange(Base):
    """A due date that was moved: from, to, by whom and on what document. Never edited."""

    __tablename__ = "due_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    kind: Mapped[DueChangeKind] = mapped_column(text_enum(DueChangeKind))
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    document: Mapped[str] = mapped_column(String(300), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Moment)

    assignment: Mapped[Assignment] = relationship(back_populates="due_changes")
    by: Mapped[User] = relationship()


class ExtensionRequest(Base):
    """A request for more time and what was decided."""

    __tablename__ = "extension_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    wanted_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    on_behalf: Mapped[bool] = mapped_column(default=False)
    state: Mapped[ExtensionState] = mapped_column(
        text_enum(ExtensionState), default=ExtensionState.PENDING, index=True
    )
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    granted_on: Mapped[date | None]
    document: Mapped[str] = mapped_column(String(300), default="")
    answer: Mapped[str] = mapped_column(Text, default="")

    assignment: Mapped[Assignment] = relationship(back_populates="extension_requests")
    by: Mapped[User] = relationship(foreign_keys=[by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])


class ProgressReport(Base):
    """A dated note: percentage done and difficulties (khó khăn, vướng mắc)."""

    __tablename__ = "progress_report"
    __table_args__ = (CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    percent: Mapped[int]
    text: Mapped[str] = mapped_column(Text, default="")
    difficulties: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    on_behalf: Mapped[bool] = mapped_column(default=False)

    assignment: Mapped[Assignment] = relationship(back_populates="progress_reports")
    by: Mapped[User] = relationship()


class Submission(Base):
    """Work handed in for review. It waits until it is withdrawn or reviewed."""

    __tablename__ = "submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    note: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    on_behalf: Mapped[bool] = mapped_column(default=False)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)

    assignment: Mapped[Assignment] = relationship(back_populates="submissions")
    by: Mapped[User] = relationship()
    review: Mapped[Review | None] = relationship(back_populates="submission")


class Review(Base):
    """The answer to a submission. `mend_by` is the last day to mend a returned one without losing its day."""

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    outcome: Mapped[ReviewOutcome] = mapped_column(text_enum(ReviewOutcome))
    reason: Mapped[str] = mapped_column(Text, default="")
    mend_by: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Moment)

    submission: Mapped[Submission] = relationship(back_populates="review")
    by: Mapped[User] = relationship()


class Evidence(Base):
    """A file that shows a deliverable exists, with number and date of the issued document.

    A newer version points at the one it replaces; what was submitted once is never overwritten or deleted.
    `removed_at` hides a piece that was never part of a submission.
    """

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    deliverable_id: Mapped[int | None] = mapped_column(ForeignKey("deliverable.id"), index=True)
    file_sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    document_number: Mapped[str] = mapped_column(String(100), default="")
    document_on: Mapped[date | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    on_behalf: Mapped[bool] = mapped_column(default=False)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)

    assignment: Mapped[Assignment] = relationship(back_populates="evidence")
    deliverable: Mapped[Deliverable | None] = relationship()
    file: Mapped[StoredFile] = relationship()
    by: Mapped[User] = relationship()
    replaces: Mapped[Evidence | None] = relationship(remote_side=[id], back_populates="replaced_by")
    replaced_by: Mapped[Evidence | None] = relationship(back_populates="replaces")


class EvidenceAbsence(Base):
    """An explained «không có» in place of evidence for a deliverable."""

    __tablename__ = "evidence_absence"
    __table_args__ = (UniqueConstraint("assignment_id", "deliverable_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    deliverable_id: Mapped[int] = mapped_column(ForeignKey("deliverable.id"))
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Moment)

    assignment: Mapped[Assignment] = relationship(back_populates="absences")
    deliverable: Mapped[Deliverable] = relationship()
    by: Mapped[User] = relationship()


class Comment(Base):
    """A remark or a direction on an assignment."""

    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    kind: Mapped[CommentKind] = mapped_column(text_enum(CommentKind), default=CommentKind.COMMENT)
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Moment)

    assignment: Mapped[Assignment] = relationship(back_populates="comments")
    by: Mapped[User] = relationship()


class StandingAnswer(Base):
    """What a unit reported of a standing task on a reporting day: a line or a file."""

    __tablename__ = "standing_answer"
    __table_args__ = (UniqueConstraint("assignment_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    day: Mapped[date]
    text: Mapped[str] = mapped_column(Text, default="")
    file_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_file.sha256"))
    file_name: Mapped[str] = mapped_column(String(300), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Moment)

    assignment: Mapped[Assignment] = relationship(back_populates="standing_answers")
    file: Mapped[StoredFile | None] = relationship()
    by: Mapped[User] = relationship()
