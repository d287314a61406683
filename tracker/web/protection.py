"""What every response carries: a content security policy that lets nothing in from another host."""

import secrets

from flask import Flask, Response, abort, g, request

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def register(app: Flask) -> None:
    """Give each request a nonce and each response its headers."""
    app.before_request(_draw_nonce)
    app.before_request(_refuse_nul)
    app.after_request(_add_headers)


def _draw_nonce() -> None:
    g.nonce = secrets.token_urlsafe(16)


def _refuse_nul() -> None:
    """No person types a NUL, and not every database can hold it."""
    if any("\0" in text for text in (request.path, *request.values.values())):
        abort(400)


def _add_headers(response: Response) -> Response:
    nonce = g.get("nonce") or secrets.token_urlsafe(16)
    response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=nonce))
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    return response
