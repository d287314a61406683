"""What the document declares, held against what was read."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from tracker.plans.blocks import Paragraph
from tracker.plans.numbering import follows, parse_number
from tracker.plans.tables import Group, TaskRow, TaskTable

_DECLARED = re.compile(r"(\d{1,3})\s+nhiệm vụ", re.IGNORECASE)
_ANNOUNCED = re.compile(r"danh mục\s+(?:gồm\s+)?(\d{1,3})\s+nhiệm vụ", re.IGNORECASE)


def check(table: TaskTable) -> list[str]:
    """Say, in Vietnamese, where counts, running numbers or group numbers of a task table do not agree."""
    return [
        *_groups_twice(table.groups),
        *_group_counts(table),
        *_totals(table),
        *_running_numbers(table.tasks),
    ]


def check_announced(paragraphs: Iterable[Paragraph], found: int) -> list[str]:
    """Say where the text announces another number of tasks: «Danh mục 14 nhiệm vụ cụ thể tại Phụ lục»."""
    announced = {int(count) for paragraph in paragraphs for count in _ANNOUNCED.findall(paragraph.text)}
    return [
        f"Văn bản nêu danh mục {count} nhiệm vụ nhưng các bảng có {found}."
        for count in sorted(announced)
        if found and count != found
    ]


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


def _group_counts(table: TaskTable) -> list[str]:
    """«NHÓM NHIỆM VỤ ... (06 nhiệm vụ)» against the tasks under that row."""
    warnings = []
    for group in table.groups:
        found = sum(group in task.groups for task in table.tasks)
        for count in map(int, _DECLARED.findall(group.title)):
            if count != found:
                warnings.append(f"Nhóm «{group.title}» ghi {count} nhiệm vụ nhưng đọc được {found}.")
    return warnings


def _totals(table: TaskTable) -> list[str]:
    """«TỔNG CỘNG: 14 NHIỆM VỤ» against all tasks of the table."""
    found = len(table.tasks)
    return [
        f"Dòng «{total}» ghi {count} nhiệm vụ nhưng đọc được {found}."
        for total in table.totals
        for count in map(int, _DECLARED.findall(total))
        if count != found
    ]


def _running_numbers(tasks: Sequence[TaskRow]) -> list[str]:
    warnings = []
    for before, task in pairwise(tasks):
        was, now = parse_number(before.number), parse_number(task.number)
        if was and now and not follows(now, was, anew=task.groups != before.groups):
            warnings.append(f"Số thứ tự không liền nhau: sau «{was.text}» là «{now.text}».")
    return warnings
