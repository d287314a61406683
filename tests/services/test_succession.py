"""A unit ends and others follow it: all that is open passes on, what was done stays where it was."""

from datetime import UTC, date, datetime

import pytest

from tracker.access import Verb, may
from tracker.deadlines.meaning import Kind
from tracker.grants import reach_of
from tracker.models import Grant, Role
from tracker.rules.states import State
from tracker.services import auditing, progress, publishing, readiness, recurring, status, succession, units
from tracker.services.refusals import Refused
from tracker.services.succession import Heirs

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
TODAY = date(2026, 6, 18)
LAST = date(2026, 6, 14)
WHY = "Nghị quyết 12/NQ-HĐND ngày 10/6/2026"


def heirs_of(unit, heir):
    """Everything to the one heir, the roles too."""
    left = succession.estate(unit)
    kinds = (left.assignments, left.below, left.plans, left.grants, left.series)
    return Heirs(*({thing.id: heir for thing in things} for things in kinds))


def end(unit, *successors, actor, heirs=None, last_on=LAST, reason=WHY):
    wanted = heirs or (heirs_of(unit, successors[0]) if successors else Heirs())
    return succession.end(
        unit, successors, wanted, last_on=last_on, reason=reason, actor=actor, now=NOW, today=TODAY
    )


def test_open_assignments_pass_on_and_done_ones_stay(cast, make_assignment, session):
    working = make_assignment(helpers=[])
    progress.report_progress(working, 40, actor=cast.an, now=NOW)
    done = make_assignment(
        helpers=[], columns={"state": State.DONE, "completed_on": date(2026, 5, 1)}, title="Đã xong"
    )
    left = end(cast.economy, cast.culture, actor=cast.chi)
    session.flush()
    assert left.assignments == [working]
    assert (working.unit, done.unit) == (cast.culture, cast.economy)
    assert [(former.unit, former.until_at) for former in working.former_leads] == [(cast.economy, NOW)]
    assert [report.percent for report in working.progress_reports] == [40]
    assert (cast.economy.last_on, cast.economy.successors) == (LAST, [cast.culture])
    assert [e.verb for e in auditing.entries_about(working)] == ["report", "reassign"]
    [entry] = [e for e in auditing.entries_about(cast.economy) if e.verb == "end_unit"]
    assert entry.after == {
        "last_on": "2026-06-14",
        "successors": [cast.culture.id],
        "assignments": 1,
        "reason": WHY,
    }


def test_its_people_read_what_was_theirs_and_go_on_where_they_were_given_a_role(
    cast, make_assignment, session
):
    working = make_assignment(helpers=[])
    progress.name_responsible(working, cast.an, actor=cast.head, now=NOW)
    whole = heirs_of(cast.economy, cast.culture)
    [kept] = [held.id for held in succession.estate(cast.economy).grants if held.user is cast.an]
    heirs = Heirs(whole.assignments, whole.below, whole.plans, {kept: cast.culture})
    end(cast.economy, cast.culture, heirs=heirs, actor=cast.chi)
    session.flush()
    assert working.responsible is cast.an
    assert may(reach_of(cast.an), Verb.REPORT, working)
    assert may(reach_of(cast.head), Verb.SEE, working)
    assert not may(reach_of(cast.head), Verb.REPORT, working)
    assert not may(reach_of(cast.giang), Verb.SEE, working)


def test_nobody_stays_responsible_who_does_not_come_along(cast, make_assignment, session):
    working = make_assignment(helpers=[])
    progress.name_responsible(working, cast.an, actor=cast.head, now=NOW)
    end(cast.economy, cast.office, heirs=Heirs({working.id: cast.office}), actor=cast.chi)
    assert working.responsible is None


def test_what_waits_for_review_goes_on_waiting(cast, make_assignment, hand_in, session):
    waiting = hand_in(make_assignment(helpers=[]))
    end(cast.economy, cast.culture, actor=cast.chi)
    assert (waiting.state, waiting.unit) == (State.SUBMITTED, cast.culture)
    assert status.waiting_submission(waiting) is not None


@pytest.fixture
def hand_in(cast):
    def hand_in(assignment):
        for deliverable in assignment.milestone.deliverables:
            progress.explain_absence(assignment, deliverable, "Không có.", actor=cast.an, now=NOW)
        progress.submit(assignment, actor=cast.an, now=NOW)
        return assignment

    return hand_in


def test_of_a_split_each_thing_goes_where_it_was_chosen_to(cast, make_assignment, session):
    first, second = make_assignment(helpers=[]), make_assignment(helpers=[])
    trade = cast.unit("Phòng Công thương", cast.commune)
    heirs = Heirs({first.id: cast.culture, second.id: trade})
    end(cast.economy, cast.culture, trade, heirs=heirs, actor=cast.chi)
    session.flush()
    assert (first.unit, second.unit) == (cast.culture, trade)
    assert cast.economy.successors == [cast.culture, trade]
    assert all(not unit.aliases for unit in (cast.culture, trade))


def test_a_thing_without_an_heir_stops_it_all(cast, make_assignment, session):
    assignment = make_assignment(helpers=[])
    session.commit()
    with pytest.raises(Refused, match="chưa chọn đơn vị tiếp nhận"):
        end(cast.economy, cast.culture, cast.office, heirs=Heirs(), actor=cast.chi)
    with pytest.raises(Refused, match="chưa chọn đơn vị tiếp nhận"):
        end(cast.economy, cast.culture, heirs=Heirs({assignment.id: cast.neighbour}), actor=cast.chi)
    session.rollback()
    assert (cast.economy.last_on, assignment.unit) == (None, cast.economy)


def test_roles_are_given_in_successors_only(cast):
    [held, *_] = succession.estate(cast.economy).grants
    with pytest.raises(Refused, match="chỉ cấp được tại đơn vị kế tục"):
        end(cast.economy, cast.culture, heirs=Heirs(grants={held.id: cast.neighbour}), actor=cast.chi)


@pytest.mark.parametrize(
    ("last_on", "said"),
    [(TODAY, "phải trước hôm nay"), (date(2026, 7, 1), "phải trước hôm nay")],
)
def test_it_ends_on_a_day_that_has_passed(cast, last_on, said):
    with pytest.raises(Refused, match=said):
        end(cast.economy, cast.culture, last_on=last_on, actor=cast.chi)


def test_it_ends_once_after_it_began_and_for_a_reason(cast, session):
    cast.economy.first_on = date(2026, 6, 15)
    with pytest.raises(Refused, match="hoạt động từ ngày 15/6/2026"):
        end(cast.economy, cast.culture, actor=cast.chi)
    cast.economy.first_on = None
    with pytest.raises(Refused, match="Hãy ghi căn cứ"):
        end(cast.economy, cast.culture, reason=" ", actor=cast.chi)
    end(cast.economy, cast.culture, actor=cast.chi)
    with pytest.raises(Refused, match="đã kết thúc"):
        end(cast.economy, cast.office, actor=cast.chi)
    with pytest.raises(Refused, match="Phòng Kinh tế đã kết thúc"):
        end(cast.culture, cast.economy, actor=cast.chi)


def test_nobody_follows_himself_or_those_above_him(cast):
    for heir in (cast.commune, cast.economy):
        with pytest.raises(Refused, match="không thể là chính đơn vị này hoặc ở dưới nó"):
            end(cast.commune, heir, actor=cast.admin)
    with pytest.raises(Refused, match="ít nhất một đơn vị kế tục"):
        end(cast.economy, actor=cast.chi)


def test_the_one_successor_is_known_by_the_names_of_the_old(cast, session):
    units.add_alias("P. Kinh tế", cast.economy, actor=cast.chi, now=NOW)
    end(cast.economy, cast.culture, actor=cast.chi)
    assert {alias.text for alias in cast.culture.aliases} == {"Phòng Kinh tế", "P. Kinh tế"}


def test_memberships_of_groups_end_and_begin_on_that_day(cast, session):
    group = units.add_group(
        "Các phòng", [cast.economy, cast.office], keeper=cast.commune, actor=cast.chi, now=NOW
    )
    end(cast.economy, cast.culture, cast.office, actor=cast.chi)
    session.flush()
    assert group.members_on(LAST) == [cast.economy, cast.office]
    assert group.members_on(date(2026, 6, 15)) == [cast.culture, cast.office]


def test_a_commune_passes_its_departments_its_plans_and_its_groups_on(cast, make_plan, session):
    plan = make_plan()
    group = units.add_group("Các phòng", [cast.economy], keeper=cast.commune, actor=cast.chi, now=NOW)
    end(cast.commune, cast.neighbour, actor=cast.admin)
    session.flush()
    assert {cast.economy.parent, cast.office.parent} == {cast.neighbour}
    assert (plan.watching_unit, group.keeper) == (cast.neighbour, cast.neighbour)
    held = {(grant.role, grant.unit) for grant in cast.chi.grants}
    assert {(Role.MONITOR, cast.commune), (Role.MONITOR, cast.neighbour)} <= held


def test_departments_of_one_name_are_merged_first(cast, session):
    cast.unit("Phòng Kinh tế", cast.neighbour)
    with pytest.raises(Refused, match="Đã có đơn vị “Phòng Kinh tế”"):
        end(cast.commune, cast.neighbour, actor=cast.admin)


def test_what_recurs_goes_on_with_the_successor(cast, make_plan, make_task, session):
    plan = make_plan(published_at=None, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    task = make_task(plan, kind=Kind.RECURRING, due_on=None, text="Trước ngày 25 hằng tháng", helpers=[])
    task.milestones[0].rrule = "FREQ=MONTHLY;BYMONTHDAY=24"
    made = publishing.publish(plan, {}, actor=cast.chi, now=NOW, today=TODAY)
    for assignment in made:
        assignment.state, assignment.completed_on = State.DONE, TODAY
    end(cast.economy, cast.culture, actor=cast.chi)
    again = recurring.top_up(now=datetime(2026, 6, 25, 2, tzinfo=UTC), today=date(2026, 6, 25))
    assert [assignment.unit for assignment in again] == [cast.culture]
    assert {assignment.unit for assignment in made} == {cast.economy}


@pytest.fixture
def done_monthly(cast, make_plan, make_task):
    """A monthly task of which all that there is so far is done."""
    plan = make_plan(published_at=None, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    task = make_task(plan, kind=Kind.RECURRING, due_on=None, text="Trước ngày 25 hằng tháng", helpers=[])
    task.milestones[0].rrule = "FREQ=MONTHLY;BYMONTHDAY=24"
    for assignment in publishing.publish(plan, {}, actor=cast.chi, now=NOW, today=TODAY):
        assignment.state, assignment.completed_on = State.DONE, TODAY
    return task


def test_of_a_split_the_occurrences_to_come_go_to_the_heir_that_was_chosen(cast, done_monthly, session):
    [party] = succession.estate(cast.economy).series
    assert party.task is done_monthly
    with pytest.raises(Refused, match="chưa chọn đơn vị tiếp nhận"):
        end(cast.economy, cast.culture, cast.office, heirs=Heirs(), actor=cast.chi)
    end(cast.economy, cast.culture, cast.office, heirs=Heirs(series={party.id: cast.office}), actor=cast.chi)
    [made] = recurring.top_up(now=datetime(2026, 6, 25, 2, tzinfo=UTC), today=date(2026, 6, 25))
    assert made.unit is cast.office


def test_an_heir_that_is_split_before_the_next_occurrence_passes_it_on(cast, done_monthly, session):
    [party] = succession.estate(cast.economy).series
    end(cast.economy, cast.culture, cast.office, heirs=Heirs(series={party.id: cast.office}), actor=cast.chi)
    session.flush()
    assert succession.estate(cast.culture).series == []
    assert succession.estate(cast.office).series == [party]
    trade = cast.unit("Phòng Công thương", cast.commune)
    end(cast.office, cast.culture, trade, heirs=Heirs(series={party.id: trade}), actor=cast.chi)
    [made] = recurring.top_up(now=datetime(2026, 6, 25, 2, tzinfo=UTC), today=date(2026, 6, 25))
    assert made.unit is trade


def test_a_draft_that_names_the_old_unit_is_given_to_who_followed_last(cast, make_plan, make_task, session):
    task = make_task(make_plan(published_at=None), helpers=[])
    end(cast.economy, cast.culture, actor=cast.chi)
    end(cast.culture, cast.office, actor=cast.chi)
    session.flush()
    [made] = publishing.publish(task.plan, {}, actor=cast.chi, now=NOW, today=TODAY)
    assert made.unit is cast.office


def test_what_was_split_is_left_to_a_person(cast, session):
    end(cast.economy, cast.culture, cast.office, actor=cast.chi)
    session.flush()
    assert succession.followers() == {}


def test_a_draft_that_names_a_split_unit_waits_until_somebody_chose(cast, make_plan, make_task, session):
    task = make_task(make_plan(published_at=None), helpers=[])
    end(cast.economy, cast.culture, cast.office, actor=cast.chi)
    session.flush()
    [obstacle] = readiness.check(task.plan, TODAY).obstacles
    assert obstacle.task is task
    assert (
        "Phòng Kinh tế đã chia tách thành Phòng Văn hóa - Xã hội, Văn phòng HĐND và UBND. Hãy chọn đơn vị."
        in obstacle.sentence
    )
    with pytest.raises(Refused, match="đã chia tách"):
        publishing.publish(task.plan, {}, actor=cast.chi, now=NOW, today=TODAY)


def test_both_are_kept_where_the_successor_has_the_same_task(cast, make_task, make_assignment, session):
    task = make_task(leads=[cast.economy, cast.culture], helpers=[])
    own = make_assignment(task, columns={"party": task.leads[1], "unit": cast.culture})
    passed = make_assignment(task)
    end(cast.economy, cast.culture, actor=cast.chi)
    session.flush()
    assert {own.unit, passed.unit} == {cast.culture}


def test_what_a_unit_leaves_is_found_by_as_many_queries_for_thirty_as_for_one(
    cast, make_assignment, session, count_queries
):
    def ask():
        session.expire_all()
        cast.economy.id  # noqa: B018 - loaded before the count
        with count_queries() as sent:
            left = succession.estate(cast.economy)
            [(a.task.plan.number, held.user.name) for a in left.assignments for held in left.grants]
        return len(sent)

    make_assignment(helpers=[])
    few = ask()
    for number in range(30):
        make_assignment(helpers=[])
        person = cast.person(f"p{number}", f"Người {number}")
        person.grants.append(Grant(role=Role.STAFF, unit=cast.economy))
    session.flush()
    assert ask() == few


def test_a_task_it_only_helped_with_stays_with_its_lead(cast, make_assignment):
    assignment = make_assignment()
    end(cast.culture, cast.office, actor=cast.chi)
    assert assignment.unit is cast.economy
