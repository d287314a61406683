"""Lists to take home as .xlsx: each the same as the page it stands on, asked for by the same words."""

from flask import Flask

from tracker.web.sheets import figures, keeping, plans_and_papers, samples, work
from tracker.web.sheets.room import bp

SHEETS = (work, figures, keeping, plans_and_papers, samples)


def register(app: Flask) -> None:
    """Open the door of sheets."""
    app.register_blueprint(bp)
