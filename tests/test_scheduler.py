"""The clockwork: every job is safe to run again, and one process at a time acts."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from tracker import scheduler
from tracker.models import AnsweredDay, AuditSeal, JobRun, Mail, MailState
from tracker.services import auditing
from tracker.words import JOB_WORDS

HALF_PAST_SIX = datetime(2026, 6, 17, 23, 30, tzinfo=UTC)  # Thursday 18/6/2026 in Viet Nam
THURSDAY = date(2026, 6, 18)


@pytest.fixture
def post(app, session, tmp_path, make_assignment):
    """The application with a folder for letters, the day before answered for, and something overdue."""
    app.config.update(
        MAIL_CATCH_FOLDER=str(tmp_path / "letters"),
        MAIL_FROM="nhacviec@suoimay.example",
        DIGEST_TIME="07:30",
        MAIL_PER_MINUTE=300,
    )
    session.add(AnsweredDay(day=THURSDAY - timedelta(1), at=HALF_PAST_SIX - timedelta(1)))
    make_assignment(due_on=date(2026, 6, 17))
    session.commit()
    return tmp_path / "letters"


def run_at(app, moment):
    with time_machine.travel(moment, tick=False):
        assert scheduler.run_once(app)


def caught(folder):
    return sorted(path.name.split(".")[1] for path in folder.glob("*.eml"))


def test_a_morning_becomes_letters(app, cast, post, session):
    run_at(app, HALF_PAST_SIX)
    assert session.get(AnsweredDay, THURSDAY) is None, "too early to work out reminders"
    run_at(app, HALF_PAST_SIX + timedelta(minutes=35))
    assert session.get(AnsweredDay, THURSDAY) is not None
    assert session.query(Mail).count() == 0, "worked out, but their hour has not come"
    run_at(app, HALF_PAST_SIX + timedelta(minutes=61))
    assert caught(post) == sorted([f"user-{cast.an.id}", f"user-{cast.head.id}"])
    run_at(app, HALF_PAST_SIX + timedelta(minutes=62))
    assert len(caught(post)) == 2


def test_a_scheduler_that_starts_late_catches_up(app, cast, post):
    run_at(app, HALF_PAST_SIX + timedelta(hours=5))
    assert len(caught(post)) == 2


def test_on_a_day_off_no_letter_is_written(app, post, session):
    run_at(app, HALF_PAST_SIX + timedelta(days=2, hours=2))  # Saturday
    assert session.query(Mail).count() == 0


def test_where_no_way_out_is_set_letters_wait_and_lose_no_try(app, post, session):
    app.config.update(MAIL_CATCH_FOLDER="")
    run_at(app, HALF_PAST_SIX + timedelta(hours=2))
    assert {(mail.state, mail.attempts) for mail in session.query(Mail)} == {(MailState.QUEUED, 0)}


def test_no_more_letters_go_out_at_once_than_the_settings_allow(app, post, session):
    app.config.update(MAIL_PER_MINUTE=1)
    run_at(app, HALF_PAST_SIX + timedelta(hours=2))
    assert len(caught(post)) == 1
    run_at(app, HALF_PAST_SIX + timedelta(hours=2, minutes=1))
    assert len(caught(post)) == 2


def test_while_another_process_holds_the_lease_nothing_is_done(app, post, session):
    with time_machine.travel(HALF_PAST_SIX + timedelta(hours=2), tick=False):
        other = scheduler.Watch(app)
        assert other.holds()
        assert scheduler.run_once(app)
        assert session.query(Mail).count() == 0
        other.give_back()
        assert scheduler.run_once(app)
    assert len(caught(post)) == 2


def test_whoever_takes_over_sends_what_the_dead_one_had_claimed(app, post, session):
    moment = HALF_PAST_SIX + timedelta(hours=2)
    run_at(app, moment)
    for path in post.glob("*.eml"):
        path.unlink()
    session.query(Mail).update({"state": MailState.SENDING, "claimed_at": moment})
    session.commit()
    run_at(app, moment + timedelta(seconds=1))
    assert len(caught(post)) == 2


def test_each_job_notes_when_it_ran_and_how_it_went(app, post, session):
    def broken(_watch):
        raise RuntimeError("không ghi được")

    job = scheduler.Job("broken", timedelta(minutes=1), broken)
    with time_machine.travel(HALF_PAST_SIX, tick=False):
        watch = scheduler.Watch(app)
        assert not scheduler.run_job(job, watch)
        watch.give_back()
    run_at(app, HALF_PAST_SIX + timedelta(minutes=5))
    noted = {run.name: run.error for run in session.query(JobRun)}
    assert noted.pop("broken") == "RuntimeError: không ghi được"
    assert noted == dict.fromkeys((job.name for job in scheduler.TIMETABLE), "")


def test_the_log_is_sealed_as_it_goes(app, cast, post, session):
    auditing.record(cast.chi, "publish", cast.commune, now=HALF_PAST_SIX)
    session.commit()
    run_at(app, HALF_PAST_SIX)
    assert session.query(AuditSeal).count() == 1


def test_every_job_has_words_for_the_page_of_letters():
    assert set(JOB_WORDS) == {job.name for job in scheduler.TIMETABLE}
