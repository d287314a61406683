"""The tree of units, other names, and groups whose members come and go."""

from datetime import UTC, date, datetime

import pytest

from tracker.services import auditing, units
from tracker.services.refusals import Refused

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
TODAY = date(2026, 6, 18)


def test_sisters_bear_different_names_but_cousins_may_bear_the_same(cast):
    with pytest.raises(Refused, match="Đã có đơn vị “Phòng Kinh tế” ở cùng cấp"):
        units.add_unit("phòng kinh tế", parent=cast.commune, actor=cast.chi, now=NOW)
    assert units.add_unit("Phòng Kinh tế", parent=cast.neighbour, actor=cast.admin, now=NOW).id


def test_a_unit_cannot_be_put_below_itself(cast):
    with pytest.raises(Refused, match="dưới chính nó"):
        units.change_unit(cast.province, name="Tỉnh", parent=cast.economy, actor=cast.admin, now=NOW)


def test_a_change_that_changes_nothing_is_not_logged(cast):
    for _ in range(2):
        units.change_unit(
            cast.economy,
            name="Phòng Kinh tế",
            short_name="P.KT",
            email="kinhte@suoimay.example",
            parent=cast.commune,
            actor=cast.chi,
            now=NOW,
        )
    assert [entry.after["short_name"] for entry in auditing.entries_about(cast.economy)] == ["P.KT"]


def test_another_name_is_remembered_once_whatever_its_accents(cast):
    first = units.add_alias("Pộ phận VHTT", cast.culture, actor=cast.chi, now=NOW)
    assert units.add_alias("pô phận vhtt", cast.culture, actor=cast.chi, now=NOW) is first


def test_members_are_those_of_the_day(cast):
    group = units.add_group(
        "Các phòng", [cast.economy, cast.culture], keeper=cast.commune, actor=cast.chi, now=NOW
    )
    units.set_members(group, [cast.economy, cast.office], actor=cast.chi, now=NOW, today=TODAY)
    assert group.members_on(date(2026, 6, 17)) == [cast.economy, cast.culture]
    assert group.members_on(TODAY) == [cast.economy, cast.office]


def test_a_membership_that_began_today_and_ends_today_never_was(cast):
    group = units.add_group("Các phòng", [], keeper=cast.commune, actor=cast.chi, now=NOW)
    units.set_members(group, [cast.office], actor=cast.chi, now=NOW, today=TODAY)
    units.set_members(group, [], actor=cast.chi, now=NOW, today=TODAY)
    assert group.memberships == []


def test_namesakes_are_told_apart_by_the_unit_above(cast):
    cousin = units.add_unit("Phòng Kinh tế", parent=cast.neighbour, actor=cast.admin, now=NOW)
    with pytest.raises(Refused, match="Có 2 đơn vị cùng tên"):
        units.unit_named("Phòng Kinh tế")
    assert units.unit_named("Phòng Kinh tế < UBND xã Đăk Rve") is cousin
    with pytest.raises(Refused, match="Không có đơn vị “Phòng Y tế”"):
        units.unit_named("Phòng Y tế")


def test_neighbours_whose_names_differ_in_marks_alone_are_two_units(cast):
    first = units.add_unit("UBND xã Bình Thanh", parent=cast.province, actor=cast.admin, now=NOW)
    second = units.add_unit("UBND xã Bình Thạnh", parent=cast.province, actor=cast.admin, now=NOW)
    assert units.unit_named("ubnd xã Bình Thạnh") is second
    assert units.unit_named("UBND xã Bình Thanh") is first
    with pytest.raises(Refused, match="Đã có đơn vị"):
        units.add_unit("UBND Xã BÌNH THẠNH", parent=cast.province, actor=cast.admin, now=NOW)
