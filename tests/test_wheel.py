"""The wheel holds all the house needs: installed alone in an empty folder, the demo starts from it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def fetch(address):
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read().decode()


def wait_for(address, process, seconds=60):
    for _ in range(seconds * 5):
        assert process.poll() is None, "the demo ended by itself"
        try:
            return fetch(address)
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{address} did not answer in {seconds} seconds")


def test_templates_and_migrations_are_in_the_wheel(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("templates", "migrations"):
        files = {path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file()}
        wanted = {f"tracker/{path.as_posix()}" for path in files if "__pycache__" not in path.parts}
        assert wanted <= inside
    assert "tracker/static/app.css" in inside


def test_the_demo_starts_from_the_wheel_goes_on_where_it_was_and_stops_when_asked(wheel, tmp_path):
    site = tmp_path / "site"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            "--target",
            site,
            wheel,
        ],
        check=True,
    )
    empty = tmp_path / "empty"
    empty.mkdir()
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "PYTHONPATH": str(site),
        "PYTHONUNBUFFERED": "1",
        "LANG": "C.UTF-8",
    }
    first = run_demo(empty, environ)
    again = run_demo(empty, environ)
    assert first["feed"] == again["feed"].replace(again["port"], first["port"])
    assert sorted(path.name for path in empty.iterdir()) == ["instance"]


def run_demo(folder, environ):
    """Start the demo, look at the log-in page and the calendar it prints, and end it with Ctrl-C."""
    port = str(free_port())
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", "demo", "--port", port],
        cwd=folder,
        env=environ,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert "Đăng nhập" in wait_for(f"http://127.0.0.1:{port}/login", process)
        os.killpg(process.pid, signal.SIGINT)  # Ctrl-C reaches the whole group
        printed = process.communicate(timeout=60)[0]
        assert process.returncode == 0
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    feed = re.search(r"http://\S+/feeds/\S+\.ics", printed)[0]
    assert "suoi-may-2026" in printed
    return {"port": port, "feed": feed}
