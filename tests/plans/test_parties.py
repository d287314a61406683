"""A cell of parties is split into phrases, and no name is torn."""

import pytest

from tracker.plans.parties import is_open, read_roles, split

CELLS = [
    ("Sở Nội vụ", ["Sở Nội vụ"]),
    ("Văn phòng HĐND và UBND huyện", ["Văn phòng HĐND và UBND huyện"]),
    (
        "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện, Phòng Nội vụ",
        ["Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện", "Phòng Nội vụ"],
    ),
    ("VP HĐND&UBND xã, Công an xã", ["VP HĐND&UBND xã", "Công an xã"]),
    (
        "Sở Văn hóa, Thể thao và Du lịch, Sở Nông nghiệp và Môi trường",
        ["Sở Văn hóa, Thể thao và Du lịch", "Sở Nông nghiệp và Môi trường"],
    ),
    ("Phòng Lao động - Thương binh và Xã hội", ["Phòng Lao động - Thương binh và Xã hội"]),
    ("Phòng Văn hóa - Xã hội; Phòng Kinh tế.", ["Phòng Văn hóa - Xã hội", "Phòng Kinh tế"]),
    ("Đài Phát thanh và Truyền hình, Báo tỉnh", ["Đài Phát thanh và Truyền hình", "Báo tỉnh"]),
    ("Trưởng Công an xã và Ban Chỉ huy Quân sự xã", ["Trưởng Công an xã", "Ban Chỉ huy Quân sự xã"]),
    ("UBND huyện, cấp xã", ["UBND huyện", "UBND cấp xã"]),
    ("Công an cấp huyện, cấp xã", ["Công an cấp huyện", "Công an cấp xã"]),
    ("Công an, Quân sự xã", ["Công an", "Quân sự xã"]),
    ("Đề nghị UBMTTQ Việt Nam và các đoàn thể", ["UBMTTQ Việt Nam", "các đoàn thể"]),
    ("Sở: Tài chính, Nội vụ", ["Sở Tài chính", "Sở Nội vụ"]),
    ("Hội Phụ nữ, Nông dân, Cựu chiến binh", ["Hội Phụ nữ", "Hội Nông dân", "Hội Cựu chiến binh"]),
    (
        "Công chức Tư pháp - Hộ tịch, Văn hóa - Xã hội",
        ["Công chức Tư pháp - Hộ tịch", "Công chức Văn hóa - Xã hội"],
    ),
    ("Các ông (bà): Chánh Văn phòng, Trưởng phòng Kinh tế", ["Chánh Văn phòng", "Trưởng phòng Kinh tế"]),
    ("Văn phòng, Phòng Kinh tế", ["Văn phòng", "Phòng Kinh tế"]),
    ("VP HĐND-UBND, P.VHXH, BĐBP tỉnh", ["VP HĐND-UBND", "P.VHXH", "BĐBP tỉnh"]),
    ("Thường trực HĐND và đại biểu HĐND xã", ["Thường trực HĐND", "đại biểu HĐND xã"]),
    ("UBND các huyện, thị xã, thành phố", ["UBND các huyện, thị xã, thành phố"]),
    ("UBND tỉnh, thành phố", ["UBND tỉnh, thành phố"]),
    (
        "Các sở, ban, ngành; UBND các xã, phường, đặc khu",
        ["Các sở, ban, ngành", "UBND các xã, phường, đặc khu"],
    ),
    ("Các sở, ban, ngành, UBND các xã", ["Các sở, ban, ngành", "UBND các xã"]),
    ("Phòng Tài chính và các cơ quan liên quan", ["Phòng Tài chính", "các cơ quan liên quan"]),
    ("Sở Tài chính và đơn vị liên quan", ["Sở Tài chính", "đơn vị liên quan"]),
    ("Các bộ, ngành và cơ quan, tổ chức liên quan", ["Các bộ, ngành và cơ quan, tổ chức liên quan"]),
    (
        "Cơ quan, tổ chức và doanh nghiệp có liên quan",
        ["Cơ quan, tổ chức và doanh nghiệp có liên quan"],
    ),
    ("Bưu điện tỉnh, bưu điện cấp huyện", ["Bưu điện tỉnh", "bưu điện cấp huyện"]),
    ("Đảng ủy, HĐND, UBND, UBMTTQ xã", ["Đảng ủy", "HĐND", "UBND", "UBMTTQ xã"]),
    ("- Phòng Nội vụ\n- Công an xã", ["Phòng Nội vụ", "Công an xã"]),
    (
        "- Các thôn\n- các tổ chức chính trị - xã hội",
        ["Các thôn", "các tổ chức chính trị - xã hội"],
    ),
    ("1. Phòng Nội vụ; 2. Công an xã", ["Phòng Nội vụ", "Công an xã"]),
    ("Sở Y tế (cơ quan thường trực), Sở Tài chính", ["Sở Y tế", "Sở Tài chính"]),
    (
        "Các sở: Tài chính, Nội vụ, Văn hóa, Thể thao và Du lịch; UBND xã",
        ["Sở Tài chính", "Sở Nội vụ", "Sở Văn hóa, Thể thao và Du lịch", "UBND xã"],
    ),
    ("Công an xã, phòng Nội vụ", ["Công an xã", "phòng Nội vụ"]),
    ("Phòng Nội vụ; phòng Nội vụ", ["Phòng Nội vụ"]),
    ("P. VH-XH, CA xã", ["P. VH-XH", "CA xã"]),
    ("-", []),
    ("", []),
    ("Không", []),
]
BROKEN_BY_WIDTH = [
    (
        "Bộ Ngoại giao\nBộ Công Thương Cơ quan, tổ chức liên quan",
        ["Bộ Ngoại giao", "Bộ Công Thương", "Cơ quan, tổ chức liên quan"],
    ),
    (
        "Bộ Khoa học và\nCông nghệ\nCơ quan, tổ chức\nliên quan",
        ["Bộ Khoa học và Công nghệ", "Cơ quan, tổ chức liên quan"],
    ),
    ("Văn phòng HĐND\nvà UBND huyện, Phòng Nội vụ", ["Văn phòng HĐND và UBND huyện", "Phòng Nội vụ"]),
    ("Văn phòng\nUBND tỉnh\nSở Y tế", ["Văn phòng UBND tỉnh", "Sở Y tế"]),
    ("Các phòng thuộc\nUBND xã", ["Các phòng thuộc UBND xã"]),
    ("Ủy ban Mặt trận\nTổ quốc Việt Nam", ["Ủy ban Mặt trận Tổ quốc Việt Nam"]),
    ("Ủy\nban\nnhân dân các\ntỉnh, thành\nphố", ["Ủy ban nhân dân các tỉnh, thành phố"]),
    ("Bộ Tư pháp (về\nthủ tục)\nBộ Tài chính (về\nđầu tư)", ["Bộ Tư pháp", "Bộ Tài chính"]),
]


@pytest.mark.parametrize(("cell", "phrases"), CELLS + BROKEN_BY_WIDTH)
def test_a_cell_is_split_into_whole_names(cell, phrases):
    assert list(split(cell)) == phrases


@pytest.mark.parametrize(
    ("cell", "lead", "coordinating"),
    [
        (
            "Chủ trì: Phòng Nội vụ; Phối hợp: Công an xã, các thôn",
            ["Phòng Nội vụ"],
            ["Công an xã", "các thôn"],
        ),
        ("Phòng Nội vụ (chủ trì), Công an xã (phối hợp)", ["Phòng Nội vụ"], ["Công an xã"]),
        ("Phòng Nội vụ chủ trì, phối hợp với Công an xã", ["Phòng Nội vụ"], ["Công an xã"]),
        ("Cơ quan chủ trì: Sở Y tế\nCơ quan phối hợp: Sở Tài chính", ["Sở Y tế"], ["Sở Tài chính"]),
        ("Phòng Nội vụ", ["Phòng Nội vụ"], []),
    ],
)
def test_one_cell_can_say_who_leads_and_who_helps(cell, lead, coordinating):
    roles = read_roles(cell)
    assert (roles.lead, roles.coordinating) == (lead, coordinating)


def test_a_cell_of_the_helping_column_names_helpers():
    assert read_roles("Công an xã", default="coordinating").coordinating == ["Công an xã"]


@pytest.mark.parametrize(
    "phrase", ["các cơ quan liên quan", "đơn vị có liên quan", "các cơ quan, đơn vị", "các đơn vị khác"]
)
def test_an_open_group_names_nobody(phrase):
    assert is_open(phrase)


@pytest.mark.parametrize("phrase", ["UBND cấp xã", "Các sở, ban, ngành", "Các cơ quan thuộc UBND huyện"])
def test_a_named_group_is_not_open(phrase):
    assert not is_open(phrase)


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Phòng Nội vụ, Tài chính - Kế hoạch", ("Phòng Nội vụ", "Phòng Tài chính - Kế hoạch")),
        (
            "Công an xã; các phòng Kinh tế, Văn hóa - Xã hội",
            ("Công an xã", "Phòng Kinh tế", "Phòng Văn hóa - Xã hội"),
        ),
        ("Sở Nội vụ, Tài chính và Tư pháp", ("Sở Nội vụ", "Sở Tài chính", "Sở Tư pháp")),
        ("Phòng Kinh tế, Hạ tầng và Đô thị", ("Phòng Kinh tế, Hạ tầng và Đô thị",)),
        ("Phòng Văn hóa, Khoa học và Thông tin", ("Phòng Văn hóa, Khoa học và Thông tin",)),
    ],
)
def test_one_head_can_stand_for_several_bodies(text, phrases):
    assert split(text) == phrases
