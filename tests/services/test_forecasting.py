"""The forecast asks the rules that the daily run asks."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.deadlines.meaning import Kind
from tracker.models import AnsweredDay, Notice
from tracker.services import forecasting, reminding

THURSDAY = date(2026, 6, 18)


def shown(letters):
    return [
        (letter.day.isoformat(), letter.recipient, thing.why, thing.title)
        for letter in letters
        for thing in letter.things
    ]


def test_a_draft_is_forecast_as_if_it_were_published_today(cast, make_plan, make_task):
    plan = make_plan(published_at=None)
    make_task(plan, title="Niêm yết thủ tục", due_on=date(2026, 6, 25), helpers=[])
    found = shown(forecasting.forecast(plan, today=THURSDAY))
    assert found[:4] == [
        ("2026-06-19", "Nguyễn Văn An", "Nhiệm vụ mới", "Niêm yết thủ tục"),
        ("2026-06-22", "Nguyễn Văn An", "Sắp đến hạn", "Niêm yết thủ tục"),
        ("2026-06-24", "Nguyễn Văn An", "Sắp đến hạn", "Niêm yết thủ tục"),
        ("2026-06-25", "Nguyễn Văn An", "Sắp đến hạn", "Niêm yết thủ tục"),
    ]
    overdue = [day for day, who, why, _ in found if (who, why) == ("Nguyễn Văn An", "Đôn đốc quá hạn")]
    assert len(overdue) == 8
    assert overdue[:2] == ["2026-06-26", "2026-07-03"]


def test_a_new_task_is_told_of_with_its_last_day(make_plan, make_task):
    plan = make_plan(published_at=None)
    make_task(plan, due_on=date(2026, 6, 25), helpers=[])
    letter, *_ = forecasting.forecast(plan, today=THURSDAY)
    assert [(thing.why, thing.due_on) for thing in letter.things] == [("Nhiệm vụ mới", date(2026, 6, 25))]


def test_two_people_of_one_name_get_a_letter_each(cast, make_plan, make_task):
    cast.binh.name = cast.an.name
    plan = make_plan(published_at=None)
    make_task(plan, due_on=date(2026, 6, 25), leads=[cast.economy, cast.culture], helpers=[])
    tomorrow = [one for one in forecasting.forecast(plan, today=THURSDAY) if one.day == date(2026, 6, 19)]
    assert [letter.recipient for letter in tomorrow] == [cast.an.name, cast.an.name]


def test_a_draft_stays_a_draft(cast, session, make_plan, make_task):
    plan = make_plan(published_at=None)
    make_task(plan)
    forecasting.forecast(plan, today=THURSDAY)
    assert not session.new
    assert not session.dirty
    assert session.query(Notice).count() == 0


def test_standing_and_undated_tasks_are_forecast_too(make_plan, make_task):
    plan = make_plan(published_at=None)
    make_task(plan, kind=Kind.CONTINUOUS, due_on=None, text="Thường xuyên")
    make_task(plan, kind=Kind.UNRESOLVED, due_on=None, text="khi có phát sinh", title="Phòng, chống bão")
    found = shown(forecasting.forecast(plan, today=THURSDAY))
    assert ("2026-12-07", "Nguyễn Văn An", "Đến kỳ báo cáo", plan.title) in found
    assert ("2026-06-22", "Phạm Thị Chi", "Chưa có ngày đến hạn", "Phòng, chống bão") in found


@pytest.fixture
def lived(session):
    """Live the days, letting each morning's run work out its notices: (day, recipient, rule, subject)."""

    def lived(first, last):
        session.add(AnsweredDay(day=first, at=datetime(first.year, first.month, first.day, tzinfo=UTC)))
        day, found = first, []
        while day < last:
            day += timedelta(1)
            now = datetime(day.year, day.month, day.day, tzinfo=UTC)
            reminding.run(now=now)
            found += [
                (day.isoformat(), n.user.name, n.rule)
                for n in session.query(Notice).filter(Notice.created_at == now, Notice.state == "pending")
            ]
        return found

    return lived


def test_what_was_forecast_is_what_happens(cast, make_plan, make_task, make_assignment, lived):
    plan = make_plan()
    for due_on, starts_on in (
        (date(2026, 6, 30), date(2026, 4, 1)),
        (date(2026, 7, 12), None),
        (date(2026, 9, 2), date(2026, 8, 20)),
        (date(2026, 5, 5), None),
    ):
        make_assignment(make_task(plan, due_on=due_on, starts_on=starts_on))
    words = {word: rule for rule, word in forecasting.RULE_WORDS.items()}
    forecast = [
        (day, who, words[why]) for day, who, why, _ in shown(forecasting.forecast(plan, today=THURSDAY))
    ]
    happened = [told for told in lived(THURSDAY, date(2026, 11, 30)) if told[2] != "week"]
    assert sorted(forecast) == sorted(happened)
    assert len(happened) > 60
