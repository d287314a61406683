"""`tracker db`: the schema of the database."""

import click
from flask_migrate import upgrade as migrate_upgrade

from tracker.app import create_app


@click.group()
def db() -> None:
    """Keep the database in step with the program."""


@db.command()
def upgrade() -> None:
    """Bring the database to the newest schema; safe to run again.

    Example: tracker db upgrade
    """
    with create_app().app_context():
        migrate_upgrade()
