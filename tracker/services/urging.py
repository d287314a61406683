"""Letters that urge a unit to finish (công văn đôn đốc), and the list a meeting goes through."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from tracker.db import db
from tracker.grants import Reach
from tracker.models import Assignment, ExtensionState, Unit
from tracker.rules.counting import Side
from tracker.services import boards, cells, status
from tracker.services.selections import Selection
from tracker.words import date_words, days_words

URGENT = (Side.OVERDUE, Side.DUE_SOON)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A unit with how much of its work is overdue and due soon, and the oldest day of that."""

    unit: Unit
    overdue: int
    soon: int
    oldest: date | None


@dataclass(frozen=True, slots=True)
class Urged:
    """A unit and what it has to finish, the oldest day first."""

    unit: Unit
    assignments: Sequence[Assignment]


def pressed(reach: Reach, today: date, selection: Selection) -> list[Pressed]:
    """The units with something overdue or due soon, by name; out of the figures that are at hand."""
    found = {one.unit_id: one for one in cells.cells(reach, today, selection.among(*URGENT))}
    units = db.session.scalars(select(Unit).where(Unit.id.in_(found)).order_by(Unit.search_text))
    return [_pressed(unit, found[unit.id]) for unit in units]


def _pressed(unit: Unit, of_unit: cells.UnitCells) -> Pressed:
    days = [cell.oldest for cell in of_unit.cells if cell.oldest is not None]
    tally = of_unit.tally
    return Pressed(unit, tally.of(Side.OVERDUE), tally.of(Side.DUE_SOON), min(days, default=None))


def urged(reach: Reach, today: date, selection: Selection, unit_ids: Collection[int]) -> list[Urged]:
    """What these units have overdue or due soon, by their names; a fixed number of queries."""
    among = Assignment.unit_id.in_(unit_ids)
    return _by_unit(boards.rows(reach, today, selection.among(*URGENT), among=among))


def agenda(reach: Reach, today: date, selection: Selection, *, most: int) -> list[Urged]:
    """What a meeting speaks of, by unit: what is overdue, what is due next, who asks for more time.

    Of each no more than the `most` whose day comes first.
    """
    pressing = boards.rows(reach, today, selection.among(*URGENT), most=most)
    asking = boards.rows(reach, today, _asking(selection), most=most)
    return _by_unit([*pressing, *asking])


def agenda_length(reach: Reach, today: date, selection: Selection) -> int:
    """How many assignments all of the agenda speaks of."""
    pressing = (one.overdue + one.soon for one in pressed(reach, today, selection))
    return sum(pressing) + boards.count(reach, today, _asking(selection))


def _asking(selection: Selection) -> Selection:
    return replace(selection, asking=True).among(Side.IN_TIME)


def _by_unit(found: Iterable[Assignment]) -> list[Urged]:
    by_unit: dict[Unit, list[Assignment]] = defaultdict(list)
    for one in found:
        by_unit[one.unit].append(one)
    return [Urged(unit, by_unit[unit]) for unit in sorted(by_unit, key=lambda unit: unit.search_text)]


def wanted_on(one: Assignment) -> date | None:
    """The day asked for in a request for more time that waits for a decision."""
    waiting = [ask.wanted_on for ask in one.extension_requests if ask.state is ExtensionState.PENDING]
    return waiting[-1] if waiting else None


def missing_words(one: Assignment) -> str:
    """The deliverables nothing stands for yet, in one text."""
    return "; ".join(piece.name for piece in status.missing(one))


def how_it_stands(one: Assignment, today: date) -> str:
    """«quá hạn 18 ngày; đề nghị gia hạn đến 30/6/2026; vướng mắc: chờ tỉnh»."""
    said = [days_words(one.due_on, today)]
    if wanted := wanted_on(one):
        said.append(f"đề nghị gia hạn đến {date_words(wanted)}")
    if one.progress_reports and one.progress_reports[-1].difficulties:
        said.append(f"vướng mắc: {one.progress_reports[-1].difficulties}")
    return "; ".join(said)
