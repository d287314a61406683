"""Standing tasks are answered on reporting days, all of a plan's on one page; silence is not overdue."""

from datetime import UTC, date, datetime

import pytest

from tracker.deadlines.meaning import Kind
from tracker.models import Cadence, StoredFile
from tracker.services import auditing, managing, standing
from tracker.services.refusals import Refused
from tracker.services.standing import Answer

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
TODAY = date(2026, 6, 18)
PUBLISHED = datetime(2026, 1, 16, 2, 0, tzinfo=UTC)
FIRST_HALF = date(2026, 6, 14)


@pytest.fixture
def plan(make_plan):
    """A plan of 2026 published on 16/1/2026, reported by half years."""
    return make_plan(published_at=PUBLISHED)


@pytest.fixture
def make_standing(plan, make_task, make_assignment, session):
    """A factory of standing assignments of the plan."""

    def make(unit=None, plan=plan, **columns):
        leads = [unit] if unit else None
        task = make_task(
            plan, kind=Kind.CONTINUOUS, due_on=None, text="Thường xuyên", leads=leads, helpers=[]
        )
        assignment = make_assignment(task, columns=columns)
        session.expire(assignment, ["standing_answers"])
        return assignment

    return make


@pytest.mark.parametrize(
    ("cadence", "days"),
    [
        (Cadence.HALF_YEARLY, ["2026-06-14", "2026-12-14"]),
        (Cadence.QUARTERLY, ["2026-03-14", "2026-06-14", "2026-09-14"]),
        (Cadence.YEARLY, ["2026-12-14"]),
    ],
)
def test_reporting_days_follow_the_cadence_of_the_plan_up_to_the_next(plan, cadence, days):
    plan.cadence = cadence
    assert [day.isoformat() for day in standing.reporting_days(plan, TODAY)] == days


def test_a_short_plan_reports_on_its_last_day_and_a_draft_never(make_plan):
    short = make_plan(published_at=PUBLISHED, ends_on=date(2026, 5, 31))
    assert standing.reporting_days(short, TODAY) == [date(2026, 5, 31)]
    assert standing.reporting_days(make_plan(number="nháp", published_at=None), TODAY) == []


def test_a_plan_without_end_reports_on_and_on(make_plan):
    endless = make_plan(published_at=PUBLISHED, ends_on=None)
    assert standing.reporting_days(endless, date(2027, 12, 20))[-1] == date(2028, 6, 14)


def answer(plan, cast, answers, day=FIRST_HALF, unit=None, actor=None):
    return standing.answer(
        plan, unit or cast.economy, day, answers, actor=actor or cast.an, now=NOW, today=TODAY
    )


def test_all_of_a_plan_are_answered_on_one_page_a_line_or_a_file_each(cast, plan, make_standing, session):
    line, file = make_standing(), make_standing()
    report = StoredFile(sha256="b" * 64, size=10, media_type="application/pdf", at=NOW)
    session.add(report)
    stored = answer(
        plan, cast, {line.id: Answer("Đã trực đủ."), file.id: Answer(file=report, file_name="BC.pdf")}
    )
    session.commit()
    assert [(s.text, s.file_name) for s in stored] == [("Đã trực đủ.", ""), ("", "BC.pdf")]
    [this] = standing.rounds(cast.economy, TODAY)
    assert (this.day, this.whole) == (date(2026, 12, 14), False)
    assert standing.round_on(plan, cast.economy, FIRST_HALF).whole


def test_what_was_missed_is_asked_for_until_it_is_answered(cast, plan, make_standing):
    first, _second = make_standing(), make_standing()
    answer(plan, cast, {first.id: Answer("Đã làm.")})
    [this] = standing.rounds(cast.economy, TODAY)
    assert (this.day, this.answered, this.total) == (FIRST_HALF, 1, 2)


def test_a_page_sent_twice_stores_nothing_new_and_a_changed_line_is_logged(cast, plan, make_standing):
    assignment = make_standing()
    assert len(answer(plan, cast, {assignment.id: Answer("Đã làm.")})) == 1
    assert answer(plan, cast, {assignment.id: Answer(" Đã làm. ")}) == []
    assert answer(plan, cast, {assignment.id: Answer("")}) == []
    answer(plan, cast, {assignment.id: Answer("Đã làm tốt.")}, actor=cast.chi)
    assert [
        (e.before, e.after["text"], e.after["on_behalf"]) for e in auditing.entries_about(assignment)
    ] == [
        ({}, "Đã làm.", False),
        ({"text": "Đã làm."}, "Đã làm tốt.", True),
    ]


def test_a_file_that_takes_the_place_of_another_is_logged_with_its_check_sum(
    cast, plan, make_standing, session
):
    assignment = make_standing()
    files = [StoredFile(sha256=c * 64, size=10, media_type="application/pdf", at=NOW) for c in "bc"]
    session.add_all(files)
    for file in files:
        answer(plan, cast, {assignment.id: Answer(file=file, file_name="BC.pdf")})
    latest = auditing.entries_about(assignment)[-1]
    assert latest.before == {"file": "BC.pdf", "sha256": "b" * 64}
    assert (latest.after["file"], latest.after["sha256"]) == ("BC.pdf", "c" * 64)


def test_only_reporting_days_and_own_tasks_can_be_answered(cast, plan, make_standing):
    own, foreign = make_standing(), make_standing(cast.culture)
    with pytest.raises(Refused, match="30/6/2026 không phải ngày báo cáo"):
        answer(plan, cast, {own.id: Answer("Đã làm.")}, day=date(2026, 6, 30))
    with pytest.raises(Refused, match="không còn thuộc đơn vị"):
        answer(plan, cast, {foreign.id: Answer("Đã làm.")})


def test_what_came_under_tracking_later_has_nothing_to_say_of_days_before(cast, plan, make_standing):
    make_standing(tracked_from=TODAY)
    [this] = standing.rounds(cast.economy, TODAY)
    assert this.day == date(2026, 12, 14)
    assert standing.silent_units(plan, FIRST_HALF) == []


def test_who_has_not_answered(cast, plan, make_standing, session):
    mine, _theirs, also_theirs, over = (
        make_standing(),
        make_standing(cast.culture),
        make_standing(cast.culture),
        make_standing(cast.office),
    )
    managing.cancel(over, "Trùng.", actor=cast.chi, now=NOW)
    answer(plan, cast, {mine.id: Answer("Đã làm.")})
    answer(plan, cast, {also_theirs.id: Answer("Đã làm.")}, unit=cast.culture, actor=cast.binh)
    session.flush()
    assert standing.silent_units(plan, FIRST_HALF) == [(cast.culture, 1)]


def test_the_page_takes_as_many_queries_for_many_tasks_as_for_one(
    cast, make_standing, session, count_queries
):
    def queries():
        session.flush()
        session.expire_all()
        unit = cast.economy
        assert unit.id
        with count_queries() as sent:
            [this] = standing.rounds(unit, TODAY)
            assert this.plan.title and not this.answered
            lines = standing.round_on(this.plan, unit, this.day).lines
            assert all(line.assignment.task.title and line.answer is None for line in lines)
            assert len(lines) == this.total
        return len(sent)

    make_standing()
    few = queries()
    for _ in range(29):
        make_standing()
    assert queries() == few
