"""Setting a password without knowing an old one: by the link of an invitation, or of who forgot theirs."""

from datetime import timedelta

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from tracker import clock, mailer
from tracker.db import db
from tracker.services import account_links
from tracker.services.account_links import Lifetimes, LinkExpired
from tracker.services.letterhead import letterhead_of
from tracker.services.refusals import Refused
from tracker.web.deeds import attempt
from tracker.web.forms import Form, headers_of

bp = Blueprint("links", __name__)

NOT_KEPT = {"Cache-Control": "no-store"}


class ForgottenForm(Form):
    """Who asks for a link: the name they log in by, or the address of their letters."""

    name = StringField(
        "Tên đăng nhập hoặc thư điện tử",
        [InputRequired("Hãy nhập tên đăng nhập hoặc thư điện tử."), Length(max=254)],
    )


class NewPasswordForm(Form):
    """A new password, typed twice."""

    password = PasswordField("Mật khẩu mới", [InputRequired("Hãy nhập mật khẩu mới.")])
    again = PasswordField(
        "Nhập lại mật khẩu mới", [EqualTo("password", "Hai lần nhập chưa giống nhau. Hãy nhập lại.")]
    )


def lifetimes() -> Lifetimes:
    """For how long links open in this deployment."""
    return Lifetimes(
        timedelta(days=current_app.config["INVITATION_DAYS"]),
        timedelta(minutes=current_app.config["PASSWORD_LINK_MINUTES"]),
    )


@bp.route("/login/forgotten", methods=["GET", "POST"])
def forgotten() -> ResponseReturnValue:
    """Ask for a link by letter. The answer is the same whether anybody has that name or not."""
    form = ForgottenForm()
    has_mail = mailer.is_configured(current_app.config)
    asked = has_mail and form.validate_on_submit() and attempt(lambda: _ask(form), form.name)
    page = render_template("auth/forgotten.html", form=form, asked=asked, has_mail=has_mail)
    return page, headers_of(form.errors)


def _ask(form: ForgottenForm) -> None:
    account_links.ask(
        form.name.data or "",
        lifetimes(),
        letterhead_of(current_app.config),
        address=request.remote_addr or "",
        now=clock.now(),
    )


@bp.route("/links/<token>", methods=["GET", "POST"])
def show(token: str) -> ResponseReturnValue:
    """Set a password by a link; opening it uses nothing up, as programs that look at letters open them."""
    form = NewPasswordForm()
    try:
        link = account_links.find(token, now=clock.now())
        if form.validate_on_submit():
            account_links.set_password(link, form.password.data or "", now=clock.now())
            db.session.commit()
            return _enter()
    except LinkExpired:
        db.session.rollback()
        return render_template("auth/link_expired.html"), 410, NOT_KEPT
    except Refused as refused:
        db.session.rollback()
        form.password.errors = [str(refused)]
    page = render_template("auth/link.html", form=form, user=link.user, kind=link.kind)
    return page, headers_of(form.errors) | NOT_KEPT


def _enter() -> ResponseReturnValue:
    """To the log-in; whoever sat at this machine before is out."""
    logout_user()
    session.clear()
    flash("Đã đặt mật khẩu. Hãy đăng nhập bằng mật khẩu mới.")
    return redirect(url_for("auth.login"))


def register(app: Flask) -> None:
    """Open the way in for who has no password."""
    app.register_blueprint(bp)
