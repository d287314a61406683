"""The scheduler killed at any moment: every letter arrives, and twice only what was in flight at a kill."""

import os
import random
import socket
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import insert

from tracker import clock
from tracker.db import db
from tracker.deadlines.meaning import Kind
from tracker.models import (
    AnsweredDay,
    Assignment,
    DayOff,
    Grant,
    LetterChoice,
    Milestone,
    PartyRole,
    Plan,
    Role,
    Task,
    TaskParty,
    Theme,
    Unit,
    User,
)
from tracker.rules.states import State

RECIPIENTS = 2000
MOST_SECONDS = 240  # for all letters to arrive once nobody is killed any more


class Office:
    """Takes every letter and remembers how often each identity came, and which came last."""

    def __init__(self):
        self.arrived = Counter()
        self.latest = ""

    async def handle_DATA(self, server, session, envelope):
        head = envelope.content.partition(b"\r\n\r\n")[0].decode()
        [identity] = [row for row in head.splitlines() if row.startswith("Message-ID:")]
        self.arrived[identity] += 1
        self.latest = identity
        return "250 Taken"

    def take_in_the_rest(self):
        """Wait until what was on the line when it broke is counted, however busy the machine is."""
        total = -1
        while total != self.arrived.total():
            total = self.arrived.total()
            time.sleep(0.3)


@pytest.fixture
def office():
    office = Office()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    office.port = port
    yield office
    controller.stop()


@pytest.fixture
def commune(app, session):
    """Two thousand departments, each with one person and one task that was due yesterday."""
    today = clock.today()
    moment = datetime.now(UTC) - timedelta(days=30)
    session.add(DayOff(day=today, off=False, name="Ngày làm bù"))
    session.add(AnsweredDay(day=today - timedelta(days=1), at=moment))
    commune = Unit(name="UBND xã Suối Mây")
    plan = Plan(number="41/KH-UBND", watching_unit=commune, created_at=moment, published_at=moment)
    task = Task(plan=plan, position=1, title="Niêm yết công khai thủ tục hành chính")
    task.milestones = [Milestone(position=1, kind=Kind.BY, text="hôm qua", due_on=today - timedelta(days=1))]
    session.add(task)
    session.flush()
    numbers = range(10_000, 10_000 + RECIPIENTS)
    _store(Unit, numbers, name="Phòng {0}", search_text="phong {0}", parent_id=commune.id, short_name="")
    _store(
        User,
        numbers,
        username="u{0}",
        name="Người {0}",
        search_text="nguoi {0}",
        email="u{0}@suoimay.example",
        password_hash="",
        session_key="{0}",
        active=True,
        letters=LetterChoice.DAILY,
        theme=Theme.AUTO,
        created_at=moment,
    )
    _store(Grant, numbers, user_id=int, unit_id=int, role=Role.STAFF)
    _store(TaskParty, numbers, task_id=task.id, unit_id=int, role=PartyRole.LEAD, phrase="", position=int)
    _store(
        Assignment,
        numbers,
        task_id=task.id,
        milestone_id=task.milestones[0].id,
        party_id=int,
        unit_id=int,
        occurrence=task.milestones[0].due_on.isoformat(),
        due_on=task.milestones[0].due_on,
        tracked_from=date(2026, 1, 1),
        state=State.OPEN,
        changed_at=moment,
        version=1,
        completion_document="",
        objective_cause="",
    )
    session.commit()


def _store(model, numbers, **columns):
    """A row for each number; {0} and int stand for it."""

    def value(known, number):
        if known is int:
            return number
        return known.format(number) if type(known) is str else known

    rows = [{"id": n} | {name: value(known, n) for name, known in columns.items()} for n in numbers]
    db.session.execute(insert(model), rows)


@pytest.fixture
def start(app, office):
    """Start a scheduler as a process of its own."""
    environment = {
        **os.environ,
        "TRACKER_INSTANCE": app.instance_path,
        "DATABASE_URL": app.config["DATABASE_URL"],
        "MAIL_HOST": "127.0.0.1",
        "MAIL_PORT": str(office.port),
        "MAIL_SECURITY": "none",
        "MAIL_FROM": "nhacviec@suoimay.example",
        "MAIL_PER_MINUTE": "0",
        "DIGEST_TIME": "00:00",
        "LEASE_SECONDS": "1",
    }
    started = []

    def start():
        command = [sys.executable, "-m", "tracker", "scheduler"]
        started.append(subprocess.Popen(command, env=environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_until(true, seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not true():
        time.sleep(0.01)


@pytest.mark.parametrize("kills", [10, pytest.param(300, marks=pytest.mark.slow)])
def test_every_letter_arrives_and_only_what_was_in_flight_arrives_twice(commune, office, start, kills):
    chance, in_flight = random.Random(kills), Counter()
    for _ in range(kills):
        running = [start() for _ in range(chance.choice((1, 1, 2)))]
        goal = office.arrived.total() + chance.randrange(RECIPIENTS // kills)
        wait_until(lambda goal=goal: office.arrived.total() > goal, chance.uniform(1, 8))
        for process in running:
            process.kill()
            process.wait()
        office.take_in_the_rest()
        in_flight[office.latest] += 1
    start()
    start()
    wait_until(lambda: len(office.arrived) >= RECIPIENTS, MOST_SECONDS)
    time.sleep(0.5)
    assert len(office.arrived) == RECIPIENTS
    again = {identity: times - 1 for identity, times in office.arrived.items() if times > 1}
    assert all(times <= in_flight[identity] for identity, times in again.items()), again
