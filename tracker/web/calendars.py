"""Calendars that go out: feeds, opened by their token without anyone logged in, and single deadlines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, Flask, Request, Response, abort, current_app, request
from flask.sessions import NullSession, SecureCookieSession, SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_login import login_required
from werkzeug.datastructures import MultiDict
from werkzeug.http import http_date, is_resource_modified, quote_etag

from tracker import clock
from tracker.db import db
from tracker.models import Feed
from tracker.render import calendar
from tracker.services import feeding
from tracker.services.feed_entries import entries, entry_of
from tracker.services.feed_views import Options, version
from tracker.web.finding import find_assignment
from tracker.web.recall import Shelf, recall

bp = Blueprint("calendars", __name__)

MOST_ALARMS = 5
LONGEST_LEAD = 60  # days before the last day
KEPT_BODIES = 64 * 1024 * 1024  # bytes in each process
SHUT = "default-src 'none'; sandbox"


@dataclass(frozen=True, slots=True)
class Answer:
    """What there is to say to a fetch before any calendar is built."""

    feed_id: int
    options: Options
    etag: str
    changed_at: datetime
    headers: Mapping[str, str]
    fetched_at: datetime | None


class NoneForFeeds(SecureCookieSessionInterface):
    """Sessions for every page but the feeds, which therefore can neither read nor set a cookie."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if request.path.startswith("/feeds/") and request.path.endswith(".ics"):
            return NullSession()
        return super().open_session(app, request)


@bp.get("/feeds/<token>.ics")
def show(token: str) -> ResponseReturnValue:
    today = clock.today()
    answer = recall((token, today, request.query_string), lambda: _answer(token, today))
    if answer is None:
        abort(404)
    if request.method == "GET":
        _note(answer)
    if not is_resource_modified(request.environ, answer.headers["ETag"], None, answer.changed_at):
        return Response(status=304, headers=answer.headers)
    body = _shelf().get(answer.etag, lambda: _build(token, today, answer.options))
    return Response(body, headers=answer.headers)


def _shelf() -> Shelf:
    return current_app.extensions["feed_shelf"]


def _answer(token: str, today: date) -> Answer | None:
    opened, options = feeding.find_feed(token), read_options(request.args)
    if opened is None:
        return None
    current = version(opened, today, options, base_url())
    headers = {
        "Content-Security-Policy": SHUT,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Content-Type": "text/calendar; charset=utf-8",
        "ETag": quote_etag(current.etag),
        "Last-Modified": http_date(current.changed_at),
        "Cache-Control": "private, no-cache",
        "X-Robots-Tag": "noindex",
    }
    fetched_at = opened.feed.fetched_at
    return Answer(opened.feed.id, options, current.etag, current.changed_at, headers, fetched_at)


def _note(answer: Answer) -> None:
    if not feeding.is_noted(answer.fetched_at, clock.now()):
        feed = db.session.get_one(Feed, answer.feed_id)
        feeding.note_fetch(feed, request.user_agent.string, now=clock.now())
        db.session.commit()


def _build(token: str, today: date, options: Options) -> bytes:
    # What changes between the version and here only makes the body newer than its tag, never older.
    opened = feeding.find_feed(token)
    if opened is None:
        abort(404)
    listed = entries(opened, today, options, base_url())
    return calendar.calendar_bytes(opened.feed.name, listed, alarms=options.alarms)


def base_url() -> str:
    """Where people reach the site, without a slash at its end."""
    return current_app.config["BASE_URL"].rstrip("/")


def read_options(arguments: MultiDict[str, str]) -> Options:
    """«alarm=7,1&brief=1&done=1»; what makes no sense is left out."""
    days = {int(part) for part in arguments.get("alarm", "")[:100].split(",") if part.strip().isdecimal()}
    alarms = sorted((day for day in days if day <= LONGEST_LEAD), reverse=True)[:MOST_ALARMS]
    return Options(tuple(alarms), brief=arguments.get("brief") == "1", done=arguments.get("done") == "1")


@bp.get("/assignments/<int:assignment_id>/deadline.ics")
@login_required
def deadline(assignment_id: int) -> ResponseReturnValue:
    """One deadline as a file, to be added to a calendar by hand."""
    entry = entry_of(find_assignment(assignment_id), clock.today(), base_url())
    if entry is None:
        abort(404)
    sender = current_app.config["MAIL_FROM"] or "no-reply@localhost"
    content = calendar.invitation_bytes(
        entry, organizer=sender, organizer_name=current_app.config["SERVICE_NAME"]
    )
    headers = {
        "Content-Disposition": f"attachment; filename=han-{assignment_id}.ics",
        "Content-Security-Policy": SHUT,
    }
    return Response(content, mimetype="text/calendar", headers=headers)


def register(app: Flask) -> None:
    """Let calendars out."""
    app.extensions["feed_shelf"] = Shelf(KEPT_BODIES)
    app.session_interface = NoneForFeeds()
    app.register_blueprint(bp)
