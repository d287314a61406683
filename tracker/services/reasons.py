"""Why an assignment is due on its day: from the wording of the plan, step by step, to the day in force."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.deadlines.meaning import Kind
from tracker.models import Assignment, DueChange, DueChangeKind, Milestone
from tracker.words import date_words, fold, weekday_words

EXCLUSIVE = re.compile(r"\btruoc\b")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reason:
    """One step: what was done (the wording read, a day moved) and what came of it."""

    label: str
    words: str


def why(assignment: Assignment) -> list[Reason]:
    """The steps from the wording to the day in force, which is the last of them."""
    return [*_steps(assignment)]


def _steps(assignment: Assignment) -> Iterator[Reason]:
    changes = assignment.due_changes
    first_due = changes[0].from_on if changes else assignment.due_on
    wording = assignment.milestone.text or assignment.task.deadline_text
    yield Reason("Kế hoạch ghi", f"“{wording}”" if wording else "không ghi thời hạn")
    nominal = first_due if changes else assignment.nominal_on or first_due
    yield Reason("Hiểu là", _understood(assignment, nominal))
    if nominal != first_due and nominal is not None and first_due is not None:
        moved = f"{_named(nominal)} là ngày nghỉ, chuyển sang {_named(first_due)}"
        yield Reason("Ngày nghỉ", moved)
    for change in changes:
        yield _changed(change)
    if first_due is not None and not changes:
        yield Reason("Gia hạn, đính chính", "chưa có")
    yield Reason("Hạn cuối đang áp dụng", _named(assignment.due_on))


def _named(day: date | None) -> str:
    return f"{date_words(day)} ({weekday_words(day)})" if day else "không có ngày đến hạn"


def _understood(assignment: Assignment, due_on: date | None) -> str:
    milestone = assignment.milestone
    if milestone.kind is Kind.CONTINUOUS:
        return "thường xuyên, báo cáo theo kỳ"
    if due_on is None:
        return "chưa có ngày đến hạn, người theo dõi quyết định"
    if milestone.kind is Kind.BY:
        return _by(milestone, due_on)
    if milestone.kind is Kind.RELATIVE and milestone.days is not None:
        unit = "ngày làm việc" if milestone.day_unit == "working" else "ngày"
        return f"{milestone.days} {unit} kể từ ngày làm mốc, đến hết {date_words(due_on)}"
    if assignment.starts_on is None:
        return f"đến hết {date_words(due_on)}"
    kind = "kỳ " if milestone.kind is Kind.RECURRING else ""
    return f"{kind}từ {date_words(assignment.starts_on)} đến hết {date_words(due_on)}"


def _by(milestone: Milestone, due_on: date) -> str:
    if not EXCLUSIVE.search(fold(milestone.text)):
        return f"đến hết {date_words(due_on)}"
    excluded = date_words(due_on + ONE_DAY)
    return f"đến hết {date_words(due_on)}, vì “trước” không tính từ ngày {excluded}"


def _changed(change: DueChange) -> Reason:
    label = "Gia hạn" if change.kind is DueChangeKind.EXTENSION else "Đính chính"
    document = f" theo {change.document}" if change.document else ""
    reason = f": {change.reason}" if change.kind is DueChangeKind.CORRECTION and change.reason else ""
    return Reason(label, f"đến {date_words(change.to_on) if change.to_on else 'không hạn'}{document}{reason}")
