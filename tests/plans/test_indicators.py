"""Indicator tables: whose figures, of what, for when, wanted or reached."""

from datetime import date

import pytest

from tracker.plans.blocks import Cell
from tracker.plans.draft import Heading
from tracker.plans.figures import FigureColumns, period_of
from tracker.plans.indicators import read_indicator_table
from tracker.plans.quantities import parse_figure
from tracker.plans.sections import find_sections

HEADING = Heading(issued=date(2026, 2, 1), period=(date(2026, 1, 1), date(2026, 12, 31)))


def read(make_document, *blocks):
    tables = [
        read_indicator_table(section, HEADING)
        for section in find_sections(make_document(*blocks))
        if isinstance(section.header, FigureColumns)
    ]
    return [draft for table in tables for draft in table.indicators], tables


@pytest.mark.parametrize(
    ("text", "value", "measure"),
    [
        ("7,56", 7.56, ""),
        ("12.277", 12277, ""),
        ("100,00%", 100, "%"),
        ("1.234,5", 1234.5, ""),
        ("43.98", 43.98, ""),
        ("0%", 0, "%"),
        ("≥ 95", 95, ""),
        ("25 dịch vụ", 25, "dịch vụ"),
    ],
)
def test_numbers_are_written_the_vietnamese_way(text, value, measure):
    quantity = parse_figure(text)
    assert (quantity.value, quantity.measure) == (value, measure)


@pytest.mark.parametrize("text", ["", "-", "Sở Nội vụ", "10/11", "30/6/2026", "Quý I/2026"])
def test_other_texts_are_no_figures(text):
    assert parse_figure(text) is None


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("THỐNG KÊ QUÝ 1/2026", "Quý I/2026"),
        ("Năm 2025", "2025"),
        ("Tỷ lệ hồ sơ", ""),
        ("Quý IV năm 2025", "Quý IV/2025"),
    ],
)
def test_a_period_is_read_out_of_a_heading(text, period):
    assert period_of(text) == period


def test_units_in_rows_and_years_under_a_wide_heading(make_document):
    drafts, (table,) = read(
        make_document,
        "PHỤ LỤC",
        [
            ("STT", "Đơn vị", Cell("Tỷ lệ hồ sơ (%)", span=2), ""),
            ("", "", "Năm 2025", "Năm 2026"),
            ("I", "KHỐI XÃ", "", ""),
            ("1", "UBND xã Đại An", "61,5", "85"),
            ("2", "UBND xã Đại Lộc", "", ""),
            ("", "Tổng cộng", "61,5", "85"),
        ],
    )
    assert [(d.name, d.unit, d.under, d.period, d.target, d.actual, d.measure) for d in drafts] == [
        ("Tỷ lệ hồ sơ", "UBND xã Đại An", "KHỐI XÃ", "2025", None, 61.5, "%"),
        ("Tỷ lệ hồ sơ", "UBND xã Đại An", "KHỐI XÃ", "2026", 85, None, "%"),
    ]
    assert [line.fate for line in table.ledger] == [
        "header", "header", "group", "indicator", "ignored", "total"
    ]  # fmt: skip


def test_what_stands_over_the_tables_of_an_appendix_holds_for_all_of_them(make_document):
    header = ("Stt", "Đơn vị", "Tỷ lệ hồ sơ trực tuyến", "Ghi chú")
    drafts, _ = read(
        make_document,
        "PHỤ LỤC 2",
        "THỐNG KÊ QUÝ I/2026",
        "1. Các sở",
        [header, ("1", "Sở Y tế", "97,40%", "Không có phí")],
        "2. UBND các huyện",
        [header, ("", "UBND huyện Ba Tơ", "23,3%", ""), ("1", "Xã Ba Bích", "3,3%", "")],
    )
    assert [(d.unit, d.under, d.period, d.note) for d in drafts] == [
        ("Sở Y tế", "Các sở", "Quý I/2026", "Không có phí"),
        ("UBND huyện Ba Tơ", "UBND các huyện", "Quý I/2026", ""),
        ("Xã Ba Bích", "UBND huyện Ba Tơ", "Quý I/2026", ""),
    ]
    assert all(d.actual is not None and d.target is None for d in drafts)


def test_a_row_can_name_the_indicator_and_its_measure(make_document):
    drafts, _ = read(
        make_document,
        [
            ("TT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện 2025", "Kế hoạch 2026", "Đơn vị chủ trì"),
            ("1", "Tỷ lệ tiêm chủng", "%", "93,5", "95", "Trạm Y tế"),
        ],
    )
    assert [(d.name, d.unit, d.period, d.target, d.actual, d.measure) for d in drafts] == [
        ("Tỷ lệ tiêm chủng", "Trạm Y tế", "2025", None, 93.5, "%"),
        ("Tỷ lệ tiêm chủng", "Trạm Y tế", "2026", 95, None, "%"),
    ]


def test_columns_that_say_only_plan_or_result_measure_what_the_table_is_about(make_document):
    drafts, _ = read(
        make_document,
        "Biểu 2",
        "DIỆN TÍCH RỪNG TRỒNG MỚI",
        "(Kèm theo Kế hoạch số 5/KH-UBND)",
        [("Xã", "Kế hoạch 2026 (ha)", "Thực hiện 2025 (ha)"), ("Xã Tân An", "1.200", "650")],
    )
    assert [(d.name, d.period, d.target, d.actual, d.measure) for d in drafts] == [
        ("DIỆN TÍCH RỪNG TRỒNG MỚI", "2026", 1200, None, "ha"),
        ("DIỆN TÍCH RỪNG TRỒNG MỚI", "2025", None, 650, "ha"),
    ]


def test_a_number_left_out_is_reported(make_document):
    header = ("Stt", "Đơn vị", "Tỷ lệ")
    _, (table,) = read(make_document, [header, ("1", "Xã A", "5%"), ("3", "Xã B", "6%")])
    assert table.warnings == ["Số thứ tự trong bảng chỉ tiêu không liền nhau: sau «1» là «3»."]


def test_a_table_of_tasks_is_no_indicator_table(make_document):
    drafts, tables = read(
        make_document, [("TT", "Đơn vị", "Nhiệm vụ", "Thời hạn"), ("1", "Sở Y tế", "Rà soát", "2026")]
    )
    assert (drafts, tables) == ([], [])


def test_a_row_says_how_its_target_binds_and_who_helps(make_document):
    header = ("TT", "Tên chỉ tiêu", "Mục tiêu đến năm 2026", "Cơ quan theo dõi", "Đơn vị phối hợp")
    rows = [
        ("1", "Tỷ lệ hồ sơ trực tuyến (%)", "≥ 80", "Văn phòng UBND tỉnh", "Các sở"),
        ("2", "Hồ sơ quá hạn (%)", "dưới 5", Cell(continues=True), ""),
    ]
    drafts, _ = read(make_document, [header, *rows])
    assert [(d.name, d.unit, d.period, d.bound, d.target, d.measure, d.note) for d in drafts] == [
        (
            "Tỷ lệ hồ sơ trực tuyến", "Văn phòng UBND tỉnh", "2026", "at_least", 80, "%",
            "Đơn vị phối hợp: Các sở",
        ),
        ("Hồ sơ quá hạn", "Văn phòng UBND tỉnh", "2026", "at_most", 5, "%", ""),
    ]  # fmt: skip


def test_a_figure_that_cannot_be_read_is_told(make_document):
    header = ("TT", "Chỉ tiêu", "ĐVT", "Năm 2025", "Năm 2026")
    rows = [("1", "Tăng trưởng", "%", "8,1", "8 - 9"), ("2", "Hộ nghèo", "%", "1,5", "1,2")]
    drafts, (table,) = read(make_document, [header, *rows])
    assert len(drafts) == 3
    assert "«8 - 9»" in table.warnings[0]
