"""Accounts and what they are granted: the administrator's room."""

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload
from wtforms import BooleanField, Field, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from tracker import clock, mailer
from tracker.db import db
from tracker.models import Grant, Role, Unit, User
from tracker.services import account_links, accounts, refused_addresses, units
from tracker.services.accounts import LastAdministrator
from tracker.services.letterhead import letterhead_of
from tracker.services.refusals import Refused
from tracker.web.deeds import attempt
from tracker.web.forms import NOT_TAKEN, Form, UnitSelect, headers_of
from tracker.web.links import lifetimes
from tracker.web.paging import page_of
from tracker.web.sessions import administrators_only
from tracker.words import ROLE_WORDS, fold

bp = Blueprint("users", __name__, url_prefix="/users")
bp.before_request(administrators_only)

PAGE = 100  # people a page
NO_UNIT = 0  # chosen where a new person is given no role yet


class PersonForm(Form):
    """Name and address of a person, and whether they may log in."""

    name = StringField("Họ và tên", [InputRequired("Hãy nhập họ và tên."), Length(max=200)])
    email = StringField("Thư điện tử", [Length(max=254)])
    active = BooleanField("Được đăng nhập")


class NewPersonForm(PersonForm):
    """A new person with the name they log in by, a role, and a first password for who is not invited."""

    username = StringField("Tên đăng nhập", [InputRequired("Hãy nhập tên đăng nhập."), Length(max=100)])
    role = SelectField("Vai trò", choices=[SelectChoice(role, words) for role, words in ROLE_WORDS.items()])
    unit = SelectField("Đơn vị", coerce=int, widget=UnitSelect())
    password = PasswordField("Mật khẩu ban đầu", [Optional()])
    active = None


class PasswordForm(Form):
    """A new password, set by the administrator."""

    password = PasswordField("Mật khẩu mới", [InputRequired("Hãy nhập mật khẩu mới.")])


class GrantForm(Form):
    """A role in a unit and those below it."""

    role = SelectField("Vai trò", choices=[SelectChoice(role, words) for role, words in ROLE_WORDS.items()])
    unit = SelectField("Đơn vị", coerce=int, widget=UnitSelect())


@bp.get("/")
def index() -> ResponseReturnValue:
    """People, found by name, by the name they log in with or by their unit; diacritics ignored."""
    page = page_of(searched(), PAGE)
    return render_template("users/index.html", page=page, refusals=refused_addresses.of_persons(page.items))


def searched() -> Select[User]:
    """The people that the address looks for, by name."""
    wanted = fold(request.args.get("q", ""))
    people = select(User).options(selectinload(User.grants).joinedload(Grant.unit)).order_by(User.search_text)
    if wanted:
        of_unit = select(Grant.user_id).join(Unit).where(Unit.search_text.contains(wanted, autoescape=True))
        people = people.where(
            User.search_text.contains(wanted, autoescape=True)
            | User.username.contains(wanted, autoescape=True)
            | User.id.in_(of_unit)
        )
    return people


@bp.route("/new", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    """Add a person."""
    form = NewPersonForm(role=Role.STAFF, unit=NO_UNIT)
    form.unit.choices = [SelectChoice(NO_UNIT, "Chưa cấp vai trò"), *_unit_choices()]
    if form.validate_on_submit():
        try:
            return _added(form)
        except Refused as refused:
            db.session.rollback()
            form.username.errors = [str(refused)]
    return render_template("users/new.html", form=form, by_mail=_has_mail()), headers_of(form.errors)


def _added(form: NewPersonForm) -> ResponseReturnValue:
    """Add the person with the role chosen; who is given no password is invited."""
    actor, now = current_user._get_current_object(), clock.now()
    user = accounts.add_user(
        form.username.data,
        form.name.data,
        email=form.email.data,
        password=form.password.data or "",
        actor=actor,
        now=now,
    )
    if form.unit.data != NO_UNIT:
        unit = db.session.get_one(Unit, form.unit.data)
        accounts.grant(user, Role(form.role.data), unit, actor=actor, now=now)
    if not form.password.data:
        return _invited(user)
    db.session.commit()
    flash(f"Đã thêm tài khoản {user.username}.")
    return redirect(url_for(".show", user_id=user.id))


def _has_mail() -> bool:
    return mailer.is_configured(current_app.config)


def _invited(user: User) -> ResponseReturnValue:
    """Send the person a link to set a password; where no letter can go, show it once instead."""
    by_mail = _has_mail() and bool(user.email)
    address = account_links.invite(
        user,
        lifetimes(),
        letterhead_of(current_app.config),
        by_mail=by_mail,
        actor=current_user._get_current_object(),
        now=clock.now(),
    )
    db.session.commit()
    if by_mail:
        flash(f"Đã gửi thư có liên kết đặt mật khẩu đến {user.email}. Thư đi trong vài phút.")
        return redirect(url_for(".show", user_id=user.id))
    page = render_template("users/link.html", user=user, address=address, has_mail=_has_mail())
    return page, {"Cache-Control": "no-store"}


@bp.post("/<int:user_id>/link")
def send_link(user_id: int) -> ResponseReturnValue:
    """Invite a person again, or help who forgot their password."""
    user = _find(user_id)
    try:
        return _invited(user)
    except Refused as refused:
        db.session.rollback()
        flash(str(refused), "error")
        return redirect(url_for(".show", user_id=user.id))


@bp.route("/<int:user_id>", methods=["GET", "POST"])
def show(user_id: int) -> ResponseReturnValue:
    """One person: name, address, lock; roles and password beside."""
    user = _find(user_id)
    form = PersonForm(obj=user)
    about: dict[type[Refused], Field] = {LastAdministrator: form.active}
    if form.validate_on_submit() and attempt(lambda: _change(user, form), form.email, about):
        flash("Đã lưu tài khoản.")
        return redirect(url_for(".show", user_id=user.id))
    return _page(user, form=form), headers_of(form.errors)


def _change(user: User, form: PersonForm) -> None:
    accounts.change_user(
        user,
        name=form.name.data,
        email=form.email.data,
        active=form.active.data,
        actor=current_user,
        now=clock.now(),
    )


def _find(user_id: int) -> User:
    return db.get_or_404(User, user_id, options=[selectinload(User.grants).joinedload(Grant.unit)])


def _page(user: User, *, form: Form | None = None, password: Form | None = None) -> str:
    return render_template(
        "users/user.html",
        user=user,
        form=form or PersonForm(formdata=None, obj=user),
        password=password or PasswordForm(formdata=None),
        grant=_grant_form(),
        refusal=refused_addresses.of_persons([user]).get(user.id),
        has_mail=_has_mail(),
        by_mail=_has_mail() and bool(user.email),
    )


def _grant_form() -> GrantForm:
    form = GrantForm(role=Role.STAFF)
    form.unit.choices = _unit_choices()
    return form


def _unit_choices() -> list[SelectChoice]:
    every = db.session.scalars(select(Unit).where(Unit.last_on.is_(None)))
    return [SelectChoice(unit.id, "\u2003" * depth + unit.name) for depth, unit in units.tree(every)]


@bp.post("/<int:user_id>/grants")
def grant(user_id: int) -> ResponseReturnValue:
    """Give the person a role in a unit."""
    user, form = _find(user_id), _grant_form()
    if form.validate():
        unit = db.get_or_404(Unit, form.unit.data)
        accounts.grant(user, Role(form.role.data), unit, actor=current_user, now=clock.now())
        db.session.commit()
        flash(f"Đã cấp vai trò {ROLE_WORDS[form.role.data].lower()} tại {unit.name}.")
    else:
        flash("Hãy chọn vai trò và đơn vị trong danh sách.", "error")
    return redirect(url_for(".show", user_id=user.id))


@bp.post("/grants/<int:grant_id>/revoke")
def revoke(grant_id: int) -> ResponseReturnValue:
    """Take a role back."""
    held = db.get_or_404(Grant, grant_id)
    user_id = held.user_id
    if attempt(lambda: accounts.revoke(held, actor=current_user, now=clock.now())):
        flash("Đã thu hồi vai trò.")
    return redirect(url_for(".show", user_id=user_id))


@bp.post("/<int:user_id>/password")
def set_password(user_id: int) -> ResponseReturnValue:
    """Set a new password for a person who forgot theirs; their sessions end."""
    user, form = _find(user_id), PasswordForm()
    new = form.password.data
    if form.validate() and attempt(
        lambda: accounts.set_password(user, new, actor=current_user, now=clock.now()), form.password
    ):
        flash("Đã đặt mật khẩu mới. Hãy báo riêng cho người dùng.")
        return redirect(url_for(".show", user_id=user.id))
    return _page(user, password=form), NOT_TAKEN


def register(app: Flask) -> None:
    """Open the room of the accounts."""
    app.register_blueprint(bp)
