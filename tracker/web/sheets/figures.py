"""The lists of figures: indicators, and the units that something of theirs presses."""

from flask.typing import ResponseReturnValue

from tracker.render.sheets import Column
from tracker.rules.indicators import Outcome
from tracker.services import indicators
from tracker.services.indicators import Line, Summary
from tracker.services.urging import Pressed
from tracker.web.indicators import filtered, find_indicator, of_period_asked
from tracker.web.plans.room import find_plan
from tracker.web.plans.wording import BOUNDS
from tracker.web.reports.room import overseers_only
from tracker.web.reports.urging import pressed_units
from tracker.web.sessions import current_reach
from tracker.web.sheets.room import Listing, bp
from tracker.words import OUTCOME_WORDS

TARGETS: Listing[Line] = Listing(
    "Chỉ tiêu",
    "chỉ tiêu",
    (
        (Column("Kế hoạch", 16), lambda line: _plan_of(line)),
        (Column("Chỉ tiêu", 50), lambda line: line.target.indicator.name),
        (Column("Đơn vị tính", 12), lambda line: line.target.indicator.measure),
        (Column("Đơn vị", 30), lambda line: line.target.unit.name),
        (Column("Kỳ", 14), lambda line: line.target.period),
        (Column("Mức", 12), lambda line: BOUNDS[line.target.indicator.bound].strip()),
        (Column("Được giao", 12), lambda line: line.target.target),
        (Column("Thực hiện", 12), lambda line: line.target.value),
        (Column("Chênh lệch", 12), lambda line: line.difference),
        (Column("Kết quả", 20), lambda line: OUTCOME_WORDS[line.outcome]),
        (Column("Hạng", 8), lambda line: line.rank),
        (Column("Ghi chú", 36), lambda line: line.target.note),
    ),
)


def _plan_of(line: Line) -> str:
    plan = line.target.indicator.plan
    return plan.number or plan.title


SUMMARIES: Listing[Summary] = Listing(
    "Chỉ tiêu của kế hoạch",
    "chỉ tiêu",
    (
        (Column("Chỉ tiêu", 50), lambda one: one.indicator.name),
        (Column("Đơn vị tính", 12), lambda one: one.indicator.measure),
        (Column("Đơn vị, kỳ", 12), lambda one: one.total),
        (Column("Đạt", 12), lambda one: one.counts[Outcome.MET]),
        (Column("Chưa đạt", 12), lambda one: one.counts[Outcome.MISSED]),
        (Column("Chưa báo cáo", 12), lambda one: one.counts[Outcome.NOT_REPORTED]),
        (Column("Không giao chỉ tiêu", 12), lambda one: one.counts[Outcome.NO_TARGET]),
        (Column("Không phải thực hiện", 12), lambda one: one.counts[Outcome.EXEMPT]),
    ),
)


PRESSED: Listing[Pressed] = Listing(
    "Đơn vị cần đôn đốc",
    "đơn vị",
    (
        (Column("Đơn vị", 36), lambda one: one.unit.name),
        (Column("Quá hạn", 12), lambda one: one.overdue),
        (Column("Sắp đến hạn", 12), lambda one: one.soon),
        (Column("Hạn cuối lâu nhất", 14), lambda one: one.oldest),
    ),
)


@bp.get("/indicators")
def own_indicators() -> ResponseReturnValue:
    """What the person's own units are to reach."""
    return TARGETS.send(indicators.own(current_reach), "Chỉ tiêu của đơn vị")


@bp.get("/indicators/plans/<int:plan_id>")
def plan_indicators(plan_id: int) -> ResponseReturnValue:
    """The indicators of a plan, each with how many units reached it."""
    return SUMMARIES.send(indicators.of_plan(find_plan(plan_id), current_reach))


@bp.get("/indicators/<int:indicator_id>")
def indicator(indicator_id: int) -> ResponseReturnValue:
    """The units of one indicator as they are filtered, the best first."""
    found, lines = find_indicator(indicator_id)
    period, of_period = of_period_asked(lines)
    return TARGETS.send(filtered(of_period), found.name, f"Chỉ tiêu {period}")


@bp.get("/urging")
def urging() -> ResponseReturnValue:
    """The units that something overdue or due soon presses; for who leads or watches over some."""
    overseers_only()
    return PRESSED.send(pressed_units())
