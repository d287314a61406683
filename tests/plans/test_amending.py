"""Which tasks of a new issue are new, changed, the same or gone."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.deadlines.meaning import Kind, Milestone
from tracker.plans.amending import Aspect, Side, compare

JUNE = Milestone(Kind.BY, "30/6/2026", due=date(2026, 6, 30))
TITLES = (
    "Niêm yết công khai danh mục thủ tục hành chính",
    "Rà soát quy hoạch vùng chè của xã",
    "Tổ chức ngày hội chuyển đổi số",
    "Tập huấn kỹ năng số cho cán bộ thôn",
)


def side(number, title=None, **fields):
    known = {"leads": (1,), "wording": "30/6/2026", "milestones": (JUNE,), "deliverables": (("Báo cáo",),)}
    return Side(f"{number}", f"{number}", "I", title or TITLES[number - 1], **known | fields)


OLD = [side(number) for number in range(1, 5)]


def test_the_same_issue_again_differs_in_nothing():
    found = compare(OLD, OLD)
    assert (found.added, found.changed, found.gone) == ((), (), ())
    assert [one.new.key for one in found.same] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("fields", "aspect"),
    [
        ({"title": "Niêm yết công khai, đầy đủ danh mục thủ tục hành chính"}, Aspect.TITLE),
        ({"leads": (2,)}, Aspect.LEAD),
        ({"helpers": (3,)}, Aspect.COORDINATING),
        ({"open_helpers": ("các cơ quan liên quan",)}, Aspect.COORDINATING),
        ({"milestones": (replace(JUNE, due=date(2026, 9, 30)),)}, Aspect.DEADLINE),
        ({"deliverables": (("Báo cáo", "Biên bản"),)}, Aspect.DELIVERABLES),
    ],
)
def test_what_differs_is_named(fields, aspect):
    [change] = compare(OLD, [replace(OLD[0], **fields), *OLD[1:]]).changed
    assert change.old is OLD[0]
    assert change.aspects == (aspect,)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": TITLES[0].upper()},
        {"wording": "Trước 01/7/2026"},
        {"milestones": (replace(JUNE, text="đến hết tháng 6"),)},
        {"leads": (1,), "no": "9"},
    ],
)
def test_wording_number_and_capitals_make_no_change(fields):
    assert compare(OLD, [replace(OLD[0], **fields), *OLD[1:]]).changed == ()


def test_a_task_moved_and_renumbered_is_still_the_same_task():
    moved = [replace(one, key=f"n{place}", no=f"{place}") for place, one in enumerate(reversed(OLD), 1)]
    assert len(compare(OLD, moved).same) == 4


def test_a_new_title_under_an_old_number_is_a_new_task():
    other = side(2, "Sửa chữa nhà văn hóa thôn Nà Lìn")
    found = compare(OLD, [OLD[0], other, *OLD[2:]])
    assert [one.title for one in found.added] == [other.title]
    assert [one.key for one in found.gone] == ["2"]


def test_a_like_title_of_another_unit_is_a_new_task_also_under_the_same_number():
    other = side(4, "Tập huấn an toàn thông tin cho cán bộ thôn", leads=(2,))
    found = compare(OLD, [other])
    assert ([one.title for one in found.added], found.changed) == ([other.title], ())
    [change] = compare(OLD, [replace(other, leads=(2, 1))]).changed
    assert change.aspects == (Aspect.TITLE, Aspect.LEAD)


def test_a_document_that_only_adds_says_nothing_of_the_others():
    found = compare(OLD, [side(5, "Lắp đặt camera an ninh tại trụ sở")])
    assert (len(found.added), found.whole) == (1, False)
    assert compare(OLD, OLD[:3]).whole


sides = st.lists(
    st.builds(
        lambda no, words: (no, " ".join(words)),
        st.sampled_from(["1", "2", "3", ""]),
        st.lists(st.sampled_from(["rà", "soát", "báo", "cáo", "quy", "hoạch"]), min_size=1, max_size=5),
    ),
    max_size=6,
)


@given(sides, sides)
def test_every_task_of_both_issues_is_accounted_for_exactly_once(old, new):
    before = [Side(f"o{place}", no, "", title) for place, (no, title) in enumerate(old)]
    after = [Side(f"n{place}", no, "", title) for place, (no, title) in enumerate(new)]
    found = compare(before, after)
    seen_new = [one.key for one in found.added] + [c.new.key for c in (*found.changed, *found.same)]
    assert sorted(seen_new) == sorted(one.key for one in after)
    seen_old = [one.key for one in found.gone] + [c.old.key for c in found.changed]
    assert len(seen_old) + len(found.same) == len(before)
    assert len(set(seen_old)) == len(seen_old)
