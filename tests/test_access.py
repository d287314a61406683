"""Who may do what: a table of person x deed, and the same rule as a WHERE clause."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from tracker.access import Verb, may, may_import_into, may_keep_units, may_see_plan
from tracker.grants import Policy, reach_of
from tracker.models import Assignment, Role
from tracker.visibility import extensions_decided_by, reviewable_by, visible_to

# person -> what they may do with an assignment led by An's unit, helped by Bình's, watched by the commune
OWN_BRANCH = {
    "an": {Verb.SEE, Verb.REPORT, Verb.SUBMIT, Verb.COMMENT},
    "head": {Verb.SEE, Verb.REPORT, Verb.SUBMIT, Verb.COMMENT, Verb.NAME_RESPONSIBLE},
    "binh": {Verb.SEE, Verb.COMMENT},
    "chi": {Verb.SEE, Verb.REPORT, Verb.SUBMIT, Verb.REVIEW, Verb.MANAGE, Verb.COMMENT},
    "dung": {Verb.SEE, Verb.DECIDE_EXTENSION, Verb.COMMENT, Verb.DIRECT},
    "giang": set(),
    "admin": {Verb.SEE},
}


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("name", OWN_BRANCH)
def test_each_role_may_do_just_what_it_should(cast, make_assignment, name, verb):
    assignment = make_assignment()
    assert may(reach_of(getattr(cast, name)), verb, assignment) == (verb in OWN_BRANCH[name])


@pytest.mark.parametrize("name", OWN_BRANCH)
def test_a_foreign_unit_is_out_of_reach_of_the_commune(cast, make_plan, make_task, make_assignment, name):
    plan = make_plan(number="7/KH-UBND", watching_unit=cast.neighbour)
    assignment = make_assignment(make_task(plan, leads=[cast.neighbour], helpers=[]))
    allowed = {verb for verb in Verb if may(reach_of(getattr(cast, name)), verb, assignment)}
    assert allowed == {"giang": OWN_BRANCH["an"], "admin": {Verb.SEE}}.get(name, set())


@pytest.mark.parametrize("name", OWN_BRANCH)
def test_the_where_clauses_agree_with_the_yes_or_no(
    cast, make_plan, make_task, make_assignment, session, name
):
    plan = make_plan()
    foreign = make_plan(number="7/KH-UBND", watching_unit=cast.neighbour)
    for owner, lead, helper in [
        (plan, cast.economy, cast.culture),
        (plan, cast.culture, cast.office),
        (plan, cast.office, cast.economy),
        (plan, cast.neighbour, cast.culture),
        (foreign, cast.neighbour, cast.economy),
    ]:
        make_assignment(make_task(owner, leads=[lead], helpers=[helper]))
    for policy in (Policy(), Policy(monitors_decide_extensions=True)):
        reach = reach_of(getattr(cast, name), policy)
        for clause, verb in [
            (visible_to(reach), Verb.SEE),
            (reviewable_by(reach), Verb.REVIEW),
            (extensions_decided_by(reach), Verb.DECIDE_EXTENSION),
        ]:
            found = set(session.scalars(select(Assignment.id).where(clause)))
            everything = session.scalars(select(Assignment))
            assert found == {a.id for a in everything if may(reach, verb, a)}, verb


def test_nobody_confirms_their_own_units_work_so_a_leader_does(cast, make_task, make_assignment):
    own_work = make_assignment(make_task(leads=[cast.office], helpers=[]))
    assert not may(reach_of(cast.chi), Verb.REVIEW, own_work)
    assert may(reach_of(cast.dung), Verb.REVIEW, own_work)


def test_a_deployment_may_let_only_heads_submit_and_monitors_decide_extensions(cast, make_assignment):
    assignment = make_assignment()
    policy = Policy(heads_only_submit=True, monitors_decide_extensions=True)
    assert not may(reach_of(cast.an, policy), Verb.SUBMIT, assignment)
    assert may(reach_of(cast.head, policy), Verb.SUBMIT, assignment)
    assert may(reach_of(cast.chi, policy), Verb.DECIDE_EXTENSION, assignment)


def test_a_person_without_grants_reaches_nothing(cast, make_assignment, session):
    make_assignment()
    reach = replace(reach_of(cast.giang), units={}, own=frozenset())
    assert session.scalars(select(Assignment).where(visible_to(reach))).all() == []


def test_plans_units_and_imports_follow_the_tree(cast, make_plan, make_assignment):
    assignment = make_assignment()
    plan = assignment.task.plan
    assert [may_see_plan(reach_of(user), plan) for user in (cast.an, cast.binh, cast.chi, cast.giang)] == [
        True,
        True,
        True,
        False,
    ]
    assert may_import_into(reach_of(cast.chi), cast.economy.id)
    assert not may_import_into(reach_of(cast.dung), cast.commune.id)
    assert may_keep_units(reach_of(cast.chi), cast.economy.id)
    assert not may_keep_units(reach_of(cast.chi), cast.province.id)


def test_a_role_at_the_top_covers_all_units_until_there_is_one_beside_it(cast, session, make_assignment):
    top = cast.person("tinh", "Lãnh đạo tỉnh", (Role.LEADER, cast.province))
    assert reach_of(top).covers_all(Role.LEADER) and not reach_of(top).covers_all(Role.MONITOR)
    assert not reach_of(cast.dung).covers_all(Role.LEADER)
    beside = cast.unit("Bộ Chỉ huy Quân sự tỉnh")
    session.flush()
    assert not reach_of(top).covers_all(Role.LEADER)
    assignment = make_assignment(columns={"unit": beside})
    seen = select(Assignment.id)
    assert session.scalars(seen.where(visible_to(reach_of(top)))).all() == [assignment.id]  # watched by it
    assignment.task.plan.watching_unit = beside
    session.flush()
    assert session.scalars(seen.where(visible_to(reach_of(top)))).all() == []
    assert may(reach_of(top), Verb.SEE, assignment) is False


@pytest.mark.parametrize("role", [Role.LEADER, Role.MONITOR, Role.STAFF, Role.UNIT_HEAD])
def test_who_covers_everything_is_told_the_same_by_both_forms(cast, make_assignment, session, role):
    top = reach_of(cast.person("tinh", "Người của tỉnh", (role, cast.province)))
    for unit in (cast.economy, cast.neighbour):
        make_assignment(columns={"unit": unit})
    for verb, clause in (
        (Verb.SEE, visible_to(top)),
        (Verb.REVIEW, reviewable_by(top)),
        (Verb.DECIDE_EXTENSION, extensions_decided_by(top)),
    ):
        every = session.scalars(select(Assignment)).all()
        found = set(session.scalars(select(Assignment.id).where(clause)))
        assert found == {one.id for one in every if may(top, verb, one)}, verb
