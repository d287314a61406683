"""One box in the band that finds plans, tasks, units, people and document numbers."""

from collections.abc import Iterable

from flask import Blueprint, Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import login_required
from markupsafe import Markup, escape

from tracker.access import may_keep_units
from tracker.services import searching
from tracker.web.sessions import current_reach, reach_itself
from tracker.words import found_in

bp = Blueprint("search", __name__, url_prefix="/search")


@bp.get("/")
@login_required
def show() -> ResponseReturnValue:
    """What of each kind the person may see holds the words, the first few of each."""
    text = asked_text()
    results = searching.search(text, reach_itself())
    return render_template(
        "search/show.html",
        text=text,
        words=searching.words_of(text),
        results=results,
        keeps=lambda unit: may_keep_units(current_reach, unit.id),
    )


def asked_text() -> str:
    """What the address looks for."""
    return request.args.get("q", "").strip()[: searching.LONGEST]


def marked(text: str, words: Iterable[str]) -> Markup:
    """The text with the folded words in it marked: «<mark>Đăk</mark> Rve»."""
    shown, done = Markup(), 0
    for start, end in found_in(text, words):
        shown += escape(text[done:start]) + Markup("<mark>{}</mark>").format(text[start:end])
        done = end
    return shown + escape(text[done:])


def register(app: Flask) -> None:
    """Open the search."""
    app.register_blueprint(bp)
    app.jinja_env.filters["marked"] = marked
