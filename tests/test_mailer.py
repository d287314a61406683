"""Letters go over one verified connection; what went wrong is told apart into never, later, and no server."""

import asyncio
import socket
import ssl
import threading
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import SimpleNamespace

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from tracker.mailer import (
    Chores,
    Envelope,
    FolderMailer,
    LetterRefused,
    MailFailed,
    Server,
    ServerUnavailable,
    SmtpMailer,
    is_configured,
    mailer_for,
)

SENDER = "nhacviec@suoimay.example"


def letter(to="an@suoimay.example", number=1):
    message = EmailMessage()
    message["From"] = f"Đúng hạn <{SENDER}>"
    message["To"] = f"Nguyễn Văn An <{to}>"
    message["Subject"] = "2 nhiệm vụ quá hạn"
    message["Message-ID"] = f"<{number}@suoimay.example>"
    message.set_content("Kính gửi anh/chị")
    return Envelope(SENDER, to, message["Message-ID"], message.as_bytes(policy=policy.SMTP))


class Office:
    """Keeps what it takes; refuses, stalls or drops the line by the name before the @."""

    def __init__(self):
        self.letters = []
        self.lines = set()
        self.drops = 0
        self.notes = []

    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("stranger"):
            return "550 5.7.1 Sender not allowed"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        answers = {
            "unknown": "550 5.1.1 Không có người này",
            "full": "452 4.2.2 Mailbox full",
            "bye": "421 4.3.2 Shutting down",
        }
        name = address.partition("@")[0]
        if name in answers:
            return answers[name]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0].partition("@")[0]
        if name == "spam":
            return "554 5.6.0 Content refused"
        if name == "stall":
            await asyncio.sleep(20)
        if name == "slow":
            await asyncio.sleep(0.3)
            self.notes.append("taken")
        if name == "drop":
            self.drops += 1
            server.transport.abort()
            return "250 too late"
        self.lines.add(session.peer)
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 Taken"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(office, **options):
    """An SMTP server on loopback with the office behind it."""
    controller = Controller(office, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop(no_assert=True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A certificate authority of our own, and a server context with a certificate of its for 127.0.0.1."""
    authority = trustme.CA()
    ca_file = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(ca_file)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return SimpleNamespace(ca_file=str(ca_file), context=context)


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def port(office):
    with running(office) as port:
        yield port


def plain(port, **fields):
    return Server(
        **{"host": "127.0.0.1", "port": port, "security": "none", "sender": SENDER, "timeout": 5} | fields
    )


def subjects(office):
    return [message["Subject"] for message in office.letters]


def test_a_batch_goes_over_one_connection(office, port):
    with SmtpMailer(plain(port)) as mailer:
        for number in range(5):
            mailer.send(letter(number=number))
    assert [message["Message-ID"] for message in office.letters] == [
        f"<{number}@suoimay.example>" for number in range(5)
    ]
    assert subjects(office)[0] == "2 nhiệm vụ quá hạn"
    assert len(office.lines) == 1


def starttls_server(authority, office, **options):
    return running(office, tls_context=authority.context, require_starttls=True, **options)


def test_starttls_is_taken_up_and_the_certificate_checked(authority, office):
    with starttls_server(authority, office) as port:
        server = plain(port, security="starttls", ca_file=authority.ca_file)
        with SmtpMailer(server) as mailer:
            mailer.send(letter())
        assert len(office.letters) == 1


@contextmanager
def encrypted(authority, office):
    """The same office behind TLS from the first byte."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def listen():
        return await loop.create_server(
            lambda: SMTP(office, loop=loop), "127.0.0.1", 0, ssl=authority.context
        )

    server = asyncio.run_coroutine_threadsafe(listen(), loop).result(5)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)


def test_a_connection_can_be_encrypted_from_the_first_byte(authority, office):
    with encrypted(authority, office) as port:
        with SmtpMailer(plain(port, security="ssl", ca_file=authority.ca_file)) as mailer:
            mailer.send(letter())
        assert len(office.letters) == 1


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_a_certificate_nobody_vouches_for_ends_the_conversation(authority, office, security):
    server = encrypted(authority, office) if security == "ssl" else starttls_server(authority, office)
    with (
        server as port,
        SmtpMailer(plain(port, security=security)) as mailer,
        pytest.raises(ServerUnavailable, match="certificate verify failed"),
    ):
        mailer.send(letter())
    assert office.letters == []


def test_a_server_without_starttls_gets_no_letter_in_the_clear(office, port):
    with (
        SmtpMailer(plain(port, security="starttls")) as mailer,
        pytest.raises(ServerUnavailable, match="STARTTLS"),
    ):
        mailer.send(letter())
    assert office.letters == []


def password_is_known(server, session, envelope, mechanism, data):
    return AuthResult(success=data.login == b"nhacviec" and data.password == b"mat khau", handled=False)


@pytest.fixture
def guarded(authority, office):
    """A server that takes letters only after a log-in."""
    with starttls_server(authority, office, authenticator=password_is_known, auth_required=True) as port:
        yield plain(
            port, security="starttls", ca_file=authority.ca_file, user="nhacviec", password="mat khau"
        )


def test_the_log_in_need_not_be_the_sender(guarded, office):
    with SmtpMailer(guarded) as mailer:
        mailer.check()
        mailer.send(letter())
    assert len(office.letters) == 1


def test_a_refused_log_in_is_no_fault_of_any_letter(guarded, office):
    wrong = Server(**{field: getattr(guarded, field) for field in guarded.__slots__} | {"password": "sai"})
    with SmtpMailer(wrong) as mailer, pytest.raises(ServerUnavailable, match="535") as failure:
        mailer.send(letter())
    assert not failure.value.permanent
    assert office.letters == []


@pytest.mark.parametrize(
    ("to", "kind", "words"),
    [
        ("unknown@x.example", LetterRefused, "550 5.1.1 Không có người này"),
        ("spam@x.example", LetterRefused, "554 5.6.0 Content refused"),
        ("full@x.example", MailFailed, "452 4.2.2 Mailbox full"),
        ("bye@x.example", ServerUnavailable, "421 4.3.2 Shutting down"),
        ("drop@x.example", ServerUnavailable, "Connection unexpectedly closed"),
    ],
)
def test_what_the_server_says_decides_between_never_later_and_no_server(office, port, to, kind, words):
    with SmtpMailer(plain(port)) as mailer:
        with pytest.raises(MailFailed) as failure:
            mailer.send(letter(to))
        assert type(failure.value) is kind
        assert failure.value.permanent is (kind is LetterRefused)
        assert words in str(failure.value)
        mailer.send(letter())  # the next one goes through, over a new connection where the old one broke
    assert len(office.letters) == 1


def test_a_line_that_begins_with_a_dot_does_not_end_the_letter(office, port):
    head, _, _ = letter().content.partition(b"\r\n\r\n")
    dotted = replace(letter(), content=head + b"\r\n\r\n.\r\n..an\r\n")
    with SmtpMailer(plain(port)) as mailer:
        mailer.send(dotted)
    assert office.letters[0].get_payload() == ".\r\n..an\r\n"


def test_an_address_in_other_letters_is_refused_and_leaves_the_line_as_it_was(office, port):
    with SmtpMailer(plain(port)) as mailer:
        with pytest.raises(LetterRefused):
            mailer.send(letter("ấn@x.example"))
        mailer.send(letter())
    assert len(office.letters) == len(office.lines) == 1


def test_other_work_is_done_while_the_server_takes_the_letter(office, port):
    chores = Chores(lambda: office.notes.append("before"), lambda: office.notes.append("meanwhile"))
    with SmtpMailer(plain(port)) as mailer:
        mailer.check()
        mailer.send(letter("slow@x.example"), chores)
    assert office.notes == ["before", "meanwhile", "taken"]


def test_what_comes_before_a_letter_does_not_wait_for_a_line():
    notes = []
    with SmtpMailer(plain(free_port())) as mailer, pytest.raises(ServerUnavailable):
        mailer.send(letter(), Chores(before=lambda: notes.append("before")))
    assert notes == ["before"]


def test_a_line_dropped_after_the_letter_is_not_tried_again_by_itself(office, port):
    with SmtpMailer(plain(port)) as mailer, pytest.raises(ServerUnavailable):
        mailer.send(letter("drop@x.example"))
    assert office.drops == 1


def test_a_refused_sender_is_a_matter_of_settings(office, port):
    message = replace(letter(), sender="stranger@x.example")
    with SmtpMailer(plain(port)) as mailer, pytest.raises(ServerUnavailable, match=r"550 5\.7\.1"):
        mailer.send(message)


def test_a_server_that_stalls_is_not_waited_for(office, port):
    with SmtpMailer(plain(port, timeout=0.3)) as mailer, pytest.raises(ServerUnavailable, match="timed out"):
        mailer.send(letter("stall@x.example"))


def test_a_server_that_never_greets_is_not_waited_for():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = plain(silent.getsockname()[1], timeout=0.3)
        with SmtpMailer(server) as mailer, pytest.raises(ServerUnavailable, match="timed out"):
            mailer.send(letter())


def test_where_nothing_listens_the_server_is_unavailable():
    with SmtpMailer(plain(free_port())) as mailer, pytest.raises(ServerUnavailable, match="refused"):
        mailer.check()


def test_a_file_of_certificates_that_is_not_there_is_named(port, tmp_path):
    server = plain(port, ca_file=str(tmp_path / "khong-co.pem"))
    with SmtpMailer(server) as mailer, pytest.raises(ServerUnavailable, match="No such file"):
        mailer.check()


SETTINGS = {
    "MAIL_HOST": "",
    "MAIL_PORT": 587,
    "MAIL_SECURITY": "starttls",
    "MAIL_USER": "",
    "MAIL_PASSWORD": "",
    "MAIL_FROM": "",
    "MAIL_CA_FILE": "",
    "MAIL_TIMEOUT": 15,
    "MAIL_CATCH_FOLDER": "",
}


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({}, None),
        ({"MAIL_HOST": "mail.suoimay.example"}, None),
        ({"MAIL_HOST": "mail.suoimay.example", "MAIL_FROM": SENDER}, SmtpMailer),
        ({"MAIL_CATCH_FOLDER": "letters", "MAIL_HOST": "mail.suoimay.example"}, FolderMailer),
    ],
)
def test_the_settings_choose_the_way_out(given, kind):
    assert is_configured(SETTINGS | given) is (kind is not None)
    if kind is not None:
        assert type(mailer_for(SETTINGS | given)) is kind


def test_a_caught_letter_lies_in_the_folder_once_however_often_it_is_sent(tmp_path):
    with FolderMailer(tmp_path / "letters") as mailer:
        mailer.send(letter(number=7))
        mailer.send(letter(number=7))
    [path] = (tmp_path / "letters").iterdir()
    assert path.name == "7@suoimay.example.eml"
    assert message_from_bytes(path.read_bytes(), policy=policy.default)["Subject"] == "2 nhiệm vụ quá hạn"


def test_a_folder_that_cannot_be_written_to_fails_like_a_server(tmp_path):
    (tmp_path / "letters").write_text("")
    with FolderMailer(tmp_path / "letters") as mailer, pytest.raises(ServerUnavailable):
        mailer.send(letter())
