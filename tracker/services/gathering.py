"""What waits to be told, bound into letters: one a recipient and working day, and what is urgent at once."""

from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.models import LetterChoice, Mail, MailState, Notice, NoticeState, User
from tracker.render import letters
from tracker.render.calendar import Entry, invitation_bytes
from tracker.rules.notices.sending import SendingDays
from tracker.rules.notices.table import DEED_RULES
from tracker.services import days_off
from tracker.services.digests import URGENT, Bound, bind
from tracker.services.feed_entries import entries_of
from tracker.services.letterhead import Letterhead
from tracker.services.lines import Teller
from tracker.services.material import material_of
from tracker.words import first_moment, local_day

AT_ONCE = 100  # recipients whose letters are bound in one transaction
LONGEST_SUBJECT = 500
TELLING_A_DATE = frozenset({"published", "reassigned", "corrected", "extension_granted"})
OF_DEEDS = frozenset(rule.name for rule in DEED_RULES)

Recipient = tuple[int | None, int | None]  # the id of a person, or of the unit whose mailbox it is


def gather_digests(letterhead: Letterhead, *, now: datetime) -> int:
    """Bind what waits into letters, one a recipient and working day, for up to a hundred recipients.

    What is urgent waits for nothing: to who had the day's letter it goes in one of its own.

    Returns for how many; the caller commits and asks again until that is 0. What is no longer true is passed
    over for good.
    """
    today, calendar = local_day(now), days_off.calendar()
    if not calendar.is_working(today):
        return 0
    weekly_on = SendingDays(calendar, LetterChoice.WEEKLY).on_or_before(today)
    written = _written_on(today)
    waiting = dict(islice(_waiting(weekly_on, written).items(), AT_ONCE))
    notices = _loaded([number for numbers in waiting.values() for number in numbers])
    teller = Teller(material_of(notices.values()), letterhead, today, calendar)
    bound = [_bind([notices[number] for number in numbers], teller) for numbers in waiting.values()]
    entries = entries_of({number for one in bound for number in _newly_dated(one)}, today, letterhead.site)
    for recipient, one in zip(waiting, bound, strict=True):
        _mark(one, _mail(one, entries, letterhead, written[recipient], now))
    return len(waiting)


def _waiting(weekly_on: date, written: Container[Recipient]) -> Mapping[Recipient, list[int]]:
    """The ids of the notices to be told by now, under their recipients; who got a letter today waits for all
    but what is urgent.

    Who reads weekly hears of deeds on the day weekly letters go out, `weekly_on` being the last one. Timed
    notices were made for their day.
    """
    query = (
        select(Notice.id, Notice.user_id, Notice.unit_id, Notice.rule, Notice.created_at, User.letters)
        .outerjoin(Notice.user)
        .where(Notice.state == NoticeState.PENDING)
        .order_by(Notice.user_id, Notice.unit_id, Notice.id)
    )
    waiting: dict[Recipient, list[int]] = defaultdict(list)
    for number, user_id, unit_id, rule, created_at, choice in db.session.execute(query):
        early = choice is LetterChoice.WEEKLY and rule in OF_DEEDS and local_day(created_at) > weekly_on
        if rule in URGENT or not (early or (user_id, unit_id) in written):
            waiting[user_id, unit_id].append(number)
    return waiting


def _written_on(day: date) -> Counter[Recipient]:
    """How many letters were bound on a day, by recipient."""
    of_the_day = select(Mail.user_id, Mail.unit_id).where(
        Mail.created_at >= first_moment(day), Mail.created_at < first_moment(day + timedelta(days=1))
    )
    return Counter((user_id, unit_id) for user_id, unit_id in db.session.execute(of_the_day))


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


def _mail(
    bound: Bound, entries: Mapping[int, Entry], letterhead: Letterhead, earlier: int, now: datetime
) -> Mail | None:
    """The letter of what was bound, rendered, its Message-ID fixed; None where nothing is to be said.

    `earlier` letters of the same day went to the same recipient.
    """
    if bound.digest is None:
        return None
    recipient, ics = bound.said[0], _calendar(bound, entries, letterhead)
    letter = letters.digest(replace(bound.digest, has_calendar=bool(ics)))
    who = f"user-{recipient.user_id}" if recipient.user_id else f"unit-{recipient.unit_id}"
    return Mail(
        message_id=letterhead.message_id(bound.digest.day, who, earlier),
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
