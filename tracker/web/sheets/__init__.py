"""Lists to take home as .xlsx: each the same as the page it stands on, by the same address."""

import io
from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, Flask, current_app, request, send_file
from flask.typing import ResponseReturnValue
from flask_login import login_required

from tracker import clock
from tracker.models import Assignment
from tracker.render.sheets import Sheet, sheet_bytes
from tracker.services import boards, exporting, overviews, worklists
from tracker.services.worklists import Filters, Group
from tracker.web.assignments import read_filters
from tracker.web.board.addresses import read_selection
from tracker.web.board.room import require_overseer
from tracker.web.plans.room import find_plan, find_task
from tracker.web.sessions import current_reach
from tracker.web.sheets.columns import (
    ASSIGNMENT_COLUMNS,
    PLAN_COLUMNS,
    TASK_COLUMNS,
    assignment_row,
    plan_row,
    task_row,
)
from tracker.words import moment_words

bp = Blueprint("sheets", __name__, url_prefix="/sheets")

MOST = 10_000  # rows of a sheet
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.before_request
@login_required
def ask_who() -> None:
    """Nobody takes lists home without having logged in."""


@bp.get("/assignments")
def assignments() -> ResponseReturnValue:
    """The list of work as it is filtered, every group to its end, most urgent first."""
    return _work("Nhiệm vụ", read_filters(request.args))


@bp.get("/overdue")
def overdue() -> ResponseReturnValue:
    """All that is overdue, the longest first."""
    filters = replace(read_filters(request.args), part=worklists.Part.ALL, group=Group.OVERDUE)
    return _work("Nhiệm vụ quá hạn", filters)


def _work(title: str, filters: Filters) -> ResponseReturnValue:
    found = worklists.sections(current_reach, clock.today(), filters, most=MOST)
    return _assignments(title, [one for section in found for one in section.assignments])


@bp.get("/board")
def board() -> ResponseReturnValue:
    """The rows behind a figure of the board."""
    require_overseer()
    selection = read_selection(request.args)
    return _assignments("Danh sách nhiệm vụ", boards.rows(current_reach, clock.today(), selection, most=MOST))


def _assignments(title: str, found: Sequence[Assignment], name: str = "") -> ResponseReturnValue:
    """The assignments under a title, in a file of that name, by default of the title's."""
    today = clock.today()
    columns = [column for column, _ in ASSIGNMENT_COLUMNS]
    rows = [assignment_row(assignment, today) for assignment in found[:MOST]]
    return _download(name or title, Sheet(title, _note(len(rows)), columns, rows))


@bp.get("/plans")
def plans() -> ResponseReturnValue:
    """The list of plans as it is searched."""
    words = request.args.get("q", "").strip()[:200]
    rows = [plan_row(line) for line in overviews.plan_lines(current_reach, clock.today(), words)]
    return _download("Kế hoạch", Sheet("Kế hoạch", _note(len(rows), "kế hoạch"), PLAN_COLUMNS, rows))


@bp.get("/plans/<int:plan_id>/tasks/<int:task_id>")
def task(plan_id: int, task_id: int) -> ResponseReturnValue:
    """The assignments of a task that the person may see."""
    found = find_task(find_plan(plan_id), task_id)
    return _assignments(
        found.title, exporting.of_task(found, current_reach), name=f"Nhiệm vụ {found.no}".strip()
    )


@bp.get("/plans/<int:plan_id>")
def plan(plan_id: int) -> ResponseReturnValue:
    """The tasks of a plan, each with who leads it and how far it has come."""
    found = find_plan(plan_id)
    groups = overviews.task_lines(found, clock.today())
    rows = [task_row(group, line) for group, lines in groups for line in lines]
    name = f"Kế hoạch {found.number.replace('/', '-')}" if found.number else "Kế hoạch"
    return _download(name, Sheet(found.title, _note(len(rows)), TASK_COLUMNS, rows))


def _note(count: int, what: str = "nhiệm vụ") -> str:
    """«UBND xã Suối Mây · 12 nhiệm vụ · lập lúc 18/6/2026 09:00»; it says where the list was cut."""
    first = "đầu tiên " if count == MOST else ""
    said = (
        current_app.config["AUTHORITY_NAME"],
        f"{count} {what} {first}".strip(),
        f"lập lúc {moment_words(clock.now())}",
    )
    return " · ".join(part for part in said if part)


def _download(name: str, sheet: Sheet) -> ResponseReturnValue:
    """The sheet as a file named by what it is and by today: «Nhiệm vụ quá hạn 2026-06-18.xlsx»."""
    content = io.BytesIO(sheet_bytes(sheet, now=clock.now()))
    return send_file(content, XLSX, as_attachment=True, download_name=f"{name} {clock.today()}.xlsx")


def register(app: Flask) -> None:
    """Open the door of sheets."""
    app.register_blueprint(bp)
