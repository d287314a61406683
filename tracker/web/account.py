"""A person's own settings: password, letters, and light or dark."""

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required, login_user
from wtforms import PasswordField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import EqualTo, InputRequired

from tracker import clock
from tracker.db import db
from tracker.models import LetterChoice, Theme, User
from tracker.services import accounts
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
    return render_template("account/show.html", letters=letters, password=password)


@bp.post("/letters")
@login_required
def choose_letters() -> ResponseReturnValue:
    form = LettersForm()
    if not form.validate():
        return _page(form, PasswordForm())
    _person().letters = LetterChoice(form.letters.data)
    db.session.commit()
    flash("Đã lưu. Đơn vị chủ trì luôn có ít nhất một người nhận thư quá hạn hằng ngày.")
    return redirect(url_for(".show"))


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
