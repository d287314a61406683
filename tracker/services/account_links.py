"""Links that let a person set a password: invitations, and help for who forgot; only hashes are kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.models import AccountLink, AccountLinkKind, Mail, User
from tracker.render.account_letters import LinkLetter, link_letter
from tracker.services import accounts, auditing, throttling
from tracker.services.letterhead import Letterhead
from tracker.services.refusals import Refused
from tracker.words import ROLE_WORDS, local_day, nfc

TOKEN_BYTES = 32
# How many times in a quarter of an hour a link may be asked for: for one name, from one network address.
ASKED_PER_NAME, ASKED_PER_ADDRESS = 3, 20


class LinkExpired(Refused):
    """The link was used, is too old or never was; which of the three is never said."""

    def __init__(self) -> None:
        super().__init__("Liên kết đã được dùng hoặc đã hết hạn.")


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """For how long links open, by their kind."""

    invitation: timedelta
    forgotten: timedelta

    def of(self, kind: AccountLinkKind) -> timedelta:
        """For how long a link of the kind opens."""
        return self.invitation if kind is AccountLinkKind.INVITATION else self.forgotten


def draw(
    user: User, kind: AccountLinkKind, lifetime: timedelta, *, actor: User | None, now: datetime
) -> tuple[AccountLink, str]:
    """A new link of the person and its token, kept nowhere; those of its kind drawn before open nothing."""
    db.session.flush()  # the person has a number
    db.session.execute(delete(AccountLink).where(AccountLink.user_id == user.id, AccountLink.kind == kind))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = AccountLink(
        user=user, kind=kind, token_hash=_hash(token), created_at=now, expires_at=now + lifetime
    )
    db.session.add(link)
    auditing.record(actor, "draw_link", user, now=now, after={"kind": kind, "until": link.expires_at})
    return link, token


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invite(
    user: User, lifetimes: Lifetimes, letterhead: Letterhead, *, by_mail: bool, actor: User, now: datetime
) -> str:
    """Let the person set a password, and return the address for it.

    Who has none yet is invited, others are helped as if they had forgotten theirs. `by_mail` puts a letter
    with the address in the queue; raises Refused where the person has no address for letters or is locked.
    """
    if not user.active:
        raise Refused("Tài khoản đang khóa. Hãy mở khóa trước khi mời.")
    kind = AccountLinkKind.FORGOTTEN if user.password_hash else AccountLinkKind.INVITATION
    link, token = draw(user, kind, lifetimes.of(kind), actor=actor, now=now)
    if by_mail:
        _post(link, token, letterhead, inviter=actor.name, now=now)
    return letterhead.link(token)


def ask(name: str, lifetimes: Lifetimes, letterhead: Letterhead, *, address: str, now: datetime) -> None:
    """Send a link to whoever has that name for log-in or that e-mail address, if anybody.

    Nothing of what the caller gets tells whether there is somebody. Asked from the network `address`; raises
    TooManyFailures where that was done often of late.
    """
    named = nfc(name).strip().lower()[:254]
    limits = {f"forgot:{named}": ASKED_PER_NAME, f"forgot-from:{address}": ASKED_PER_ADDRESS}
    throttling.refuse_beyond(limits, "Đã yêu cầu nhiều lần. Hãy thử lại sau 15 phút.", now=now)
    throttling.count(limits, now=now)
    if not named:
        return
    known = select(User).where(or_(User.username == named, func.lower(User.email) == named))
    query = known.where(User.active, User.email.is_not(None)).order_by(User.id)
    found = db.session.scalars(query).all()
    for user in found:
        link, token = draw(user, AccountLinkKind.FORGOTTEN, lifetimes.forgotten, actor=None, now=now)
        _post(link, token, letterhead, inviter="", now=now)
    if not found:  # what takes longest is done for nobody too, so that the time of the answer tells nothing
        link_letter(LinkLetter(named, named, letterhead.link(""), now, letterhead.sender))


def _post(link: AccountLink, token: str, letterhead: Letterhead, *, inviter: str, now: datetime) -> None:
    """Queue the letter with the link. It is no digest, so it names no person that a digest would wait for."""
    user = link.user
    if not user.email:
        raise Refused("Người này chưa có thư điện tử. Hãy ghi địa chỉ thư rồi gửi lại.")
    invited = link.kind is AccountLinkKind.INVITATION
    letter = link_letter(
        LinkLetter(
            name=user.name,
            username=user.username,
            url=letterhead.link(token),
            until=link.expires_at,
            service=letterhead.sender,
            inviter=inviter if invited else "",
            roles=tuple(f"{ROLE_WORDS[held.role]}, {held.unit.name}" for held in user.grants),
        )
    )
    db.session.flush()  # the letter is named by the link's id
    db.session.add(
        Mail(
            message_id=letterhead.message_id(local_day(now), f"link-{link.id}-{link.token_hash[:8]}"),
            address=user.email,
            recipient_name=user.name,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            created_at=now,
        )
    )


def find(token: str, *, now: datetime) -> AccountLink:
    """The link of that token, for a person who may log in; raises LinkExpired where it opens nothing."""
    query = select(AccountLink).where(
        AccountLink.token_hash == _hash(token), AccountLink.used_at.is_(None), AccountLink.expires_at > now
    )
    link = db.session.scalars(query.options(joinedload(AccountLink.user))).first()
    if link is None or not link.user.active:
        raise LinkExpired
    return link


def set_password(link: AccountLink, password: str, *, now: datetime) -> None:
    """Set the password of the link's person and end all their sessions; no link of theirs opens any more.

    Of two who do so at once only one succeeds. Raises Refused where the password is too short, LinkExpired
    where the link was used meanwhile.
    """
    accounts.set_password(link.user, password, actor=link.user, now=now)
    unused = update(AccountLink).where(AccountLink.id == link.id, AccountLink.used_at.is_(None))
    used = db.session.execute(unused.values(used_at=now))
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise LinkExpired
    others = delete(AccountLink).where(AccountLink.user_id == link.user_id, AccountLink.used_at.is_(None))
    db.session.execute(others)
