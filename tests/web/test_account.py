import logging

import pytest

from tracker.models import AuditEntry, LetterChoice, Theme
from tracker.services import accounts, letter_choices

OLD, NEW = "mật khẩu cũ dài", "mật khẩu mới dài"


@pytest.fixture
def an(cast, session):
    accounts.set_password(cast.an, OLD, actor=None, now=cast.an.created_at)
    session.commit()
    return cast.an


def test_the_page_names_the_roles_of_the_person(log_in, an):
    page = log_in(an).get("/account/").text
    assert "Chuyên viên" in page
    assert "Phòng Kinh tế" in page


def test_the_choice_of_letters_is_kept(log_in, an, session):
    log_in(an).post("/account/letters", data={"letters": "weekly"})
    session.refresh(an)
    assert an.letters is LetterChoice.WEEKLY


def test_a_choice_that_does_not_exist_changes_nothing(log_in, an, session):
    answer = log_in(an).post("/account/letters", data={"letters": "hourly"})
    session.refresh(an)
    assert an.letters is LetterChoice.DAILY
    assert "Hãy chọn lại." in answer.text


def test_dark_pages_are_written_by_the_server_without_script(log_in, an, session):
    client = log_in(an)
    assert "data-bs-theme" not in client.get("/account/").text
    answer = client.post("/account/theme", data={"theme": "dark", "next": "/account/?a=1"})
    assert answer.location == "/account/?a=1"
    session.refresh(an)
    assert an.theme is Theme.DARK
    assert '<html lang="vi" data-bs-theme="dark">' in client.get("/account/").text


def test_a_changed_password_works_and_keeps_this_session(log_in, an, session):
    client, other = log_in(an), log_in(an)
    answer = client.post("/account/password", data={"old": OLD, "new": NEW, "again": NEW})
    assert answer.status_code == 302
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        ("sai rồi nhé", NEW, NEW, "Mật khẩu hiện tại chưa đúng."),
        (OLD, "ngắn", "ngắn", "Mật khẩu cần ít nhất 10 ký tự."),
        (OLD, NEW, "khác hẳn", "Hai lần nhập chưa giống nhau. Hãy nhập lại."),
        ("", NEW, NEW, "Hãy nhập mật khẩu hiện tại."),
    ],
)
def test_a_password_is_not_changed_for_a_reason_that_is_said(log_in, an, old, new, again, sentence):
    client = log_in(an)
    answer = client.post("/account/password", data={"old": old, "new": new, "again": again})
    assert sentence in answer.text
    assert client.get("/account/").status_code == 200


@pytest.fixture
def link(app, an):
    """The link of a letter to An."""
    token = letter_choices.sign(an.id, an.email, app.config["SECRET_KEY"])
    return f"/account/letters/{token}"


def test_the_link_of_a_letter_shows_why_it_came_and_changes_only_when_the_form_is_sent(
    app, an, link, session
):
    stranger = app.test_client()
    page = stranger.get(link).text
    assert "Anh/chị nhận thư vì là người nhận của Phòng Kinh tế." in page
    session.refresh(an)
    assert an.letters is LetterChoice.DAILY
    assert stranger.post(link, data={"letters": "none"}).location == link
    session.refresh(an)
    assert an.letters is LetterChoice.NONE
    assert "Đã lưu." in stranger.get(link).text


def test_the_token_of_the_link_stands_in_no_log(app, link, caplog):
    logging.getLogger("gunicorn.access").warning('"GET %s HTTP/1.1" %s', link, 200)
    assert '"GET /account/letters/… HTTP/1.1" 200' in caplog.text
    assert link.rpartition("/")[2] not in caplog.text


def test_the_link_opens_nothing_else(app, link):
    stranger = app.test_client()
    stranger.get(link)
    assert stranger.get("/account/").location.startswith("/login")


@pytest.mark.parametrize("spoil", ["x{}", "{}x", "9{}", "{}".replace("{}", "1.abc")])
def test_a_forged_link_opens_nothing(app, link, spoil):
    *rest, token = link.split("/")
    assert app.test_client().get("/".join([*rest, spoil.format(token)])).status_code == 404


@pytest.mark.parametrize("change", [{"active": False}, {"email": "khac@suoimay.example"}, {"email": None}])
def test_the_link_dies_with_the_account_and_with_the_address(app, an, link, session, change):
    for name, value in change.items():
        setattr(an, name, value)
    session.commit()
    assert app.test_client().post(link, data={"letters": "none"}).status_code == 404
    session.refresh(an)
    assert an.letters is LetterChoice.DAILY


def test_a_choice_is_in_the_log_once(app, an, link, session):
    for _ in range(2):
        app.test_client().post(link, data={"letters": "weekly"})
    [entry] = session.query(AuditEntry).filter_by(verb="choose_letters")
    assert (entry.actor_id, entry.subject_id) == (None, an.id)
    assert (entry.before, entry.after) == ({"letters": "daily"}, {"letters": "weekly"})


def test_an_administrator_is_not_told_to_have_no_role(cast, log_in, session):
    session.commit()
    page = log_in(cast.admin).get("/account/").text
    assert "Vai trò quản trị không có thư nhắc." in page
    assert "chưa được giao vai trò" not in page
