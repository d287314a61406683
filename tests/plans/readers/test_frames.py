"""Frames that only put text side by side are no tables; a task table that names the State is one."""

import pytest

from tracker.plans.blocks import Cell, Paragraph, Row, Table, Where
from tracker.plans.readers.frames import without_frames


def table(*rows: tuple[str, ...]) -> Table:
    return Table(
        tuple(Row(tuple(map(Cell, row)), Where(page=2, table=9, row=n)) for n, row in enumerate(rows, 1)), 9
    )


@pytest.mark.parametrize(
    ("frame", "texts"),
    [
        pytest.param(
            table(("UBND XÃ SƠN THỦY\nSố: 12/KH-UBND", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
            ["UBND XÃ SƠN THỦY", "Số: 12/KH-UBND", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            id="heading",
        ),
        pytest.param(
            table(("ĐẢNG BỘ XÃ", "ĐẢNG CỘNG SẢN VIỆT NAM"), ("Số 05-KH/ĐU", "Sơn Thủy, ngày 02/3/2026")),
            ["ĐẢNG BỘ XÃ", "Số 05-KH/ĐU", "ĐẢNG CỘNG SẢN VIỆT NAM", "Sơn Thủy, ngày 02/3/2026"],
            id="heading-of-the-party",
        ),
        pytest.param(
            table(("Nơi nhận:\n- Như trên;", "TM. ỦY BAN NHÂN DÂN")),
            ["Nơi nhận:", "- Như trên;", "TM. ỦY BAN NHÂN DÂN"],
            id="signature",
        ),
        pytest.param(table(("Chỉ một ô có chữ", "")), ["Chỉ một ô có chữ"], id="one-cell"),
    ],
)
def test_a_frame_becomes_paragraphs_column_by_column(frame, texts):
    paragraphs = list(without_frames([frame]))
    assert [paragraph.text for paragraph in paragraphs] == texts
    assert {paragraph.where for paragraph in paragraphs} == {Where(page=2)}


@pytest.mark.parametrize(
    "task_table",
    [
        table(("TT", "Nhiệm vụ"), ("1", "Dự thảo Luật của nước Cộng hòa xã hội chủ nghĩa Việt Nam")),
        table(("TT", "Nhiệm vụ", "Chủ trì", "Hạn"), ("1", "Gửi Nơi nhận:", "Văn phòng", "Quý I")),
    ],
)
def test_a_task_table_stays_and_is_numbered_from_one(task_table):
    frame = table(("A", "Độc lập - Tự do - Hạnh phúc"))
    [*_, kept] = without_frames([frame, Paragraph("PHỤ LỤC", Where()), task_table])
    assert isinstance(kept, Table)
    assert kept.number == 1
    assert [row.where for row in kept.rows] == [Where(page=2, table=1, row=1), Where(page=2, table=1, row=2)]


def test_the_last_word_of_a_row_that_a_page_end_cut_stays_in_its_table():
    first = table(("TT", "Nhiệm vụ", "Chủ trì", "Hạn"), ("1", "Tổng kết", "Văn phòng HĐND và", "Quý I"))
    rest = table(("", "", "UBND", ""))
    assert [type(block) for block in without_frames([first, rest])] == [Table, Table]
    assert [type(block) for block in without_frames([first, Paragraph("Ghi chú", Where()), rest])] == [
        Table,
        Paragraph,
        Paragraph,
    ]
