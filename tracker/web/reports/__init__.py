"""The room of papers: the periodic report, letters that urge, the list for a meeting."""

from flask import Flask

from tracker.web.reports import freezing, meeting, periodic, urging
from tracker.web.reports.room import bp

PAGES = (periodic, freezing, urging, meeting)


def register(app: Flask) -> None:
    """Open the room."""
    app.register_blueprint(bp)
