"""People are invited, and help themselves where they forgot their password."""

import logging
import re

import pytest
from sqlalchemy import select

from tracker.models import AccountLink, FailedLogin, Mail, Role, User
from tracker.services import accounts
from tracker.web.discretion import without_tokens

PASSWORD = "chuyến đò sông Đà"
LAN = {"name": "Đinh Thị Lan", "username": "lan", "email": "lan@suoimay.example", "role": "staff"}
LINK = re.compile(r"/links/[\w-]{43}")


@pytest.fixture
def with_mail(app, tmp_path):
    app.config["MAIL_CATCH_FOLDER"] = str(tmp_path)


@pytest.fixture
def stranger(app, session):
    session.commit()
    return app.test_client()


def link_in(text):
    [address] = set(LINK.findall(text))
    return address


def test_a_person_without_a_password_is_invited_and_comes_in(with_mail, cast, browse, stranger, session):
    browser = browse(cast.admin)
    added = browser.post("/users/new", data=LAN | {"unit": cast.economy.id}, follow_redirects=True).text
    assert "Đã gửi thư có liên kết đặt mật khẩu đến lan@suoimay.example." in added
    assert LINK.search(added) is None
    letter = session.scalars(select(Mail)).one()
    lan = session.scalars(select(User).where(User.username == "lan")).one()
    assert [(held.role, held.unit) for held in lan.grants] == [(Role.STAFF, cast.economy)]
    address = link_in(letter.text)
    for _ in range(2):
        assert "Đinh Thị Lan, tên đăng nhập <b>lan</b>" in stranger.get(address).text
    done = stranger.post(address, data={"password": PASSWORD, "again": PASSWORD}, follow_redirects=True)
    assert "Hãy đăng nhập bằng mật khẩu mới." in done.text
    assert stranger.post("/login", data={"username": "lan", "password": PASSWORD}).location == "/"
    used = stranger.get(address)
    assert (used.status_code, "Liên kết không dùng được nữa" in used.text) == (410, True)


@pytest.mark.parametrize("why", ["no mail", "no address"])
def test_where_no_letter_can_go_the_link_is_shown_once(app, cast, browse, tmp_path, session, why):
    if why == "no address":
        app.config["MAIL_CATCH_FOLDER"] = str(tmp_path)
    email = "" if why == "no address" else LAN["email"]
    shown = browse(cast.admin).post("/users/new", data=LAN | {"unit": 0, "email": email})
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "no-store")
    assert "chỉ hiện <b>một lần này</b>" in shown.text
    token = link_in(shown.text).removeprefix("/links/")
    assert session.scalars(select(AccountLink)).one().token_hash != token
    assert session.scalars(select(Mail)).all() == []


def test_a_first_password_can_still_be_given(cast, browse, session):
    answer = browse(cast.admin).post("/users/new", data=LAN | {"unit": 0, "password": PASSWORD})
    assert answer.status_code == 302
    assert session.scalars(select(AccountLink)).all() == []
    assert accounts.log_in("lan", PASSWORD, address="", now=cast.an.created_at).name == "Đinh Thị Lan"


def test_a_person_is_invited_again_from_their_page(with_mail, cast, browse, session):
    browser = browse(cast.admin)
    assert "Gửi lại thư mời" in browser.get(f"/users/{cast.an.id}").text
    browser.post(f"/users/{cast.an.id}/link")
    accounts.set_password(cast.an, PASSWORD, actor=None, now=cast.an.created_at)
    session.commit()
    assert "Gửi liên kết đặt mật khẩu" in browser.get(f"/users/{cast.an.id}").text
    browser.post(f"/users/{cast.an.id}/link")
    subjects = [letter.subject for letter in session.scalars(select(Mail).order_by(Mail.id))]
    assert [subject.split()[0] for subject in subjects] == ["Mời", "Đặt"]


def test_what_is_wrong_with_a_password_is_said_and_the_link_stays(with_mail, cast, browse, stranger, session):
    browse(cast.admin).post(f"/users/{cast.an.id}/link")
    address = link_in(session.scalars(select(Mail)).one().text)
    short = stranger.post(address, data={"password": "ngắn", "again": "ngắn"})
    other = stranger.post(address, data={"password": PASSWORD, "again": "khác hẳn lần trước"})
    assert "X-Refused" in short.headers and "X-Refused" in other.headers
    assert "Mật khẩu cần ít nhất 10 ký tự." in short.text
    assert "Hai lần nhập chưa giống nhau." in other.text
    assert stranger.get(address).status_code == 200


@pytest.mark.parametrize("name", ["an", "khongco"])
def test_asking_gets_the_same_answer_whoever_is_named(with_mail, cast, stranger, session, name):
    answer = stranger.post("/login/forgotten", data={"name": name})
    assert answer.status_code == 200
    assert "Nếu tên này có tài khoản" in answer.text
    assert len(session.scalars(select(Mail)).all()) == (name == "an")
    assert session.scalars(select(FailedLogin)).all() != []


def test_asking_often_is_refused_beside_the_field(with_mail, cast, stranger):
    for _ in range(3):
        stranger.post("/login/forgotten", data={"name": "khongco"})
    answer = stranger.post("/login/forgotten", data={"name": "khongco"})
    assert "X-Refused" in answer.headers and "Hãy thử lại sau 15 phút." in answer.text


def test_without_mail_the_page_says_whom_to_ask(cast, stranger, session):
    assert "Hệ thống chưa gửi được thư." in stranger.get("/login/forgotten").text
    stranger.post("/login/forgotten", data={"name": "an"})
    assert session.scalars(select(Mail)).all() == []
    assert 'href="/login/forgotten"' in stranger.get("/login").text


@pytest.mark.parametrize("name", ["chi", "dung", "an", "giang"])
def test_only_administrators_send_links(with_mail, cast, browse, session, name):
    assert browse(getattr(cast, name)).post(f"/users/{cast.an.id}/link").status_code == 404
    assert session.scalars(select(AccountLink)).all() == []


def test_no_log_and_no_page_of_letters_holds_the_token(with_mail, app, cast, browse, session, caplog):
    browser = browse(cast.admin)
    browser.post(f"/users/{cast.an.id}/link")
    letter = session.scalars(select(Mail)).one()
    address = link_in(letter.text)
    assert address not in browser.get(f"/letters/{letter.id}").text
    assert "/links/…" in browser.get(f"/letters/{letter.id}").text
    assert browser.get("/letters/").status_code == 200
    assert without_tokens(f"GET {address} 200") == "GET /links/… 200"
    with caplog.at_level(logging.INFO):
        logging.getLogger("werkzeug").info("GET %s 200", address)
    assert address not in caplog.text
