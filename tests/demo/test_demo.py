"""The demo shows every room: its plan is read whole, with its indicators, and some figures are reported."""

import io
from datetime import date

import pytest
from sqlalchemy import select

from tracker import clock
from tracker.db import db
from tracker.demo import commune, documents, goals, story
from tracker.grants import reach_of
from tracker.models import Assignment, Plan
from tracker.plans.readers import read
from tracker.plans.reading import draft_plan
from tracker.rules.indicators import Outcome
from tracker.rules.states import State
from tracker.services import indicators


@pytest.mark.parametrize(("hour", "day"), [(7, 17), (8, 18)])
def test_no_letter_of_the_demo_comes_from_the_future(hour, day):
    thursday = date(2026, 6, 18)
    teller = story.Teller(None, None, thursday)
    morning = teller.last_working_morning(story.moment(thursday, 0, hour))
    assert morning == story.moment(date(2026, 6, day), 0, 8)


def test_the_plan_is_read_with_its_tasks_and_indicators():
    today = clock.today()
    content = documents.write(documents.DIGITAL, today)
    draft = draft_plan(read(io.BytesIO(content), "Ke hoach 41.docx"))
    year = documents.DIGITAL.issued_on(today).year
    of_tables = [task for task in draft.tasks if task.source == "table"]
    assert len(of_tables) == sum(len(rows) for _, rows in documents.DIGITAL.groups)
    assert list(draft.warnings) == []
    said = {(one.unit, one.period): (one.target, one.actual) for one in draft.indicators}
    assert len(said) == 2 * len(goals.FIGURES)
    assert said["Phòng Kinh tế", str(year)] == (75.0, None)
    assert said["Phòng Kinh tế", str(year - 1)] == (None, 58.2)


@pytest.fixture
def told(app):
    """The demo's commune with all that has happened in it."""
    today = clock.today()
    settled = commune.settle(story.moment(today, story.BEGINNING))
    story.tell(story.Teller(settled, app.extensions["file_store"], today))
    db.session.flush()
    return settled


def test_the_story_has_work_and_indicators_of_every_outcome(told):
    states = set(db.session.scalars(select(Assignment.state)))
    assert states == {State.OPEN, State.SUBMITTED, State.DONE, State.SUSPENDED, State.CANCELLED}
    plan = db.session.scalars(select(Plan).where(Plan.number == documents.DIGITAL.number)).one()
    [summary] = indicators.of_plan(plan, reach_of(told.people["chi"]))
    assert summary.indicator.name == "Tỷ lệ hồ sơ nộp trực tuyến"
    assert summary.counts[Outcome.MET] == 2
    assert summary.counts[Outcome.MISSED] == 1
    assert summary.counts[Outcome.NOT_REPORTED] == 3
    assert len(indicators.own(reach_of(told.people["an"]))) == 2
