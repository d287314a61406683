"""The letters on a page: an administrator sees what waits and what failed, and sends a dead one again."""

import re
from datetime import UTC, datetime

import pytest

from tracker.models import JobRun, Mail, MailState

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)


@pytest.fixture
def dead(cast, session):
    letters = [
        Mail(
            message_id=f"<{number}@x>",
            user=cast.an,
            address=cast.an.email,
            recipient_name=cast.an.name,
            subject=f"Thư {state.value}",
            text="Kính gửi anh An",
            html="",
            state=state,
            created_at=NOW,
            last_error="550 no such user" if state is MailState.DEAD else "",
        )
        for number, state in enumerate((MailState.QUEUED, MailState.DEAD))
    ]
    session.add_all(letters)
    session.commit()
    return letters[1]


def test_the_list_says_what_waits_and_what_failed_and_why(cast, dead, log_in):
    page = log_in(cast.admin).get("/letters/").text
    assert "1 thư đang chờ, 1 thư không gửi được" in page
    assert "550 no such user" in page
    assert re.search(r'tone-overdue"><svg[^>]*><use[^>]*></svg></span> Không gửi được', page)
    assert "Chưa cài đặt máy chủ thư" in page


def test_it_is_narrowed_to_one_state(cast, dead, log_in):
    page = log_in(cast.admin).get("/letters/?state=dead").text
    assert "Thư dead" in page
    assert "Thư queued" not in page


def test_a_dead_letter_is_sent_again(cast, dead, log_in, session):
    browser = log_in(cast.admin)
    assert "Gửi lại" in browser.get(f"/letters/{dead.id}").text
    browser.post(f"/letters/{dead.id}/again")
    session.refresh(dead)
    assert dead.state is MailState.QUEUED


@pytest.mark.parametrize("name", ["an", "chi", "dung", "giang"])
def test_nobody_else_reads_letters(cast, dead, log_in, name):
    browser = log_in(getattr(cast, name))
    assert [browser.get(address).status_code for address in ("/letters/", f"/letters/{dead.id}")] == [
        404,
        404,
    ]


def test_a_job_that_failed_is_shown_with_its_error(cast, session, log_in):
    session.add(JobRun(name="gather", started_at=NOW, error="OperationalError: disk full"))
    session.commit()
    page = log_in(cast.admin).get("/letters/").text
    assert "Soạn thư: lần chạy 18/6/2026" in page
    assert "disk full" in page
