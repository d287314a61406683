"""Later members of groups are offered, and a task can be added by hand, also once a plan is published."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tracker.deadlines.meaning import Kind, Milestone, Reading
from tracker.models import Assignment, PartyRole, TaskGroup, TaskParty
from tracker.services import adding, auditing, publishing, units
from tracker.services.adding import NewTask
from tracker.services.publishing import NotReady
from tracker.services.refusals import Refused

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
TODAY = date(2026, 6, 18)
NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def group(cast):
    """A group of two departments."""
    return units.add_group(
        "Các phòng", [cast.economy, cast.culture], keeper=cast.commune, actor=cast.chi, now=NOW
    )


@pytest.fixture
def published(cast, group, make_plan, make_task, session):
    """A published plan whose task the members of the group lead and a commune helps with."""
    plan = make_plan(published_at=None)
    task = make_task(plan, leads=[cast.economy, cast.culture], helpers=[cast.commune])
    for party in task.leads:
        party.group = group
    session.flush()
    publishing.publish(plan, {}, actor=cast.chi, now=NOW, today=TODAY)
    return plan


def take_in(plan, offers, cast):
    return adding.take_in(plan, offers, actor=cast.chi, now=NOW, today=NEXT_WEEK)


def grow(group, cast, *more):
    members = [cast.economy, cast.culture, *more]
    units.set_members(group, members, actor=cast.chi, now=NOW, today=NEXT_WEEK)


def test_members_of_the_day_of_publication_are_offered_nothing(published):
    assert adding.later_members(published, TODAY) == []


def test_a_later_member_is_offered_and_joins_once(cast, group, published, session):
    grow(group, cast, cast.office, cast.commune)
    [offer] = adding.later_members(published, NEXT_WEEK)
    assert (offer.unit, offer.group, offer.role) == (cast.office, group, PartyRole.LEAD)
    [made] = take_in(published, [offer, offer], cast)
    assert (made.unit, made.due_on, made.tracked_from) == (cast.office, date(2026, 6, 30), NEXT_WEEK)
    assert take_in(published, [offer], cast) == []
    assert adding.later_members(published, NEXT_WEEK) == []
    assert [e.after["unit"] for e in auditing.entries_about(offer.task)] == [cast.office.id]


def test_what_is_over_is_not_given_to_who_joins_later(cast, group, published):
    grow(group, cast, cast.office)
    july = date(2026, 7, 1)
    offers = adding.later_members(published, july)
    assert adding.take_in(published, offers, actor=cast.chi, now=NOW, today=july) == []
    assert cast.office in {party.unit for party in offers[0].task.leads}


def test_who_joins_to_help_gets_no_assignment(cast, group, published, session):
    task = published.tasks[0]
    helping = units.add_group("Các ban", [], keeper=cast.commune, actor=cast.chi, now=NOW)
    task.parties[-1].group = helping
    units.set_members(helping, [cast.office], actor=cast.chi, now=NOW, today=TODAY)
    session.flush()
    [offer] = adding.later_members(published, TODAY)
    assert adding.take_in(published, [offer], actor=cast.chi, now=NOW, today=TODAY) == []
    assert cast.office in {party.unit for party in task.coordinating}


def test_offers_take_as_many_queries_for_many_tasks_as_for_one(
    cast, group, published, make_task, session, count_queries
):
    def queries():
        session.flush()
        session.expire_all()
        plan_id = published.id
        assert plan_id
        with count_queries() as sent:
            assert adding.later_members(published, NEXT_WEEK)
        return len(sent)

    grow(group, cast, cast.office)
    few = queries()
    for _ in range(30):
        task = make_task(published)
        task.parties.append(TaskParty(unit=cast.commune, group=group, role=PartyRole.LEAD, position=9))
    assert queries() == few


def reading(kind, **columns):
    milestone = Milestone(kind=kind, text="như ghi", **columns)
    return Reading("như ghi", (milestone,))


def add(plan, cast, title="Tổng kết phong trào", deadline=None, **words):
    new = NewTask(
        title,
        deadline or reading(Kind.BY, due=date(2026, 9, 30)),
        **{"leads": [cast.economy], "coordinating": [cast.economy, cast.culture]} | words,
    )
    return adding.add_task(plan, new, actor=cast.chi, now=NOW, today=TODAY)


def test_a_task_added_to_a_published_plan_is_given_out_at_once(cast, published, session):
    heading = TaskGroup(plan=published, position=1, title="Nhiệm vụ bổ sung")
    task = add(published, cast, leads=[cast.economy, cast.office], group=heading)
    session.commit()
    assert (task.position, task.deadline_text, task.group) == (2, "như ghi", heading)
    assert [(p.unit, p.role) for p in task.parties] == [
        (cast.economy, PartyRole.LEAD),
        (cast.office, PartyRole.LEAD),
        (cast.culture, PartyRole.COORDINATING),
    ]
    given = session.scalars(select(Assignment).where(Assignment.task_id == task.id)).all()
    assert [(a.unit, a.due_on) for a in given] == [
        (cast.economy, date(2026, 9, 30)),
        (cast.office, date(2026, 9, 30)),
    ]
    assert [d.name for d in task.milestones[0].deliverables] == ["Báo cáo kết quả"]


def test_a_task_added_to_a_draft_waits_for_publication(cast, make_plan, session):
    draft = make_plan(published_at=None)
    task = add(draft, cast, deliverables=["Báo cáo", " ", "Danh sách"])
    assert session.scalars(select(Assignment)).all() == []
    assert [d.name for d in task.milestones[0].deliverables] == ["Báo cáo", "Danh sách"]
    assert len(publishing.publish(draft, {}, actor=cast.chi, now=NOW, today=TODAY)) == 1


@pytest.mark.parametrize(
    ("words", "refusal", "sentence"),
    [
        ({"title": " "}, Refused, "Hãy nhập nội dung"),
        ({"leads": []}, NotReady, "chưa có đơn vị chủ trì"),
        ({"deadline": Reading("", ())}, NotReady, "chưa có thời hạn"),
        ({"deadline": reading(Kind.BY, due=date(2026, 6, 17))}, Refused, "đã qua"),
    ],
)
def test_what_cannot_be_added_leaves_nothing(cast, published, session, words, refusal, sentence):
    with pytest.raises(refusal, match=sentence):
        add(published, cast, **words)
    session.flush()
    session.refresh(published)
    assert len(published.tasks) == 1
