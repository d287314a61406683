"""Who is asking: the logged-in person and what their grants cover, read once a request."""

from flask import Flask, abort, current_app, g, session
from flask_login import LoginManager, current_user, login_required, login_user, logout_user
from werkzeug.local import LocalProxy

from tracker import clock
from tracker.db import db
from tracker.grants import Policy, Reach, reach_of
from tracker.models import Role, User
from tracker.services import sessions

MARK = "mark"  # of the session, within it


def register(app: Flask) -> None:
    """Let flask-login find people by their session."""
    manager = LoginManager(app)
    manager.session_protection = "basic"
    manager.user_loader(_find_user)


def _find_user(session_id: str) -> User | None:
    user_id, _, key = session_id.partition(".")
    user = db.session.get(User, int(user_id)) if user_id.isdigit() else None
    if user is None or not user.active or user.session_key != key:
        return None
    mark = session.get(MARK)
    return None if mark and sessions.is_ended(mark) else user


def begin(user: User) -> bool:
    """Log the person in, in a session that has nothing of the one before; whether they may."""
    session.clear()
    g.pop("csrf_token", None)  # it was drawn for the session that is over
    session.permanent = True
    session[MARK] = sessions.new_mark()
    return login_user(user)


def end() -> None:
    """Log out: the session is over, also for who kept a copy of its cookie."""
    if session.get(MARK):
        sessions.end(session[MARK], now=clock.now(), lasts=current_app.permanent_session_lifetime)
        db.session.commit()
    logout_user()
    session.clear()


def policy() -> Policy:
    """What this deployment decided about who may do what."""
    return Policy(
        heads_only_submit=current_app.config["HEADS_ONLY_SUBMIT"],
        monitors_decide_extensions=current_app.config["MONITORS_DECIDE_EXTENSIONS"],
    )


def reach_itself() -> Reach:
    """What `current_reach` stands for, for who asks it of every row of a list."""
    if "reach" not in g:
        g.reach = reach_of(current_user._get_current_object(), policy())
    return g.reach


current_reach: Reach = LocalProxy(reach_itself)  # type: ignore[assignment]


@login_required
def administrators_only() -> None:
    """Asked before each request of a room that nobody else finds."""
    if not current_reach.holds(Role.ADMINISTRATOR):
        abort(404)
