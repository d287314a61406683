"""Every setting of a deployment: its default and its meaning, in one table."""

import os
import secrets
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class BadSetting(ValueError):
    """A setting has a value that cannot be used; the message names it and says what is expected."""


def _flag(text: str) -> bool:
    if text.lower() in {"1", "true", "yes", "on"}:
        return True
    if text.lower() in {"", "0", "false", "no", "off"}:
        return False
    raise ValueError("expected on or off")


def _choice(*allowed: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"expected one of {', '.join(allowed)}")
        return text

    return parse


def _clock_time(text: str) -> str:
    hours, _, minutes = text.partition(":")
    if not (hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < 60):
        raise ValueError("expected hours and minutes such as 07:30")
    return f"{int(hours):02d}:{int(minutes):02d}"


def _day(text: str) -> int:
    if not (text.isdigit() and 1 <= int(text) <= 31):
        raise ValueError("expected a day of the month, 1 to 31")
    return int(text)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; the environment variable of the same name wins over instance/settings.toml."""

    name: str
    default: Any
    meaning: str
    parse: Callable[[str], Any] = str


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "DATABASE_URL",
        "",
        "the database; empty means SQLite in the instance folder; postgresql://... for many hosts",
    ),
    Setting(
        "BASE_URL", "http://127.0.0.1:5000", "the address people reach the site at, used in letters and feeds"
    ),
    Setting("SERVICE_NAME", "Đúng hạn", "the name shown in the band and in letters"),
    Setting("AUTHORITY_NAME", "", "the authority shown under the name"),
    Setting("SECURE_COOKIES", True, "cookies only over https; off for a trial on plain http", _flag),
    Setting("SESSION_HOURS", 12, "hours after which a person has to log in again", int),
    Setting("INVITATION_DAYS", 7, "days after which the link of an invitation opens nothing", int),
    Setting("PASSWORD_LINK_MINUTES", 60, "minutes after which a link for a forgotten password does", int),
    Setting(
        "TRUSTED_PROXIES", 0, "how many proxies in front of the site set X-Forwarded-For and -Proto", int
    ),
    Setting("MAX_UPLOAD_MB", 50, "largest file that can be uploaded, in megabytes", int),
    Setting("MAIL_HOST", "", "the SMTP server; empty means that letters wait until one is set"),
    Setting("MAIL_PORT", 587, "its port", int),
    Setting("MAIL_SECURITY", "starttls", "none, starttls or ssl", _choice("none", "starttls", "ssl")),
    Setting("MAIL_USER", "", "the log-in name at the SMTP server; empty means no log-in"),
    Setting("MAIL_PASSWORD", "", "its password"),
    Setting("MAIL_FROM", "", "the address letters come from"),
    Setting("MAIL_CA_FILE", "", "certificates to trust beside the system's own (PEM)"),
    Setting("MAIL_TIMEOUT", 15, "seconds to wait for the SMTP server", int),
    Setting("MAIL_PER_MINUTE", 300, "most letters sent in a minute; 0 means no limit", int),
    Setting("MAIL_CATCH_FOLDER", "", "where letters are written instead of being sent; the demo uses it"),
    Setting("DIGEST_TIME", "07:30", "when the daily letters go out, Viet Nam time", _clock_time),
    Setting("REPORT_CLOSING_DAY", 14, "day of the month on which periodic reports close", _day),
    Setting("LEASE_SECONDS", 90, "seconds after which another scheduler takes over from one that died", int),
    Setting("HEADS_ONLY_SUBMIT", False, "only unit heads may submit results", _flag),
    Setting("MONITORS_DECIDE_EXTENSIONS", False, "monitors may decide requests for more time", _flag),
    Setting("ROLL_DUE_DATES", False, "a due date on a day off moves to the next working day", _flag),
    Setting("DEMO", False, "this is the demo: its pages for caught letters exist", _flag),
)


def instance_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of this deployment, made when missing: TRACKER_INSTANCE, else ./instance here."""
    folder = Path(environ.get("TRACKER_INSTANCE") or "instance").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def load(instance: Path, environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The value of every setting, from the environment, else instance/settings.toml, else its default.

    Raises BadSetting.
    """
    stored = _stored(instance / "settings.toml")
    values = {setting.name: _value(setting, stored, environ) for setting in SETTINGS}
    values["DATABASE_URL"] = database_url(values["DATABASE_URL"], instance)
    return values


def _stored(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSetting(f"{path.name} cannot be read: {error}") from error
    unknown = set(stored) - {setting.name for setting in SETTINGS}
    if unknown:
        raise BadSetting(f"{path.name} has settings that do not exist: {', '.join(sorted(unknown))}")
    return stored


def _value(setting: Setting, stored: Mapping[str, Any], environ: Mapping[str, str]) -> Any:
    if setting.name in environ:
        given: Any = environ[setting.name]
    elif setting.name in stored:
        given = stored[setting.name]
    else:
        return setting.default
    try:
        return setting.parse(str(given))
    except ValueError as error:
        raise BadSetting(f"{setting.name} is {given!r}: {error}") from error


def database_url(url: str, instance: Path) -> str:
    """The SQLAlchemy address of the database; PostgreSQL is always spoken to through psycopg 3."""
    if not url:
        return f"sqlite:///{instance / 'tracker.sqlite3'}"
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def secret_key(instance: Path) -> str:
    """The key that signs sessions: made once, kept in the instance folder, readable by its owner only."""
    path = instance / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        key = secrets.token_hex(32)
        stream.write(key)
    return key
