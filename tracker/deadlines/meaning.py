"""The values a deadline text is read into: a Reading of Milestones, in the Context of a plan."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal


class Kind(StrEnum):
    """What sort of deadline a milestone is."""

    BY = "by"
    PERIOD = "period"
    RECURRING = "recurring"
    CONTINUOUS = "continuous"
    RELATIVE = "relative"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Context:
    """The plan a deadline stands in: its date of issue and the first and last day of its period."""

    issued: date | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """One deadline out of a text, with the words it was read from.

    `start` and `due` are the first and last day (both included). `rrule` is an RFC 5545 rule whose dates are
    the last days of the occurrences. `days` counts days of `unit` from the `anchor` of a relative deadline.
    """

    kind: Kind
    text: str
    start: date | None = None
    due: date | None = None
    rrule: str | None = None
    days: int | None = None
    unit: Literal["calendar", "working"] | None = None
    anchor: Literal["issue", "other"] | None = None


IN_FULL = "Nếu đúng, hãy ghi đủ ngày/tháng/năm, hoặc thời hạn có năm như “Quý III/2026”."


@dataclass(frozen=True, slots=True)
class Reading:
    """What a deadline text was understood to mean.

    `unread` are the words that were not used; `doubts` says, in Vietnamese, why a person should look.
    """

    text: str
    milestones: tuple[Milestone, ...]
    unread: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def needs_review(self) -> bool:
        """Whether a person should look before the dates are relied on."""
        return bool(self.doubts)

    @property
    def objection(self) -> str:
        """The doubts as told to who typed the text: a question has no answer there, so what to type."""
        asks = any(doubt.endswith("?") for doubt in self.doubts)
        return " ".join((*self.doubts, IN_FULL) if asks else self.doubts)
