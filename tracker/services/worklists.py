"""Lists of assignments in the groups a unit works by, most urgent first."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, true, union_all

from tracker.db import db
from tracker.grants import WORKERS, Reach
from tracker.models import Assignment, Milestone, PartyRole, Plan, Task, TaskParty
from tracker.rules.states import State
from tracker.services import groups, people
from tracker.services.groups import ALWAYS_DATED, GROUPS, OPEN_GROUPS, Group
from tracker.services.listing import WHOLE, listed
from tracker.visibility import visible_to
from tracker.words import fold

MOST = 50  # rows of a group shown on the page of all groups
FEW = 3_000  # assignments that are put in order here and not by the database
NOBODY = 0  # in place of a person's id: named to nobody yet


class Part(StrEnum):
    """Which part the person's own units have in the work: they lead it, they help, or it is only seen."""

    LEAD = "lead"
    COORDINATING = "coordinating"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; `words` are searched in titles and plan numbers, without diacritics.

    `figure` is one of those that people are counted by.
    """

    part: Part = Part.ALL
    words: str = ""
    plan_id: int | None = None
    unit_id: int | None = None
    responsible_id: int | None = None
    group: Group | None = None
    figure: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A group of a list: how many there are, and the first of them."""

    group: Group
    total: int
    assignments: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A group of a list: how many there are, and the ids of those that are shown, in their order."""

    group: Group
    total: int
    ids: tuple[int, ...]


def chosen(reach: Reach, today: date, filters: Filters, *, most: int = MOST, page: int = 1) -> list[Chosen]:
    """The groups that are not empty, in order, with a page of `most` ids each; at most three queries."""
    few = _all_of_few(reach, today, filters)
    if few is not None:
        return [Chosen(one, len(ids), tuple(_page(ids, most, page))) for one, ids in few.items()]
    totals = _totals(reach, today, filters)
    parts = []
    for present in sorted(totals, key=list(Group).index):
        first = _first(present, totals[present], reach, today, filters, most, page)
        parts.append(select(literal(present.value), first.subquery().c.id))
    ids: dict[str, list[int]] = {}
    for name, assignment_id in db.session.execute(union_all(*parts)):
        ids.setdefault(name, []).append(assignment_id)
    return [Chosen(one, totals[one], tuple(ids.get(one.value, ()))) for one in Group if one in totals]


def _first(
    group: Group, total: int, reach: Reach, today: date, filters: Filters, most: int, page: int
) -> Select:
    """The ids on a page of the group: no more than there are, so that nobody looks further for them."""
    after = _after(total, most, page)
    narrowed = _narrowed(select(Assignment.id), reach, filters, today, kinds=_asks_kinds(group))
    found = narrowed.where(*groups.clause(group, today)).order_by(*groups.order(group))
    return found.limit(min(most, total - after)).offset(after)


def _all_of_few(reach: Reach, today: date, filters: Filters) -> dict[Group, list[int]] | None:
    """All ids by group in their order, where they are few enough to be put in order here; one query.

    The order is what `groups.order` says of each group.
    """
    columns = Assignment.id, groups.column(today), Assignment.due_on, Assignment.completed_on
    query = _narrowed(select(*columns), reach, filters, today, kinds=True).limit(FEW + 1)
    rows = db.session.execute(query).all()
    if len(rows) > FEW:
        return None
    found: dict[str, list[tuple[int, bool, date, int]]] = defaultdict(list)
    for assignment_id, name, due_on, completed_on in rows:
        newest_first = -completed_on.toordinal() if name == Group.DONE and completed_on else 0
        if name == Group.STANDING:  # a day of one that once was dated says nothing
            due_on = None
        found[name].append((newest_first, due_on is None, due_on or date.max, assignment_id))
    present = (group for group in Group if group in found)
    return {group: [place[-1] for place in sorted(found[group])] for group in present}


def _page(ids: Sequence[int], most: int, page: int) -> Sequence[int]:
    after = _after(len(ids), most, page)
    return ids[after : after + most]


def _after(total: int, most: int, page: int) -> int:
    """How many stand before the page; before the last one where there are not so many pages."""
    return min(max(1, page) - 1, (total - 1) // most) * most


def _totals(reach: Reach, today: date, filters: Filters) -> dict[Group, int]:
    """How many stand in each group that is not empty; two queries at most.

    All are counted by state and day, which an index answers; then the few that this does not tell right.
    """
    if filters.group is not None:
        total = _total(filters.group, reach, today, filters)
        return {filters.group: total} if total else {}
    totals: Counter[Group] = Counter()
    by = Assignment.state, Assignment.due_on
    plain = _narrowed(select(*by, func.count()), reach, filters, today, kinds=False).group_by(*by)
    for state, due_on, number in db.session.execute(plain):
        totals[groups.plain(state, due_on, today)] += number
    group = groups.column(today, of_many=True).label("group")
    special = _narrowed(select(group, *by, func.count()), reach, filters, today, kinds=True)
    for name, state, due_on, number in db.session.execute(
        special.where(groups.is_special()).group_by(group, *by)
    ):
        totals[groups.plain(state, due_on, today)] -= number
        totals[GROUPS[name]] += number
    return {group: total for group, total in totals.items() if total}


def _total(group: Group, reach: Reach, today: date, filters: Filters) -> int:
    """How many stand in one group: counted alone where no rule has to be asked of each of a great many."""
    if group is Group.OVERDUE or group not in ALWAYS_DATED:
        return db.session.scalar(_narrowed(select(func.count()), reach, filters, today)) or 0
    return _totals(reach, today, replace(filters, group=None)).get(group, 0)


def sections(
    reach: Reach, today: date, filters: Filters, *, most: int = MOST, page: int = 1
) -> list[Section]:
    """`chosen` with the assignments themselves and all that belongs to them; a fixed number of queries."""
    found = chosen(reach, today, filters, most=most, page=page)
    query = select(Assignment).where(Assignment.id.in_(_ids(found))).options(*WHOLE)
    return _filled(found, db.session.scalars(query))


def listed_sections(
    reach: Reach, today: date, filters: Filters, *, most: int = MOST, page: int = 1
) -> list[Section]:
    """`sections` to be looked at: its assignments are read in columns."""
    found = chosen(reach, today, filters, most=most, page=page)
    return _filled(found, listed(_ids(found)))


def helps(reach: Reach, today: date) -> bool:
    """Whether the person's units coordinate in anything; one query."""
    query = _narrowed(select(Assignment.id), reach, Filters(part=Part.COORDINATING), today)
    return db.session.scalar(query.limit(1)) is not None


def _ids(found: Iterable[Chosen]) -> list[int]:
    return [number for one in found for number in one.ids]


def _filled(found: Iterable[Chosen], assignments: Iterable[Assignment]) -> list[Section]:
    by_id = {assignment.id: assignment for assignment in assignments}
    return [Section(one.group, one.total, tuple(by_id[number] for number in one.ids)) for one in found]


def _narrowed(
    query: Select, reach: Reach, filters: Filters, today: date, *, kinds: bool | None = None
) -> Select:
    """What the filters leave; joined with milestones where `kinds` of them are asked for, here or by them.

    Where it is not said whether they are, the group of the filters tells.
    """
    query = query.select_from(Assignment).where(visible_to(reach))
    if kinds is None:
        kinds = filters.group is None or _asks_kinds(filters.group)
    if kinds or filters.figure is not None:
        query = query.join(Milestone)
    query = query.where(_part(reach, filters.part))
    if filters.plan_id is not None or filters.words:
        query = query.where(Assignment.task_id.in_(_tasks(filters)))
    if filters.unit_id is not None:
        query = query.where(Assignment.unit_id == filters.unit_id)
    if filters.responsible_id is not None:
        query = query.where(Assignment.responsible_id.is_not_distinct_from(filters.responsible_id or None))
    if filters.figure is not None:
        query = query.where(people.FIGURES[filters.figure](today))
    if filters.group is not None:
        query = query.where(*groups.clause(filters.group, today))
    return query


def _asks_kinds(group: Group) -> bool:
    """Whether the clause of the group speaks of milestones."""
    return group in OPEN_GROUPS and group is not Group.OVERDUE


def _tasks(filters: Filters) -> Select:
    """The tasks of the plan that hold each of the words: they are few, so they are found first."""
    query = select(Task.id).join(Plan)
    if filters.plan_id is not None:
        query = query.where(Task.plan_id == filters.plan_id)
    for word in fold(filters.words).split():
        held = (column.contains(word, autoescape=True) for column in (Task.search_text, Plan.search_text))
        query = query.where(or_(*held))
    return query


def _part(reach: Reach, part: Part) -> ColumnElement[bool]:
    own = reach.covered(*WORKERS)
    helped = select(TaskParty.task_id).where(
        TaskParty.unit_id.in_(own), TaskParty.role == PartyRole.COORDINATING
    )
    return {
        Part.LEAD: Assignment.unit_id.in_(own),
        Part.COORDINATING: and_(Assignment.task_id.in_(helped), Assignment.unit_id.not_in(own)),
        Part.ALL: true(),
    }[part]


def overdue(reach: Reach, today: date) -> ColumnElement[bool]:
    """The WHERE clause of the assignments open past their day that the person may see."""
    return (Assignment.state == State.OPEN) & (Assignment.due_on < today) & visible_to(reach)


def count_overdue(reach: Reach, today: date) -> int:
    """How many assignments are open past their day; one query."""
    return db.session.scalar(select(func.count()).select_from(Assignment).where(overdue(reach, today))) or 0
