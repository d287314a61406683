"""How often a person gets letters, and why: chosen on their own page or by the signed link of a letter."""

import re
from collections.abc import Iterator
from datetime import datetime

from itsdangerous import BadSignature, Signer

from tracker.db import db
from tracker.models import LetterChoice, Role, User
from tracker.services import auditing

CAPACITIES = {
    Role.STAFF: "người nhận của {}",
    Role.UNIT_HEAD: "thủ trưởng {}",
    Role.MONITOR: "đầu mối theo dõi của {}",
    Role.LEADER: "lãnh đạo của {}",
}


def sign(user_id: int, address: str, key: str) -> str:
    """The token of a link that lets whoever reads that address choose that person's letters, and no more.

    It is of no use for another address: who no longer reads the person's letters can no longer stop them.
    """
    return _signer(address, key).sign(str(user_id)).decode()


def _signer(address: str, key: str) -> Signer:
    return Signer(key, salt=f"letters of {address}")


def find(token: str, key: str) -> User | None:
    """The person whose letters the token is for; None where it is forged or old, or the account is locked."""
    number, _, _ = token.partition(".")
    user = db.session.get(User, int(number)) if re.fullmatch(r"[1-9]\d{0,9}", number, re.ASCII) else None
    if user is None or not user.active or not user.email:
        return None
    try:
        _signer(user.email, key).unsign(token)
    except BadSignature:
        return None
    return user


def choose(user: User, choice: LetterChoice, *, actor: User | None, now: datetime) -> None:
    """Get letters as chosen from now on; `actor` is None where a link said so and nobody was logged in."""
    if user.letters is not choice:
        auditing.record(
            actor,
            "choose_letters",
            user,
            now=now,
            before={"letters": user.letters},
            after={"letters": choice},
        )
        user.letters = choice


def reasons(user: User) -> Iterator[str]:
    """Why the person is told things: «người nhận của Phòng Kinh tế»."""
    for grant in user.grants:
        if grant.role in CAPACITIES:
            yield CAPACITIES[grant.role].format(grant.unit.name)
