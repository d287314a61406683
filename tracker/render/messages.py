"""A letter as the message that SMTP carries (RFC 5322): text, HTML and, with a new date, a calendar file."""

from binascii import b2a_base64
from collections.abc import Mapping
from datetime import datetime
from email.errors import HeaderParseError, MessageDefect
from email.header import Header
from email.headerregistry import Address
from email.utils import format_datetime
from functools import lru_cache

from tracker.clock import HANOI
from tracker.render.letters import Letter

CALENDAR_NAME = "han-cuoi.ics"
LINE_END = "\r\n"
LONGEST_LINE = 76  # letters of base64 in a line (RFC 2045, 6.8)
REMEMBERED = 1000  # names and subjects, which come again from letter to letter and encode slowly
BOUNDARY = "=_phan_{}"  # base64 has no such letters, so no part can hold it


class BadAddress(ValueError):
    """No letter can be sent to or from this address."""


@lru_cache(REMEMBERED)
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
) -> bytes:
    """A letter's octets as they are sent; identity and date are the caller's, so they are always the same.

    It says that no person wrote it, so that nobody's absence note answers it (RFC 3834), and at which address
    letters can be stopped (RFC 2369, 3.2; a page that asks first, so no one-click of RFC 8058).

    Joined here from what the email package encodes: its message classes take five times as long over a
    letter, and EmailMessage (Python 3.11) drops the space where one encoded word ends and the next begins:
    readers see «quáhạn».
    """
    header = {
        "From": _mailbox("From", sender),
        "To": _mailbox("To", recipient),
        "Subject": _words("Subject", _one_line(letter.subject)),
        "Date": _date(written_at),
        "Message-ID": message_id,
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
    }
    if choice_url:
        header["List-Unsubscribe"] = f"<{choice_url}>"
    body = _multipart("alternative", 1, _text("plain", letter.text), _text("html", letter.html))
    if ics:
        body = _multipart("mixed", 2, body, _calendar_file(ics))
    return (_lines(header) + body).encode("ascii")


def _multipart(kind: str, number: int, *parts: str) -> str:
    """Parts in one; of alternatives the last is the best (RFC 2046, 5.1)."""
    boundary = BOUNDARY.format(number)
    content = "".join(f"--{boundary}{LINE_END}{part}{LINE_END}" for part in parts)
    header = {"Content-Type": f'multipart/{kind}; boundary="{boundary}"'}
    return _part(header, f"{content}--{boundary}--{LINE_END}")


def _text(kind: str, text: str, parameters: str = "", disposition: str = "") -> str:
    """A part of text, its lines ended by CR LF as they must be within base64 (RFC 2045, 6.8).

    Most letters of a Vietnamese text are more than one octet: base64 is shorter than quoted-printable.
    """
    lines = text.replace("\r\n", "\n").replace("\n", "\r\n")
    header = {
        "Content-Type": f'text/{kind}; charset="utf-8"{parameters}',
        "Content-Transfer-Encoding": "base64",
    }
    if disposition:
        header["Content-Disposition"] = disposition
    return _part(header, _base64(lines.encode()))


def _base64(octets: bytes) -> str:
    """Octets as lines of base64: encoded at once and cut, four times as fast as line by line."""
    encoded = b2a_base64(octets, newline=False).decode("ascii")
    rows = [encoded[start : start + LONGEST_LINE] for start in range(0, len(encoded), LONGEST_LINE)]
    return LINE_END.join([*rows, ""])


def _calendar_file(ics: str) -> str:
    return _text("calendar", ics, '; method="PUBLISH"', f'attachment; filename="{CALENDAR_NAME}"')


def _part(header: Mapping[str, str], body: str) -> str:
    """A header and, after an empty line, what it is of (RFC 2045, 2.5)."""
    return f"{_lines(header)}{LINE_END}{body}"


def _lines(header: Mapping[str, str]) -> str:
    return "".join(f"{name}: {value}{LINE_END}" for name, value in header.items())


def _mailbox(name: str, who: Address) -> str:
    """A name and an address; only a name of other than ASCII letters is encoded (RFC 2047, 5)."""
    if who.display_name.isascii():
        return _words(name, str(who))
    return f"{_words(name, who.display_name)}{LINE_END} <{who.addr_spec}>"


@lru_cache(REMEMBERED)
def _date(moment: datetime) -> str:
    """«Thu, 18 Jun 2026 07:30:00 +0700»; the letters of a morning were all written at one moment."""
    return format_datetime(moment.astimezone(HANOI))


@lru_cache(REMEMBERED)
def _words(name: str, text: str) -> str:
    """The words of a header of that name, folded, and encoded where they are not ASCII (RFC 2047)."""
    charset = "us-ascii" if text.isascii() else "utf-8"
    return Header(text, charset, header_name=name).encode(linesep=LINE_END)


def _one_line(text: str) -> str:
    """White space folded: a line break in a header would begin another one."""
    return " ".join(text.split())
