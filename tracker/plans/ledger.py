"""The row ledger: every table row and every duty paragraph is accounted for exactly once."""

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from tracker.plans.blocks import Paragraph, Row
from tracker.plans.draft import LedgerLine, PlanDraft
from tracker.plans.places import place
from tracker.plans.wording import one_line

Fate = Literal["task", "continuation", "header", "group", "total", "indicator", "ignored"]

FATES: tuple[Fate, ...] = ("task", "continuation", "header", "group", "total", "indicator")

_LONGEST_TEXT = 200
_LONGEST_IGNORED = 2000  # what was ignored can still be made a task of, with all its words


def ledger_line(source: Row | Paragraph, fate: Fate, reason: str = "") -> LedgerLine:
    """What became of a row or paragraph; `reason` is given, in Vietnamese, where it was ignored."""
    text = source.text if isinstance(source, Paragraph) else " | ".join(filter(None, source.texts))
    longest = _LONGEST_IGNORED if fate == "ignored" else _LONGEST_TEXT
    return LedgerLine(where=place(source.where), fate=fate, text=one_line(text)[:longest], reason=reason)


def ignored_by_reason(lines: Iterable[LedgerLine]) -> dict[str, list[LedgerLine]]:
    """The lines that were ignored under why they were, the reason that holds for most first."""
    reasons: dict[str, list[LedgerLine]] = {}
    for line in lines:
        if line.fate == "ignored":
            reasons.setdefault(line.reason, []).append(line)
    return dict(sorted(reasons.items(), key=lambda item: -len(item[1])))


def lost(draft: PlanDraft) -> list[str]:
    """The places of what was read and is not accounted for: no line says what became of it.

    A line that says it became a task counts where a task stands for it.
    """
    tasks = {task.where for task in draft.tasks}
    held = Counter(line.where for line in draft.ledger if line.fate != "task" or line.where in tasks)
    return list((Counter(draft.read) - held).elements())


def counts(lines: Iterable[LedgerLine]) -> dict[str, int]:
    """How many rows and paragraphs had each fate other than being ignored."""
    counted = Counter[str](line.fate for line in lines)
    return {fate: counted[fate] for fate in FATES}
