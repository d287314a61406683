"""What leaders look at: everything that is overdue, the longest first."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.access import OVERSEERS
from tracker.services import worklists
from tracker.services.worklists import Filters, Group
from tracker.web.board.room import bp
from tracker.web.sessions import current_reach

MOST = 500  # rows on the page; the figure above them counts all


@bp.get("/overdue")
def overdue() -> ResponseReturnValue:
    filters = Filters(
        words=request.args.get("q", "").strip()[:200],
        plan_id=request.args.get("plan", type=int),
        unit_id=request.args.get("unit", type=int),
        group=Group.OVERDUE,
    )
    found = worklists.sections(current_reach, clock.today(), filters, most=MOST)
    return render_template(
        "board/overdue.html",
        section=found[0] if found else None,
        filters=filters,
        today=clock.today(),
        plans=worklists.plans_in_sight(current_reach),
        can_urge=current_reach.holds(*OVERSEERS),
        units=worklists.units_overdue(current_reach, clock.today()),
    )
