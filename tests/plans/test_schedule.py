"""Calendars in tables: marks and coloured bars under quarters, months and weeks."""

import pytest

from tracker.plans.blocks import Cell
from tracker.plans.columns import read_header
from tracker.plans.roles import Role
from tracker.plans.schedule import read_slot


@pytest.mark.parametrize(
    ("name", "over", "text"),
    [
        ("Quý II", "Tiến độ năm 2026", "Quý II/2026"),
        ("T3", "", "Tháng 3"),
        ("2", "Tiến độ năm 2026 Quý I", "Tháng 2/2026"),
        ("Tuần 2", "Tháng 3/2026", "Tuần 2 tháng 3/2026"),
        ("2027", "Lộ trình", "Năm 2027"),
    ],
)
def test_a_name_of_the_calendar_is_read_under_what_stands_over_it(name, over, text):
    assert read_slot(name, over).text == text


@pytest.mark.parametrize("name", ["Tuần 2", "Quý V", "13", "Chủ trì"])
def test_other_names_are_no_part_of_the_calendar(name):
    assert read_slot(name, "Năm 2026") is None


def read(make_table, *bars, row=""):
    """The deadlines of rows whose months are coloured so; `row` is the colour of the row outside them."""
    header = ("TT", "Việc", "Đơn vị", "Tháng 1", "Tháng 2", "Tháng 3")
    rows = [
        (*(Cell(text, fill=row) for text in ("1", "Rà soát", "Sở Y tế")), *(Cell(fill=fill) for fill in bar))
        for bar in bars
    ]
    table = make_table([header, *rows]).rows
    columns, _ = read_header(table, 0)
    return [columns.text(row, Role.SLOT) for row in table[1:]]


def test_coloured_cells_are_marks(make_table):
    assert read(make_table, ("92d050", "92d050", ""), ("", "", "92d050"), ("ffc000",) * 3) == [
        "Tháng 1 - Tháng 2",
        "Tháng 3",
        "Tháng 1 - Tháng 3",
    ]


def test_the_colour_of_a_whole_row_marks_nothing(make_table):
    assert read(make_table, ("d9d9d9", "92d050", "d9d9d9"), ("d9d9d9",) * 3, row="d9d9d9") == ["Tháng 2", ""]
