"""The log in words: what was done, to which thing by its name, and what stood before and after."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from tracker.db import db
from tracker.models import (
    Assignment,
    AuditEntry,
    Feed,
    FrozenReport,
    Indicator,
    IndicatorTarget,
    Mail,
    Milestone,
    Plan,
    PlanImport,
    Task,
    Unit,
    UnitGroup,
    User,
)
from tracker.words import ROLE_WORDS, RULE_WORDS, VERB_WORDS, date_words, decimal_words, moment_words

THING_WORDS = {
    "assignment": "Nhiệm vụ được giao",
    "feed": "Địa chỉ lịch",
    "frozen_report": "Báo cáo đã chốt",
    "indicator_target": "Chỉ tiêu",
    "mail": "Thư",
    "milestone": "Thời hạn",
    "plan": "Kế hoạch",
    "plan_import": "Văn bản tải lên",
    "task": "Nhiệm vụ",
    "unit": "Đơn vị",
    "unit_group": "Nhóm đơn vị",
    "user": "Tài khoản",
}

FIELD_WORDS = {
    "active": "Được đăng nhập",
    "alias": "Tên gọi khác",
    "assignments": "Số nhiệm vụ",
    "cadence": "Kỳ báo cáo",
    "cause": "Nguyên nhân",
    "completed_on": "Ngày hoàn thành",
    "day": "Ngày",
    "days": "Ngày nhắc",
    "deadline": "Thời hạn",
    "decision": "Quyết định",
    "deliverable": "Sản phẩm",
    "document": "Văn bản",
    "document_number": "Số văn bản",
    "document_on": "Ngày văn bản",
    "due_on": "Hạn cuối",
    "email": "Thư điện tử",
    "evidence": "Minh chứng số",
    "exempt": "Không giao",
    "file": "Tệp",
    "granted_on": "Gia hạn đến",
    "group": "Nhóm",
    "group_leaders": "Lãnh đạo phụ trách nhóm",
    "import": "Văn bản tải lên số",
    "joined": "Thêm vào",
    "kind": "Loại",
    "last_on": "Ngày cuối cùng",
    "leader": "Lãnh đạo phụ trách",
    "left": "Ra khỏi",
    "letters": "Nhận thư",
    "members": "Thành viên",
    "mend_by": "Sửa xong chậm nhất",
    "name": "Tên",
    "number": "Số, ký hiệu",
    "off": "Ngày nghỉ",
    "on_behalf": "Thay đơn vị",
    "parent": "Cấp trên",
    "percent": "Tiến độ",
    "period": "Kỳ báo cáo",
    "plan": "Kế hoạch số",
    "reason": "Lý do",
    "responsible": "Người phụ trách",
    "role": "Vai trò",
    "rrule": "Quy tắc lặp",
    "scope": "Gồm",
    "sha256": "Mã kiểm tra của tệp",
    "short_name": "Tên viết tắt",
    "starts_on": "Ngày bắt đầu",
    "state": "Trạng thái",
    "subject": "Chỗ nghi vấn",
    "successors": "Đơn vị kế tục",
    "tasks": "Số nhiệm vụ",
    "text": "Nội dung",
    "title": "Tên",
    "unit": "Đơn vị",
    "until": "Dùng được đến",
    "username": "Tên đăng nhập",
    "value": "Kết quả thực hiện",
    "version": "Lần",
    "wanted_on": "Đề nghị đến",
    "watching_unit": "Đơn vị theo dõi",
}
UNITS = {"unit", "parent", "watching_unit", "successors", "members", "joined", "left"}
PEOPLE = {"responsible", "leader", "group_leaders"}

VALUE_WORDS: dict[str, Mapping[str, str]] = {
    "decision": {"granted": "Đồng ý gia hạn", "refused": "Không đồng ý"},
    "subject": {
        "heading": "phần đầu của văn bản",
        "another_plan": "kế hoạch trùng số",
        "indicators": "các chỉ tiêu",
        "lost": "số nhiệm vụ văn bản nêu",
        "phrases": "các cụm từ gọi đơn vị",
    },
    "state": {
        "open": "Đang thực hiện",
        "submitted": "Chờ xác nhận",
        "done": "Đã hoàn thành",
        "suspended": "Tạm dừng",
        "cancelled": "Đã hủy",
    },
    "role": ROLE_WORDS,
    "letters": {"daily": "Hằng ngày", "weekly": "Hằng tuần", "none": "Không nhận"},
    "cadence": {
        "monthly": "Hằng tháng",
        "quarterly": "Hằng quý",
        "half_yearly": "Sáu tháng",
        "yearly": "Hằng năm",
    },
    "kind": {"invitation": "Mời", "forgotten": "Quên mật khẩu"},
    "scope": {
        "unit": "Đơn vị",
        "person": "Một người",
        "plan": "Một kế hoạch",
        "overdue": "Quá hạn",
        "this_quarter": "Quý này",
    },
}
PLACE_WORDS = {"row": "dòng", "phrase": "cụm từ", "figure": "số liệu chỉ tiêu", "group": "nhóm đơn vị số"}
A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
A_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*")
SHORT_HASH = 12
NOTHING = "không có"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed, in words; `before` is empty where only what came is known."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in words; `name` is empty where the thing is no more."""

    entry: AuditEntry
    verb: str
    thing: str
    name: str
    changes: tuple[Change, ...]


def read(entries: Sequence[AuditEntry]) -> list[Line]:
    """The entries in words. At most one query for each kind of thing, however many entries."""
    names = {kind: _names_of(kind, ids) for kind, ids in _mentioned(entries).items()}
    return [_line(entry, names) for entry in entries]


def _mentioned(entries: Sequence[AuditEntry]) -> Mapping[str, Collection[int]]:
    """The ids of the things that entries are about and of the units and people named in them."""
    found: dict[str, set[int]] = {kind: set() for kind in THING_WORDS}
    for entry in entries:
        found.setdefault(entry.subject, set()).add(entry.subject_id)
        for values in (entry.before, entry.after):
            for field, value in values.items():
                kind = "unit" if field in UNITS else "user" if field in PEOPLE else None
                if kind is not None:
                    found[kind].update(_numbers(value))
    return found


def _numbers(value: object) -> Iterator[int]:
    each = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    return (one for one in each if isinstance(one, int))


# kind of thing -> the query of ids and names of those with these ids
NAMES: dict[str, Callable[[Collection[int]], Any]] = {
    "assignment": lambda ids: (
        select(Assignment.id, Task.title).join(Assignment.task).where(Assignment.id.in_(ids))
    ),
    "frozen_report": lambda ids: select(FrozenReport.id, FrozenReport.period).where(FrozenReport.id.in_(ids)),
    "feed": lambda ids: select(Feed.id, Feed.name).where(Feed.id.in_(ids)),
    "indicator_target": lambda ids: (
        select(IndicatorTarget.id, Indicator.name + ", " + Unit.name + ", " + IndicatorTarget.period)
        .join(IndicatorTarget.indicator)
        .join(IndicatorTarget.unit)
        .where(IndicatorTarget.id.in_(ids))
    ),
    "mail": lambda ids: select(Mail.id, Mail.subject).where(Mail.id.in_(ids)),
    "milestone": lambda ids: select(Milestone.id, Milestone.text).where(Milestone.id.in_(ids)),
    "plan": lambda ids: select(Plan.id, Plan.number + " " + Plan.title).where(Plan.id.in_(ids)),
    "plan_import": lambda ids: select(PlanImport.id, PlanImport.file_name).where(PlanImport.id.in_(ids)),
    "task": lambda ids: select(Task.id, Task.title).where(Task.id.in_(ids)),
    "unit": lambda ids: select(Unit.id, Unit.name).where(Unit.id.in_(ids)),
    "unit_group": lambda ids: select(UnitGroup.id, UnitGroup.name).where(UnitGroup.id.in_(ids)),
    "user": lambda ids: select(User.id, User.name).where(User.id.in_(ids)),
}


def _names_of(kind: str, ids: Collection[int]) -> Mapping[int, str]:
    if not ids or kind not in NAMES:
        return {}
    return {number: name.strip() for number, name in db.session.execute(NAMES[kind](ids))}


def _line(entry: AuditEntry, names: Mapping[str, Mapping[int, str]]) -> Line:
    return Line(
        entry=entry,
        verb=VERB_WORDS.get(entry.verb, entry.verb),
        thing=THING_WORDS.get(entry.subject, entry.subject),
        name=names.get(entry.subject, {}).get(entry.subject_id, ""),
        changes=tuple(_changes(entry, names)),
    )


def _changes(entry: AuditEntry, names: Mapping[str, Mapping[int, str]]) -> Iterator[Change]:
    """What changed: a value that stood before and stands after is left out."""
    for field in {**entry.before, **entry.after}:
        before, after = entry.before.get(field), entry.after.get(field)
        if before == after:
            continue
        yield Change(
            FIELD_WORDS.get(field, field),
            _words(field, before, names) if field in entry.before else "",
            _words(field, after, names) if field in entry.after else NOTHING,
        )


def _words(field: str, value: Any, names: Mapping[str, Mapping[int, str]]) -> str:
    if value is None or value == "" or value == []:
        return NOTHING
    if isinstance(value, dict):
        return "; ".join(_pair(field, key, one, names) for key, one in value.items()) or NOTHING
    if isinstance(value, list):
        return ", ".join(_words(field, one, names) for one in value)
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float):
        return decimal_words(value, 2).rstrip("0").rstrip(",")
    if isinstance(value, int):
        kind = "unit" if field in UNITS else "user" if field in PEOPLE else ""
        return names.get(kind, {}).get(value, str(value)) + ("\u00a0%" if field == "percent" else "")
    return _text_words(field, str(value))


def _pair(field: str, key: str, value: Any, names: Mapping[str, Mapping[int, str]]) -> str:
    said = _words(field, value, names)
    return said if field in PEOPLE else f"{RULE_WORDS.get(key, key)}: {said}"


def _text_words(field: str, text: str) -> str:
    if A_MOMENT.fullmatch(text):
        return moment_words(datetime.fromisoformat(text))
    if A_DAY.fullmatch(text):
        return date_words(date.fromisoformat(text))
    if field == "file":
        return text[:SHORT_HASH]
    if field == "subject":
        return _place_words(text)
    return VALUE_WORDS.get(field, {}).get(text, text)


def _place_words(text: str) -> str:
    """What of a document was answered: «row 1.3» -> «dòng 1.3»."""
    kind, _, which = text.partition(" ")
    named = PLACE_WORDS.get(kind) if which else None
    return f"{named} {which}" if named else VALUE_WORDS["subject"].get(text, text)
