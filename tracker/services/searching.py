"""One search over plans, tasks, units, people and document numbers; diacritics and đ are ignored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload, selectinload

from tracker.access import sees_until
from tracker.db import db
from tracker.grants import Reach
from tracker.models import Alias, Assignment, Evidence, Grant, Plan, Role, Task, Unit, User
from tracker.visibility import plans_with_a_task_seen, tasks_visible_to, visible_to
from tracker.words import fold, nfc

PLAN = ["ke", "hoach"]  # what people put before the number of a plan
MOST = 8  # shown of a kind; where there are more, the lists take over
LONGEST = 200  # letters of what is searched for

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Found(Generic[Kind]):
    """The first things of a kind that were found, and whether there are more."""

    things: Sequence[Kind]
    more: bool


class Only(NamedTuple):
    """The one assignment that a person sees of a task."""

    id: int
    unit_name: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Part:
    """What a person sees of a task: how many assignments of how many units, and it where it is only one."""

    assignments: int
    units: int
    only: Only | None


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, by kind. `parts` says what the person sees of the tasks, by the task's id."""

    plans: Found[Plan]
    tasks: Found[Task]
    parts: Mapping[int, Part]
    units: Found[Unit]
    people: Found[User]
    documents: Found[Evidence]

    @property
    def empty(self) -> bool:
        """Whether nothing was found."""
        kinds = (self.plans, self.tasks, self.units, self.people, self.documents)
        return not any(found.things for found in kinds)


def search(text: str, reach: Reach, most: int = MOST) -> Results:
    """What of each kind holds every word of the text, as far as the person may see it; `most` of a kind.

    A fixed number of queries. A text without words finds nothing.
    """
    words = words_of(text)
    tasks = _first(_tasks(words, reach), most)
    return Results(
        plans=_first(_plans(_of_a_plan(words), reach), most),
        tasks=tasks,
        parts=_parts(tasks.things, reach),
        units=_first(_units(words, reach), most),
        people=_first(_people(words), most) if reach.holds(Role.ADMINISTRATOR) else Found([], False),
        documents=_documents(words, reach, most),
    )


def words_of(text: str) -> list[str]:
    """The folded words of what was typed."""
    return fold(nfc(text[:LONGEST])).split()


def _of_a_plan(words: list[str]) -> list[str]:
    """«kế hoạch số 41» -> what is looked for among plans, which do not call themselves so: «41»."""
    if words[: len(PLAN)] != PLAN:
        return words
    rest = words[len(PLAN) :]
    return (rest[1:] if rest[:1] == ["so"] and len(rest) > 1 else rest) or words


def _first(query: Select, most: int) -> Found:
    things = db.session.scalars(query.limit(most + 1)).unique().all()
    return Found(things[:most], len(things) > most)


def _holds(column: InstrumentedAttribute[str], words: Sequence[str]) -> ColumnElement[bool]:
    """Whether the column holds every word; without words nothing does."""
    return and_(*(column.contains(word, autoescape=True) for word in words)) if words else false()


def _plans(words: Sequence[str], reach: Reach) -> Select:
    query = select(Plan).where(_holds(Plan.search_text, words), plans_with_a_task_seen(reach))
    return query.order_by(Plan.issued_on.desc(), Plan.id.desc())


def _tasks(words: Sequence[str], reach: Reach) -> Select:
    """Tasks whose title holds some of the words, and their plan the others, those stored last first.

    That is the order in which the database has them: the first of a common word are there without it
    looking at all others.
    """
    task, plan = Task.search_text, Plan.search_text
    some = or_(false(), *(task.contains(word, autoescape=True) for word in words))
    each = (or_(task.contains(word, autoescape=True), plan.contains(word, autoescape=True)) for word in words)
    query = select(Task).join(Task.plan).where(some, *each, tasks_visible_to(reach))
    return query.options(contains_eager(Task.plan)).order_by(Task.id.desc())


def _parts(tasks: Sequence[Task], reach: Reach) -> Mapping[int, Part]:
    """What the person sees of the tasks found, by the task's id; one query: the least of one is that one."""
    counted = (
        select(
            Assignment.task_id,
            func.count(),
            func.count(Assignment.unit_id.distinct()),
            func.min(Assignment.id),
            func.min(Unit.name),
            func.min(Assignment.due_on),
        )
        .join(Assignment.unit)
        .where(Assignment.task_id.in_([task.id for task in tasks]), visible_to(reach))
        .group_by(Assignment.task_id)
    )
    return {
        task_id: Part(count, units, Only(first, name, due_on) if count == 1 else None)
        for task_id, count, units, first, name, due_on in db.session.execute(counted)
    }


def _units(words: Sequence[str], reach: Reach) -> Select:
    """Units by their name or another name of theirs, within what the person's roles cover."""
    called = select(Alias.unit_id).where(_holds(Alias.search_text, words))
    query = select(Unit).where(or_(_holds(Unit.search_text, words), Unit.id.in_(called)))
    return query.where(_covered(Unit.id, reach)).options(joinedload(Unit.parent)).order_by(Unit.search_text)


def _covered(column: InstrumentedAttribute[int], reach: Reach) -> ColumnElement[bool]:
    return true() if reach.holds(Role.ADMINISTRATOR) else column.in_(reach.covered(*Role))


def _people(words: Sequence[str]) -> Select:
    """People by their name or the name they log in by; accounts are the administrators' alone."""
    named = or_(_holds(User.search_text, words), _holds(User.username, words))
    return (
        select(User)
        .where(named)
        .options(selectinload(User.grants).joinedload(Grant.unit))
        .order_by(User.search_text)
    )


def _documents(words: Sequence[str], reach: Reach, most: int) -> Found[Evidence]:
    """Evidence by the number of its document, the newest first. A number has figures.

    Numbers are stored as written: of capitals and đ the database makes what `fold` makes. The figures are
    asked for first, as they are: that alone leaves out most rows.
    """
    figures = [word for word in words if any(letter.isdigit() for letter in word)]
    if not figures:
        return Found([], False)
    number = Evidence.document_number
    folded = func.lower(func.replace(func.replace(number, "Đ", "D"), "đ", "d"))
    seen = select(Assignment.id).where(Assignment.id == Evidence.assignment_id, visible_to(reach))
    query = (
        select(Evidence)
        .where(
            number != "",
            *(number.contains(part) for word in figures for part in _figures(word)),
            *(folded.contains(word, autoescape=True) for word in words),
            Evidence.removed_at.is_(None),
            seen.correlate(Evidence).exists(),
        )
        .options(
            joinedload(Evidence.assignment).options(
                joinedload(Assignment.unit),
                joinedload(Assignment.task).options(joinedload(Task.plan), selectinload(Task.parties)),
                selectinload(Assignment.former_leads),
            )
        )
        .order_by(Evidence.id.desc())
    )
    found = _first(query, most)
    return Found([piece for piece in found.things if _is_seen(piece, reach)], found.more)


def _figures(word: str) -> list[str]:
    """«175/kh» -> ["175"]."""
    return "".join(letter if letter.isdigit() else " " for letter in word).split()


def _is_seen(piece: Evidence, reach: Reach) -> bool:
    """Whether it was there while a unit that the work was taken from still had it."""
    until = sees_until(reach, piece.assignment)
    return until is None or piece.at <= until
