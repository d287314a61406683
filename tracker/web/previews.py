"""Evidence seen in place by those who may see its assignment; nothing in it runs, it is pictures and text."""

from flask import Blueprint, Flask, abort, current_app, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_login import login_required

from tracker.models import Evidence
from tracker.services.previewing import Preview, Previews, can_be_seen
from tracker.web.evidence import NOTHING_RUNS, find_visible_piece

bp = Blueprint("previews", __name__, url_prefix="/evidence")

A_DAY = 24 * 3600  # seconds; a picture of a file never changes


def _previews() -> Previews:
    return current_app.extensions["previews"]


def preview_of(piece: Evidence) -> Preview:
    """How the piece is seen in place; empty where it can only be downloaded."""
    return _previews().of(piece.file)


@bp.get("/<int:evidence_id>/view")
@login_required
def show(evidence_id: int) -> ResponseReturnValue:
    piece = find_visible_piece(evidence_id)
    return render_template("evidence/view.html", piece=piece, preview=preview_of(piece))


@bp.get("/<int:evidence_id>/pages/<int:number>")
@login_required
def picture(evidence_id: int, number: int) -> ResponseReturnValue:
    piece = find_visible_piece(evidence_id)
    if not 1 <= number <= preview_of(piece).pictures:
        abort(404)
    path = _previews().picture(piece.file, number)
    answer = send_file(path, mimetype="image/webp", etag=f"{piece.file.sha256}-{number}", max_age=A_DAY)
    answer.headers["Content-Security-Policy"] = NOTHING_RUNS
    answer.cache_control.public, answer.cache_control.private = False, True
    return answer


def register(app: Flask) -> None:
    """Open the room where evidence is looked at; pages ask with `can_be_seen` whether to lead there."""
    app.jinja_env.filters["can_be_seen"] = can_be_seen
    app.register_blueprint(bp)
