"""A form sent after the log-in has lapsed: what was typed is kept and sent once the person says so."""

import re
from html import unescape

import pytest

from tracker.services import accounts
from tracker.web import typed

PASSWORD = "chuyến đò sông Đà"
OURS = {"Sec-Fetch-Site": "same-origin"}
REMARK = "Đã làm xong phần một,\nđang chờ <Sở> góp ý."
HIDDEN = re.compile(r'<input[^>]* type="hidden"[^>]*>|<input type="hidden"[^>]*>')
ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')


@pytest.fixture
def an(app, cast, session):
    accounts.set_password(cast.an, PASSWORD, actor=None, now=cast.an.created_at)
    session.commit()
    app.config["WTF_CSRF_ENABLED"] = True
    return cast.an


@pytest.fixture
def remark(make_assignment, an):
    """The address that remarks of an assignment of An's unit are sent to."""
    return f"/assignments/{make_assignment(helpers=[]).id}/comment"


def hidden(page):
    """The hidden fields of the forms of a page, by name; a later one of the same name wins."""
    found = (dict(ATTRIBUTE.findall(tag)) for tag in HIDDEN.findall(page.text))
    return {field["name"]: unescape(field.get("value", "")) for field in found}


def log_in_with(client, page, address="/login", password=PASSWORD):
    return client.post(address, data={**hidden(page), "username": "an", "password": password}, headers=OURS)


def test_what_was_typed_is_sent_after_logging_in_again(app, an, remark, session):
    client = app.test_client()
    asked = client.post(remark, data={"remark": REMARK, "csrf_token": "của phiên trước"}, headers=OURS)
    assert asked.status_code == 400
    assert "Nội dung đã nhập còn nguyên" in asked.text
    wrong = log_in_with(client, asked, password="sai")
    assert "chưa đúng" in wrong.text
    again = log_in_with(client, wrong)
    assert REMARK in unescape(again.text)
    assert "<Sở>" not in again.text
    assert hidden(again)["remark"] == REMARK
    sent = client.post(remark, data=hidden(again), headers=OURS)
    assert sent.location == remark.replace("comment", "#history")
    assert "đang chờ &lt;Sở&gt; góp ý." in client.get(remark.replace("comment", "")).text


def test_who_logged_in_meanwhile_in_another_window_only_sends_it_again(app, an, remark):
    client = app.test_client()
    log_in_with(client, client.get("/login"))
    page = client.post(remark, data={"remark": REMARK, "csrf_token": "của phiên trước"}, headers=OURS)
    assert "Gửi lại nội dung đã nhập?" in page.text
    assert client.post(remark, data=hidden(page)).status_code == 302


def test_who_has_lost_the_session_alone_keeps_it_too(app, an, remark, session):
    client = app.test_client()
    log_in_with(client, client.get("/login"))
    token = hidden(client.get(remark.replace("comment", "")))["csrf_token"]
    accounts.set_password(an, PASSWORD + "!", actor=None, now=an.created_at)
    session.commit()
    page = client.post(remark, data={"remark": REMARK, "csrf_token": token}, headers=OURS)
    assert page.status_code == 401
    assert REMARK in unescape(log_in_with(client, page, password=PASSWORD + "!").text)


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ({"Origin": "https://elsewhere.example"}, {"remark": REMARK}),
        ({"Sec-Fetch-Site": "cross-site"}, {"remark": REMARK}),
        ({}, {"remark": REMARK}),
        ({**OURS, "Sec-Fetch-Mode": "cors"}, {"remark": REMARK}),
        (OURS, {"old": PASSWORD, "new": "x"}),
        (OURS, {"remark": ""}),
        (OURS, {"remark": "x" * (typed.MOST + 1)}),
    ],
)
def test_neither_the_form_of_another_site_nor_a_secret_is_kept(app, an, remark, headers, fields):
    page = app.test_client().post(remark, data=fields, headers=headers)
    assert page.status_code == 400
    assert "Phiên đăng nhập đã hết" in page.text
    assert "kept" not in hidden(page)


def test_what_is_kept_cannot_be_written_by_hand(app):
    with app.test_request_context():
        whole = typed.pack(typed.Typed("/assignments/1/comment", (("remark", REMARK),)))
        assert typed.unpack(whole) == typed.Typed("/assignments/1/comment", (("remark", REMARK),))
        assert typed.unpack(whole[:-2] + "xx") is None
        assert typed.unpack("") is None


def test_after_logging_in_a_form_without_text_leads_back_to_its_page(app, an, remark, session):
    client = app.test_client()
    log_in_with(client, client.get("/login"))
    page = client.get(remark.replace("comment", ""))
    accounts.set_password(an, PASSWORD + "!", actor=None, now=an.created_at)
    session.commit()
    answer = client.post(
        remark.replace("comment", "withdraw"),
        data={"csrf_token": hidden(page)["csrf_token"]},
        headers={**OURS, "Referer": f"http://localhost{remark.replace('comment', '')}"},
    )
    assert answer.location == f"/login?next={remark.replace('comment', '')}"


def test_the_script_of_a_page_is_told_to_log_in(app, an, remark):
    answer = app.test_client().get("/account/", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.get_json() == {"error": "Phiên đăng nhập đã hết. Hãy đăng nhập lại rồi làm tiếp."}
