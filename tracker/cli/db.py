"""`tracker db`: the schema of the database."""

import click
from flask_migrate import upgrade as migrate_upgrade

from tracker import clock
from tracker.app import create_app
from tracker.db import db as database
from tracker.services import cells


@click.group()
def db() -> None:
    """Keep the database in step with the program."""


@db.command()
def upgrade() -> None:
    """Bring the database to the newest schema and work out the figures of boards; safe to run again.

    Example: tracker db upgrade
    """
    with create_app().app_context():
        migrate_upgrade()
        while cells.refresh(clock.today()):
            database.session.commit()
