"""The demo's letters on a page; nowhere else."""

from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage

import pytest

from tracker.app import create_app
from tracker.mailer import Envelope, FolderMailer


@pytest.fixture
def settings():
    return {"DEMO": True}


@pytest.fixture
def letters(app, tmp_path):
    app.config["MAIL_CATCH_FOLDER"] = str(tmp_path / "letters")
    message = EmailMessage()
    message["Message-ID"] = "<17.abc@suoimay.example>"
    message["From"], message["To"] = "nhacviec@suoimay.example", "an@suoimay.example"
    message["Subject"] = "2 nhiệm vụ quá hạn - Phòng Kinh tế"
    message["Date"] = datetime(2026, 6, 18, 0, 30, tzinfo=UTC)
    message.set_content("Kính gửi Phòng Kinh tế,\n\nQuá hạn 4 ngày.\n")
    message.add_alternative(
        '<p style="color:red">Quá hạn <b>4 ngày</b></p><script>alert(1)</script>', subtype="html"
    )
    sent = Envelope(
        message["From"], message["To"], message["Message-ID"], message.as_bytes(policy=policy.SMTP)
    )
    FolderMailer(tmp_path / "letters").send(sent)
    return tmp_path / "letters"


def test_the_demo_lists_its_letters_and_shows_each(cast, letters, log_in, session):
    session.commit()
    browser = log_in(cast.an)
    page = browser.get("/caught-letters/").text
    assert "2 nhiệm vụ quá hạn - Phòng Kinh tế" in page
    assert "18/6/2026 07:30" in page
    assert "Quá hạn 4 ngày." in browser.get("/caught-letters/17.abc@suoimay.example").text


def test_the_html_of_a_letter_is_shut_in(cast, letters, log_in, session):
    session.commit()
    answer = log_in(cast.an).get("/caught-letters/17.abc@suoimay.example/html")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["khac", "..%2f..%2fsecret_key", "%2e%2e"])
def test_nothing_but_a_letter_of_the_folder_is_shown(cast, letters, log_in, session, name):
    session.commit()
    assert log_in(cast.an).get(f"/caught-letters/{name}").status_code == 404


def test_outside_the_demo_there_is_no_such_room(tmp_path):
    app = create_app(instance=tmp_path)
    assert "caught.index" not in app.view_functions
