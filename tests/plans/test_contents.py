"""Columns judged by what stands in them, where their names say nothing or are not there."""

import pytest

from tracker.plans.columns import guess_columns, read_header


def roles(make_table, *rows):
    found = read_header(make_table([tuple(row.split("|")) for row in rows]).rows, 0)
    return found and " ".join(found[0].roles)


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        (
            "TT|Tên đề án|Cơ quan chủ trì|Trình BTV Tỉnh ủy|Trình HĐND tỉnh",
            "1|Đề án|Sở Công Thương|Tháng 4/2026|Tháng 7/2026",
            "no title lead deadline deadline",
        ),
        (
            "TT|Công việc|Sở, ngành|Xã, phường|Hạn",
            "1|Thống kê|Sở Nội vụ|UBND các xã|30/6/2026",
            "no title lead coordinating deadline",
        ),
        (
            "TT|Nội dung|Đơn vị|Thời hạn|Tiến độ",
            "1|Báo cáo|Sở Nội vụ|30/6/2026|Đang thực hiện",
            "no title lead deadline other",
        ),
        (
            "TT|Ngày văn bản|Nội dung|Đơn vị|Thời hạn",
            "1|05/01/2026|Báo cáo|Sở Nội vụ|30/6/2026",
            "no other title lead deadline",
        ),
        (
            "TT|Nội dung|Đơn vị|Kết quả, thời gian hoàn thành",
            "1|Báo cáo|Sở Nội vụ|Kế hoạch; quý I/2026",
            "no title lead outcome",
        ),
        (
            "TT|Nội dung|Đơn vị|Sản phẩm|Thời gian, kết quả",
            "1|Báo cáo|Sở Nội vụ|Kế hoạch|Quý I/2026",
            "no title lead deliverable deadline",
        ),
    ],
)
def test_cells_tell_what_a_name_does_not(make_table, header, row, expected):
    assert roles(make_table, header, row) == expected


def test_a_table_without_a_header_is_known_by_its_cells(make_table):
    rows = [
        ("1", "Ban hành kế hoạch", "Sở Nội vụ", "Quý I/2026"),
        ("2", "Tập huấn cán bộ", "Sở Y tế", "6/2026"),
    ]
    columns = guess_columns(make_table(rows).rows)
    assert (" ".join(columns.roles), columns.guessed) == ("no title lead deadline", True)


@pytest.mark.parametrize(
    "row",
    [("1", "Sở Nội vụ", "12", "15"), ("", "Ban hành", "Sở Y tế", "6/2026"), ("1", "Ban hành", "x", "y")],
)
def test_other_tables_without_a_header_stay_unknown(make_table, row):
    assert guess_columns(make_table([row, row]).rows) is None
