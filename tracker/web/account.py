"""A person's own settings: password, letters, and light or dark."""

from flask import Blueprint, Flask, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required, login_user
from wtforms import PasswordField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import EqualTo, InputRequired

from tracker import clock
from tracker.db import db
from tracker.models import LetterChoice, Theme, User
from tracker.services import accounts, letter_choices, refused_addresses
from tracker.web.auth import local_address
from tracker.web.forms import Form

bp = Blueprint("account", __name__, url_prefix="/account")

LETTERS = [
    SelectChoice(LetterChoice.DAILY.value, "Mỗi ngày làm việc"),
    SelectChoice(LetterChoice.WEEKLY.value, "Mỗi tuần, vào thứ Hai"),
    SelectChoice(LetterChoice.NONE.value, "Không nhận"),
]


class LettersForm(Form):
    """How often the person wants letters."""

    letters = RadioField("Nhận thư nhắc", choices=LETTERS)


class PasswordForm(Form):
    """A new password, typed twice, by who knows the old one."""

    old = PasswordField("Mật khẩu hiện tại", [InputRequired("Hãy nhập mật khẩu hiện tại.")])
    new = PasswordField("Mật khẩu mới", [InputRequired("Hãy nhập mật khẩu mới.")])
    again = PasswordField(
        "Nhập lại mật khẩu mới", [EqualTo("new", "Hai lần nhập chưa giống nhau. Hãy nhập lại.")]
    )


def _person() -> User:
    return current_user._get_current_object()


@bp.get("/")
@login_required
def show() -> ResponseReturnValue:
    return _page(LettersForm(letters=_person().letters.value), PasswordForm())


def _page(letters: LettersForm, password: PasswordForm) -> str:
    return render_template(
        "account/show.html",
        letters=letters,
        password=password,
        reasons=letter_choices.reasons(_person()),
        refusal=refused_addresses.of_persons([_person()]).get(_person().id),
    )


@bp.post("/letters")
@login_required
def choose_letters() -> ResponseReturnValue:
    form = LettersForm()
    if not form.validate():
        return _page(form, PasswordForm())
    _choose(_person(), form, actor=_person())
    return redirect(url_for(".show"))


@bp.route("/letters/<token>", methods=["GET", "POST"])
def choose_by_link(token: str) -> ResponseReturnValue:
    """Choose by the link of a letter, without a log-in: GET shows the choice, POST makes it."""
    person = letter_choices.find(token, current_app.config["SECRET_KEY"])
    if person is None:
        abort(404)
    form = LettersForm(letters=person.letters.value)
    if form.validate_on_submit():
        _choose(person, form, actor=None)
        return redirect(url_for(".choose_by_link", token=token))
    return render_template(
        "account/letters.html", person=person, letters=form, reasons=letter_choices.reasons(person)
    )


def _choose(person: User, form: LettersForm, *, actor: User | None) -> None:
    letter_choices.choose(person, LetterChoice(form.letters.data), actor=actor, now=clock.now())
    db.session.commit()
    flash("Đã lưu. Đơn vị chủ trì luôn có ít nhất một người nhận thư quá hạn hằng ngày.")


@bp.post("/password")
@login_required
def change_password() -> ResponseReturnValue:
    form = PasswordForm()
    if form.validate() and _change(form):
        flash("Đã đổi mật khẩu. Các nơi khác đang đăng nhập bằng tài khoản này đã được đăng xuất.")
        return redirect(url_for(".show"))
    return _page(LettersForm(formdata=None, letters=_person().letters.value), form)


def _change(form: PasswordForm) -> bool:
    try:
        accounts.change_own_password(_person(), form.old.data or "", form.new.data or "", now=clock.now())
    except accounts.WrongCredentials as refusal:
        form.old.errors = [str(refusal)]
        return False
    except accounts.Refused as refusal:
        form.new.errors = [str(refusal)]
        return False
    db.session.commit()
    return login_user(_person())


@bp.post("/theme")
@login_required
def choose_theme() -> ResponseReturnValue:
    chosen = request.form.get("theme", "")
    if chosen in set(Theme):
        _person().theme = Theme(chosen)
        db.session.commit()
    return redirect(local_address(request.form.get("next")) or url_for(".show"))


def register(app: Flask) -> None:
    """Open the person's own page."""
    app.register_blueprint(bp)
