"""How Alembic reaches the database: the application's engine, SQLite's foreign keys off meanwhile."""

import sqlalchemy as sa
from alembic import context
from flask import current_app

import tracker.models  # noqa: F401 - fills the metadata
from tracker.db import Base, Moment


def render_item(kind: str, item: object, _autogen: object) -> str | bool:
    """Our own column types are written as the plain ones below them: a migration must not import the code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


def run() -> None:
    """Run the migrations in one transaction; broken references afterwards undo it."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # A batch migration drops and remakes tables; with foreign keys on that empties their children.
            connection.execute(sa.text("PRAGMA foreign_keys=OFF"))
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=sqlite,
            render_item=render_item,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
            if sqlite:
                broken = connection.execute(sa.text("PRAGMA foreign_key_check")).fetchall()
                if broken:
                    raise RuntimeError(f"the migration would break {len(broken)} references")


run()
