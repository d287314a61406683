"""A plan makes something else of the reminder rules: the daily run and the forecast both follow."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.models import AnsweredDay, AuditEntry, Notice, NoticeState
from tracker.rules.notices.table import CHANGEABLE, DEFAULT_RULES
from tracker.services import forecasting, plan_rules, reminding
from tracker.services.refusals import Refused

THURSDAY = date(2026, 6, 18)
NOW = datetime(2026, 6, 17, 23, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def plan(make_plan):
    """The plan that makes something else of the rules."""
    return make_plan()


@pytest.fixture
def track(plan, make_task, make_assignment):
    """Track a task of the plan that is due in so many days."""
    return lambda days: make_assignment(make_task(plan, due_on=THURSDAY + days * DAY))


@pytest.fixture
def change(cast, plan, session):
    """Give rules of the plan other days."""

    def change(**days):
        plan_rules.change_rules(plan, days, actor=cast.chi, now=NOW)
        session.commit()
        return plan

    return change


@pytest.fixture
def told(session):
    """Who is told by which rule on Thursday."""
    session.add(AnsweredDay(day=THURSDAY - DAY, at=NOW - DAY))

    def told():
        reminding.run(now=NOW)
        notices = session.query(Notice).filter_by(state=NoticeState.PENDING)
        return sorted(f"{notice.user.username}: {notice.rule}" for notice in notices)

    return told


def test_by_default_nothing_is_said_ten_days_before(track, told):
    track(10)
    assert told() == []


def test_a_plan_reminds_on_its_own_days(track, change, told):
    track(10)
    change(approaching=(10, 2))
    assert told() == ["an: approaching"]


def test_other_plans_are_reminded_of_as_before(make_assignment, change, told):
    make_assignment(due_on=THURSDAY + 10 * DAY)
    change(approaching=(10,))
    assert told() == []


def test_a_rule_without_days_is_off(track, change, told):
    track(7)
    change(helping=())
    assert told() == ["an: approaching"]


def test_a_lead_unit_is_never_without_overdue_notices(change):
    with pytest.raises(Refused, match="đơn vị chủ trì luôn được báo khi quá hạn"):
        change(overdue=())


@pytest.mark.parametrize(
    ("rule", "days"),
    [("approaching", (200,)), ("approaching", (7, 7)), ("overdue", (0,)), ("started", (5,))],
)
def test_days_out_of_bounds_are_refused(change, session, rule, days):
    with pytest.raises(Refused, match="từ"):
        change(**{rule: days})
    assert session.query(AuditEntry).filter_by(verb="change_rules").count() == 0


def test_only_what_differs_is_stored_and_the_default_leaves_nothing(change):
    default = {rule.name: rule.days for rule in DEFAULT_RULES if rule.name in CHANGEABLE}
    assert change(**default | {"approaching": (2, 10)}).reminder_days == {"approaching": [10, 2]}
    assert change(**default).reminder_days == {}


def test_a_change_made_after_todays_run_repeats_nothing(track, change, told, session):
    track(7)
    before = told()
    change(approaching=(7, 3))
    assert told() == before


def test_the_forecast_says_the_same(track, change):
    track(30)
    plan = change(approaching=(20, 4), helping=())
    expected = forecasting.forecast(plan, today=THURSDAY)
    before = [letter.day for letter in expected if letter.day <= THURSDAY + 30 * DAY]
    assert before == [date(2026, 6, 26), date(2026, 7, 14)]  # the 20th day before is a Sunday
