"""Who belongs to a group that a plan names for the first time."""

import pytest

from tracker.plans.membership import likely_members

NAMES = (
    *(
        "UBND tỉnh Lạc Viên",
        "Sở Y tế",
        "Ban Dân tộc",
        "UBND huyện Ba Vì",
        "UBND xã Đại An",
        "Phường Hòa Bình",
    ),
    *("Phòng Kinh tế", "Thôn Nà Lìn", "Trường Tiểu học", "Hội Nông dân xã", "Công an tỉnh"),
)
UNITS = dict(enumerate(NAMES))


@pytest.mark.parametrize(
    ("group", "members"),
    [
        ("Các sở, ban, ngành", ["Sở Y tế", "Ban Dân tộc"]),
        ("Các Sở", ["Sở Y tế"]),
        ("UBND các huyện, thị xã, thành phố", ["UBND huyện Ba Vì"]),
        ("UBND cấp xã", ["UBND xã Đại An", "Phường Hòa Bình"]),
        ("UBND các huyện, thành phố, xã, phường", ["UBND huyện Ba Vì", "UBND xã Đại An", "Phường Hòa Bình"]),
        ("Các xã, phường", ["UBND xã Đại An", "Phường Hòa Bình"]),
        ("Các phòng chuyên môn thuộc UBND xã", ["Phòng Kinh tế"]),
        ("Các thôn", ["Thôn Nà Lìn"]),
        ("các trường học trên địa bàn xã", ["Trường Tiểu học"]),
        ("các tổ chức chính trị - xã hội", ["Hội Nông dân xã"]),
        ("Các cơ quan liên quan", []),
    ],
)
def test_the_name_of_a_group_tells_who_is_in_it(group, members):
    assert [UNITS[unit] for unit in sorted(likely_members(group, UNITS))] == members
