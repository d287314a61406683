"""A document put in: read in a thread of its own, so that a long one shows its pages and blocks nobody."""

import logging
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore, Thread
from typing import BinaryIO

from flask import Flask, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker import clock
from tracker.access import may_import_into
from tracker.db import db
from tracker.models import PlanReading, Unit, User
from tracker.plans.blocks import UnreadableFile
from tracker.plans.readers.refusals import BROKEN
from tracker.services import importing, readings
from tracker.services.intake import file_name
from tracker.web.plans.review import address_of
from tracker.web.plans.room import bp
from tracker.web.sessions import current_reach

log = logging.getLogger(__name__)

AT_ONCE = Semaphore(2)  # documents that one server process reads side by side
PATIENCE = 2.0  # seconds after which whoever waits is shown how far it is
LOOK_AGAIN = 2  # seconds after which that page asks anew
BEAT_EVERY = 30.0  # seconds between two signs of life while one waits for a free place
TELL_EVERY = 1.0  # seconds at least between two notes of how far it is
INTERRUPTED = "Việc đọc bị gián đoạn vì máy chủ khởi động lại. Hãy tải lên lại."


@bp.post("/imports")
def upload() -> ResponseReturnValue:
    """Read a document that was put in; a refusal leaves nothing behind."""
    unit = db.session.get(Unit, request.form.get("unit", type=int) or 0)
    if unit is None or not may_import_into(current_reach, unit.id):
        abort(403)
    file = request.files.get("file")
    if file is None or not file.filename:
        flash("Hãy chọn tệp văn bản.", "error")
        return redirect(url_for(".index"))
    reading = readings.begin(file_name(file.filename), actor=current_user, now=clock.now())
    db.session.commit()
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - outlives the request, and goes with the process
    shutil.copyfileobj(file.stream, copy)
    copy.seek(0)
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    reader = Thread(target=_read, args=(app, copy, reading.id, unit.id, current_user.id), daemon=True)
    reader.start()
    reader.join(PATIENCE)
    db.session.refresh(reading)
    return _outcome(reading) or redirect(url_for(".reading", reading_id=reading.id))


def _outcome(reading: PlanReading) -> ResponseReturnValue | None:
    """Where an ended reading leads: to the check of what was read, or back with what was wrong."""
    if reading.plan_import is not None:
        if reading.known:
            is_done = importing.is_published(reading.plan_import)
            going_on = "" if is_done else " Có thể kiểm tra tiếp ở đây."
            flash(f"Văn bản này đã có, không thay đổi gì.{going_on}", "warning")
        return redirect(address_of(reading.plan_import))
    if reading.refusal or readings.is_broken_off(reading, clock.now()):
        flash(f"{reading.file_name}: {reading.refusal or INTERRUPTED}", "error")
        return redirect(url_for(".index"))
    return None


def _read(app: Flask, copy: BinaryIO, reading_id: int, unit_id: int, user_id: int) -> None:
    """Read the copy to its end, in the application's context, and store what became of it."""
    with app.app_context(), copy, _turn(reading_id):
        try:
            _preview(app, copy, reading_id, unit_id, user_id)
        except UnreadableFile as refusal:
            _refuse(reading_id, str(refusal))
        except Exception:
            log.exception("reading %s failed", reading_id)
            _refuse(reading_id, BROKEN)


@contextmanager
def _turn(reading_id: int) -> Iterator[None]:
    """Wait until one of the places to read at is free, saying from time to time that one still waits."""
    while not AT_ONCE.acquire(timeout=BEAT_EVERY):
        readings.tell(db.session.get_one(PlanReading, reading_id), 0, 0, now=clock.now())
        db.session.commit()
    try:
        yield
    finally:
        AT_ONCE.release()


def _preview(app: Flask, copy: BinaryIO, reading_id: int, unit_id: int, user_id: int) -> None:
    reading = db.session.get_one(PlanReading, reading_id)
    last = time.monotonic()

    def tell(page: int, pages: int) -> None:
        nonlocal last
        if time.monotonic() - last >= TELL_EVERY:
            readings.tell(reading, page, pages, now=clock.now())
            db.session.commit()
            last = time.monotonic()

    found = importing.preview(
        copy,
        reading.file_name,
        db.session.get_one(Unit, unit_id),
        actor=db.session.get_one(User, user_id),
        now=clock.now(),
        store=app.extensions["file_store"],
        limit_mb=app.config["MAX_UPLOAD_MB"],
        progress=tell,
    )
    readings.end(reading, found, now=clock.now())
    db.session.commit()


def _refuse(reading_id: int, sentence: str) -> None:
    db.session.rollback()
    readings.refuse(db.session.get_one(PlanReading, reading_id), sentence, now=clock.now())
    db.session.commit()


@bp.get("/readings/<int:reading_id>")
def reading(reading_id: int) -> ResponseReturnValue:
    """How far a document is read; once it is, on to its check, or back with what was wrong."""
    found = db.session.get(PlanReading, reading_id)
    if found is None or found.by_id != current_user.id:
        abort(404)
    # The header asks anew without script.
    page = render_template("plans/reading.html", reading=found), {"Refresh": str(LOOK_AGAIN)}
    return _outcome(found) or page
