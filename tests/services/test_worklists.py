"""Lists of work: every assignment in one group, most urgent first, narrowed by what the address says."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.deadlines.meaning import Kind
from tracker.grants import reach_of
from tracker.models import PartyRole, Review, ReviewOutcome, Submission, TaskParty
from tracker.rules.states import State
from tracker.services import worklists
from tracker.services.groups import Group
from tracker.services.worklists import NOBODY, Filters, Part, sections

TODAY = date(2026, 6, 18)
NOW = datetime(2026, 6, 18, 2, tzinfo=UTC)


@pytest.fixture(autouse=True, params=[worklists.FEW, 0], ids=["few", "many"])
def put_in_order(request, monkeypatch):
    """Few assignments are put in order by the service, many by the database: it comes to the same."""
    monkeypatch.setattr(worklists, "FEW", request.param)


@pytest.fixture
def listed(cast):
    """The groups a person sees, each with its assignments."""

    def listed(user, filters=None):
        found = sections(reach_of(user), TODAY, filters or Filters())
        return {section.group: list(section.assignments) for section in found}

    return listed


@pytest.mark.parametrize(
    ("due_on", "columns", "group"),
    [
        (date(2026, 6, 17), {}, Group.OVERDUE),
        (TODAY, {}, Group.SOON),
        (date(2026, 6, 25), {}, Group.SOON),
        (date(2026, 6, 26), {}, Group.QUARTER),
        (date(2026, 6, 30), {}, Group.QUARTER),
        (date(2026, 7, 1), {}, Group.LATER),
        (date(2026, 7, 1), {"nominal_on": date(2026, 6, 30)}, Group.QUARTER),
        (None, {}, Group.UNDATED),
        (date(2026, 6, 17), {"state": State.SUBMITTED}, Group.WAITING),
        (date(2026, 6, 17), {"state": State.SUSPENDED}, Group.SUSPENDED),
        (date(2026, 6, 17), {"state": State.CANCELLED}, Group.CANCELLED),
        (date(2026, 6, 17), {"state": State.DONE, "completed_on": TODAY}, Group.DONE),
    ],
)
def test_each_assignment_stands_in_one_group(cast, make_assignment, listed, due_on, columns, group):
    assignment = make_assignment(due_on=due_on, columns=columns)
    assert listed(cast.an) == {group: [assignment]}


def test_a_standing_task_stands_apart_from_the_undated(cast, make_assignment, listed):
    assignment = make_assignment(due_on=None, kind=Kind.CONTINUOUS)
    assert listed(cast.an) == {Group.STANDING: [assignment]}


@pytest.mark.parametrize(
    ("due_on", "group"), [(date(2026, 6, 20), Group.RETURNED), (date(2026, 6, 1), Group.OVERDUE)]
)
def test_returned_work_is_a_group_unless_it_is_late(cast, make_assignment, session, listed, due_on, group):
    assignment = make_assignment(due_on=due_on)
    review = Review(outcome=ReviewOutcome.RETURNED, by=cast.chi, at=NOW)
    assignment.submissions.append(Submission(by=cast.an, at=NOW, review=review))
    withdrawn = Submission(by=cast.an, at=NOW + timedelta(hours=1), withdrawn_at=NOW + timedelta(hours=2))
    assignment.submissions.append(withdrawn)
    session.flush()
    assert listed(cast.an) == {group: [assignment]}


def test_groups_come_most_urgent_first_and_the_oldest_day_leads(cast, make_assignment, listed):
    later, late, oldest = (
        make_assignment(due_on=day) for day in (date(2026, 9, 30), date(2026, 6, 10), date(2026, 5, 1))
    )
    assert list(listed(cast.an).items()) == [(Group.OVERDUE, [oldest, late]), (Group.LATER, [later])]


def test_what_is_done_is_listed_newest_first(cast, make_assignment, listed):
    first, last = (
        make_assignment(due_on=day, columns={"state": State.DONE, "completed_on": day})
        for day in (date(2026, 3, 1), date(2026, 5, 1))
    )
    assert listed(cast.an) == {Group.DONE: [last, first]}


def test_a_group_is_cut_but_its_figure_is_whole(cast, make_assignment):
    for day in range(1, 6):
        make_assignment(due_on=date(2026, 6, day))
    [section] = sections(reach_of(cast.an), TODAY, Filters(), most=2)
    assert section.total == 5
    assert [a.due_on.day for a in section.assignments] == [1, 2]


def test_strangers_see_nothing_and_helpers_what_they_help_with(cast, make_assignment, listed):
    assignment = make_assignment(due_on=TODAY)
    assert listed(cast.giang) == {}
    assert listed(cast.binh, Filters(part=Part.LEAD)) == {}
    assert listed(cast.binh, Filters(part=Part.COORDINATING)) == {Group.SOON: [assignment]}
    assert listed(cast.an, Filters(part=Part.COORDINATING)) == {}
    assert listed(cast.an, Filters(part=Part.LEAD)) == {Group.SOON: [assignment]}


@pytest.mark.parametrize(
    ("words", "found"),
    [("", True), ("DAK rve", True), ("chè đăk", True), ("41/kh", True), ("12/KH", False), ("100%", False)],
)
def test_words_are_found_without_diacritics(cast, make_assignment, listed, words, found):
    make_assignment(title="Phát triển vùng chè Đăk Rve", due_on=TODAY)
    assert bool(listed(cast.an, Filters(words=words))) is found


def test_a_list_is_narrowed_to_plan_unit_group_and_person(
    cast, make_assignment, make_plan, make_task, listed
):
    one = make_assignment(due_on=TODAY, columns={"responsible": cast.an})
    other = make_assignment(
        make_task(make_plan("50/KH-UBND"), leads=[cast.culture], helpers=[], due_on=date(2026, 6, 1))
    )
    chi = cast.chi
    assert listed(chi, Filters(plan_id=other.task.plan_id)) == {Group.OVERDUE: [other]}
    assert listed(chi, Filters(unit_id=cast.economy.id)) == {Group.SOON: [one]}
    assert listed(chi, Filters(responsible_id=cast.an.id)) == {Group.SOON: [one]}
    assert listed(chi, Filters(responsible_id=NOBODY)) == {Group.OVERDUE: [other]}
    assert listed(chi, Filters(group=Group.SOON)) == {Group.SOON: [one]}


def test_the_number_of_queries_does_not_grow_with_the_rows(cast, make_assignment, session, count_queries):
    def queries():
        session.expire_all()
        reach = reach_of(cast.an)
        with count_queries() as sent:
            for section in sections(reach, TODAY, Filters()):
                for assignment in section.assignments:
                    assert assignment.task.plan.number and assignment.milestone.deliverables
        return len(sent)

    make_assignment(due_on=TODAY)
    with_one = queries()
    for _ in range(2):
        make_assignment(due_on=TODAY)
    assert queries() == with_one


def test_what_is_overdue_is_counted_beside_the_band(cast, make_assignment):
    make_assignment(columns={"state": State.SUBMITTED}, due_on=date(2026, 6, 1))
    make_assignment(due_on=date(2026, 6, 1))
    assert worklists.count_overdue(reach_of(cast.dung), TODAY) == 1
    assert worklists.count_overdue(reach_of(cast.giang), TODAY) == 0


def test_every_total_is_of_the_rows_of_its_group(cast, make_task, make_assignment, session):
    """Groups are mostly told by state and day; by a rolled date, a standing task and a return as well."""
    days = [date(2026, 6, 1), TODAY, date(2026, 6, 25), date(2026, 6, 30), date(2026, 7, 2), None]
    for due_on in days:
        for kind in (Kind.BY, Kind.CONTINUOUS):
            for state in (State.OPEN, State.SUBMITTED, State.SUSPENDED):
                make_assignment(make_task(due_on=due_on, kind=kind), columns={"state": state})
        back, again = make_assignment(due_on=due_on), make_assignment(due_on=due_on)
        for returned in (back, again):
            review = Review(outcome=ReviewOutcome.RETURNED, by=cast.chi, at=NOW)
            returned.submissions.append(Submission(by=cast.an, at=NOW, review=review))
        again.submissions.append(Submission(by=cast.an, at=NOW))
        again.state = State.SUBMITTED
        make_assignment(due_on=due_on, columns={"nominal_on": date(2026, 6, 28) if due_on else None})
    session.flush()
    for user in (cast.chi, cast.an):
        reach = reach_of(user)
        shown = sections(reach, TODAY, Filters(), most=500)
        assert sum(section.total for section in shown) == len(days) * 9
        for section in shown:
            alone = sections(reach, TODAY, Filters(group=section.group), most=500)
            assert [(one.total, one.assignments) for one in alone] == [(section.total, section.assignments)]
            assert section.total == len(section.assignments) > 0


def test_a_unit_that_leads_and_helps_is_listed_once(cast, make_assignment, session, listed):
    assignment = make_assignment(due_on=TODAY, leads=[cast.economy, cast.culture], helpers=[])
    assignment.task.parties.append(
        TaskParty(unit=cast.office, role=PartyRole.COORDINATING, position=9, phrase="")
    )
    session.flush()
    assert listed(cast.chi) == {Group.SOON: [assignment]}
