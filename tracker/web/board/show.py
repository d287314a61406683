"""The board: in one look what is late, whose, since when, better or worse, and what comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.deadlines.periods import quarter_of
from tracker.grants import OVERSEERS
from tracker.rules.counting import AHEAD, COUNTED, HANDED_IN, OUTCOMES, OUTSIDE, TRACKED, Side, Tally
from tracker.services import boards, cells
from tracker.services.boards import UnitFigures
from tracker.services.cells import UnitCells
from tracker.services.selections import Selection
from tracker.web.board.addresses import RowAddresses, arguments_of, read_selection
from tracker.web.board.figures import Order, figure, in_order, linked, periods, unit_row
from tracker.web.board.filtering import choices
from tracker.web.board.room import bp, require_overseer
from tracker.web.board.wording import OUTCOME_WORDS, SIDE_WORDS, Change, change, change_of_share
from tracker.web.sessions import current_reach

FEW_UNITS = 12  # rows of the ranking before all are asked for: what one printed page holds
MANY_UNITS = 50  # rows of it at most, where that many units have something overdue
FEW_ROWS = 5  # of what is overdue longest, and of what comes next


@bp.get("/")
def index() -> ResponseReturnValue:
    require_overseer()
    today = clock.today()
    selection = read_selection(request.args)
    found = cells.cells(current_reach, today, selection)
    tally = cells.summed(one.tally for one in found)
    coming = boards.due_this_quarter(selection.quarter or today, selection)
    foremost = (selection.among(Side.OVERDUE), coming.among(*AHEAD))
    overdue, next_due = boards.first_rows(current_reach, today, foremost, most=FEW_ROWS)
    return render_template(
        "board/index.html",
        today=today,
        selection=selection,
        choices=choices(selection),
        tally=tally,
        changes=_changes(selection, tally, cells.before(found)),
        tiles={
            "overdue": figure(tally, selection, Side.OVERDUE),
            "soon": figure(tally, selection, Side.DUE_SOON),
            "waiting": figure(tally, selection, *HANDED_IN),
            "share": figure(tally, selection, *COUNTED),
            "total": figure(tally, selection, *TRACKED),
        },
        outcomes=[
            (outcome, words, figure(tally, selection, *OUTCOMES[outcome]))
            for outcome, words in OUTCOME_WORDS.items()
        ],
        outside=[(SIDE_WORDS[side], figure(tally, selection, side)) for side in OUTSIDE],
        extended=linked(tally.extended, replace(selection, extended=True)),
        excused=linked(tally.excused, replace(selection, excused=True)),
        overdue=overdue,
        coming=linked(_count(found, coming), coming),
        next_due=next_due,
        quarter=selection.quarter or today,
        can_report=current_reach.holds(*OVERSEERS),
        **_units(selection, found),
    )


def _count(found: Sequence[UnitCells], coming: Selection) -> int:
    """How many of the quarter that comes are among the cells."""
    quarter, sides = quarter_of(coming.quarter or clock.today()).start, coming.sides or ()
    return sum(one.by_quarter[quarter].of(*sides) for one in found if quarter in one.by_quarter)


def _changes(selection: Selection, now: Tally, before: Tally) -> Mapping[str, Change | None]:
    """Each tile against last week; none where only some states of today are meant."""
    if selection.sides is not None:
        return {}
    return {
        "overdue": change(now.of(Side.OVERDUE), before.of(Side.OVERDUE), better_by=-1),
        "soon": change(now.of(Side.DUE_SOON), before.of(Side.DUE_SOON)),
        "waiting": change(now.of(*HANDED_IN), before.of(*HANDED_IN)),
        "share": change_of_share(now.on_time_share, before.on_time_share),
        "total": change(now.total, before.total),
    }


def _units(selection: Selection, found: Sequence[UnitCells]) -> dict[str, object]:
    """The ranked units beside their quarters, and how to see them otherwise."""
    today = clock.today()
    order = Order.LATE if request.args.get("order") == Order.LATE else Order.SHARE
    columns = periods(today, selection.quarter)
    ranked = in_order(boards.ranked({one.unit_id: one.tally for one in found}), order)
    shown = ranked if "all" in request.args else _foremost(ranked)
    rows = RowAddresses(selection)
    quarters = {one.unit_id: one.by_quarter for one in found}
    return {
        "order": order,
        "periods": columns,
        "units": [unit_row(one, columns, quarters[one.unit.id], rows, today) for one in shown],
        "units_total": len(ranked),
        "units_late": sum(1 for one in ranked if one.tally.of(Side.OVERDUE)),
        "kept": arguments_of(selection),
    }


def _foremost(ranked: Sequence[UnitFigures]) -> list[UnitFigures]:
    """The first few units; one with something overdue is not left out, save where many are later."""
    late = in_order([one for one in ranked if one.tally.of(Side.OVERDUE)], Order.LATE)[:MANY_UNITS]
    others = [one for one in ranked if not one.tally.of(Side.OVERDUE)]
    kept = {one.unit.id for one in [*late, *others[: max(0, FEW_UNITS - len(late))]]}
    return [one for one in ranked if one.unit.id in kept]
