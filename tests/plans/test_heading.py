"""The heading of a plan, also of a draft with blanks."""

from datetime import date

import pytest

from tracker.plans.heading import read_heading

FULL = (
    "ỦY BAN NHÂN DÂN",
    "XÃ ĐĂK RVE",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 175 /KH-UBND",
    "Đăk Rve, ngày 17 tháng 02 năm 2026",
    "KẾ HOẠCH",
    "Đẩy mạnh dịch vụ công trực tuyến",
    "năm 2026",
    "Căn cứ Quyết định số 1565/QĐ-TTg ngày 18/7/2025 của Thủ tướng Chính phủ;",
    "Ủy ban nhân dân xã Đăk Rve ban hành Kế hoạch như sau:",
    "I. MỤC TIÊU",
)


def heading(*lines):
    return read_heading(lines).heading


def test_a_full_heading():
    found = heading(*FULL)
    assert (found.number, found.issued) == ("175/KH-UBND", date(2026, 2, 17))
    assert found.issuer == "Ủy ban nhân dân xã Đăk Rve"
    assert found.title == "Đẩy mạnh dịch vụ công trực tuyến năm 2026"
    assert found.period == (date(2026, 1, 1), date(2026, 12, 31))
    assert found.basis == (
        "Căn cứ Quyết định số 1565/QĐ-TTg ngày 18/7/2025 của Thủ tướng Chính phủ",
    )  # fmt: skip


def test_the_title_can_stand_on_the_line_of_the_kind_or_below_it():
    assert heading("KẾ HOẠCH CÔNG TÁC NĂM 2026").title == "CÔNG TÁC NĂM 2026"
    assert heading("CHƯƠNG TRÌNH HÀNH ĐỘNG", "Thực hiện Nghị quyết 57").title == "Thực hiện Nghị quyết 57"
    assert heading("KẾ HOẠCH", "Rà soát hồ sơ", "Phụ lục I").title == "Rà soát hồ sơ"


def test_the_title_ends_where_the_text_begins():
    title = "Kiểm tra công vụ năm 2026"
    assert heading("KẾ HOẠCH", title, "III. TỔ CHỨC THỰC HIỆN").title == title
    assert heading("CHỈ THỊ", title, "Trong thời gian qua, Chủ tịch UBND tỉnh yêu cầu:").title == title


def test_a_letter_is_called_by_what_it_is_about():
    found = heading(
        "UBND TỈNH LẠC VIÊN", "Số: 23/UBND-VX", "V/v tháng hành động năm 2026", "Kính gửi: Sở Y tế"
    )
    assert (found.number, found.title) == ("23/UBND-VX", "Tháng hành động năm 2026")


def test_a_title_in_small_letters_follows_its_kind():
    found = heading("Kế hoạch chuyển đổi số năm 2026", "Số: 12/KH-UBND", "Kế hoạch này gồm ba phần việc lớn")
    assert found.title == "Chuyển đổi số năm 2026"
    assert heading("Kế hoạch này gồm ba phần việc lớn").title == ""


def test_a_number_that_the_title_cites_is_not_the_plans_own():
    found = read_heading(["Số: 15-KH/ĐU", "KẾ HOẠCH", "thực hiện Nghị quyết số 57-NQ/TW năm 2026"])
    assert (found.heading.number, found.warnings) == ("15-KH/ĐU", ())


def test_blanks_of_a_draft_stay_empty():
    found = heading("Số:       /KH-UBND", "Đăk Rve, ngày     tháng 9 năm 2025", "KẾ HOẠCH", "Rà soát hồ sơ")
    assert (found.number, found.issued, found.period) == (None, None, None)


def test_the_appendix_can_carry_number_date_and_issuer():
    found = heading(
        "Số: /KH-UBND",
        "KẾ HOẠCH",
        "Rà soát hồ sơ năm 2025",
        "I. MỤC ĐÍCH",
        "a) Thực hiện Phụ lục kèm theo Kế hoạch số 21/KH-UBND ngày 12/8/2024.",
        "(Ban hành kèm theo Kế hoạch số 175/KH-UBND ngày 17/02/2025 của Ủy ban nhân dân xã Gio Sơn)",
    )
    assert (found.number, found.issued) == ("175/KH-UBND", date(2025, 2, 17))
    assert found.issuer == "Ủy ban nhân dân xã Gio Sơn"


def test_numbers_that_differ_are_reported():
    found = read_heading(
        [
            "(Kèm theo Kế hoạch số 96 /KH-UBND ngày 28/4/2023)",
            "(Kèm theo Kế hoạch số 96/KH-X/UBND ngày 28/4/2023)",
        ]
    )
    assert found.heading.number == "96/KH-UBND"
    assert found.warnings == ("Số văn bản được ghi khác nhau: 96/KH-UBND; 96/KH-X/UBND.",)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Số: 97/NQ-CP Hà Nội, ngày 06 tháng 4 năm 2026", "97/NQ-CP"),
        ("Số 23-KH/HU", "23-KH/HU"),
        ("Số: 12/2026/QĐ-UBND", "12/2026/QĐ-UBND"),
        ("Số: 4/KH-UBND-VX", "4/KH-UBND-VX"),
        ("CÔNG BÁO/Số 238/Ngày 21-04-2026", None),
        ("Căn cứ Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021;", None),
    ],
)
def test_numbers_of_every_kind_of_document(line, number):
    assert heading(line, "KẾ HOẠCH", "Rà soát").number == number


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Phổ biến pháp luật năm 2026", ("2026-01-01", "2026-12-31")),
        ("Chuyển đổi số giai đoạn 2025 - 2030", ("2025-01-01", "2030-12-31")),
        ("Chương trình giai đoạn 2021-2030 trong năm 2026", ("2026-01-01", "2026-12-31")),
        ("Đào tạo nhân lực đến năm 2030", ("2026-02-17", "2030-12-31")),
        ("Thực hiện Nghị quyết số 66-NQ/TW ngày 30 tháng 4 năm 2025", None),
    ],
)
def test_the_period_is_read_out_of_the_title(title, period):
    found = heading("Hà Nội, ngày 17 tháng 02 năm 2026", "KẾ HOẠCH", title).period
    assert (found and tuple(day.isoformat() for day in found)) == period


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (("UBND TỈNH SƠN HẢI", "SỞ VĂN HÓA, THỂ THAO", "VÀ DU LỊCH"), "Sở Văn hóa, Thể thao và Du lịch"),
        (("UBND PHƯỜNG AN KHÊ",), "UBND phường An Khê"),
        (("UBND XÃ BÌNH MINH", "TRẠM Y TẾ"), "Trạm Y tế"),
        (("UBND PHƯỜNG AN HÒA", "TRƯỜNG TIỂU HỌC AN HÒA"), "Trường Tiểu học An Hòa"),
        (("TỈNH ỦY LẠC VIÊN",), "Tỉnh ủy Lạc Viên"),
        (("VĂN PHÒNG", "ỦY BAN NHÂN DÂN TỈNH"), "Văn phòng Ủy ban nhân dân tỉnh"),
        (("CHI CỤC THỐNG KÊ TỈNH LẠC VIÊN",), "Chi cục Thống kê tỉnh Lạc Viên"),
        (("CHÍNH PHỦ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), "Chính phủ"),
        ((), ""),
    ],
)
def test_the_issuer_is_written_as_in_running_text(lines, issuer):
    assert heading(*lines, "KẾ HOẠCH", "Rà soát năm 2026").issuer == issuer


def test_what_a_plan_is_based_on_is_neither_its_issuer_nor_left_out():
    found = heading(
        "KẾ HOẠCH",
        "Nâng cao chất lượng dịch vụ công",
        "",
        "Căn cứ Quyết định số 1565/QĐ-TTg ngày 18/7/2025 của Thủ tướng Chính phủ ban hành Kế hoạch dịch vụ "
        "công; Ủy ban nhân dân xã Đăk Rve ban hành Kế hoạch dịch vụ công của xã như sau:",
    )
    assert found.issuer == "Ủy ban nhân dân xã Đăk Rve"
    assert found.basis == (
        "Căn cứ Quyết định số 1565/QĐ-TTg ngày 18/7/2025 của Thủ tướng Chính phủ "
        "ban hành Kế hoạch dịch vụ công",
    )


def test_two_columns_read_across_name_the_issuer_all_the_same():
    found = heading(
        "ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "XÃ HÒA PHONG                Độc lập - Tự do - Hạnh phúc",
        "Số: 31/KH-UBND              Hòa Phong, ngày 05 tháng 02 năm 2026",
    )
    assert (found.issuer, found.number) == ("Ủy ban nhân dân xã Hòa Phong", "31/KH-UBND")


def test_a_number_after_a_line_in_small_letters_is_the_documents_own():
    assert heading("Độc lập - Tự do - Hạnh phúc Số: 96/KH-UBND").number == "96/KH-UBND"
    assert heading("thực hiện Nghị quyết số 57-NQ/TW").number is None


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (("ĐẢNG BỘ XÃ ĐẠI AN", "BAN CHẤP HÀNH", "*"), "Ban Chấp hành Đảng bộ xã Đại An"),
        (("ỦY BAN MTTQ VIỆT NAM XÃ HÒA PHONG",), "Ủy ban MTTQ Việt Nam xã Hòa Phong"),
        (("HỘI ĐỒNG NHÂN DÂN", "TỈNH LẠC VIÊN"), "Hội đồng nhân dân tỉnh Lạc Viên"),
        (("SỞ CÔNG THƯƠNG",), "Sở Công Thương"),
        (
            ("BỆNH VIỆN ĐA KHOA KHU VỰC NAM SÔNG", "Số: 2/KH-BV", "Nam Sông, ngày 27 tháng 01 năm 2026"),
            "Bệnh viện Đa khoa khu vực Nam Sông",
        ),
    ],
)
def test_an_issuer_printed_in_capitals_is_written_as_it_is_spoken(lines, issuer):
    assert heading(*lines).issuer == issuer


def test_an_appendix_alone_gives_its_own_title():
    found = heading(
        "PHỤ LỤC I",
        "Danh mục nhiệm vụ cải cách hành chính năm 2026",
        "(Kèm theo Kế hoạch số 96/KH-UBND ngày 06/02/2026 của Ủy ban nhân dân tỉnh Lạc Viên)",
    )
    assert found.title == "Danh mục nhiệm vụ cải cách hành chính năm 2026"
    assert (found.number, found.issued) == ("96/KH-UBND", date(2026, 2, 6))
    assert found.period == (date(2026, 1, 1), date(2026, 12, 31))
