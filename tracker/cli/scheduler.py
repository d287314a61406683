"""`tracker scheduler`: reminders and letters, run by the clock."""

import signal

import click

from tracker import scheduler as clockwork
from tracker.cli import door
from tracker.cli.refusal import Refusal
from tracker.db import db


@click.command()
@click.option("--once", is_flag=True, help="Run every job once and end; for cron.")
def scheduler(once: bool) -> None:
    """Work out reminders, bind and send letters, until Ctrl-C; any number may run, one of them acts.

    Example: tracker scheduler
    """
    with door.opened() as app:
        db.engine.dispose()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if not once:
        clockwork.run_for_ever(app)
    elif not clockwork.run_once(app):
        raise Refusal("Có việc bị lỗi. Hãy xem thông báo phía trên hoặc chạy: tracker doctor")
