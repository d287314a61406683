"""Units, their other names and groups: kept by administrators, and by monitors in their part of the tree."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Blueprint, Flask, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, selectinload
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from tracker import clock, mailer
from tracker.access import may_keep_units
from tracker.db import db
from tracker.grants import OVERSEERS
from tracker.models import Alias, GroupMembership, Role, Unit, UnitGroup
from tracker.services import refused_addresses, succession, units, urging
from tracker.services.refusals import Refused
from tracker.services.selections import Selection
from tracker.web.deeds import attempt
from tracker.web.forms import Form, UnitSelect, headers_of
from tracker.web.numbers import row_number
from tracker.web.rosters import RosterForm
from tracker.web.sessions import current_reach, reach_itself
from tracker.words import fold

bp = Blueprint("units", __name__, url_prefix="/units")

INDENT = "\u2003"  # an em space a level; options of a select keep no other white space
NO_PARENT = "Không có đơn vị cấp trên"


class UnitForm(Form):
    """Names, place and mailbox of a unit."""

    name = StringField("Tên đơn vị", [InputRequired("Hãy nhập tên đơn vị."), Length(max=300)])
    short_name = StringField("Tên viết tắt", [Length(max=100)])
    parent = SelectField("Đơn vị cấp trên", coerce=int, widget=UnitSelect())
    email = StringField("Hộp thư của đơn vị", [Length(max=254)])


class AliasForm(Form):
    """Another way a unit is written in plans."""

    text = StringField("Tên gọi khác", [InputRequired("Hãy nhập tên gọi khác."), Length(max=300)])


class GroupForm(Form):
    """A named set of units."""

    name = StringField("Tên nhóm", [InputRequired("Hãy nhập tên nhóm đơn vị."), Length(max=300)])
    members = SelectMultipleField(
        "Các đơn vị trong nhóm",
        coerce=int,
    )


@bp.before_request
@login_required
def keepers_only() -> None:
    """Nobody else finds this room."""
    if not current_reach.holds(Role.ADMINISTRATOR, Role.MONITOR):
        abort(404)


def kept_units(*shown: InstrumentedAttribute[Any]) -> list[Unit]:
    """The units the person may keep, with what is shown of each: other names, successors."""
    every = db.session.scalars(select(Unit).options(*map(selectinload, shown)))
    reach = reach_itself()
    return [unit for unit in every if may_keep_units(reach, unit.id)]


def _find(unit_id: int) -> Unit:
    """The unit, where the person may keep it; 404 otherwise."""
    unit = db.get_or_404(Unit, unit_id)
    if not may_keep_units(current_reach, unit.id):
        abort(404)
    return unit


def _choices(kept: list[Unit], but: Unit | None = None) -> list[SelectChoice]:
    """The kept units in force as choices, indented by their depth."""
    return [
        SelectChoice(unit.id, INDENT * depth + unit.name)
        for depth, unit in units.tree(unit for unit in kept if unit.last_on is None)
        if unit is not but
    ]


@bp.get("/")
def index() -> ResponseReturnValue:
    """The tree of units and the groups; a search ignores diacritics."""
    kept = kept_units(Unit.aliases)
    rows, groups = searched(kept), kept_groups(kept)
    return render_template(
        "units/index.html",
        rows=rows,
        groups=groups,
        refusals=refused_addresses.of_units(unit for _, unit in rows),
        today=clock.today(),
        roster=RosterForm(formdata=None),
        may_take_lists=current_reach.holds(Role.ADMINISTRATOR),
        has_mail=mailer.is_configured(current_app.config),
    )


def searched(kept: Iterable[Unit]) -> list[tuple[int, Unit]]:
    """Those of the units that the address looks for, in the order of the tree, each with its depth."""
    wanted = fold(request.args.get("q", ""))
    return [(depth, unit) for depth, unit in units.tree(kept) if wanted in unit.search_text]


def kept_groups(kept: Iterable[Unit]) -> Sequence[UnitGroup]:
    """The groups that these units keep, by name."""
    query = select(UnitGroup).where(UnitGroup.keeper_id.in_([unit.id for unit in kept]))
    loaded = query.options(selectinload(UnitGroup.memberships).joinedload(GroupMembership.unit))
    return db.session.scalars(loaded.order_by(UnitGroup.search_text)).all()


@bp.route("/new", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    """Add a unit below one that the person keeps."""
    form = UnitForm(parent=request.args.get("parent", 0, type=row_number))
    roots = [SelectChoice(0, NO_PARENT)] if may_keep_units(current_reach, None) else []
    form.parent.choices = roots + _choices(kept_units())
    if form.validate_on_submit():
        try:
            unit = units.add_unit(**_words(form), actor=current_user, now=clock.now())
            db.session.commit()
            flash(f"Đã thêm đơn vị {unit.name}.")
            return redirect(url_for(".show", unit_id=unit.id))
        except Refused as refused:
            db.session.rollback()
            form.name.errors = [str(refused)]
    return render_template("units/unit.html", form=form, unit=None), headers_of(form.errors)


def _words(form: UnitForm) -> dict[str, Any]:
    """What was typed, as the services want it."""
    parent = db.session.get(Unit, form.parent.data) if form.parent.data else None
    return {
        "name": form.name.data,
        "short_name": form.short_name.data or "",
        "email": form.email.data,
        "parent": parent,
    }


@bp.route("/<int:unit_id>", methods=["GET", "POST"])
def show(unit_id: int) -> ResponseReturnValue:
    """One unit: change its names, place and mailbox; its other names beside."""
    unit = _find(unit_id)
    if unit.last_on is not None:
        return render_template("units/ended.html", unit=unit, left=succession.open_with(unit))
    form = UnitForm(name=unit.name, short_name=unit.short_name, parent=unit.parent_id or 0, email=unit.email)
    form.parent.choices = _parents_of(unit)
    if form.validate_on_submit() and attempt(lambda: _change(unit, form), form.name):
        flash("Đã lưu đơn vị.")
        return redirect(url_for(".show", unit_id=unit.id))
    page = render_template(
        "units/unit.html",
        form=form,
        unit=unit,
        alias=AliasForm(formdata=None),
        refusal=refused_addresses.of_units([unit]).get(unit.id),
        is_urged=_is_urged(unit),
    )
    return page, headers_of(form.errors)


def _is_urged(unit: Unit) -> bool:
    """Whether something of the unit's own presses that who asks oversees."""
    if not current_reach.holds(*OVERSEERS):
        return False
    return bool(urging.pressed(current_reach, clock.today(), Selection(lead_id=unit.id)))


def _change(unit: Unit, form: UnitForm) -> None:
    units.change_unit(unit, **_words(form), actor=current_user, now=clock.now())


def _parents_of(unit: Unit) -> list[SelectChoice]:
    """Where the unit may be put; a place the person does not keep can only be left as it is."""
    if unit.parent_id is not None and not may_keep_units(current_reach, unit.parent_id):
        return [SelectChoice(unit.parent_id, unit.parent.name if unit.parent else NO_PARENT)]
    roots = (
        [SelectChoice(0, NO_PARENT)] if may_keep_units(current_reach, None) or unit.parent_id is None else []
    )
    return roots + _choices(kept_units(), but=unit)


@bp.post("/<int:unit_id>/aliases")
def add_alias(unit_id: int) -> ResponseReturnValue:
    """Remember another name of the unit."""
    unit, form = _find(unit_id), AliasForm()
    if form.validate() and attempt(lambda: _remember(form.text.data or "", unit), form.text):
        flash("Đã ghi tên gọi khác. Lần sau sẽ tự nhận ra.")
    else:
        flash(" ".join(form.text.errors), "error")
    return redirect(url_for(".show", unit_id=unit.id))


def _remember(text: str, unit: Unit) -> None:
    units.refuse_name_of_a_sister(text, unit)
    units.add_alias(text, unit, actor=current_user, now=clock.now())


@bp.post("/aliases/<int:alias_id>/remove")
def remove_alias(alias_id: int) -> ResponseReturnValue:
    """Forget another name of a unit."""
    alias = db.get_or_404(Alias, alias_id)
    if alias.unit_id is None:
        abort(404)
    unit = _find(alias.unit_id)
    units.remove_alias(alias, actor=current_user, now=clock.now())
    db.session.commit()
    flash("Đã bỏ tên gọi khác.")
    return redirect(url_for(".show", unit_id=unit.id))


@bp.route("/groups/new", methods=["GET", "POST"])
def add_group() -> ResponseReturnValue:
    """Name a set of units."""
    kept = kept_units()
    form = GroupForm()
    form.members.choices = _choices(kept)
    if form.validate_on_submit():
        members = [unit for unit in kept if unit.id in form.members.data]
        keeper = units.tree(kept)[0][1]
        try:
            units.add_group(form.name.data, members, keeper=keeper, actor=current_user, now=clock.now())
            db.session.commit()
            flash(f"Đã thêm nhóm {form.name.data}.")
            return redirect(url_for(".index"))
        except Refused as refused:
            db.session.rollback()
            form.name.errors = [str(refused)]
    return render_template("units/group.html", form=form, group=None), headers_of(form.errors)


@bp.route("/groups/<int:group_id>", methods=["GET", "POST"])
def show_group(group_id: int) -> ResponseReturnValue:
    """One group: who belongs to it from today on."""
    group = db.get_or_404(UnitGroup, group_id)
    _find(group.keeper_id)
    kept, today = kept_units(), clock.today()
    form = GroupForm(name=group.name, members=[unit.id for unit in group.members_on(today)])
    form.members.choices = _choices(kept)
    if form.validate_on_submit():
        members = [unit for unit in kept if unit.id in form.members.data]
        units.set_members(group, members, actor=current_user, now=clock.now(), today=today)
        db.session.commit()
        flash(f"Đã lưu nhóm {group.name}.")
        return redirect(url_for(".index"))
    return render_template("units/group.html", form=form, group=group), headers_of(form.errors)


def register(app: Flask) -> None:
    """Open the room of the units."""
    app.register_blueprint(bp)
