"""A blueprint a room; this page is the list of rooms."""

from flask import Flask

from tracker.web import (
    account,
    assignment,
    assignments,
    auth,
    board,
    caught,
    errors,
    evidence,
    filters,
    guide,
    home,
    icons,
    log,
    navigation,
    protection,
    reviewing,
    sessions,
    settings,
    standing,
    units,
    users,
)

ROOMS = (
    *(protection, sessions, errors, icons, filters, navigation),
    *(auth, home, account, assignments, assignment, evidence, standing, reviewing, board),
    *(units, users, log, settings, guide, caught),
)


def register(app: Flask) -> None:
    """Open every room of the house in the application."""
    for room in ROOMS:
        room.register(app)
