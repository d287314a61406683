"""What every response carries: a content security policy that lets nothing in from another host."""

import secrets

from flask import Flask, Response, g

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def register(app: Flask) -> None:
    """Give each request a nonce and each response its headers."""
    app.before_request(_draw_nonce)
    app.after_request(_add_headers)


def _draw_nonce() -> None:
    g.nonce = secrets.token_urlsafe(16)


def _add_headers(response: Response) -> Response:
    nonce = g.get("nonce") or secrets.token_urlsafe(16)
    response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=nonce))
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    return response
