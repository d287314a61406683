"""Days off as this deployment keeps them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from sqlalchemy import select

from tracker.db import db
from tracker.deadlines.workdays import DaysOff
from tracker.models import DayOff, User
from tracker.services import auditing
from tracker.services.refusals import Refused
from tracker.words import nfc

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that differs from the plain week: off on Monday to Friday, or worked on a weekend.

    `correction` is what the administrator said of it, None where the library says it by itself.
    """

    day: date
    off: bool
    correction: DayOff | None


class Listed(Protocol):
    """A day of a list: off or worked, and why."""

    @property
    def day(self) -> date: ...
    @property
    def off(self) -> bool: ...
    @property
    def name(self) -> str: ...


def calendar() -> DaysOff:
    """The library's guess with what the administrator corrected; one query."""
    return DaysOff({row.day: row.off for row in db.session.scalars(select(DayOff))})


def special_days(year: int) -> list[SpecialDay]:
    """The days of the year that differ from the plain week, and all that were corrected."""
    corrections = {row.day: row for row in db.session.scalars(select(DayOff))}
    kept = DaysOff({day: row.off for day, row in corrections.items()})
    first = date(year, 1, 1)
    days = [first + timedelta(days=number) for number in range(366)]
    return [
        SpecialDay(day, not kept.is_working(day), corrections.get(day))
        for day in days
        if day.year == year and (day in corrections or kept.is_working(day) != (day.weekday() < SATURDAY))
    ]


def correct(day: date, *, off: bool, name: str, actor: User, now: datetime) -> DayOff:
    """Say of a day whether it is off, whatever the library thinks; what was said before is replaced."""
    if not name.strip():
        raise Refused("Hãy ghi lý do, ví dụ “Nghỉ Tết theo Thông báo số 6150/TB-BNV”.")
    known = db.session.get(DayOff, day)
    row = known or DayOff(day=day)
    before = {"day": day, "off": row.off, "name": row.name} if known else {}
    row.off, row.name = off, nfc(name).strip()
    db.session.add(row)
    auditing.record(
        actor, "correct_day", actor, now=now, before=before, after={"day": day, "off": off, "name": row.name}
    )
    return row


def correct_many(days: Iterable[Listed], *, actor: User, now: datetime) -> None:
    """Say of each day of a list whether it is off, as `correct` does of one."""
    for one in days:
        correct(one.day, off=one.off, name=one.name, actor=actor, now=now)


def forget(row: DayOff, *, actor: User, now: datetime) -> None:
    """Take a correction back: the library decides of the day again."""
    before = {"day": row.day, "off": row.off, "name": row.name}
    auditing.record(actor, "forget_day", actor, now=now, before=before)
    db.session.delete(row)
