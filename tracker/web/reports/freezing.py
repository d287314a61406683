"""Freezing a report, and looking at what was frozen with what has changed since."""

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from tracker import clock
from tracker.db import db
from tracker.grants import OVERSEERS
from tracker.models import FrozenReport
from tracker.rules.reporting import Period
from tracker.services import freezing, reporting
from tracker.web.downloads import attachment
from tracker.web.forms import read_day
from tracker.web.reports.room import (
    DOCX,
    bp,
    chosen_period,
    chosen_plan,
    chosen_unit,
    issuing_unit,
    kept_choice,
)
from tracker.web.sessions import current_reach


@bp.get("/freeze")
def ask_freeze() -> ResponseReturnValue:
    """Whether to freeze: what is frozen stays."""
    return render_template(
        "reports/freeze.html", period=chosen_period(), kept=kept_choice(), most=reporting.MOST_LINES
    )


@bp.post("/freeze")
def freeze() -> ResponseReturnValue:
    """Freeze the report that the address names."""
    try:
        frozen = freezing.freeze(
            current_reach,
            chosen_period(),
            issuing_unit(),
            plan=chosen_plan(),
            unit=chosen_unit(),
            store=current_app.extensions["file_store"],
            now=clock.now(),
        )
        db.session.commit()
    except IntegrityError:  # somebody froze the same at the same moment: that version is there already
        db.session.rollback()
        flash("Báo cáo này vừa được chốt ở nơi khác. Hãy xem bản đó trước khi chốt lần nữa.", "error")
        kept: dict[str, Any] = kept_choice()
        return redirect(url_for(".index", **kept, _anchor="frozen"))
    flash("Đã chốt số liệu. Bản chốt được giữ nguyên, thay đổi về sau hiện bên cạnh.")
    return redirect(url_for(".frozen", frozen_id=frozen.id))


@bp.get("/frozen/<int:frozen_id>")
def frozen(frozen_id: int) -> ResponseReturnValue:
    """What was frozen, beside what stands now."""
    kept = find_frozen(frozen_id)
    before = freezing.content_of(kept)
    period = Period(kept.period, read_day(before.first), read_day(before.last))
    what: dict[str, Any] = {"plan": kept.plan, "unit": kept.unit}
    after = reporting.report(current_reach, clock.now(), period, **what)
    cut = before.cut or after.cut
    told = reporting.lines_now(current_reach, clock.now(), period, before, **what) if cut else after
    return render_template(
        "reports/frozen.html",
        frozen=kept,
        report=before,
        after=after,
        changes=freezing.changes(before, told),
        cut=cut,
    )


@bp.get("/frozen/<int:frozen_id>.docx")
def frozen_paper(frozen_id: int) -> ResponseReturnValue:
    """The very bytes of the paper as it was frozen."""
    kept = find_frozen(frozen_id)
    path = current_app.extensions["file_store"].path(kept.file_sha256)
    name = f"Báo cáo {kept.content['period']}, chốt lần {kept.version}.docx"
    return attachment(path, DOCX, name)


def find_frozen(frozen_id: int) -> FrozenReport:
    """The frozen report; 404 for one of a unit that who asks does not oversee."""
    found = db.session.get(FrozenReport, frozen_id)
    if found is None or not current_reach.covers(found.issuer_id, *OVERSEERS):
        abort(404)
    return found
