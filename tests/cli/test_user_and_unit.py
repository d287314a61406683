"""`tracker user` and `tracker unit`, from an empty folder to people in their units."""

import sqlite3
from contextlib import closing

import pytest
from openpyxl import Workbook


@pytest.fixture
def ready(tracker):
    tracker("db", "upgrade")
    tracker(
        "user",
        "add",
        "admin",
        "--name",
        "Quản Trị",
        "--admin",
        "--unit",
        "UBND xã Suối Mây",
        "--password",
        "mật khẩu dài",
    )
    return tracker


def test_before_the_schema_is_there_a_command_says_what_to_run(tracker):
    assert "tracker db upgrade" in tracker("user", "list", exit_code=1)


def test_the_first_administrator_brings_the_first_unit(ready):
    assert ready("user", "list") == "admin\tQuản Trị\t\tadministrator @ UBND xã Suối Mây\n"


def test_units_people_and_grants_are_added_by_hand(ready):
    ready("unit", "add", "Phòng Kinh tế", "--parent", "UBND xã Suối Mây", "--alias", "P. KT")
    ready("user", "add", "an", "--name", "Nguyễn Văn An", "--password", "mật khẩu dài")
    ready("user", "grant", "an", "--role", "staff", "--unit", "phòng kinh tế")
    assert ready("unit", "list") == "UBND xã Suối Mây\n  Phòng Kinh tế\n"
    assert "staff @ Phòng Kinh tế" in ready("user", "list")
    ready("user", "lock", "an")
    assert "đã khóa từ trước" in ready("user", "lock", "an", exit_code=1)


def test_a_refusal_is_one_sentence_and_changes_nothing(ready):
    said = ready("user", "add", "an", "--name", "An", "--password", "ngắn", exit_code=1)
    assert said == "Mật khẩu cần ít nhất 10 ký tự.\n"
    assert "Không có đơn vị" in ready(
        "user",
        "add",
        "an",
        "--name",
        "An",
        "--password",
        "mật khẩu dài",
        "--role",
        "staff",
        "--unit",
        "Phòng X",
        exit_code=1,
    )
    assert "an\t" not in ready("user", "list")


def test_bad_usage_exits_with_two(ready):
    ready("user", "add", "an", "--name", "An", "--password", "mật khẩu dài", "--role", "staff", exit_code=2)
    ready("unit", "import", "khong-co.xlsx", exit_code=2)


def test_a_spreadsheet_fills_the_house(ready, tmp_path):
    book = Workbook()
    units, people = book.active, book.create_sheet("Người dùng")
    units.title = "Đơn vị"
    for row in [
        ("Đơn vị", "Cấp trên", "Thư điện tử"),
        ("Phòng Kinh tế", "UBND xã Suối Mây", "kt@suoimay.example"),
        ("Phòng Văn hóa", "UBND xã Suối Mây", None),
    ]:
        units.append(row)
    for row in [
        ("Họ và tên", "Tên đăng nhập", "Vai trò", "Đơn vị"),
        ("Nguyễn Văn An", "an", "Chuyên viên", "Phòng Kinh tế"),
    ]:
        people.append(row)
    book.save(tmp_path / "danh-sach.xlsx")
    said = ready("unit", "import", str(tmp_path / "danh-sach.xlsx"))
    assert said == "Đã thêm 2 đơn vị, 0 nhóm, 1 tài khoản.\n"


def test_after_an_upgrade_the_figures_of_every_unit_are_at_hand(ready, tracker, tmp_path):
    tracker("db", "upgrade")
    with closing(sqlite3.connect(tmp_path / "instance" / "tracker.sqlite3")) as database:
        [[units], [kept]] = database.execute(
            "SELECT count(*) FROM unit UNION ALL SELECT count(*) FROM unit_figures"
        )
    assert units == kept > 0
