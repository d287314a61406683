"""The migrations lead from nothing to what the models say, and keep what is stored."""

import pytest
import sqlalchemy as sa
from flask_migrate import check, downgrade, upgrade

from tracker.app import create_app
from tracker.db import db


@pytest.fixture
def empty(tmp_path):
    app = create_app(instance=tmp_path, DATABASE_URL=f"sqlite:///{tmp_path / 'new.sqlite3'}")
    with app.app_context():
        yield app
        db.engine.dispose()


def test_the_models_match_the_migrations(empty):
    upgrade()
    check()


def test_going_down_and_up_again_leaves_the_same_tables(empty):
    upgrade()
    tables = set(sa.inspect(db.engine).get_table_names())
    downgrade(revision="base")
    assert set(sa.inspect(db.engine).get_table_names()) == {"alembic_version"}
    upgrade()
    assert set(sa.inspect(db.engine).get_table_names()) == tables


def test_a_connection_of_sqlite_is_set_up_for_many_readers_and_true_references(empty):
    with db.engine.connect() as connection:
        asked = {
            name: connection.scalar(sa.text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys")
        }
    assert asked == {"journal_mode": "wal", "foreign_keys": 1}
