"""A province after five years, for benchmarks: 300 units, 1,000 plans, 20,000 tasks, 520,000 assignments.

Unit 1 stands above all others and watches every plan; unit 7 leads 2,000 assignments. A tenth of what is
open is overdue. Beside it 10,000 assignments wait for review and 10,000 are done; a fifth has been reported
on, and 100,000 pieces of evidence have the number of a document.
"""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flask import Flask, g
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import insert

from tracker.app import create_app
from tracker.db import db
from tracker.deadlines.meaning import Kind
from tracker.models import (
    Assignment,
    Deliverable,
    DueChange,
    DueChangeKind,
    Evidence,
    Grant,
    Milestone,
    PartyRole,
    Plan,
    ProgressReport,
    Role,
    StoredFile,
    Submission,
    Task,
    TaskParty,
    Unit,
    User,
)
from tracker.rules.states import State
from tracker.words import fold

TODAY = date(2026, 6, 18)
NOW = datetime(2026, 6, 18, 2, tzinfo=UTC)
UNITS, PLANS, TASKS, OPEN, WAITING, DONE = 300, 1_000, 20_000, 500_000, 10_000, 10_000
ASSIGNMENTS = OPEN + WAITING + DONE
BUSY, BUSY_WITH = 7, 2_000  # a unit and how much it leads
MANY, MANY_TASKS = 203, 30  # units and tasks of one more plan, the last
PIECES = 100_000  # of evidence
SHA = "0" * 64
TRACKED = date(2026, 1, 16)
SAID = """ban hành kế hoạch rà soát thủ tục hành chính niêm yết công khai số hóa hồ sơ tập huấn kỹ năng
báo cáo quy chế phối hợp giải quyết dịch vụ công trực tuyến đường thôn bản nông nghiệp rừng nước sạch"""
WORDS = SAID.split()
PEOPLE = {
    "chuyên viên": (Role.STAFF, BUSY),
    "thủ trưởng": (Role.UNIT_HEAD, BUSY),
    "đầu mối": (Role.MONITOR, 1),
    "lãnh đạo": (Role.LEADER, 1),
    "quản trị": (Role.ADMINISTRATOR, 1),
}


def store(model, rows):
    """Insert many rows a few thousand at a time."""
    rows = list(rows)
    for start in range(0, len(rows), 5000):
        db.session.execute(insert(model), rows[start : start + 5000])


def create(folder: Path) -> Flask:
    """The application over a database of its own in the folder, not filled yet."""
    url = f"sqlite:///{folder / 'province.sqlite3'}"
    return create_app(instance=folder, DATABASE_URL=url, SECURE_COOKIES=False)


def fill():
    """The whole province; some half a minute."""
    upgrade()
    draw = random.Random(1)
    _units_and_people()
    _plans(draw)
    _assignments(draw)
    _what_was_done(draw)
    _one_plan_of_many()
    db.session.commit()


def _units_and_people():
    units = [(n, f"Xã Đăk Rve {n}" if n % 50 == 0 else f"Xã {n}") for n in range(1, UNITS + 1)]
    root = {"email": None, "short_name": ""}
    store(
        Unit,
        (
            {**root, "id": n, "name": s, "search_text": fold(s), "parent_id": 1 if n > 1 else None}
            for n, s in units
        ),
    )
    for number, (name, (role, unit)) in enumerate(PEOPLE.items(), 1):
        user = User(id=number, username=f"u{number}", name=name, session_key=str(number), created_at=NOW)
        db.session.add_all([user, Grant(user=user, role=role, unit_id=unit)])
    db.session.add(StoredFile(sha256=SHA, size=1, media_type="application/pdf", at=NOW))
    db.session.flush()


def _plans(draw: random.Random):
    for n in range(1, PLANS + 1):
        issued = date(2022 + n % 5, n % 12 + 1, 1)
        columns = {"watching_unit_id": 1, "issued_on": issued, "created_at": NOW, "published_at": NOW}
        db.session.add(Plan(id=n, number=f"{n}/KH-UBND", title=f"Kế hoạch {n}", **columns))
    db.session.flush()
    numbers = range(1, TASKS + 1)
    titles = [(n, " ".join(draw.sample(WORDS, 12))) for n in numbers]
    store(
        Task,
        (
            {"id": n, "plan_id": n % PLANS + 1, "position": n, "title": t, "search_text": fold(t)}
            for n, t in titles
        ),
    )
    kinds = [Kind.CONTINUOUS if n % 25 == 0 else Kind.BY for n in numbers]
    store(
        Milestone,
        (
            {"id": n, "task_id": n, "position": 1, "kind": kind, "text": "Quý III/2026"}
            for n, kind in zip(numbers, kinds, strict=True)
        ),
    )
    store(
        Deliverable,
        (
            {"milestone_id": n, "position": place, "name": name}
            for n in numbers
            for place, name in enumerate(("Kế hoạch", "Báo cáo kết quả"), 1)
        ),
    )
    lead = {"role": PartyRole.LEAD, "position": 1}
    store(TaskParty, ({**lead, "id": n, "task_id": n, "unit_id": n % UNITS + 1} for n in numbers))


def _assignments(draw: random.Random):
    others = [n for n in range(1, UNITS + 1) if n != BUSY]
    same = {"tracked_from": TRACKED, "version": 1}
    store(
        Assignment,
        (
            {
                **same,
                "changed_at": NOW - timedelta(n % 150),
                **dict.fromkeys(("task_id", "milestone_id", "party_id"), n % TASKS + 1),
                "unit_id": BUSY if n < BUSY_WITH else others[(n + n // TASKS) % len(others)],
                "occurrence": str(n),
                "due_on": _due(n, draw),
                "state": _state(n),
                "completed_on": TODAY - timedelta(n % 100) if _state(n) is State.DONE else None,
            }
            for n in range(ASSIGNMENTS)
        ),
    )


def _state(n: int) -> State:
    return State.DONE if n % 52 == 51 else State.SUBMITTED if n % 52 == 50 else State.OPEN


def _due(n: int, draw: random.Random) -> date | None:
    """A tenth overdue, a twentieth without a date, the rest within the year to come."""
    if (n % TASKS + 1) % 25 == 0 or n % 20 == 0:
        return None
    return TODAY + timedelta(draw.randrange(-100, 0) if n % 10 == 1 else draw.randrange(365))


def _what_was_done(draw: random.Random):
    by = {"by_id": 1, "at": NOW}
    reported = {"percent": 40, "difficulties": "chờ ý kiến của tỉnh"}
    store(ProgressReport, ({**by, **reported, "assignment_id": n} for n in range(1, ASSIGNMENTS + 1, 5)))
    waiting = [n + 1 for n in range(ASSIGNMENTS) if _state(n) is not State.OPEN]
    store(Submission, ({**by, "assignment_id": n} for n in waiting))
    moved = {"kind": DueChangeKind.EXTENSION, "from_on": TRACKED, "to_on": TODAY}
    store(DueChange, ({**by, **moved, "assignment_id": n} for n in range(1, ASSIGNMENTS + 1, 50)))
    file = {"file_sha256": SHA, "name": "Kế hoạch.pdf", "document_on": TRACKED}
    chosen = draw.sample(range(ASSIGNMENTS), PIECES)
    store(
        Evidence,
        (
            {
                **by,
                **file,
                "assignment_id": n + 1,
                "deliverable_id": 2 * (n % TASKS) + 1,
                "document_number": f"{place % 5000 + 1}/BC-UBND",
            }
            for place, n in enumerate(chosen)
        ),
    )


def _one_plan_of_many():
    """One more plan: each of 30 tasks is led by each of 203 units."""
    plan = Plan(id=PLANS + 1, number="1001/KH-UBND", title="Kế hoạch của mọi xã", watching_unit_id=1)
    plan.issued_on, plan.created_at, plan.published_at = TRACKED, NOW, NOW
    db.session.add(plan)
    db.session.flush()
    tasks = range(TASKS + 1, TASKS + MANY_TASKS + 1)
    names = {n: f"Nhiệm vụ chung số {n - TASKS}" for n in tasks}
    store(
        Task,
        (
            {"id": n, "plan_id": plan.id, "position": n, "title": t, "search_text": fold(t)}
            for n, t in names.items()
        ),
    )
    store(
        Milestone, ({"id": n, "task_id": n, "position": 1, "kind": Kind.BY, "text": "Quý III"} for n in tasks)
    )
    pairs = [(n, unit) for n in tasks for unit in range(2, MANY + 2)]
    parties = list(enumerate(pairs, TASKS + 1))
    lead = {"role": PartyRole.LEAD, "position": 1}
    store(TaskParty, ({**lead, "id": n, "task_id": task, "unit_id": unit} for n, (task, unit) in parties))
    same = {"tracked_from": TRACKED, "changed_at": NOW, "version": 1, "state": State.OPEN, "occurrence": ""}
    store(
        Assignment,
        (
            {**same, "task_id": task, "milestone_id": task, "party_id": n, "unit_id": unit, "due_on": TODAY}
            for n, (task, unit) in parties
        ),
    )


class Browser(FlaskClient):
    """A browser whose every request begins with nothing remembered, though a context stays open around it."""

    def open(self, *arguments, **words):
        for name in list(g):
            g.pop(name)
        db.session.remove()
        return super().open(*arguments, **words)


def browser_of(app: Flask, user: User) -> FlaskClient:
    """A test client in which the person is logged in."""
    app.test_client_class = Browser
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = user.get_id(), True
    return client
