"""What leaders look at: everything that is overdue, the longest first, page by page."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.grants import OVERSEERS
from tracker.services import choices, worklists
from tracker.services.groups import Group
from tracker.services.worklists import Filters
from tracker.web.board.room import bp
from tracker.web.numbers import row_number
from tracker.web.paging import Paging, asked_page
from tracker.web.sessions import current_reach

PAGE = 100  # rows a page


@bp.get("/overdue")
def overdue() -> ResponseReturnValue:
    filters = Filters(
        words=request.args.get("q", "").strip()[:200],
        plan_id=request.args.get("plan", type=row_number),
        unit_id=request.args.get("unit", type=row_number),
        group=Group.OVERDUE,
    )
    today, page = clock.today(), asked_page()
    found = worklists.listed_sections(current_reach, today, filters, most=PAGE, page=page)
    return render_template(
        "board/overdue.html",
        section=found[0] if found else None,
        paging=Paging(found[0].total if found else 0, PAGE, page),
        kept={key: value for key, value in request.args.items() if key in ("q", "plan", "unit")},
        filters=filters,
        today=today,
        plans=choices.plans_in_sight(current_reach),
        can_urge=current_reach.holds(*OVERSEERS),
        units=choices.units_overdue(current_reach, today),
    )
