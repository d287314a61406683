"""Indicators (chỉ tiêu): a unit's own, those of a plan, one with all its units, one target with its trend."""

from collections.abc import Sequence

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required
from wtforms import FileField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from tracker import clock
from tracker.db import db
from tracker.models import Indicator, IndicatorReport, IndicatorTarget
from tracker.rules.indicators import Outcome, has_begun
from tracker.services import indicator_reporting, indicators
from tracker.services.indicators import Line
from tracker.services.intake import Upload, file_name
from tracker.services.refusals import Refused
from tracker.web.evidence import intake, send_attachment
from tracker.web.forms import Form
from tracker.web.plans.room import find_plan
from tracker.web.plans.wording import BOUNDS
from tracker.web.sessions import current_reach
from tracker.words import OUTCOME_WORDS, fold

bp = Blueprint("indicators", __name__, url_prefix="/indicators")


class ReportForm(Form):
    """A figure with a note and a file."""

    value = StringField("Kết quả thực hiện", [InputRequired("Hãy ghi kết quả."), Length(max=50)])
    note = TextAreaField("Ghi chú", [Length(max=2000)])
    file = FileField("Minh chứng")


@bp.before_request
@login_required
def ask_who() -> None:
    """Nobody sees indicators without having logged in."""


@bp.get("/")
def index() -> ResponseReturnValue:
    """What the person's own units are to reach, plan by plan; and the plans whose indicators are in sight."""
    lines, plans = indicators.own(current_reach), indicators.plans_in_sight(current_reach)
    return render_template("indicators/index.html", lines=lines, plans=plans)


@bp.get("/plans/<int:plan_id>")
def of_plan(plan_id: int) -> ResponseReturnValue:
    """The indicators of a plan, each with how many units reached it."""
    plan = find_plan(plan_id)
    return render_template(
        "indicators/plan.html", plan=plan, summaries=indicators.of_plan(plan, current_reach), Outcome=Outcome
    )


@bp.get("/<int:indicator_id>")
def show(indicator_id: int) -> ResponseReturnValue:
    """One indicator: its units ranked, filtered by period, outcome and words of the address."""
    indicator, found = find_indicator(indicator_id)
    periods = list(dict.fromkeys(line.target.period for line in found))
    period, of_period = of_period_asked(found)
    counts = {outcome: sum(line.outcome is outcome for line in of_period) for outcome in Outcome}
    return render_template(
        "indicators/indicator.html",
        indicator=indicator,
        lines=filtered(of_period),
        periods=periods,
        period=period,
        how=request.args.get("outcome", ""),
        counts=counts,
        words=OUTCOME_WORDS,
    )


def find_indicator(indicator_id: int) -> tuple[Indicator, list[Line]]:
    """The indicator with those of its targets that the person may see; 404 where that is none."""
    indicator = db.session.get(Indicator, indicator_id)
    found = indicators.of_indicator(indicator, current_reach) if indicator else []
    if indicator is None or not found:
        abort(404)
    return indicator, found


def of_period_asked(found: Sequence[Line]) -> tuple[str, list[Line]]:
    """The period that the address names and the targets of it; all of them where it names an empty one.

    Where it names none it is the latest that has begun.
    """
    periods = [line.target.period for line in found]
    begun = (period for period in periods if has_begun(period, clock.today()))
    period = request.args.get("period", next(begun, periods[0]))
    return period, [line for line in found if line.target.period == period or not period]


def filtered(lines: Sequence[Line]) -> list[Line]:
    """The targets with the outcome and the words in the unit's name that the address asks for."""
    how, words = request.args.get("outcome", ""), fold(request.args.get("q", ""))
    return [
        line
        for line in lines
        if (not how or line.outcome == how) and (not words or words in line.target.unit.search_text)
    ]


@bp.route("/targets/<int:target_id>", methods=["GET", "POST"])
def target(target_id: int) -> ResponseReturnValue:
    """One target of a unit: its figures through the periods, what was reported, and a form to report."""
    found = indicators.find_visible(target_id, current_reach)
    if found is None:
        abort(404)
    may = indicator_reporting.may_report(current_reach, found) and not found.exempt
    form = ReportForm()
    if request.method == "POST" and not may:
        abort(403)
    if form.validate_on_submit() and _report(found, form):
        flash("Đã ghi kết quả. Số đã báo cáo trước đây được giữ lại bên cạnh.")
        return redirect(url_for(".target", target_id=found.id))
    return render_template(
        "indicators/target.html", target=found, trend=indicators.trend(found), form=form if may else None
    )


def _report(found: IndicatorTarget, form: ReportForm) -> bool:
    """Report what was typed; what cannot be taken stands by its field."""
    field = form.value
    try:
        value = indicator_reporting.read_value(form.value.data or "", found.indicator.measure)
        field = form.file
        upload = form.file.data if form.file.data and form.file.data.filename else None
        name = file_name(upload.filename) if upload else ""
        file = intake().take(Upload(name, upload.stream), now=clock.now()) if upload else None
        indicator_reporting.report(
            found,
            value,
            note=form.note.data or "",
            file=file,
            file_name=name,
            actor=current_user._get_current_object(),
            on_behalf=indicator_reporting.is_on_behalf(current_reach, found),
            now=clock.now(),
        )
    except Refused as refusal:
        db.session.rollback()
        field.errors = [str(refusal)]
        return False
    db.session.commit()
    return True


@bp.get("/reports/<int:report_id>/file")
def download(report_id: int) -> ResponseReturnValue:
    """The file that came with a report, for who may see it."""
    found = db.session.get(IndicatorReport, report_id)
    if found is None or found.file is None:
        abort(404)
    if indicators.find_visible(found.target_id, current_reach) is None:
        abort(404)
    return send_attachment(found.file, found.file_name)


def register(app: Flask) -> None:
    """Open the room."""
    app.jinja_env.globals.update(OUTCOME_WORDS=OUTCOME_WORDS, BOUNDS=BOUNDS)
    app.register_blueprint(bp)
