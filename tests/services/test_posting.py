"""Each letter is delivered once: claimed, sent, marked."""

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from itertools import pairwise

import pytest

from tracker.db import db as database
from tracker.mailer import LetterRefused, MailFailed, ServerUnavailable
from tracker.models import Mail, MailState
from tracker.services import posting
from tracker.services.letterhead import Letterhead

THURSDAY = date(2026, 6, 18)
HALF_PAST_SEVEN = timedelta(minutes=30)
LETTERHEAD = Letterhead(
    site="https://dunghan.suoimay.example",
    service="Đúng hạn",
    authority="UBND xã Suối Mây",
    address="nhacviec@suoimay.example",
    digest_time="07:30",
)


def at(day, hour=HALF_PAST_SEVEN):
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + hour


@pytest.fixture
def mailbox():
    """What was sent, as it arrives; give its `append` to `deliver`."""

    class Mailbox(list):
        def send(self, letter, chores):
            chores.before()
            chores.meanwhile()
            self.append(message_from_bytes(letter.content, policy=policy.default))

    return Mailbox()


def deliver(send, now=None):
    """Deliver what is due; the number of letters tried."""
    database.session.commit()
    return posting.deliver(send, LETTERHEAD, clock=lambda: now or at(THURSDAY))


@pytest.fixture
def letter(session, cast):
    """A factory of letters that wait."""

    def letter(number=1, **columns):
        mail = Mail(
            **{
                "message_id": f"<{number}@suoimay.example>",
                "user": cast.an,
                "address": "an@suoimay.example",
                "recipient_name": "Nguyễn Văn An",
                "subject": "1 nhiệm vụ quá hạn",
                "text": "Kính gửi\n",
                "html": "<p>Kính gửi</p>",
                "created_at": at(THURSDAY),
            }
            | columns
        )
        session.add(mail)
        session.commit()
        return mail

    return letter


def test_a_letter_is_sent_once_and_marked(letter, mailbox):
    mail = letter()
    deliver(mailbox.send)
    deliver(mailbox.send)
    [message] = mailbox
    assert (mail.state, mail.sent_at, mail.attempts) == (MailState.SENT, at(THURSDAY), 1)
    assert message["To"] == "Nguyễn Văn An <an@suoimay.example>"
    assert message["From"] == '"Đúng hạn, UBND xã Suối Mây" <nhacviec@suoimay.example>'
    assert message["Message-ID"] == "<1@suoimay.example>"
    assert message["Date"] == "Thu, 18 Jun 2026 07:30:00 +0700"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"].strip() == f"<{LETTERHEAD.choice(mail.user_id, mail.address)}>"


def test_that_a_letter_was_taken_is_stored_before_the_next_one_goes(letter, session):
    mails, stood = [letter(number) for number in range(3)], []

    def send(_letter, chores):
        chores.before()
        session.expire_all()
        stood.append([mail.state.value for mail in mails])

    deliver(send)
    assert stood == [
        ["sending", "sending", "sending"],
        ["sent", "sending", "sending"],
        ["sent", "sent", "sending"],
    ]


def test_the_next_letter_is_composed_while_one_is_being_taken_and_a_bad_one_waits_for_its_turn(
    letter, mailbox
):
    mails = [letter(1), letter(2, address="an @ suoimay"), letter(3)]
    deliver(mailbox.send)
    assert [message["Message-ID"] for message in mailbox] == ["<1@suoimay.example>", "<3@suoimay.example>"]
    assert [mail.state for mail in mails] == [MailState.SENT, MailState.DEAD, MailState.SENT]


def failing(failure):
    def send(_letter, chores):
        chores.before()
        raise failure

    return send


def test_a_refused_letter_is_dead_at_once_and_the_next_one_goes_out(letter, mailbox):
    mail = letter()
    assert deliver(failing(LetterRefused("550 unknown")))
    assert (mail.state, mail.last_error) == (MailState.DEAD, "550 unknown")
    posting.send_again(mail)
    deliver(mailbox.send)
    assert mail.state is MailState.SENT


def test_a_failed_letter_is_tried_again_with_growing_pauses_for_three_days(letter, session):
    mail, now, tried = letter(), at(THURSDAY), []
    while mail.state is MailState.QUEUED:
        deliver(failing(MailFailed("452 full")), now)
        tried.append(now)
        now = mail.next_try_at
        assert not deliver(failing(AssertionError), now - timedelta(seconds=1))
    pauses = [int((b - a).total_seconds() // 60) for a, b in pairwise(tried)]
    assert pauses[:7] == [5, 10, 20, 40, 80, 160, 320]
    assert set(pauses[7:]) == {360}
    assert mail.state is MailState.DEAD
    assert timedelta(days=2, hours=12) < tried[-1] - tried[0] <= timedelta(days=3)


def test_where_the_server_is_away_the_other_letters_wait(letter):
    first, second = letter(1), letter(2)
    assert deliver(failing(ServerUnavailable("refused"))) == 1
    assert (first.state, second.state, second.attempts) == (MailState.QUEUED, MailState.QUEUED, 0)


def test_who_may_not_go_on_puts_back_what_was_not_tried(letter, mailbox, session):
    mails = [letter(number) for number in range(3)]
    turns = iter([True, True, False])
    session.commit()
    tried = posting.deliver(
        mailbox.send, LETTERHEAD, clock=lambda: at(THURSDAY), may_go_on=lambda: next(turns)
    )
    assert (tried, len(mailbox)) == (2, 2)
    assert [mail.state for mail in mails] == [MailState.SENT, MailState.SENT, MailState.QUEUED]


def test_claims_grown_old_before_a_slow_server_are_put_back_and_made_anew(letter, mailbox, session):
    mails = [letter(number) for number in range(3)]
    session.commit()
    hours = iter(range(100))
    posting.deliver(mailbox.send, LETTERHEAD, clock=lambda: at(THURSDAY) + timedelta(minutes=next(hours)))
    assert [message["Message-ID"] for message in mailbox] == [mail.message_id for mail in mails]
    assert {mail.attempts for mail in mails} == {1}
    assert mails[2].claimed_at - mails[0].claimed_at >= posting.KEPT_FOR


def test_an_address_that_is_none_dies_without_a_try(letter, mailbox):
    mail = letter(address="an @ suoimay")
    assert deliver(mailbox.send)
    assert (mail.state, list(mailbox)) == (MailState.DEAD, [])


def test_a_letter_claimed_by_a_process_that_died_goes_out_later_with_the_same_identity(
    letter, mailbox, session
):
    mail = letter(state=MailState.SENDING, claimed_at=at(THURSDAY))
    minute = timedelta(minutes=1)
    assert posting.release_stuck(now=at(THURSDAY) + minute) == 0
    deliver(mailbox.send, at(THURSDAY) + minute)
    assert list(mailbox) == []
    assert posting.release_stuck(now=at(THURSDAY) + 16 * minute) == 1
    session.commit()
    deliver(mailbox.send, at(THURSDAY) + 16 * minute)
    assert [message["Message-ID"] for message in mailbox] == [mail.message_id]


def test_who_knows_to_be_alone_releases_at_once(letter):
    letter(state=MailState.SENDING, claimed_at=at(THURSDAY))
    now = at(THURSDAY) + timedelta(seconds=5)
    assert posting.release_stuck(now=now, claimed_before=now) == 1


@pytest.mark.parametrize(
    "columns",
    [
        {"next_try_at": at(date(2027, 6, 18))},
        {"state": MailState.SENDING, "claimed_at": at(date(2027, 6, 18))},
    ],
)
def test_a_clock_that_was_a_year_ahead_holds_no_letter_back(letter, mailbox, session, columns):
    letter(**columns)
    posting.release_stuck(now=at(THURSDAY))
    session.commit()
    deliver(mailbox.send)
    assert len(mailbox) == 1


def test_a_crash_while_sending_loses_nothing_and_repeats_only_that_letter(letter, mailbox, session):
    first = letter(1)
    letter(2)
    with pytest.raises(RuntimeError):
        deliver(failing(RuntimeError("power cut")))
    session.rollback()
    assert first.state is MailState.SENDING
    posting.release_stuck(now=at(THURSDAY), claimed_before=at(THURSDAY))
    session.commit()
    deliver(mailbox.send)
    assert sorted(message["Message-ID"] for message in mailbox) == [
        "<1@suoimay.example>",
        "<2@suoimay.example>",
    ]
