"""Figures of a unit worked out beforehand, and marks that they have to be worked out anew.

They say nothing that the assignments do not say: `services.cells` derives them, and looks at the assignments
themselves for each unit that has a mark. A mark is only ever added by who changes something and taken away by
who works the figures out, so nobody waits for anybody.
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Connection, ForeignKey, event, insert, inspect, select
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from tracker.db import Base
from tracker.models.assignments import Assignment, DueChange, Submission
from tracker.models.plans import Milestone


class UnitFigures(Base):
    """The figures of what a unit leads, as they stood on `day`: a list of cells."""

    __tablename__ = "unit_figures"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date]
    cells: Mapped[list[Any]] = mapped_column(JSON)


class FiguresMark(Base):
    """That something the unit leads changed since its figures were worked out, or only came beside it.

    `arrivals` are the ids of the assignments that came; None where anything else changed.
    """

    __tablename__ = "figures_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"), index=True)
    arrivals: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))


def _mark_units_of(_mapper: Mapper, connection: Connection, assignment: Assignment) -> None:
    """The unit that leads it, and the one it was taken from."""
    history = inspect(assignment).attrs.unit_id.history
    units = {*history.added, *history.unchanged, *history.deleted} - {None}
    connection.execute(insert(FiguresMark), [{"unit_id": unit_id} for unit_id in sorted(units)])


def _mark_unit_of_part(_mapper: Mapper, connection: Connection, part: DueChange | Submission) -> None:
    units = select(Assignment.unit_id).where(Assignment.id == part.assignment_id)
    connection.execute(insert(FiguresMark).from_select(["unit_id"], units))


def _mark_units_with(_mapper: Mapper, connection: Connection, milestone: Milestone) -> None:
    units = select(Assignment.unit_id).where(Assignment.milestone_id == milestone.id).distinct()
    connection.execute(insert(FiguresMark).from_select(["unit_id"], units))


for change in ("after_insert", "after_update", "after_delete"):
    event.listen(Assignment, change, _mark_units_of)
    event.listen(DueChange, change, _mark_unit_of_part)
    event.listen(Submission, change, _mark_unit_of_part)
event.listen(Milestone, "after_update", _mark_units_with)
