"""Every address there is that names a thing, opened by people whose thing it is not."""

import io
from datetime import date

import pytest
from flask import url_for

from tracker.grants import reach_of
from tracker.models import FeedScope, Indicator, IndicatorTarget, Role
from tracker.rules.reporting import period_of
from tracker.services import extending, feeding, freezing, readings, units
from tracker.services.feeding import Subject

pytestmark = pytest.mark.usefixtures("nine_oclock")

TODAY = date(2026, 6, 18)
# addresses whose secret is the right to open them
BY_SECRET = {"account.choose_by_link", "calendars.show", "links.show"}
NOBODYS = {"static", "bootstrap.static", "sheets.sample", "caught.show", "caught.show_html"}
# whose things are not made below; tests of their rooms ask for these
NOT_MADE = {
    "indicators.download",
    "standing.show",
    "standing.download",
    "letters.show",
    "previews.picture",
    "plans.edit_figure",
}
# what an address asks for besides
HEIRS = {"last_on": "17/6/2026", "reason": "12/NQ", "successors": 5}
ASKED = {"plans.phrase": {"phrase": "Phòng Kinh tế"}, "succession.heirs": HEIRS}
MONITORS_ROOMS = {"plans", "units", "users", "reviewing", "managing", "succession", "letters", "settings"}
OPEN_TO_STAFF = {"plans.show", "plans.task"}  # of a plan in which their unit has a part


@pytest.fixture
def things(cast, make_plan, make_assignment, make_import, plan_text, attach, app, session, nine_oclock):
    """One of everything of the commune, by the name that addresses have for it."""
    assignment = attach(make_assignment(due_on=date(2026, 6, 10)))
    asked = extending.request_extension(
        assignment, "x", date(2026, 7, 15), actor=cast.an, now=nine_oclock, today=TODAY
    )
    text = plan_text()
    app.extensions["file_store"].put(io.BytesIO(text), limit_bytes=10**6)
    review = make_import(text)
    reading = readings.begin("Kế hoạch.pdf", actor=cast.chi, now=nine_oclock)
    indicator = Indicator(plan=assignment.task.plan, position=1, name="Tỷ lệ hồ sơ trực tuyến", measure="%")
    indicator.targets.append(IndicatorTarget(unit=cast.economy, period="2026", target=60))
    session.add(indicator)
    alias = units.add_alias("P. KT", cast.economy, actor=cast.chi, now=nine_oclock)
    group = units.add_group("Các phòng", [cast.economy], keeper=cast.commune, actor=cast.chi, now=nine_oclock)
    feed, _ = feeding.create_feed(reach_of(cast.chi), "Lịch", Subject(FeedScope.PERSON), now=nine_oclock)
    frozen = freezing.freeze(
        reach_of(cast.dung),
        period_of(TODAY, "H", 14),
        cast.commune,
        plan=None,
        unit=None,
        store=app.extensions["file_store"],
        now=nine_oclock,
    )
    session.flush()
    return {
        "assignment_id": assignment.id,
        "deliverable_id": assignment.milestone.deliverables[0].id,
        "evidence_id": assignment.evidence[0].id,
        "request_id": asked.id,
        "plan_id": assignment.task.plan_id,
        "task_id": assignment.task_id,
        "import_id": review.id,
        "reading_id": reading.id,
        "indicator_id": indicator.id,
        "target_id": indicator.targets[0].id,
        "report_id": 1,
        "answer_id": 1,
        "unit_id": cast.economy.id,
        "group_id": group.id,
        "alias_id": alias.id,
        "user_id": cast.an.id,
        "grant_id": cast.an.grants[0].id,
        "feed_id": feed.id,
        "frozen_id": frozen.id,
        "mail_id": 1,
        "key": "0",
        "place": 0,
        "number": 1,
        "step": "suspend",
        "day": "2026-06-30",
    }


@pytest.fixture
def strangers(cast, browse):
    """Browsers of every role in the neighbouring commune."""
    roles = (Role.MONITOR, Role.LEADER, Role.UNIT_HEAD, Role.STAFF)
    people = [cast.person(f"xa-{role.value}", "Người xã bên", (role, cast.neighbour)) for role in roles]
    return [browse(person) for person in people]


@pytest.fixture
def doors(app, things):
    """Every (endpoint, method, address) that names a thing."""

    def named(rule):
        return {name: things[name] for name in rule.arguments}

    with app.test_request_context():
        return [
            (rule.endpoint, method, url_for(rule.endpoint, **named(rule), **ASKED.get(rule.endpoint, {})))
            for rule in app.url_map.iter_rules()
            if rule.arguments and rule.endpoint not in BY_SECRET | NOBODYS
            for method in sorted(rule.methods & {"GET", "POST"})
        ]


def test_no_address_opens_a_thing_of_another_commune(doors, strangers):
    opened = [
        (method, address)
        for _, method, address in doors
        for browser in strangers
        if browser.open(address, method=method).status_code not in (403, 404)
    ]
    assert opened == []


def test_each_thing_opens_to_somebody_of_its_own_commune(doors, cast, browse):
    """Else the test above would prove nothing."""
    people = [browse(person) for person in (cast.chi, cast.dung, cast.admin)]
    closed = {
        endpoint
        for endpoint, method, address in doors
        if method == "GET" and all(browser.get(address).status_code not in (200, 302) for browser in people)
    }
    assert closed == NOT_MADE


def test_staff_open_nothing_of_the_monitor(doors, cast, browse):
    opened = {
        endpoint
        for endpoint, method, address in doors
        if endpoint.partition(".")[0] in MONITORS_ROOMS
        and browse(cast.binh).open(address, method=method).status_code not in (403, 404)
    }
    assert opened == OPEN_TO_STAFF


def test_without_logging_in_there_is_nothing_but_the_door(doors, app, session):
    session.commit()
    stranger = app.test_client()
    answers = {
        address: answer.location or answer.status_code
        for _, method, address in doors
        if not (answer := stranger.open(address, method=method))
        .headers.get("Location", "")
        .startswith("/login")
    }
    assert answers == {}
