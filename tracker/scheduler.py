"""The clockwork: what runs how often, in one process at a time, each job safe to run again."""

import logging
import os
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from threading import Event

from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask

from tracker import clock, mailer
from tracker.db import db
from tracker.models import AnsweredDay, JobRun
from tracker.services import auditing, cells, gathering, leasing, posting, recurring, reminding
from tracker.services.letterhead import letterhead_of
from tracker.words import first_moment, local_day

log = logging.getLogger("tracker.scheduler")

LEASE = "scheduler"
BREATH = timedelta(milliseconds=200)  # between the first jobs after a start
HEAD_START = timedelta(minutes=30)  # reminders are worked out so long before the letters go out


class Watch:
    """This process's hold on the lease, asked before every job and within long ones."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.stopping = Event()
        self._holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._length = timedelta(seconds=app.config["LEASE_SECONDS"])
        self._held = False
        self._asked_at = 0.0
        self._sure_for = self._length.total_seconds() / 4

    def holds(self) -> bool:
        """Whether this process may act; on taking over, what a dead one left half done is released."""
        now = clock.now()
        held = leasing.hold(LEASE, self._holder, self._length, now=now) and not self.stopping.is_set()
        if held and not self._held:
            posting.release_stuck(now=now, claimed_before=now)
        db.session.commit()
        self._held, self._asked_at = held, time.monotonic()
        return held

    def still_holds(self) -> bool:
        """The same in the midst of a job, without asking the database each time."""
        if self.stopping.is_set():
            return False
        return self._held if time.monotonic() - self._asked_at < self._sure_for else self.holds()

    def give_back(self) -> None:
        """Let another process act at once."""
        leasing.release(LEASE, self._holder, now=clock.now())
        db.session.commit()


@dataclass(frozen=True, slots=True)
class Job:
    """What is done how often; it commits what it does."""

    name: str
    every: timedelta
    run: Callable[[Watch], None]


def top_up(watch: Watch) -> None:
    """Make the coming occurrences of what recurs."""
    now = clock.now()
    recurring.top_up(now=now, today=local_day(now))
    db.session.commit()


def remind(watch: Watch) -> None:
    """Work out once a day, before the letters go out, who must be told what."""
    now = clock.now()
    if now >= _letters_go_out_at(watch.app, now) - HEAD_START and not _is_answered(now):
        reminding.run(now=now)
        db.session.commit()


def tell_urgent(watch: Watch) -> None:
    """Pass on what cannot wait for the next morning."""
    reminding.tell_urgent(now=clock.now())
    db.session.commit()


def gather(watch: Watch) -> None:
    """Bind the letters of the day, once their hour has come, and what is urgent after it."""
    now = clock.now()
    if now >= _letters_go_out_at(watch.app, now) and _is_answered(now):
        while watch.still_holds() and gathering.gather_digests(letterhead_of(watch.app.config), now=now):
            db.session.commit()


def deliver(watch: Watch) -> None:
    """Send what is queued over one connection, no more than the settings allow in a minute."""
    settings = watch.app.config
    if not mailer.is_configured(settings):
        return
    turns = iter(range(settings["MAIL_PER_MINUTE"]) if settings["MAIL_PER_MINUTE"] else count())
    with mailer.mailer_for(settings) as out:
        posting.deliver(
            out.send,
            letterhead_of(settings),
            clock=clock.now,
            may_go_on=lambda: watch.still_holds() and next(turns, None) is not None,
        )


def release(watch: Watch) -> None:
    """Queue again what was claimed long ago and never finished."""
    posting.release_stuck(now=clock.now())
    db.session.commit()


def seal(watch: Watch) -> None:
    """Seal the log."""
    auditing.seal()
    db.session.commit()


def work_out_figures(watch: Watch) -> None:
    """Keep the figures of boards at hand, for some units after others."""
    while watch.still_holds() and cells.refresh(clock.today()):
        db.session.commit()


TIMETABLE = (
    Job("top_up", timedelta(hours=1), top_up),
    Job("remind", timedelta(minutes=1), remind),
    Job("tell_urgent", timedelta(minutes=1), tell_urgent),
    Job("gather", timedelta(minutes=1), gather),
    Job("deliver", timedelta(minutes=1), deliver),
    Job("release", timedelta(minutes=5), release),
    Job("seal", timedelta(minutes=5), seal),
    Job("figures", timedelta(seconds=10), work_out_figures),
)


def _letters_go_out_at(app: Flask, now: datetime) -> datetime:
    hours, minutes = map(int, app.config["DIGEST_TIME"].split(":"))
    return first_moment(local_day(now)) + timedelta(hours=hours, minutes=minutes)


def _is_answered(now: datetime) -> bool:
    return db.session.get(AnsweredDay, local_day(now)) is not None


def run_job(job: Job, watch: Watch) -> bool:
    """Run a job if this process may act, and note when, how long and how it went; False if it failed."""
    with watch.app.app_context():
        if not watch.holds():
            return True
        started_at, started, error = clock.now(), time.monotonic(), ""
        try:
            job.run(watch)
        except Exception as failure:
            db.session.rollback()
            log.exception("%s failed", job.name)
            error = f"{type(failure).__name__}: {failure}"
        seconds = time.monotonic() - started
        db.session.merge(JobRun(name=job.name, started_at=started_at, seconds=seconds, error=error))
        db.session.commit()
        return not error


def run_once(app: Flask) -> bool:
    """Run every job once, in order, unless another process holds the lease; True if none failed."""
    watch = Watch(app)
    well = [run_job(job, watch) for job in TIMETABLE]
    with app.app_context():
        watch.give_back()
    return all(well)


def run_for_ever(app: Flask) -> None:
    """Run the timetable until this process is interrupted; then the letter in hand is finished first."""
    logging.getLogger("apscheduler").setLevel(
        logging.ERROR
    )  # that a job still runs at its next turn is no news
    watch = Watch(app)
    blocking = BlockingScheduler(
        timezone=clock.HANOI,
        job_defaults={"misfire_grace_time": 3600, "coalesce": True, "max_instances": 1},
    )
    for place, job in enumerate(TIMETABLE):
        begins = clock.now() + place * BREATH  # in the order of the table, where all of it waits
        blocking.add_job(
            run_job, "interval", seconds=job.every.total_seconds(), args=(job, watch), next_run_time=begins
        )
    try:
        blocking.start()
    except KeyboardInterrupt:
        watch.stopping.set()
        blocking.shutdown()
    with app.app_context():
        watch.give_back()
