"""The time of the wall. Only doors (a view, a command, a job) ask it; everything below is told."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today's date in Viet Nam."""
    return now().astimezone(HANOI).date()
