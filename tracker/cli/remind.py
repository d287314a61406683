"""`tracker remind`: the reminders of today, without waiting for their hour."""

import click

from tracker import clock
from tracker.cli import door
from tracker.db import db
from tracker.services import gathering, reminding
from tracker.services.letterhead import letterhead_of


@click.command()
@click.option("--now", is_flag=True, required=True, help="Do it at once; said twice it does nothing more.")
def remind(now: bool) -> None:
    """Work out who must be told what today and bind the letters; the scheduler sends them.

    Example: tracker remind --now
    """
    with door.opened() as app:
        moment = clock.now()
        made = reminding.run(now=moment)
        db.session.commit()
        letters = 0
        while bound := gathering.gather_digests(letterhead_of(app.config), now=moment):
            db.session.commit()
            letters += bound
        click.echo(f"{made} thông báo mới, {letters} người nhận có thư.")
