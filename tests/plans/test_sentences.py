"""What one sentence of prose says of a duty."""

import pytest

from tracker.plans.sentences import read_helpers, read_subject, read_time, read_unit_heading


@pytest.mark.parametrize(
    ("text", "units", "duty"),
    [
        ("Phòng Nội vụ", ("Phòng Nội vụ",), ""),
        ("Văn Phòng HĐND và UBND", ("Văn Phòng HĐND và UBND",), ""),
        ("Tổ chuyển đổi số cộng đồng", ("Tổ chuyển đổi số cộng đồng",), ""),
        ("Đề nghị MTTQ và các đoàn thể", ("MTTQ", "các đoàn thể"), ""),
        ("Công an xã: Thường xuyên tuần tra.", ("Công an xã",), "Thường xuyên tuần tra."),
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
        ("Tăng cường sự phối hợp liên thông.", ()),
    ],
)
def test_bodies_after_phoi_hop_voi_help(text, helpers):
    assert read_helpers(text) == helpers


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Rà soát danh mục; hoàn thành trước ngày 30/5/2023.", "hoàn thành trước ngày 30/5/2023"),
        ("Đảm bảo tỷ lệ hài lòng đạt 90% trong năm 2025.", "trong năm 2025"),
        ("Lập báo cáo định kỳ (hàng tháng/quý) và đột xuất.", "định kỳ hàng tháng/quý"),
        ("Hàng năm, tổ chức khảo sát ý kiến của người dân.", "Hàng năm"),
        ("Báo cáo định kỳ hàng năm trước ngày 15 tháng 12.", "định kỳ hàng năm trước ngày 15 tháng 12"),
        (
            "Định kỳ 6 tháng (trước ngày 10/6), hằng năm (trước ngày 10/12) báo cáo.",
            "Định kỳ 6 tháng (trước ngày 10/6), hằng năm (trước ngày 10/12)",
        ),
        ("Tổ chức sơ kết vào quý IV năm 2028.", "vào quý IV năm 2028"),
        ("Bố trí trong dự toán ngân sách hàng năm.", ""),
        ("Thực hiện Thông báo số 421/TB-UBND ngày 05/10/2022.", ""),
        ("Triển khai “Đề án hoàn thành trước năm 2030”.", ""),
    ],
)
def test_only_words_that_set_a_time_for_the_duty_count(text, time):
    assert read_time(text) == time
