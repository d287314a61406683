"""What the leaders' pages share: the blueprint, and who may look at them."""

from flask import Blueprint, abort
from flask_login import login_required

from tracker.grants import OVERSEERS
from tracker.models import Role
from tracker.web.sessions import current_reach

bp = Blueprint("board", __name__, url_prefix="/board")


@bp.before_request
@login_required
def ask_who() -> None:
    """Nobody sees these pages without having logged in."""


def require_overseer() -> None:
    """403 for who leads, watches over and administers nothing: figures of a single unit would mislead."""
    if not current_reach.holds(*OVERSEERS, Role.ADMINISTRATOR):
        abort(403)
