"""The letters that go out: what waits, what was sent, what could not be delivered; for administrators."""

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from tracker import clock
from tracker.db import db
from tracker.mailer import is_configured
from tracker.models import JobRun, Mail, MailState
from tracker.services import auditing, posting
from tracker.web.paging import page_of
from tracker.web.sessions import administrators_only
from tracker.words import JOB_WORDS

bp = Blueprint("letters", __name__, url_prefix="/letters")
bp.before_request(administrators_only)

PAGE = 50  # letters a page
STATES = {
    MailState.QUEUED: "Đang chờ",
    MailState.SENDING: "Đang gửi",
    MailState.SENT: "Đã gửi",
    MailState.DEAD: "Không gửi được",
}
_READERS = (joinedload(Mail.user), joinedload(Mail.unit))


@bp.get("/")
def index() -> ResponseReturnValue:
    """The letters, newest first, in all states or in one; what the scheduler last did beside them."""
    counted = db.session.execute(select(Mail.state, func.count()).group_by(Mail.state))
    return render_template(
        "letters/index.html",
        page=page_of(filtered(), PAGE),
        wanted=request.args.get("state", ""),
        states=STATES,
        jobs=JOB_WORDS,
        counts={state: count for state, count in counted},
        died_lately=db.session.scalar(
            select(func.count()).select_from(Mail).where(posting.died_lately(clock.now()))
        ),
        last_run=db.session.scalar(select(func.max(JobRun.started_at))),
        failing=db.session.scalars(select(JobRun).where(JobRun.error != "")).all(),
        configured=is_configured(current_app.config),
    )


def filtered() -> Select[Mail]:
    """The letters in the state that the address names, in all states where it names none; newest first."""
    wanted = request.args.get("state", "")
    letters = select(Mail).options(*_READERS).order_by(Mail.id.desc())
    return letters.where(Mail.state == MailState(wanted)) if wanted in set(MailState) else letters


@bp.get("/<int:mail_id>")
def show(mail_id: int) -> ResponseReturnValue:
    """One letter as plain text, and how its delivery went."""
    return render_template("letters/letter.html", letter=db.get_or_404(Mail, mail_id), states=STATES)


@bp.post("/<int:mail_id>/again")
def send_again(mail_id: int) -> ResponseReturnValue:
    """Try to deliver a letter that was given up."""
    letter = db.get_or_404(Mail, mail_id)
    if letter.state is MailState.DEAD:
        _send_again(letter)
        db.session.commit()
        flash("Thư sẽ được gửi lại trong vài phút.")
    return redirect(url_for(".show", mail_id=letter.id))


@bp.post("/again")
def send_all_again() -> ResponseReturnValue:
    """Try to deliver all that were given up in the last days, after a fault that is mended."""
    found = select(Mail).where(posting.died_lately(clock.now())).options(*_READERS)
    letters = db.session.scalars(found).all()
    for letter in letters:
        _send_again(letter)
    db.session.commit()
    flash(f"Đã xếp {len(letters)} thư để gửi lại. Thư sẽ được gửi trong vài phút.")
    return redirect(url_for(".index"))


def _send_again(letter: Mail) -> None:
    posting.send_again(letter)
    auditing.record(current_user, "send_again", letter, now=clock.now())


def register(app: Flask) -> None:
    """Open the room of the letters."""
    app.register_blueprint(bp)
