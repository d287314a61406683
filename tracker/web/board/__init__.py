"""The room of leaders: the board, the rows behind each of its figures, and all that is overdue."""

from flask import Flask

from tracker.web.board import overdue, rows, show
from tracker.web.board.room import bp
from tracker.web.board.wording import FILTERS

PAGES = (show, rows, overdue)


def register(app: Flask) -> None:
    """Open the room."""
    app.jinja_env.filters.update(FILTERS)
    app.register_blueprint(bp)
