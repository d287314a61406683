"""How long the main pages take over half a million open assignments, as ratios to a bare page.

    .venv/bin/python tests/benchmarks/bench_pages.py

On SQLite, one process. The yardstick of a list is a view of the same application, behind the same log-in and
in the same frame: SQL written by hand that reads just what the rows of that page show and the totals, shown
as a plain table. Page and yardstick are measured in turns, and the medians compared. Milliseconds are of
processor time, database included, so that other work on the machine stretches none of them. What the start
left behind is frozen, as `tracker web` does.
"""

import gc
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import province
import time_machine
from flask import Flask, render_template_string, request
from flask_login import current_user, login_required
from province import BUSY, NOW, TODAY
from sqlalchemy import select, text

from tracker.db import db
from tracker.models import Assignment, Task, User
from tracker.services import assigning, cells
from tracker.services.milestones import Dates

TURNS = 15
DAYS = {"today": TODAY, "soon": TODAY + timedelta(7), "quarter": date(2026, 6, 30)}

GROUP = """CASE WHEN a.state = 'submitted' THEN 'waiting' WHEN a.state <> 'open' THEN a.state
 WHEN a.due_on < :today THEN 'overdue' WHEN m.kind = 'continuous' THEN 'standing'
 WHEN a.due_on IS NULL THEN 'undated' WHEN a.due_on <= :soon THEN 'soon'
 WHEN a.due_on <= :quarter THEN 'quarter' ELSE 'later' END"""
SHOWN = """SELECT a.id, t.title, t.no, p.number, u.name AS unit, r.name AS person, a.state, a.due_on, m.text,
 a.completed_on, a.objective_cause, (SELECT group_concat(d.name, '; ') FROM deliverable d
  WHERE d.milestone_id = m.id) AS deliverables, (SELECT group_concat(e.deliverable_id) FROM evidence e
  WHERE e.assignment_id = a.id AND e.removed_at IS NULL) AS pieces, (SELECT max(s.at) FROM submission s
  WHERE s.assignment_id = a.id AND s.withdrawn_at IS NULL) AS handed_in, (SELECT x.percent || x.difficulties
  FROM progress_report x WHERE x.assignment_id = a.id ORDER BY x.id DESC LIMIT 1) AS report
 FROM assignment a JOIN milestone m ON m.id = a.milestone_id JOIN task t ON t.id = a.task_id
 JOIN plan p ON p.id = t.plan_id JOIN unit u ON u.id = a.unit_id
 LEFT JOIN "user" r ON r.id = a.responsible_id"""
RANKED = f"""SELECT id FROM (SELECT a.id AS id, row_number() OVER (PARTITION BY {GROUP}
 ORDER BY a.due_on, a.id) AS place FROM assignment a JOIN milestone m ON m.id = a.milestone_id
 WHERE a.unit_id = :unit) WHERE place <= 50"""
PLANS = "SELECT id, number FROM plan ORDER BY issued_on DESC"
LATE = "a.state = 'open' AND a.due_on < :today"

# name -> the statements of the yardstick: totals, rows, and what the filters offer
BARE = {
    "unit": (
        f"""SELECT {GROUP} AS name, count(*) AS number FROM assignment a
        JOIN milestone m ON m.id = a.milestone_id WHERE a.unit_id = :unit GROUP BY 1""",
        f"{SHOWN} WHERE a.id IN ({RANKED})",
        """SELECT id, number FROM plan WHERE id IN (SELECT t.plan_id FROM task t
        JOIN assignment a ON a.task_id = t.id WHERE a.unit_id = :unit)""",
    ),
    "overdue": (
        f"""SELECT u.name, count(*) AS number FROM assignment a JOIN unit u ON u.id = a.unit_id
        WHERE {LATE} GROUP BY u.id""",
        f"{SHOWN} WHERE {LATE} ORDER BY a.due_on, a.id LIMIT 100",
        PLANS,
    ),
}
TABLE = """{% extends "base.html" %}{% block content %}
<h1>{{ totals | sum(attribute="number") }} nhiệm vụ</h1>
<ul>{% for one in totals %}<li>{{ one.name }}: {{ one.number }}</li>{% endfor %}</ul>
<form><select name="plan">{% for plan in plans %}<option value="{{ plan.id }}">{{ plan.number }}</option>
{% endfor %}</select></form><table>{% for row in rows %}<tr><td><a href="/assignments/{{ row.id }}/">
{{ row.title }}</a> {{ row.number }}, mục {{ row.no }}</td><td>{{ row.unit }} {{ row.person or "" }}</td>
<td>{{ row.state }}</td><td>{{ row.text }} {{ row.due_on or "" }}
{{ row.completed_on or row.handed_in or "" }}</td>
<td>{{ row.deliverables or "" }} {{ row.pieces or "" }}</td><td>{{ row.report or "" }}
{{ row.objective_cause }}</td><td><a class="btn" href="/assignments/{{ row.id }}/#next">Xem</a></td></tr>
{% endfor %}</table>{% endblock %}"""

SEARCHES = ("niem yet", "tap huan ky nang", "khong co tu nay", "dak rve", "17/kh", "4217/bc", "99999/bc")
FOUND = (
    "SELECT id, title, plan_id FROM task WHERE search_text LIKE :word {tasks} LIMIT 9",
    "SELECT id, number, title FROM plan WHERE search_text LIKE :word {plans} LIMIT 9",
    "SELECT id, name FROM unit WHERE search_text LIKE :word {units} LIMIT 9",
)
NUMBERED = """SELECT id, document_number, assignment_id FROM evidence
 WHERE document_number LIKE :word {pieces} LIMIT 9"""
# What of it somebody sees who works in one unit alone; the yardstick finds nothing that they may not see.
OF_UNIT = {
    "tasks": f"AND id IN (SELECT task_id FROM assignment WHERE unit_id = {BUSY}) ORDER BY id DESC",
    "plans": f"""AND EXISTS (SELECT 1 FROM task t JOIN assignment a ON a.task_id = t.id
 WHERE t.plan_id = plan.id AND a.unit_id = {BUSY})""",
    "units": f"AND id = {BUSY}",
    "pieces": f"""AND EXISTS (SELECT 1 FROM assignment a
 WHERE a.id = evidence.assignment_id AND a.unit_id = {BUSY})""",
}


def add_yardsticks(app: Flask) -> None:
    """The bare pages, each a view of the application."""

    @app.get("/bare/list/<name>")
    @login_required
    def bare_list(name):
        values = {**DAYS, "unit": BUSY}
        totals, rows, plans = (db.session.execute(text(said), values).all() for said in BARE[name])
        return render_template_string(TABLE, totals=totals, rows=rows, plans=plans)

    @app.get("/bare/search")
    @login_required
    def bare_search():
        word = request.args["q"].split()[0]
        asked = (*FOUND, NUMBERED) if any(letter.isdigit() for letter in word) else FOUND
        seen = OF_UNIT if current_user.name == "chuyên viên" else dict.fromkeys(OF_UNIT, "")
        statements = [text(said.format(**seen)) for said in asked]
        found = [row for said in statements for row in db.session.execute(said, {"word": f"%{word}%"})]
        return render_template_string(
            '{% extends "base.html" %}{% block content %}<ul>{% for row in found %}'
            '<li><a href="/x/{{ row[0] }}">{{ row[1] }}</a></li>{% endfor %}</ul>{% endblock %}',
            found=found,
        )


def compared(page: Callable[[], object], bare: Callable[[], object]) -> tuple[float, float]:
    """The median milliseconds of both, taken in turns."""
    took: dict[Callable[[], object], list[float]] = {page: [], bare: []}
    for turn in range(TURNS + 1):
        for work, times in took.items():
            started = time.process_time()
            work()
            if turn:  # the first of each warms up
                times.append((time.process_time() - started) * 1000)
    return median(took[page]), median(took[bare])


class Reader:
    """A person with a browser, who opens pages beside their yardsticks."""

    def __init__(self, app: Flask, name: str) -> None:
        user = db.session.scalars(select(User).where(User.name == name)).one()
        self.name, self.browser = name, province.browser_of(app, user)

    def open(self, address: str, **query: str) -> Callable[[], object]:
        """What opens the page; it has to be there."""

        def get():
            answer = self.browser.get(address, query_string=query)
            assert answer.status_code in (200, 302), (address, answer.status_code)
            return answer

        return get

    def compare(self, what: str, page: Callable[[], object], bare: Callable[[], object]) -> None:
        """Print how the page stands to its yardstick."""
        took, least = compared(page, bare)
        print(f"{self.name:12} {what:34} {took:7.1f} ms, yardstick {least:6.1f} ms: {took / least:4.2f}x")


def change_something(units: int) -> None:
    """One assignment of each of some units is touched, as by a deed."""
    for unit_id in range(2, units + 2):
        assignment = db.session.scalars(
            select(Assignment).where(Assignment.unit_id == unit_id).limit(1)
        ).one()
        assignment.objective_cause = "Bão số 3"
    db.session.commit()


def give_out() -> None:
    """Each of 30 tasks to each of 203 units, as when a plan is given out."""
    tasks = db.session.scalars(select(Task).where(Task.plan_id == province.PLANS + 1)).all()
    dates = Dates(due_on=TODAY)
    rows = [
        assigning.row(task.milestones[0], party, dates, tracked_from=TODAY)
        for task in tasks
        for party in task.leads
    ]
    assigning.give(rows, actor=db.session.get_one(User, 1), now=NOW)
    db.session.commit()


def measure_lists(app: Flask) -> None:
    """The list of a unit with 2,000 assignments, and all that is overdue in a province."""
    staff, leader = Reader(app, "chuyên viên"), Reader(app, "lãnh đạo")
    staff.compare("unit list", staff.open("/assignments/"), staff.open("/bare/list/unit"))
    leader.compare("overdue list", leader.open("/board/overdue"), leader.open("/bare/list/overdue"))


def measure_board(app: Flask) -> None:
    """The board with its figures worked out, much given out or changed since, and nothing worked out."""
    leader = Reader(app, "lãnh đạo")
    leader.compare("board, nothing worked out", leader.open("/board/"), leader.open("/guide/"))
    while cells.refresh(TODAY):
        db.session.commit()
    leader.compare("board", leader.open("/board/"), leader.open("/guide/"))
    give_out()
    leader.compare("board, 203 x 30 given out since", leader.open("/board/"), leader.open("/guide/"))
    while cells.refresh(TODAY):
        db.session.commit()
    change_something(10)
    leader.compare("board, 10 units changed since", leader.open("/board/"), leader.open("/guide/"))


def measure_searches(app: Flask) -> None:
    """Each kind of person with each search."""
    for name in ("chuyên viên", "lãnh đạo", "quản trị"):
        reader = Reader(app, name)
        for said in SEARCHES:
            page, bare = reader.open("/search/", q=said), reader.open("/bare/search", q=said)
            reader.compare(f"search «{said}»", page, bare)


def measure_queue(app: Flask) -> None:
    """The queue of a monitor for whom 10,000 results wait, where it opens and with one of them open."""
    monitor = Reader(app, "đầu mối")
    for address in ("/reviewing/", "/reviewing/51"):
        monitor.compare(f"queue, {address}", monitor.open(address), monitor.open("/guide/"))


def measure_work(app: Flask) -> None:
    """All work of the province in its groups, for who watches over it."""
    monitor = Reader(app, "đầu mối")
    monitor.compare("all work", monitor.open("/assignments/"), monitor.open("/guide/"))


def measure_plans(app: Flask) -> None:
    """The list of 1,001 plans, and the page of one with 203 units x 30 tasks."""
    monitor = Reader(app, "đầu mối")
    monitor.compare("plans", monitor.open("/plans/"), monitor.open("/guide/"))
    address = f"/plans/{province.PLANS + 1}"
    monitor.compare("plan of 6,090 assignments", monitor.open(address), monitor.open("/guide/"))


PARTS = {
    "lists": measure_lists,
    "search": measure_searches,
    "queue": measure_queue,
    "work": measure_work,
    "plans": measure_plans,
    "board": measure_board,  # last: it gives out more
}


def main(asked: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, time_machine.travel(NOW):
        app = province.create(Path(folder))
        add_yardsticks(app)
        with app.app_context():
            province.fill()
            gc.collect()
            gc.freeze()
            for name in asked or PARTS:
                PARTS[name](app)
            db.session.remove()
            db.engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1:])
