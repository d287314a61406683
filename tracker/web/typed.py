"""What was typed into a form that came after the log-in had lapsed: kept to be sent again."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, render_template, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

MOST = 300_000  # characters that are kept; a long remark has 5,000
LASTS = 24 * 3600  # seconds until what is kept can no longer be sent
SECRETS = frozenset({"password", "old", "new", "again"})  # fields that are never written into a page


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it was sent: to which address of this site, and its fields with their values in order."""

    address: str
    fields: tuple[tuple[str, str], ...]

    @property
    def sentences(self) -> list[str]:
        """What of it a person can recognise as their own words."""
        return [text for _, text in self.fields if " " in text.strip()]


def typed_now() -> Typed | None:
    """The form that the request brings.

    None where nothing of it is to be kept: no field is filled in, one of them is secret, it is too long,
    it was sent by a page that is not ours, or by the script of one, which keeps what is typed itself.
    """
    found = [(name, text) for name, text in request.form.items(multi=True) if name != "csrf_token"]
    names, length = {name for name, _ in found}, sum(len(text) for _, text in found)
    if not length or length > MOST or names & SECRETS or _sent_by_script() or not _sent_by_our_page():
        return None
    return Typed(request.full_path.removesuffix("?"), tuple(found))


def _sent_by_script() -> bool:
    return request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"


def _sent_by_our_page() -> bool:
    """Whether a page of this site sent it, and not another that wants the person to pass it on."""
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        return True
    origin = request.headers.get("Origin", "")
    return urlsplit(origin).netloc == request.host


def pack(typed: Typed) -> str:
    """The form as one signed text that a page can carry."""
    return _serializer().dumps([typed.address, typed.fields])


def unpack(text: str) -> Typed | None:
    """The form of a text that `pack` wrote, not long ago; None for any other text."""
    try:
        address, fields = _serializer().loads(text, max_age=LASTS)
    except BadSignature:
        return None
    return Typed(address, tuple((name, value) for name, value in fields))


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="typed")


def send_again(typed: Typed) -> str:
    """The page that sends the form again, once the person says so."""
    return render_template("auth/send_again.html", typed=typed, files=bool(request.files))
