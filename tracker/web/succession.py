"""A unit ends and others follow it: first when and who, then what passes to whom, asked back on one page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required
from sqlalchemy import select
from wtforms import SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from tracker import clock
from tracker.access import may_keep_units
from tracker.db import db
from tracker.grants import WORKERS
from tracker.models import Role, Unit
from tracker.services import succession, units
from tracker.services.refusals import Refused
from tracker.services.succession import Estate, Heirs
from tracker.web.deeds import attempt
from tracker.web.forms import NOT_TAKEN, DayField, Form, headers_of
from tracker.web.sessions import current_reach, reach_itself

bp = Blueprint("succession", __name__, url_prefix="/units/<int:unit_id>/end")

INDENT = "\u2003"
NOBODY = "none"  # the choice that a role is given in no successor


class EndForm(Form):
    """When the unit ended, on what ground, and who follows it; it is sent in the address."""

    class Meta(Form.Meta):
        csrf = False

    last_on = DayField("Ngày hoạt động cuối cùng", [InputRequired("Hãy nhập ngày.")])
    reason = StringField("Căn cứ", [InputRequired("Hãy ghi căn cứ."), Length(max=300)])
    successors = SelectMultipleField(
        "Đơn vị kế tục",
        [InputRequired("Hãy chọn ít nhất một đơn vị kế tục.")],
        coerce=int,
    )


@bp.before_request
@login_required
def keepers_only() -> None:
    """Who keeps the unit may end it."""
    if not may_keep_units(current_reach, (request.view_args or {}).get("unit_id")):
        abort(404)


@bp.get("/")
def begin(unit_id: int) -> ResponseReturnValue:
    """Ask when the unit ended and who follows it."""
    unit = _find(unit_id)
    form = _form(unit, None, last_on=clock.today() - timedelta(days=1))
    return render_template("units/end.html", unit=unit, form=form)


@bp.route("/heirs", methods=["GET", "POST"])
def heirs(unit_id: int) -> ResponseReturnValue:
    """Show what passes on, let the heirs be chosen, and do it."""
    unit = _find(unit_id)
    form = _form(unit, request.args)
    if not form.validate() or not _possible(unit, form):
        return render_template("units/end.html", unit=unit, form=form), NOT_TAKEN
    successors = _successors(form)
    left = _offered(succession.estate(unit))
    if request.method == "POST" and attempt(lambda: _end(unit, successors, left, form)):
        flash(_done(unit, successors, left))
        return redirect(url_for("units.show", unit_id=unit.id))
    return render_template(
        "units/heirs.html",
        unit=unit,
        form=form,
        successors=successors,
        left=left,
        people=list(dict.fromkeys(held.user for held in left.grants)),
        chosen=request.form,
        nobody=NOBODY,
    ), headers_of(request.method == "POST")


def _find(unit_id: int) -> Unit:
    unit = db.get_or_404(Unit, unit_id)
    if unit.last_on is not None:
        abort(404)
    return unit


def _form(unit: Unit, arguments: Any, **values: Any) -> EndForm:
    """The form over the arguments of the address, offering the units in force that the person keeps."""
    form = EndForm(arguments, **values)
    every = db.session.scalars(select(Unit).where(Unit.last_on.is_(None)))
    reach = reach_itself()
    kept = [other for other in every if may_keep_units(reach, other.id)]
    form.successors.choices = [
        SelectChoice(other.id, INDENT * depth + other.name)
        for depth, other in units.tree(kept)
        if other is not unit
    ]
    return form


def _possible(unit: Unit, form: EndForm) -> bool:
    assert form.last_on.data is not None  # InputRequired saw to it
    try:
        succession.require(unit, _successors(form), form.last_on.data, clock.today())
    except Refused as refused:
        form.last_on.errors = [str(refused)]
        return False
    return True


def _successors(form: EndForm) -> list[Unit]:
    chosen = select(Unit).where(Unit.id.in_(form.successors.data)).order_by(Unit.search_text)
    return list(db.session.scalars(chosen))


def _offered(left: Estate) -> Estate:
    """What is left, with the roles that who asks may give again: a monitor only those of workers."""
    if current_reach.holds(Role.ADMINISTRATOR):
        return left
    grants = [held for held in left.grants if held.role in WORKERS]
    return replace(left, grants=grants)


def _end(unit: Unit, successors: Sequence[Unit], left: Estate, form: EndForm) -> None:
    assert form.last_on.data is not None
    succession.end(
        unit,
        successors,
        _chosen_heirs(left, {heir.id: heir for heir in successors}),
        last_on=form.last_on.data,
        reason=form.reason.data or "",
        actor=current_user._get_current_object(),
        now=clock.now(),
        today=clock.today(),
    )


def _chosen_heirs(left: Estate, successors: Mapping[int, Unit]) -> Heirs:
    """What the page says of each thing; what it says nothing of goes to the heir of all the rest."""
    rest = request.form.get("rest", "")
    if len(successors) == 1:
        rest = str(next(iter(successors)))

    def chosen(kind: str, things: Iterable[Any]) -> dict[int, Unit]:
        picked = {thing.id: request.form.get(f"{kind}-{thing.id}") or rest for thing in things}
        return {
            number: successors[int(heir)]
            for number, heir in picked.items()
            if heir.isdigit() and int(heir) in successors
        }

    return Heirs(
        chosen("assignment", left.assignments),
        chosen("below", left.below),
        chosen("plan", left.plans),
        chosen("grant", left.grants),
        chosen("series", left.series),
    )


def _done(unit: Unit, successors: Sequence[Unit], left: Estate) -> str:
    names = ", ".join(heir.name for heir in successors)
    return (
        f"{unit.name} đã kết thúc hoạt động. {len(left.assignments)} nhiệm vụ đang mở đã chuyển cho {names}."
    )


def register(app: Flask) -> None:
    """Open the page where a unit ends."""
    app.register_blueprint(bp)
