"""Headers of task tables, in any order and wording."""

import pytest

from tracker.plans.blocks import Cell
from tracker.plans.columns import counts_columns, read_header


def roles(make_table, *rows):
    found = read_header(make_table(rows).rows, 0)
    return found and ([role.value for role in found[0].roles], found[1])


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            "TT|Nhiệm vụ, giải pháp|Chủ trì|Phối hợp|Thời gian thực hiện|Sản phẩm",
            "no title lead coordinating deadline deliverable",
        ),
        (
            "TT|Nhiệm vụ|Hoạt động/sản phẩm|Cơ quan chủ trì|Cơ quan phối hợp|Thời gian hoàn thành",
            "no title deliverable lead coordinating deadline",
        ),
        (
            "STT|Nội dung công việc|Cơ quan\nchủ trì|C ơ quan\nphối hợp|Cấp trình|Sản phẩm|"
            "Thời hạn\nhoàn thành",
            "no title lead coordinating other deliverable deadline",
        ),
        (
            "TT|Tên nhiệm vụ|Cơ quan chủ trì|Cơ quan phối hợp|Kết quả|Thời gian hoàn thành|Căn cứ bổ sung",
            "no title lead coordinating deliverable deadline other",
        ),
        (
            "Số TT|Nhiệm vụ trọng tâm|Tiến độ|Đơn vị thực hiện|Ghi chú",
            "no title deadline lead note",
        ),
        (
            "TT|Nội dung|Cơ quan chủ trì tham mưu|Cấp trình|Thời hạn|Kết quả/sản phẩm đầu ra",
            "no title lead other deadline deliverable",
        ),
        ("Nhiệm vụ|Đầu mối|Thời hạn", "title lead deadline"),
        (
            "TT|Nhóm nhiệm vụ|Nhiệm vụ cụ thể|Đơn vị chủ trì|Thời gian",
            "no group title lead deadline",
        ),
        (
            "TT|Nhiệm vụ|Cơ quan chủ trì, phối hợp|Thời gian|Kinh phí",
            "no title parties deadline other",
        ),
        ("TT|Tên văn bản|Cơ quan chủ trì soạn thảo|Thời gian trình", "no title lead deadline"),
        (
            "TT|Phong trào|Đơn vị phụ trách|Thời gian bắt đầu|Thời gian kết thúc",
            "no title lead start deadline",
        ),
    ],
)
def test_columns_are_known_by_their_names(make_table, header, expected):
    assert roles(make_table, header.split("|")) == (expected.split(" "), 1)


@pytest.mark.parametrize(
    "row",
    [
        "STT|Cơ quan, đơn vị|Số lượng DVCTT|Tỷ lệ hồ sơ trực tuyến (%)|Tỷ lệ thanh toán (%)",
        "1|Nhiệm vụ tuyên truyền|Đơn vị chủ trì là Phòng Nội vụ|Thời hạn quý I|Kết quả là báo cáo",
        "ỦY BAN NHÂN DÂN|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "||||",
    ],
)
def test_other_rows_are_no_headers(make_table, row):
    assert roles(make_table, row.split("|")) is None


def test_a_header_can_stand_over_two_rows(make_table):
    upper = ("TT", "Nội dung", Cell("Đơn vị thực hiện", span=2), "", "Thời gian")
    lower = (None, None, "Chủ trì", "Phối hợp", None)
    assert roles(make_table, upper, lower) == (["no", "title", "lead", "coordinating", "deadline"], 2)


def test_a_row_that_counts_the_columns_belongs_to_the_header(make_table):
    header, counting = ("TT", "Nhiệm vụ", "Chủ trì", "Thời gian"), ("(1)", "(2)", "(3)", "(4)")
    assert roles(make_table, header, counting) == (["no", "title", "lead", "deadline"], 2)
    assert counts_columns(make_table([counting]).rows[0])
    assert not counts_columns(make_table([("1", "Rà soát", "2", "3")]).rows[0])
