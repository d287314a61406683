"""What a document says in words to change in tasks of the plan it amends."""

from datetime import date

import pytest

from tracker.deadlines.grammar import read_deadline
from tracker.deadlines.meaning import Context
from tracker.plans.amending import Aspect, Side
from tracker.plans.mendings import find_mendings, mend, names_in

CONTEXT = Context(date(2026, 7, 1), date(2026, 1, 1), date(2026, 12, 31))
UNITS = {"Phòng Kinh tế": 1, "Phòng Nội vụ": 2, "Công an xã": 3}


def side(key, no, title, wording="Quý II/2026", group_no="I", **fields):
    known = {"leads": (1,), "deliverables": (("Báo cáo",),)}
    milestones = read_deadline(wording, CONTEXT).milestones
    return Side(
        key, no, "Nhóm", title, group_no=group_no, wording=wording, milestones=milestones, **known | fields
    )


TASKS = [
    side("10", "1", "Ban hành quy chế làm việc của Phòng Kinh tế"),
    side("11", "5", "Tổ chức ngày hội chuyển đổi số", helpers=(2,)),
    side("12", "3", "Lắp đặt camera an ninh", group_no="II"),
    side("13", "3", "Đào tạo cán bộ thôn về kỹ năng số", group_no="III", leads=(3,)),
]


@pytest.fixture
def mended(make_document):
    """The tasks that sentences change: key, aspects, and whether it is sure."""

    def mended(*texts):
        mendings = tuple(find_mendings(make_document(*texts).paragraphs()))
        return list(mend(TASKS, mendings, CONTEXT, lambda name: (UNITS[name],) if name in UNITS else ()))

    return mended


def told(found):
    return [(one.change.old.key, list(one.change.aspects), one.sure) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "1. Điều chỉnh thời gian nhiệm vụ số 5 tại Phụ lục I từ “Quý II/2026” thành “Quý III/2026”.",
        "Điều chỉnh thời hạn hoàn thành của nhiệm vụ số 5 từ Quý II/2026 sang Quý III/2026.",
        "Gia hạn thời gian nhiệm vụ “Tổ chức ngày hội chuyển đổi số” đến Quý III/2026.",
        'Sửa đổi tiến độ thực hiện đối với nhiệm vụ thứ 5 mục I như sau: "Quý III/2026".',
    ],
)
def test_a_deadline_is_changed_in_words(mended, text):
    (found,) = mended(text)
    assert told([found]) == [("11", [Aspect.DEADLINE], True)]
    assert [f"{one.due}" for one in found.change.new.milestones] == ["2026-09-30"]
    assert found.change.new.wording == "Quý III/2026"


def test_a_deadline_that_was_another_is_for_a_person_to_look_at(mended):
    text = "Điều chỉnh thời hạn nhiệm vụ số 5 từ “Quý I/2026” thành “Quý III/2026”."
    assert told(mended(text)) == [("11", [Aspect.DEADLINE], False)]


def test_a_number_that_several_tasks_bear_is_for_a_person_to_look_at(mended):
    text = "Điều chỉnh thời hạn nhiệm vụ số 3 thành “Quý III/2026”."
    assert told(mended(text)) == [("12", [Aspect.DEADLINE], False), ("13", [Aspect.DEADLINE], False)]


@pytest.mark.parametrize(
    "texts",
    [
        ("Sửa đổi nhiệm vụ thứ 3 mục II như sau: “3. Lắp đặt camera tại chợ. Thời gian: Quý IV/2026”.",),
        ("Sửa đổi nhiệm vụ thứ 3 mục II như sau:", "“3. Lắp đặt camera tại chợ. Thời gian: Quý IV/2026”"),
    ],
)
def test_a_task_is_said_anew(mended, texts):
    (found,) = mended(*texts)
    assert told([found]) == [("12", [Aspect.TITLE, Aspect.DEADLINE], True)]
    assert found.change.new.title == "Lắp đặt camera tại chợ"
    assert [f"{one.due}" for one in found.change.new.milestones] == ["2026-12-31"]


def test_another_unit_leads(mended):
    (found,) = mended(
        "Điều chỉnh đơn vị chủ trì thực hiện nhiệm vụ số 5 từ “Phòng Kinh tế” thành “Công an xã”."
    )
    assert told([found]) == [("11", [Aspect.LEAD], True)]
    assert found.change.new.leads == (3,)


def test_words_are_put_in_place_of_others_wherever_they_stand(mended):
    found = mended("Thay thế cụm từ “Phòng Kinh tế” bằng cụm từ “Phòng Nội vụ” tại Kế hoạch số 1.")
    assert told(found) == [
        ("10", [Aspect.TITLE, Aspect.LEAD], True),
        ("11", [Aspect.LEAD, Aspect.COORDINATING], True),
        ("12", [Aspect.LEAD], True),
    ]
    assert found[0].change.new.title == "Ban hành quy chế làm việc của Phòng Nội vụ"
    assert (found[1].change.new.leads, found[1].change.new.helpers) == ((2,), ())


def test_words_of_one_task_or_of_another_place_are_told_apart(mended):
    assert told(mended("Thay cụm từ “camera” bằng “máy ảnh” tại nhiệm vụ số 3 mục II.")) == [
        ("12", [Aspect.TITLE], True)
    ]
    assert told(mended("Thay cụm từ “Quý II/2026” thành “tháng 8/2026” tại điểm a khoản 2 mục III.")) == [
        (key, [Aspect.DEADLINE], False) for key in ("10", "11", "12", "13")
    ]


def test_several_sentences_about_one_task_make_one_change(mended):
    (found,) = mended(
        "Điều chỉnh thời hạn nhiệm vụ số 5 thành “Quý III/2026”.",
        "Thay cụm từ “ngày hội” bằng “tuần lễ” tại nhiệm vụ số 5.",
    )
    assert told([found]) == [("11", [Aspect.TITLE, Aspect.DEADLINE], True)]
    assert len(found.texts) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Điều chỉnh Quyết định số 12/QĐ-UBND.",
        "Thực hiện nhiệm vụ số 5 trong Quý III/2026.",
        "Sửa đổi, bổ sung một số nhiệm vụ của Kế hoạch.",
        "Rà soát, điều chỉnh thời gian thực hiện cho phù hợp.",
    ],
)
def test_what_changes_no_task_is_left_alone(mended, text):
    assert mended(text) == []


def test_the_names_of_units_are_given_to_be_matched(make_document):
    text = "Thay cụm từ “Phòng Kinh tế” bằng “Phòng Nội vụ”. Thay cụm từ “Quý I” bằng “Quý II”."
    assert names_in(find_mendings(make_document(text).paragraphs())) == ["Phòng Kinh tế", "Phòng Nội vụ"]
