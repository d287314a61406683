"""Indicators: stored with their plan, reported by units, ranked among all, seen by whom they concern."""

from datetime import UTC, date, datetime

import pytest

from tests.samples import GOALS_HEAD
from tracker import visibility
from tracker.grants import reach_of
from tracker.models import Indicator, IndicatorTarget
from tracker.rules.indicators import Outcome
from tracker.services import answering, importing, indicator_reporting, indicators, publishing
from tracker.services.refusals import Refused

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
TODAY = date(2026, 6, 18)
TASK = "1\tTập huấn kỹ năng số\tPhòng Kinh tế\t\t31/12/2099\tBáo cáo"
TABLE = (
    GOALS_HEAD
    + """\
1\tPhòng Kinh tế\t55,5\t60
2\tPhòng Văn hóa - Xã hội\t70\t65
3\tVăn phòng HĐND và UBND\t12,25\t60
"""
)


@pytest.fixture
def plan_import(make_import, plan_text):
    return make_import(plan_text(TASK + "\n") + TABLE.encode())


@pytest.fixture
def plan(plan_import, cast, session):
    plan = importing.accept(plan_import, actor=cast.chi, now=NOW, today=TODAY)
    publishing.publish(plan, {}, actor=cast.chi, now=NOW, today=TODAY)
    session.commit()
    return plan


@pytest.fixture
def target(plan, session):
    """The target of a unit for a year."""

    def target(unit, period="2026"):
        return session.query(IndicatorTarget).filter_by(unit_id=unit.id, period=period).one()

    return target


@pytest.fixture
def report(session):
    def report(target, text, by):
        value = indicator_reporting.read_value(text, target.indicator.measure)
        indicator_reporting.report(target, value, actor=by, now=NOW)
        session.commit()

    return report


def test_the_figures_of_a_table_become_targets_of_its_units(plan, session, cast, target):
    [indicator] = session.query(Indicator)
    assert indicator.measure == "%"
    assert (target(cast.economy).target, target(cast.economy, "2025").given) == (60, 55.5)
    assert session.query(IndicatorTarget).count() == 6


def test_accepting_again_stores_them_anew_and_not_twice(plan_import, cast, session):
    for _ in range(2):
        importing.accept(plan_import, actor=cast.chi, now=NOW, today=TODAY)
    assert session.query(IndicatorTarget).count() == 6


def test_a_target_of_the_text_is_stored_only_where_it_was_taken_in(make_import, plan_text, cast, session):
    text = (
        plan_text(TASK)
        .decode()
        .replace("I. MỤC ĐÍCH", "I. MỤC TIÊU\n- Tỷ lệ hài lòng của người dân đạt tối thiểu 90%.")
    )
    plan_import = make_import(text.encode())
    [place] = [n for n, one in enumerate(plan_import.draft["indicators"]) if not one["selected"]]
    importing.accept(plan_import, actor=cast.chi, now=NOW, today=TODAY)
    assert session.query(Indicator).count() == 0
    answering.take_indicators(plan_import, [place], among=[place], actor=cast.chi, now=NOW)
    importing.accept(plan_import, actor=cast.chi, now=NOW, today=TODAY)
    [indicator] = session.query(Indicator)
    assert (indicator.bound, indicator.targets[0].target) == ("at_least", 90)
    assert indicator.targets[0].unit is cast.commune


def test_a_report_stands_beside_the_one_before_and_the_newest_counts(cast, target, report):
    mine = target(cast.economy)
    report(mine, "58", cast.an)
    report(mine, "61,5 %", cast.an)
    assert [said.value for said in mine.reports] == [58, 61.5]
    assert mine.value == 61.5


@pytest.mark.parametrize("text", ["", "nhiều", "60 70", "12.277", "1e9", "82 hồ sơ", "--5", "-"])
def test_what_is_no_percentage_is_refused(text):
    with pytest.raises(Refused):
        indicator_reporting.read_value(text, "%")


@pytest.mark.parametrize(
    ("text", "measure", "value"),
    [
        ("7,56", "hồ sơ", 7.56),
        ("12.277 Hồ sơ", "hồ sơ", 12277),
        ("100,00%", "%", 100),
        ("25 thôn", "", 25),
        ("80,5 phần trăm", "%", 80.5),
        ("-1,2", "%", -1.2),
        ("\u22121,2 %", "%", -1.2),
    ],
)
def test_figures_are_read_as_offices_write_them(text, measure, value):
    assert indicator_reporting.read_value(text, measure) == value


@pytest.mark.parametrize(
    ("text", "measure", "sentence"),
    [("100,00%", "hồ sơ", "Đơn vị tính của chỉ tiêu là “hồ sơ”"), ("1e9", "", "Hãy ghi một con số")],
)
def test_a_figure_in_another_measure_is_asked_back(text, measure, sentence):
    with pytest.raises(Refused, match=sentence):
        indicator_reporting.read_value(text, measure)


def test_units_are_ranked_among_all_even_for_who_sees_only_one(cast, plan, target, report):
    report(target(cast.economy), "61", cast.an)
    report(target(cast.culture), "97", cast.binh)
    [line] = [one for one in indicators.own(reach_of(cast.an)) if one.target.period == "2026"]
    assert (line.rank, line.outcome, line.difference) == (2, Outcome.MET, 1)


def test_a_plan_counts_how_its_units_stand(cast, plan, target, report):
    report(target(cast.economy), "59,9", cast.an)
    report(target(cast.culture), "97", cast.binh)
    [summary] = indicators.of_plan(plan, reach_of(cast.chi))
    assert (summary.counts[Outcome.MET], summary.counts[Outcome.MISSED]) == (1, 1)
    assert summary.counts[Outcome.NOT_REPORTED] == 1


@pytest.mark.parametrize(("name", "seen"), [("an", 2), ("chi", 6), ("dung", 6), ("giang", 0)])
def test_everybody_sees_just_what_concerns_them(cast, plan, session, name, seen):
    where = visibility.visible_targets(reach_of(getattr(cast, name)))
    assert session.query(IndicatorTarget).filter(where).count() == seen


def test_many_units_are_shown_with_as_many_queries_as_few(cast, plan, session, count_queries):
    indicator = session.query(Indicator).one()

    def queries():
        session.commit()
        session.expire_all()
        reach = reach_of(cast.chi)
        found = session.get(Indicator, indicator.id)
        with count_queries() as sent:
            indicators.of_indicator(found, reach)
        return len(sent)

    few = queries()
    for number in range(30):
        unit = cast.unit(f"Thôn {number}", cast.commune)
        indicator.targets.append(IndicatorTarget(unit=unit, period="2026", target=60))
    assert queries() == few
