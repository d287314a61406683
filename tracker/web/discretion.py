"""What no log may hold: the token in the address of a feed or of a letter serves whoever reads it."""

import logging
import re

from flask import Flask

TOKEN = re.compile(r"(/feeds/|/account/letters/)[\w.-]{20,}")
LOGGERS = ("werkzeug", "gunicorn.access", "gunicorn.error")


class Discreet(logging.Filter):
    """Lets every record pass, without the tokens in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if TOKEN.search(said):
            record.msg, record.args = TOKEN.sub(r"\1…", said), ()
        return True


def register(app: Flask) -> None:
    """Keep tokens out of what the application and its servers log."""
    for logger in (app.logger, *map(logging.getLogger, LOGGERS)):
        if not any(isinstance(kept, Discreet) for kept in logger.filters):
            logger.addFilter(Discreet())
