"""Standing tasks (thường xuyên): on each reporting day of a plan a unit answers all of them on one page."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, selectinload

from tracker.db import db
from tracker.deadlines.meaning import Kind
from tracker.grants import works_in
from tracker.models import (
    Assignment,
    Cadence,
    Milestone,
    Plan,
    StandingAnswer,
    StoredFile,
    Task,
    Unit,
    User,
)
from tracker.rules.reporting import closing_days
from tracker.rules.states import State
from tracker.services import auditing
from tracker.services.refusals import Refused
from tracker.words import date_words, local_day, nfc, time_words

MONTHS = {Cadence.MONTHLY: 1, Cadence.QUARTERLY: 3, Cadence.HALF_YEARLY: 6, Cadence.YEARLY: 12}


LONGEST = 5000  # characters of what is said of one task


@dataclass(frozen=True, slots=True)
class Answer:
    """What a unit says of one standing task: a line, a file, or both.

    `was` is the line that the page showed before something was written over it; None where nothing was shown.
    """

    text: str = ""
    file: StoredFile | None = None
    file_name: str = ""
    was: str | None = None

    @property
    def says_nothing(self) -> bool:
        """Whether there is neither a line nor a file."""
        return not self.text.strip() and self.file is None

    @property
    def untouched(self) -> bool:
        """Whether the line is the one that the page showed."""
        return self.was is not None and spelt(self.text) == spelt(self.was)


def spelt(text: str) -> str:
    """A line in the one spelling it is stored in, whatever the browser makes of the ends of its lines."""
    return "\n".join(nfc(text).strip().splitlines())


@dataclass(frozen=True, slots=True)
class Line:
    """A standing task of the unit and what it said of it on the day, if anything."""

    assignment: Assignment
    answer: StandingAnswer | None


@dataclass(frozen=True, slots=True)
class Round:
    """All standing tasks of a unit in a plan, on one reporting day."""

    plan: Plan
    day: date
    lines: Sequence[Line]

    @property
    def answered(self) -> int:
        """How many of them were answered."""
        return sum(line.answer is not None for line in self.lines)

    @property
    def whole(self) -> bool:
        """Whether every one was answered; else it is «chưa báo cáo kỳ»."""
        return self.answered == len(self.lines)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a unit answers next in a plan: on which day, of how many standing tasks; how many it did."""

    plan: Plan
    day: date
    total: int
    answered: int

    @property
    def whole(self) -> bool:
        """Whether every one was answered; else it is «chưa báo cáo kỳ»."""
        return self.answered == self.total


def reporting_days(plan: Plan, today: date) -> list[date]:
    """The reporting days of the plan since it was published, up to and including the next one.

    A plan too short to hold one reports on its last day. None for a plan that is not published.
    """
    if plan.published_at is None:
        return []
    months, first = MONTHS[plan.cadence], local_day(plan.published_at)
    year_ahead = date(max(today, first).year + 1, 12, 31)
    days = list(closing_days(months, first, min(plan.ends_on or year_ahead, year_ahead)))
    if not days and plan.ends_on is not None and plan.ends_on >= first:
        days = [plan.ends_on]
    ahead = (day for day in days if day >= today)
    return [*(day for day in days if day < today), *(day for day in [next(ahead, None)] if day)]


def rounds(unit: Unit, today: date) -> list[Outlook]:
    """For each plan with standing tasks of the unit, what it has to answer next; three queries.

    That is the reporting day last passed while something is unanswered, else the next.
    """
    by_plan: dict[int, list[tuple[int, date]]] = defaultdict(list)
    tracked = _of_standing(select(Task.plan_id, Assignment.id, Assignment.tracked_from))
    for plan_id, assignment_id, tracked_from in db.session.execute(
        tracked.where(Assignment.unit_id == unit.id)
    ):
        by_plan[plan_id].append((assignment_id, tracked_from))
    said = _answered([assignment_id for own in by_plan.values() for assignment_id, _ in own])
    plans = db.session.scalars(
        select(Plan).where(Plan.id.in_(by_plan)).order_by(Plan.issued_on, Plan.id)
    ).all()
    found = (_outlook(plan, by_plan[plan.id], said, today) for plan in plans)
    return [this for this in found if this is not None]


def _answered(ids: Sequence[int]) -> set[tuple[int, date]]:
    """The ids with each day on which something was said of it."""
    query = select(StandingAnswer.assignment_id, StandingAnswer.day)
    rows = db.session.execute(query.where(StandingAnswer.assignment_id.in_(ids)))
    return {(assignment_id, day) for assignment_id, day in rows}


def _outlook(
    plan: Plan,
    own: Sequence[tuple[int, date]],
    said: Set[tuple[int, date]],
    today: date,
) -> Outlook | None:
    possible = []
    for day in reporting_days(plan, today)[-2:]:
        asked = [assignment_id for assignment_id, tracked_from in own if tracked_from <= day]
        if asked:
            possible.append(Outlook(plan, day, len(asked), sum((one, day) in said for one in asked)))
    unanswered = (this for this in possible if not this.whole)
    return next(unanswered, possible[-1] if possible else None)


def next_day(assignment: Assignment, today: date) -> date | None:
    """The reporting day on which a standing assignment is to be answered next; None where there is none."""
    own = [(assignment.id, assignment.tracked_from)]
    said = {(assignment.id, answer.day) for answer in assignment.standing_answers}
    found = _outlook(assignment.task.plan, own, said, today)
    return found.day if found else None


def _round(plan: Plan, own: Sequence[Assignment], day: date) -> Round:
    lines = [Line(a, _answer_on(a, day)) for a in own if a.tracked_from <= day]
    return Round(plan, day, lines)


def _answer_on(assignment: Assignment, day: date) -> StandingAnswer | None:
    return next((answer for answer in assignment.standing_answers if answer.day == day), None)


def _of_standing(query: Any) -> Any:
    """What is asked, of every open standing assignment."""
    query = query.select_from(Assignment).join(Assignment.milestone).join(Assignment.task)
    return query.where(Milestone.kind == Kind.CONTINUOUS, Assignment.state == State.OPEN)


def round_on(plan: Plan, unit: Unit, day: date) -> Round:
    """All standing tasks of the unit in the plan, with what was said of each on the day."""
    own = _of_standing(select(Assignment)).where(Assignment.unit_id == unit.id, Task.plan_id == plan.id)
    own = own.order_by(Task.position, Assignment.id).options(
        contains_eager(Assignment.task).joinedload(Task.plan),
        contains_eager(Assignment.milestone),
        selectinload(Assignment.standing_answers).joinedload(StandingAnswer.by),
    )
    return _round(plan, db.session.scalars(own).all(), day)


def answer(
    plan: Plan,
    unit: Unit,
    day: date,
    answers: Mapping[int, Answer],
    *,
    actor: User,
    now: datetime,
    today: date,
) -> list[StandingAnswer]:
    """Store what the unit says of its standing tasks, by the ids of the assignments; returns what changed.

    What says nothing or nothing new is passed over, so the same page can be sent twice and can be filled in
    bit by bit. Raises Refused for a day that is no reporting day of the plan and for others' tasks.
    """
    require_reporting_day(plan, day, today)
    lines = {line.assignment.id: line for line in round_on(plan, unit, day).lines}
    if not answers.keys() <= lines.keys():
        raise Refused("Có nhiệm vụ thường xuyên không còn thuộc đơn vị. Hãy tải lại trang.")
    behalf = not works_in(actor, unit)
    for key, said in answers.items():
        sentence = objection(lines[key], said)
        if sentence:
            raise Refused(sentence)
    spoken = [
        (lines[key], said)
        for key, said in answers.items()
        if not said.says_nothing or _leaves_the_file(lines[key], said)
    ]
    changed = [_store(line, day, said, actor, now, behalf) for line, said in spoken]
    return [stored for stored in changed if stored is not None]


def require_reporting_day(plan: Plan, day: date, today: date) -> None:
    """Raises Refused for a day that is no reporting day of the plan, or one after the next."""
    if day not in reporting_days(plan, today):
        raise Refused(f"{date_words(day)} không phải ngày báo cáo của kế hoạch. Hãy chọn kỳ khác.")


def objection(line: Line, said: Answer) -> str:
    """What speaks against storing the answer, in one sentence; empty where nothing does.

    That is a line too long, one that somebody else wrote anew since the page showed it, and one that was
    emptied so that nothing would be left.
    """
    stored = line.answer
    if len(spelt(said.text)) > LONGEST:
        return f"Hãy rút ngắn, không quá {LONGEST} ký tự."
    if stored is None or said.was is None or said.untouched:
        return ""
    if spelt(stored.text) not in (spelt(said.was), spelt(said.text)):
        who = f"{stored.by.name} vừa ghi lúc {time_words(stored.at)}"
        return f"{who}: “{stored.text}”. Hãy xem lại nội dung này rồi gửi lại."
    if said.says_nothing and stored.file is None:
        return "Nội dung đã báo cáo không để trống được. Hãy ghi nội dung thay thế."
    return ""


def _leaves_the_file(line: Line, said: Answer) -> bool:
    """Whether the line was emptied beside a file that stays the answer."""
    return said.was is not None and line.answer is not None and line.answer.file is not None


def _store(
    line: Line, day: date, said: Answer, actor: User, now: datetime, behalf: bool
) -> StandingAnswer | None:
    stored = line.answer or StandingAnswer(day=day, text="", file_name="")
    before = _for_the_log(stored)
    text = stored.text if said.untouched else spelt(said.text)
    same_file = said.file is None or said.file.sha256 == stored.file_sha256
    if line.answer is not None and text == stored.text and same_file:
        return None
    stored.text, stored.by, stored.at = text, actor, now
    if said.file is not None:
        stored.file, stored.file_name = said.file, said.file_name
    if line.answer is None:
        line.assignment.standing_answers.append(stored)
    auditing.record(
        actor,
        "answer_standing",
        line.assignment,
        now=now,
        before=before or None,
        after={"day": day, "text": text, "on_behalf": behalf} | _for_the_log(stored),
    )
    return stored


def _for_the_log(answer: StandingAnswer) -> dict[str, object]:
    """The line and the file of an answer, those it has: what is written over stays provable."""
    said: dict[str, object] = {"text": answer.text} if answer.text else {}
    if answer.file is not None:
        said |= {"file": answer.file_name, "sha256": answer.file.sha256}
    return said


def silent_units(plan: Plan, day: date) -> list[tuple[Unit, int]]:
    """The units that have not answered everything on the reporting day, with how many of their tasks wait."""
    answered = select(StandingAnswer.id).where(
        StandingAnswer.assignment_id == Assignment.id, StandingAnswer.day == day
    )
    query = (
        select(Unit, func.count())
        .join(Assignment, Assignment.unit_id == Unit.id)
        .join(Task, Task.id == Assignment.task_id)
        .join(Milestone, Milestone.id == Assignment.milestone_id)
        .where(
            Task.plan_id == plan.id,
            Milestone.kind == Kind.CONTINUOUS,
            Assignment.state == State.OPEN,
            Assignment.tracked_from <= day,
            ~answered.exists(),
        )
        .group_by(Unit.id)
        .order_by(Unit.search_text)
    )
    return [(unit, count) for unit, count in db.session.execute(query)]
