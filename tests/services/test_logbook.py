"""Entries of the log in words."""

import ast
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tracker.services import auditing, logbook
from tracker.services.logbook import Change

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)


def read(cast, before=None, after=None):
    entry = auditing.record(cast.chi, "change_unit", cast.economy, now=NOW, before=before, after=after)
    [line] = logbook.read([entry])
    return list(line.changes)


def test_a_thing_is_called_by_its_name(cast):
    entry = auditing.record(cast.chi, "change_unit", cast.economy, now=NOW)
    [line] = logbook.read([entry])
    assert (line.verb, line.thing, line.name) == ("Sửa đơn vị", "Đơn vị", "Phòng Kinh tế")


def test_a_thing_that_is_no_more_has_no_name(cast, session):
    unit = cast.unit("Thôn 1")
    entry = auditing.record(cast.chi, "change_unit", unit, now=NOW)
    session.delete(unit)
    session.flush()
    assert logbook.read([entry])[0].name == ""


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ({"due_on": date(2026, 6, 30)}, {"due_on": None}, [Change("Hạn cuối", "30/6/2026", "không có")]),
        (
            {"name": "A", "active": True},
            {"name": "A", "active": False},
            [Change("Được đăng nhập", "có", "không")],
        ),
        ({}, {"state": "submitted"}, [Change("Trạng thái", "", "Chờ xác nhận")]),
        ({}, {"percent": 40}, [Change("Tiến độ", "", "40\u00a0%")]),
        ({}, {"until": NOW}, [Change("Dùng được đến", "", "18/6/2026 09:00")]),
        ({"alias": "P. KT"}, {}, [Change("Tên gọi khác", "P. KT", "không có")]),
        ({}, {"file": "ab" * 32}, [Change("Tệp", "", "abababababab")]),
        ({}, {"days": {"overdue": [1, 7]}}, [Change("Ngày nhắc", "", "Đôn đốc quá hạn: 1, 7")]),
        ({"value": None}, {"value": 93.5}, [Change("Kết quả thực hiện", "không có", "93,5")]),
        ({}, {"decision": "granted"}, [Change("Quyết định", "", "Đồng ý gia hạn")]),
        ({}, {"subject": "another_plan"}, [Change("Chỗ nghi vấn", "", "kế hoạch trùng số")]),
        ({}, {"subject": "phrase P. KT"}, [Change("Chỗ nghi vấn", "", "cụm từ P. KT")]),
        (
            {},
            {"role": "staff", "unknown": "x"},
            [Change("Vai trò", "", "Chuyên viên"), Change("unknown", "", "x")],
        ),
    ],
)
def test_what_changed_is_said_in_words(cast, before, after, changes):
    assert read(cast, before, after) == changes


def test_units_and_people_are_called_by_their_names(cast):
    assert read(
        cast,
        {"unit": cast.economy.id, "responsible": cast.an.id},
        {"unit": cast.culture.id, "responsible": None, "successors": [cast.office.id, cast.culture.id]},
    ) == [
        Change("Đơn vị", "Phòng Kinh tế", "Phòng Văn hóa - Xã hội"),
        Change("Người phụ trách", "Nguyễn Văn An", "không có"),
        Change("Đơn vị kế tục", "", "Văn phòng HĐND và UBND, Phòng Văn hóa - Xã hội"),
    ]
    assert read(cast, {}, {"group_leaders": {"3": cast.dung.id}}) == [
        Change("Lãnh đạo phụ trách nhóm", "", "Hoàng Văn Dũng")
    ]


def test_everything_that_is_logged_has_a_word():
    """The keys of what services hand to the log, read in their source."""
    logged = set()
    for path in Path(logbook.__file__).parent.glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or getattr(call.func, "attr", "") not in ("record", "take"):
                continue
            for said in (word.value for word in call.keywords if word.arg in ("before", "after")):
                dicts = [node for node in ast.walk(said) if isinstance(node, ast.Dict)]
                logged |= {key.value for one in dicts for key in one.keys if isinstance(key, ast.Constant)}
    assert len(logged) > 20
    assert logged - logbook.FIELD_WORDS.keys() == set()
