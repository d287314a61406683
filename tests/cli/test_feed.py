"""`tracker feed`: an address is printed once, listed without its token, and taken back."""

import re

import pytest

from tracker.app import create_app

PASSWORD = "mật khẩu dài"


@pytest.fixture
def tracker(tracker, upgraded):
    """Run a command in a fresh instance folder where An works in the economy department."""
    unit = ("--unit", "Phòng Kinh tế")
    tracker("user", "add", "an", "--name", "An", "--password", PASSWORD, "--role", "staff", *unit)
    return tracker


def test_an_address_is_printed_once_and_opens_a_calendar(tracker):
    url = tracker("feed", "add", "an", "--name", "Phòng họp", "--unit", "Phòng Kinh tế").strip()
    assert re.fullmatch(r"http://127\.0\.0\.1:5000/feeds/[\w-]{43}\.ics", url)
    path = url.removeprefix("http://127.0.0.1:5000")
    assert create_app().test_client().get(path).status_code == 200
    listed = tracker("feed", "list")
    assert listed.startswith("1\tan\tPhòng họp\tunit\t")
    assert path[7:50] not in listed
    assert "Đã thu hồi lịch “Phòng họp”." in tracker("feed", "revoke", "1")
    assert create_app().test_client().get(path).status_code == 404
    assert tracker("feed", "list") == ""
    assert "Không có lịch số 1 đang dùng." in tracker("feed", "revoke", "1", exit_code=1)


@pytest.mark.parametrize(
    ("option", "scope"), [((), "person"), (("--overdue",), "overdue"), (("--this-quarter",), "this_quarter")]
)
def test_a_feed_may_be_of_one_person_or_a_filter(tracker, option, scope):
    tracker("feed", "add", "an", "--name", "Lịch", *option)
    assert tracker("feed", "list").split("\t")[3] == scope


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (("nobody", "--name", "x"), 1, "Không có tài khoản"),
        (("an", "--name", "x", "--unit", "Phòng Lạ"), 1, "Phòng Lạ"),
        (("an", "--name", "x", "--plan", "9/KH"), 1, "Không có kế hoạch số “9/KH”"),
        (("an", "--name", " "), 1, "Hãy đặt tên"),
        (("an",), 2, "--name"),
        (("an", "--name", "x", "--overdue", "--unit", "Phòng Kinh tế"), 2, "choose one of"),
    ],
)
def test_a_refusal_is_one_sentence(tracker, arguments, exit_code, said):
    assert said in tracker("feed", "add", *arguments, exit_code=exit_code)
    assert tracker("feed", "list") == ""
