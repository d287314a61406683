"""A letter as the message that SMTP carries (RFC 5322): text, HTML and, with a new date, a calendar file."""

from datetime import datetime
from email.errors import HeaderParseError, MessageDefect
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime

from tracker.clock import HANOI
from tracker.render.letters import Letter

CALENDAR_NAME = "han-cuoi.ics"


class WholeWords(EmailPolicy):
    """Folds long headers without losing the spaces between Vietnamese words.

    The folding of EmailPolicy (Python 3.11) drops a space where one encoded word ends and the next begins,
    and readers see «quáhạn»; email.header.Header keeps it within the word (RFC 2047, 6.2).
    """

    def fold(self, name: str, value: str) -> str:
        """The header as lines of text."""
        if str(value).isascii():
            return super().fold(name, value)
        return f"{name}: {self._encoded(name, value)}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        """The header as lines of bytes."""
        return self.fold(name, value).encode("ascii")

    def _encoded(self, name: str, value: str) -> str:
        addresses = getattr(value, "addresses", None)
        text = addresses[0].display_name if addresses else str(value)
        words = Header(text, "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{words}{self.linesep} <{addresses[0].addr_spec}>" if addresses else words


WHOLE_WORDS = WholeWords()


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
) -> EmailMessage:
    """The message of a letter: its identity and its date come from the caller, so that it is always the same.

    It says that no person wrote it, so that nobody's absence note answers it (RFC 3834).
    """
    composed = EmailMessage(policy=WHOLE_WORDS)
    composed["From"] = sender
    composed["To"] = recipient
    composed["Subject"] = _one_line(letter.subject)
    composed["Date"] = format_datetime(written_at.astimezone(HANOI))
    composed["Message-ID"] = message_id
    composed["Auto-Submitted"] = "auto-generated"
    composed.set_content(letter.text, cte="quoted-printable")
    composed.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    if ics:
        composed.add_attachment(
            ics.encode(),
            maintype="text",
            subtype="calendar",
            params={"method": "PUBLISH", "charset": "utf-8"},
            filename=CALENDAR_NAME,
        )
    return composed


def _one_line(text: str) -> str:
    """White space folded: a line break in a header would begin another one."""
    return " ".join(text.split())
