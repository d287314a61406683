"""`tracker web` and `tracker serve`: the site, alone or together with the scheduler."""

import gc
import signal
import subprocess
import sys
import time
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from tracker import clock
from tracker.app import create_app
from tracker.cli import door
from tracker.cli.refusal import Refusal
from tracker.confinement import sweep_rooms
from tracker.db import db

PATIENCE = 20  # seconds a part may take to end when asked to


class Site(BaseApplication):
    """The site under gunicorn. Requests are not logged: an address of a calendar feed is a secret."""

    def __init__(self, **options: Any) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        app = create_app()
        gc.collect()
        gc.freeze()  # what a start leaves behind stays for good: no page waits for a search through it
        return app


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=5000, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Processes; each runs --threads.")
@click.option("--threads", default=8, show_default=True)
def web(host: str, port: int, workers: int, threads: int) -> None:
    """Run the site alone; any number of these may share a database.

    Example: tracker web --host 0.0.0.0 --port 8000 --workers 4
    """
    with door.opened():
        sweep_rooms(clock.now())
        db.engine.dispose()  # no connection may be carried into the processes that gunicorn forks
    Site(
        bind=f"{host}:{port}",
        workers=workers,
        threads=threads,
        timeout=150,  # reading a long plan takes its time
        graceful_timeout=PATIENCE // 4,
        control_socket_disable=True,
        proc_name="tracker",
    ).run()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=5000, show_default=True)
@click.option("--workers", default=2, show_default=True)
def serve(host: str, port: int, workers: int) -> None:
    """Run the site and the scheduler together on one machine, until Ctrl-C.

    Example: tracker serve --port 8000
    """
    with door.opened():
        pass
    run_together(["web", "--host", host, "--port", str(port), "--workers", str(workers)], ["scheduler"])


def run_together(*commands: list[str]) -> None:
    """Run `tracker` commands side by side until one ends or this process is asked to stop; then end them all.

    Raises Refusal where one ended by itself.
    """
    # Only noted: an exception out of a signal could break in anywhere, also between a lock and its release.
    asked: list[int] = []
    for wish in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wish, lambda number, _frame: asked.append(number))
    # Each in a group of its own, so that Ctrl-C reaches this process alone, and the parts end in order.
    parts = [
        subprocess.Popen([sys.executable, "-m", "tracker", *command], process_group=0) for command in commands
    ]
    while not asked and all(part.poll() is None for part in parts):
        time.sleep(0.2)
    ended = [command[0] for command, part in zip(commands, parts, strict=True) if part.poll() is not None]
    _end(parts)
    if ended and not asked:
        raise Refusal(f"“tracker {ended[0]}” đã dừng ngoài ý muốn. Hãy xem thông báo phía trên rồi chạy lại.")


def _end(parts: list[subprocess.Popen]) -> None:
    for part in parts:
        if part.poll() is None:
            part.terminate()
    for part in parts:
        try:
            part.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            part.kill()
            part.wait()
