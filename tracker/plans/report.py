"""A draft in Vietnamese sentences, for the terminal."""

from collections.abc import Iterator
from textwrap import shorten

from tracker.plans.draft import Heading, IndicatorDraft, PlanDraft, TaskDraft
from tracker.plans.ledger import counts, ignored_by_reason, lost
from tracker.plans.places import place_words
from tracker.words import date_words

_FATES = {
    "task": "nhiệm vụ",
    "continuation": "dòng nối tiếp",
    "header": "dòng tiêu đề",
    "group": "dòng nhóm",
    "total": "dòng tổng",
    "indicator": "dòng chỉ tiêu",
}
_BOUNDS = {"at_least": "ít nhất ", "at_most": "không quá ", "less_by": "giảm ", "more_by": "tăng "}


def report(draft: PlanDraft) -> Iterator[str]:
    """The draft line by line: heading, warnings, tasks with doubts, what is given up, indicators, ledger."""
    yield from _heading(draft.heading)
    yield from (f"! {warning}" for warning in draft.warnings)
    group = None
    for task in draft.tasks:
        if (task.group, task.group_title) != group:
            group = (task.group, task.group_title)
            yield f"\n{_group(task)}".rstrip()
        yield from _task(task)
    yield from (f"\nBãi bỏ: {one.text}" for one in draft.withdrawals)
    if draft.indicators:
        yield f"\nChỉ tiêu: {len(draft.indicators)}"
        yield from map(_indicator, draft.indicators)
    yield from _ledger(draft)


def _heading(heading: Heading) -> Iterator[str]:
    blank = "(để trống)"
    yield f"Tiêu đề:       {heading.title or blank}"
    yield f"Số, ký hiệu:   {heading.number or blank}"
    yield f"Ngày ban hành: {date_words(heading.issued) if heading.issued else blank}"
    yield f"Cơ quan:       {heading.issuer or blank}"
    yield f"Giai đoạn:     {' - '.join(map(date_words, heading.period)) if heading.period else blank}"


def _group(task: TaskDraft) -> str:
    """«A. Nhiệm vụ chung › 1. Xây dựng chương trình»."""
    above, arrow, title = task.group_title.rpartition(" › ")
    return f"{above}{arrow}{task.group}. {title}" if task.group else task.group_title


def _task(task: TaskDraft) -> Iterator[str]:
    mark = "" if task.selected else "(đề xuất, chưa chọn) "
    number = f"{task.no}." if task.no.strip("-–+*•") else "-"
    yield f"\n{number} {mark}{task.title}  [{place_words(task.where)}]"
    yield f"   Chủ trì:  {'; '.join(task.lead) or '(chưa nêu)'}"
    if task.coordinating:
        yield f"   Phối hợp: {'; '.join(task.coordinating)}"
    yield f"   Thời hạn: {task.deadline_text or '(không nêu)'}"
    for draft in task.milestones:
        due = draft.milestone.due
        yield f"   - {f'hạn cuối {date_words(due)}' if due else draft.milestone.text or 'thường xuyên'}: " + (
            "; ".join(draft.deliverables) or "không có sản phẩm riêng"
        )
    yield from (f"   ? {doubt}" for doubt in task.doubts)


def _indicator(indicator: IndicatorDraft) -> str:
    value = indicator.actual if indicator.target is None else indicator.target
    said = "thực hiện" if indicator.target is None else "chỉ tiêu"
    amount = (
        f"{_BOUNDS.get(indicator.bound, '')}{value:g}".replace(".", ",") + f" {indicator.measure}".rstrip()
    )
    whose = f"{indicator.unit}: " if indicator.unit else ""
    return f"- {whose}{indicator.name}: {said} {amount} ({indicator.period or 'chưa rõ kỳ'})"


def _ledger(draft: PlanDraft) -> Iterator[str]:
    counted = counts(draft.ledger)
    reasons = ignored_by_reason(draft.ledger)
    ignored = sum(map(len, reasons.values()))
    missing = lost(draft)
    yield f"\nĐã đọc {len(draft.read)} dòng, tính đủ {len(draft.read) - len(missing)}: " + ", ".join(
        [f"{counted[fate]} {words}" for fate, words in _FATES.items() if counted[fate]]
        + ([f"{ignored} dòng bỏ qua"] if ignored else [])
    )
    yield from (f"  ! Chưa tính đến {place_words(where)}: hãy xem trong văn bản." for where in missing)
    for one in draft.declared:
        outcome = "khớp" if one.agrees else f"KHÔNG KHỚP, đọc được {one.found}"
        yield f"  Văn bản ghi {one.count} nhiệm vụ: {outcome}  «{shorten(one.text, 80, placeholder='...')}»"
    for reason, lines in reasons.items():
        yield f"  Bỏ qua {len(lines)} dòng: {reason}"
        yield from (
            f"    {place_words(line.where)}: {shorten(line.text, 80, placeholder='...')}".rstrip(": ")
            for line in lines
        )
