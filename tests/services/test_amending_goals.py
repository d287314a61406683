"""The indicators of a plan under a corrected issue: compared, applied as chosen, what was reported kept."""

from datetime import UTC, date, datetime

import pytest

from tests.samples import GOALS_HEAD
from tracker.models import AuditEntry, Indicator, IndicatorTarget
from tracker.services import amending, amending_goals, indicator_reporting
from tracker.services.amending import Chosen
from tracker.services.amending_goals import ChosenGoals
from tracker.services.checking import check

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 7, 2, 2, 0, tzinfo=UTC)
LATER_ON = date(2026, 7, 2)
TASK = "1\tTập huấn kỹ năng số\tPhòng Kinh tế\t\t31/12/2099\tBáo cáo"
TABLE = GOALS_HEAD
OLD = ["Phòng Kinh tế\t55,5\t60", "Phòng Văn hóa - Xã hội\t70\t65"]


def table(rows):
    return (TABLE + "\n".join(f"{n}\t{row}" for n, row in enumerate(rows, 1))).encode()


@pytest.fixture
def plan(give_out, plan_text):
    return give_out(plan_text(TASK + "\n") + table(OLD))


@pytest.fixture
def issue(plan, issue_again, plan_text):
    """A later issue of the plan with other figures."""
    text = plan_text(TASK + "\n", issued="ngày 01 tháng 7 năm 2026")
    return lambda *rows: issue_again(plan, text + table(rows))


@pytest.fixture
def compare(plan):
    return lambda issue: amending_goals.comparison(plan, check(issue, LATER_ON))


@pytest.fixture
def apply(cast, session):
    def apply(issue, **chosen):
        goals = ChosenGoals(**chosen)
        amending.apply(issue, Chosen(goals=goals), actor=cast.chi, now=LATER, today=LATER_ON)
        session.commit()
        session.expire_all()

    return apply


@pytest.fixture
def target(session):
    def target(unit, period="2026"):
        found = session.query(IndicatorTarget).filter(IndicatorTarget.period.endswith(period))
        return found.filter_by(unit_id=unit.id).one_or_none()

    return target


@pytest.fixture
def report(session, cast, target):
    def report(value):
        indicator_reporting.report(target(cast.economy), value, actor=cast.an, now=NOW)
        session.commit()

    return report


def keys(goals):
    return [goal.key for goal in goals]


def test_the_same_figures_again_change_nothing(issue, compare):
    found = compare(issue(*OLD))
    assert (found.added, found.changed, found.gone, len(found.same)) == ((), (), (), 4)


def test_another_target_is_applied_and_what_was_reported_counts_against_it(
    issue, compare, apply, target, report, cast, session
):
    report(62)
    again = issue("Phòng Kinh tế\t55,5\t75", OLD[1])
    [change] = compare(again).changed
    assert (change.old.target, change.new.target) == (60, 75)
    apply(again, changed=[change.new.key])
    assert (target(cast.economy).target, target(cast.economy).value) == (75, 62)
    entry = session.query(AuditEntry).filter_by(verb="amend", subject="indicator_target").one()
    assert (entry.before["target"], entry.after["target"]) == (60, 75)
    assert entry.after["reason"] == "Theo Văn bản số 41/KH-UBND ngày 01/7/2026."


def test_what_was_not_chosen_stays(issue, apply, target, cast, session):
    apply(issue("Phòng Kinh tế\t55,5\t75", OLD[1], "Văn phòng HĐND và UBND\t10\t20"))
    assert target(cast.economy).target == 60
    assert session.query(IndicatorTarget).count() == 4


def test_a_unit_that_is_new_gets_its_target_under_the_same_indicator(
    issue, compare, apply, target, cast, session
):
    again = issue(*OLD, "Văn phòng HĐND và UBND\t10\t20")
    found = compare(again)
    assert len(found.added) == 2
    apply(again, added=keys(found.added))
    assert (target(cast.office).target, target(cast.office, "2025").given) == (20, 10)
    assert session.query(Indicator).count() == 1


def test_what_is_given_up_goes_but_stays_exempt_where_it_was_reported(
    issue, compare, apply, target, report, cast
):
    report(62)
    again = issue("Phòng Kinh tế\t55,5\t", OLD[1])
    [goal] = compare(again).gone
    apply(again, gone=[goal.key])
    kept = target(cast.economy)
    assert (kept.exempt, kept.value) == (True, 62)
    assert kept.note == "Không còn giao. Theo Văn bản số 41/KH-UBND ngày 01/7/2026."
    assert compare(again).gone == ()


def test_what_is_given_up_unreported_is_taken_out(issue, compare, apply, target, cast):
    again = issue("Phòng Kinh tế\t55,5\t", OLD[1])
    apply(again, gone=keys(compare(again).gone))
    assert target(cast.economy) is None


def test_what_was_given_up_can_be_given_again_with_its_reports(issue, compare, apply, target, report, cast):
    report(62)
    without = issue("Phòng Kinh tế\t55,5\t", OLD[1])
    apply(without, gone=keys(compare(without).gone))
    again = issue("Phòng Kinh tế\t55,5\t80", OLD[1])
    apply(again, added=keys(compare(again).added))
    assert (target(cast.economy).target, target(cast.economy).value) == (80, 62)
    assert not target(cast.economy).exempt


def test_many_units_are_compared_with_as_many_queries_as_few(
    issue, compare, apply, session, cast, count_queries
):
    def queries(rows):
        again = issue(*rows)
        apply(again, added=keys(compare(again).added))
        session.expire_all()
        with count_queries() as sent:
            compare(again)
        return len(sent)

    few = queries(OLD)
    for n in range(30):
        cast.unit(f"Thôn số {n}", cast.commune)
    session.commit()
    assert queries([*OLD, *(f"Thôn số {n}\t{n}\t{n + 1}" for n in range(30))]) == few
