"""The web application, put together: settings, database, log-in, rooms, error pages."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker import config, web
from tracker.db import db
from tracker.files import FileStore
from tracker.paths import resource
from tracker.services.previewing import Previews

MEGABYTE = 1024 * 1024


def create_app(instance: Path | None = None, **overrides: Any) -> Flask:
    """The application of an instance folder (by default the one of the environment); `overrides` win.

    Raises config.BadSetting.
    """
    folder = instance or config.instance_folder(os.environ)
    app = Flask("tracker", template_folder=str(resource("templates")), instance_path=str(folder))
    _configure_settings(app, folder, overrides)
    _configure_database(app)
    app.extensions["file_store"] = store = FileStore(folder / "files")
    app.extensions["previews"] = Previews(store, folder / "previews")
    _configure_protection(app)
    web.register(app)
    return app


def _configure_settings(app: Flask, folder: Path, overrides: dict[str, Any]) -> None:
    app.config.update(config.load(folder, os.environ), SECRET_KEY=config.secret_key(folder))
    app.config.update(overrides)
    secure = app.config["SECURE_COOKIES"]
    app.config.update(
        SQLALCHEMY_DATABASE_URI=app.config["DATABASE_URL"],
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="__Host-session" if secure else "session",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=app.config["SESSION_HOURS"]),
        # Room for the fields of a form beside a file of the largest size.
        MAX_CONTENT_LENGTH=(app.config["MAX_UPLOAD_MB"] + 1) * MEGABYTE,
        MAX_FORM_PARTS=5000,
        BOOTSTRAP_SERVE_LOCAL=True,
        WTF_CSRF_TIME_LIMIT=None,
    )


def _configure_database(app: Flask) -> None:
    db.init_app(app)
    Migrate(app, db, directory=str(resource("migrations")))


def _configure_protection(app: Flask) -> None:
    CSRFProtect(app)
    Bootstrap5(app)
    proxies = app.config["TRUSTED_PROXIES"]
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
