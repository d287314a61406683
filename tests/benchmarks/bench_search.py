"""How long a search takes over half a million assignments, as ratios to the bare SQL and to a bare page.

    .venv/bin/python tests/benchmarks/bench_search.py

On SQLite, one process, 20,000 tasks of 1,000 plans, 500,000 assignments of 300 units. The bare SQL finds the
first tasks that hold the word and nothing more; the bare page is the search without words.
"""

import random
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from flask_migrate import upgrade
from province import browser_of
from sqlalchemy import insert, select, text

from tracker.access import reach_of
from tracker.app import create_app
from tracker.db import db
from tracker.deadlines.meaning import Kind
from tracker.models import (
    Assignment,
    Grant,
    Milestone,
    PartyRole,
    Plan,
    Role,
    Task,
    TaskParty,
    Unit,
    User,
)
from tracker.rules.states import State
from tracker.services import searching
from tracker.words import fold

NOW = datetime(2026, 6, 17, 23, tzinfo=UTC)
UNITS, PLANS, TASKS, ASSIGNMENTS, TURNS = 300, 1_000, 20_000, 500_000, 15
SAID = """ban hành kế hoạch rà soát thủ tục hành chính niêm yết công khai số hóa hồ sơ tập huấn kỹ năng
báo cáo quy chế phối hợp giải quyết dịch vụ công trực tuyến đường thôn bản nông nghiệp rừng nước sạch"""
WORDS = SAID.split()
PEOPLE = {"chuyên viên": (Role.STAFF, 7), "lãnh đạo": (Role.LEADER, 1), "quản trị": (Role.ADMINISTRATOR, 1)}
SEARCHES = ("niem yet", "tap huan ky nang", "khong co tu nay", "dak rve", "17/kh")
BARE = "SELECT id FROM task WHERE search_text LIKE :word LIMIT 9"


def store(model, rows):
    """Insert many rows a few thousand at a time."""
    rows = list(rows)
    for start in range(0, len(rows), 5000):
        db.session.execute(insert(model), rows[start : start + 5000])


def fill():
    """A province: unit 1 above all others, watching every plan."""
    draw = random.Random(1)
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
    db.session.flush()
    for n in range(1, PLANS + 1):
        issued = date(2022 + n % 5, n % 12 + 1, 1)
        columns = {"watching_unit_id": 1, "issued_on": issued, "created_at": NOW, "published_at": NOW}
        db.session.add(Plan(id=n, number=f"{n}/KH-UBND", title=f"Kế hoạch {n}", **columns))
    db.session.flush()
    titles = [(n, " ".join(draw.sample(WORDS, 12))) for n in range(1, TASKS + 1)]
    store(
        Task,
        (
            {"id": n, "plan_id": n % PLANS + 1, "position": n, "title": t, "search_text": fold(t)}
            for n, t in titles
        ),
    )
    numbers = range(1, TASKS + 1)
    store(Milestone, ({"id": n, "task_id": n, "position": 1, "kind": Kind.BY, "text": "…"} for n in numbers))
    lead = {"role": PartyRole.LEAD, "position": 1}
    store(TaskParty, ({**lead, "id": n, "task_id": n, "unit_id": n % UNITS + 1} for n in numbers))
    same = {"tracked_from": date(2026, 1, 16), "state": State.OPEN, "changed_at": NOW, "version": 1}
    store(
        Assignment,
        (
            {
                **same,
                **dict.fromkeys(("task_id", "milestone_id", "party_id"), n % TASKS + 1),
                "unit_id": (n + n // TASKS) % UNITS + 1,
                "occurrence": str(n),
                "due_on": date(2026, n % 12 + 1, 15),
            }
            for n in range(ASSIGNMENTS)
        ),
    )
    db.session.commit()


def timed(work):
    """The median milliseconds of the work, said some times."""
    took = []
    for _ in range(TURNS):
        started = time.perf_counter()
        work()
        took.append((time.perf_counter() - started) * 1000)
    return median(took)


def measure(app):
    """Every person with every search: services and pages."""
    for user in db.session.scalars(select(User).order_by(User.id)).all():
        reach, browser = reach_of(user), browser_of(app, user)
        bare_page = timed(lambda browser=browser: browser.get("/search/"))
        for said in SEARCHES:
            word = f"%{said.split()[0]}%"
            bare = timed(lambda word=word: db.session.execute(text(BARE), {"word": word}).all())
            found = timed(lambda said=said, reach=reach: searching.search(said, reach))
            page = timed(lambda said=said, browser=browser: browser.get("/search/", query_string={"q": said}))
            print(
                f"{user.name:12} {said:18} bare SQL {bare:6.1f} ms, search {found:6.1f} ms"
                f" ({found / bare:5.1f}x), page {page:6.1f} ms"
                f" ({page / bare_page:4.1f}x a bare page of {bare_page:.1f} ms)"
            )


def main():
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        app = create_app(instance=Path(folder), DATABASE_URL=url, SECURE_COOKIES=False)
        with app.app_context():
            upgrade()
            fill()
            measure(app)
            db.session.remove()
            db.engine.dispose()


if __name__ == "__main__":
    main()
