"""The check of a document that was read: uploaded, shown with its doubts first, answered, accepted."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from tracker import clock
from tracker.db import db
from tracker.models import PlanImport, Unit
from tracker.plans.answers import HeadingAnswer
from tracker.plans.corrected import Row, context_of
from tracker.plans.ledger import ignored_by_reason
from tracker.plans.naming import answer_of
from tracker.services import answering, importing
from tracker.services.checking import Check, check
from tracker.web.deeds import attempt
from tracker.web.downloads import attachment
from tracker.web.forms import DayField, Form, headers_of, lines
from tracker.web.paging import Paging, asked_page
from tracker.web.plans.overtaken import saved
from tracker.web.plans.parents import parents_for
from tracker.web.plans.room import bp, find_import, unit_choices, wants_part
from tracker.web.plans.wording import BOUNDS, FATES
from tracker.words import date_words

FIGURES = 200  # indicators of the document that a page of the check shows
SOON = timedelta(days=31)  # a plan can be put in some days before the date it will bear
BOTH_ENDS = "Hãy ghi cả ngày bắt đầu và ngày kết thúc, hoặc để trống cả hai."
SHOWN = 8  # doubts that stand open on the page; the others follow as these are answered


@dataclass(frozen=True, slots=True)
class Slip:
    """What was typed and could not be taken: of which card, the text, why not, and for what it was meant."""

    key: str
    text: str
    sentence: str
    about: str = ""


class HeadingForm(Form):
    """What stands at the top of a plan."""

    number = StringField("Số, ký hiệu", [Length(max=100)])
    issued = DayField("Ngày ban hành", [Optional()])
    issuer = StringField("Cơ quan ban hành", [Length(max=300)])
    title = TextAreaField("Tên kế hoạch", [Length(max=2000)])
    starts = DayField("Kế hoạch bắt đầu ngày", [Optional()])
    ends = DayField("Kế hoạch kết thúc ngày", [Optional()])
    basis = TextAreaField("Căn cứ, mỗi dòng một căn cứ", [Length(max=20000)])
    seen = IntegerField(widget=HiddenInput())

    def validate_issued(self, issued: DayField) -> None:
        """What was signed has its day by now, or very soon; a later one is a slip in the year."""
        if issued.data is not None and issued.data > clock.today() + SOON:
            raise ValidationError(f"Ngày {date_words(issued.data)} còn xa. Hãy xem lại ngày ban hành.")

    def validate_starts(self, _starts: DayField) -> None:
        """A period has two ends."""
        if self.ends.data is None and not self.ends.errors:
            raise ValidationError(BOTH_ENDS)

    def validate_ends(self, _ends: DayField) -> None:
        """The same from the other end."""
        if self.starts.data is None and not self.starts.errors:
            raise ValidationError(BOTH_ENDS)


def address_of(plan_import: PlanImport) -> str:
    """Where an import goes on: its plan once that is published, else its check."""
    if importing.is_published(plan_import):
        return url_for(".show", plan_id=plan_import.plan_id)
    return url_for(".review", import_id=plan_import.id)


@bp.get("/imports/<int:import_id>")
def review(import_id: int) -> ResponseReturnValue:
    """The check of what was read: four figures, what is in doubt, what is sure, and every row."""
    plan_import = find_import(import_id)
    if importing.is_published(plan_import):
        return redirect(address_of(plan_import))
    return page(plan_import)


def page(
    plan_import: PlanImport, slip: Slip | None = None, checked: Check | None = None
) -> ResponseReturnValue:
    """The check as it stands; `slip` keeps what was typed into one card and could not be taken."""
    checked = checked or check(plan_import, clock.today())
    rendered = render_template(
        "plans/review.html",
        plan_import=plan_import,
        checked=checked,
        context=context_of(checked.corrected.heading),
        shown=checked.doubts[:SHOWN],
        choices=target_choices(checked),
        answered=[row for row in checked.corrected.selected if row.answered],
        decided=[who for who in checked.named.values() if answer_of(who.phrase, checked.answers.phrases)],
        ignored=ignored_by_reason(checked.draft.ledger),
        FATES=FATES,
        BOUNDS=BOUNDS,
        paging=figures_page(checked, asked_page()),
        parents=parents_for(plan_import),
        slip=slip,
    )
    return rendered, headers_of(slip)


def figures_page(checked: Check, asked: int) -> Paging:
    """Which of the indicators stand on the page."""
    return Paging(len(checked.figures), FIGURES, asked)


def target_choices(checked: Check) -> dict[str, list[tuple[str, str]]]:
    """Whom a phrase may name: groups, and the units nearby as they stand in the tree."""
    query = select(Unit).where(Unit.id.in_(checked.directory.near))
    units = unit_choices(list(db.session.scalars(query)))
    return {
        "groups": [(f"g{group}", name) for group, name in checked.directory.groups.items()],
        "units": [(f"u{unit}", name) for unit, name in units],
    }


def find_row(checked: Check, key: str) -> Row:
    """The row of that key; 404 where the document has none."""
    row = next((row for row in checked.corrected.rows if row.key == key), None)
    return row or abort(404)


def version_seen() -> int:
    """The version of the import that the sender of this form had before them."""
    return request.form.get("seen", 0, type=int)


def answered(deed: Callable[[], Any], plan_import: PlanImport) -> ResponseReturnValue:
    """Do what was answered, say what is left, and go to the next doubt."""
    is_done = attempt(deed)
    checked = check(plan_import, clock.today())
    left = len(checked.doubts)
    if is_done:
        flash(f"Đã lưu. {left} chỗ còn cần xem." if left else "Đã lưu. Không còn chỗ nào cần xem.")
    if wants_part():
        return page(plan_import, checked=checked)
    return redirect(url_for(".review", import_id=plan_import.id, _anchor="doubts"))


@bp.get("/imports/<int:import_id>/source")
def source(import_id: int) -> ResponseReturnValue:
    """The document as it was uploaded, to keep and not to run in the page."""
    plan_import = find_import(import_id)
    path = current_app.extensions["file_store"].path(plan_import.file_sha256)
    return attachment(path, plan_import.file.media_type, plan_import.file_name)


@bp.route("/imports/<int:import_id>/heading", methods=["GET", "POST"])
def heading(import_id: int) -> ResponseReturnValue:
    """Correct number, date, issuer, title and period."""
    plan_import = find_import(import_id)
    read = check(plan_import, clock.today()).corrected.heading
    starts, ends = read.period or (None, None)
    form = HeadingForm(
        data={
            "number": read.number,
            "issued": read.issued,
            "issuer": read.issuer,
            "title": read.title,
            "starts": starts,
            "ends": ends,
            "basis": "\n".join(read.basis),
            "seen": plan_import.version,
        }
    )
    if form.validate_on_submit() and saved(partial(_correct_heading, plan_import, form), form, form.ends):
        flash("Đã lưu.")
        return redirect(url_for(".review", import_id=plan_import.id, _anchor="doubts"))
    page = render_template("plans/heading.html", plan_import=plan_import, form=form)
    return page, headers_of(form.errors)


def _correct_heading(plan_import: PlanImport, form: HeadingForm) -> None:
    said = HeadingAnswer(
        number=(form.number.data or "").strip(),
        issued=form.issued.data,
        issuer=(form.issuer.data or "").strip(),
        title=(form.title.data or "").strip(),
        basis=lines(form.basis.data),
        period=(form.starts.data, form.ends.data) if form.starts.data and form.ends.data else None,
    )
    said = replace(said, empty=tuple(name for name in ("issued", "period") if getattr(said, name) is None))
    answering.answer_heading(plan_import, said, seen=form.seen.data or 0, actor=current_user, now=clock.now())


@bp.post("/imports/<int:import_id>/another")
def another_plan(import_id: int) -> ResponseReturnValue:
    """Agree that a plan known under the same number is a different one."""
    plan_import = find_import(import_id)
    return answered(
        lambda: answering.agree_another_plan(plan_import, actor=current_user, now=clock.now()), plan_import
    )


@bp.post("/imports/<int:import_id>/lost")
def look_up(import_id: int) -> ResponseReturnValue:
    """Say that the rows which are not accounted for, as they stood on the page, were looked up."""
    plan_import = find_import(import_id)
    lost = check(plan_import, clock.today()).lost
    places = [where for where in request.form.getlist("where") if where in lost]
    return answered(
        lambda: answering.look_up(plan_import, places, actor=current_user, now=clock.now()), plan_import
    )


@bp.post("/imports/<int:import_id>/indicators")
def take_indicators(import_id: int) -> ResponseReturnValue:
    """Say which indicators of the text are followed beside those of the tables."""
    plan_import = find_import(import_id)
    paging = figures_page(check(plan_import, clock.today()), request.form.get("page", 1, type=int))
    shown = range(paging.after, paging.after + FIGURES)
    places = [place for place in request.form.getlist("place", type=int) if place in shown]
    deed = partial(answering.take_indicators, plan_import, places, among=shown)
    if attempt(lambda: deed(actor=current_user, now=clock.now())):
        flash("Đã lưu chỉ tiêu được theo dõi.")
    return redirect(figures_address(plan_import, shown.start))


def figures_address(plan_import: PlanImport, place: int) -> str:
    """Where the indicator of that place stands in the check."""
    page = place // FIGURES + 1
    return url_for(".review", import_id=plan_import.id, page=page, _anchor="indicators")


@bp.post("/imports/<int:import_id>/accept")
def accept(import_id: int) -> ResponseReturnValue:
    """Store the plan as checked and go on to the letters it will send."""
    plan_import = find_import(import_id)
    if attempt(
        lambda: importing.accept(plan_import, actor=current_user, now=clock.now(), today=clock.today())
    ):
        return redirect(url_for(".forecast", plan_id=plan_import.plan_id))
    return redirect(url_for(".review", import_id=plan_import.id, _anchor="doubts"))


@bp.route("/imports/<int:import_id>/discard", methods=["GET", "POST"])
def discard(import_id: int) -> ResponseReturnValue:
    """Ask, then drop the import with the draft that came of it."""
    plan_import = find_import(import_id)
    plan = plan_import.plan
    if plan is not None and not attempt(lambda: importing.require_draft(plan)):
        return redirect(address_of(plan_import))
    if request.method == "GET":
        return render_template("plans/discard.html", plan_import=plan_import)
    if attempt(lambda: importing.discard(plan_import, actor=current_user, now=clock.now())):
        flash("Đã xóa bản kiểm tra.")
    return redirect(url_for(".index"))
