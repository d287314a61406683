"""A blueprint a room; this page is the list of rooms."""

from flask import Flask

from tracker.web import protection, sessions


def register(app: Flask) -> None:
    """Open every room of the house in the application."""
    protection.register(app)
    sessions.register(app)
