"""The log of deeds: who did what to which thing, newest first; for administrators."""

from collections.abc import Iterator
from datetime import date, timedelta

from flask import Blueprint, Flask, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from tracker.models import AuditEntry, User
from tracker.services import logbook
from tracker.services.logbook import Line
from tracker.web.forms import DayField, Form, headers_of
from tracker.web.numbers import row_number
from tracker.web.paging import page_of
from tracker.web.sessions import administrators_only
from tracker.words import VERB_WORDS, first_moment, fold

bp = Blueprint("log", __name__, url_prefix="/log")
bp.before_request(administrators_only)

PAGE = 100  # entries a page
ONE_DAY = timedelta(days=1)


class Filters(Form):
    """What the log is narrowed to; it is sent in the address."""

    class Meta(Form.Meta):
        csrf = False

    q = StringField("Người thực hiện")
    verb = SelectField(
        "Việc",
        default="",
        choices=[SelectChoice("", "Mọi việc")]
        + [
            SelectChoice(verb, words)
            for verb, words in sorted(VERB_WORDS.items(), key=lambda pair: fold(pair[1]))
        ],
    )
    thing = SelectField(
        "Loại",
        default="",
        choices=[SelectChoice("", "Mọi loại")]
        + [SelectChoice(kind, words) for kind, words in logbook.THING_WORDS.items()],
    )
    since = DayField("Từ ngày")
    until = DayField("Đến ngày")


@bp.get("/")
def index() -> ResponseReturnValue:
    """The entries in words, filtered by who, what, to which thing and when."""
    filters = Filters(request.args)
    page = page_of(filtered(filters), PAGE)
    kept = {name: value for name, value in request.args.items() if name != "page" and value}
    return render_template(
        "log/index.html",
        page=page,
        lines=logbook.read(page.items),
        filters=filters,
        kept=kept,
        about=request.args.get("number", type=row_number),
        address_of=address_of,
    ), headers_of(filters.errors)


def filtered(filters: Filters) -> Select[AuditEntry]:
    """The entries that the filters leave, newest first; what is wrong with a filter stands by it."""
    filters.validate()
    entries = select(AuditEntry).options(joinedload(AuditEntry.actor)).order_by(AuditEntry.id.desc())
    return entries.where(*_narrowing(filters))


def _narrowing(filters: Filters) -> Iterator[ColumnElement[bool]]:
    """What the filters leave; a filter that could not be read leaves all."""
    if wanted := fold(filters.q.data or ""):
        named = select(User.id).where(User.search_text.contains(wanted, autoescape=True))
        yield AuditEntry.actor_id.in_(named)
    if filters.verb.data and not filters.verb.errors:
        yield AuditEntry.verb == filters.verb.data
    if filters.thing.data and not filters.thing.errors:
        yield AuditEntry.subject == filters.thing.data
        if (about := request.args.get("number", type=row_number)) is not None:
            yield AuditEntry.subject_id == about
    yield from _between(filters.since.data, filters.until.data)


def _between(since: date | None, until: date | None) -> Iterator[ColumnElement[bool]]:
    if since is not None:
        yield AuditEntry.at >= first_moment(since)
    if until is not None and until < date.max:
        yield AuditEntry.at < first_moment(until + ONE_DAY)


def address_of(line: Line) -> str:
    """Where the thing of an entry is shown; empty where it is no more or has no page."""
    number = line.entry.subject_id
    if not line.name:
        return ""
    match line.entry.subject:
        case "assignment":
            return url_for("assignment.show", assignment_id=number)
        case "plan":
            return url_for("plans.show", plan_id=number)
        case "unit":
            return url_for("units.show", unit_id=number)
        case "unit_group":
            return url_for("units.show_group", group_id=number)
        case "user":
            return url_for("users.show", user_id=number)
        case "indicator_target":
            return url_for("indicators.target", target_id=number)
        case "mail":
            return url_for("letters.show", mail_id=number)
        case _:
            return ""


def register(app: Flask) -> None:
    """Open the room of the log."""
    app.register_blueprint(bp)
