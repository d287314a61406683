"""Accounts: who can log in, what is refused, and how guessing is slowed down."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest

from tracker.models import Role
from tracker.services import accounts
from tracker.services.accounts import LastAdministrator, WrongCredentials
from tracker.services.refusals import Refused
from tracker.services.throttling import TooManyFailures

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
PASSWORD = "mật khẩu dài"


@pytest.fixture
def lan(cast):
    return accounts.add_user("Lan", "Đinh Thị Lan", actor=cast.admin, now=NOW, password=PASSWORD)


def log_in(username="lan", password=PASSWORD, address="10.0.0.1", now=NOW):
    return accounts.log_in(username, password, address=address, now=now)


def test_a_person_logs_in_by_name_whatever_the_capitals(lan):
    assert log_in("LAN ") is lan


def test_a_password_typed_in_decomposed_letters_is_the_same(lan):
    assert log_in(password=unicodedata.normalize("NFD", PASSWORD)) is lan


@pytest.mark.parametrize(
    ("username", "password"), [("lan", "sai"), ("khongco", PASSWORD), ("an", ""), ("lan", "")]
)
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(lan, username, password):
    with pytest.raises(WrongCredentials, match="Tên đăng nhập hoặc mật khẩu chưa đúng"):
        log_in(username, password)


def test_a_locked_account_cannot_log_in_and_its_sessions_end(cast, lan):
    before = lan.get_id()
    accounts.change_user(lan, name=lan.name, email=None, active=False, actor=cast.admin, now=NOW)
    assert lan.get_id() != before
    with pytest.raises(WrongCredentials):
        log_in()


def test_five_wrong_passwords_close_the_door_for_fifteen_minutes(lan):
    for _ in range(5):
        with pytest.raises(WrongCredentials):
            log_in(password="sai")
    with pytest.raises(TooManyFailures):
        log_in()
    assert log_in(address="10.0.0.2") is lan, "another address is not punished for it"
    assert log_in(now=NOW + timedelta(minutes=16)) is lan


def test_one_address_cannot_try_everybody(lan):
    for number in range(50):
        with pytest.raises(WrongCredentials):
            log_in(f"nguoi{number}", "sai")
    with pytest.raises(TooManyFailures):
        log_in()


@pytest.mark.parametrize("username", ["", "có dấu cách", "lan", "x" * 101])
def test_a_name_for_log_in_is_one_word_and_free(lan, cast, username):
    with pytest.raises(Refused):
        accounts.add_user(username, "Ai đó", actor=cast.admin, now=NOW)


@pytest.mark.parametrize("email", ["thư@xã.vn", "khong-co-a-cong", "a@b", "a b@c.vn", "a@b.vn,c@d.vn"])
def test_an_address_that_no_letter_reaches_is_refused(cast, email):
    with pytest.raises(Refused, match="không phải địa chỉ thư"):
        accounts.add_user("moi", "Người mới", email=email, actor=cast.admin, now=NOW)


def test_a_short_password_is_refused_and_a_new_one_ends_all_sessions(lan):
    before = lan.get_id()
    with pytest.raises(Refused, match="ít nhất 10 ký tự"):
        accounts.set_password(lan, "ngắn", actor=lan, now=NOW)
    accounts.change_own_password(lan, PASSWORD, "mật khẩu mới hơn", now=NOW)
    assert lan.get_id() != before
    assert log_in(password="mật khẩu mới hơn") is lan


def test_granting_twice_gives_one_grant(cast, lan, session):
    first = accounts.grant(lan, Role.STAFF, cast.economy, actor=cast.admin, now=NOW)
    assert accounts.grant(lan, Role.STAFF, cast.economy, actor=cast.admin, now=NOW) is first


def test_the_last_administrator_stays(cast):
    with pytest.raises(LastAdministrator, match="quản trị duy nhất"):
        accounts.revoke(cast.admin.grants[0], actor=cast.admin, now=NOW)
    with pytest.raises(LastAdministrator, match="trước khi khóa tài khoản"):
        lock(cast.admin, cast)
    assert cast.admin.active


def test_an_administrator_may_go_where_another_stays(cast, lan, session):
    accounts.grant(lan, Role.ADMINISTRATOR, cast.commune, actor=cast.admin, now=NOW)
    lock(lan, cast)
    with pytest.raises(LastAdministrator):
        lock(cast.admin, cast)
    accounts.revoke(lan.grants[-1], actor=cast.admin, now=NOW)  # who is locked administers nothing anyway
    assert lan.grants == []


def test_one_of_two_grants_of_the_last_administrator_can_be_taken_back(cast, session):
    accounts.grant(cast.admin, Role.ADMINISTRATOR, cast.economy, actor=cast.admin, now=NOW)
    session.refresh(cast.admin)
    accounts.revoke(cast.admin.grants[-1], actor=cast.admin, now=NOW)
    with pytest.raises(LastAdministrator):
        accounts.revoke(cast.admin.grants[0], actor=cast.admin, now=NOW)


def lock(user, cast):
    accounts.change_user(user, name=user.name, email=user.email, active=False, actor=cast.admin, now=NOW)
