"""What one sentence of prose says of a duty."""

import pytest

from tracker.plans.sentences import (
    read_addressees,
    read_broken_heading,
    read_helpers,
    read_subject,
    read_unit_heading,
    split_orders,
)


@pytest.mark.parametrize(
    ("text", "units", "duty"),
    [
        ("Phòng Nội vụ", ("Phòng Nội vụ",), ""),
        ("Văn Phòng HĐND và UBND", ("Văn Phòng HĐND và UBND",), ""),
        ("Tổ chuyển đổi số cộng đồng", ("Tổ chuyển đổi số cộng đồng",), ""),
        ("Đề nghị MTTQ và các đoàn thể", ("MTTQ", "các đoàn thể"), ""),
        ("Công an xã: Thường xuyên tuần tra.", ("Công an xã",), "Thường xuyên tuần tra."),
        ("Giao các Đội Thống kê khu vực", ("Các Đội Thống kê khu vực",), ""),
        ("Các sở: Y tế, Nội vụ: Rà soát.", ("Sở Y tế", "Sở Nội vụ"), "Rà soát."),
        (
            "Báo tỉnh, Đài Phát thanh và Truyền hình",
            ("Báo tỉnh", "Đài Phát thanh và Truyền hình"),
            "",
        ),
    ],
)
def test_units_can_be_named_as_a_heading(text, units, duty):
    heading = read_unit_heading(text)
    assert (heading.units, heading.duty) == (units, duty)


@pytest.mark.parametrize(
    "text",
    [
        "Tổ chức tập huấn cho cán bộ",
        "Các nhiệm vụ trọng tâm",
        "Kinh phí thực hiện",
        "Bộ Nội vụ theo dõi, đôn đốc các bộ, ngành",
        "Đẩy mạnh tuyên truyền",
        "Phòng Quản lý công nghiệp thẩm định hồ sơ.",
    ],
)
def test_other_headings_name_no_units(text):
    assert read_unit_heading(text) is None


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Các phòng chuyên môn phối hợp với Công an xã rà soát địa bàn.", ("Các phòng chuyên môn",)),
        ("Bộ Nội vụ theo dõi, đôn đốc các bộ, ngành thực hiện.", ("Bộ Nội vụ",)),
        ("Đề nghị Hội Nông dân, Hội Phụ nữ tham gia giám sát.", ("Hội Nông dân", "Hội Phụ nữ")),
        ("Giao các sở, ngành rà soát.", ("Các sở, ngành",)),
        ("UBND xã giao Công an xã tuần tra, kiểm soát.", ()),
        ("UBND xã giao Công an xã kiểm tra.", ("Công an xã",)),
        ("Các đơn vị được giao chủ trì có trách nhiệm báo cáo.", ("Các đơn vị",)),
        (
            "Ban Quản lý dự án đầu tư xây dựng tỉnh đẩy nhanh tiến độ.",
            ("Ban Quản lý dự án đầu tư xây dựng tỉnh",),
        ),
        ("Hỗ trợ nhà ở: Sở Xây dựng chủ trì rà soát.", ("Sở Xây dựng",)),
        ("Tiếp tục hoàn thiện thể chế. Giao Sở Tư pháp tham mưu.", ("Sở Tư pháp",)),
        ("Tổ chức tập huấn cho các thôn thực hiện.", ()),
        ("Rà soát toàn bộ thủ tục.", ()),
    ],
)
def test_a_sentence_can_begin_with_who_does_it(text, units):
    assert read_subject(text) == units


@pytest.mark.parametrize(
    ("text", "helpers"),
    [
        ("Chủ trì, phối hợp với Công an xã và Trạm Y tế tổ chức kiểm tra.", ("Công an xã", "Trạm Y tế")),
        ("Phối hợp UBND các huyện, thành phố tổ chức triển khai.", ("UBND các huyện, thành phố",)),
        ("Phối hợp chặt chẽ với Sở Y tế trong việc kết nối dữ liệu.", ("Sở Y tế",)),
        ("phối hợp với các hội (Hội Phụ nữ, Hội Nông dân, v.v.) để vận động", ("các hội",)),
        ("Phối hợp với tổ công nghệ số đến từng hộ.", ("tổ công nghệ số",)),
        ("Phối hợp với Vụ Kế hoạch - Tài chính lập nhu cầu vắc xin.", ("Vụ Kế hoạch - Tài chính",)),
        ("Tăng cường sự phối hợp liên thông.", ()),
    ],
)
def test_bodies_after_phoi_hop_voi_help(text, helpers):
    assert read_helpers(text) == helpers


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Chủ tịch UBND tỉnh yêu cầu các sở, ngành:", ("Các sở, ngành",)),
        (
            "Để khắc phục, UBND xã giao Công an xã, Trạm Y tế khẩn trương thực hiện các nhiệm vụ sau:",
            ("Công an xã", "Trạm Y tế"),
        ),
        ("Chủ tịch UBND tỉnh yêu cầu:", ()),
        ("Chủ tịch UBND tỉnh yêu cầu tập trung thực hiện các nhiệm vụ sau:", ()),
        ("UBND xã giao Công an xã tuần tra.", ()),
    ],
)
def test_the_line_that_opens_a_text_can_say_whom_it_asks(text, units):
    assert read_addressees(text) == units


@pytest.mark.parametrize(
    ("first", "second", "units", "duty"),
    [
        ("Sở Công", "Thương", ("Sở Công Thương",), ""),
        ("Sở Công", "Thương: Thẩm định hồ sơ.", ("Sở Công Thương",), "Thẩm định hồ sơ."),
        ("Sở Y tế, Sở Công", "Thương", ("Sở Y tế", "Sở Công Thương"), ""),
    ],
)
def test_a_name_broken_over_two_lines_is_whole(first, second, units, duty):
    heading = read_broken_heading(first, second)
    assert (heading.units, heading.duty) == (units, duty)


@pytest.mark.parametrize("second", ["Rà soát hồ sơ", "Sở Y tế", "Thẩm định.", "Tài liệu của các đơn vị khác"])
def test_what_says_something_new_is_no_rest_of_a_name(second):
    assert read_broken_heading("Phòng Nội vụ", second) is None


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        (
            "Sở Y tế chủ trì tiêm chủng. Sở Tài chính bố trí kinh phí.",
            ("Sở Y tế chủ trì tiêm chủng.", "Sở Tài chính bố trí kinh phí."),
        ),
        (
            "Giao Sở Y tế chủ trì tiêm chủng; giao Sở Tài chính bố trí kinh phí.",
            ("Giao Sở Y tế chủ trì tiêm chủng;", "Giao Sở Tài chính bố trí kinh phí."),
        ),
        (
            "Sở Y tế chủ trì tiêm chủng. Kịp thời báo cáo UBND tỉnh.",
            ("Sở Y tế chủ trì tiêm chủng. Kịp thời báo cáo UBND tỉnh.",),
        ),
        (
            "Tiếp tục hoàn thiện thể chế. Giao Sở Tư pháp tham mưu.",
            ("Tiếp tục hoàn thiện thể chế. Giao Sở Tư pháp tham mưu.",),
        ),
    ],
)
def test_each_sentence_that_gives_a_body_work_is_an_order(text, orders):
    assert split_orders(text) == orders
