"""Real calendar programs, each a process of its own, subscribe to a feed over HTTP."""

import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from tracker import clock
from tracker.grants import reach_of
from tracker.models import FeedScope
from tracker.rules.states import State
from tracker.services import feeding, progress
from tracker.services.feeding import Subject

BIN = Path(sys.executable).parent

VDIRSYNCER = """
[general]
status_path = "{folder}/status"
[pair deadlines]
a = "here"
b = "there"
collections = null
conflict_resolution = "b wins"
[storage here]
type = "filesystem"
path = "{folder}/calendar"
fileext = ".ics"
[storage there]
type = "http"
url = "{url}"
"""

KHAL = """
[calendars]
[[deadlines]]
path = {folder}/calendar
readonly = True
[locale]
timeformat = %H:%M
dateformat = %d/%m/%Y
longdateformat = %d/%m/%Y
datetimeformat = %d/%m/%Y %H:%M
longdatetimeformat = %d/%m/%Y %H:%M
local_timezone = Asia/Ho_Chi_Minh
default_timezone = Asia/Ho_Chi_Minh
"""


class Quiet(WSGIRequestHandler):
    def log_request(self, *_arguments):
        pass


@pytest.fixture
def site(app):
    """The address of the running site."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def run(tmp_path):
    """Run a program in a home of its own; what it printed."""
    environ = {name: str(tmp_path / name) for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")}

    def run(*command, exit_code=0):
        done = subprocess.run(
            [BIN / command[0], *command[1:]],
            env={**os.environ, **environ, "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == exit_code, done.stdout + done.stderr
        return done.stdout

    return run


@pytest.fixture
def sync(site, tmp_path, run):
    """Let vdirsyncer fetch an address; the titles khal then lists for the coming year."""
    (tmp_path / "calendar").mkdir()
    (tmp_path / "khal").write_text(KHAL.format(folder=tmp_path), encoding="utf-8")

    def sync(path, exit_code=0):
        config = VDIRSYNCER.format(folder=tmp_path, url=site + path)
        (tmp_path / "vdirsyncer").write_text(config, encoding="utf-8")
        vdirsyncer = ("vdirsyncer", "-c", str(tmp_path / "vdirsyncer"))
        run(*vdirsyncer, "discover")
        run(*vdirsyncer, "sync", "--force-delete", exit_code=exit_code)
        start = (clock.today() - timedelta(days=30)).strftime("%d/%m/%Y")
        listed = run(
            "khal", "-c", str(tmp_path / "khal"), "list", "--day-format", "", "--format",
            "{start-date} {title}", start, "400d",
        )  # fmt: skip
        return [line for line in listed.splitlines() if line.strip()]

    return sync


def test_a_calendar_program_follows_a_change_a_completion_and_a_revocation(
    cast, session, make_assignment, sync
):
    soon = clock.today() + timedelta(days=10)
    late = clock.today() - timedelta(days=3)
    moving = make_assignment(title="Niêm yết, công khai", due_on=soon)
    make_assignment(title="Báo cáo quý", due_on=late)
    reach = reach_of(cast.an)
    feed, token = feeding.create_feed(reach, "Lịch", Subject(FeedScope.PERSON), now=clock.now())
    session.commit()
    address = f"/feeds/{token}.ics"

    def words(day):
        return day.strftime("%d/%m/%Y")

    assert sync(address) == [
        f"{words(late)} Quá hạn: Báo cáo quý",
        f"{words(soon)} Niêm yết, công khai",
    ]

    later = soon + timedelta(days=5)
    moving.due_on = later
    progress.report_progress(moving, 10, actor=cast.an, now=clock.now())
    session.commit()
    assert sync(address) == [
        f"{words(late)} Quá hạn: Báo cáo quý",
        f"{words(later)} Niêm yết, công khai",
    ]

    moving.state, moving.completed_on = State.DONE, clock.today()
    session.commit()
    assert sync(address) == [f"{words(late)} Quá hạn: Báo cáo quý"]

    feeding.revoke_feed(feed, actor=cast.an, now=clock.now())
    session.commit()
    assert sync(address, exit_code=1) == [f"{words(late)} Quá hạn: Báo cáo quý"], "nothing new comes"
