"""Day one: units, groups and people out of a spreadsheet, all of it or nothing."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from tracker.models import AuditEntry, Role, Unit, UnitGroup, User
from tracker.plans.blocks import Cell, Document, Row, Table, Where
from tracker.services import rosters
from tracker.services.rosters import RosterRefused

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)


def table(number, *rows):
    return Table(
        tuple(
            Row(tuple(Cell(text) for text in row), Where(table=number, row=place))
            for place, row in enumerate(rows, 1)
        ),
        number,
    )


UNITS = table(
    1,
    ("Đơn vị", "Cấp trên", "Thư điện tử", "Tên gọi khác"),
    ("UBND xã Suối Mây", "", "", ""),
    ("Phòng Kinh tế", "UBND xã Suối Mây", "kt@suoimay.example", "P. KT; Phòng Kinh tế xã"),
)
GROUPS = table(2, ("Nhóm", "Đơn vị"), ("Các phòng", "Phòng Kinh tế"))
PEOPLE = table(
    3,
    ("Họ và tên", "Tên đăng nhập", "Vai trò", "Đơn vị", "Thư điện tử"),
    ("Nguyễn Văn An", "an", "Chuyên viên", "Phòng Kinh tế", "an@suoimay.example"),
    ("Nguyễn Văn An", "an", "Đầu mối theo dõi", "UBND xã Suối Mây", ""),
)


def test_a_spreadsheet_fills_an_empty_house(session):
    added = rosters.take_in(Document((UNITS, GROUPS, PEOPLE)), actor=None, now=NOW)
    assert [unit.name for unit in added.units] == ["UBND xã Suối Mây", "Phòng Kinh tế"]
    assert [alias.text for alias in added.units[1].aliases] == ["P. KT", "Phòng Kinh tế xã"]
    assert [m.unit.name for m in added.groups[0].memberships] == ["Phòng Kinh tế"]
    assert [(g.role, g.unit.name) for g in added.people[0].grants] == [
        (Role.STAFF, "Phòng Kinh tế"),
        (Role.MONITOR, "UBND xã Suối Mây"),
    ]


def test_who_joins_a_group_stands_in_the_log_once(session):
    document = Document((UNITS, GROUPS))
    rosters.take_in(document, actor=None, now=NOW)
    rosters.take_in(document, actor=None, now=NOW)
    [economy] = session.scalars(select(Unit.id).where(Unit.name == "Phòng Kinh tế"))
    joined = session.scalars(select(AuditEntry).where(AuditEntry.verb == "set_members"))
    assert [entry.after for entry in joined] == [{"joined": [economy], "left": []}]


def test_the_same_list_twice_adds_nothing(session):
    document = Document((UNITS, GROUPS, PEOPLE))
    rosters.take_in(document, actor=None, now=NOW)
    again = rosters.take_in(document, actor=None, now=NOW)
    assert (again.units, again.groups, again.people) == ([], [], [])


def test_every_wrong_row_is_named_and_nothing_stays_once_rolled_back(session):
    wrong = table(
        3,
        ("Họ và tên", "Tên đăng nhập", "Vai trò", "Đơn vị"),
        ("Lê Bình", "binh", "Chuyên viên", "Phòng Kinh tế"),
        ("Đỗ Chi", "chi", "Trưởng thôn", "Phòng Kinh tế"),
        ("Võ Dũng", "dung", "Lãnh đạo", "Phòng Không Có"),
    )
    with pytest.raises(RosterRefused) as refused:
        rosters.take_in(Document((UNITS, wrong)), actor=None, now=NOW)
    assert [(error.where, error.listed) for error in refused.value.errors] == [
        ("Bảng 3, dòng 3", "Đỗ Chi"),
        ("Bảng 3, dòng 4", "Võ Dũng"),
    ]
    assert str(refused.value.errors[0]).startswith("Bảng 3, dòng 3 (Đỗ Chi): Vai trò “Trưởng thôn” không có.")
    session.rollback()
    assert [session.scalar(select(func.count()).select_from(model)) for model in (Unit, UnitGroup, User)] == [
        0,
        0,
        0,
    ]


def test_people_are_known_by_other_words_for_their_columns(session):
    rosters.take_in(Document((UNITS,)), actor=None, now=NOW)
    people = table(1, ("Họ tên", "Tài khoản", "Vai trò", "Đơn vị"), ("Lê Bình", "binh", "Chuyên viên", ""))
    added = rosters.take_in(Document((people,)), actor=None, now=NOW)
    assert [(one.name, one.username) for one in added.people] == [("Lê Bình", "binh")]


def test_people_without_a_column_are_refused_and_not_taken_for_units(session):
    people = table(
        1, ("Tên cán bộ", "Tài khoản", "Đơn vị", "Thư điện tử"), ("An", "an", "Trạm Y tế", "an@a.vn")
    )
    with pytest.raises(RosterRefused) as refused:
        rosters.take_in(Document((people,)), actor=None, now=NOW)
    assert [error.where for error in refused.value.errors] == ["Dòng 2"]
    assert session.scalar(select(func.count()).select_from(Unit)) == 0


def test_a_file_without_such_a_table_says_which_columns_are_looked_for(session):
    with pytest.raises(RosterRefused, match="cột “Đơn vị”, “Nhóm” hoặc “Họ và tên”"):
        rosters.take_in(Document((table(1, ("STT", "Tên")),)), actor=None, now=NOW)


LONG = "x" * 400


@pytest.mark.parametrize(
    ("head", "row", "sentence"),
    [
        (UNITS.rows[0].texts, (LONG, "", "", ""), "Tên đơn vị dài quá 300 ký tự. Hãy rút ngắn."),
        (UNITS.rows[0].texts, ("Sở Y tế", "", "", LONG), "Tên gọi khác dài quá 300 ký tự. Hãy rút ngắn."),
        (
            UNITS.rows[0].texts,
            ("Sở Y tế", "", f"{LONG}@a.example", ""),
            "Địa chỉ thư dài quá 254 ký tự. Hãy rút ngắn.",
        ),
        (("Đơn vị", "Tên viết tắt"), ("Sở Y tế", LONG), "Tên viết tắt dài quá 100 ký tự. Hãy rút ngắn."),
        (PEOPLE.rows[0].texts, (LONG, "an", "", "", ""), "Họ và tên dài quá 200 ký tự. Hãy rút ngắn."),
    ],
)
def test_what_no_column_holds_is_said_by_its_row(session, head, row, sentence):
    with pytest.raises(RosterRefused) as refused:
        rosters.take_in(Document((table(1, head, row),)), actor=None, now=NOW)
    assert [error.sentence for error in refused.value.errors] == [sentence]


def test_a_group_of_too_long_a_name_is_said_by_its_row(session):
    groups = table(2, ("Nhóm", "Đơn vị"), (LONG, "Phòng Kinh tế"))
    with pytest.raises(RosterRefused, match="Tên nhóm dài quá 300 ký tự"):
        rosters.take_in(Document((UNITS, groups)), actor=None, now=NOW)
