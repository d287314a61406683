"""The front page: it leads each person to the page their work begins on."""

from flask import Blueprint, Flask, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required

from tracker.web.navigation import current_navigation

bp = Blueprint("home", __name__)


@bp.get("/")
@login_required
def index() -> ResponseReturnValue:
    navigation = current_navigation()
    if navigation is not None and navigation.band:
        return redirect(url_for(navigation.band[0].endpoint))
    return render_template("home.html")


def register(app: Flask) -> None:
    """Open the front page."""
    app.register_blueprint(bp)
