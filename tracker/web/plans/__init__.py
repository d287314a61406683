"""The room of plans: the list, one plan, and the way from a document to given-out tasks."""

from flask import Flask

from tracker.plans.naming import names_several
from tracker.web.plans import (
    amending,
    figures,
    keeping,
    lists,
    phrases,
    publishing,
    reminders,
    review,
    rows,
    uploading,
)
from tracker.web.plans.room import bp
from tracker.web.plans.wording import FILTERS

PAGES = (lists, review, phrases, rows, figures, publishing, keeping, reminders, amending, uploading)


def register(app: Flask) -> None:
    """Open the room."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.tests["names_several"] = names_several
    app.register_blueprint(bp)
