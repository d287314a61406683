"""Kept figures of units say what counting says, whatever was done since they were worked out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from tracker.deadlines.meaning import Kind
from tracker.grants import reach_of
from tracker.models import Assignment, DueChange, DueChangeKind, FiguresMark, Role, Submission, UnitFigures
from tracker.rules.counting import Side
from tracker.rules.states import State
from tracker.services import assigning, boards, cells, progress, units
from tracker.services.milestones import Dates
from tracker.services.selections import EVERYTHING, Selection

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
TODAY = date(2026, 6, 18)


@pytest.fixture
def top(cast):
    """What a leader of the whole province reaches."""
    return reach_of(cast.person("tinh", "Lãnh đạo tỉnh", (Role.LEADER, cast.province)))


@pytest.fixture
def mixed(cast, make_assignment, make_task, session):
    """Work of three units on every side, in several quarters."""

    def give(unit, due_on, kind=Kind.BY, **columns):
        task = make_task(leads=[unit], helpers=[], due_on=due_on, kind=kind)
        return make_assignment(task, columns={"starts_on": None} | columns)

    days = [date(2025, 11, 30), date(2026, 3, 31), date(2026, 6, 1), date(2026, 6, 20), date(2026, 9, 30)]
    made = [give(unit, day) for unit in (cast.economy, cast.culture, cast.neighbour) for day in days]
    made += [give(cast.economy, None), give(cast.culture, None, Kind.CONTINUOUS)]
    made += [give(cast.economy, day, state=State.DONE, completed_on=date(2026, 6, 14)) for day in days]
    made += [give(cast.culture, day, state=State.SUBMITTED) for day in days[1:4]]
    made += [give(cast.office, date(2030, 1, 1), starts_on=date(2029, 1, 1), objective_cause="Bão")]
    made += [give(cast.office, days[1], state=state) for state in (State.SUSPENDED, State.CANCELLED)]
    session.flush()
    return made


@pytest.fixture
def work_out(session):
    """Work out the figures of every unit, as the scheduler does."""

    def work_out(today=TODAY):
        session.flush()
        while cells.refresh(today):
            session.flush()

    return work_out


def same_as_counted(reach, selection=EVERYTHING, today=TODAY):
    """The cells, held against what is counted with nothing kept."""
    found = spread(cells.cells(reach, today, selection))
    where = cells.clause(selection, reach, today)
    told = cells._told_apart(today, selection)
    assert found == spread(cells._counted(where, today, told))
    return found


def spread(found):
    """The cells of all units in one order."""
    return sorted(f"{one.unit_id}: {cell}" for one in found for cell in one.cells)


def needy(session):
    """The units that something changed of since their figures were worked out."""
    session.flush()
    return set(session.scalars(select(FiguresMark.unit_id)))


def test_kept_figures_are_the_counted_ones(top, mixed, work_out, session, count_queries):
    before = same_as_counted(top)
    work_out()
    assert same_as_counted(top) == before and len(before) > 10
    session.execute(UnitFigures.__table__.update().values(cells=[]))  # what is kept is what is looked at
    assert cells.cells(top, TODAY, EVERYTHING) == []


def test_a_look_at_kept_figures_reads_no_assignment(top, mixed, work_out, count_queries):
    work_out()
    with count_queries() as sent:
        cells.cells(top, TODAY, EVERYTHING)
    assert not [statement for statement in sent if "FROM assignment" in statement]


@pytest.mark.parametrize(
    "choose",
    [
        lambda cast, group: Selection(unit_id=cast.commune.id),
        lambda cast, group: Selection(lead_id=cast.culture.id),
        lambda cast, group: Selection(group_id=group.id),
        lambda cast, group: Selection(quarter=TODAY),
        lambda cast, group: Selection(quarter=date(2031, 1, 1)),
        lambda cast, group: Selection(sides=frozenset({Side.OVERDUE, Side.DONE_LATE})),
        lambda cast, group: Selection(plan_id=1),
        lambda cast, group: Selection(words="niem yet"),
        lambda cast, group: Selection(excused=True),
        lambda cast, group: Selection(extended=True, quarter=TODAY),
    ],
)
def test_every_selection_is_the_sum_of_its_cells(cast, top, mixed, work_out, choose):
    group = units.add_group("Các phòng", [cast.culture], keeper=cast.commune, actor=cast.chi, now=NOW)
    work_out()
    selection = choose(cast, group)
    same_as_counted(top, selection)
    found = cells.cells(top, TODAY, selection)
    assert cells.summed(one.tally for one in found) == boards.figures(top, TODAY, selection)
    ranked = boards.ranked({one.unit_id: one.tally for one in found})
    assert ranked == boards.ranking(top, TODAY, selection)
    quarters = cells.quarters_around(TODAY)
    heat = boards.heat_map(top, TODAY, quarters, selection)
    by_quarter = {(one.unit_id, day): tally for one in found for day, tally in one.by_quarter.items()}
    assert {key: tally for key, tally in by_quarter.items() if key[1] in quarters} == heat
    week_ago = TODAY - timedelta(days=7)
    assert cells.before(found) == boards.figures_since(top, week_ago, TODAY, selection)[1]


def test_who_sees_a_part_is_told_of_that_part(cast, mixed, work_out):
    work_out()
    for person in (cast.dung, cast.chi, cast.an):
        same_as_counted(reach_of(person))


def hand_in(work, cast):
    work[0].milestone.deliverables.clear()
    progress.submit(work[0], actor=cast.an, now=NOW, note="")


def give_more_time(work, cast):
    change = {"kind": DueChangeKind.EXTENSION, "from_on": work[0].due_on, "to_on": date(2026, 7, 9)}
    work[0].due_changes.append(DueChange(**change, by=cast.dung, at=NOW))


def withdraw(work, cast):
    waiting = next(one for one in work if one.state is State.SUBMITTED)
    waiting.submissions.append(Submission(by=cast.an, at=NOW - timedelta(days=20), withdrawn_at=NOW))


def become_standing(work, cast):
    work[0].milestone.kind = Kind.CONTINUOUS


def hand_over(work, cast):
    work[0].unit = cast.office


@pytest.mark.parametrize("deed", [hand_in, give_more_time, withdraw, become_standing, hand_over])
def test_whatever_is_done_is_counted_at_once_and_kept_soon(cast, top, mixed, work_out, session, deed):
    work_out()
    assert needy(session) == set()
    before = same_as_counted(top)
    deed(mixed, cast)
    marked = needy(session)
    after = same_as_counted(top)
    assert marked and (after != before or deed is withdraw)
    work_out()
    assert needy(session) == set()
    assert same_as_counted(top) == after


def test_what_is_handed_over_marks_both_units(cast, mixed, work_out, session):
    work_out()
    hand_over(mixed, cast)
    assert needy(session) == {cast.economy.id, cast.office.id}


def test_what_changes_while_figures_are_worked_out_stays_marked(cast, mixed, session):
    session.flush()
    session.execute(FiguresMark.__table__.delete())
    first = FiguresMark(unit_id=cast.economy.id)
    session.add(first)
    session.flush()
    cells._keep([cast.economy.id], [], TODAY, marks=[])  # the mark came after these were counted
    assert needy(session) == {cast.economy.id}
    cells._keep([cast.economy.id], [], TODAY, marks=[first.id])
    assert needy(session) == set()


@pytest.fixture
def give(cast, make_task):
    """Give tasks to a unit by one statement, as a plan is given out."""

    def give(unit, *days):
        tasks = [make_task(leads=[unit], helpers=[], due_on=day) for day in days]
        rows = [
            assigning.row(
                task.milestones[0], task.leads[0], Dates(due_on=task.milestones[0].due_on), tracked_from=TODAY
            )
            for task in tasks
        ]
        return assigning.give(rows, actor=cast.chi, now=NOW)

    return give


def test_what_only_came_is_counted_alone_beside_what_is_kept(
    cast, top, mixed, work_out, give, session, count_queries
):
    work_out()
    number = cells.summed(one.tally for one in cells.cells(top, TODAY, EVERYTHING)).total
    made = give(cast.economy, date(2026, 6, 1), date(2026, 6, 20)) + give(cast.culture, date(2026, 6, 2))
    assert session.scalars(select(FiguresMark.arrivals).order_by(FiguresMark.id)).all() == [
        [made[0].id, made[1].id],
        [made[2].id],
    ]
    same_as_counted(top)
    assert cells.summed(one.tally for one in cells.cells(top, TODAY, EVERYTHING)).total == number + 3
    with count_queries() as sent:
        cells.cells(top, TODAY, EVERYTHING)
    [counting] = [statement for statement in sent if "FROM assignment" in statement]
    assert "assignment.id IN (?, ?, ?)" in counting
    work_out()
    assert needy(session) == set()
    same_as_counted(top)


def test_what_came_and_changed_is_counted_with_all_of_its_unit(cast, top, mixed, work_out, give):
    work_out()
    made = give(cast.economy, date(2026, 6, 1), date(2026, 6, 20))
    made[0].unit = cast.office
    same_as_counted(top)
    made[1].objective_cause = "Bão"
    same_as_counted(top)


def test_very_many_that_come_are_counted_with_all_of_their_units(
    cast, top, mixed, work_out, give, session, monkeypatch
):
    monkeypatch.setattr(cells, "MOST_ARRIVALS", 1)
    work_out()
    give(cast.economy, date(2026, 6, 1), date(2026, 6, 20))
    assert session.scalars(select(FiguresMark.arrivals)).all() == [None]
    same_as_counted(top)


def test_many_that_come_are_asked_for_some_at_a_time(cast, top, mixed, work_out, give, monkeypatch):
    monkeypatch.setattr(cells, "A_QUESTION", 2)
    work_out()
    give(cast.economy, *[TODAY] * 3)
    give(cast.economy, *[TODAY] * 2)
    same_as_counted(top)


def test_what_comes_while_figures_are_worked_out_is_not_counted_twice(cast, top, mixed, work_out, give):
    work_out()
    give(cast.economy, TODAY)
    found = cells._counted(Assignment.unit_id == cast.economy.id, TODAY, cells.quarters_around(TODAY))
    cells._keep([cast.economy.id], found, TODAY, marks=[])  # the mark came after the marks were looked at
    same_as_counted(top)


def test_figures_of_yesterday_do_not_hold(top, mixed, work_out):
    work_out(TODAY - timedelta(days=1))
    same_as_counted(top)
    work_out()
    assert same_as_counted(top)


def test_figures_are_worked_out_a_few_units_at_a_time(cast, mixed, monkeypatch, session):
    monkeypatch.setattr(cells, "AT_ONCE", 4)
    session.flush()
    turns = []
    while number := cells.refresh(TODAY):
        turns.append(number)
        session.flush()
    assert turns == [4, 2] and session.scalar(select(func.count()).select_from(UnitFigures)) == 6
    assert session.scalar(select(func.count()).select_from(Assignment)) == len(mixed)
