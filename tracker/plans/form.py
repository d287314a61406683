"""A draft as the object that `tracker read --json` prints, and back."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from tracker.deadlines.form import milestone_from_dict, milestone_to_dict, milestone_with_occurrences
from tracker.deadlines.meaning import Context, Milestone
from tracker.plans.draft import (
    Declared,
    Heading,
    IndicatorDraft,
    LedgerLine,
    Mending,
    MilestoneDraft,
    PlanDraft,
    TaskDraft,
    Withdrawal,
)
from tracker.plans.ledger import counts

Values = dict[str, Any]


def to_dict(draft: PlanDraft) -> Values:
    """The draft in words, numbers and lists only.

    `ledger` counts the rows by what became of them and names those that were ignored; `rows` holds them all,
    `read` the places of what the reader gave, `withdrawals` and `mendings` what a document says to give up
    and to change of another plan.
    """
    return {
        **_form(draft, milestone_to_dict),
        "read": list(draft.read),
        "withdrawals": [asdict(one) | {"numbers": list(one.numbers)} for one in draft.withdrawals],
        "mendings": [asdict(one) | {"numbers": list(one.numbers)} for one in draft.mendings],
    }


def to_printed_dict(draft: PlanDraft, *, today: date) -> Values:
    """The same with the first occurrences of what recurs, from `today` on where the plan bears no date."""
    start, end = draft.heading.period or (None, None)
    context = Context(issued=draft.heading.issued, start=start, end=end)
    return _form(draft, lambda milestone: milestone_with_occurrences(milestone, context, today=today))


def from_dict(values: Mapping[str, Any]) -> PlanDraft:
    """The draft that `to_dict` gave these values for."""
    return PlanDraft(
        heading=_heading_from_dict(values["plan"]),
        tasks=tuple(_task_from_dict(task) for task in values["tasks"]),
        indicators=tuple(IndicatorDraft(**indicator) for indicator in values["indicators"]),
        ledger=tuple(LedgerLine(**line) for line in values["rows"]),
        warnings=tuple(values["warnings"]),
        declared=tuple(Declared(**one) for one in values.get("declared", ())),
        read=tuple(values.get("read", [line["where"] for line in values["rows"]])),
        withdrawals=tuple(
            Withdrawal(**one | {"numbers": tuple(one["numbers"])}) for one in values.get("withdrawals", ())
        ),
        mendings=tuple(
            Mending(**one | {"numbers": tuple(one["numbers"])}) for one in values.get("mendings", ())
        ),
    )


def _form(draft: PlanDraft, of_milestone: Callable[[Milestone], Values]) -> Values:
    return {
        "plan": _heading_to_dict(draft.heading),
        "tasks": [_task_to_dict(task, of_milestone) for task in draft.tasks],
        "indicators": [asdict(indicator) for indicator in draft.indicators],
        "ledger": {
            **counts(draft.ledger),
            "ignored": [_ignored(line) for line in draft.ledger if line.fate == "ignored"],
        },
        "warnings": list(draft.warnings),
        "declared": [asdict(one) for one in draft.declared],
        "rows": [asdict(line) for line in draft.ledger],
    }


def _heading_to_dict(heading: Heading) -> Values:
    return {
        "number": heading.number,
        "issued": heading.issued.isoformat() if heading.issued else None,
        "issuer": heading.issuer,
        "title": heading.title,
        "period": [day.isoformat() for day in heading.period] if heading.period else None,
        "basis": list(heading.basis),
    }


def _heading_from_dict(values: Mapping[str, Any]) -> Heading:
    period = [date.fromisoformat(day) for day in values["period"] or ()]
    return Heading(
        number=values["number"],
        issued=date.fromisoformat(values["issued"]) if values["issued"] else None,
        issuer=values["issuer"],
        title=values["title"],
        period=(period[0], period[1]) if period else None,
        basis=tuple(values["basis"]),
    )


def _task_to_dict(task: TaskDraft, of_milestone: Callable[[Milestone], Values]) -> Values:
    return {
        "group": task.group,
        "group_title": task.group_title,
        "no": task.no,
        "title": task.title,
        "source": task.source,
        "lead": list(task.lead),
        "coordinating": list(task.coordinating),
        "deadline_text": task.deadline_text,
        "milestones": [
            {**of_milestone(m.milestone), "deliverables": list(m.deliverables)} for m in task.milestones
        ],
        "deliverables": list(task.deliverables),
        "note": task.note,
        "where": task.where,
        "needs_review": task.needs_review,
        "doubts": list(task.doubts),
        "selected": task.selected,
        "source_row": [list(cell) for cell in task.source_row],
    }


def _task_from_dict(values: Mapping[str, Any]) -> TaskDraft:
    return TaskDraft(
        no=values["no"],
        title=values["title"],
        source=values["source"],
        group=values["group"],
        group_title=values["group_title"],
        lead=tuple(values["lead"]),
        coordinating=tuple(values["coordinating"]),
        deadline_text=values["deadline_text"],
        milestones=tuple(
            MilestoneDraft(milestone_from_dict(milestone), tuple(milestone["deliverables"]))
            for milestone in values["milestones"]
        ),
        note=values["note"],
        where=values["where"],
        source_row=tuple((name, text) for name, text in values["source_row"]),
        doubts=tuple(values["doubts"]),
        selected=values["selected"],
    )


def _ignored(line: LedgerLine) -> Values:
    return {"where": line.where, "text": line.text, "reason": line.reason}
