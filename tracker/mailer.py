"""Carries composed letters to the SMTP server or, where the settings say so, into a folder."""

import re
import ssl
import tempfile
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self

import yagmail

Answer = tuple[int, bytes]  # what the server says: its reply code and its words (RFC 5321, 4.2)
ACCEPTED, GO_ON, CLOSING = (250, 251), (354,), 421
FIRST_DOT = re.compile(rb"^\.", re.MULTILINE)  # of a line; one alone ends a letter (RFC 5321, 4.5.2)
END_OF_LETTER = b".\r\n"


class MailFailed(Exception):
    """A letter was not taken; the message holds the server's own words. It may be taken later."""

    permanent = False


class LetterRefused(MailFailed):
    """This letter will never be taken: the server answered it or its recipient with 5xx (RFC 5321, 4.2.1)."""

    permanent = True


class ServerUnavailable(MailFailed):
    """The server cannot be spoken to: no connection, trust, log-in or answer. No letter is to blame."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A letter ready to be carried: from which mailbox to which, its identity (Message-ID) and its octets.

    Each of its lines ends with CR LF.
    """

    sender: str
    recipient: str
    message_id: str
    content: bytes


def nothing() -> None:
    """There is nothing else to do."""


@dataclass(frozen=True, slots=True)
class Chores:
    """What else there is to do while a server is waited for.

    `before` is done for certain before the letter itself goes, perhaps more than once; `meanwhile`, where
    there is time, when it is being taken.
    """

    before: Callable[[], None] = nothing
    meanwhile: Callable[[], None] = nothing


NO_CHORES = Chores()


class Mailer(Protocol):
    """Takes letters one by one; used in a `with`, so that whatever it opened is closed."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def check(self) -> None:
        """See whether letters would be taken, without sending one; raises ServerUnavailable."""

    def send(self, letter: Envelope, chores: Chores = NO_CHORES) -> None:
        """Deliver one letter; raises MailFailed where it was not taken."""


@dataclass(frozen=True, slots=True)
class Server:
    """How an SMTP server is reached. `security` is none, starttls or ssl; without `user` nobody logs in.

    `ca_file` holds further certificates to trust (PEM); `timeout` is in seconds, for each answer.
    """

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = ""
    ca_file: str = ""
    timeout: float = 15


def is_configured(settings: Mapping[str, Any]) -> bool:
    """Whether letters have a way out: a folder, or a server and an address they come from."""
    return bool(settings["MAIL_CATCH_FOLDER"] or (settings["MAIL_HOST"] and settings["MAIL_FROM"]))


def mailer_for(settings: Mapping[str, Any]) -> Mailer:
    """The way out that the settings name."""
    if settings["MAIL_CATCH_FOLDER"]:
        return FolderMailer(Path(settings["MAIL_CATCH_FOLDER"]))
    return SmtpMailer(server_of(settings))


def server_of(settings: Mapping[str, Any]) -> Server:
    """The SMTP server that the settings name."""
    return Server(
        host=settings["MAIL_HOST"],
        port=settings["MAIL_PORT"],
        security=settings["MAIL_SECURITY"],
        sender=settings["MAIL_FROM"],
        user=settings["MAIL_USER"],
        password=settings["MAIL_PASSWORD"],
        ca_file=settings["MAIL_CA_FILE"],
        timeout=settings["MAIL_TIMEOUT"],
    )


class SmtpMailer:
    """Speaks to one SMTP server over one line: opened with the first letter, and anew after it broke."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._line: yagmail.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._line is not None:
            with suppress(OSError):  # every letter has its answer, whether or not the server says good-bye
                self._line.close()
            self._line = None

    def check(self) -> None:
        """Connect and log in; raises ServerUnavailable."""
        self._open()

    def send(self, letter: Envelope, chores: Chores = NO_CHORES) -> None:
        """Deliver one letter; raises MailFailed, LetterRefused or ServerUnavailable."""
        if self._line is None:
            chores.before()  # it may be long until there is a line
        line = self._open()
        try:
            _converse(line.smtp, letter, chores)
        except (ServerUnavailable, OSError) as error:
            self._hang_up(line)
            raise ServerUnavailable(_words(error)) from error
        except UnicodeError as error:
            self._begin_anew(line)
            raise LetterRefused(str(error)) from error
        except MailFailed:
            self._begin_anew(line)
            raise

    def _begin_anew(self, line: yagmail.SMTP) -> None:
        """Have the server forget the letter in hand, so that the next one is a matter of its own."""
        try:
            line.smtp.rset()
        except OSError:
            self._hang_up(line)

    def _open(self) -> yagmail.SMTP:
        if self._line is None:
            self._line = self._connect()
        return self._line

    def _connect(self) -> yagmail.SMTP:
        try:
            line = _line_to(self._server)
        except OSError as error:  # a file of certificates that is not there or not one
            raise ServerUnavailable(_words(error)) from error
        try:
            line.login()
            if self._server.user:
                line.smtp.login(self._server.user, self._server.password)
        except (OSError, UnicodeError) as error:
            self._hang_up(line)
            raise ServerUnavailable(_words(error)) from error
        return line

    def _hang_up(self, line: yagmail.SMTP) -> None:
        """Drop the line without a word: a server that fell silent would be waited for once more."""
        if line.smtp is not None:
            line.smtp.close()
        line.is_closed = True
        self._line = None


def _line_to(server: Server) -> yagmail.SMTP:
    """A line that is not yet open: it trusts only known certificates, never waits for ever, logs nothing."""
    context = ssl.create_default_context()
    if server.ca_file:
        context.load_verify_locations(server.ca_file)
    encrypted = {"context": context} if server.security == "ssl" else {}
    line = yagmail.SMTP(
        user={server.sender: server.sender},
        host=server.host,
        port=server.port,
        smtp_skip_login=True,  # whoever logs in need not be who the letters come from
        smtp_ssl=server.security == "ssl",
        smtp_starttls={"context": context} if server.security == "starttls" else False,
        soft_email_validation=False,
        timeout=server.timeout,
        **encrypted,
    )
    line.set_logging(None)
    return line


def _converse(smtp: Any, letter: Envelope, chores: Chores) -> None:
    """One letter handed over (RFC 5321, 3.3); raises what a refusal means for it."""
    smtp.ehlo_or_helo_if_needed()
    size = f" size={len(letter.content)}" if smtp.has_extn("size") else ""
    smtp.putcmd("mail", f"FROM:<{letter.sender}>{size}")
    chores.before()
    _expect(ACCEPTED, smtp.getreply(), of_letter=False)
    _expect(ACCEPTED, smtp.rcpt(letter.recipient))
    _expect(GO_ON, smtp.docmd("DATA"))
    smtp.send(FIRST_DOT.sub(b"..", letter.content) + END_OF_LETTER)
    chores.meanwhile()
    _expect(ACCEPTED, smtp.getreply())


def _expect(codes: Collection[int], answer: Answer, *, of_letter: bool = True) -> None:
    """Go on where the server agrees. A 5xx refuses the letter, a 4xx puts it off, and all else is no way to
    speak; so is a sender that is not taken, which is a matter of settings and not `of_letter`."""
    code, words = answer
    if code in codes:
        return
    said = f"{code} {words.decode('utf-8', 'replace')}"
    if code == CLOSING or not 400 <= code < 600 or not of_letter:
        raise ServerUnavailable(said)
    raise (LetterRefused if code >= 500 else MailFailed)(said)


def _words(error: Exception) -> str:
    """What an error says, the server's own words where it spoke: every error of smtplib is an OSError."""
    code, words = getattr(error, "smtp_code", None), getattr(error, "smtp_error", str(error))
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return f"{code} {text}" if code else text or type(error).__name__


class FolderMailer:
    """Lays every letter down as a file named by its Message-ID, so that one sent twice lies there once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def send(self, letter: Envelope, chores: Chores = NO_CHORES) -> None:
        """Write one letter, which is done at once; raises ServerUnavailable where that cannot be."""
        chores.before()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / file_name(letter)
            part = path.with_suffix(".part")  # whoever lists the letters never finds half of one
            part.write_bytes(letter.content)
            part.replace(path)
        except OSError as error:
            raise ServerUnavailable(str(error)) from error

    def check(self) -> None:
        """See that the folder can be written to; raises ServerUnavailable."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=self._folder).close()
        except OSError as error:
            raise ServerUnavailable(str(error)) from error


def file_name(letter: Envelope) -> str:
    """«<20260618.17@suoimay.example>» -> «20260618.17@suoimay.example.eml»."""
    return re.sub(r"[^\w.@-]", "", letter.message_id) + ".eml"
