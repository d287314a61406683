"""A form sent after the log-in has lapsed: nothing typed is lost, and it goes on after logging in."""

from urllib.parse import urlsplit

from flask import Flask, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError

from tracker.web.auth import ask_to_log_in
from tracker.web.errors import answer, wants_json
from tracker.web.typed import send_again, typed_now

LOG_IN = "Hãy đăng nhập để tiếp tục."
LAPSED = ("Phiên đăng nhập đã hết", "Hãy đăng nhập lại rồi làm tiếp.")
STALE = (
    "Trang đã mở quá lâu",
    "Hãy quay lại, tải lại trang rồi gửi lại. Nội dung đã nhập thường còn nguyên.",
)


def _token_lapsed(_error: CSRFError) -> ResponseReturnValue:
    typed = None if wants_json() else typed_now()
    if typed is None:
        return answer(400, STALE if current_user.is_authenticated else LAPSED)
    page = send_again(typed) if current_user.is_authenticated else ask_to_log_in(typed)
    return make_response(page, 400)


def _not_logged_in() -> ResponseReturnValue:
    """Lead to the log-in and from there back; a form is kept until then."""
    if wants_json():
        return answer(401, LAPSED)
    typed = typed_now() if request.method == "POST" else None
    if typed is not None:
        return make_response(ask_to_log_in(typed), 401)
    flash(LOG_IN, "warning")
    return redirect(url_for("auth.login", next=_page_asked_for()))


def _page_asked_for() -> str | None:
    """The page that was asked for; of a form, the page it stood on."""
    if request.method in ("GET", "HEAD"):
        return request.full_path.removesuffix("?")
    return urlsplit(request.referrer or "").path or None


def register(app: Flask) -> None:
    """Keep what is typed where the log-in or its token has lapsed."""
    app.register_error_handler(CSRFError, _token_lapsed)
    app.login_manager.unauthorized_handler(_not_logged_in)  # type: ignore[attr-defined]
