"""How often one may try within a quarter of an hour, by keys such as the name tried or the address asking."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from tracker.db import db
from tracker.models import FailedLogin
from tracker.services.refusals import Refused

THROTTLE = timedelta(minutes=15)
LONGEST_KEY = 200


class TooManyFailures(Refused):
    """Too many tries; a person has to wait."""


def refuse_beyond(limits: Mapping[str, int], sentence: str, *, now: datetime) -> None:
    """Raise TooManyFailures with the sentence where a key was counted as often as its limit of late."""
    most = {key[:LONGEST_KEY]: limit for key, limit in limits.items()}
    counted = select(FailedLogin.key, func.count()).where(
        FailedLogin.key.in_(most), FailedLogin.at > now - THROTTLE
    )
    for key, count in db.session.execute(counted.group_by(FailedLogin.key)):
        if count >= most[key]:
            raise TooManyFailures(sentence)


def count(keys: Iterable[str], *, now: datetime) -> None:
    """Count one try under each key, and forget those of long ago."""
    db.session.add_all(FailedLogin(key=key[:LONGEST_KEY], at=now) for key in keys)
    db.session.execute(delete(FailedLogin).where(FailedLogin.at < now - THROTTLE))


def forgive(key: str) -> None:
    """Begin to count the key anew."""
    db.session.execute(delete(FailedLogin).where(FailedLogin.key == key[:LONGEST_KEY]))
