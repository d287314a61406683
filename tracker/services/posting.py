"""Letters: bound from what waits to be told, and delivered; each step is claimed, so none is done twice."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage

from sqlalchemy import ColumnElement, Select, and_, or_, select, update
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.mailer import LetterRefused, MailFailed, ServerUnavailable
from tracker.models import LetterChoice, Mail, MailState, Notice, NoticeState, User
from tracker.render import letters, messages
from tracker.render.calendar import Entry, invitation_bytes
from tracker.rules.notices.sending import SendingDays
from tracker.rules.notices.table import DEED_RULES
from tracker.services import days_off
from tracker.services.digests import Bound, bind
from tracker.services.feed_entries import entries_of
from tracker.services.letterhead import Letterhead
from tracker.services.lines import Teller
from tracker.services.material import material_of
from tracker.words import first_moment, local_day

AT_ONCE = 100  # recipients whose letters are bound in one transaction
FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=6)
GIVEN_UP_AFTER = timedelta(days=3)
STUCK_AFTER = timedelta(minutes=15)  # longer than any mailer waits for its server
LONGEST_SUBJECT = 500
LONGEST_ERROR = 1000
TELLING_A_DATE = frozenset({"published", "reassigned", "corrected", "extension_granted"})
OF_DEEDS = frozenset(rule.name for rule in DEED_RULES)

Send = Callable[[EmailMessage], None]
Recipient = tuple[int | None, int | None]  # the id of a person, or of the unit whose mailbox it is


def gather_digests(letterhead: Letterhead, *, now: datetime) -> int:
    """Bind what waits into letters, one a recipient and working day, for up to a hundred recipients.

    Returns for how many; the caller commits and asks again until that is 0. What is no longer true is passed
    over for good.
    """
    today, calendar = local_day(now), days_off.calendar()
    if not calendar.is_working(today):
        return 0
    weekly_on = SendingDays(calendar, LetterChoice.WEEKLY).on_or_before(today)
    waiting = list(_waiting(weekly_on, today).values())[:AT_ONCE]
    notices = _loaded([number for numbers in waiting for number in numbers])
    teller = Teller(material_of(notices.values()), letterhead, today, calendar)
    bound = [_bind([notices[number] for number in numbers], teller) for numbers in waiting]
    entries = entries_of({number for one in bound for number in _newly_dated(one)}, today, letterhead.site)
    written = [_mail(one, entries, letterhead, now) for one in bound]
    for one, mail in zip(bound, written, strict=True):
        _mark(one, mail)
    return len(waiting)


def _waiting(weekly_on: date, today: date) -> Mapping[Recipient, list[int]]:
    """The ids of the notices to be told by now, under their recipients; who got a letter today waits.

    Who reads weekly hears of deeds on the day weekly letters go out, `weekly_on` being the last one. Timed
    notices were made for their day.
    """
    query = (
        select(Notice.id, Notice.user_id, Notice.unit_id, Notice.rule, Notice.created_at, User.letters)
        .outerjoin(Notice.user)
        .where(Notice.state == NoticeState.PENDING)
        .order_by(Notice.user_id, Notice.unit_id, Notice.id)
    )
    written = {(user_id, unit_id) for user_id, unit_id in db.session.execute(_written_on(today))}
    waiting: dict[Recipient, list[int]] = defaultdict(list)
    for number, user_id, unit_id, rule, created_at, choice in db.session.execute(query):
        early = choice is LetterChoice.WEEKLY and rule in OF_DEEDS and local_day(created_at) > weekly_on
        if not early and (user_id, unit_id) not in written:
            waiting[user_id, unit_id].append(number)
    return waiting


def _written_on(day: date) -> Select:
    """The recipients of the letters that were bound on a day."""
    return select(Mail.user_id, Mail.unit_id).where(
        Mail.created_at >= first_moment(day), Mail.created_at < first_moment(day + timedelta(days=1))
    )


def _loaded(numbers: Sequence[int]) -> Mapping[int, Notice]:
    query = (
        select(Notice)
        .where(Notice.id.in_(numbers))
        .options(joinedload(Notice.user).selectinload(User.grants), joinedload(Notice.unit))
    )
    return {notice.id: notice for notice in db.session.scalars(query)}


def _bind(notices: Sequence[Notice], teller: Teller) -> Bound:
    """The notices bound; those that cannot reach their recipient, or are not wanted any more, are stale."""
    wanted = [notice for notice in notices if _address(notice) and _is_wanted(notice)]
    bound = bind(wanted, teller) if wanted else Bound(None, (), ())
    return replace(bound, stale=[*bound.stale, *(notice for notice in notices if notice not in wanted)])


def _address(notice: Notice) -> str:
    if notice.user is not None:
        return (notice.user.email or "") if notice.user.active else ""
    return (notice.unit.email or "") if notice.unit is not None else ""


def _is_wanted(notice: Notice) -> bool:
    """Whether the recipient still wants it: of lateness one is told whatever one chose, if nobody else is."""
    return notice.user is None or notice.user.letters is not LetterChoice.NONE or notice.rule == "overdue"


def _newly_dated(bound: Bound) -> list[int]:
    """The ids of the assignments whose date the letter is the first to tell."""
    return [n.subject_id for n in bound.said if n.subject == "assignment" and n.rule in TELLING_A_DATE]


def _calendar(bound: Bound, entries: Mapping[int, Entry], letterhead: Letterhead) -> str:
    """Those dates as a calendar file; empty where there is none, or nobody to publish it."""
    told = [entries[number] for number in dict.fromkeys(_newly_dated(bound)) if number in entries]
    if not told or not letterhead.address:
        return ""
    return invitation_bytes(*told, organizer=letterhead.address, organizer_name=letterhead.sender).decode()


def _mail(bound: Bound, entries: Mapping[int, Entry], letterhead: Letterhead, now: datetime) -> Mail | None:
    """The letter of what was bound, rendered, its Message-ID fixed; None where nothing is to be said."""
    if bound.digest is None:
        return None
    recipient, ics = bound.said[0], _calendar(bound, entries, letterhead)
    letter = letters.digest(replace(bound.digest, has_calendar=bool(ics)))
    who = f"user-{recipient.user_id}" if recipient.user_id else f"unit-{recipient.unit_id}"
    return Mail(
        message_id=letterhead.message_id(bound.digest.day, who),
        user_id=recipient.user_id,
        unit_id=recipient.unit_id,
        address=_address(recipient),
        recipient_name=recipient.user.name
        if recipient.user
        else recipient.unit.name
        if recipient.unit
        else "",
        subject=letter.subject[:LONGEST_SUBJECT],
        text=letter.text,
        html=letter.html,
        ics=ics,
        state=MailState.QUEUED,
        created_at=now,
    )


def _mark(bound: Bound, mail: Mail | None) -> None:
    for notice in bound.said:
        notice.state, notice.mail = NoticeState.BOUND, mail
    for notice in bound.stale:
        notice.state = NoticeState.SKIPPED


def deliver(send: Send, letterhead: Letterhead, *, now: datetime) -> bool:
    """Deliver the letter that has waited longest; False when there is none or the server is not to be had.

    In three steps, each committed here: the letter is claimed, so that no other process takes it; it is
    sent; what became of it is stored. Whatever dies in between leaves it claimed, for `release_stuck`.
    """
    mail = _claim_next(now)
    if mail is None:
        return False
    try:
        send(_message(mail, letterhead))
    except MailFailed as failed:
        _put_off(mail, failed, now)
        db.session.commit()
        return not isinstance(failed, ServerUnavailable)
    mail.state, mail.sent_at, mail.last_error = MailState.SENT, now, ""
    db.session.commit()
    return True


def _claim_next(now: datetime) -> Mail | None:
    """The next letter, claimed for this process alone."""
    while True:
        number = db.session.scalar(select(Mail.id).where(_is_due(now)).order_by(Mail.id).limit(1))
        if number is None:
            return None
        claimed = db.session.execute(
            update(Mail)
            .where(Mail.id == number, Mail.state == MailState.QUEUED)
            .values(state=MailState.SENDING, claimed_at=now, attempts=Mail.attempts + 1)
        )
        db.session.commit()
        if claimed.rowcount == 1:  # type: ignore[attr-defined]
            return db.session.get_one(Mail, number)


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Queued, and its pause is over; a pause longer than any there is was set by a clock that was wrong."""
    over = or_(Mail.next_try_at.is_(None), Mail.next_try_at <= now, Mail.next_try_at > now + LONGEST_PAUSE)
    return and_(Mail.state == MailState.QUEUED, over)


def _message(mail: Mail, letterhead: Letterhead) -> EmailMessage:
    """The letter as it is carried; raises LetterRefused where there is no sending to its address."""
    try:
        recipient = messages.address(mail.recipient_name, mail.address)
    except messages.BadAddress as error:
        raise LetterRefused(str(error)) from error
    try:
        sender = messages.address(letterhead.sender, letterhead.address)
    except messages.BadAddress as error:
        raise ServerUnavailable(str(error)) from error
    return messages.message(
        letters.Letter(mail.subject, mail.text, mail.html),
        sender=sender,
        recipient=recipient,
        message_id=mail.message_id,
        written_at=mail.created_at,
        ics=mail.ics,
    )


def _put_off(mail: Mail, failed: MailFailed, now: datetime) -> None:
    """Queue it again after a growing pause; what is refused for good, or for three days, is dead."""
    waited = sum((pause_after(number + 1) for number in range(mail.attempts)), timedelta())
    given_up = waited >= GIVEN_UP_AFTER
    mail.state = MailState.DEAD if failed.permanent or given_up else MailState.QUEUED
    mail.next_try_at = now + pause_after(mail.attempts)
    mail.last_error = str(failed)[:LONGEST_ERROR]


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


def send_again(mail: Mail) -> None:
    """Give a dead letter its three days once more; said of any other letter it changes nothing."""
    if mail.state is MailState.DEAD:
        mail.state, mail.next_try_at, mail.attempts = MailState.QUEUED, None, 0
