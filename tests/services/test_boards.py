"""Figures, ranking, heat map and the rows behind them, for whoever may see them, in few queries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tracker.deadlines.meaning import Kind
from tracker.grants import reach_of
from tracker.models import Assignment, DueChange, DueChangeKind, Milestone, Review, ReviewOutcome, Submission
from tracker.rules.counting import Side, side
from tracker.rules.states import State
from tracker.services import boards, units
from tracker.services.selections import Selection, side_column

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
TODAY = date(2026, 6, 18)
FIRST, SECOND, THIRD = date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)


@pytest.fixture
def plan(make_plan):
    """The plan of most assignments here."""
    return make_plan()


@pytest.fixture
def give(plan, make_task, make_assignment):
    """A factory of assignments of the plan to a unit, due on a day, with columns of their own."""

    def give(unit, due_on=date(2026, 6, 30), count=1, *, kind=Kind.BY, plan=plan, title="Rà soát", **columns):
        return [
            make_assignment(
                make_task(plan, leads=[unit], helpers=[], due_on=due_on, kind=kind, title=title),
                columns=columns,
            )
            for _ in range(count)
        ]

    return give


def done(day):
    return {"state": State.DONE, "completed_on": day}


@pytest.fixture
def leader(cast):
    """What Dũng, who leads the commune, reaches."""
    return reach_of(cast.dung)


def test_the_figures_of_all_a_leader_sees(cast, give, leader, session, make_plan):
    give(cast.economy, **done(date(2026, 6, 30)), count=3)
    give(cast.economy, **done(date(2026, 7, 1)))
    [late] = give(cast.culture, date(2026, 5, 31), objective_cause="Thiên tai.")
    give(cast.culture, date(2026, 6, 10))
    give(cast.culture, date(2026, 12, 31), starts_on=date(2026, 7, 1))
    give(cast.culture, None, kind=Kind.CONTINUOUS)
    give(cast.neighbour, date(2026, 1, 31), plan=make_plan("7/KH-UBND", watching_unit=cast.neighbour))
    session.add(
        DueChange(assignment=late, kind=DueChangeKind.EXTENSION, to_on=late.due_on, by=cast.dung, at=NOW)
    )
    board = boards.figures(leader, TODAY)
    assert dict(board.sides) == {
        Side.DONE_ON_TIME: 3,
        Side.DONE_LATE: 1,
        Side.OVERDUE: 2,
        Side.NOT_BEGUN: 1,
        Side.STANDING: 1,
    }
    assert (board.total, board.on_time_share) == (6, 50.0)
    assert (board.oldest_overdue, board.extended, board.excused) == (date(2026, 5, 31), 1, 1)


def test_a_board_of_nothing(leader):
    board = boards.figures(leader, TODAY)
    assert (board.total, board.on_time_share, board.oldest_overdue) == (0, None, None)
    assert boards.ranking(leader, TODAY) == []
    assert boards.heat_map(leader, TODAY, []) == {}


def test_the_column_agrees_with_the_rule(cast, give, session):
    days = [None, *(TODAY + timedelta(days=n) for n in (-30, -1, 0, 1, 7, 8, 90))]
    for due_on in days:
        for starts_on in (None, TODAY, TODAY + timedelta(days=1)):
            if starts_on and (due_on is None or due_on < starts_on):
                continue
            for state in State:
                for completed_on in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
                    columns = {"state": state, "starts_on": starts_on}
                    columns |= {"completed_on": completed_on} if state is State.DONE else {}
                    give(cast.economy, due_on, **columns)
    for state in set(State) - {State.DONE}:
        give(cast.economy, None, kind=Kind.CONTINUOUS, state=state)
    query = select(Assignment, Milestone.kind, side_column(TODAY)).join(Milestone)
    found = session.execute(query).all()
    assert len(found) > 100
    for assignment, kind, named in found:
        assert named == side(
            assignment.state,
            standing=kind is Kind.CONTINUOUS,
            starts_on=assignment.starts_on,
            due_on=assignment.due_on,
            completed_on=assignment.completed_on,
            today=TODAY,
        )


@pytest.mark.parametrize("chosen", Side)
def test_every_figure_is_exactly_the_rows_it_counts(cast, give, leader, chosen):
    give(cast.economy, **done(date(2026, 6, 1)))
    give(cast.economy, **done(date(2026, 7, 1)))
    for due_on in (date(2026, 5, 1), date(2026, 6, 20), date(2026, 9, 30), None):
        give(cast.culture, due_on)
        give(cast.culture, due_on, state=State.SUBMITTED)
    give(cast.culture, date(2026, 9, 30), starts_on=date(2026, 7, 1))
    give(cast.culture, None, kind=Kind.CONTINUOUS)
    give(cast.office, state=State.SUSPENDED)
    give(cast.office, state=State.CANCELLED)
    selection = Selection(sides=frozenset({chosen}))
    counted = boards.figures(leader, TODAY).of(chosen)
    assert counted > 0
    assert len(boards.rows(leader, TODAY, selection)) == boards.count(leader, TODAY, selection) == counted


def test_units_are_ranked_by_share_and_small_ones_not_at_all(cast, give, leader):
    give(cast.economy, **done(date(2026, 6, 1)), count=4)
    give(cast.economy, date(2026, 5, 1))
    give(cast.culture, **done(date(2026, 6, 1)), count=8)
    give(cast.culture, date(2026, 5, 1), count=2)
    give(cast.commune, **done(date(2026, 7, 5)), count=5)
    give(cast.office, **done(date(2026, 6, 1)), count=4)
    ranked = [(row.unit, row.rank, row.tally.on_time_share) for row in boards.ranking(leader, TODAY)]
    assert ranked == [
        (cast.economy, 1, 80.0),
        (cast.culture, 1, 80.0),
        (cast.commune, 3, 0.0),
        (cast.office, None, 100.0),
    ]


def test_the_heat_map_counts_by_the_date_as_written(cast, give, leader):
    give(cast.economy, date(2026, 3, 31), **done(date(2026, 3, 30)))
    give(cast.economy, date(2026, 6, 29), nominal_on=date(2026, 6, 28))
    give(cast.economy, date(2026, 7, 1), nominal_on=date(2026, 6, 30))
    give(cast.culture, date(2026, 9, 30), starts_on=date(2026, 7, 1))
    give(cast.culture, date(2027, 1, 15))
    cells = boards.heat_map(leader, TODAY, [date(2026, 2, 2), date(2026, 6, 18), date(2026, 9, 30)])
    assert {key: dict(cell.sides) for key, cell in cells.items()} == {
        (cast.economy.id, FIRST): {Side.DONE_ON_TIME: 1},
        (cast.economy.id, SECOND): {Side.IN_TIME: 2},
        (cast.culture.id, THIRD): {Side.NOT_BEGUN: 1},
    }


@pytest.fixture
def mixed(cast, give, make_plan):
    """One overdue, one of another plan and unit, one of the neighbour for the commune's plan."""
    other = make_plan("96/KH-UBND", title="Kế hoạch cải cách hành chính")
    [overdue] = give(cast.economy, date(2026, 5, 31), title="Sửa đổi hương ước thôn Nà Lìn")
    [later] = give(cast.culture, date(2026, 9, 30), plan=other, title="Số hóa hồ sơ")
    [away] = give(cast.neighbour, date(2026, 6, 20))
    return {"overdue": overdue, "later": later, "away": away, "plan": other}


@pytest.mark.parametrize(
    ("choose", "names"),
    [
        (lambda c, m: Selection(), ["overdue", "away", "later"]),
        (lambda c, m: Selection(plan_id=m["plan"].id), ["later"]),
        (lambda c, m: Selection(unit_id=c.commune.id), ["overdue", "later"]),
        (lambda c, m: Selection(unit_id=c.province.id, words="dak rve"), ["away"]),
        (lambda c, m: Selection(quarter=date(2026, 8, 1)), ["later"]),
        (lambda c, m: Selection(words="huong uoc 41"), ["overdue"]),
        (lambda c, m: Selection(words="CẢI CÁCH hồ sơ"), ["later"]),
        (lambda c, m: Selection(words="100%"), []),
        (lambda c, m: Selection(sides=frozenset({Side.OVERDUE, Side.DUE_SOON})), ["overdue", "away"]),
    ],
)
def test_what_can_be_selected(cast, leader, mixed, choose, names):
    found = boards.rows(leader, TODAY, choose(cast, mixed))
    assert list(found) == [mixed[name] for name in names]


def test_a_group_of_units_and_a_heading_of_the_plan_can_be_selected(cast, leader, mixed, session):
    group = units.add_group("Các phòng", [cast.culture], keeper=cast.commune, actor=cast.chi, now=NOW)
    units.set_members(
        group, [cast.culture, cast.economy], actor=cast.chi, now=NOW, today=TODAY + timedelta(days=1)
    )
    session.flush()
    assert list(boards.rows(leader, TODAY, Selection(group_id=group.id))) == [mixed["later"]]
    assert list(boards.rows(leader, TODAY, Selection(task_group_id=1))) == []


def test_rows_come_in_pages_and_overdue_ones_the_longest_first(cast, give, leader, mixed):
    [oldest] = give(cast.culture, date(2026, 2, 1))
    assert list(boards.overdue(leader, TODAY)) == [oldest, mixed["overdue"]]
    assert list(boards.rows(leader, TODAY, most=2, after=1)) == [mixed["overdue"], mixed["away"]]


def test_what_falls_due_this_quarter(cast, give, leader):
    give(cast.economy, date(2026, 6, 30))
    give(cast.economy, date(2026, 4, 1))
    give(cast.economy, date(2026, 6, 30), **done(date(2026, 6, 1)))
    give(cast.economy, date(2026, 7, 1))
    assert boards.count(leader, TODAY, boards.due_this_quarter(TODAY)) == 2


def test_how_many_were_overdue_a_week_ago(cast, give, leader, session):
    week_ago = TODAY - timedelta(days=7)
    give(cast.economy, date(2026, 6, 1))  # overdue then and now
    give(cast.economy, date(2026, 6, 14))  # only now
    give(cast.economy, date(2026, 6, 1), **done(date(2026, 6, 15)))  # only then
    give(cast.economy, date(2026, 6, 1), **done(date(2026, 6, 10)))  # neither
    give(cast.economy, date(2026, 6, 1), tracked_from=date(2026, 6, 16))  # not tracked then
    [handed_in] = give(cast.economy, date(2026, 6, 1), state=State.SUBMITTED)
    session.add(Submission(assignment=handed_in, by=cast.an, at=datetime(2026, 6, 11, 18, tzinfo=UTC)))
    now, before = boards.figures_since(leader, week_ago, TODAY)
    assert before.of(Side.OVERDUE) == 3
    assert now == boards.figures(leader, TODAY)
    assert now.of(Side.OVERDUE) == 3


@pytest.fixture
def hand_in(session, cast):
    """A factory of submissions, at noon of a day, and what became of them on which later one."""

    def hand_in(assignment, day, outcome=None, reviewed=None):
        submission = Submission(assignment=assignment, by=cast.an, at=noon(day))
        if outcome is not None:
            submission.review = Review(outcome=outcome, by=cast.chi, at=noon(reviewed))
        assignment.changed_at = noon(reviewed or day)
        session.add(submission)

    return hand_in


def noon(day):
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


def test_how_everything_stood_a_week_ago(cast, give, leader, session, hand_in):
    week_ago, early, late = TODAY - timedelta(days=7), date(2026, 6, 8), date(2026, 6, 15)
    confirmed, returned = ReviewOutcome.CONFIRMED, ReviewOutcome.RETURNED
    july, june = date(2026, 7, 31), date(2026, 6, 1)
    [done_before] = give(cast.economy, july, **done(early))
    hand_in(done_before, early, confirmed, early)
    [confirmed_since] = give(cast.economy, july, **done(early))
    hand_in(confirmed_since, early, confirmed, late)
    [returned_since] = give(cast.economy, june)
    hand_in(returned_since, early, returned, late)
    [mended_since] = give(cast.economy, july, **done(early))
    hand_in(mended_since, early, returned, early)
    hand_in(mended_since, late, confirmed, late)
    [waiting] = give(cast.economy, july, state=State.SUBMITTED)
    hand_in(waiting, early)
    give(cast.economy, date(2026, 6, 16))
    session.flush()
    now, before = boards.figures_since(leader, week_ago, TODAY)
    assert before.sides == {
        Side.DONE_ON_TIME: 1,
        Side.WAITING: 2,  # what was confirmed since, and what waits still
        Side.WAITING_PAST: 1,
        Side.IN_TIME: 1,  # returned by then, and mended only since
        Side.DUE_SOON: 1,
    }
    assert now.sides == {Side.DONE_ON_TIME: 3, Side.OVERDUE: 2, Side.WAITING: 1}


def test_a_full_board_takes_as_many_queries_as_an_empty_one(cast, give, leader, session, count_queries):
    def queries():
        session.flush()
        session.expire_all()
        with count_queries() as sent:
            boards.figures(leader, TODAY)
            boards.ranking(leader, TODAY)
            boards.heat_map(leader, TODAY, [TODAY])
            for row in boards.rows(leader, TODAY):
                assert row.task.plan.number and row.unit.name and row.milestone.deliverables
        return len(sent)

    give(cast.economy, date(2026, 5, 1))
    few = queries()
    for n in range(30):
        give(cast.unit(f"Phòng số {n}", cast.commune), date(2026, 5, 1) + timedelta(days=n))
    assert queries() == few
