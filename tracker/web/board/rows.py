"""The rows behind a figure of the board: a list by the same selection, page by page and as a sheet."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.services import boards, status
from tracker.web.board.addresses import arguments_of, read_selection
from tracker.web.board.filtering import choices
from tracker.web.board.room import bp, require_overseer
from tracker.web.paging import Paging, asked_page
from tracker.web.sessions import current_reach

PAGE = 50  # rows a page


@bp.get("/rows")
def rows() -> ResponseReturnValue:
    require_overseer()
    today = clock.today()
    selection = read_selection(request.args)
    total = boards.count(current_reach, today, selection)
    paging = Paging(total, PAGE, asked_page())
    found = boards.listed_rows(current_reach, today, selection, most=PAGE, after=paging.after)
    return render_template(
        "board/rows.html",
        today=today,
        selection=selection,
        choices=choices(selection),
        kept=arguments_of(selection),
        assignments=found,
        states={one.id: status.state(one, today) for one in found},
        handed_in={one.id: status.submitted_on(one) for one in found},
        total=total,
        paging=paging,
    )
