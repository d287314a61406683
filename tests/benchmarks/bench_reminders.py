"""How long the daily rules take over half a million open assignments, and how fast letters go out.

    .venv/bin/python tests/benchmarks/bench_reminders.py

On SQLite, one process. The letters go to an SMTP server on loopback, in turns through the queue (claimed,
composed, sent, marked) and as ready messages over one bare connection; the medians of the turns are compared.
"""

import multiprocessing
import resource
import socket
import tempfile
import time
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from aiosmtpd.controller import Controller
from flask_migrate import upgrade
from province import create, store
from sqlalchemy import func, select

from tracker import clock
from tracker.db import db
from tracker.deadlines.meaning import Kind
from tracker.mailer import Envelope, Server, SmtpMailer
from tracker.models import (
    AnsweredDay,
    Assignment,
    Grant,
    LetterChoice,
    Mail,
    MailContent,
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
from tracker.render import letters, messages
from tracker.rules.states import State
from tracker.services import posting, reminding
from tracker.services.letterhead import Letterhead

TODAY = date(2026, 6, 18)
NOW = datetime(2026, 6, 17, 23, tzinfo=UTC)
UNITS, PEOPLE, TASKS, ASSIGNMENTS = 300, 10_000, 20_000, 500_000
LETTERS, TURNS = 500, 5
LETTERHEAD = Letterhead("https://dunghan.example", "Đúng hạn", "", "nhacviec@suoimay.example", "07:30")


def fill():
    """A province: due dates spread over two years, a third of them periods, all still open."""
    store(
        Unit,
        (
            {"id": n, "name": f"Xã {n}", "search_text": f"xa {n}", "short_name": ""}
            for n in range(1, UNITS + 1)
        ),
    )
    store(
        User,
        (
            {
                "id": n,
                "username": f"u{n}",
                "name": f"Người {n}",
                "search_text": f"nguoi {n}",
                "email": f"u{n}@suoimay.example",
                "password_hash": "",
                "session_key": str(n),
                "active": True,
                "letters": LetterChoice.DAILY,
                "theme": Theme.AUTO,
                "created_at": NOW,
            }
            for n in range(1, PEOPLE + 1)
        ),
    )
    roles = [Role.STAFF] * 30 + [Role.UNIT_HEAD, Role.MONITOR, Role.LEADER]
    store(
        Grant,
        (
            {"user_id": n, "unit_id": n % UNITS + 1, "role": roles[n // UNITS % len(roles)]}
            for n in range(1, PEOPLE + 1)
        ),
    )
    plan = Plan(number="1/KH-UBND", watching_unit_id=1, created_at=NOW, published_at=NOW)
    db.session.add(plan)
    db.session.flush()
    numbers = range(1, TASKS + 1)
    store(Task, ({"id": n, "plan_id": plan.id, "position": n, "title": f"Nhiệm vụ {n}"} for n in numbers))
    store(Milestone, ({"id": n, "task_id": n, "position": 1, "kind": Kind.BY, "text": "…"} for n in numbers))
    store(
        TaskParty,
        (
            {"id": n, "task_id": n, "unit_id": n % UNITS + 1, "role": PartyRole.LEAD, "position": 1}
            for n in numbers
        ),
    )
    store(Assignment, (assignment(n, n % TASKS + 1) for n in range(ASSIGNMENTS)))
    db.session.add(AnsweredDay(day=TODAY - timedelta(days=1), at=NOW - timedelta(days=1)))
    db.session.commit()


def assignment(number, task):
    due_on = TODAY + timedelta(days=task * 11 % 719 - 200)
    return {
        "task_id": task,
        "milestone_id": task,
        "party_id": task,
        "unit_id": number % UNITS + 1,
        "occurrence": str(number),
        "starts_on": due_on - timedelta(days=90) if task % 3 == 0 else None,
        "due_on": due_on,
        "tracked_from": date(2026, 1, 16),
        "state": State.OPEN,
        "changed_at": NOW,
        "version": 1,
    }


def timed(deed):
    """How many seconds it takes, and what it answers."""
    started = time.perf_counter()
    answer = deed()
    return time.perf_counter() - started, answer


def measure_rules():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds, made = timed(lambda: reminding.run(now=NOW))
    db.session.commit()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"rules over {ASSIGNMENTS:,} open assignments: {seconds:.1f} s, {made:,} notices, {grown:.0f} MB more"
    )


class Taker:
    """Takes every letter."""

    async def handle_DATA(self, server, session, envelope):
        return "250 Taken"


def serve(port):
    """An SMTP server as a process of its own."""
    Controller(Taker(), hostname="127.0.0.1", port=port).start()
    time.sleep(3600)


def wait_for(port):
    while True:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)) as line:
            return line.recv(100)
        time.sleep(0.1)


def queue(turn):
    first = (db.session.scalar(select(func.max(Mail.id))) or 0) + 1
    text = "Kính gửi anh/chị,\n\n" + "Niêm yết công khai thủ tục hành chính, quá hạn 18 ngày.\n" * 20
    store(
        Mail,
        (
            {
                "id": first + n,
                "message_id": f"<{turn}.{n}@suoimay.example>",
                "user_id": 1,
                "address": f"an{n}@suoimay.example",
                "recipient_name": f"Nguyễn Văn An {n}",
                "subject": f"{n % 20} nhiệm vụ quá hạn, {n % 30} sắp đến hạn - Phòng Kinh tế",
                "created_at": clock.now(),
            }
            for n in range(LETTERS)
        ),
    )
    contents = ({"mail_id": first + n, "text": text, "html": f"<p>{text}</p>" * 3} for n in range(LETTERS))
    store(MailContent, contents)
    db.session.commit()


def through_the_queue(mailer):
    posting.deliver(mailer.send, LETTERHEAD, clock=clock.now)


def over_a_bare_connection(mailer, ready):
    for _ in range(LETTERS):
        mailer.send(ready)


def ready_message():
    mail = db.session.query(Mail).first()
    content = messages.message(
        letters.Letter(mail.subject, mail.text, mail.html),
        sender=messages.address("Đúng hạn", LETTERHEAD.address),
        recipient=messages.address(mail.recipient_name, mail.address),
        message_id=mail.message_id,
        written_at=mail.created_at,
    )
    return Envelope(LETTERHEAD.address, mail.address, mail.message_id, content)


def measure_delivery():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    office = multiprocessing.get_context("spawn").Process(target=serve, args=(port,), daemon=True)
    office.start()
    wait_for(port)
    queued, bare = [], []
    with SmtpMailer(Server("127.0.0.1", port, "none", LETTERHEAD.address)) as mailer:
        for turn in range(TURNS):
            queue(turn)
            ready = ready_message()
            bare.append(LETTERS / timed(lambda ready=ready: over_a_bare_connection(mailer, ready))[0])
            queued.append(LETTERS / timed(lambda: through_the_queue(mailer))[0])
    office.terminate()
    print(
        f"letters through the queue: {median(queued):.0f} a second, over a bare connection: "
        f"{median(bare):.0f} a second, ratio {median(queued) / median(bare):.2f}"
    )


def main():
    with tempfile.TemporaryDirectory() as folder:
        app = create(Path(folder))
        with app.app_context():
            upgrade()
            fill()
            measure_rules()
            measure_delivery()
            db.engine.dispose()


if __name__ == "__main__":
    main()
