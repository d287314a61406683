import re
from datetime import UTC, datetime, timedelta

import pytest

from tracker.services import accounts, sessions
from tracker.web.auth import local_address

PASSWORD = "chuyến đò sông Đà"


@pytest.fixture
def an(cast, session):
    accounts.set_password(cast.an, PASSWORD, actor=None, now=cast.an.created_at)
    session.commit()
    return cast.an


def enter(client, password=PASSWORD, address="/login"):
    return client.post(address, data={"username": "An", "password": password})


def test_the_right_password_opens_the_page_that_was_asked_for(app, an):
    client = app.test_client()
    asked = client.get("/account/")
    assert asked.status_code == 302
    answer = enter(client, address=asked.location)
    assert answer.location == "/account/"
    assert "Nguyễn Văn An" in client.get("/account/").text


def test_a_wrong_password_does_not_say_which_was_wrong(app, an):
    client = app.test_client()
    wrong = enter(client, "sai")
    unknown = client.post("/login", data={"username": "ai", "password": "sai"})
    for answer in (wrong, unknown):
        assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in answer.text
    assert client.get("/account/").status_code == 302


def test_failures_are_counted_until_the_door_is_shut(app, an):
    client = app.test_client()
    for _ in range(accounts.FAILURES_PER_NAME_AND_ADDRESS):
        enter(client, "sai")
    assert "Đăng nhập sai nhiều lần." in enter(client).text


def test_empty_fields_are_asked_for_by_name(app, an):
    answer = app.test_client().post("/login", data={"username": "", "password": ""})
    assert "Hãy nhập tên đăng nhập." in answer.text
    assert "Hãy nhập mật khẩu." in answer.text


def test_who_is_in_already_is_led_to_the_front_page(log_in, an):
    assert log_in(an).get("/login").location == "/"


def test_logging_out_ends_the_session(log_in, an):
    client = log_in(an)
    answer = client.post("/logout")
    assert answer.location == "/login"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/account/").status_code == 302


def test_a_copy_of_a_session_that_was_logged_out_of_opens_nothing(app, an):
    client, copy, other = (app.test_client() for _ in range(3))
    enter(client)
    enter(other)
    copy.set_cookie("session", client.get_cookie("session").value)
    assert copy.get("/account/").status_code == 200
    client.post("/logout")
    assert copy.get("/account/").status_code == 302
    assert other.get("/account/").status_code == 200  # a session of the same person on another machine


def test_logging_in_begins_a_session_of_its_own(app, an):
    client = app.test_client()
    with client.session_transaction() as before:
        before["planted"] = "by somebody else"
    enter(client)
    with client.session_transaction() as within:
        assert "planted" not in within


def test_a_new_password_ends_every_session(app, an, session):
    client = app.test_client()
    enter(client)
    accounts.set_password(an, PASSWORD + "!", actor=None, now=an.created_at)
    session.commit()
    assert client.get("/account/").status_code == 302


def test_ended_sessions_are_forgotten_once_they_would_be_over_anyway(app, session):
    now = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
    for mark, hours in (("a", 30), ("b", 1), ("b", 0)):
        sessions.end(mark, now=now - timedelta(hours=hours), lasts=timedelta(hours=12))
    session.commit()
    assert (sessions.is_ended("a"), sessions.is_ended("b")) == (False, True)


def test_a_form_without_its_token_is_turned_away(app, an):
    app.config["WTF_CSRF_ENABLED"] = True
    answer = enter(app.test_client())
    assert answer.status_code == 400
    assert "Phiên đăng nhập đã hết" in answer.text


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("/assignments/3?q=a", "/assignments/3?q=a"),
        ("https://evil.example/", None),
        ("//evil.example/", None),
        ("///evil.example/", None),
        ("/\\evil.example", None),
        ("/\t/evil.example", None),
        ("javascript:alert(1)", None),
        ("", None),
        (None, None),
    ],
)
def test_nobody_is_sent_to_another_site_from_here(address, local):
    assert local_address(address) == local


def test_being_asked_to_log_in_does_not_look_like_something_done(app):
    page = app.test_client().get("/assignments/", follow_redirects=True).text
    assert re.search(r'flash-warning" role="status">.*?<p>Hãy đăng nhập để tiếp tục\.', page, re.DOTALL)
