"""Lists of units, groups and people taken in from a spreadsheet: all rows or none, errors row by row."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField

from tracker import clock, mailer
from tracker.db import db
from tracker.models import User
from tracker.plans.blocks import Document, UnreadableFile
from tracker.plans.readers.refusals import NOT_TEXT, UNKNOWN_KIND
from tracker.plans.readers.sandbox import read_safely
from tracker.services import account_links, rosters
from tracker.services.letterhead import letterhead_of
from tracker.services.rosters import Added, RosterRefused
from tracker.web.forms import NOT_TAKEN, Form
from tracker.web.links import lifetimes
from tracker.web.sessions import administrators_only

bp = Blueprint("rosters", __name__, url_prefix="/units")
bp.before_request(administrators_only)

_NO_SHEET = "Chưa đọc được loại tệp này. Hãy mở danh sách, lưu lại thành .xlsx rồi tải lên."


class RosterForm(Form):
    """A spreadsheet of units, groups and people."""

    file = FileField("Danh sách (.xlsx)", [FileRequired("Hãy chọn tệp .xlsx.")])
    invite = BooleanField("Gửi thư mời cho người có thư điện tử và chưa có mật khẩu")


@bp.post("/import")
def take_list() -> ResponseReturnValue:
    """Take units, groups and people from a spreadsheet; all rows or none. For administrators."""
    form = RosterForm()
    if not form.validate():
        flash(" ".join(form.file.errors), "error")
        return redirect(url_for("units.index"))
    try:
        document = read_upload(form.file.data)
        added = rosters.take_in(document, actor=current_user, now=clock.now())
        invited = _invite(added.people) if form.invite.data else 0
        db.session.commit()
        flash(_what_was_added(added) + (f" Đã gửi {invited} thư mời." if form.invite.data else ""))
    except RosterRefused as refused:
        db.session.rollback()
        return render_template("units/refused.html", refused=refused), NOT_TAKEN
    except UnreadableFile as unreadable:
        said = str(unreadable)
        flash(_NO_SHEET if said in (UNKNOWN_KIND, NOT_TEXT) else said, "error")
    return redirect(url_for("units.index"))


def _what_was_added(added: Added) -> str:
    if not (added.units or added.groups or added.people):
        return "Đã đọc danh sách: không có đơn vị, nhóm hay tài khoản nào mới."
    return f"Đã thêm {len(added.units)} đơn vị, {len(added.groups)} nhóm, {len(added.people)} tài khoản."


def _invite(people: Iterable[User]) -> int:
    """Send each person who has an address and no password an invitation; how many went into the queue."""
    if not mailer.is_configured(current_app.config):
        return 0
    wanted = [person for person in people if person.email and not person.password_hash]
    for person in wanted:
        account_links.invite(
            person,
            lifetimes(),
            letterhead_of(current_app.config),
            by_mail=True,
            actor=current_user._get_current_object(),
            now=clock.now(),
        )
    return len(wanted)


def read_upload(upload: FileStorage) -> Document:
    """What an uploaded file says, read in a process of its own; raises UnreadableFile."""
    with TemporaryDirectory(prefix="upload-") as folder:
        path = Path(folder) / "upload"
        upload.save(path)
        return read_safely(path, upload.filename or "")


def register(app: Flask) -> None:
    """Open the door of the lists."""
    app.register_blueprint(bp)
