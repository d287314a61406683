"""A blueprint a room; this page is the list of rooms."""

from flask import Flask

from tracker.web import (
    account,
    assignment,
    assignments,
    auth,
    board,
    calendars,
    caught,
    deeds,
    discretion,
    errors,
    evidence,
    extensions,
    feeds,
    filters,
    guide,
    home,
    icons,
    indicators,
    lapses,
    letters,
    links,
    log,
    managing,
    marks,
    navigation,
    numbers,
    plans,
    previews,
    protection,
    reports,
    reviewing,
    rosters,
    search,
    sessions,
    settings,
    sheets,
    standing,
    succession,
    units,
    users,
)

ROOMS = (
    *(numbers, discretion, protection, sessions, errors, icons, marks, filters, deeds, navigation),
    *(auth, lapses, links, home, account),
    *(assignments, assignment, managing, evidence, previews),
    *(standing, reviewing, extensions, board, plans, indicators),
    *(search, feeds, calendars, sheets, reports),
    *(units, rosters, succession, users, letters, log, settings, guide, caught),
)


def register(app: Flask) -> None:
    """Open every room of the house in the application."""
    for room in ROOMS:
        room.register(app)
