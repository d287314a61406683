"""The cast, everywhere the same, and a fresh database for each test that asks for one.

An (staff) works in the lead unit, Bình (staff) in a coordinating unit; Chi (monitor) watches the plan for the
commune, Dũng (leader) leads it. Giang (staff) is from another commune and must see nothing.
"""

import hashlib
import io
import os
import shutil
import socket
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import hypothesis
import pytest
from argon2 import PasswordHasher
from flask import g
from flask.testing import FlaskClient
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event
from werkzeug.routing import Rule

from tracker.app import create_app
from tracker.db import db as database
from tracker.deadlines.meaning import Kind
from tracker.models import (
    Assignment,
    Deliverable,
    Grant,
    Milestone,
    PartyRole,
    Plan,
    PlanImport,
    Role,
    StoredFile,
    Task,
    TaskParty,
    Unit,
    User,
)
from tracker.plans.form import to_dict
from tracker.plans.readers import read
from tracker.plans.reading import draft_plan
from tracker.services import accounts

# The same examples every time, and no clock: what lands must not hang on luck or load. To look further:
# HYPOTHESIS_PROFILE=explore pytest tests/deadlines
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)  # 09:00 on Thursday 18/6/2026 in Viet Nam
TODAY = date(2026, 6, 18)


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files; review the diff")


@pytest.fixture
def golden(request):
    """Hold a text against a file of tests/golden; with --update-golden the file is rewritten instead."""
    folder = Path(__file__).parent / "golden"

    def hold(name, text):
        path = folder / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return hold


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Nothing may leave this machine."""
    connect = socket.socket.connect

    def local_only(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in (
            "127.0.0.1",
            "::1",
            "localhost",
        ):
            raise AssertionError(f"a test reached out to {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", local_only)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """An instance folder whose database has been through all migrations; copied for each test."""
    folder = tmp_path_factory.mktemp("migrated")
    app = create_app(instance=folder, DATABASE_URL=f"sqlite:///{folder / 'tracker.sqlite3'}")
    with app.app_context():
        upgrade()
        database.engine.dispose()
    return folder


@pytest.fixture(scope="session")
def compiled(tmp_path_factory):
    """The templates, compiled once and not for each test."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="session", autouse=True)
def compiled_addresses():
    """The addresses of pages, compiled once and not for each test: only a rule's words go into it."""
    known = {}
    compile_builder = Rule._compile_builder

    def compiled(rule, append_unknown=True):
        words = rule.rule, rule.endpoint, append_unknown, tuple((rule.defaults or {}).items())
        if words not in known:
            known[words] = compile_builder(rule, append_unknown)
        return known[words]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Rule, "_compile_builder", compiled)
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_hashes():
    """Passwords are hashed as ever, at the least cost: a guess is made hundreds of times."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(accounts, "_hasher", quick)
        patched.setattr(accounts, "_NO_PASSWORD", quick.hash("nobody's"))
        yield


class Browser(FlaskClient):
    """A browser whose every request begins with nothing remembered, though the test's context stays open."""

    def open(self, *arguments, **words):
        for name in list(g):
            g.pop(name)
        return super().open(*arguments, **words)


@pytest.fixture
def settings():
    """Settings of the application under test; a test module may say others."""
    return {}


@pytest.fixture
def database_url(tmp_path):
    """The address of the test's database; a test module may say that of another one, migrated too."""
    return f"sqlite:///{tmp_path / 'instance' / 'tracker.sqlite3'}"


@pytest.fixture
def app(migrated, compiled, tmp_path, settings, database_url):
    """The application on a fresh database; its context is open for the whole test."""
    instance = tmp_path / "instance"
    shutil.copytree(migrated, instance)
    app = create_app(
        instance=instance,
        TESTING=True,
        DATABASE_URL=database_url,
        SECURE_COOKIES=False,
        WTF_CSRF_ENABLED=False,
        **settings,
    )
    app.jinja_env.bytecode_cache = compiled
    app.test_client_class = Browser
    with app.app_context():
        yield app
        database.session.remove()
        database.engine.dispose()


@pytest.fixture
def session(app):
    """The database session of the test."""
    return database.session


class Cast:
    """Units and people: a commune with three departments, and a neighbour."""

    def __init__(self):
        self.province = self.unit("UBND tỉnh Sơn Hà")
        self.commune = self.unit("UBND xã Suối Mây", self.province)
        self.office = self.unit("Văn phòng HĐND và UBND", self.commune)
        self.economy = self.unit("Phòng Kinh tế", self.commune)
        self.culture = self.unit("Phòng Văn hóa - Xã hội", self.commune)
        self.neighbour = self.unit("UBND xã Đăk Rve", self.province)
        self.an = self.person("an", "Nguyễn Văn An", (Role.STAFF, self.economy))
        self.head = self.person("hoa", "Trần Thị Hoa", (Role.UNIT_HEAD, self.economy))
        self.binh = self.person("binh", "Lê Văn Bình", (Role.STAFF, self.culture))
        self.chi = self.person("chi", "Phạm Thị Chi", (Role.MONITOR, self.commune), (Role.STAFF, self.office))
        self.dung = self.person("dung", "Hoàng Văn Dũng", (Role.LEADER, self.commune))
        self.giang = self.person("giang", "Y Giang", (Role.STAFF, self.neighbour))
        self.admin = self.person("quantri", "Đỗ Quản Trị", (Role.ADMINISTRATOR, self.province))
        database.session.flush()

    def unit(self, name, parent=None, email=None):
        unit = Unit(name=name, parent=parent, email=email)
        database.session.add(unit)
        database.session.flush()
        return unit

    def person(self, username, name, *grants):
        user = User(
            username=username,
            name=name,
            email=f"{username}@suoimay.example",
            session_key=username,
            created_at=NOW,
        )
        user.grants = [Grant(role=role, unit=unit) for role, unit in grants]
        database.session.add(user)
        database.session.flush()
        return user


@pytest.fixture
def cast(session):
    """Everybody, stored."""
    return Cast()


@pytest.fixture
def make_plan(cast, session):
    """A factory of published plans watched by the commune."""

    def make(number="41/KH-UBND", **columns):
        plan = Plan(
            number=number,
            **{
                "title": "Kế hoạch chuyển đổi số năm 2026",
                "issuer": "UBND xã Suối Mây",
                "issued_on": date(2026, 1, 15),
                "starts_on": date(2026, 1, 1),
                "ends_on": date(2026, 12, 31),
                "watching_unit": cast.commune,
                "uploaded_by": cast.chi,
                "created_at": NOW,
                "published_at": NOW,
            }
            | columns,
        )
        session.add(plan)
        session.flush()
        return plan

    return make


@pytest.fixture
def make_task(make_plan, cast, session):
    """A factory of tasks: led by economy, helped by culture, with one milestone and one deliverable."""

    def make(
        plan=None,
        *,
        title="Niêm yết công khai thủ tục hành chính",
        kind=Kind.BY,
        due_on=date(2026, 6, 30),
        starts_on=None,
        text="30/6/2026",
        leads=None,
        helpers=None,
        deliverables=("Báo cáo kết quả",),
    ):
        plan = plan or make_plan()
        task = Task(
            plan=plan,
            position=len(plan.tasks) + 1,
            no=str(len(plan.tasks) + 1),
            title=title,
            deadline_text=text,
        )
        session.add(task)
        sides = [(PartyRole.LEAD, unit) for unit in leads or [cast.economy]]
        sides += [(PartyRole.COORDINATING, unit) for unit in ([cast.culture] if helpers is None else helpers)]
        task.parties = [
            TaskParty(unit=unit, role=role, phrase=unit.name, position=place)
            for place, (role, unit) in enumerate(sides, 1)
        ]
        milestone = Milestone(position=1, kind=kind, text=text, starts_on=starts_on, due_on=due_on)
        milestone.deliverables = [
            Deliverable(position=n, name=name) for n, name in enumerate(deliverables, 1)
        ]
        task.milestones = [milestone]
        session.flush()
        return task

    return make


@pytest.fixture
def make_assignment(make_task, session):
    """A factory of assignments; words for the task go to it, `columns` to the assignment."""

    def make(task=None, *, columns=None, **words):
        task = task or make_task(**words)
        milestone, party = task.milestones[0], task.leads[0]
        assignment = Assignment(
            task=task,
            milestone=milestone,
            **{
                "party": party,
                "unit": party.unit,
                "occurrence": milestone.due_on.isoformat() if milestone.due_on else "",
                "starts_on": milestone.starts_on,
                "due_on": milestone.due_on,
                "tracked_from": date(2026, 1, 16),
                "changed_at": NOW,
            }
            | (columns or {}),
        )
        session.add(assignment)
        session.flush()
        return assignment

    return make


@pytest.fixture
def log_in(app):
    """A factory of browsers (test clients) in which the person is logged in."""

    def log_in(user):
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = user.get_id()
            session["_fresh"] = True
        return client

    return log_in


@pytest.fixture
def count_queries(session):
    """A block that counts the statements sent to the database within it: `with count_queries() as sent`."""

    @contextmanager
    def count():
        sent = []

        def note(_connection, _cursor, statement, *_rest):
            sent.append(statement)

        event.listen(database.engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(database.engine, "before_cursor_execute", note)

    return count


PLAN_ROWS = """\
I	Hoàn thiện thể chế
1	Ban hành quy chế phối hợp giải quyết thủ tục hành chính	Văn phòng HĐND và UBND	\
Phòng Kinh tế; các cơ quan liên quan	Trước ngày 28/6/2026	Quyết định
2	Triển khai mô hình thôn số	Các thôn	Pộ phận VHTT	Quý II	Báo cáo kết quả
II	Tuyên truyền
3	Gửi văn bản đề nghị biểu dương cá nhân	Phòng Văn hóa - Xã hội		khi có phát sinh	Công văn
4	Tập huấn kỹ năng số cho người dân	Phòng Văn hóa - Xã hội	Phòng Kinh tế	Hằng quý	Kế hoạch; Báo cáo
"""


@pytest.fixture
def plan_text():
    """A plan of the commune as plain text with four tasks; heading and rows can be given otherwise."""

    def text(rows=PLAN_ROWS, number="41/KH-UBND", issued="ngày 12 tháng 3 năm 2026"):
        return f"""ỦY BAN NHÂN DÂN
XÃ SUỐI MÂY

Số: {number}

Suối Mây, {issued}

KẾ HOẠCH
Nâng cao chất lượng dịch vụ công trực tuyến năm 2026

I. MỤC ĐÍCH
Thực hiện tốt các nhiệm vụ tại Phụ lục kèm theo.

PHỤ LỤC

TT	Nhiệm vụ	Cơ quan chủ trì	Cơ quan phối hợp	Thời gian thực hiện	Sản phẩm
{rows}""".encode()

    return text


@pytest.fixture
def make_import(cast, session):
    """A factory of imports under review, as a preview by Chi leaves them; read here, not in the sandbox."""

    def make(content, unit=None, name="kế hoạch.txt"):
        digest = hashlib.sha256(content).hexdigest()
        file = StoredFile(sha256=digest, size=len(content), media_type="text/plain", at=NOW)
        plan_import = PlanImport(
            file=session.get(StoredFile, digest) or file,
            file_name=name,
            unit=unit or cast.commune,
            by=cast.chi,
            at=NOW,
            draft=to_dict(draft_plan(read(io.BytesIO(content), name))),
            answers={},
        )
        session.add(plan_import)
        session.flush()
        return plan_import

    return make
