"""The database: one session, named constraints, UTC moments, enums as text."""

import sqlite3
from collections.abc import Hashable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, Enum, MetaData, PoolProxiedConnection, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every model stands on; the naming convention keeps migrations stable."""

    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; naive datetimes are refused. SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def text_enum(kind: type[StrEnum]) -> Enum:
    """A column type that stores the values of `kind` as text, checked by the database."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
        length=30,
    )


def insert_if_new(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Store the rows; those whose key is there already, perhaps from another process, are passed over."""
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[db.engine.dialect.name]
    if rows:  # into the table and not as objects, which takes half as long again
        db.session.execute(insert(model.__table__).on_conflict_do_nothing(), list(rows))


def mark(connection: PoolProxiedConnection) -> Hashable:
    """A value that stays the same until anything is written to the database, by whomever.

    To be compared with earlier marks of the same connection only.
    """
    driver: Any = connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        # The pragma sees what others committed, the count what this connection wrote itself.
        return driver.execute("PRAGMA data_version").fetchone(), driver.total_changes
    return driver.execute("SELECT pg_current_snapshot()::text").fetchone()


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "synchronous=NORMAL",
        "cache_size=-65536",  # KiB; a day's notices of a province are stored without leaving memory
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
