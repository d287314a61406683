import pytest

from tracker.models import Role
from tracker.web.navigation import BOARD, OVERDUE, PLANS, QUEUE, WORK, entries, lay_out

ROOMS = {
    "assignments.index",
    "assignments.show",
    "plans.index",
    "feeds.index",
    "reviewing.index",
    "board.index",
    "board.overdue",
    "units.index",
    "users.index",
}


@pytest.mark.parametrize(
    ("roles", "labels"),
    [
        ({Role.STAFF}, ["Nhiệm vụ của đơn vị", "Kế hoạch", "Lịch"]),
        ({Role.UNIT_HEAD}, ["Nhiệm vụ của đơn vị", "Kế hoạch", "Lịch"]),
        ({Role.MONITOR}, ["Chờ xử lý", "Nhiệm vụ", "Kế hoạch", "Bảng điều hành", "Đơn vị", "Lịch"]),
        ({Role.LEADER}, ["Bảng điều hành", "Quá hạn", "Kế hoạch", "Chờ xử lý", "Lịch"]),
        ({Role.ADMINISTRATOR}, ["Đơn vị", "Tài khoản"]),
        (set(), []),
    ],
)
def test_each_role_has_its_entries(roles, labels):
    assert [entry.label for entry in entries(roles, ROOMS)] == labels


def test_several_roles_add_up_without_saying_anything_twice():
    found = entries({Role.STAFF, Role.MONITOR}, ROOMS)
    assert [entry.endpoint for entry in found] == [
        "assignments.index",
        "plans.index",
        "reviewing.index",
        "board.index",
        "units.index",
        "feeds.index",
    ]


def test_what_does_not_fit_the_band_goes_into_the_menu():
    laid_out = lay_out(entries({Role.MONITOR}, ROOMS), {"waiting": 7})
    assert len(laid_out.band) == 5
    assert [entry.label for entry in laid_out.menu] == ["Lịch"]
    assert len(laid_out.phone) == 4
    assert [entry.label for entry in laid_out.beyond_phone] == ["Đơn vị"]
    assert laid_out.count(QUEUE) == 7
    assert laid_out.count(PLANS) == 0


@pytest.mark.parametrize(
    ("entry", "endpoint", "current"),
    [
        (WORK, "assignments.index", True),
        (WORK, "assignments.show", True),
        (WORK, "assignment.show", True),
        (WORK, "plans.index", False),
        (BOARD, "board.index", True),
        (BOARD, "board.overdue", False),
        (OVERDUE, "board.overdue", True),
        (WORK, None, False),
    ],
)
def test_an_entry_is_current_on_its_page_and_on_those_below_it(entry, endpoint, current):
    rooms = entries({Role.STAFF, Role.LEADER}, ROOMS)
    assert lay_out(rooms, {}).is_current(entry, endpoint) is current
