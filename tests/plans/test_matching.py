"""Phrases held against a catalogue of units and groups."""

import pytest

from tracker.plans.matching import Catalogue, Known, Learnt, match
from tracker.plans.spelling import name_key

UNITS = (
    Known(1, "UBND xã Gia Lộc"),
    Known(2, "Bộ phận Văn hóa - Thông tin", parent=1),
    Known(3, "Văn phòng HĐND và UBND xã Gia Lộc", parent=1),
    Known(4, "Phòng Tài chính - Kế hoạch", ("Phòng Ngân sách",), parent=1),
    Known(5, "Bộ phận Tiếp nhận và Trả kết quả", parent=1),
    Known(6, "Ủy ban Mặt trận Tổ quốc Việt Nam xã", parent=1),
    Known(7, "Công an xã Gia Lộc", parent=1),
    Known(8, "UBND xã Tân Lập"),
    Known(9, "Công an xã Tân Lập", parent=8),
    Known(10, "Phòng Lao động - Thương binh và Xã hội", parent=1),
    Known(11, "UBND xã Bình Thanh"),
    Known(12, "UBND xã Bình Thạnh"),
    Known(13, "Trường Tiểu học số 1"),
    Known(14, "Trường Tiểu học số 2"),
)
GROUPS = (Known(1, "UBND cấp xã"), Known(2, "UBND cấp huyện"), Known(3, "Các sở, ban, ngành"))
CATALOGUE = Catalogue(UNITS, GROUPS, {"cac co quan lien quan": Learnt(units=(3, 7))}, near=1)


@pytest.mark.parametrize(
    ("phrase", "kind", "unit"),
    [
        ("UBND xã Gia Lộc", "exact", 1),
        ("Ủy ban nhân dân xã Gia Lộc", "exact", 1),
        ("Phòng Ngân sách", "alias", 4),
        ("Phòng TC-KH", "abbreviation", 4),
        ("Bộ phận VHTT", "abbreviation", 2),
        ("Bộ phận VH TT", "abbreviation", 2),
        ("Bộ phận TN&TKQ", "abbreviation", 5),
        ("VP HĐND&UBND xã", "abbreviation", 3),
        ("UBMT", "abbreviation", 6),
        ("Phòng LĐ-TB&XH", "abbreviation", 10),
        ("Công an xã", "exact", 7),
        ("Công an xã Tân Lập", "exact", 9),
        ("Pộ phận VHTT", "close", 2),
        ("Phòng Tài chính - Kê hoạch", "close", 4),
        ("UBND xã Bình Thạnh", "exact", 12),
        ("Trường Tiểu học số 2", "exact", 14),
        ("Chủ tịch UBND xã Gia Lộc", "exact", 1),
        ("Chánh Văn phòng HĐND và UBND xã Gia Lộc", "exact", 3),
        ("Trưởng phòng Tài chính - Kế hoạch", "exact", 4),
        ("Đồng chí Trưởng Công an xã", "exact", 7),
        ("Hiệu trưởng Trường Tiểu học số 1", "exact", 13),
    ],
)
def test_a_phrase_names_a_unit(phrase, kind, unit):
    found = match(phrase, CATALOGUE)
    assert (found.kind, found.units, found.groups) == (kind, (unit,), ())


@pytest.mark.parametrize(
    ("phrase", "groups"),
    [
        ("UBND cấp xã", (1,)),
        ("UBND các xã, phường, thị trấn", (1,)),
        ("UBND các huyện, thị xã, thành phố", (2,)),
        ("UBND các huyện, thành phố, xã, phường, thị trấn", (2, 1)),
        ("các sở, ban ngành", (3,)),
        ("Thủ trưởng các sở, ban, ngành", (3,)),
        ("Chủ tịch UBND các xã, phường", (1,)),
    ],
)
def test_a_phrase_names_one_group_or_several(phrase, groups):
    found = match(phrase, CATALOGUE)
    assert (found.kind, found.units, found.groups) == ("exact", (), groups)


@pytest.mark.parametrize(
    "phrase", ["Sở Y tế", "Giám đốc Sở Y tế", "Công an huyện", "Trường Tiểu học số 3", "Ban Dân vận", ""]
)
def test_what_is_not_known_matches_nothing(phrase):
    assert match(phrase, CATALOGUE).kind == "none"


def test_what_a_monitor_decided_is_remembered():
    assert match("Các cơ quan liên quan", CATALOGUE).units == (3, 7)


def test_of_two_units_that_fit_the_nearer_one_is_meant_and_none_where_they_are_equally_near():
    assert match("Công an xã", Catalogue(UNITS, near=8)).units == (9,)
    assert match("Công an xã", Catalogue(UNITS)).kind == "none"


def test_a_group_misspelt_is_close():
    found = match("UBNB cấp xã", CATALOGUE)
    assert (found.kind, found.groups) == ("close", (1,))


def test_a_name_of_another_level_is_not_close():
    assert match("UBND thành phố Lạc Viên", Catalogue((Known(1, "UBND tỉnh Lạc Viên"),))).kind == "none"


def test_a_unit_of_just_that_name_is_meant_though_a_longer_name_would_fit_as_well():
    units = (Known(1, "Văn phòng HĐND và UBND xã"), Known(2, "Văn Phòng HĐND và UBND"), Known(3, "UBMT"))
    units += (Known(4, "Ủy ban Mặt trận Tổ quốc Việt Nam"),)
    for unit in units:
        found = match(unit.name, Catalogue(units))
        assert (found.kind, found.units) == ("exact", (unit.id,))


@pytest.mark.parametrize("phrase", ["Sở Tài chính", "Sở Văn hóa, Thể thao và Du lịch", "Phòng Tài chính"])
def test_a_body_of_another_kind_is_no_misspelling(phrase):
    known = (Known(1, "Bộ Tài chính"), Known(2, "Bộ Văn hóa, Thể thao và Du lịch"))
    assert match(phrase, Catalogue(known)).kind == "none"


def test_what_was_decided_of_a_place_is_not_taken_for_its_neighbour_of_other_marks():
    learnt = {name_key("Xã Bình Thạnh"): Learnt(units=(12,))}
    catalogue = Catalogue(UNITS, GROUPS, learnt, near=1)
    assert match("xã Bình Thạnh", catalogue).units == (12,)
    assert match("xã Bình Thanh", catalogue).kind == "none"
