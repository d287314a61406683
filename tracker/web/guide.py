"""How to use the service, on one page."""

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue
from flask_login import login_required

bp = Blueprint("guide", __name__, url_prefix="/guide")


@bp.get("/")
@login_required
def index() -> ResponseReturnValue:
    """The page "Hướng dẫn"."""
    return render_template("guide/index.html")


def register(app: Flask) -> None:
    """Open the room of the guide."""
    app.register_blueprint(bp)
