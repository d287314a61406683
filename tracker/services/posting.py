"""Letters delivered: each is claimed, sent and marked, so that none is lost and none goes out twice."""

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, bindparam, or_, select, update

from tracker.db import db
from tracker.mailer import Chores, Envelope, LetterRefused, MailFailed, ServerUnavailable
from tracker.models import Mail, MailContent, MailState
from tracker.render import letters, messages
from tracker.services.letterhead import Letterhead

AT_ONCE = 200  # letters claimed
FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=6)
GIVEN_UP_AFTER = timedelta(days=3)
KEPT_FOR = timedelta(minutes=5)  # claims; where the server is slow, the rest of them is put back
STUCK_AFTER = timedelta(minutes=15)  # by then a claim is nobody's: it was kept so long by no living process
LATELY = timedelta(days=7)  # what an older letter says is mostly no longer true
LONGEST_ERROR = 1000

Send = Callable[[Envelope, Chores], None]

# Letters are claimed, read and marked as plain rows, by statements made once and over a connection of their
# own: as objects of a session they took longer than the server that takes them.
MAIL, CONTENT = cast(Table, Mail.__table__), cast(Table, MailContent.__table__)
CARRIED = (
    MAIL.c.id,
    MAIL.c.user_id,
    MAIL.c.message_id,
    MAIL.c.address,
    MAIL.c.recipient_name,
    MAIL.c.subject,
    CONTENT.c.text,
    CONTENT.c.html,
    CONTENT.c.ics,
    MAIL.c.created_at,
    MAIL.c.attempts,
)
SENT = (
    update(MAIL)
    .where(MAIL.c.id == bindparam("number"))
    .values(
        state=MailState.SENT,
        sent_at=bindparam("now", type_=MAIL.c.sent_at.type),
        attempts=MAIL.c.attempts + 1,
        last_error="",
    )
)


def deliver(
    send: Send,
    letterhead: Letterhead,
    *,
    clock: Callable[[], datetime],
    may_go_on: Callable[[], bool] = lambda: True,
) -> int:
    """Deliver what is due, the longest waiting first, until there is none, the server is not to be had or
    `may_go_on`, asked before each letter, says no; returns how many letters were tried.

    In three steps, each committed here: some are claimed, so that no other process takes them; one after
    the other is sent; what became of it is stored before the next one goes. What was claimed and not tried is
    put back. Whatever dies in between leaves claims behind, for `release_stuck`; only the one letter that was
    on its way can go out twice.
    """
    tried = 0  # each statement is committed by itself
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        mailbag = _Mailbag(connection, letterhead, send)
        try:
            while mailbag.fill(claimed_at := clock()):
                while mailbag and clock() - claimed_at < KEPT_FOR:
                    if not may_go_on():
                        return tried
                    tried += 1
                    if not mailbag.carry_one(clock()):
                        return tried
        finally:
            mailbag.empty()
    return tried


class _Mailbag:
    """Letters claimed by this process, sent one after the other.

    No time is lost while the server is waited for: that it took one is stored while it hears of the next, the
    next is composed while it takes one.
    """

    def __init__(self, connection: Connection, letterhead: Letterhead, send: Send) -> None:
        self._connection, self._send = connection, send
        self._in_hand: deque[Row] = deque()
        self._taken: dict[str, Any] | None = None  # the last letter and when, until that is stored
        self._compose = lru_cache(2)(partial(_envelope, letterhead=letterhead))
        self._chores = Chores(before=self._mark_taken, meanwhile=self._compose_next)

    def __bool__(self) -> bool:
        return bool(self._in_hand)

    def fill(self, now: datetime) -> bool:
        """Claim letters, the old ones being put back; False where none waits."""
        self.empty()
        self._in_hand.extend(_claim(self._connection, now))
        return bool(self)

    def empty(self) -> None:
        """Store what is not yet stored, and queue again what was claimed and not tried."""
        self._mark_taken()
        if self._in_hand:
            numbers = [mail.id for mail in self._in_hand]
            self._connection.execute(
                update(MAIL).where(MAIL.c.id.in_(numbers)).values(state=MailState.QUEUED)
            )
            self._in_hand.clear()

    def carry_one(self, now: datetime) -> bool:
        """Send the first letter and see to it that it is stored what became of it; False where the server is
        not to be had."""
        mail = self._in_hand.popleft()
        try:
            self._send(self._compose(mail), self._chores)
        except MailFailed as failed:
            changes = _put_off(mail.attempts + 1, failed, now)
            self._connection.execute(update(MAIL).where(MAIL.c.id == mail.id).values(changes))
            return not isinstance(failed, ServerUnavailable)
        self._mark_taken()
        self._taken = {"number": mail.id, "now": now}
        return True

    def _mark_taken(self) -> None:
        if self._taken is not None:
            self._connection.execute(SENT, self._taken)
            self._taken = None

    def _compose_next(self) -> None:
        if self._in_hand:
            with suppress(MailFailed):  # its own turn will tell
                self._compose(self._in_hand[0])


def _claim(connection: Connection, now: datetime) -> Sequence[Row]:
    """The letters that have waited longest, their pause being over, claimed for this process alone.

    A pause longer than any there is was set by a clock that was wrong.
    """
    over = or_(
        MAIL.c.next_try_at.is_(None), MAIL.c.next_try_at <= now, MAIL.c.next_try_at > now + LONGEST_PAUSE
    )
    due = select(MAIL.c.id).where(MAIL.c.state == MailState.QUEUED, over).order_by(MAIL.c.id).limit(AT_ONCE)
    claimed = connection.scalars(
        update(MAIL)
        .where(MAIL.c.id.in_(due.with_for_update(skip_locked=True).scalar_subquery()))
        .values(state=MailState.SENDING, claimed_at=now)
        .returning(MAIL.c.id)
    ).all()
    letters_of = select(*CARRIED).select_from(MAIL.join(CONTENT)).where(MAIL.c.id.in_(claimed))
    return connection.execute(letters_of.order_by(MAIL.c.id)).all()


def _envelope(mail: Row, letterhead: Letterhead) -> Envelope:
    """The letter as it is carried; raises LetterRefused where there is no sending to its address."""
    try:
        recipient = messages.address(mail.recipient_name, mail.address)
    except messages.BadAddress as error:
        raise LetterRefused(str(error)) from error
    try:
        sender = messages.address(letterhead.sender, letterhead.address)
    except messages.BadAddress as error:
        raise ServerUnavailable(str(error)) from error
    content = messages.message(
        letters.Letter(mail.subject, mail.text, mail.html),
        sender=sender,
        recipient=recipient,
        message_id=mail.message_id,
        written_at=mail.created_at,
        ics=mail.ics,
        choice_url=letterhead.choice(mail.user_id, mail.address) if mail.user_id else "",
    )
    return Envelope(letterhead.address, mail.address, mail.message_id, content)


def _put_off(attempts: int, failed: MailFailed, now: datetime) -> dict[str, Any]:
    """Queued again after a growing pause; what is refused for good, or for three days, is dead."""
    waited = sum((pause_after(number + 1) for number in range(attempts)), timedelta())
    given_up = waited >= GIVEN_UP_AFTER
    return {
        "attempts": attempts,
        "refused": failed.permanent,
        "state": MailState.DEAD if failed.permanent or given_up else MailState.QUEUED,
        "next_try_at": now + pause_after(attempts),
        "last_error": str(failed)[:LONGEST_ERROR],
    }


def pause_after(attempts: int) -> timedelta:
    """5, 10, 20, 40 ... minutes after the first, second, third ... attempt, six hours at most."""
    return min(FIRST_PAUSE * 2 ** min(attempts - 1, 10), LONGEST_PAUSE)


def release_stuck(*, now: datetime, claimed_before: datetime | None = None) -> int:
    """Queue again what a process claimed and never finished; returns how many letters. The caller commits.

    That is taken for dead which was claimed a quarter of an hour ago or, where the caller knows that no other
    process is at work, before `claimed_before`. A claim from the future is one of a clock that was wrong.
    """
    before = claimed_before or now - STUCK_AFTER
    released = db.session.execute(
        update(Mail)
        .where(
            Mail.state == MailState.SENDING,
            or_(Mail.claimed_at <= before, Mail.claimed_at > now + STUCK_AFTER),
        )
        .values(state=MailState.QUEUED, next_try_at=None)
    )
    return released.rowcount  # type: ignore[attr-defined]


def died_lately(now: datetime) -> ColumnElement[bool]:
    """The WHERE clause of the dead letters young enough to be sent again all at once."""
    return and_(Mail.state == MailState.DEAD, Mail.created_at > now - LATELY)


def send_again(mail: Mail) -> None:
    """Give a dead letter its three days once more, to the address that its recipient has by now.

    Said of any other letter it changes nothing.
    """
    if mail.state is MailState.DEAD:
        reader = mail.user or mail.unit
        mail.address = (reader.email if reader else None) or mail.address
        mail.state, mail.next_try_at, mail.attempts = MailState.QUEUED, None, 0
