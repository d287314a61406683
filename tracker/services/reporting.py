"""The periodic report: the board's figures and rows of a plan, or of a unit and those below, as values."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager

from tracker.db import db
from tracker.grants import Reach
from tracker.models import Assignment, DueChange, DueChangeKind, Plan, ProgressReport, Task, Unit
from tracker.render.periodic import Figures, Line, Report, counted_words
from tracker.rules.counting import DONE, TRACKED, Side, Tally
from tracker.rules.reporting import Period
from tracker.rules.timeliness import Outcome, days_left
from tracker.services import boards, cells
from tracker.services.hindsight import Stood, facts_on, stood, work_state
from tracker.services.selections import PAST, Selection, clause
from tracker.words import STATE_WORDS, date_words, first_moment, local_day

OUTSIDE_WORDS = {
    Side.NOT_BEGUN: "chưa bắt đầu",
    Side.STANDING: "thường xuyên",
    Side.UNDATED: "không hạn",
    Side.SUSPENDED: "tạm dừng",
    Side.CANCELLED: "đã hủy",
}


def selection_of(plan: Plan | None, unit: Unit | None) -> Selection:
    """What a report of a plan, or of a unit and those below it, or of both, speaks of."""
    return Selection(plan_id=plan.id if plan else None, unit_id=unit.id if unit else None)


def scope_words(plan: Plan | None, unit: Unit | None) -> str:
    """«Kế hoạch số 41/KH-UBND của UBND xã Suối Mây và các đơn vị trực thuộc»."""
    named = (
        f"Kế hoạch số {plan.number}" if plan and plan.number else plan.title if plan else "nhiệm vụ được giao"
    )
    return f"{named} của {unit.name} và các đơn vị trực thuộc" if unit else named


def day_told(period: Period, today: date) -> date:
    """The day whose figures a report of the period tells: its closing day, once that has passed."""
    return min(period.last, today)


@dataclass(frozen=True, slots=True)
class Glance:
    """What a page shows of a report: its figures, and the first lines of what is late and of difficulties."""

    period: str
    first: str
    last: str
    counted_at: str
    within: Figures
    everything: Figures
    overdue: Sequence[Line]
    difficulties: Sequence[Line]


def glance(
    reach: Reach,
    now: datetime,
    period: Period,
    *,
    plan: Plan | None = None,
    unit: Unit | None = None,
    day: date | None = None,
    most: int,
) -> Glance:
    """What `report` says, no more than `most` lines of each list; a fixed number of queries."""
    told = _Told(reach, local_day(now), day, most)
    everything = selection_of(plan, unit)
    return Glance(
        period=period.words,
        first=date_words(period.first),
        last=date_words(period.last),
        counted_at=told.counted_at(now),
        within=_figures("Trong kỳ", told.figures_within(everything, period)),
        everything=_figures("Lũy kế", told.figures(everything)),
        overdue=told.lines(everything.among(*PAST), _late),
        difficulties=told.difficulties(everything.among(*TRACKED), period),
    )


def report(
    reach: Reach,
    now: datetime,
    period: Period,
    *,
    plan: Plan | None = None,
    unit: Unit | None = None,
    day: date | None = None,
) -> Report:
    """What is to be reported of the plan, or of the unit and those below, as it stands at `now`, or stood at
    the end of an earlier `day`.

    All figures are those of the board for who asks; a fixed number of queries.
    """
    told = _Told(reach, local_day(now), day)
    everything = selection_of(plan, unit)
    within = _within(everything, period)
    whole = told.figures(everything)
    return Report(
        scope=scope_words(plan, unit),
        period=period.words,
        first=date_words(period.first),
        last=date_words(period.last),
        counted_at=told.counted_at(now),
        within=_figures("Trong kỳ", told.figures_within(everything, period)),
        everything=_figures("Lũy kế", whole),
        outside=[(words, whole.of(side)) for side, words in OUTSIDE_WORDS.items()],
        units=[_figures(one.unit.name, one.tally) for one in told.ranking(everything)],
        tasks=told.lines(within.among(*TRACKED), _state),
        overdue=told.lines(everything.among(*PAST), _late),
        extended=told.extended(replace(everything, extended=True)),
        excused=told.lines(replace(everything, excused=True), lambda one, how, day: one.objective_cause),
        difficulties=told.difficulties(everything.among(*TRACKED), period),
    )


Saying = Callable[[Assignment, Stood, date], str]


def _within(everything: Selection, period: Period) -> Selection:
    return replace(everything, within=(period.first, period.last))


class _Told:
    """The figures and lines of one day: of today, or by the facts of an earlier one; of each list `most`."""

    def __init__(self, reach: Reach, today: date, day: date | None, most: int | None = None):
        self.reach, self.day, self.most = reach, day or today, most
        self.facts = facts_on(self.day) if self.day < today else None

    def counted_at(self, now: datetime) -> str:
        return counted_words(now) if self.facts is None else f"hết ngày {date_words(self.day)}"

    def figures(self, selection: Selection) -> Tally:
        if self.facts is None:  # those of today are at hand
            return cells.summed(one.tally for one in cells.cells(self.reach, self.day, selection))
        return boards.figures(self.reach, self.day, selection, facts=self.facts)

    def figures_within(self, selection: Selection, period: Period) -> Tally:
        return boards.figures(self.reach, self.day, _within(selection, period), facts=self.facts)

    def ranking(self, selection: Selection) -> Sequence[boards.UnitFigures]:
        if self.facts is None:
            found = cells.cells(self.reach, self.day, selection)
            return boards.ranked({one.unit_id: one.tally for one in found})
        return boards.ranking(self.reach, self.day, selection, facts=self.facts)

    def lines(self, selection: Selection, said: Saying) -> list[Line]:
        return [_line(one, how, said(one, how, self.day)) for one, how in self._rows(selection)]

    def extended(self, selection: Selection) -> list[Line]:
        """«Từ 15/5/2026 đến 30/6/2026; đang thực hiện» of each that had more time given."""
        found = self._rows(selection)
        moves: dict[int, list[DueChange]] = defaultdict(list)
        given = select(DueChange).where(
            DueChange.kind == DueChangeKind.EXTENSION,
            DueChange.assignment_id.in_([one.id for one, _ in found]),
            DueChange.at < first_moment(self.day + timedelta(days=1)),
        )
        for change in db.session.scalars(given.order_by(DueChange.id)):
            moves[change.assignment_id].append(change)
        return [_line(one, how, f"{_moved(moves[one.id])}{_state(one, how, self.day)}") for one, how in found]

    def difficulties(self, selection: Selection, period: Period) -> list[Line]:
        """The last difficulties each assignment reported within the period."""
        meant = clause(selection, self.reach, self.day, self.facts)
        last = db.session.scalars(_difficulties(meant, period).limit(self.most)).all()
        stood_then = self._stood(selection, [one.assignment_id for one in last])
        return [_line(one.assignment, stood_then[one.assignment_id], one.difficulties) for one in last]

    def _rows(self, selection: Selection) -> list[tuple[Assignment, Stood]]:
        found = boards.rows(self.reach, self.day, selection, most=self.most, facts=self.facts)
        stood_then = self._stood(selection, [one.id for one in found])
        return [(one, stood_then[one.id]) for one in found]

    def _stood(self, selection: Selection, found: Sequence[int]) -> Mapping[int, Stood]:
        only = None if self.most is None else found  # all that is meant need not be named
        return stood(self.reach, self.day, selection, self.facts, only=only)


def _figures(name: str, tally: Tally) -> Figures:
    return Figures(
        name=name,
        total=tally.total,
        done_on_time=tally.outcome(Outcome.DONE_ON_TIME),
        done_late=tally.outcome(Outcome.DONE_LATE),
        open_on_time=tally.outcome(Outcome.OPEN_ON_TIME),
        open_overdue=tally.outcome(Outcome.OPEN_OVERDUE),
        extended=tally.extended,
        excused=tally.excused,
        share=tally.on_time_share,
    )


def _line(one: Assignment, how: Stood, said: str) -> Line:
    return Line(
        assignment_id=one.id,
        unit=one.unit.name,
        plan=one.task.plan.number or one.task.plan.title,
        task=one.task.title,
        due=date_words(how.due_on) if how.due_on else "không hạn",
        said=said,
    )


def _state(one: Assignment, how: Stood, day: date) -> str:
    done = f" ngày {date_words(how.completed_on)}" if how.side in DONE and how.completed_on else ""
    return f"{STATE_WORDS[work_state(one, how, day)]}{done}"


def _late(one: Assignment, how: Stood, day: date) -> str:
    late = f"{-days_left(how.due_on, day)} ngày" if how.due_on else ""
    return f"{late}, chờ xác nhận" if how.side is Side.WAITING_PAST else late


def _moved(changes: Sequence[DueChange]) -> str:
    first, last = changes[0].from_on, changes[-1].to_on
    return f"Từ {date_words(first)} đến {date_words(last)}; " if first and last else ""


def _difficulties(meant: ColumnElement[bool], period: Period) -> Select[ProgressReport]:
    """The last report of the period that tells of difficulties with each of what is meant."""
    last = (
        select(func.max(ProgressReport.id))
        .where(
            ProgressReport.difficulties != "",
            ProgressReport.at >= first_moment(period.first),
            ProgressReport.at < first_moment(period.last + timedelta(days=1)),
        )
        .group_by(ProgressReport.assignment_id)
    )
    return (
        select(ProgressReport)
        .join(ProgressReport.assignment)
        .join(Assignment.milestone)
        .where(meant, ProgressReport.id.in_(last))
        .order_by(Assignment.due_on, Assignment.id)
        .options(
            contains_eager(ProgressReport.assignment).joinedload(Assignment.task).joinedload(Task.plan),
            contains_eager(ProgressReport.assignment).joinedload(Assignment.unit),
        )
    )
