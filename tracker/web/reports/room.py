"""What the pages of papers share: who may enter, whom a paper is of, and how it is sent."""

import io

from flask import Blueprint, abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import login_required

from tracker import clock
from tracker.db import db
from tracker.grants import OVERSEERS
from tracker.models import Plan, Unit
from tracker.render.official import OfficialPaper, official_bytes
from tracker.rules.reporting import Period, period_of, read_period
from tracker.services.choices import plans_in_sight, units_in_sight
from tracker.services.issuing import overseeing_unit
from tracker.web.downloads import attachment
from tracker.web.numbers import row_number
from tracker.web.sessions import current_reach

bp = Blueprint("reports", __name__, url_prefix="/reports")

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.before_request
@login_required
def overseers_only() -> None:
    """404 for who leads and watches over nothing: these papers are of a part of the tree."""
    if not current_reach.holds(*OVERSEERS):
        abort(404)


def chosen_plan() -> Plan | None:
    """The plan the address names, None where it names none; 404 for one not in sight."""
    number = request.args.get("plan", type=row_number)
    if number is None:
        return None
    seen = any(plan.id == number for plan in plans_in_sight(current_reach))
    return db.session.get(Plan, number) if seen else abort(404)


def chosen_unit() -> Unit | None:
    """The unit the address names, None where it names none; 404 for one not in sight."""
    number = request.args.get("unit", type=row_number)
    if number is None:
        return None
    return next((unit for _, unit in units_in_sight(current_reach) if unit.id == number), None) or abort(404)


def chosen_period() -> Period:
    """The period the address names («2026-H1»), else the half year of today; nonsense is taken for none."""
    closing_day = current_app.config["REPORT_CLOSING_DAY"]
    try:
        return read_period(request.args.get("period", ""), closing_day)
    except ValueError:
        return period_of(clock.today(), "H", closing_day)


def issuing_unit() -> Unit:
    """The unit in whose name the report is: the plan's, where one oversees that, else one's own."""
    plan = chosen_plan()
    if plan is not None and current_reach.covers(plan.watching_unit_id, *OVERSEERS):
        return plan.watching_unit
    return overseeing_unit(current_reach)


def kept_choice() -> dict[str, str | int]:
    """The arguments of the address that name what is reported."""
    plan, unit = chosen_plan(), chosen_unit()
    named = {"plan": plan.id if plan else None, "unit": unit.id if unit else None}
    return {name: number for name, number in named.items() if number is not None} | {
        "period": chosen_period().code
    }


def send_paper(paper: OfficialPaper, name: str) -> ResponseReturnValue:
    """The paper as a file named by what it is and by today: «Báo cáo 2026-06-18.docx»."""
    content = io.BytesIO(official_bytes(paper, now=clock.now()))
    return attachment(content, DOCX, f"{name} {clock.today()}.docx")
