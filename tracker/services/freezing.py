"""Freezing a report (chốt số liệu): it keeps its figures, rows and paper; later changes stand beside it."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tracker.db import db
from tracker.files import FileStore
from tracker.grants import OVERSEERS, Reach
from tracker.models import FrozenReport, Plan, Unit
from tracker.render.official import official_bytes
from tracker.render.periodic import Figures, Line, Report, periodic_paper
from tracker.rules.reporting import Period
from tracker.services import auditing, filing, reporting
from tracker.services.issuing import issuer_of
from tracker.words import local_day

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LARGEST = 100 * 1024 * 1024  # bytes of a paper
DAYS_LATE = re.compile(r"^\d+ ngày")
LISTS = ("tasks", "overdue", "extended", "excused", "difficulties")


@dataclass(frozen=True, slots=True)
class Change:
    """What a task of the report was said to be and is now; empty where it was not, or is no more, in it."""

    task: str
    unit: str
    before: str
    after: str


def freeze(
    reach: Reach,
    period: Period,
    issuer: Unit,
    *,
    plan: Plan | None,
    unit: Unit | None,
    store: FileStore,
    now: datetime,
) -> FrozenReport:
    """Keep the report as it stands at `now`, or, once the period has closed, as it stood then; freezing the
    same again makes a version beside the old one."""
    day = reporting.day_told(period, local_day(now))
    told = reporting.report(reach, now, period, plan=plan, unit=unit, day=day)
    content = official_bytes(periodic_paper(told, issuer_of(issuer), now), now=now)
    with store.staged(io.BytesIO(content), limit_bytes=LARGEST) as staged:
        file = filing.keep(store, staged, DOCX, now=now)
    key = f"{issuer.id}.{plan.id if plan else 0}.{unit.id if unit else 0}.{period.code}"
    last = db.session.scalar(select(func.max(FrozenReport.version)).where(FrozenReport.key == key)) or 0
    frozen = FrozenReport(
        key=key,
        version=last + 1,
        period=period.code,
        issuer=issuer,
        plan=plan,
        unit=unit,
        content=asdict(told),
        file=file,
        by=reach.user,
        at=now,
    )
    db.session.add(frozen)
    after = {"period": period.code, "version": frozen.version}
    auditing.record(reach.user, "freeze", frozen, now=now, after=after)
    return frozen


def frozen_in_sight(reach: Reach) -> Sequence[FrozenReport]:
    """The frozen reports of units the person oversees, the newest first; two queries at most."""
    query = (
        select(FrozenReport)
        .where(FrozenReport.issuer_id.in_(reach.covered(*OVERSEERS)))
        .order_by(FrozenReport.id.desc())
        .options(joinedload(FrozenReport.by))
    )
    return db.session.scalars(query).all()


def content_of(frozen: FrozenReport) -> Report:
    """The report as it was frozen."""
    kept: dict[str, Any] = dict(frozen.content)
    for name in ("within", "everything"):
        kept[name] = Figures(**kept[name])
    kept["units"] = [Figures(**one) for one in kept["units"]]
    for name in LISTS:
        kept[name] = [Line(**one) for one in kept[name]]
    return Report(**kept)


def changes(before: Report, after: Report) -> list[Change]:
    """What is said otherwise now of the tasks of the period, and of others that were late: that a late one is
    so for more days is no change."""
    within = {line.assignment_id for line in (*before.tasks, *after.tasks)}
    others = [[line for line in one.overdue if line.assignment_id not in within] for one in (before, after)]
    return [*_changes(before.tasks, after.tasks), *_changes(*others)]


def _changes(before: Sequence[Line], after: Sequence[Line]) -> Iterator[Change]:
    old = {line.assignment_id: line for line in before}
    new = {line.assignment_id: line for line in after}
    for number in dict.fromkeys([*old, *new]):
        was, now = old.get(number), new.get(number)
        line = now or was
        if line is not None and _without_days(was) != _without_days(now):
            yield Change(line.task, line.unit, _said(was), _said(now))


def _said(line: Line | None) -> str:
    return f"{line.said}, hạn cuối {line.due}" if line else ""


def _without_days(line: Line | None) -> str:
    return DAYS_LATE.sub("", _said(line))
