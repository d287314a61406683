"""The periodic report: chosen and looked at on a page, taken home as .docx."""

from dataclasses import replace
from typing import Any

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.render.periodic import periodic_paper
from tracker.rules.counting import OUTCOMES, TRACKED
from tracker.rules.reporting import Period, periods_offered
from tracker.services import freezing, reporting
from tracker.services.choices import plans_in_sight, units_in_sight
from tracker.services.issuing import issuer_of
from tracker.services.selections import Selection
from tracker.web.board.addresses import address_of_rows
from tracker.web.board.filtering import INDENT
from tracker.web.reports.room import (
    bp,
    chosen_period,
    chosen_plan,
    chosen_unit,
    issuing_unit,
    kept_choice,
    send_paper,
)
from tracker.web.sessions import current_reach

MOST = 100  # lines of a list on the page; the paper has more


@bp.get("/")
def index() -> ResponseReturnValue:
    """What can be reported, and the figures of what is chosen."""
    plan, unit, period = chosen_plan(), chosen_unit(), chosen_period()
    return render_template(
        "reports/index.html",
        plans=plans_in_sight(current_reach),
        units=[(found.id, INDENT * depth + found.name) for depth, found in units_in_sight(current_reach)],
        periods=_offered(period),
        plan=plan,
        unit=unit,
        period=period,
        today=clock.today(),
        kept=kept_choice(),
        frozen=freezing.frozen_in_sight(current_reach),
        most=MOST,
        most_of_paper=reporting.MOST_LINES,
        report=reporting.glance(current_reach, clock.now(), period, **_told(period), most=MOST),
        ways=_ways_to_rows(reporting.selection_of(plan, unit), period),
    )


def _ways_to_rows(everything: Selection, period: Period) -> dict[str, dict[str, str]]:
    """Where the rows behind the figures of the period and of all are listed, by the figure's name.

    Nowhere, where the figures are of a past day.
    """
    if reporting.day_told(period, clock.today()) < clock.today():
        return {"within": {}, "everything": {}}
    within = replace(everything, within=(period.first, period.last))
    return {"within": _ways(within), "everything": _ways(everything)}


def _ways(selection: Selection) -> dict[str, str]:
    sides = {outcome.value: selection.among(*OUTCOMES[outcome]) for outcome in OUTCOMES}
    counted = sides | {
        "all": selection,
        "total": selection.among(*TRACKED),
        "extended": replace(selection, extended=True),
        "excused": replace(selection, excused=True),
    }
    return {name: address_of_rows(meant) for name, meant in counted.items()}


def _offered(chosen: Period) -> list[Period]:
    found = periods_offered(clock.today(), current_app.config["REPORT_CLOSING_DAY"])
    return found if chosen in found else [chosen, *found]


def _told(period: Period) -> dict[str, Any]:
    """Of what, and of which day, the report that the address names is told."""
    day = reporting.day_told(period, clock.today())
    return {"plan": chosen_plan(), "unit": chosen_unit(), "day": day}


@bp.get("/periodic.docx")
def periodic() -> ResponseReturnValue:
    """The report as a paper ready for number and signature."""
    period, issuer = chosen_period(), issuer_of(issuing_unit())
    told = reporting.report(current_reach, clock.now(), period, **_told(period))
    return send_paper(periodic_paper(told, issuer, clock.now()), f"Báo cáo {period.words}")
