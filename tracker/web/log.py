"""The log of deeds: who did what to which thing, newest first; for administrators."""

import json

from flask import Blueprint, Flask, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.models import AuditEntry, User
from tracker.web.sessions import administrators_only
from tracker.words import fold

bp = Blueprint("log", __name__, url_prefix="/log")
bp.before_request(administrators_only)

PAGE = 100  # entries a page
SUBJECTS = {
    "assignment": "nhiệm vụ được giao",
    "feed": "địa chỉ lịch",
    "grant": "vai trò",
    "plan": "kế hoạch",
    "plan_import": "văn bản tải lên",
    "task": "nhiệm vụ",
    "unit": "đơn vị",
    "unit_group": "nhóm đơn vị",
    "user": "tài khoản",
}


@bp.get("/")
def index() -> ResponseReturnValue:
    """The entries, filtered by the name of who did it."""
    wanted = fold(request.args.get("q", ""))
    entries = select(AuditEntry).options(joinedload(AuditEntry.actor)).order_by(AuditEntry.id.desc())
    if wanted:
        named = select(User.id).where(User.search_text.contains(wanted, autoescape=True))
        entries = entries.where(AuditEntry.actor_id.in_(named))
    number = max(1, request.args.get("page", 1, type=int))
    page = db.paginate(entries, page=number, per_page=PAGE, error_out=False)
    return render_template("log/index.html", page=page, SUBJECTS=SUBJECTS, as_text=as_text)


def as_text(values: dict) -> str:
    """What stood before or after, as plain text: «state: open; due_on: 2026-06-30»."""
    return "; ".join(f"{name}: {_plain(value)}" for name, value in values.items())


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def register(app: Flask) -> None:
    """Open the room of the log."""
    app.register_blueprint(bp)
