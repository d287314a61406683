"""Whom a phrase names: what was answered outranks what is known."""

import pytest

from tracker.plans.answers import PhraseAnswer
from tracker.plans.matching import Catalogue, Known
from tracker.plans.naming import Directory, name_phrases, names_several, other_writings
from tracker.plans.spelling import name_key

CATALOGUE = Catalogue(
    units=(Known(1, "Phòng Kinh tế"), Known(2, "Bộ phận Văn hóa - Thông tin"), Known(3, "Thôn Nà Lìn")),
    groups=(Known(7, "Các thôn"),),
)
DIRECTORY = Directory(
    units={1: "Phòng Kinh tế", 2: "Bộ phận Văn hóa - Thông tin", 3: "Thôn Nà Lìn"},
    groups={7: "Các thôn"},
    members={7: (3,)},
    near=frozenset({1, 2, 3}),
)


def name(phrase, **answers):
    return name_phrases([phrase], answers, CATALOGUE, DIRECTORY)[phrase]


def test_a_known_name_is_taken_and_a_close_one_waits_for_a_person():
    assert (name("Phòng Kinh tế").units, name("Phòng Kinh tế").close) == ((1,), False)
    close = name("Pộ phận VHTT")
    assert (close.units, close.name, close.close) == ((2,), "Bộ phận Văn hóa - Thông tin", True)


def test_a_group_stands_for_its_members():
    assert name("Các thôn").everyone == (3,)


def test_an_open_phrase_names_nobody_and_is_not_unknown():
    phrase = name("các cơ quan liên quan")
    assert (phrase.open, phrase.everyone, phrase.unknown) == (True, (), False)


@pytest.mark.parametrize(
    ("answer", "everyone", "unknown"),
    [
        (PhraseAnswer(units=(1,), groups=(7,)), (1, 3), False),
        (PhraseAnswer(open=True), (), False),
        (PhraseAnswer(dropped=True), (), False),
        (PhraseAnswer(units=(99,)), (), True),
    ],
)
def test_an_answer_outranks_the_catalogue_and_a_unit_that_is_gone_names_nobody(answer, everyone, unknown):
    named = name_phrases(["Phòng Kinh tế"], {"phong kinh te": answer}, CATALOGUE, DIRECTORY)["Phòng Kinh tế"]
    assert (named.everyone, named.unknown) == (everyone, unknown)


@pytest.mark.parametrize("phrase", ["Các thôn", "UBND cấp xã", "UBND các xã, phường", "các tổ chức đoàn thể"])
def test_a_phrase_for_several_reads_like_a_group(phrase):
    assert names_several(phrase)


@pytest.mark.parametrize("phrase", ["Phòng Kinh tế", "Hội Nông dân xã", "Trung tâm Phục vụ hành chính công"])
def test_the_name_of_one_unit_does_not(phrase):
    assert not names_several(phrase)


@pytest.mark.parametrize("phrase", ["UBND tỉnh, thành phố trực thuộc trung ương", "UBND xã, phường"])
def test_places_of_several_ranks_are_several(phrase):
    assert names_several(phrase)


@pytest.mark.parametrize(
    "phrase",
    ["Ban Quản lý KKT Dung Quất và các KCN Quảng Ngãi", "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh"],
)
def test_one_body_may_speak_of_several_in_its_name(phrase):
    assert not names_several(phrase)


def test_shorter_writings_of_a_name_are_known_among_names_that_are_all_new():
    office = "Văn phòng HĐND và UBND xã"
    phrases = [
        *("VP HĐND&UBND xã", "Văn Phòng HĐND và UBND", office, "UBMT", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
        *("Công an xã", "Công an huyện", "Công an", "UBND xã Bình Thanh", "UBND xã Bình Thạnh"),
    ]
    assert other_writings(phrases) == {
        "VP HĐND&UBND xã": office,
        "Văn Phòng HĐND và UBND": office,
        "UBMT": "Ủy ban Mặt trận Tổ quốc Việt Nam",
    }


def test_an_answer_holds_for_a_name_however_it_is_spelt_but_not_for_the_neighbour_of_other_marks():
    answers = {
        name_key("Phòng Văn hoá"): PhraseAnswer(units=(1,)),
        name_key("Xã An Hoà"): PhraseAnswer(open=True),
    }
    assert name("phòng Văn hóa", **answers).units == (1,)
    assert name("xã An Hòa", **answers).open
    assert name("xã An Hóa", **answers).unknown
