"""Excel workbooks: titles above tables, merged cells, dates and shares as printed, hidden parts."""

import io
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from tracker.plans.blocks import UnreadableFile
from tracker.plans.readers import read, xlsx
from tracker.plans.readers.refusals import BROKEN, TOO_HEAVY
from tracker.plans.readers.sheet_values import shown


@pytest.fixture
def make_xlsx():
    """A workbook with a sheet for each keyword: make_xlsx(Name=rows); `change` may edit it before saving."""

    def make_xlsx(change=lambda workbook: None, **sheets):
        workbook = Workbook()
        workbook.remove(workbook.active)
        for name, rows in sheets.items():
            sheet = workbook.create_sheet(name)
            for row in rows:
                sheet.append(row)
        change(workbook)
        stream = io.BytesIO()
        workbook.save(stream)
        return stream

    return make_xlsx


HEADER = ["TT", "Nhiệm vụ", "Chủ trì", "Thời gian"]


@pytest.mark.parametrize(
    ("rows", "merges", "lines"),
    [
        pytest.param(
            [HEADER, [1, "Rà soát", "Văn phòng", "Quý I/2026"], [2, "Lập đề án", None, None]],
            [],
            [
                "==",
                "TT | Nhiệm vụ | Chủ trì | Thời gian",
                "1 | Rà soát | Văn phòng | Quý I/2026",
                "2 | Lập đề án |  | ",
            ],
            id="a-table",
        ),
        pytest.param(
            [
                ["UBND XÃ SƠN THỦY", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
                [],
                ["KẾ HOẠCH"],
                [],
                HEADER,
                [1, "A", "B", "C"],
                [],
                ["Nơi nhận:", None, "CHỦ TỊCH"],
            ],
            ["A3:D3"],
            [
                "UBND XÃ SƠN THỦY",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "KẾ HOẠCH",
                "==",
                "TT | Nhiệm vụ | Chủ trì | Thời gian",
                "1 | A | B | C",
                "Nơi nhận:",
                "CHỦ TỊCH",
            ],
            id="heading-above-and-signature-below",
        ),
        pytest.param(
            [["KẾ HOẠCH NĂM 2026"], HEADER, ["I", "Nhóm một"], [1, "A", "B", "C"], [None, None, None, "D"]],
            ["B3:D3", "A4:A5", "B4:B5", "C4:C5"],
            [
                "KẾ HOẠCH NĂM 2026",
                "==",
                "TT | Nhiệm vụ | Chủ trì | Thời gian",
                "I | <3>Nhóm một |  | ",
                "1 | A | B | C",
                "^ | ^ | ^ | D",
            ],
            id="merged-cells",
        ),
        pytest.param(
            [
                ["TT", "Nhiệm vụ", "Cơ quan", None, "Hạn"],
                [None, None, "Chủ trì", "Phối hợp", None],
                [1, "A", "B", "C", "D"],
            ],
            ["A1:A2", "B1:B2", "C1:D1", "E1:E2"],
            [
                "==",
                "TT | Nhiệm vụ | <2>Cơ quan |  | Hạn",
                "^ | ^ | Chủ trì | Phối hợp | ^",
                "1 | A | B | C | D",
            ],
            id="a-header-over-two-rows",
        ),
        pytest.param(
            [
                HEADER,
                [1, "A", "B", "C"],
                [],
                ["PHỤ LỤC 2"],
                ["TT", "Đơn vị", "Năm 2025", "Năm 2026"],
                [1, "Xã A", 50, 60],
            ],
            [],
            [
                "==",
                "TT | Nhiệm vụ | Chủ trì | Thời gian",
                "1 | A | B | C",
                "PHỤ LỤC 2",
                "==",
                "TT | Đơn vị | Năm 2025 | Năm 2026",
                "1 | Xã A | 50 | 60",
            ],
            id="two-tables-in-a-sheet",
        ),
        pytest.param(
            [[], [None, "TT", "Việc", "Hạn"], [None, 1.1, "A\nB", "x"], [None, 1.2, "C", "y"]],
            [],
            ["==", "TT | Việc | Hạn", "1.1 | A ⏎ B | x", "1.2 | C | y"],
            id="blank-edges-line-breaks-and-numbers",
        ),
    ],
)
def test_it_reads(rows, merges, lines, make_xlsx, outline):
    def merge(workbook):
        for area in merges:
            workbook.active.merge_cells(area)

    assert outline(read(make_xlsx(merge, Sheet1=rows), "ke-hoach.xlsx")) == lines


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.6, "0%", "60%"),
        (0.7143, "0.00%", "71,43%"),
        (60, "General", "60"),
        (7.56, "General", "7,56"),
        (2.0, "General", "2"),
        (0.1 + 0.2, "General", "0,3"),
        (1234567, "#,##0", "1.234.567"),
        (5, "00", "05"),
        (5.5, "0.0", "5,5"),
        (-1234.5, "#,##0.00", "-1.234,50"),
        (15, '0" ngày"', "15 ngày"),
        (date(2025, 3, 28), "dd/mm/yyyy", "28/3/2025"),
        (datetime(2025, 3, 28), "mm-dd-yy", "28/3/2025"),
        (datetime(2025, 3, 1), "mm/yyyy", "03/2025"),
        (datetime(2025, 1, 1), "yyyy", "2025"),
        (datetime(2025, 3, 28), '"ngày "dd/mm/yyyy', "ngày 28/03/2025"),
        (date(2025, 3, 28), '"Trước ngày "d/m/yy;@', "Trước ngày 28/3/2025"),
        (date(2025, 4, 1), '[$-42A]\\Q\\u\\ý" II/"yyyy', "Quý II/2025"),
        (datetime(2025, 9, 1), '"Tháng "m" năm "yyyy', "Tháng 9 năm 2025"),
        (datetime(2025, 3, 28, 17, 0), "dd/mm/yyyy hh:mm", "17:00 28/3/2025"),
        (time(7, 30), "hh:mm", "07:30"),
        ("Quý\u00a0I ", "@", "Quý I"),
        (True, "General", "TRUE"),
        (None, "General", ""),
    ],
)
def test_values_are_shown_as_the_office_sees_them(value, number_format, text):
    assert shown(value, number_format) == text


def test_raised_marks_of_notes_are_no_part_of_a_text(make_xlsx, outline):
    def change(workbook):
        high = InlineFont(vertAlign="superscript")
        workbook.active["A1"] = CellRichText("Sở Y tế", TextBlock(high, "(1)"))
        workbook.active["B1"] = CellRichText("Sửa 500 m", TextBlock(high, "2"), " mái")

    assert outline(xlsx.read(make_xlsx(change, Sheet=[["", "", "Quý I"]])))[-1] == (
        "Sở Y tế | Sửa 500 m² mái | Quý I"
    )


def test_dates_and_shares_keep_their_formats_in_a_sheet(make_xlsx, outline):
    def style(workbook):
        workbook.active["D2"].number_format = "0%"

    rows = [["TT", "Nhiệm vụ", "Thời gian", "Tỷ lệ"], [1, "A", date(2026, 6, 30), 0.6]]
    assert outline(xlsx.read(make_xlsx(style, Sheet1=rows)))[-1] == "1 | A | 30/6/2026 | 60%"


def test_sheets_are_named_and_hidden_parts_are_read_and_noted(make_xlsx, outline):
    def hide(workbook):
        workbook["Phụ lục 2"].sheet_state = "hidden"
        workbook["Phụ lục 1"].row_dimensions[2].hidden = True

    rows = {"Phụ lục 1": [HEADER, [1, "A", "B", "C"]], "Trống": [], "Phụ lục 2": [HEADER, [2, "D", "E", "F"]]}
    document = xlsx.read(make_xlsx(hide, **rows))
    header = "TT | Nhiệm vụ | Chủ trì | Thời gian"
    assert outline(document) == [
        "Phụ lục 1", "==", header, "1 | A | B | C", "Phụ lục 2", "==", header, "2 | D | E | F",
    ]  # fmt: skip
    assert document.notes == (
        "Trang tính «Phụ lục 1» có dòng hoặc cột đang ẩn: vẫn được đọc.",
        "Trang tính «Phụ lục 2» đang ẩn: vẫn được đọc.",
    )
    assert [table.number for table in document.tables()] == [1, 2]


def test_each_row_knows_its_sheet_and_its_number_there(make_xlsx):
    document = xlsx.read(make_xlsx(Sheet1=[["KẾ HOẠCH"], [], HEADER, [1, "A", "B", "C"]]))
    places = [row.where for table in document.tables() for row in table.rows]
    assert [(where.page, where.table, where.row) for where in places] == [
        (1, 1, 3), (1, 1, 4),
    ]  # fmt: skip


def test_bold_cells_are_known(make_xlsx):
    def embolden(workbook):
        workbook.active["B2"].font = Font(bold=True)

    [table] = xlsx.read(make_xlsx(embolden, Sheet1=[HEADER, ["I", "Nhóm một"]])).tables()
    assert [cell.bold for cell in table.rows[1].cells] == [False, True, False, False]


def test_a_formatted_cell_at_the_far_end_costs_nothing(make_xlsx, outline):
    def touch(workbook):
        workbook.active["XFD1048576"].font = Font(bold=True)

    assert len(outline(xlsx.read(make_xlsx(touch, Sheet1=[HEADER, [1, "A", "B", "C"]])))) == 3


def test_a_sheet_of_a_million_rows_is_refused(make_zip):
    rows = "<row><c><v>1</v></c></row>" * 300_000
    stream = make_zip({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": rows}, compression=0)
    with pytest.raises(UnreadableFile) as refusal:
        xlsx.read(stream)
    assert str(refusal.value) == TOO_HEAVY


def test_a_broken_workbook_is_refused(make_zip):
    with pytest.raises(UnreadableFile) as refusal:
        xlsx.read(make_zip({"xl/workbook.xml": "<workbook/>"}))
    assert str(refusal.value) == BROKEN


def test_formulas_without_a_result_are_noted(make_xlsx, outline):
    rows = [
        HEADER,
        [1, "Rà soát", "Sở Y tế", "Quý I/2026"],
        ["=A2+1", "Kiểm tra", "Sở Y tế", '="Quý "&"II/2026"'],
    ]
    document = xlsx.read(make_xlsx(Sheet=rows))
    assert outline(document)[-1] == " | Kiểm tra | Sở Y tế | "
    assert document.notes == (xlsx.UNCALCULATED.format(count=2, first="A3"),)
