"""The letters of the demo, caught to files and read on a page; outside the demo this room does not exist."""

from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

from flask import Blueprint, Flask, Response, abort, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_login import login_required

bp = Blueprint("caught", __name__, url_prefix="/caught-letters")

# A letter brings its styles with it; shut into this, it can do nothing but be looked at.
LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; base-uri 'none'; form-action 'none'"
NEWEST = 200


class Caught(NamedTuple):
    """A caught letter in the list."""

    name: str
    at: datetime
    to: str
    subject: str


def _folder() -> Path:
    return Path(current_app.config["MAIL_CATCH_FOLDER"])


def _letter(name: str) -> EmailMessage:
    """The letter in the file of that name; 404 where none lies in the folder itself."""
    path = _folder() / f"{name}.eml"
    if path.parent != _folder() or not path.is_file():
        abort(404)
    return message_from_bytes(path.read_bytes(), policy=policy.default)  # type: ignore[return-value]


def _caught() -> Iterator[Caught]:
    files = sorted(_folder().glob("*.eml"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in files[:NEWEST]:
        letter = message_from_bytes(path.read_bytes(), policy=policy.default)
        yield Caught(path.stem, letter["Date"].datetime, str(letter["To"]), str(letter["Subject"]))


@bp.get("/")
@login_required
def index() -> ResponseReturnValue:
    """The letters, newest first."""
    return render_template("letters/caught.html", letters=list(_caught()))


@bp.get("/<name>")
@login_required
def show(name: str) -> ResponseReturnValue:
    """One letter as a mail program would show its plain text, with all it carries."""
    letter = _letter(name)
    text = letter.get_body(("plain",))
    attachments = [part.get_filename() for part in letter.iter_attachments()]
    return render_template(
        "letters/caught_letter.html",
        letter=letter,
        name=name,
        text=text.get_content() if text else "",
        attachments=attachments,
        has_html=letter.get_body(("html",)) is not None,
    )


@bp.get("/<name>/html")
@login_required
def show_html(name: str) -> ResponseReturnValue:
    """The HTML of one letter, by itself."""
    body = _letter(name).get_body(("html",))
    if body is None:
        abort(404)
    return Response(body.get_content(), headers={"Content-Security-Policy": LETTER_POLICY})


def register(app: Flask) -> None:
    """Open the room in the demo only."""
    if app.config["DEMO"]:
        app.register_blueprint(bp)
