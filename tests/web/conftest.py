"""What the tests of pages share: a fixed hour, files that may be evidence, browsers over stored data."""

import io
from datetime import UTC, datetime

import pytest
import time_machine

from tracker.services import evidence, progress
from tracker.services.intake import Intake, Upload
from tracker.web.plans import uploading

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)  # 09:00 on Thursday 18/6/2026 in Viet Nam


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """On a busy machine a small document may take longer than a person is left waiting."""
    monkeypatch.setattr(uploading, "PATIENCE", 60)


@pytest.fixture
def nine_oclock():
    """It is 09:00 on Thursday 18/6/2026 in Viet Nam and stays so."""
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def browse(log_in, session):
    """A factory of browsers in which the person is logged in, everything made so far being stored."""

    def browse(user):
        session.commit()
        return log_in(user)

    return browse


@pytest.fixture
def attach(app, cast):
    """A factory of evidence, one text file for each deliverable of the assignment."""

    def attach(assignment, content=b"da ban hanh", name="Báo cáo.txt", by=None):
        intake = Intake(app.extensions["file_store"])
        for deliverable in assignment.milestone.deliverables:
            upload = Upload(name, io.BytesIO(content))
            evidence.attach(assignment, deliverable, upload, intake=intake, actor=by or cast.an, now=NOW)
        return assignment

    return attach


@pytest.fixture
def hand_in(attach, cast):
    """A factory of work that waits for review, with its evidence."""

    def hand_in(assignment, by=None, at=NOW, note=""):
        attach(assignment, by=by)
        progress.submit(assignment, actor=by or cast.an, now=at, note=note)
        return assignment

    return hand_in
