"""The draft of a plan: what was read from a document, before anything is stored."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from tracker.deadlines.meaning import Milestone


@dataclass(frozen=True, slots=True)
class Heading:
    """What the first page says of the plan; what it leaves blank is None or empty."""

    number: str | None = None
    issued: date | None = None
    issuer: str = ""
    title: str = ""
    period: tuple[date, date] | None = None
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MilestoneDraft:
    """A milestone with the deliverables that are due at it."""

    milestone: Milestone
    deliverables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """One task as read: phrases of parties as written, milestones with deliverables, doubts in Vietnamese.

    `source_row` holds the cells as they stood (column name, text), for the page that shows source beside
    reading.
    """

    no: str
    title: str
    source: Literal["table", "prose"] = "table"
    group: str = ""
    group_title: str = ""
    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    deadline_text: str = ""
    milestones: tuple[MilestoneDraft, ...] = ()
    note: str = ""
    where: str = ""
    source_row: tuple[tuple[str, str], ...] = ()
    doubts: tuple[str, ...] = ()
    selected: bool = True

    @property
    def deliverables(self) -> tuple[str, ...]:
        """The deliverables of all milestones, in order, each once."""
        return tuple(dict.fromkeys(name for m in self.milestones for name in m.deliverables))

    @property
    def needs_review(self) -> bool:
        """Whether a person should look at it before publishing."""
        return bool(self.doubts)


Bound = Literal["", "at_least", "at_most", "less_by", "more_by"]  # how a target binds


@dataclass(frozen=True, slots=True)
class IndicatorDraft:
    """A measured target of a unit for a period.

    `under` names the unit or list that it stands under in its table («UBND huyện Ba Tơ»). `bound` says how a
    target binds: `at_least`, `at_most`, `less_by` and `more_by` (against the period before), or exactly.
    """

    name: str
    unit: str
    period: str
    target: float | None = None
    actual: float | None = None
    measure: str = ""
    note: str = ""
    where: str = ""
    under: str = ""
    bound: Bound = ""
    selected: bool = True


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """What became of one table row or duty paragraph; `reason` is Vietnamese and given for ignored ones."""

    where: str
    fate: Literal["task", "continuation", "header", "group", "total", "indicator", "ignored"]
    text: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """A number of tasks that a group row, a total row or the text declares, and how many were read."""

    source: Literal["group", "total", "text"]
    text: str
    count: int
    found: int

    @property
    def agrees(self) -> bool:
        """Whether as many were read as the document declares."""
        return self.count == self.found


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Tasks of a plan that a sentence gives up: by their numbers, within a group or not, or by a title."""

    text: str
    numbers: tuple[str, ...] = ()
    group: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Mending:
    """What a sentence changes in tasks of a plan: a phrase, the deadline, who leads, or the whole task.

    The tasks are named by number, within a group or not, or by title; a phrase may be put in place of another
    wherever it stands, unless the sentence names a place `elsewhere` in the plan.
    """

    kind: Literal["words", "deadline", "lead", "task"]
    text: str
    new: str
    old: str = ""
    numbers: tuple[str, ...] = ()
    group: str = ""
    title: str = ""
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A document, read: every row of it is accounted for in the ledger exactly once.

    `read` are the places of the table rows and duty paragraphs that its reader gave, whatever became of them.
    """

    heading: Heading
    tasks: tuple[TaskDraft, ...] = ()
    indicators: tuple[IndicatorDraft, ...] = ()
    ledger: tuple[LedgerLine, ...] = ()
    warnings: tuple[str, ...] = field(default=())
    declared: tuple[Declared, ...] = ()
    read: tuple[str, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    mendings: tuple[Mending, ...] = ()
