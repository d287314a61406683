"""The letters on a page: an administrator sees what waits and what failed, and sends a dead one again."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tracker.models import AuditEntry, JobRun, Mail, MailState

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


def test_that_nothing_has_sent_letters_yet_is_said_with_what_to_do(cast, log_in, session):
    admin = log_in(cast.admin)
    assert "Bộ lập lịch chưa chạy lần nào" in admin.get("/letters/").text
    session.add(JobRun(name="deliver", started_at=NOW))
    session.commit()
    page = admin.get("/letters/").text
    assert "bộ lập lịch chạy lần cuối 18/6/2026" in page
    assert "chưa chạy" not in page


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


def test_after_a_long_fault_all_of_the_last_days_are_sent_again_at_once(cast, dead, log_in, session):
    with time_machine.travel(NOW + timedelta(days=6), tick=False):
        browser = log_in(cast.admin)
        assert "Gửi lại 1 thư của 7 ngày qua" in browser.get("/letters/").text
        assert "Đã xếp 1 thư để gửi lại" in browser.post("/letters/again", follow_redirects=True).text
    session.refresh(dead)
    assert dead.state is MailState.QUEUED
    assert session.query(AuditEntry).filter_by(verb="send_again", subject_id=dead.id).count() == 1


def test_what_an_old_letter_says_is_no_longer_true_so_it_is_not_among_them(cast, dead, log_in, session):
    with time_machine.travel(NOW + timedelta(days=8), tick=False):
        browser = log_in(cast.admin)
        assert "7 ngày qua" not in browser.get("/letters/").text
        browser.post("/letters/again")
    session.refresh(dead)
    assert dead.state is MailState.DEAD


@pytest.mark.parametrize("name", ["an", "chi", "dung", "giang"])
def test_nobody_else_reads_letters(cast, dead, log_in, name):
    browser = log_in(getattr(cast, name))
    assert browser.post("/letters/again").status_code == 404
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
