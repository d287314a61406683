"""Duties in prose: whose they are, and what became of the other paragraphs."""

from tracker.plans.duties import AIM, CLOSES, INTRODUCES, NO_UNIT, find_duties


def find(make_document, *paragraphs):
    return find_duties(make_document(*paragraphs).paragraphs())


def said(found):
    return [(duty.no, duty.units, duty.text) for duty in found.duties]


def fates(found):
    return [(line.fate, line.reason) for line in found.ledger]


def test_units_named_as_headings_lead_what_stands_below_them(make_document):
    found = find(
        make_document,
        "III. TỔ CHỨC THỰC HIỆN",
        "1. Phòng Kinh tế",
        "a) Rà soát quy hoạch.",
        "b) Tham mưu bố trí vốn.",
        "2. Công an xã: Bảo đảm an ninh, trật tự.",
    )
    assert said(found) == [
        ("1.a", ("Phòng Kinh tế",), "Rà soát quy hoạch."),
        ("1.b", ("Phòng Kinh tế",), "Tham mưu bố trí vốn."),
        ("2", ("Công an xã",), "Bảo đảm an ninh, trật tự."),
    ]
    assert [fate for fate, _ in fates(found)] == ["group", "group", "task", "task", "task"]


def test_paragraphs_without_numbers_are_duties_of_the_unit_above_them(make_document):
    found = find(
        make_document,
        "IV. TỔ CHỨC THỰC HIỆN",
        "Để triển khai hiệu quả, Ủy ban nhân dân xã phân công nhiệm vụ như sau:",
        "1. Trạm Y tế",
        "Tổ chức khám sức khỏe cho người cao tuổi trên địa bàn toàn xã theo số lượng hồ",
        "SKĐT đã lập.",
        "Hỗ trợ cập nhật dữ liệu.",
        "Trên đây là Kế hoạch năm 2026./.",
    )
    assert [text for _, _, text in said(found)] == [
        "Tổ chức khám sức khỏe cho người cao tuổi trên địa bàn toàn xã theo số lượng hồ SKĐT đã lập.",
        "Hỗ trợ cập nhật dữ liệu.",
    ]
    assert fates(found) == [
        ("group", ""),
        ("ignored", INTRODUCES),
        ("group", ""),
        ("task", ""),
        ("continuation", ""),
        ("task", ""),
        ("ignored", CLOSES),
    ]


def test_details_under_a_duty_belong_to_it(make_document):
    found = find(
        make_document,
        "II. NHIỆM VỤ, GIẢI PHÁP",
        "1. Về truyền thông",
        "Các thôn tăng cường tuyên truyền, cụ thể:",
        "- Phát loa mỗi sáng.",
        "- Treo pa-nô tại nhà văn hóa.",
        "b) Thời gian thực hiện: Quý II/2026.",
    )
    assert [duty.time for duty in found.duties] == ["Quý II/2026"]
    assert found.duties[0].text.endswith("Phát loa mỗi sáng. - Treo pa-nô tại nhà văn hóa.")


def test_what_names_no_unit_is_left_out_with_that_reason(make_document):
    found = find(
        make_document,
        "II. NHIỆM VỤ",
        "1. Mục tiêu",
        "- Công an xã tiếp nhận 100% hồ sơ.",
        "2. Nhiệm vụ chung",
        "a) Rà soát toàn bộ hồ sơ.",
    )
    assert not found.duties
    assert fates(found) == [
        ("group", ""),
        ("group", ""),
        ("ignored", AIM),
        ("group", ""),
        ("ignored", NO_UNIT),
    ]


def test_a_heading_of_the_same_level_ends_what_a_unit_leads(make_document):
    found = find(
        make_document,
        "II. NHIỆM VỤ, GIẢI PHÁP",
        "1. Hoàn thiện thể chế",
        "a) Các bộ, cơ quan ngang bộ",
        "- Rà soát văn bản.",
        "2. Kiểm tra, giám sát",
        "- Kiểm tra đột xuất.",
    )
    assert said(found) == [("1.1", ("Các bộ, cơ quan ngang bộ",), "Rà soát văn bản.")]


def test_other_parts_are_not_looked_at(make_document):
    found = find(
        make_document, "I. MỤC ĐÍCH, YÊU CẦU", "1. Phòng Nội vụ rà soát.", "Nơi nhận:", "- Công an xã;"
    )
    assert not found.ledger


def test_the_prose_of_an_appendix_holds_no_duties(make_document):
    found = find(
        make_document,
        "PHỤ LỤC 1",
        "DANH MỤC NHIỆM VỤ",
        "III. TỔ CHỨC THỰC HIỆN",
        "1. Công an xã",
        "Tuần tra.",
    )
    assert not found.duties
