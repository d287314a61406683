"""What a feed shows: deadlines of the lead unit one by one, all others one a task and due date."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.deadlines.meaning import Kind
from tracker.grants import reach_of
from tracker.models import FeedScope, TaskParty
from tracker.render.calendar import calendar_bytes
from tracker.rules.states import State
from tracker.services import extending, feeding, managing, progress, units
from tracker.services.feed_entries import count_entries, entries, entry_of
from tracker.services.feed_views import Options, version
from tracker.services.feeding import Subject

SITE = "https://dunghan.suoimay.example"
TODAY = date(2026, 6, 18)
NOW = datetime(2026, 6, 18, 2, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
DUE = date(2026, 6, 30)


@pytest.fixture
def subscribe(session):
    """A factory of opened feeds."""

    def subscribe(user, scope, **words):
        subject = Subject(scope, **words)
        _, token = feeding.create_feed(reach_of(user), "Lịch", subject, now=NOW)
        session.flush()
        return lambda: feeding.find_feed(token)

    return subscribe


@pytest.fixture
def own(cast, subscribe):
    """The feed of An's unit."""
    return subscribe(cast.an, FeedScope.UNIT, unit=cast.economy)


@pytest.fixture
def leaders(cast, subscribe):
    """The feed of the whole commune, held by its leader."""
    return subscribe(cast.dung, FeedScope.UNIT, unit=cast.commune)


def shown(open_feed, today=TODAY, **options):
    return entries(open_feed(), today, Options(**options), SITE)


def titles(open_feed, today=TODAY, **options):
    return [entry.title for entry in shown(open_feed, today, **options)]


@pytest.fixture
def make_shared(cast, make_task, make_assignment):
    """A task that economy and culture lead together, with an assignment each."""

    def make(**words):
        task = make_task(leads=[cast.economy, cast.culture], helpers=[cast.office], **words)
        return [make_assignment(task, columns={"party": party, "unit": party.unit}) for party in task.leads]

    return make


def test_the_lead_units_own_feed_tells_all_about_an_assignment(own, make_assignment):
    assignment = make_assignment(text="Quý II/2026", title="Niêm yết")
    [entry] = shown(own)
    assert (entry.day, entry.title, entry.overdue, entry.done) == (DUE, "Niêm yết", False, False)
    assert entry.url == f"{SITE}/assignments/{assignment.id}/"
    assert entry.categories == ("41/KH-UBND",)
    assert entry.description.split("\n") == [
        "Kế hoạch 41/KH-UBND: Kế hoạch chuyển đổi số năm 2026",
        "Thời hạn: “Quý II/2026”, hạn cuối 30/6/2026",
        "Chủ trì: Phòng Kinh tế",
    ]
    assert (entry.changed_at, entry.sequence) == (assignment.changed_at, 2)


def test_the_addresses_lead_to_pages_that_exist(app, own, leaders, make_shared):
    make_shared()
    for [entry] in (shown(own), shown(leaders)):
        adapter = app.url_map.bind("x")
        assert adapter.test(entry.url.removeprefix(SITE), "GET"), entry.url


def test_one_assignment_by_itself_is_the_entry_of_the_feed(own, make_assignment):
    assignment = make_assignment()
    assert [entry_of(assignment, TODAY, SITE)] == shown(own)
    assert entry_of(make_assignment(due_on=None, kind=Kind.UNRESOLVED), TODAY, SITE) is None


def test_for_anyone_else_a_task_is_one_entry_a_due_date_with_the_count_of_units(
    own, leaders, make_shared, cast
):
    first, second = make_shared(title="Niêm yết")
    [entry] = shown(leaders)
    assert entry.title == "Niêm yết (0/2 đơn vị đã xong)"
    assert entry.url.endswith(f"/plans/{first.task.plan_id}/tasks/{first.task_id}")
    finish(first)
    assert titles(leaders) == ["Niêm yết (1/2 đơn vị đã xong)"]
    assert shown(leaders)[0].uid == entry.uid
    assert titles(own) == []
    finish(second)
    assert titles(leaders) == []


def finish(assignment, at=LATER, on=TODAY):
    assignment.state, assignment.completed_on, assignment.changed_at = State.DONE, on, at


def test_two_due_dates_of_a_task_are_two_entries(leaders, make_shared):
    first, _ = make_shared()
    uid = shown(leaders)[0].uid
    first.due_on, first.changed_at = date(2026, 7, 31), LATER
    assert [(entry.day, entry.title) for entry in shown(leaders)] == [
        (DUE, "Niêm yết công khai thủ tục hành chính"),
        (date(2026, 7, 31), "Niêm yết công khai thủ tục hành chính"),
    ]
    assert [entry.changed_at for entry in shown(leaders)] == [LATER, LATER], "both have changed"
    assert uid in {entry.uid for entry in shown(leaders)}


def test_a_whole_task_that_moves_keeps_its_name_in_the_calendar(leaders, make_shared):
    assignments = make_shared()
    [before] = shown(leaders)
    for assignment in assignments:
        assignment.due_on, assignment.changed_at = date(2026, 9, 30), LATER
    [after] = shown(leaders)
    assert after.uid == before.uid
    assert after.day == date(2026, 9, 30)
    assert after.sequence > before.sequence


def test_who_coordinates_sees_the_task_once(cast, subscribe, make_shared):
    make_shared(title="Niêm yết")
    helper = subscribe(cast.chi, FeedScope.UNIT, unit=cast.office)
    assert titles(helper) == ["Niêm yết (0/2 đơn vị đã xong)"]


@pytest.mark.parametrize(
    ("state", "due_on", "listed"),
    [
        (State.OPEN, DUE, True),
        (State.OPEN, date(2019, 1, 31), True),
        (State.SUBMITTED, DUE, True),
        (State.DONE, DUE, False),
        (State.CANCELLED, DUE, False),
        (State.SUSPENDED, DUE, False),
        (State.OPEN, None, False),
    ],
)
def test_what_is_dated_and_not_done_is_listed_however_old(
    own, leaders, make_assignment, state, due_on, listed
):
    completed_on = TODAY if state is State.DONE else None
    make_assignment(
        due_on=due_on,
        kind=Kind.BY if due_on else Kind.CONTINUOUS,
        columns={"state": state, "completed_on": completed_on},
    )
    assert bool(shown(own)) is listed
    assert bool(shown(leaders)) is listed


def test_overdue_is_said_and_turns_at_midnight_in_viet_nam(own, leaders, make_assignment):
    make_assignment()
    for feed in (own, leaders):
        [on_the_day], [after] = shown(feed, DUE), shown(feed, DUE + timedelta(days=1))
        assert (on_the_day.overdue, after.overdue) == (False, True)
        assert after.changed_at == datetime(2026, 6, 30, 17, tzinfo=UTC)
        assert after.sequence > on_the_day.sequence
        assert after.categories == ("41/KH-UBND", "Quá hạn")
        assert after.uid == on_the_day.uid


def test_what_waits_for_review_is_not_called_overdue(own, make_assignment):
    make_assignment(columns={"state": State.SUBMITTED})
    [entry] = shown(own, DUE + timedelta(days=5))
    assert not entry.overdue
    assert entry.categories == ("41/KH-UBND", "Chờ xác nhận")


def test_what_is_done_stays_ninety_days_where_it_is_asked_for(own, leaders, make_assignment):
    assignment = make_assignment()
    finish(assignment)
    for feed in (own, leaders):
        [entry] = shown(feed, done=True)
        assert entry.done
        assert shown(feed, TODAY + timedelta(days=90), done=True)
        assert not shown(feed, TODAY + timedelta(days=91), done=True)
        assert not shown(feed)


def test_brief_leaves_out_names_and_notes(own, leaders, make_shared):
    make_shared()
    for feed in (own, leaders):
        [entry] = shown(feed, brief=True)
        assert entry.description == ""
        assert "Phòng" not in entry.title


def test_a_persons_feed_holds_what_is_theirs_to_do(cast, subscribe, make_assignment):
    mine = subscribe(cast.an, FeedScope.PERSON)
    make_assignment(title="Của tôi", columns={"responsible": cast.an})
    make_assignment(title="Của cả phòng")
    make_assignment(title="Của người khác", columns={"responsible": cast.head})
    make_assignment(title="Phối hợp", leads=[cast.culture], helpers=[cast.economy])
    assert titles(mine) == ["Của cả phòng", "Của tôi"]


def test_a_plans_feed_holds_what_of_it_its_owner_may_see(cast, subscribe, make_plan, make_assignment):
    plan = make_plan()
    make_assignment(plan=plan, title="Kinh tế")
    make_assignment(plan=plan, title="Văn hóa", leads=[cast.culture], helpers=[])
    make_assignment(title="Kế hoạch khác")
    assert titles(subscribe(cast.dung, FeedScope.PLAN, plan=plan)) == ["Kinh tế", "Văn hóa"]
    assert titles(subscribe(cast.an, FeedScope.PLAN, plan=plan)) == ["Kinh tế"]


def test_filters_hold_what_is_overdue_and_what_falls_due_this_quarter(cast, subscribe, make_assignment):
    make_assignment(title="Cũ", due_on=date(2026, 3, 31))
    make_assignment(title="Quý này", due_on=date(2026, 6, 30))
    make_assignment(title="Quý sau", due_on=date(2026, 7, 1))
    assert titles(subscribe(cast.dung, FeedScope.OVERDUE)) == ["Cũ"]
    quarter = subscribe(cast.dung, FeedScope.THIS_QUARTER)
    assert titles(quarter) == ["Quý này"]
    assert titles(quarter, date(2026, 7, 1)) == ["Quý sau"]


def test_a_foreign_commune_sees_nothing(cast, subscribe, make_shared):
    make_shared()
    for scope in (FeedScope.PERSON, FeedScope.OVERDUE, FeedScope.THIS_QUARTER):
        assert titles(subscribe(cast.giang, scope), DUE + timedelta(days=1)) == []


def test_no_feed_shows_what_the_pages_would_not(cast, subscribe, make_shared, make_assignment, session):
    make_shared()
    make_assignment(title="Của xã khác", leads=[cast.neighbour], helpers=[])
    foreign = make_assignment(title="Lạ", leads=[cast.neighbour], helpers=[])
    foreign.task.plan.watching_unit = cast.neighbour
    session.flush()
    assert "Lạ" not in titles(subscribe(cast.dung, FeedScope.THIS_QUARTER))
    assert "Của xã khác" in titles(subscribe(cast.dung, FeedScope.THIS_QUARTER)), "the commune watches it"


def test_entries_can_be_counted_without_building_them(cast, own, leaders, make_shared, make_assignment):
    make_shared()
    make_assignment()
    make_assignment(title="Của văn phòng", leads=[cast.office])
    assert count_entries([own(), leaders()], TODAY) == [len(shown(own)), len(shown(leaders))] == [2, 3]
    assert count_entries([], TODAY) == []


# ---- the version ----------------------------------------------------------------------------------------


def tag(open_feed, today=TODAY, **options):
    return version(open_feed(), today, Options(**options), SITE)


def content(open_feed, today=TODAY, **options):
    return calendar_bytes("Lịch", shown(open_feed, today, **options))


def test_nothing_changed_is_the_same_version(own, make_assignment):
    make_assignment()
    assert tag(own) == tag(own, TODAY + timedelta(days=1))
    assert content(own) == content(own, TODAY + timedelta(days=1))


def test_every_option_is_a_version_of_its_own(own):
    options = [{}, {"alarms": (7, 1)}, {"alarms": (1, 7)}, {"brief": True}, {"done": True}]
    assert len({tag(own, **chosen).etag for chosen in options}) == len(options)


def extend(assignment, cast):
    wanted = date(2026, 7, 31)
    request = extending.request_extension(
        assignment, "Chờ hướng dẫn", wanted, actor=cast.an, now=LATER, today=TODAY
    )
    extending.grant_extension(request, wanted, "12/QĐ-UBND", actor=cast.dung, now=LATER)


CHANGES = {
    "extended": extend,
    "reported": lambda a, cast: progress.report_progress(a, 50, actor=cast.an, now=LATER),
    "named": lambda a, cast: progress.name_responsible(a, cast.head, actor=cast.head, now=LATER),
    "suspended": lambda a, cast: managing.suspend(a, "Chờ", actor=cast.chi, now=LATER),
    "cancelled": lambda a, cast: managing.cancel(a, "Trùng", actor=cast.chi, now=LATER),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("scope", [FeedScope.UNIT, FeedScope.PERSON, FeedScope.OVERDUE])
def test_every_change_moves_the_version_and_its_moment(
    cast, subscribe, make_assignment, session, scope, change
):
    today = DUE + timedelta(days=1)
    feed = subscribe(cast.an, scope, unit=cast.economy if scope is FeedScope.UNIT else None)
    assignment = make_assignment(columns={"changed_at": NOW - timedelta(days=3)})
    make_assignment(columns={"changed_at": NOW - timedelta(days=3)})
    before = tag(feed, TODAY)
    CHANGES[change](assignment, cast)
    session.flush()
    after = tag(feed, TODAY)
    assert after.etag != before.etag
    assert after.changed_at == LATER > before.changed_at
    assert tag(feed, today).etag != after.etag


def test_what_turns_overdue_at_midnight_moves_the_version_to_that_midnight(own, make_assignment):
    make_assignment()
    before, after = tag(own, DUE), tag(own, DUE + timedelta(days=1))
    assert before.etag != after.etag
    assert after.changed_at == datetime(2026, 6, 30, 17, tzinfo=UTC)


def test_a_new_quarter_is_a_new_version(cast, subscribe, make_assignment):
    make_assignment(due_on=date(2026, 9, 30))
    make_assignment(due_on=date(2026, 12, 31))
    feed = subscribe(cast.dung, FeedScope.THIS_QUARTER)
    third, fourth = tag(feed, date(2026, 9, 30)), tag(feed, date(2026, 10, 1))
    assert third.etag != fourth.etag
    assert content(feed, date(2026, 9, 30)) != content(feed, date(2026, 10, 1))
    assert third.changed_at < fourth.changed_at


def test_what_is_taken_to_another_unit_moves_the_version_of_both(
    cast, own, subscribe, make_assignment, session
):
    assignment = make_assignment(helpers=[])
    make_assignment(helpers=[])
    others = subscribe(cast.binh, FeedScope.UNIT, unit=cast.culture)
    before = [tag(own), tag(others)]
    managing.reassign(assignment, cast.culture, "Đúng chức năng", actor=cast.chi, now=LATER)
    session.flush()
    assert len(shown(own)) == len(shown(others)) == 1
    for old, new in zip(before, [tag(own), tag(others)], strict=True):
        assert new.etag != old.etag
        assert new.changed_at == LATER


def test_a_unit_renamed_moves_the_version(cast, own, make_assignment, session):
    make_assignment()
    before = tag(own)
    units.change_unit(cast.economy, name="Phòng Hạ tầng", parent=cast.commune, actor=cast.admin, now=LATER)
    session.flush()
    assert tag(own).etag != before.etag
    assert tag(own).changed_at == LATER


def test_one_tag_never_stands_for_two_contents(cast, own, leaders, make_shared, session):
    """Whatever is done, bytes that differ have tags that differ."""
    seen = {}
    first, second = make_shared()
    for deed in (
        lambda: None,
        lambda: progress.report_progress(first, 10, actor=cast.an, now=LATER),
        lambda: managing.suspend(second, "Chờ", actor=cast.chi, now=LATER),
        lambda: managing.resume(second, actor=cast.chi, now=LATER),
        lambda: session.add(TaskParty(task=first.task, unit=cast.commune, role="coordinating", position=9)),
    ):
        deed()
        session.flush()
        for feed in (own, leaders):
            for day in (TODAY, DUE, DUE + timedelta(days=1)):
                for options in ({}, {"brief": True}, {"done": True}):
                    bytes_ = content(feed, day, **options)
                    assert seen.setdefault(tag(feed, day, **options).etag, bytes_) == bytes_


def test_the_version_asks_little_however_much_there_is(own, make_assignment, count_queries):
    def queries():
        with count_queries() as sent:
            tag(own)
        return len(sent)

    make_assignment()
    few = queries()
    for _ in range(5):
        make_assignment()
    assert queries() == few <= 7


def test_building_asks_little_however_much_there_is(own, make_assignment, count_queries):
    def queries():
        opened = own()
        with count_queries() as sent:
            entries(opened, TODAY, Options(), SITE)
        return len(sent)

    make_assignment()
    few = queries()
    for _ in range(5):
        make_assignment()
    assert queries() == few == 2
