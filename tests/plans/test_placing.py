"""Where a unit belongs that a plan names for the first time."""

import pytest

from tracker.plans.placing import Kin, parent_of

PROVINCE, OFFICE, HEALTH, COMMUNE, HALL = range(1, 6)
UNITS = {
    PROVINCE: Kin("UBND tỉnh Lạc Viên", None),
    OFFICE: Kin("Văn phòng UBND tỉnh", PROVINCE),
    HEALTH: Kin("Sở Y tế", PROVINCE),
    COMMUNE: Kin("UBND xã Đại An", PROVINCE),
    HALL: Kin("Văn phòng HĐND và UBND", COMMUNE),
}


@pytest.mark.parametrize(
    ("phrase", "home", "parent"),
    [
        ("Phòng Kinh tế", HALL, COMMUNE),
        ("Phòng Kinh tế", COMMUNE, COMMUNE),
        ("Sở Nội vụ", OFFICE, PROVINCE),
        ("Sở Nội vụ", HALL, PROVINCE),
        ("Công an tỉnh", HALL, PROVINCE),
        ("Công an xã", HALL, COMMUNE),
        ("UBND xã Hòa Bình", OFFICE, PROVINCE),
        ("Xã Hòa Bình", HALL, PROVINCE),
        ("Trạm Y tế xã Đại An", OFFICE, COMMUNE),
        ("Phòng Nghiệp vụ Y thuộc Sở Y tế", OFFICE, HEALTH),
        ("Đội Xung kích", HALL, COMMUNE),
        ("Các thôn", COMMUNE, COMMUNE),
    ],
)
def test_the_name_tells_where_a_unit_belongs(phrase, home, parent):
    assert parent_of(phrase, UNITS, home) == parent


def test_who_keeps_but_one_unit_puts_all_under_it():
    assert parent_of("Sở Nội vụ", {COMMUNE: UNITS[COMMUNE]}, COMMUNE) == COMMUNE
    assert parent_of("Công an xã", {HEALTH: UNITS[HEALTH]}, HEALTH) == HEALTH
