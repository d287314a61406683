"""A blueprint a room; this page is the list of rooms."""

from flask import Flask

from tracker.web import (
    account,
    auth,
    errors,
    filters,
    home,
    icons,
    log,
    navigation,
    protection,
    sessions,
    units,
    users,
)

ROOMS = (protection, sessions, errors, icons, filters, navigation, auth, home, account, units, users, log)


def register(app: Flask) -> None:
    """Open every room of the house in the application."""
    for room in ROOMS:
        room.register(app)
