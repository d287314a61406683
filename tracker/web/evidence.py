"""Evidence at the door: files come in, newer versions beside older ones, and go out as attachments."""

from datetime import date
from typing import BinaryIO, cast

from flask import Blueprint, Flask, abort, current_app, flash, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required
from flask_wtf.file import FileField, FileRequired
from werkzeug import Response
from werkzeug.datastructures import FileStorage
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from tracker import clock
from tracker.access import Verb, sees_until
from tracker.db import db
from tracker.files import FileStore
from tracker.models import Assignment, Deliverable, Evidence, StoredFile
from tracker.rules.states import Step
from tracker.services import evidence, progress
from tracker.services.intake import Intake, Upload, file_name
from tracker.services.refusals import Refused
from tracker.web.assignment import LONGEST_TEXT, back_to, is_closed
from tracker.web.deeds import attempt
from tracker.web.downloads import attachment
from tracker.web.errors import wants_json
from tracker.web.finding import find_assignment
from tracker.web.forms import DayField, Form
from tracker.web.sessions import current_reach

bp = Blueprint("evidence", __name__)

NOTHING_RUNS = "sandbox; default-src 'none'"
NO_FILE = "Hãy chọn tệp trước khi tải lên."


class DocumentForm(Form):
    """The issued document that a piece of evidence holds."""

    document_number = StringField("Số, ký hiệu văn bản", [Length(max=100)])
    document_on = DayField("Ngày văn bản")


class ReplaceForm(DocumentForm):
    """A newer version of a piece."""

    file = FileField("Tệp mới", [FileRequired(NO_FILE)])


class AbsenceForm(Form):
    """Why there is no evidence for a deliverable."""

    reason = TextAreaField(
        "Lý do không có minh chứng",
        [InputRequired("Hãy ghi lý do không có minh chứng."), Length(max=LONGEST_TEXT)],
    )


def intake() -> Intake:
    """Where this deployment keeps files, and how large one may be."""
    store: FileStore = current_app.extensions["file_store"]
    return Intake(store, current_app.config["MAX_UPLOAD_MB"])


def upload_of(file: FileStorage, number: str = "", day: date | None = None) -> Upload:
    """A file as it came through a form, with number and date of the issued document it holds."""
    return Upload(file.filename or "", cast(BinaryIO, file.stream), number, day)


def _find_deliverable(assignment: Assignment, deliverable_id: int) -> Deliverable:
    for deliverable in assignment.milestone.deliverables:
        if deliverable.id == deliverable_id:
            return deliverable
    abort(404)


def _find_piece(evidence_id: int, verb: Verb = Verb.SEE) -> Evidence:
    """The piece, still there, where the person may do that with its assignment; 404 or 403 otherwise."""
    piece = _find_even_removed(evidence_id, verb)
    if piece.removed_at is not None:
        abort(404)
    return piece


def find_visible_piece(evidence_id: int) -> Evidence:
    """The piece, where the person may see its assignment and was not taken off it before; 404 otherwise."""
    piece = _find_piece(evidence_id)
    until = sees_until(current_reach, piece.assignment)
    if until is not None and piece.at > until:
        abort(404)
    return piece


def _find_even_removed(evidence_id: int, verb: Verb) -> Evidence:
    piece = db.session.get(Evidence, evidence_id)
    if piece is None:
        abort(404)
    find_assignment(piece.assignment_id, verb)
    return piece


@bp.post("/assignments/<int:assignment_id>/deliverables/<int:deliverable_id>/evidence")
@login_required
def attach(assignment_id: int, deliverable_id: int) -> ResponseReturnValue:
    assignment = find_assignment(assignment_id, Verb.REPORT)
    deliverable = _find_deliverable(assignment, deliverable_id)
    files = [file for file in request.files.getlist("files") if file.filename]
    refused = [] if files else [NO_FILE]
    for file in files:
        sentence = _take(assignment, deliverable, file)
        if sentence:
            refused.append(_named(file, sentence) if len(files) > 1 else sentence)
    if wants_json():
        return _json_answer(refused)
    for sentence in refused:
        flash(sentence, "error")
    if len(files) > len(refused):
        flash(f"Đã tải lên {len(files) - len(refused)} tệp cho “{deliverable.name}”.")
    return back_to(assignment, None if refused else f"deliverable-{deliverable_id}")


def _take(assignment: Assignment, deliverable: Deliverable, file: FileStorage) -> str:
    """Attach one file and commit it; what was said against it, or nothing."""
    try:
        evidence.attach(
            assignment,
            deliverable,
            upload_of(file),
            intake=intake(),
            actor=current_user._get_current_object(),
            now=clock.now(),
        )
    except Refused as refusal:
        db.session.rollback()
        return str(refusal)
    db.session.commit()
    return ""


def _named(file: FileStorage, sentence: str) -> str:
    """The sentence with the file it is about, where it does not name it."""
    name = file_name(file.filename or "")
    return sentence if name in sentence else f"“{name}”: {sentence}"


def _json_answer(refused: list[str]) -> ResponseReturnValue:
    """For the script: refused is an answer like any other, an error on the browser's console is not."""
    return jsonify(error=" ".join(refused)) if refused else (jsonify(done=True), 201)


@bp.route("/evidence/<int:evidence_id>/replace", methods=["GET", "POST"])
@login_required
def replace(evidence_id: int) -> ResponseReturnValue:
    piece, form = _find_piece(evidence_id, Verb.REPORT), ReplaceForm()
    if is_closed(piece.assignment, Step.ATTACH):
        return _back(piece)
    if form.validate_on_submit() and attempt(lambda: _replace(piece, form), form.file):
        flash("Đã thay bằng bản mới. Bản trước vẫn được giữ.")
        return _back(piece)
    return render_template("evidence/replace.html", piece=piece, form=form)


def _replace(piece: Evidence, form: ReplaceForm) -> None:
    upload = upload_of(form.file.data, form.document_number.data or "", form.document_on.data)
    actor = current_user._get_current_object()
    evidence.replace(piece, upload, intake=intake(), actor=actor, now=clock.now())


def _back(piece: Evidence) -> Response:
    return back_to(piece.assignment, f"deliverable-{piece.deliverable_id}")


@bp.route("/evidence/<int:evidence_id>/edit", methods=["GET", "POST"])
@login_required
def edit(evidence_id: int) -> ResponseReturnValue:
    piece = _find_piece(evidence_id, Verb.REPORT)
    form = DocumentForm(obj=piece)
    number, day = form.document_number.data or "", form.document_on.data
    if form.validate_on_submit() and attempt(
        lambda: evidence.describe(
            piece, number, day, actor=current_user._get_current_object(), now=clock.now()
        ),
        form.document_number,
    ):
        flash(f"Đã lưu số, ngày văn bản của “{piece.name}”.")
        return _back(piece)
    return render_template("evidence/edit.html", piece=piece, form=form)


@bp.route("/evidence/<int:evidence_id>/remove", methods=["GET", "POST"])
@login_required
def remove(evidence_id: int) -> ResponseReturnValue:
    piece = _find_even_removed(evidence_id, Verb.REPORT)  # said twice it does nothing more
    if request.method == "GET":
        return render_template("evidence/remove.html", piece=piece)
    actor = current_user._get_current_object()
    if attempt(lambda: evidence.remove(piece, actor=actor, now=clock.now())):
        flash(f"Đã gỡ “{piece.name}”.")
    return _back(piece)


@bp.get("/evidence/<int:evidence_id>")
@login_required
def download(evidence_id: int) -> ResponseReturnValue:
    piece = find_visible_piece(evidence_id)
    return send_attachment(piece.file, piece.name)


def send_attachment(file: StoredFile, name: str) -> Response:
    """The bytes of a file to be saved under `name`, typed, never run in a page of ours."""
    store: FileStore = current_app.extensions["file_store"]
    answer = attachment(store.path(file.sha256), file.media_type, name, etag=file.sha256)
    answer.headers["Content-Security-Policy"] = NOTHING_RUNS
    answer.cache_control.private = True
    return answer


@bp.route(
    "/assignments/<int:assignment_id>/deliverables/<int:deliverable_id>/absence", methods=["GET", "POST"]
)
@login_required
def explain_absence(assignment_id: int, deliverable_id: int) -> ResponseReturnValue:
    assignment = find_assignment(assignment_id, Verb.REPORT)
    deliverable, form = _find_deliverable(assignment, deliverable_id), AbsenceForm()
    if is_closed(assignment, Step.ATTACH):
        return back_to(assignment, f"deliverable-{deliverable_id}")
    reason, actor = form.reason.data or "", current_user._get_current_object()
    if form.validate_on_submit() and attempt(
        lambda: progress.explain_absence(assignment, deliverable, reason, actor=actor, now=clock.now()),
        form.reason,
    ):
        flash(f"Đã ghi lý do không có minh chứng cho “{deliverable.name}”.")
        return back_to(assignment, f"deliverable-{deliverable_id}")
    return render_template("evidence/absence.html", assignment=assignment, deliverable=deliverable, form=form)


@bp.post("/assignments/<int:assignment_id>/deliverables/<int:deliverable_id>/absence/take-back")
@login_required
def take_back_absence(assignment_id: int, deliverable_id: int) -> ResponseReturnValue:
    assignment = find_assignment(assignment_id, Verb.REPORT)
    deliverable, actor = _find_deliverable(assignment, deliverable_id), current_user._get_current_object()
    if attempt(lambda: progress.take_back_absence(assignment, deliverable, actor=actor, now=clock.now())):
        flash("Đã bỏ lý do. Sản phẩm này cần minh chứng.")
    return back_to(assignment, f"deliverable-{deliverable_id}")


def register(app: Flask) -> None:
    """Open the room of evidence."""
    app.register_blueprint(bp)
