"""A letter as SMTP carries it."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.render.letters import Letter
from tracker.render.messages import BadAddress, address, message

SENDER = address("Đúng hạn, UBND xã Suối Mây", "nhacviec@suoimay.example")
AN = address("Nguyễn Văn An", "an@suoimay.example")
MORNING = datetime(2026, 6, 18, 0, 30, tzinfo=UTC)
ICS = "BEGIN:VCALENDAR\r\nSUMMARY:Hạn cuối\r\nEND:VCALENDAR\r\n"


def carried(letter=None, **fields):
    """What arrives."""
    letter = letter or Letter("2 nhiệm vụ quá hạn", "Kính gửi\n", "<p>Kính gửi</p>\n")
    known = {
        "sender": SENDER,
        "recipient": AN,
        "message_id": "<17.abc@suoimay.example>",
        "written_at": MORNING,
    }
    return message(letter, **known | fields)


def read(octets):
    return message_from_bytes(octets, policy=policy.default)


def test_a_letter_is_text_and_html_with_everything_a_server_needs():
    found = read(carried())
    assert found["Subject"] == "2 nhiệm vụ quá hạn"
    assert found["From"] == '"Đúng hạn, UBND xã Suối Mây" <nhacviec@suoimay.example>'
    assert found["To"] == "Nguyễn Văn An <an@suoimay.example>"
    assert found["Date"] == "Thu, 18 Jun 2026 07:30:00 +0700"
    assert found["Message-ID"] == "<17.abc@suoimay.example>"
    assert found["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in found.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert found.get_body(["plain"]).get_content() == "Kính gửi\r\n"
    assert found.get_body(["html"]).get_content() == "<p>Kính gửi</p>\r\n"


def test_a_calendar_file_comes_as_an_attachment_of_its_type():
    [part] = read(carried(ics=ICS)).iter_attachments()
    assert part["Content-Type"].params == {"charset": "utf-8", "method": "PUBLISH"}
    assert part.get_content_type() == "text/calendar"
    assert part.get_filename() == "han-cuoi.ics"
    assert part.get_payload(decode=True).decode() == ICS


def test_everything_on_the_wire_is_ascii_in_short_lines():
    letter = Letter("Bức tranh tuần 25: " * 20, "Kính gửi anh chị " * 200, "<p>" + "Kính gửi " * 500 + "</p>")
    for row in carried(letter, ics=ICS).split(b"\n"):
        assert row.isascii()
        assert len(row) <= 78


def test_a_line_break_in_a_subject_or_name_begins_no_header():
    letter = Letter("Quá hạn\r\nBcc: giang@x.example", "x\n", "x\n")
    found = read(carried(letter, recipient=address("An\r\nBcc: giang@x.example", "an@x.example")))
    assert found["Subject"] == "Quá hạn Bcc: giang@x.example"
    assert found["Bcc"] is None


SAYING = "Bức tranh tuần 25: 9 nhiệm vụ quá hạn, tăng 2 - UBND xã Suối Mây “Quý II/2026”"
WORDS = st.lists(st.sampled_from(SAYING.split()), min_size=1, max_size=30).map(" ".join)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_subjects_and_names_of_any_length_are_read_back_word_for_word(subject, name):
    octets = carried(Letter(subject, "x\n", "x\n"), recipient=address(name, "an@suoimay.example"))
    assert read(octets)["Subject"] == subject
    plain = message_from_bytes(octets)
    assert str(make_header(decode_header(plain["Subject"]))) == subject
    decoded, mailbox = str(make_header(decode_header(plain["To"]))).rsplit(maxsplit=1)
    assert (decoded.strip().strip('"'), mailbox) == (name, "<an@suoimay.example>")


@pytest.mark.parametrize(
    "mailbox", ["", "an", "an@", "á@suoimay.example", "a b@x.example", "x\r\ny@x.example"]
)
def test_what_is_no_address_is_refused(mailbox):
    with pytest.raises(BadAddress):
        address("An", mailbox)
