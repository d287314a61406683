"""What the administrator sets: days off and make-up working days."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import FileField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from tracker import clock
from tracker.db import db
from tracker.models import DayOff
from tracker.plans.blocks import UnreadableFile
from tracker.services import days_off
from tracker.services.rosters import RowError
from tracker.web import day_lists
from tracker.web.day_lists import ListRefused, Numbered
from tracker.web.forms import NOT_TAKEN, DayField, Form, headers_of
from tracker.web.rosters import read_upload
from tracker.web.sessions import administrators_only

bp = Blueprint("settings", __name__, url_prefix="/settings")
bp.before_request(administrators_only)

KINDS = [SelectChoice("off", "Ngày nghỉ"), SelectChoice("working", "Ngày làm bù")]


class DayForm(Form):
    """A day that is off, or is worked, otherwise than the calendar guesses."""

    day = DayField("Ngày", [InputRequired("Hãy nhập ngày.")])
    kind = RadioField("Loại", choices=KINDS, default="off")
    name = StringField("Lý do", [InputRequired("Hãy ghi lý do."), Length(max=200)])


class DaysForm(Form):
    """The days of a year at once: pasted lines, or a file."""

    lines = TextAreaField("Danh sách ngày", [Length(max=20_000)])
    file = FileField("Hoặc tệp .xlsx")


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
    return _page(form, DaysForm(formdata=None)), headers_of(form.errors)


def _page(form: DayForm, many: DaysForm, faults: Sequence[RowError] = ()) -> str:
    year = asked_year()
    days = days_off.special_days(year)
    return render_template("settings/index.html", form=form, many=many, faulty=faults, year=year, days=days)


@bp.post("/days")
def take_days() -> ResponseReturnValue:
    """Correct all the days of a list; all of them or none, each wrong line named and what was typed kept."""
    many = DaysForm()
    faults: Sequence[RowError] = ()
    if many.validate():
        try:
            found = day_lists.read(_listed(many))
            days_off.correct_many(found, actor=current_user, now=clock.now())
            db.session.commit()
            flash(f"Đã lưu {len(found)} ngày. Thư nhắc và ngày làm việc được tính theo lịch này.")
            return redirect(url_for(".index", year=found[0].day.year))
        except ListRefused as refused:
            faults = refused.errors
        except UnreadableFile as unreadable:
            many.file.errors = [str(unreadable)]
    return _page(DayForm(formdata=None), many, faults), NOT_TAKEN


def _listed(many: DaysForm) -> Iterable[Numbered]:
    """The lines of the file where one was chosen, else those that were pasted; raises UnreadableFile."""
    upload = many.file.data
    if upload and upload.filename:
        return day_lists.rows_of(read_upload(upload))
    return day_lists.lines_of(many.lines.data or "")


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
