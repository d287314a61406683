"""Links that let a password be set: drawn, posted, used once, and told to nobody who may not know."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tracker.models import AccountLink, AuditEntry, Mail
from tracker.services import account_links, accounts
from tracker.services.account_links import ASKED_PER_ADDRESS, ASKED_PER_NAME, Lifetimes, LinkExpired
from tracker.services.letterhead import Letterhead
from tracker.services.refusals import Refused
from tracker.services.throttling import TooManyFailures

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
LIFETIMES = Lifetimes(timedelta(days=7), timedelta(hours=1))
LETTERHEAD = Letterhead("https://dh.example", "Đúng hạn", "UBND xã Suối Mây", "dh@suoimay.example", "07:30")
PASSWORD = "chuyến đò sông Đà"


def invite(user, cast, by_mail=True):
    address = account_links.invite(user, LIFETIMES, LETTERHEAD, by_mail=by_mail, actor=cast.admin, now=NOW)
    return address.removeprefix("https://dh.example/links/")


def ask(name, address="10.0.0.1", now=NOW):
    account_links.ask(name, LIFETIMES, LETTERHEAD, address=address, now=now)


def letters(session):
    return list(session.scalars(select(Mail).order_by(Mail.id)))


def test_an_invited_person_sets_a_password_once(cast, session):
    token = invite(cast.an, cast)
    before = cast.an.get_id()
    link = account_links.find(token, now=NOW)
    account_links.set_password(link, PASSWORD, now=NOW)
    assert cast.an.get_id() != before, "sessions of before have ended"
    assert accounts.log_in("an", PASSWORD, address="10.0.0.1", now=NOW) is cast.an
    with pytest.raises(LinkExpired):
        account_links.find(token, now=NOW)
    with pytest.raises(LinkExpired):
        account_links.set_password(link, PASSWORD, now=NOW)


def test_a_short_password_uses_nothing_up(cast, session):
    token = invite(cast.an, cast)
    with pytest.raises(Refused, match="ít nhất 10 ký tự"):
        account_links.set_password(account_links.find(token, now=NOW), "ngắn", now=NOW)
    assert account_links.find(token, now=NOW).user is cast.an


def test_an_invitation_lasts_a_week_and_help_an_hour(cast, session):
    token = invite(cast.an, cast)
    assert account_links.find(token, now=NOW + timedelta(days=7, seconds=-1))
    with pytest.raises(LinkExpired):
        account_links.find(token, now=NOW + timedelta(days=7))
    accounts.set_password(cast.binh, PASSWORD, actor=None, now=NOW)
    token = invite(cast.binh, cast)
    with pytest.raises(LinkExpired):
        account_links.find(token, now=NOW + timedelta(hours=1))


def test_a_newer_link_ends_the_older_and_setting_a_password_ends_them_all(cast, session):
    first, second = invite(cast.an, cast), invite(cast.an, cast)
    ask("an")
    with pytest.raises(LinkExpired):
        account_links.find(first, now=NOW)
    account_links.set_password(account_links.find(second, now=NOW), PASSWORD, now=NOW)
    assert session.scalars(select(AccountLink).where(AccountLink.used_at.is_(None))).all() == []


def test_a_locked_person_is_not_let_in_by_a_link(cast, session):
    token = invite(cast.an, cast)
    cast.an.active = False
    with pytest.raises(LinkExpired):
        account_links.find(token, now=NOW)
    with pytest.raises(Refused, match="đang khóa"):
        invite(cast.an, cast)


def test_what_was_never_drawn_opens_nothing(cast):
    for token in ("", "x" * 43):
        with pytest.raises(LinkExpired):
            account_links.find(token, now=NOW)


def test_neither_the_table_nor_the_log_holds_the_token(cast, session):
    token = invite(cast.an, cast, by_mail=False)
    session.flush()
    assert len(token) == 43
    assert token not in session.scalars(select(AccountLink)).one().token_hash
    assert all(token not in f"{e.before}{e.after}" for e in session.scalars(select(AuditEntry)))
    assert letters(session) == []


def test_the_letter_says_who_invites_to_what(cast, session):
    token = invite(cast.an, cast)
    [letter] = letters(session)
    assert (letter.address, letter.recipient_name) == ("an@suoimay.example", cast.an.name)
    assert letter.user_id is None, "the digest of the day waits for nobody who got a letter today"
    assert letter.subject == "Mời anh/chị dùng Đúng hạn, UBND xã Suối Mây"
    assert f"\nhttps://dh.example/links/{token}\n" in letter.text
    assert "Vai trò: Chuyên viên, Phòng Kinh tế" in letter.text


def test_who_has_no_address_gets_no_letter(cast, session):
    cast.an.email = None
    with pytest.raises(Refused, match="chưa có thư điện tử"):
        invite(cast.an, cast)


@pytest.mark.parametrize("name", ["an", " AN ", "an@suoimay.example", "AN@SuoiMay.example"])
def test_who_forgot_is_helped_by_name_or_address(cast, session, name):
    ask(name)
    [letter] = letters(session)
    assert letter.address == "an@suoimay.example"
    assert "Có yêu cầu đặt lại mật khẩu cho tên đăng nhập an." in letter.text


@pytest.mark.parametrize("name", ["ai", "", "%", "a_", "an@suoimay", "locked"])
def test_nobody_gets_a_letter_that_was_not_named_whole(cast, session, name):
    cast.person("locked", "Người Khóa").active = False
    ask(name)
    assert letters(session) == []


def test_asking_is_slowed_down_the_same_for_names_that_exist_and_that_do_not(cast, session):
    for name in ("an", "khongco"):
        for _ in range(ASKED_PER_NAME):
            ask(name, address=f"for {name}")
        with pytest.raises(TooManyFailures, match="thử lại sau 15 phút"):
            ask(name, address="elsewhere")
    assert len(letters(session)) == ASKED_PER_NAME
    ask("an", now=NOW + timedelta(minutes=16))


def test_one_address_cannot_ask_for_everybody(cast, session):
    for number in range(ASKED_PER_ADDRESS):
        ask(f"name{number}")
    with pytest.raises(TooManyFailures):
        ask("an")


def test_asking_does_not_lock_the_log_in(cast, session):
    accounts.set_password(cast.an, PASSWORD, actor=None, now=NOW)
    for _ in range(ASKED_PER_NAME):
        ask("an")
    assert accounts.log_in("an", PASSWORD, address="10.0.0.1", now=NOW) is cast.an
