"""Duties in prose: whose they are, and what became of the other paragraphs."""

from tracker.plans.duties import AIM, CLOSES, INTRODUCES, NO_DUTY, NO_UNIT, find_duties


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


def test_lines_that_say_who_when_and_what_comes_of_it_make_a_duty_of_the_heading_above(make_document):
    found = find(
        make_document,
        "II. NHIỆM VỤ VÀ GIẢI PHÁP",
        "1. Tuyên truyền, phổ biến",
        "a) Nội dung: Phát thanh tại các thôn.",
        "b) Đơn vị chủ trì: Phòng Văn hóa - Xã hội.",
        "c) Đơn vị phối hợp: Công an xã, các thôn.",
        "d) Thời gian thực hiện: Quý II/2026.",
        "đ) Sản phẩm: Báo cáo kết quả phát thanh.",
        "2. Rà soát thủ tục",
        "- Thời hạn hoàn thành: Trước ngày 30/9/2026.",
        "- Cơ quan chủ trì: Văn phòng HĐND và UBND; phối hợp: Phòng Kinh tế.",
    )
    assert said(found) == [
        ("1", ("Phòng Văn hóa - Xã hội",), "Phát thanh tại các thôn."),
        ("2", ("Văn phòng HĐND và UBND",), "Rà soát thủ tục"),
    ]
    assert [(duty.helpers, duty.time, duty.product) for duty in found.duties] == [
        (("Công an xã", "các thôn"), "Quý II/2026", "Báo cáo kết quả phát thanh."),
        (("Phòng Kinh tế",), "Trước ngày 30/9/2026", ""),
    ]
    assert [fate for fate, _ in fates(found)] == [
        *["group", "task", *["continuation"] * 5],
        *["task", *["continuation"] * 2],
    ]


def test_each_line_that_says_who_leads_takes_the_sentence_above_it(make_document):
    found = find(
        make_document,
        "II. NHIỆM VỤ",
        "1. Hoàn thiện thể chế",
        "a) Rà soát văn bản.",
        "Cơ quan chủ trì: Phòng Tư pháp.",
        "Thời gian: Tháng 5/2026.",
        "b) Sửa đổi quy chế.",
        "Thời gian: Tháng 9/2026.",
        "Cơ quan chủ trì: Phòng Nội vụ.",
    )
    assert [(duty.no, duty.units, duty.text, duty.time) for duty in found.duties] == [
        ("1.a", ("Phòng Tư pháp",), "Rà soát văn bản.", "Tháng 5/2026"),
        ("1.b", ("Phòng Nội vụ",), "Sửa đổi quy chế.", "Tháng 9/2026"),
    ]


def test_a_time_that_nothing_takes_is_left_out_with_a_reason(make_document):
    found = find(make_document, "II. NHIỆM VỤ", "1. Rà soát", "Thời gian: Quý I/2026.")
    assert not found.duties
    assert fates(found)[-1] == ("ignored", NO_DUTY)


def test_a_unit_can_be_named_with_what_it_answers_for(make_document):
    found = find(
        make_document,
        "III. TỔ CHỨC THỰC HIỆN",
        "1. Phòng Nội vụ là cơ quan thường trực, có trách nhiệm:",
        "- Theo dõi, đôn đốc.",
        "- Báo cáo trước ngày 15/12/2026.",
        "2. Thanh tra tỉnh thành lập đoàn thanh tra.",
    )
    assert said(found) == [
        ("1.1", ("Phòng Nội vụ",), "Theo dõi, đôn đốc."),
        ("1.2", ("Phòng Nội vụ",), "Báo cáo trước ngày 15/12/2026."),
        ("2", ("Thanh tra tỉnh",), "Thanh tra tỉnh thành lập đoàn thanh tra."),
    ]


def test_a_parenthesis_says_whose_a_duty_is_and_by_when(make_document):
    found = find(
        make_document,
        "II. NHIỆM VỤ",
        "1. Cải cách thể chế",
        "- Rà soát văn bản (Phòng Tư pháp chủ trì, phối hợp với Công an xã; hoàn thành trong Quý II/2026).",
        "- Xây dựng quy chế (Chủ trì: Văn phòng; thời hạn: Quý III/2026; sản phẩm: Quyết định).",
        "2. Cải cách thủ tục (do Văn phòng HĐND và UBND chủ trì)",
        "a) Công khai thủ tục hành chính.",
        "b) Số hóa hồ sơ (Phòng Kinh tế thực hiện, thường xuyên).",
        "3. Kiểm tra (không quá 02 lần/năm) tại các thôn.",
    )
    assert [
        (duty.no, duty.units, duty.helpers, duty.time, duty.product, duty.text) for duty in found.duties
    ] == [
        ("1.1", ("Phòng Tư pháp",), ("Công an xã",), "hoàn thành trong Quý II/2026", "", "Rà soát văn bản."),
        ("1.2", ("Văn phòng",), (), "Quý III/2026", "Quyết định", "Xây dựng quy chế."),
        ("2", ("Văn phòng HĐND và UBND",), (), "", "", "Cải cách thủ tục"),
        ("2.a", ("Văn phòng HĐND và UBND",), (), "", "", "Công khai thủ tục hành chính."),
        ("2.b", ("Phòng Kinh tế",), (), "thường xuyên", "", "Số hóa hồ sơ."),
    ]
    assert fates(found)[-1] == ("ignored", NO_UNIT)
