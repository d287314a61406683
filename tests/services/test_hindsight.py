"""The report of a period that has ended says what it would have said on its closing day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.deadlines.meaning import Kind
from tracker.deadlines.workdays import DaysOff
from tracker.grants import reach_of
from tracker.rules.reporting import read_period
from tracker.services import extending, managing, progress, reporting, reviewing

PERIOD = read_period("2026-H1")  # closes on 14/6/2026
THEN = datetime(2026, 6, 14, 16, 30, tzinfo=UTC)  # 23:30 on that day in Viet Nam
BEFORE, SINCE = THEN - timedelta(days=5), THEN + timedelta(days=3)
DUE = date(2026, 6, 1)
REPORT = "Báo cáo kết quả"


@pytest.fixture
def told(cast, session):
    """Reports of all that Dũng leads: what was said at a moment, or what is said later of a day."""

    def told(now, day=None):
        session.flush()
        session.expire_all()
        return reporting.report(reach_of(cast.dung), now, PERIOD, day=day)

    return told


@pytest.fixture
def plan(make_plan):
    """The plan of everything here."""
    return make_plan()


@pytest.fixture
def given(plan, make_assignment):
    """A factory of assignments that last changed long before the closing day."""

    def given(title, due_on=DUE, **columns):
        columns = {"changed_at": BEFORE - timedelta(days=20)} | columns
        return make_assignment(plan=plan, due_on=due_on, title=title, columns=columns)

    return given


@pytest.fixture
def deeds(cast, given, session):
    """What is done to one assignment before the closing day, and what since, by their names."""

    def hand_in(one, now):
        for deliverable in one.milestone.deliverables:
            progress.explain_absence(one, deliverable, "đã gửi bản giấy", actor=cast.an, now=now)
        progress.submit(one, actor=cast.an, now=now)

    def confirm(one, now):
        reviewing.confirm(one, actor=cast.chi, now=now)

    def extend(one, now, days):
        today = now.date()
        asked = extending.request_extension(
            one, "chờ tỉnh", one.due_on + timedelta(days=days), actor=cast.an, now=now, today=today
        )
        extending.grant_extension(
            asked, asked.wanted_on, "số 15/QĐ-UBND ngày 10/6/2026", actor=cast.dung, now=now
        )

    def send_back(one, now):
        reviewing.return_(
            one,
            "thiếu dấu",
            actor=cast.chi,
            now=now,
            today=now.date(),
            days_off=DaysOff(),
        )

    def report(one, now):
        progress.report_progress(one, 40, actor=cast.an, now=now, difficulties="thiếu máy")

    return {
        "untouched": (None, None),
        "handed in since": (None, hand_in),
        "confirmed since": (hand_in, confirm),
        "returned since": (hand_in, send_back),
        "returned, handed in since": (
            lambda one, now: (hand_in(one, now), send_back(one, now)),
            hand_in,
        ),
        "withdrawn since": (hand_in, lambda one, now: progress.withdraw(one, actor=cast.an, now=now)),
        "reported since": (None, report),
        "reported before": (report, report),
        "extended since": (None, lambda one, now: extend(one, now, 60)),
        "extended before and since": (
            lambda one, now: extend(one, now, 10),
            lambda one, now: extend(one, now, 40),
        ),
        "suspended since": (None, lambda one, now: managing.suspend(one, "chờ", actor=cast.chi, now=now)),
        "resumed since": (
            lambda one, now: managing.suspend(one, "chờ", actor=cast.chi, now=now),
            lambda one, now: managing.resume(one, actor=cast.chi, now=now),
        ),
        "cancelled since": (None, lambda one, now: managing.cancel(one, "trùng", actor=cast.chi, now=now)),
        "suspended, cancelled since": (
            lambda one, now: managing.suspend(one, "chờ", actor=cast.chi, now=now),
            lambda one, now: managing.cancel(one, "trùng", actor=cast.chi, now=now),
        ),
        "opened again since": (
            lambda one, now: (hand_in(one, now), confirm(one, now)),
            lambda one, now: reviewing.reopen(one, "nhầm", actor=cast.chi, now=now),
        ),
    }


def test_it_says_what_was_said_on_the_closing_day(deeds, given, told, plan, make_assignment):
    ones = {
        name: [given(f"{name}, {due_on}", due_on) for due_on in (DUE, date(2026, 6, 20))] for name in deeds
    }
    make_assignment(plan=plan, due_on=None, kind=Kind.UNRESOLVED, title="khi có phát sinh")
    for name, (before, _) in deeds.items():
        for one in ones[name] if before else ():
            before(one, BEFORE)
    said = told(THEN)
    for name, (_, since) in deeds.items():
        for one in ones[name] if since else ():
            since(one, SINCE)
    given("giao sau ngày đó", tracked_from=SINCE.date(), changed_at=SINCE)
    assert told(SINCE) != said
    later = told(SINCE, PERIOD.last)
    assert later.counted_at == "hết ngày 14/6/2026"
    assert replace(later, counted_at=said.counted_at) == said
    assert said.everything.total == 2 * len(deeds) - 4


def test_a_misreading_mended_since_is_mended_in_it(cast, given, told):
    one = given("đọc nhầm hạn")
    managing.correct(one, date(2026, 6, 10), "văn bản ghi ngày 10", actor=cast.chi, now=SINCE)
    assert [(line.due, line.said) for line in told(SINCE, PERIOD.last).overdue] == [("10/6/2026", "4 ngày")]


def test_of_a_period_that_goes_on_it_says_what_is_so_now(cast, given, told):
    one = given("đang làm", date(2026, 6, 20))
    managing.suspend(one, "chờ", actor=cast.chi, now=THEN)
    day = reporting.day_told(PERIOD, THEN.date())
    assert told(THEN, day) == told(THEN)
    assert dict(told(THEN, day).outside)["tạm dừng"] == 1
