"""How far plans have come, counted with the same number of queries however many rows there are."""

from datetime import date

import pytest

from tracker.access import may_see_plan
from tracker.deadlines.meaning import Kind
from tracker.grants import reach_of
from tracker.models import Plan
from tracker.rules.states import State
from tracker.services import overviews
from tracker.services.overviews import Progress
from tracker.visibility import plans_visible_to

TODAY = date(2026, 6, 18)
DONE = {"state": State.DONE, "completed_on": date(2026, 6, 1)}


def test_progress_counts_done_and_overdue_and_leaves_cancelled_ones_out(
    cast, make_plan, make_task, make_assignment
):
    plan = make_plan()
    make_assignment(make_task(plan), columns=DONE)
    make_assignment(make_task(plan, due_on=date(2026, 6, 17)))
    make_assignment(make_task(plan, due_on=date(2026, 6, 18)))
    make_assignment(make_task(plan), columns={"state": State.CANCELLED})
    [line] = overviews.plan_lines(reach_of(cast.chi), TODAY)
    assert (line.plan, line.tasks, line.progress) == (
        plan,
        4,
        Progress(total=3, done=1, overdue=1, cancelled=1),
    )
    assert round(line.progress.percent) == 33


def test_a_task_without_an_end_is_known_as_standing(cast, make_plan, make_task):
    plan = make_plan()
    make_task(plan, kind=Kind.CONTINUOUS, due_on=None, text="Thường xuyên")
    make_task(plan)
    [(_, lines)] = overviews.task_lines(plan, TODAY)
    assert [line.is_standing for line in lines] == [True, False]


@pytest.mark.parametrize("words", ["41/kh", "chuyen doi so", "kế hoạch 41/KH-UBND"])
def test_plans_are_found_by_number_and_title_without_diacritics(cast, make_plan, words):
    plan = make_plan()
    make_plan(number="7/QĐ-UBND", title="Phòng, chống thiên tai")
    assert [line.plan for line in overviews.plan_lines(reach_of(cast.chi), TODAY, words)] == [plan]


@pytest.mark.parametrize("name", ["an", "binh", "chi", "dung", "giang", "admin"])
def test_the_list_shows_just_the_plans_a_person_may_open(
    cast, make_plan, make_task, make_assignment, session, name
):
    make_assignment(make_task(make_plan()))
    make_plan(number="draft", published_at=None)
    make_plan(number="foreign", watching_unit=cast.neighbour)
    reach = reach_of(getattr(cast, name))
    listed = {line.plan for line in overviews.plan_lines(reach, TODAY)}
    assert listed == {plan for plan in session.query(Plan) if may_see_plan(reach, plan)}
    assert listed == set(session.query(Plan).filter(plans_visible_to(reach)))


def test_a_long_list_of_plans_takes_as_many_queries_as_a_short_one(
    cast, make_plan, make_task, make_assignment, count_queries, session
):
    def queries():
        session.flush()
        session.expunge_all()
        with count_queries() as sent:
            for line in overviews.plan_lines(reach, TODAY):
                assert line.plan.watching_unit.name
        return len(sent)

    reach = reach_of(cast.chi)
    make_assignment(make_task(make_plan()))
    few = queries()
    cast.commune = session.merge(cast.commune)
    for number in range(30):
        plan = Plan(number=str(number), watching_unit_id=cast.commune.id, created_at=reach.user.created_at)
        session.add(plan)
    assert (few, queries()) == (3, 3)


def test_a_plan_shows_its_tasks_in_order_with_the_next_last_day(cast, make_plan, make_task, make_assignment):
    plan = make_plan()
    first, second = make_task(plan), make_task(plan)
    make_assignment(first, columns=DONE | {"due_on": date(2026, 3, 31)})
    later = make_assignment(second, columns={"due_on": date(2026, 9, 30)})
    later.occurrence = "2026-09-30"
    sooner = make_assignment(second)
    [(group, lines)] = overviews.task_lines(plan, TODAY)
    assert group is None
    assert [(line.task, line.due_on) for line in lines] == [
        (first, date(2026, 3, 31)),
        (second, sooner.due_on),
    ]


def test_thirty_tasks_take_as_many_queries_as_one(
    cast, make_plan, make_task, make_assignment, count_queries, session
):
    def queries(plan_id):
        session.flush()
        session.expunge_all()
        plan = session.get(Plan, plan_id)
        with count_queries() as sent:
            for _group, lines in overviews.task_lines(plan, TODAY):
                for line in lines:
                    assert [party.unit.name for party in line.task.parties]
                    assert [d.name for m in line.task.milestones for d in m.deliverables]
        return len(sent)

    short, long = make_plan(), make_plan(number="42/KH-UBND")
    make_assignment(make_task(short))
    for _ in range(30):
        make_assignment(make_task(long))
    assert queries(short.id) == queries(long.id) == 7


def test_a_person_sees_of_a_task_what_is_theirs(cast, make_task, make_assignment, session):
    task = make_task(leads=[cast.economy, cast.culture], helpers=[])
    own = make_assignment(task)
    make_assignment(task, columns={"party": task.leads[1], "unit": cast.culture})
    assert overviews.visible_assignments(task, reach_of(cast.an)) == [own]
    assert len(overviews.visible_assignments(task, reach_of(cast.chi))) == 2
    assert overviews.visible_assignments(task, reach_of(cast.giang)) == []


def test_units_that_no_letter_reaches_are_named(cast, make_task, session):
    village = cast.unit("Thôn Nà Lìn", cast.commune)
    task = make_task(leads=[cast.economy, village])
    assert overviews.unreachable_leads(task.plan) == [village]
    village.email = "nalin@suoimay.example"
    session.flush()
    assert overviews.unreachable_leads(task.plan) == []
