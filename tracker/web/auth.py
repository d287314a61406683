"""Logging in and out."""

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from tracker import clock
from tracker.db import db
from tracker.services import accounts
from tracker.web import sessions
from tracker.web.forms import Form
from tracker.web.typed import Typed, pack, send_again, unpack

bp = Blueprint("auth", __name__)


class LoginForm(Form):
    """Two fields; the message never says which of the two was wrong."""

    username = StringField("Tên đăng nhập", [InputRequired("Hãy nhập tên đăng nhập.")])
    password = PasswordField("Mật khẩu", [InputRequired("Hãy nhập mật khẩu.")])


@bp.route("/login", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(url_for("home.index"))
    form, kept = LoginForm(), request.form.get("kept", "")
    if not (form.validate_on_submit() and _enter(form)):
        return render_template("auth/login.html", form=form, kept=kept)
    typed = unpack(kept) if kept else None
    if typed is not None:
        return send_again(typed)
    return redirect(local_address(request.args.get("next")) or url_for("home.index"))


def ask_to_log_in(typed: Typed) -> str:
    """The page to log in by, which keeps what was typed until then."""
    flash("Phiên đăng nhập đã hết. Nội dung đã nhập còn nguyên, đăng nhập xong sẽ gửi tiếp được.", "warning")
    return render_template("auth/login.html", form=LoginForm(formdata=None), kept=pack(typed))


def _enter(form: LoginForm) -> bool:
    username, password = form.username.data or "", form.password.data or ""
    try:
        user = accounts.log_in(username, password, address=request.remote_addr or "", now=clock.now())
    except accounts.Refused as refusal:
        db.session.commit()  # the failure counts
        form.password.errors = [str(refusal)]
        return False
    db.session.commit()
    return sessions.begin(user)


def local_address(address: str | None) -> str | None:
    """The address if it is a path of this site, else None: nobody is sent elsewhere from here."""
    if not address or not address.startswith("/") or address.startswith("//"):
        return None
    # Browsers read a backslash as a slash and leave out tabs and line breaks.
    return address if "\\" not in address and address.isprintable() else None


@bp.post("/logout")
@login_required
def logout() -> ResponseReturnValue:
    """Leave nothing of the person behind on a computer that others use too: what was being typed neither."""
    sessions.end()
    answer = redirect(url_for(".login"))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'  # W3C Clear Site Data, section 3.1
    return answer


def register(app: Flask) -> None:
    """Open the door."""
    app.register_blueprint(bp)
