"""A letter as the message that SMTP carries (RFC 5322): text, HTML and, with a new date, a calendar file."""

from datetime import datetime
from email.charset import BASE64, Charset
from email.errors import HeaderParseError, MessageDefect
from email.header import Header
from email.headerregistry import Address
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime

from tracker.clock import HANOI
from tracker.render.letters import Letter

CALENDAR_NAME = "han-cuoi.ics"
# Most letters of a Vietnamese text are more than one octet: base64 is shorter than quoted-printable.
UTF8 = Charset("utf-8")
UTF8.body_encoding = BASE64
BOUNDARY = "=_phan_{}"  # base64 has no such letters, so no part can hold it


class BadAddress(ValueError):
    """No letter can be sent to or from this address."""


def address(name: str, mailbox: str) -> Address:
    """«Nguyễn Văn An <an@suoimay.example>»; raises BadAddress where the mailbox is none."""
    try:
        found = Address(display_name=_one_line(name), addr_spec=mailbox)
    except (HeaderParseError, MessageDefect, ValueError, IndexError) as error:
        raise BadAddress(f"Địa chỉ thư không dùng được: {mailbox}") from error
    if found.addr_spec != mailbox or not mailbox.isascii():
        raise BadAddress(f"Địa chỉ thư không dùng được: {mailbox}")
    return found


def message(
    letter: Letter,
    *,
    sender: Address,
    recipient: Address,
    message_id: str,
    written_at: datetime,
    ics: str = "",
    choice_url: str = "",
) -> Message:
    """The message of a letter: its identity and its date come from the caller, so that it is always the same.

    It says that no person wrote it, so that nobody's absence note answers it (RFC 3834), and at which address
    letters can be stopped (RFC 2369, 3.2; a page that asks first, so no one-click of RFC 8058).

    Composed of the MIME classes and not of EmailMessage, which takes three times as long, and whose folding
    (Python 3.11) drops the space where one encoded word ends and the next begins: readers see «quáhạn».
    """
    composed = _alternatives(letter)
    if ics:
        words, composed = composed, MIMEMultipart("mixed", BOUNDARY.format(2))
        composed.attach(words)
        composed.attach(_calendar_file(ics))
    composed["From"] = _mailbox("From", sender)
    composed["To"] = _mailbox("To", recipient)
    composed["Subject"] = _words("Subject", _one_line(letter.subject))
    composed["Date"] = format_datetime(written_at.astimezone(HANOI))
    composed["Message-ID"] = message_id
    composed["Auto-Submitted"] = "auto-generated"
    if choice_url:
        composed["List-Unsubscribe"] = f"<{choice_url}>"
    return composed


def _alternatives(letter: Letter) -> MIMEMultipart:
    """The same words as text and, better, as HTML (RFC 2046, 5.1.4)."""
    parts = MIMEMultipart("alternative", BOUNDARY.format(1))
    parts.attach(_text(letter.text, "plain"))
    parts.attach(_text(letter.html, "html"))
    return parts


def _text(text: str, kind: str) -> MIMEText:
    """A part of text, its lines ended by CR LF as they must be within base64 (RFC 2045, 6.8)."""
    lines = text.replace("\r\n", "\n").replace("\n", "\r\n")
    return MIMEText(lines, kind, UTF8)  # type: ignore[arg-type] # typeshed knows the name of a charset only


def _calendar_file(ics: str) -> MIMEText:
    part = _text(ics, "calendar")
    part.set_param("method", "PUBLISH")
    part.add_header("Content-Disposition", "attachment", filename=CALENDAR_NAME)
    return part


def _mailbox(header: str, who: Address) -> str:
    """A name and an address; only a name of other than ASCII letters is encoded (RFC 2047, 5)."""
    if who.display_name.isascii():
        return str(who)
    return f"{_words(header, who.display_name)}\n <{who.addr_spec}>"


def _words(header: str, text: str) -> str:
    return text if text.isascii() else Header(text, "utf-8", header_name=header).encode()


def _one_line(text: str) -> str:
    """White space folded: a line break in a header would begin another one."""
    return " ".join(text.split())
