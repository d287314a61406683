"""Accounts: people, their grants and passwords, and the log-in with its throttle."""

import secrets
from datetime import datetime
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import func, select

from tracker.db import db
from tracker.grants import WORKERS
from tracker.models import Grant, LetterChoice, Role, Unit, User
from tracker.services import auditing, throttling
from tracker.services.refusals import Refused, refuse_longer
from tracker.words import nfc

# How many failures in a quarter of an hour are let pass: for a name from one address, an address, a name.
FAILURES_PER_NAME_AND_ADDRESS, FAILURES_PER_ADDRESS, FAILURES_PER_NAME = 5, 50, 50
SHORTEST_PASSWORD = 10  # characters
LONGEST_NAME, LONGEST_EMAIL = 200, 254  # characters
TOO_MANY = "Đăng nhập sai nhiều lần. Hãy thử lại sau 15 phút hoặc liên hệ quản trị."

_hasher = PasswordHasher()
# A hash takes 64 MB; unbounded, a burst of log-ins would take the machine down.
_hashing = BoundedSemaphore(2)
_NO_PASSWORD = _hasher.hash(secrets.token_urlsafe(16))


class WrongCredentials(Refused):
    """The name or the password is wrong; which of the two is never said."""


class LastAdministrator(Refused):
    """Without this account nobody could administer any more."""


def add_user(
    username: str,
    name: str,
    *,
    actor: User | None,
    now: datetime,
    email: str | None = None,
    password: str = "",
) -> User:
    """A new person; without a password nobody can log in as them until one is set.

    Raises Refused where the name for log-in is taken or unusable, the address wrong or the password short.
    """
    user = User(
        username=_usable_username(username),
        name=name,
        email=usable_email(email),
        session_key=secrets.token_urlsafe(16),
        created_at=now,
    )
    if not user.name:
        raise Refused("Hãy nhập họ và tên.")
    refuse_longer(user.name, LONGEST_NAME, "Họ và tên")
    if password:
        user.password_hash = _hash(_strong(password))
    db.session.add(user)
    auditing.record(actor, "add_user", user, now=now, after={"username": user.username})
    return user


def _usable_username(username: str) -> str:
    usable = nfc(username).strip().lower()
    if not usable or any(character.isspace() for character in usable) or len(usable) > 100:
        raise Refused("Tên đăng nhập viết liền, không có dấu cách, tối đa 100 ký tự.")
    if db.session.scalars(select(User.id).where(User.username == usable)).first():
        raise Refused(f"Tên đăng nhập “{usable}” đã có. Hãy chọn tên khác.")
    return usable


def usable_email(email: str | None) -> str | None:
    """The address as stored, None where empty; raises Refused where no letter could reach it."""
    usable = (email or "").strip()
    if not usable:
        return None
    local, _, domain = usable.rpartition("@")
    if not (
        usable.isascii() and local and "." in domain and not any(c.isspace() or c in ",;<>" for c in usable)
    ):
        raise Refused(
            f"“{usable}” không phải địa chỉ thư điện tử. Hãy nhập dạng ten@coquan.gov.vn, không dấu."
        )
    refuse_longer(usable, LONGEST_EMAIL, "Địa chỉ thư")
    return usable


def _strong(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise Refused(f"Mật khẩu cần ít nhất {SHORTEST_PASSWORD} ký tự.")
    return password


def change_user(
    user: User, *, name: str, email: str | None, actor: User | None, now: datetime, active: bool | None = None
) -> None:
    """Set the person's name and address, and lock or unlock the account; locking ends all sessions.

    Raises Refused without a name or for a wrong address, LastAdministrator for locking the only one.
    """
    before = {"name": user.name, "email": user.email, "active": user.active}
    if not name.strip():
        raise Refused("Hãy nhập họ và tên.")
    refuse_longer(nfc(name), LONGEST_NAME, "Họ và tên")
    user.name, user.email = name, usable_email(email)
    if active is not None and active != user.active:
        if not active and _is_last_administrator(user):
            raise LastAdministrator(
                "Đây là quản trị duy nhất. Hãy cấp quyền quản trị cho người khác trước khi khóa tài khoản."
            )
        user.active = active
        user.session_key = secrets.token_urlsafe(16)
    after = {"name": user.name, "email": user.email, "active": user.active}
    if after != before:
        auditing.record(actor, "change_user", user, now=now, before=before, after=after)


def set_password(user: User, password: str, *, actor: User | None, now: datetime) -> None:
    """Give the person a new password and end all their sessions; raises Refused where it is too short."""
    user.password_hash = _hash(_strong(password))
    user.session_key = secrets.token_urlsafe(16)
    auditing.record(actor, "set_password", user, now=now)


def change_own_password(user: User, old: str, new: str, *, now: datetime) -> None:
    """Change one's password, knowing the old one; raises WrongCredentials or Refused."""
    if not _matches(user, old):
        raise WrongCredentials("Mật khẩu hiện tại chưa đúng.")
    set_password(user, new, actor=user, now=now)


def choose_letters(user: User, choice: LetterChoice, *, now: datetime) -> None:
    """Let the person have letters daily, weekly or not at all."""
    if user.letters is not choice:
        auditing.record(
            user, "choose_letters", user, now=now, before={"letters": user.letters}, after={"letters": choice}
        )
        user.letters = choice


def grant(user: User, role: Role, unit: Unit, *, actor: User | None, now: datetime) -> Grant:
    """Give the person a role in a unit and those below it; the grant that is there already is returned."""
    for held in user.grants:
        if held.role is role and held.unit is unit:
            return held
    given = Grant(user=user, role=role, unit=unit)
    db.session.add(given)
    db.session.flush()  # the log names the unit by its id
    auditing.record(actor, "grant", user, now=now, after={"role": role, "unit": unit.id})
    return given


def revoke(held: Grant, *, actor: User, now: datetime) -> None:
    """Take a grant back; raises LastAdministrator for the last one that lets somebody administer."""
    further = [other for other in held.user.grants if other.role is Role.ADMINISTRATOR and other is not held]
    if held.role is Role.ADMINISTRATOR and not further and _is_last_administrator(held.user):
        raise LastAdministrator(
            "Đây là quản trị duy nhất. Hãy cấp quyền quản trị cho người khác trước khi thu hồi."
        )
    auditing.record(actor, "revoke", held.user, now=now, before={"role": held.role, "unit": held.unit_id})
    held.user.grants.remove(held)


def workers_of(unit: Unit) -> list[User]:
    """Whose own work the unit's is: active staff and heads of it and of the units above it, by name."""
    line: list[int] = []
    above: Unit | None = unit
    while above is not None:
        line.append(above.id)
        above = above.parent
    working = select(Grant.user_id).where(Grant.unit_id.in_(line), Grant.role.in_(WORKERS))
    query = select(User).where(User.id.in_(working), User.active).order_by(User.search_text)
    return list(db.session.scalars(query))


def _is_last_administrator(user: User) -> bool:
    """Whether the person administers, and nobody else who may log in does."""
    if not user.active or all(held.role is not Role.ADMINISTRATOR for held in user.grants):
        return False
    others = (
        select(func.count())
        .select_from(Grant)
        .join(Grant.user)
        .where(Grant.role == Role.ADMINISTRATOR, User.active, User.id != user.id)
    )
    return not db.session.scalar(others)


def log_in(username: str, password: str, *, address: str, now: datetime) -> User:
    """The person who proved to be `username`, asking from the network `address`.

    Raises TooManyFailures or WrongCredentials; a failure is counted, so commit either way.
    """
    name = nfc(username).strip().lower()[:100]
    limits = _limits(name, address)
    throttling.refuse_beyond(limits, TOO_MANY, now=now)
    user = db.session.scalars(select(User).where(User.username == name)).first()
    if not _matches(user, password) or user is None or not user.active:
        throttling.count(limits, now=now)
        raise WrongCredentials("Tên đăng nhập hoặc mật khẩu chưa đúng.")
    throttling.forgive(next(iter(limits)))
    return user


def _limits(name: str, address: str) -> dict[str, int]:
    """How many failures are let pass; the first key is forgiven when the right password comes."""
    return {
        f"both:{name}:{address}": FAILURES_PER_NAME_AND_ADDRESS,
        f"address:{address}": FAILURES_PER_ADDRESS,
        f"name:{name}": FAILURES_PER_NAME,
    }


def _hash(password: str) -> str:
    with _hashing:
        return _hasher.hash(nfc(password))


def _matches(user: User | None, password: str) -> bool:
    """Whether the password is the person's; takes as long for a name that nobody has."""
    known = user.password_hash if user is not None else ""
    with _hashing:
        try:
            return _hasher.verify(known or _NO_PASSWORD, nfc(password)) and bool(known)
        except (VerificationError, InvalidHashError):
            return False
