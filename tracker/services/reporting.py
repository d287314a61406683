"""The periodic report: the board's figures and rows of a plan, or of a unit and those below, as values."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager

from tracker.db import db
from tracker.grants import Reach
from tracker.models import Assignment, DueChange, DueChangeKind, Plan, ProgressReport, Task, Unit
from tracker.render.periodic import Figures, Line, Report, counted_words
from tracker.rules.counting import TRACKED, Side, Tally
from tracker.rules.reporting import Period
from tracker.rules.timeliness import Outcome, days_left
from tracker.services import boards, status
from tracker.services.selections import Selection, clause
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


def report(
    reach: Reach, now: datetime, period: Period, *, plan: Plan | None = None, unit: Unit | None = None
) -> Report:
    """What is to be reported of the plan, or of the unit and those below, as it stands at `now`.

    All figures are those of the board for who asks; a fixed number of queries.
    """
    today = local_day(now)
    everything = selection_of(plan, unit)
    within = replace(everything, within=(period.first, period.last))
    whole = boards.figures(reach, today, everything)

    def lines(selection: Selection, said: Callable[[Assignment, date], str]) -> list[Line]:
        return [_line(one, said(one, today)) for one in boards.rows(reach, today, selection)]

    return Report(
        scope=scope_words(plan, unit),
        period=period.words,
        first=date_words(period.first),
        last=date_words(period.last),
        counted_at=counted_words(now),
        within=_figures("Trong kỳ", boards.figures(reach, today, within)),
        everything=_figures("Lũy kế", whole),
        outside=[(words, whole.of(side)) for side, words in OUTSIDE_WORDS.items()],
        units=[_figures(one.unit.name, one.tally) for one in boards.ranking(reach, today, everything)],
        tasks=lines(within.among(*TRACKED), _state),
        overdue=lines(everything.among(Side.OVERDUE, Side.WAITING_PAST), _late),
        extended=_extended(boards.rows(reach, today, replace(everything, extended=True)), today),
        excused=lines(replace(everything, excused=True), lambda one, today: one.objective_cause),
        difficulties=_difficulties(clause(everything.among(*TRACKED), reach, today), period),
    )


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


def _line(one: Assignment, said: str) -> Line:
    return Line(
        assignment_id=one.id,
        unit=one.unit.name,
        plan=one.task.plan.number or one.task.plan.title,
        task=one.task.title,
        due=date_words(one.due_on) if one.due_on else "không hạn",
        said=said,
    )


def _state(one: Assignment, today: date) -> str:
    done = f" ngày {date_words(one.completed_on)}" if one.completed_on else ""
    return f"{STATE_WORDS[status.state(one, today)]}{done}"


def _late(one: Assignment, today: date) -> str:
    late = f"{-days_left(one.due_on, today)} ngày" if one.due_on else ""
    return late if one.completed_on or status.submitted_on(one) is None else f"{late}, chờ xác nhận"


def _extended(found: Sequence[Assignment], today: date) -> list[Line]:
    """«Từ 15/5/2026 đến 30/6/2026; đang thực hiện» of each that had more time given."""
    moves: dict[int, list[DueChange]] = defaultdict(list)
    given = select(DueChange).where(
        DueChange.kind == DueChangeKind.EXTENSION, DueChange.assignment_id.in_([one.id for one in found])
    )
    for change in db.session.scalars(given.order_by(DueChange.id)):
        moves[change.assignment_id].append(change)
    return [_line(one, f"{_moved(moves[one.id])}{_state(one, today)}") for one in found]


def _moved(changes: Sequence[DueChange]) -> str:
    first, last = changes[0].from_on, changes[-1].to_on
    return f"Từ {date_words(first)} đến {date_words(last)}; " if first and last else ""


def _difficulties(meant: ColumnElement[bool], period: Period) -> list[Line]:
    """The last difficulties each assignment reported within the period."""
    told = (
        select(ProgressReport)
        .join(ProgressReport.assignment)
        .join(Assignment.milestone)
        .where(
            meant,
            ProgressReport.difficulties != "",
            ProgressReport.at >= first_moment(period.first),
            ProgressReport.at < first_moment(period.last + timedelta(days=1)),
        )
        .order_by(Assignment.due_on, Assignment.id, ProgressReport.id)
        .options(
            contains_eager(ProgressReport.assignment).joinedload(Assignment.task).joinedload(Task.plan),
            contains_eager(ProgressReport.assignment).joinedload(Assignment.unit),
        )
    )
    last = {one.assignment_id: one for one in db.session.scalars(told)}
    return [_line(one.assignment, one.difficulties) for one in last.values()]
