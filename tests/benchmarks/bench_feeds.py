"""How fast calendar feeds are served, as ratios to a bare Flask page on the same server.

    .venv/bin/python tests/benchmarks/bench_feeds.py

A feed of 500 deadlines on SQLite, under gunicorn with one process and eight threads; one client on one kept
connection. Each pair is measured in turns, and the medians of the turns are compared.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from flask import Flask
from flask_migrate import upgrade

from tracker.app import create_app
from tracker.db import db
from tracker.deadlines.meaning import Kind
from tracker.grants import reach_of
from tracker.models import (
    Assignment,
    Feed,
    FeedScope,
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
from tracker.render import calendar
from tracker.services import feeding
from tracker.services.feed_entries import entries
from tracker.services.feed_views import Options, version
from tracker.services.feeding import Subject

ENTRIES = 500
TURNS, SECONDS = 11, 0.5
REPEATS = 20
NOW = datetime(2026, 6, 18, 2, tzinfo=UTC)
TODAY = date(2026, 6, 18)
SITE = "https://dunghan.suoimay.example"
READY = b"x" * 200_000

bare = Flask("bare")


@bare.get("/")
def page() -> str:
    return "Xin chào"


@bare.get("/ready")
def ready() -> bytes:
    return READY


def fill(folder: Path) -> tuple[Flask, str]:
    """An application whose one unit has 500 open deadlines, and the token of that unit's feed."""
    url = f"sqlite:///{folder / 'tracker.sqlite3'}"
    app = create_app(instance=folder, SECURE_COOKIES=False, DATABASE_URL=url)
    with app.app_context():
        upgrade()
        unit = Unit(name="Phòng Kinh tế")
        user = User(username="an", name="An", session_key="an", created_at=NOW)
        user.grants = [Grant(role=Role.STAFF, unit=unit)]
        plan = Plan(title="Kế hoạch chuyển đổi số năm 2026", watching_unit=unit, created_at=NOW)
        plan.number, plan.published_at = "41/KH-UBND", NOW
        db.session.add_all([unit, user, plan])
        db.session.add_all(assignment(plan, unit, number) for number in range(ENTRIES))
        db.session.flush()
        _, token = feeding.create_feed(
            reach_of(user), "Lịch", Subject(FeedScope.UNIT, unit=unit), now=datetime.now(UTC)
        )
        feed = db.session.query(Feed).one()
        feeding.note_fetch(feed, "bench", now=datetime.now(UTC))
        db.session.commit()
    return app, token


def assignment(plan: Plan, unit: Unit, number: int) -> Assignment:
    """One open deadline of a plan, on one of the 300 days around today."""
    day = TODAY + timedelta(days=number % 300 - 30)
    task = Task(
        plan=plan, position=number, title=f"Rà soát, niêm yết công khai thủ tục hành chính số {number}"
    )
    milestone = Milestone(task=task, position=1, kind=Kind.BY, text="Trước ngày", due_on=day)
    party = TaskParty(task=task, unit=unit, role=PartyRole.LEAD, position=1)
    return Assignment(
        task=task, milestone=milestone, party=party, unit=unit, due_on=day, tracked_from=TODAY, changed_at=NOW
    )


class Server:
    """A server as in earnest, until the block ends."""

    def __init__(self, app: str, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--workers", "1",
             "--threads", "8", "--chdir", str(Path(__file__).parent), app],
            env={**os.environ, "TRACKER_INSTANCE": str(folder), "SECURE_COOKIES": "0"},
            stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def __enter__(self) -> "Server":
        for _ in range(200):
            with socket.socket() as attempt:
                if attempt.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.1)
        raise SystemExit("the server did not start")

    def __exit__(self, *_error: object) -> None:
        self._process.terminate()
        self._process.wait()

    def rate(self, path: str, status: int, header: str = "") -> float:
        """Requests a second on one connection; every answer must have the status."""
        request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{header}\r\n".encode()
        with socket.create_connection(("127.0.0.1", self.port)) as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            done, begun = 0, time.perf_counter()
            while time.perf_counter() - begun < SECONDS:
                head = answer(line, request)
                assert head.startswith(b"HTTP/1.1 %d" % status), head
                done += 1
            return done / (time.perf_counter() - begun)

    def tag(self, path: str) -> str:
        """The ETag of a page."""
        request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        with socket.create_connection(("127.0.0.1", self.port)) as line:
            head = answer(line, request)
        return head.partition(b"ETag: ")[2].partition(b"\r\n")[0].decode()


def answer(line: socket.socket, request: bytes) -> bytes:
    """Send a request and take the whole answer; its head."""
    line.sendall(request)
    got = b""
    while b"\r\n\r\n" not in got:
        got += line.recv(65536)
    head, _, body = got.partition(b"\r\n\r\n")
    length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
    left = int(length or 0) - len(body)
    while left > 0:
        left -= len(line.recv(1 << 20))
    return head


def compare(one, other) -> float:
    """The median of `one` over the median of `other`, measured in turns."""
    pairs = [(one(), other()) for _ in range(TURNS)]
    return median(pair[0] for pair in pairs) / median(pair[1] for pair in pairs)


def seconds(work) -> float:
    """How long the work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def serving(folder: Path, token: str) -> None:
    """The two ratios of requests a second."""
    path = f"/feeds/{token}.ics"
    with Server("bench_feeds:bare", folder) as plain, Server("tracker.app:create_app()", folder) as site:
        known = f"If-None-Match: {site.tag(path)}\r\n"
        ratio = compare(lambda: site.rate(path, 304, known), lambda: plain.rate("/", 200))
        print(f"304 of a feed / bare Flask page:            {ratio:5.0%}  (target 60 % or more)")
        ratio = compare(lambda: site.rate(path, 200), lambda: plain.rate("/ready", 200))
        print(f"unchanged feed / 200 KB of ready bytes:     {ratio:5.0%}  (target 50 % or more)")


def building(app: Flask, token: str) -> None:
    """The cost of building the feed after one change, and of its version, to that of joining strings."""
    with app.app_context():
        times = [one_change(number, token) for number in range(REPEATS)]
        changed, strings, tags, alone = (median(column) for column in zip(*times, strict=True))
        print(f"building after one change / joined strings: {changed / strings:5.1f}  (target 4 or less)")
        print(f"icalendar alone / joined strings:           {alone / strings:5.1f}")
        print(f"version / building after one change:        {tags / changed:5.0%}")


def one_change(number: int, token: str) -> tuple[float, float, float, float]:
    """Change a deadline; seconds to build the feed, join strings, tell the version, build without memory."""
    db.session.get_one(Assignment, number + 1).changed_at = NOW + timedelta(minutes=number + 1)
    db.session.commit()
    opened = feeding.find_feed(token)
    assert opened is not None

    def listed():
        return entries(opened, TODAY, Options(), SITE)

    build = seconds(lambda: calendar.calendar_bytes("Lịch", listed()))
    join = seconds(lambda: "".join(map(by_hand, listed())))
    tag = seconds(lambda: version(opened, TODAY, Options(), SITE))
    calendar._event_bytes.cache_clear()
    alone = seconds(lambda: calendar.calendar_bytes("Lịch", listed()))
    return build, join, tag, alone


def by_hand(entry: calendar.Entry) -> str:
    """An event as someone would write it without a library, neither escaped nor folded."""
    return (
        f"BEGIN:VEVENT\r\nSUMMARY:{entry.title}\r\nDTSTART;VALUE=DATE:{entry.day:%Y%m%d}\r\n"
        f"DTSTAMP:{entry.changed_at:%Y%m%dT%H%M%SZ}\r\nUID:{entry.uid}\r\nSEQUENCE:{entry.sequence}\r\n"
        f"DESCRIPTION:{entry.description}\r\nURL:{entry.url}\r\nEND:VEVENT\r\n"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app, token = fill(folder)
        serving(folder, token)
        building(app, token)


if __name__ == "__main__":
    main()
