"""Letters that urge a unit to finish (công văn đôn đốc), and the list a meeting goes through."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.grants import Reach
from tracker.models import Assignment, ExtensionState, Unit
from tracker.rules.counting import Side
from tracker.rules.timeliness import DUE_SOON_DAYS, days_left
from tracker.services import boards, status
from tracker.services.selections import Selection
from tracker.words import date_words, days_words

URGENT = (Side.OVERDUE, Side.DUE_SOON)


@dataclass(frozen=True, slots=True)
class Urged:
    """A unit and what it has to finish, the oldest day first."""

    unit: Unit
    assignments: Sequence[Assignment]

    def overdue_on(self, today: date) -> int:
        """How many of them are past their day."""
        return sum(one.due_on is not None and one.due_on < today for one in self.assignments)


def urged(reach: Reach, today: date, selection: Selection) -> list[Urged]:
    """The units with something overdue or due soon, by name; a fixed number of queries."""
    return _by_unit(boards.rows(reach, today, selection.among(*URGENT)))


def agenda(reach: Reach, today: date, selection: Selection) -> list[Urged]:
    """What a meeting speaks of, by unit: what is overdue, what is due next, who asks for more time."""
    found = boards.rows(reach, today, selection.among(*URGENT, Side.IN_TIME))
    return _by_unit([one for one in found if _is_pressing(one, today) or wanted_on(one)])


def _by_unit(found: Iterable[Assignment]) -> list[Urged]:
    by_unit: dict[Unit, list[Assignment]] = defaultdict(list)
    for one in found:
        by_unit[one.unit].append(one)
    return [Urged(unit, by_unit[unit]) for unit in sorted(by_unit, key=lambda unit: unit.search_text)]


def _is_pressing(one: Assignment, today: date) -> bool:
    return one.due_on is not None and days_left(one.due_on, today) <= DUE_SOON_DAYS


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
