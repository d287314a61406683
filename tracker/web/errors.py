"""What is said where a page cannot be given: one sentence on what is wrong and what to do next."""

from contextlib import suppress

from flask import Flask, Response, current_app, jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from tracker.db import db

NOT_FOUND = "Không tìm thấy trang này, hoặc không thuộc quyền xem."

# HTTP status -> (what is wrong, what to do)
SENTENCES: dict[int, tuple[str, str]] = {
    400: ("Yêu cầu chưa đúng", "Hãy quay lại trang trước, tải lại rồi thử lại."),
    403: (NOT_FOUND, "Nếu cần xem, hãy liên hệ đầu mối theo dõi kế hoạch."),
    404: (NOT_FOUND, "Hãy xem lại địa chỉ, hoặc bắt đầu từ trang chính."),
    405: (NOT_FOUND, "Hãy bắt đầu từ trang chính."),
    409: ("Nội dung này vừa được người khác cập nhật", "Hãy quay lại, tải lại trang và xem trước khi lưu."),
    413: ("Tệp gửi lên quá lớn", "Hãy chọn tệp nhỏ hơn, hoặc gửi làm nhiều lần."),
    429: ("Yêu cầu quá nhiều lần", "Hãy chờ ít phút rồi thử lại."),
}


def wants_json() -> bool:
    """Whether the script of a page asks, and not a person."""
    return request.accept_mimetypes.best == "application/json"


def answer(status: int, words: tuple[str, str]) -> Response:
    """What is wrong and what to do, as a page or for the script of one."""
    wrong, todo = words
    if wants_json():
        return make_response(jsonify(error=f"{wrong.rstrip('.')}. {todo}"), status)
    return make_response(render_template("errors/error.html", wrong=wrong.rstrip("."), todo=todo), status)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status >= 500:
        return _broken(error)
    if status < 400:
        return error.get_response()
    page = _page_of_the_form() if status == 405 else None
    if page is not None:
        return redirect(page)
    return answer(status, SENTENCES.get(status, SENTENCES[400]))


def _page_of_the_form() -> str | None:
    """The page a form stands on whose own address is opened: it is in the browser after a refusal."""
    above, adapter = request.path.rpartition("/")[0], current_app.create_url_adapter(request)
    if request.method != "GET" or adapter is None:
        return None
    for path in (f"{above}/", above):
        with suppress(HTTPException):
            adapter.match(path, method="GET")
            return path
    return None


def _changed_meanwhile(_error: StaleDataError) -> ResponseReturnValue:
    db.session.rollback()
    return answer(409, SENTENCES[409])


def _broken(_error: Exception) -> ResponseReturnValue:
    """The page for a fault of ours: it asks neither the database nor who is logged in."""
    return current_app.jinja_env.get_template("errors/broken.html").render(), 500


def register(app: Flask) -> None:
    """Answer errors in the office's words."""
    app.register_error_handler(StaleDataError, _changed_meanwhile)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(500, _broken)
