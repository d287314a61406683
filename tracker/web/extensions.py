"""Requests for more time, decided within the queue of what waits."""

import re

from flask import Blueprint, Flask, abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required
from werkzeug import Response
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from tracker import clock
from tracker.access import Verb
from tracker.db import db
from tracker.models import ExtensionRequest, ExtensionState
from tracker.services import extending
from tracker.web.assignment import LONGEST_TEXT
from tracker.web.deeds import attempt
from tracker.web.finding import find_assignment
from tracker.web.forms import DueField, Form, read_day
from tracker.web.queue import go_on, leave, queue_page
from tracker.words import date_words, moment_words

bp = Blueprint("extensions", __name__, url_prefix="/extensions")


DAY = re.compile(
    r"(\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+)(\d{4})(?!\d)", re.IGNORECASE
)


class GrantForm(Form):
    """Until when, and on which document, more time is given."""

    granted_on = DueField("Gia hạn đến ngày", [InputRequired("Hãy ghi hạn mới.")])
    document = StringField(
        "Văn bản đồng ý (số, ngày)",
        [InputRequired("Hãy ghi số, ngày của văn bản đồng ý gia hạn."), Length(max=300)],
    )

    def validate_document(self, field: StringField) -> None:
        """A document is named with its day («số 15/QĐ-UBND ngày 18/6/2026»), which has come."""
        found = DAY.search(field.data or "")
        if found is None:
            raise ValidationError("Hãy ghi cả ngày của văn bản, ví dụ: số 15/QĐ-UBND ngày 18/6/2026.")
        try:
            day = read_day("/".join(found.groups()))
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from wrong
        if day > clock.today():
            raise ValidationError(f"Văn bản đề ngày {date_words(day)}, sau hôm nay. Hãy xem lại ngày.")


class RefuseForm(Form):
    """Why no more time is given."""

    answer = TextAreaField(
        "Không đồng ý: nêu lý do",
        [InputRequired("Hãy nêu lý do không đồng ý gia hạn."), Length(max=LONGEST_TEXT)],
    )


def _find_request(request_id: int) -> ExtensionRequest:
    asked = db.session.get(ExtensionRequest, request_id)
    if asked is None:
        abort(404)
    find_assignment(asked.assignment_id, Verb.DECIDE_EXTENSION)
    return asked


@bp.get("/<int:request_id>")
@login_required
def show(request_id: int) -> ResponseReturnValue:
    asked = _find_request(request_id)
    if asked.state is not ExtensionState.PENDING:
        return redirect(url_for("assignment.show", assignment_id=asked.assignment_id))
    return _page(asked, GrantForm(formdata=None, granted_on=asked.wanted_on), RefuseForm(formdata=None))


def _page(asked: ExtensionRequest, grant_form: GrantForm, refuse_form: RefuseForm) -> str:
    return queue_page(
        "reviewing/extension.html",
        asked.assignment,
        asked,
        extension=asked,
        grant_form=grant_form,
        refuse_form=refuse_form,
    )


def _too_late(asked: ExtensionRequest) -> Response:
    """Lead to the page of what somebody else decided meanwhile, saying who, when and how."""
    if asked.decided_by is None or asked.decided_at is None:
        return leave(
            "Đề nghị gia hạn này không còn chờ quyết định. Hãy xem diễn biến ở đây.", asked.assignment
        )
    how = f"đồng ý đến {date_words(asked.granted_on)}" if asked.granted_on else "không đồng ý"
    who, at = asked.decided_by.name, moment_words(asked.decided_at)
    return leave(
        f"Đề nghị gia hạn này đã có quyết định: {who}, {how}, lúc {at}. Hãy xem diễn biến ở đây.",
        asked.assignment,
    )


@bp.post("/<int:request_id>/grant")
@login_required
def grant(request_id: int) -> ResponseReturnValue:
    asked, form = _find_request(request_id), GrantForm()
    if asked.state is not ExtensionState.PENDING:
        return _too_late(asked)
    if form.validate() and attempt(lambda: _grant(asked, form), form.granted_on):
        until = date_words(form.granted_on.data) if form.granted_on.data else ""
        return go_on(f"Đã đồng ý gia hạn đến {until}.", asked)
    return _page(asked, form, RefuseForm(formdata=None))


def _grant(asked: ExtensionRequest, form: GrantForm) -> None:
    granted_on = form.granted_on.data
    assert granted_on is not None  # InputRequired saw to it
    extending.grant_extension(
        asked, granted_on, form.document.data or "", actor=current_user._get_current_object(), now=clock.now()
    )


@bp.post("/<int:request_id>/refuse")
@login_required
def refuse(request_id: int) -> ResponseReturnValue:
    asked, form = _find_request(request_id), RefuseForm()
    if asked.state is not ExtensionState.PENDING:
        return _too_late(asked)
    answer = form.answer.data or ""
    if form.validate() and attempt(
        lambda: extending.refuse_extension(
            asked, answer, actor=current_user._get_current_object(), now=clock.now()
        ),
        form.answer,
    ):
        return go_on("Đã trả lời không đồng ý gia hạn. Hạn cuối giữ nguyên.", asked)
    return _page(asked, GrantForm(formdata=None, granted_on=asked.wanted_on), form)


def register(app: Flask) -> None:
    """Open the decisions on more time."""
    app.register_blueprint(bp)
