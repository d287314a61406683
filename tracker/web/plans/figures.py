"""The indicators of a document under review, corrected one at a time."""

from functools import partial
from typing import get_args

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from tracker import clock
from tracker.models import PlanImport
from tracker.plans.answers import FigureAnswer
from tracker.plans.draft import Bound, IndicatorDraft
from tracker.services import answering, indicator_reporting
from tracker.services.checking import check
from tracker.services.refusals import Refused
from tracker.web.forms import Form, headers_of
from tracker.web.plans.overtaken import saved
from tracker.web.plans.review import figures_address
from tracker.web.plans.room import bp, find_import
from tracker.web.plans.wording import figure

BOUND_CHOICES = [
    SelectChoice("", "Đạt đúng mức giao"),
    SelectChoice("at_least", "Tối thiểu"),
    SelectChoice("at_most", "Tối đa"),
    SelectChoice("less_by", "Giảm so với kỳ trước"),
    SelectChoice("more_by", "Tăng so với kỳ trước"),
]


class FigureForm(Form):
    """All that can be corrected of an indicator."""

    name = TextAreaField("Chỉ tiêu", [InputRequired("Hãy ghi tên chỉ tiêu."), Length(max=2000)])
    unit = StringField("Đơn vị", [Length(max=300)])
    period = StringField("Kỳ", [Length(max=50)])
    measure = StringField("Tính bằng", [Length(max=50)])
    bound = SelectField("Mức giao là", choices=BOUND_CHOICES)
    target = StringField("Giao", [Length(max=50)])
    actual = StringField("Đạt", [Length(max=50)])
    note = TextAreaField("Ghi chú", [Length(max=2000)])
    followed = BooleanField("Theo dõi chỉ tiêu này")
    seen = IntegerField(widget=HiddenInput())

    def validate_target(self, field: StringField) -> None:
        """A figure as offices write it, or nothing."""
        self.read(field)

    def validate_actual(self, field: StringField) -> None:
        """The same."""
        self.read(field)

    def read(self, field: StringField) -> float | None:
        """The number that the field holds, None for an empty one; raises ValidationError for what is none."""
        text = (field.data or "").strip()
        try:
            return indicator_reporting.read_value(text, (self.measure.data or "").strip()) if text else None
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal


@bp.route("/imports/<int:import_id>/figures/<int:place>", methods=["GET", "POST"])
def edit_figure(import_id: int, place: int) -> ResponseReturnValue:
    """Everything of one indicator beside its source."""
    plan_import = find_import(import_id)
    checked = check(plan_import, clock.today())
    if place >= len(checked.figures):
        abort(404)
    read, stands = checked.draft.indicators[place], checked.figures[place]
    form = FigureForm(
        data={
            "name": stands.name,
            "unit": stands.unit,
            "period": stands.period,
            "measure": stands.measure,
            "bound": stands.bound,
            "target": figure(stands.target, ""),
            "actual": figure(stands.actual, ""),
            "note": stands.note,
            "followed": stands.selected,
            "seen": plan_import.version,
        }
    )
    if form.validate_on_submit() and saved(
        partial(_correct, plan_import, place, stands, form), form, form.name
    ):
        flash("Đã lưu chỉ tiêu.")
        return redirect(figures_address(plan_import, place))
    page = render_template("plans/figure.html", plan_import=plan_import, place=place, read=read, form=form)
    return page, headers_of(form.errors)


def _correct(plan_import: PlanImport, place: int, stands: IndicatorDraft, form: FigureForm) -> None:
    bound = next(one for one in get_args(Bound) if one == form.bound.data)
    said = FigureAnswer(
        name=" ".join((form.name.data or "").split()),
        unit=(form.unit.data or "").strip(),
        period=(form.period.data or "").strip(),
        measure=(form.measure.data or "").strip(),
        bound=bound,
        target=_number(form, form.target, stands.target),
        actual=_number(form, form.actual, stands.actual),
        followed=bool(form.followed.data),
        note=" ".join((form.note.data or "").split()),
    )
    answering.answer_figure(
        plan_import, place, said, seen=form.seen.data or 0, actor=current_user, now=clock.now()
    )


def _number(form: FigureForm, field: StringField, stands: float | None) -> float | None:
    """What the field says; a figure that was not touched keeps the decimals that the field does not show."""
    return stands if field.data == figure(stands, "") else form.read(field)
