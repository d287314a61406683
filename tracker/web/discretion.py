"""What no log may hold: the token in the address of a feed or of a letter serves whoever reads it."""

import logging
import re

from flask import Flask

TOKEN = re.compile(r"(/feeds/|/account/letters/|/links/)(?:\d+\.)?[\w-]{20,}")
LOGGERS = ("werkzeug", "gunicorn.access", "gunicorn.error")


class Discreet(logging.Filter):
    """Lets every record pass, without the tokens in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if TOKEN.search(said):
            record.msg, record.args = without_tokens(said), ()
        return True


def without_tokens(text: str) -> str:
    """The text with every token in it left out: «…/links/…»."""
    return TOKEN.sub(r"\1…", text)


def register(app: Flask) -> None:
    """Keep tokens out of what the application and its servers log, and give pages the filter for it."""
    app.jinja_env.filters["without_tokens"] = without_tokens
    for logger in (app.logger, *map(logging.getLogger, LOGGERS)):
        if not any(isinstance(kept, Discreet) for kept in logger.filters):
            logger.addFilter(Discreet())
