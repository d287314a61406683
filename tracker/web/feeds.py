"""The page «Lịch»: addresses of calendars given out, shown once, replaced and taken back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

import segno
from flask import Blueprint, Flask, abort, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required
from markupsafe import Markup
from sqlalchemy import select
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from tracker import clock
from tracker.db import db
from tracker.grants import WORKERS
from tracker.models import Feed, FeedScope, Plan, Role, Unit
from tracker.services import feeding, units
from tracker.services.feed_entries import count_entries
from tracker.services.feeding import Opened, Subject
from tracker.services.refusals import Refused
from tracker.visibility import plans_visible_to
from tracker.web.calendars import base_url
from tracker.web.forms import Form
from tracker.web.sessions import current_reach
from tracker.words import local_day, nfc

bp = Blueprint("feeds", __name__, url_prefix="/feeds")

SILENT = timedelta(days=7)  # without a fetch, something may be wrong
WORDS = {
    FeedScope.PERSON: "Nhiệm vụ cá nhân phụ trách",
    FeedScope.OVERDUE: "Nhiệm vụ quá hạn",
    FeedScope.THIS_QUARTER: "Nhiệm vụ đến hạn trong quý",
}


class FeedForm(Form):
    """What a new address is called, what it shows, and what it asks for."""

    name = StringField("Tên lịch", [InputRequired("Hãy đặt tên cho lịch."), Length(max=feeding.LONGEST_NAME)])
    subject = SelectField("Gồm")
    brief = BooleanField("Không ghi tên đơn vị và ghi chú")
    done = BooleanField("Giữ cả nhiệm vụ đã xong trong 90 ngày")
    alarms = BooleanField("Kèm chuông báo trước 7 ngày và 1 ngày")


@dataclass(frozen=True, slots=True)
class Address:
    """A new address in all its forms; it is shown once and kept nowhere."""

    name: str
    url: str

    @property
    def webcal(self) -> str:
        """The address that calendar programs open by themselves."""
        return "webcal:" + self.url.partition(":")[2]

    @property
    def qr(self) -> Markup:
        """A picture of it for the camera of a phone, without styles of its own."""
        code = segno.make(self.webcal, error="m", micro=False)
        return Markup(code.svg_inline(border=3, dark="#000", light="#fff", omitsize=True, svgclass="qr"))


@dataclass(frozen=True, slots=True)
class Line:
    """One address in use: what it shows, how many deadlines, and whether it went silent."""

    feed: Feed
    about: str
    count: int
    silent: bool


@bp.get("/")
@login_required
def index() -> ResponseReturnValue:
    return _page()


def _page(address: Address | None = None) -> str:
    now = clock.now()
    return render_template("feeds/index.html", lines=list(lines_of(now)), address=address, now=now)


def lines_of(now: datetime) -> Iterator[Line]:
    """The addresses of who asks, as they stand at `now`, newest first."""
    feeds = feeding.feeds_of(current_reach.user)
    about_each = {feeding.subject_of(feed): feed for feed in feeds}  # however many devices fetch it
    opened = [Opened(feed, current_reach) for feed in about_each.values()]
    counts = dict(zip(about_each, count_entries(opened, local_day(now)), strict=True))
    for feed in feeds:
        subject = feeding.subject_of(feed)
        silent = feed.fetched_at is not None and now - feed.fetched_at > SILENT
        yield Line(feed, about(subject), counts[subject], silent)


def about(subject: Subject) -> str:
    """What a feed shows, in words: «Phòng Kinh tế», «Kế hoạch 41/KH-UBND»."""
    if subject.unit is not None:
        return subject.unit.name
    if subject.plan is not None:
        return f"Kế hoạch {subject.plan.number or subject.plan.title}"
    return WORDS[subject.scope]


@bp.route("/new", methods=["GET", "POST"])
@login_required
def new() -> ResponseReturnValue:
    subjects = _subjects()
    form = FeedForm()
    form.subject.choices = [SelectChoice(key, about(subject)) for key, subject in subjects.items()]
    if not form.validate_on_submit():
        return render_template("feeds/new.html", form=form)
    try:
        feed, token = feeding.create_feed(
            current_reach, nfc(form.name.data or ""), subjects[form.subject.data], now=clock.now()
        )
    except Refused as refusal:
        form.name.errors = [*form.name.errors, str(refusal)]
        return render_template("feeds/new.html", form=form)
    db.session.commit()
    return _shown_once(feed, token, _options(form))


def _subjects() -> dict[str, Subject]:
    """Everything the person may have a feed of, under the keys of the form; their own work first."""
    found = {"person": Subject(FeedScope.PERSON)} if current_reach.holds(*WORKERS) else {}
    found |= {f"unit-{unit.id}": Subject(FeedScope.UNIT, unit=unit) for unit in _units()}
    found |= {scope.value: Subject(scope) for scope in (FeedScope.OVERDUE, FeedScope.THIS_QUARTER)}
    plans = select(Plan).where(plans_visible_to(current_reach), Plan.published_at.is_not(None))
    for plan in db.session.scalars(plans.order_by(Plan.id.desc())):
        found[f"plan-{plan.id}"] = Subject(FeedScope.PLAN, plan=plan)
    return found


def _units() -> list[Unit]:
    query = select(Unit)
    if not current_reach.holds(Role.ADMINISTRATOR):
        query = query.where(Unit.id.in_(current_reach.covered(*Role)))
    return [unit for _, unit in units.tree(db.session.scalars(query))]


def _options(form: FeedForm) -> str:
    asked = {"alarm": "7,1" if form.alarms.data else "", "brief": form.brief.data, "done": form.done.data}
    return urlencode({key: value if key == "alarm" else 1 for key, value in asked.items() if value}, safe=",")


def _shown_once(feed: Feed, token: str, options: str = "") -> ResponseReturnValue:
    """The page with the new address, which no browser may keep."""
    path = url_for("calendars.show", token=token)
    address = Address(feed.name, base_url() + path + (f"?{options}" if options else ""))
    response = make_response(_page(address))
    response.cache_control.no_store = True
    return response


def _find_own(feed_id: int) -> Feed:
    feed = db.session.get(Feed, feed_id)
    if feed is None or feed.owner_id != current_reach.user.id or feed.revoked_at is not None:
        abort(404)
    return feed


@bp.get("/<int:feed_id>/replace")
@login_required
def ask_replace(feed_id: int) -> ResponseReturnValue:
    return render_template("feeds/replace.html", feed=_find_own(feed_id))


@bp.post("/<int:feed_id>/replace")
@login_required
def replace(feed_id: int) -> ResponseReturnValue:
    feed = _find_own(feed_id)
    token = feeding.replace_feed(feed, actor=current_reach.user, now=clock.now())
    db.session.commit()
    return _shown_once(feed, token)


@bp.get("/<int:feed_id>/revoke")
@login_required
def ask_revoke(feed_id: int) -> ResponseReturnValue:
    return render_template("feeds/revoke.html", feed=_find_own(feed_id))


@bp.post("/<int:feed_id>/revoke")
@login_required
def revoke(feed_id: int) -> ResponseReturnValue:
    feed = _find_own(feed_id)
    feeding.revoke_feed(feed, actor=current_reach.user, now=clock.now())
    db.session.commit()
    flash(f"Đã thu hồi lịch “{feed.name}”. Địa chỉ đó ngừng cập nhật.")
    return redirect(url_for(".index"))


def register(app: Flask) -> None:
    """Open the page."""
    app.register_blueprint(bp)
