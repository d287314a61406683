"""What the document declares, held against what was read."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from tracker.plans.blocks import Paragraph
from tracker.plans.draft import Declared
from tracker.plans.numbering import follows, parse_number
from tracker.plans.tables import Group, TaskRow, TaskTable
from tracker.plans.wording import one_line

_DECLARED = re.compile(r"(\d{1,3})\s+nhiệm vụ", re.IGNORECASE)
_ANNOUNCED = re.compile(r"danh mục\s+(?:gồm\s+)?(\d{1,3})\s+nhiệm vụ", re.IGNORECASE)

LATE_START = "Số thứ tự bắt đầu từ «{}»: có thể thiếu nhiệm vụ ở trước; hãy đối chiếu với văn bản."

# What is said where the document declares another number than was read.
_DIFFERS = {
    "group": "Nhóm «{text}» ghi {count} nhiệm vụ nhưng đọc được {found}.",
    "total": "Dòng «{text}» ghi {count} nhiệm vụ nhưng đọc được {found}.",
    "text": "Văn bản nêu danh mục {count} nhiệm vụ nhưng các bảng có {found}.",
}


def check(table: TaskTable, *, first: bool = False) -> list[str]:
    """Say, in Vietnamese, where running numbers or group numbers of a task table do not agree.

    The `first` table of a document begins to count, a later one may go on.
    """
    late = _late_start(table.tasks) if first else []
    return [*_groups_twice(table.groups), *late, *_running_numbers(table.tasks)]


def differences(counts: Iterable[Declared]) -> list[str]:
    """Say, in Vietnamese, where a declared number is not what was read."""
    return [
        _DIFFERS[one.source].format(text=one.text, count=one.count, found=one.found)
        for one in counts
        if not one.agrees
    ]


def counts_of(table: TaskTable) -> list[Declared]:
    """«NHÓM NHIỆM VỤ ... (06 nhiệm vụ)» and «TỔNG CỘNG: 14 NHIỆM VỤ» beside the tasks that were read."""
    groups = [(group.title, sum(group in task.groups for task in table.tasks)) for group in table.groups]
    return [
        *(Declared("group", title, count, found) for title, found in groups for count in _numbers(title)),
        *(Declared("total", one.text, n, one.found) for one in table.totals for n in _numbers(one.text)),
    ]


def _numbers(text: str) -> list[int]:
    return [int(count) for count in _DECLARED.findall(text)]


def announced(paragraphs: Iterable[Paragraph], found: int) -> list[Declared]:
    """The numbers of tasks that the text announces: «Danh mục 14 nhiệm vụ cụ thể tại Phụ lục»."""
    if not found:
        return []
    texts = {
        int(count): match.group()
        for paragraph in paragraphs
        for match in _ANNOUNCED.finditer(paragraph.text)
        for count in match.groups()
    }
    return [Declared("text", one_line(text), count, found) for count, text in sorted(texts.items())]


def _groups_twice(groups: Sequence[Group]) -> list[str]:
    """«II» over two groups under the same parent: numbers restart only below another group."""
    seen: dict[tuple[str, str], Group] = {}
    parents: dict[str, str] = {}
    warnings = []
    for group in groups:
        if group.number is None:
            continue
        parent = next((p for kind, p in reversed(parents.items()) if kind != group.number.kind), "")
        first = seen.setdefault((parent, group.number.text), group)
        if first is not group:
            warnings.append(
                f"Số nhóm «{group.number.text}» được dùng hai lần: «{first.title}» và «{group.title}»."
            )
        parents = {kind: p for kind, p in parents.items() if kind != group.number.kind}
        parents[group.number.kind] = f"{parent}/{group.title}"
    return warnings


def _late_start(tasks: Sequence[TaskRow]) -> list[str]:
    number = parse_number(tasks[0].number) if tasks else None
    return [LATE_START.format(number.text)] if number and number.parts and number.parts[-1] > 1 else []


def _running_numbers(tasks: Sequence[TaskRow]) -> list[str]:
    warnings = []
    for before, task in pairwise(tasks):
        was, now = parse_number(before.number), parse_number(task.number)
        if task.shares_number or not was or not now:
            continue
        if not follows(now, was, anew=task.groups != before.groups):
            warnings.append(f"Số thứ tự không liền nhau: sau «{was.text}» là «{now.text}».")
    return warnings
