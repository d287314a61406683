"""The door of a command: the application opened, one transaction, refusals as one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from tracker.app import create_app
from tracker.cli.refusal import Refusal
from tracker.config import BadSetting
from tracker.db import db
from tracker.models import Plan, User
from tracker.paths import resource
from tracker.services.refusals import Refused


@contextmanager
def opened(**overrides: Any) -> Iterator[Flask]:
    """The application with its database open; committed at the end, rolled back on any error.

    Raises Refusal with the sentence of a refused deed, a bad setting or a database that is not ready.
    """
    with started(**overrides) as app:
        require_schema()
        yield app
        db.session.commit()


@contextmanager
def started(**overrides: Any) -> Iterator[Flask]:
    """The application, whatever its database holds or does not hold yet; nothing is committed.

    Raises Refusal with the sentence of a refused deed or a bad setting.
    """
    try:
        app = create_app(**overrides)
        with app.app_context():
            yield app
    except (Refused, BadSetting) as error:
        raise Refusal(str(error)) from error
    except OperationalError as error:
        raise Refusal(f"Không mở được cơ sở dữ liệu: {error.orig}. Hãy kiểm tra DATABASE_URL.") from error


def require_schema() -> None:
    """Raise Refusal unless the database has the newest schema."""
    newest = ScriptDirectory(str(resource("migrations"))).get_current_head()
    with db.engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    if present != newest:
        raise Refusal("Cơ sở dữ liệu chưa ở phiên bản mới nhất. Hãy chạy: tracker db upgrade")


def person(username: str) -> User:
    """The person with that name for log-in; raises Refused where there is none."""
    user = db.session.scalars(select(User).where(User.username == username.strip().lower())).first()
    if user is None:
        raise Refused(f"Không có tài khoản “{username}”. Hãy xem danh sách bằng: tracker user list")
    return user


def plan(number: str) -> Plan:
    """The plan of that number; raises Refused where there is none, or more than one."""
    found = db.session.scalars(select(Plan).where(Plan.number == number.strip())).all()
    if not found:
        raise Refused(f"Không có kế hoạch số “{number}”. Hãy xem số trên trang Kế hoạch.")
    if len(found) > 1:
        raise Refused(f"Có {len(found)} kế hoạch cùng số “{number}”. Hãy xem trên trang của kế hoạch.")
    return found[0]
