"""What was read and understood of a plan, in the office's words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from markupsafe import Markup, escape

from tracker.deadlines.meaning import Context, Kind, Milestone
from tracker.deadlines.periods import Span
from tracker.deadlines.recurrence import occurrences
from tracker.models import Task, TaskParty
from tracker.plans.corrected import Row
from tracker.plans.draft import LedgerLine
from tracker.plans.naming import Named
from tracker.plans.places import place_words
from tracker.services.checking import Check
from tracker.words import date_words, weekday_words

MOST = 200  # occurrences of a plan that are counted

# What became of a row of the document.
FATES = {
    "task": "nhiệm vụ",
    "continuation": "dòng nối",
    "header": "tiêu đề",
    "group": "nhóm",
    "total": "tổng cộng",
    "indicator": "chỉ tiêu",
    "ignored": "bỏ qua",
}

# How a target of an indicator binds.
BOUNDS = {
    "": "",
    "at_least": "tối thiểu ",
    "at_most": "tối đa ",
    "less_by": "giảm ",
    "more_by": "tăng ",
}


def understood(milestone: Milestone, context: Context) -> str:
    """«từ 01/4/2026, hạn cuối 30/6/2026 (thứ Ba)», «4 kỳ, kỳ đầu đến 31/3/2026», «không có ngày đến hạn»."""
    if milestone.kind is Kind.RECURRING:
        return _recurring(milestone, context)
    if milestone.kind is Kind.CONTINUOUS:
        return "thường xuyên, báo cáo theo kỳ"
    if milestone.due is None:
        return "không có ngày đến hạn"
    last = f"hạn cuối {date_words(milestone.due)} ({weekday_words(milestone.due)})"
    return f"từ {date_words(milestone.start)}, {last}" if milestone.start else last


def _recurring(milestone: Milestone, context: Context) -> str:
    spans = list(islice(_spans(milestone, context), MOST))
    if not spans:
        return "lặp lại, chưa rõ kỳ đầu"
    first = f"kỳ đầu đến {date_words(spans[0].due)}"
    return f"lặp lại, {first}" if context.end is None else f"{len(spans)} kỳ, {first}"


def _spans(milestone: Milestone, context: Context) -> Iterator[Span]:
    first = context.start or context.issued or date.min
    return occurrences(milestone, context, after=first, until=context.end)


def figure(number: float | None, measure: str) -> str:
    """«82,5 %», «12.277 hồ sơ»: a figure as offices write it; empty for none."""
    if number is None:
        return ""
    written = f"{number:,.2f}".rstrip("0").rstrip(".").translate(str.maketrans(",.", ".,"))
    return f"{written}\u00a0{measure}".rstrip("\u00a0")


def mark_words(text: str, words: Iterable[str]) -> Markup:
    """The text with each of the words, which may run over lines, in <mark>."""
    wanted = [r"\s+".join(map(re.escape, word.split())) for word in words if word.strip()]
    if not wanted:
        return escape(text)
    pieces = re.split(f"({'|'.join(wanted)})", text)
    marked = (Markup("<mark>{}</mark>").format(p) if n % 2 else escape(p) for n, p in enumerate(pieces))
    return Markup("").join(marked)


def ledger_words(lines: Iterable[LedgerLine]) -> str:
    """«29 dòng = 14 nhiệm vụ + 2 dòng nối + 6 tiêu đề»."""
    counted: Counter[str] = Counter(line.fate for line in lines)
    parts = [f"{counted[fate]} {words}" for fate, words in FATES.items() if counted[fate]]
    return f"{counted.total()} dòng = {' + '.join(parts)}" if parts else "không có dòng nào"


def leads_of(row: Row, checked: Check) -> str:
    """Who leads a row under review: «Các thôn (14 đơn vị); Phòng Kinh tế»."""
    named = [_named(checked.named[phrase]) for phrase in row.task.lead]
    filled = [checked.directory.units[unit] for unit in row.filled if unit in checked.directory.units]
    return "; ".join([*named, *filled])


def _named(who: Named) -> str:
    name = who.name or who.phrase
    return f"{name} ({len(who.everyone)} đơn vị)" if who.groups else name


def target_values(who: Named) -> list[str]:
    """Whom a phrase names, as values of a select: «u12», «g3»."""
    return [*(f"u{unit}" for unit in who.units), *(f"g{group}" for group in who.groups)]


def lead_words(task: Task) -> str:
    """Who leads a stored task: «Các thôn (14 đơn vị); Phòng Kinh tế»."""
    return "; ".join(_parties(task.leads))


def helper_words(task: Task) -> str:
    """Who helps with a stored task, open phrases among them."""
    return "; ".join([*_parties(task.coordinating), *(party.phrase for party in task.open_parties)])


def _parties(parties: Iterable[TaskParty]) -> Iterator[str]:
    names = Counter(party.group.name if party.group else party.unit.name for party in parties)
    for name, count in names.items():
        yield f"{name} ({count} đơn vị)" if count > 1 else name


FILTERS = {
    "understood": understood,
    "figure": figure,
    "mark_words": mark_words,
    "ledger_words": ledger_words,
    "leads_of": leads_of,
    "target_values": target_values,
    "lead_words": lead_words,
    "helper_words": helper_words,
    "place_words": place_words,
}
