"""The periodic report: the board's figures and rows of a plan, or of a unit and those below, as values."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
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

MOST_LINES = 1_000  # of a list of a report: some seconds of work, and eighty pages
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

    All figures are those of the board for who asks. Each list has at most `MOST_LINES`, so that a whole
    province's paper can be written; a fixed number of queries where none is longer.
    """
    told = _Told(reach, local_day(now), day, MOST_LINES)
    everything = selection_of(plan, unit)
    whole = told.figures(everything)
    meant = _lists(everything, period)
    lists: dict[str, list[Line]] = {
        "tasks": told.lines(meant["tasks"], _state),
        "overdue": told.lines(meant["overdue"], _late),
        "extended": told.extended(meant["extended"]),
        "excused": told.lines(meant["excused"], lambda one, how, day: one.objective_cause),
        "difficulties": told.difficulties(meant["difficulties"], period),
    }
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
        **lists,
        cut=told.cut(meant, lists, period),
    )


def lines_now(
    reach: Reach, now: datetime, period: Period, before: Report, *, plan: Plan | None, unit: Unit | None
) -> Report:
    """The report with what is said now of the tasks and of the late ones that it named, and of no others."""
    told = _Told(reach, local_day(now), None)
    meant = _lists(selection_of(plan, unit), period)
    named = {name: [line.assignment_id for line in getattr(before, name)] for name in ("tasks", "overdue")}
    return replace(
        before,
        tasks=told.lines(meant["tasks"], _state, among=named["tasks"][:MOST_LINES]),
        overdue=told.lines(meant["overdue"], _late, among=named["overdue"][:MOST_LINES]),
    )


def _lists(everything: Selection, period: Period) -> dict[str, Selection]:
    """What each list of a report is of."""
    return {
        "tasks": _within(everything, period).among(*TRACKED),
        "overdue": everything.among(*PAST),
        "extended": replace(everything, extended=True),
        "excused": replace(everything, excused=True),
        "difficulties": everything.among(*TRACKED),
    }


Saying = Callable[[Assignment, Stood, date], str]


def _within(everything: Selection, period: Period) -> Selection:
    return replace(everything, within=(period.first, period.last))


class _Told:
    """The figures and lines of one day: of today, or by the facts of an earlier one; `most` of each list."""

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

    def lines(self, selection: Selection, said: Saying, among: Collection[int] | None = None) -> list[Line]:
        return [_line(one, how, said(one, how, self.day)) for one, how in self._rows(selection, among)]

    def cut(
        self, meant: Mapping[str, Selection], lists: Mapping[str, Sequence[Line]], period: Period
    ) -> dict[str, int]:
        """How many there are of each list that has as many lines as it may, where that is not all."""
        full = [name for name, lines in lists.items() if len(lines) == self.most]
        counts = {name: self._count(name, meant[name], period) for name in full}
        return {name: count for name, count in counts.items() if count > len(lists[name])}

    def _count(self, name: str, selection: Selection, period: Period) -> int:
        where = clause(selection, self.reach, self.day, self.facts)
        counted = select(func.count()).select_from(Assignment).join(Assignment.milestone).where(where)
        if name == "difficulties":
            counted = counted.join(Assignment.progress_reports).where(_is_last_told(selection, period))
        return db.session.scalar(counted) or 0

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
        last = db.session.scalars(_difficulties(meant, selection, period).limit(self.most)).all()
        stood_then = self._stood(selection, [one.assignment_id for one in last])
        return [_line(one.assignment, stood_then[one.assignment_id], one.difficulties) for one in last]

    def _rows(
        self, selection: Selection, among: Collection[int] | None = None
    ) -> list[tuple[Assignment, Stood]]:
        named = None if among is None else Assignment.id.in_(among)
        found = boards.rows(self.reach, self.day, selection, most=self.most, facts=self.facts, among=named)
        stood_then = self._stood(selection, [one.id for one in found])
        return [(one, stood_then[one.id]) for one in found]

    def _stood(self, selection: Selection, found: Sequence[int]) -> Mapping[int, Stood]:
        return stood(self.reach, self.day, selection, self.facts, only=found) if found else {}


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


def _is_last_told(selection: Selection, period: Period) -> ColumnElement[bool]:
    """Whether a report of progress is the last of its assignment that tells of difficulties in the period.

    Of a plan, only what is said of it is looked through.
    """
    last = (
        select(func.max(ProgressReport.id))
        .where(
            ProgressReport.difficulties != "",
            ProgressReport.at >= first_moment(period.first),
            ProgressReport.at < first_moment(period.last + timedelta(days=1)),
        )
        .group_by(ProgressReport.assignment_id)
    )
    if selection.plan_id is not None:
        of_plan = select(Assignment.id).join(Assignment.task).where(Task.plan_id == selection.plan_id)
        last = last.where(ProgressReport.assignment_id.in_(of_plan))
    return ProgressReport.id.in_(last)


def _difficulties(meant: ColumnElement[bool], selection: Selection, period: Period) -> Select[ProgressReport]:
    """The last report of the period that tells of difficulties with each of what is meant."""
    return (
        select(ProgressReport)
        .join(ProgressReport.assignment)
        .join(Assignment.milestone)
        .where(meant, _is_last_told(selection, period))
        .order_by(Assignment.due_on, Assignment.id)
        .options(
            contains_eager(ProgressReport.assignment).joinedload(Assignment.task).joinedload(Task.plan),
            contains_eager(ProgressReport.assignment).joinedload(Assignment.unit),
        )
    )
