"""Lists as .xlsx, opened again with openpyxl."""

import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tracker.render.sheets import Column, Sheet, as_written, sheet_bytes

NOW = datetime(2026, 6, 18, 18, 30, tzinfo=UTC)  # 01:30 on 19/6/2026 in Viet Nam


def opened(rows, title="Nhiệm vụ quá hạn"):
    sheet = Sheet(title, "UBND xã Suối Mây", [Column("Nhiệm vụ", 50), Column("Hạn cuối", 12)], rows)
    return load_workbook(io.BytesIO(sheet_bytes(sheet, now=NOW)))


def test_a_list_has_its_title_its_columns_and_its_rows():
    page = opened([["Niêm yết thủ tục", date(2026, 5, 15)]]).active
    assert page.title == "Nhiệm vụ quá hạn"
    assert [[cell.value for cell in row] for row in page.iter_rows()][:3] == [
        ["Nhiệm vụ quá hạn", None],
        ["UBND xã Suối Mây", None],
        ["Nhiệm vụ", "Hạn cuối"],
    ]
    assert (page.column_dimensions["A"].width, page.freeze_panes) == (50, "A4")
    assert page.print_title_rows == "$3:$3"


def test_days_and_moments_are_dates_by_the_clocks_of_viet_nam():
    day, moment = opened([[date(2026, 5, 15), NOW]]).active[4]
    assert (day.value, day.is_date, day.number_format) == (datetime(2026, 5, 15), True, "dd/mm/yyyy")
    assert (moment.value, moment.number_format) == (datetime(2026, 6, 19, 1, 30), "dd/mm/yyyy hh:mm")


@pytest.mark.parametrize(
    "text", ["=1+1", "+84 912", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "\n=1"]
)
def test_no_text_is_a_formula(text):
    cell = opened([[text, None]]).active["A4"]
    assert (cell.data_type, cell.value) == ("s", f"'{text}")


@pytest.mark.parametrize("value", ["Niêm yết", 12, -3, 62.5, None])
def test_what_is_harmless_stays_as_it_is(value):
    assert as_written(value) == value


@given(st.text())
def test_whatever_people_type_can_be_written(text):
    cell = opened([[text, None]]).active["A4"]
    assert cell.data_type in "sn"


def test_a_title_may_hold_what_the_name_of_a_sheet_may_not():
    book = opened([], title="Kế hoạch 41/KH-UBND: nâng cao chất lượng dịch vụ công [2026]")
    assert book.active.title == "Kế hoạch 41 KH-UBND  nâng cao c"
    assert book.active["A1"].value.endswith("[2026]")


def test_equal_lists_written_at_one_moment_say_the_same_of_themselves():
    assert opened([]).properties.created == datetime(2026, 6, 19, 1, 30)
