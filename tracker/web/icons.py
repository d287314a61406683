"""The icons of the pages: a sprite of the symbols in use, cut at start out of Bootstrap-Flask's own."""

import hashlib
import re
from functools import lru_cache
from pathlib import Path

import flask_bootstrap
from flask import Blueprint, Flask, Response, g, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

PACKAGED = Path(flask_bootstrap.__file__).parent / "static/bootstrap5/icons/bootstrap-icons.svg"
SYMBOL = re.compile(r'<symbol[^>]* id="([^"]+)">.*?</symbol>', re.DOTALL)
A_YEAR = 365 * 24 * 3600  # seconds

# Every icon a page may use, by its name in Bootstrap Icons; the packaged sprite of all weighs 1.1 MB.
NAMES = frozenset(
    [
        "apple",
        "arrow-clockwise",
        "arrow-counterclockwise",
        "arrow-down-right",
        "arrow-left",
        "arrow-left-right",
        "arrow-repeat",
        "arrow-right",
        "arrow-up-right",
        "bar-chart",
        "bell",
        "box-arrow-in-right",
        "box-arrow-right",
        "building",
        "calendar",
        "calendar-check",
        "calendar-event",
        "calendar-plus",
        "calendar-x",
        "calendar3",
        "camera",
        "chat-left-text",
        "check",
        "check-circle",
        "check-circle-fill",
        "check2-square",
        "chevron-down",
        "chevron-left",
        "chevron-right",
        "circle",
        "circle-half",
        "clock",
        "clock-history",
        "copy",
        "download",
        "envelope",
        "exclamation-circle-fill",
        "exclamation-octagon-fill",
        "exclamation-triangle-fill",
        "eye",
        "file-earmark",
        "file-earmark-excel",
        "file-earmark-image",
        "file-earmark-pdf",
        "file-earmark-ppt",
        "file-earmark-text",
        "file-earmark-word",
        "file-earmark-zip",
        "flag",
        "funnel",
        "gear",
        "google",
        "hourglass-split",
        "house",
        "inbox",
        "info-circle",
        "journal-text",
        "key",
        "list-check",
        "megaphone",
        "microsoft",
        "moon",
        "pause-circle",
        "pencil",
        "people",
        "person",
        "person-circle",
        "plus",
        "plus-lg",
        "printer",
        "question-circle",
        "search",
        "send-check",
        "shield-lock",
        "sun",
        "trash",
        "upload",
        "x",
        "x-circle",
        "x-lg",
    ]
)


@lru_cache(maxsize=2)
def cut_sprite(packaged: str, names: frozenset[str] = NAMES) -> bytes:
    """The named symbols of the `packaged` sprite as a sprite of their own; KeyError for one it lacks."""
    symbols = {match[1]: match[0] for match in SYMBOL.finditer(packaged)}
    body = "".join(symbols[name] for name in sorted(names))
    return f'<svg xmlns="http://www.w3.org/2000/svg">{body}</svg>'.encode()


def icon(name: str, size: int = 16, kind: str = "") -> Markup:
    """One icon, `size` px square, in the colour of the words beside it and unseen by screen readers.

    KeyError where the name is not among NAMES, so that a slip shows at once and not as a hole in the page.
    """
    if "sprite" not in g:
        g.sprite = url_for("icons.sprite")
    return _drawn(g.sprite, name, size, kind)


@lru_cache(maxsize=1000)
def _drawn(sprite: str, name: str, size: int, kind: str) -> Markup:
    if name not in NAMES:
        raise KeyError(f"{name}: add it to tracker.web.icons.NAMES")
    classes = f"icon {kind}".strip()
    return Markup(
        '<svg class="{}" width="{}" height="{}" fill="currentColor" aria-hidden="true">'
        '<use href="{}#{}"/></svg>'
    ).format(classes, size, size, sprite, name)


def register(app: Flask) -> None:
    """Serve the sprite at /icons.svg and give templates `icon(name)`."""
    content = cut_sprite(PACKAGED.read_text("utf-8"))
    version = hashlib.sha256(content).hexdigest()[:12]
    bp = Blueprint("icons", __name__)

    @bp.url_defaults
    def name_the_version(endpoint: str, values: dict[str, object]) -> None:
        values.setdefault("v", version)

    @bp.get("/icons.svg")
    def sprite() -> ResponseReturnValue:
        response = Response(content, mimetype="image/svg+xml")
        response.set_etag(version)
        response.cache_control.public = True
        response.cache_control.max_age = A_YEAR
        return response.make_conditional(request)

    app.register_blueprint(bp)
    app.jinja_env.globals["icon"] = icon
