"""What the administrator sets: days off and make-up working days."""

from datetime import date

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from tracker import clock
from tracker.db import db
from tracker.models import DayOff
from tracker.services import days_off
from tracker.web.forms import DayField, Form
from tracker.web.sessions import administrators_only

bp = Blueprint("settings", __name__, url_prefix="/settings")
bp.before_request(administrators_only)

KINDS = [SelectChoice("off", "Ngày nghỉ"), SelectChoice("working", "Ngày làm bù")]


class DayForm(Form):
    """A day that is off, or is worked, otherwise than the calendar guesses."""

    day = DayField("Ngày", [InputRequired("Hãy nhập ngày.")])
    kind = RadioField("Loại", choices=KINDS, default="off")
    name = StringField("Lý do", [InputRequired("Hãy ghi lý do."), Length(max=200)])


@bp.route("/", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """The days off of a year, and a form to correct one."""
    form = DayForm()
    if form.validate_on_submit() and form.day.data:
        days_off.correct(
            form.day.data,
            off=form.kind.data == "off",
            name=form.name.data,
            actor=current_user,
            now=clock.now(),
        )
        db.session.commit()
        flash("Đã lưu. Thư nhắc và ngày làm việc được tính theo lịch này.")
        return redirect(url_for(".index", year=form.day.data.year))
    year = asked_year()
    page = render_template("settings/index.html", form=form, year=year, days=days_off.special_days(year))
    return page, 422 if form.errors else 200


def asked_year() -> int:
    """The year that the address names, this year where it names none."""
    return min(max(request.args.get("year", clock.today().year, type=int), 2000), 2100)


@bp.post("/days/<day>/forget")
def forget(day: str) -> ResponseReturnValue:
    """Take a correction back."""
    try:
        row = db.get_or_404(DayOff, date.fromisoformat(day))
    except ValueError:
        abort(404)
    days_off.forget(row, actor=current_user, now=clock.now())
    db.session.commit()
    flash("Đã bỏ. Ngày này lại theo lịch chung.")
    return redirect(url_for(".index", year=row.day.year))


def register(app: Flask) -> None:
    """Open the room of the settings."""
    app.register_blueprint(bp)
