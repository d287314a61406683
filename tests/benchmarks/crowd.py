"""What else a province at full size holds, for benchmarks: a country's communes, people, letters, the log.

3,021 more units, 10,000 more people, 100,000 letters, 200,000 entries of the log, indicators and standing
tasks of 203 units, 40 calendars, and one assignment about which a great deal was said.
"""

import random
from datetime import date, timedelta

from province import BUSY, MANY, NOW, PLANS, SHA, TASKS, TRACKED, UNITS, store
from sqlalchemy import func, select

from tracker.db import db
from tracker.deadlines.meaning import Kind
from tracker.models import (
    Assignment,
    AuditEntry,
    Cadence,
    Comment,
    Deliverable,
    Evidence,
    Feed,
    FeedScope,
    Grant,
    GroupMembership,
    Indicator,
    IndicatorReport,
    IndicatorTarget,
    Mail,
    MailContent,
    MailState,
    Milestone,
    PartyRole,
    Plan,
    ProgressReport,
    Role,
    Task,
    TaskParty,
    Unit,
    UnitGroup,
    User,
)
from tracker.rules.states import State
from tracker.words import fold

COMMUNES, PEOPLE, LETTERS, ENTRIES, FEEDS = 3_321, 10_000, 100_000, 200_000, 40
INDICATORS, PERIODS = 8, ("Quý I/2026", "Quý II/2026", "Quý III/2026", "Năm 2026")
STANDING = 30  # standing tasks of one plan, each led by the 203 units
TALKED_OF = 1  # an assignment of the busy unit


def add() -> None:
    """All of it, over a filled province."""
    draw = random.Random(2)
    _communes()
    _people()
    _letters()
    _log(draw)
    _indicators(draw)
    _standing_tasks()
    _much_said_of_one()
    store(
        Feed,
        (
            {
                "owner_id": n % 5 + 1,
                "name": f"Điện thoại {n}",
                "token_hash": f"{n:064}",
                "scope": FeedScope.UNIT,
                "unit_id": BUSY,
                "created_at": NOW,
            }
            for n in range(FEEDS)
        ),
    )
    db.session.commit()


def _communes():
    units = [(n, f"UBND xã Sơn Hà {n}") for n in range(UNITS + 1, COMMUNES + 1)]
    root = {"email": None, "short_name": ""}
    store(
        Unit,
        ({**root, "id": n, "name": s, "search_text": fold(s), "parent_id": n % 34 + 2} for n, s in units),
    )
    group = UnitGroup(id=1, name="Các xã", keeper_id=1)
    db.session.add(group)
    db.session.flush()
    store(GroupMembership, ({"group_id": 1, "unit_id": n} for n in range(2, MANY + 2)))


def _people():
    first = 100
    numbers = range(first, first + PEOPLE)
    names = {n: f"Nguyễn Văn {n}" for n in numbers}
    store(
        User,
        (
            {
                "id": n,
                "username": f"nguoi{n}",
                "name": name,
                "search_text": fold(name),
                "email": f"nguoi{n}@sonha.example",
                "session_key": str(n),
                "created_at": NOW,
            }
            for n, name in names.items()
        ),
    )
    store(Grant, ({"user_id": n, "role": Role.STAFF, "unit_id": n % COMMUNES + 1} for n in numbers))


def _letters():
    numbers = range(1, LETTERS + 1)
    states = [
        MailState.DEAD if n % 100 == 0 else MailState.QUEUED if n % 50 == 1 else MailState.SENT
        for n in numbers
    ]
    store(
        Mail,
        (
            {
                "id": n,
                "message_id": f"<{n}@x>",
                "user_id": n % PEOPLE + 100,
                "address": f"nguoi{n % PEOPLE + 100}@sonha.example",
                "recipient_name": f"Nguyễn Văn {n % PEOPLE + 100}",
                "subject": "2 nhiệm vụ quá hạn",
                "state": state,
                "attempts": 1,
                "created_at": NOW - timedelta(minutes=n),
                "sent_at": NOW if state is MailState.SENT else None,
                "last_error": "550 No such user" if state is MailState.DEAD else "",
            }
            for n, state in zip(numbers, states, strict=True)
        ),
    )
    store(MailContent, ({"mail_id": n, "text": "Kính gửi", "html": "<p>Kính gửi</p>"} for n in numbers))


def _log(draw: random.Random):
    verbs = ("assign", "attach", "submit", "confirm", "report")
    store(
        AuditEntry,
        (
            {
                "at": NOW - timedelta(minutes=n),
                "actor_id": n % 5 + 1,
                "verb": verbs[n % len(verbs)],
                "subject": "assignment",
                "subject_id": draw.randrange(1, 500_000),
                "before": {},
                "after": {},
            }
            for n in range(ENTRIES, 0, -1)
        ),
    )


def _indicators(draw: random.Random):
    plan_id = PLANS + 1
    store(
        Indicator,
        (
            {
                "id": n,
                "plan_id": plan_id,
                "position": n,
                "name": f"Tỷ lệ hồ sơ trực tuyến loại {n}",
                "measure": "%",
            }
            for n in range(1, INDICATORS + 1)
        ),
    )
    targets = [
        (indicator, unit, period)
        for indicator in range(1, INDICATORS + 1)
        for unit in range(2, MANY + 2)
        for period in PERIODS
    ]
    store(
        IndicatorTarget,
        (
            {"id": n, "indicator_id": i, "unit_id": u, "period": p, "target": 60}
            for n, (i, u, p) in enumerate(targets, 1)
        ),
    )
    store(
        IndicatorReport,
        (
            {"target_id": n, "value": draw.randrange(100), "by_id": 1, "at": NOW}
            for n in range(1, len(targets) + 1, 2)
        ),
    )


def _standing_tasks():
    plan = Plan(id=PLANS + 2, number="1002/KH-UBND", title="Nhiệm vụ thường xuyên", watching_unit_id=1)
    plan.issued_on, plan.created_at, plan.published_at = TRACKED, NOW, NOW
    plan.starts_on, plan.ends_on, plan.cadence = date(2026, 1, 1), date(2026, 12, 31), Cadence.QUARTERLY
    db.session.add(plan)
    db.session.flush()
    tasks = range(TASKS + 101, TASKS + 101 + STANDING)
    store(
        Task,
        (
            {
                "id": n,
                "plan_id": plan.id,
                "position": n,
                "title": f"Duy trì việc {n}",
                "search_text": f"duy tri viec {n}",
            }
            for n in tasks
        ),
    )
    store(
        Milestone,
        (
            {"id": n, "task_id": n, "position": 1, "kind": Kind.CONTINUOUS, "text": "Thường xuyên"}
            for n in tasks
        ),
    )
    last = db.session.scalar(select(func.max(TaskParty.id)))
    pairs = [(n, unit) for n in tasks for unit in range(2, MANY + 2)]
    lead = {"role": PartyRole.LEAD, "position": 1}
    store(
        TaskParty,
        ({**lead, "id": n, "task_id": t, "unit_id": u} for n, (t, u) in enumerate(pairs, last + 1)),
    )
    same = {"tracked_from": TRACKED, "changed_at": NOW, "version": 1, "state": State.OPEN, "occurrence": ""}
    store(
        Assignment,
        (
            {**same, "task_id": t, "milestone_id": t, "party_id": n, "unit_id": u, "due_on": None}
            for n, (t, u) in enumerate(pairs, last + 1)
        ),
    )


def _much_said_of_one():
    one = {"assignment_id": TALKED_OF, "by_id": 1, "at": NOW}
    store(Comment, ({**one, "text": f"Ý kiến {n}"} for n in range(200)))
    store(ProgressReport, ({**one, "percent": n, "difficulties": "chờ"} for n in range(100)))
    deliverable = db.session.scalar(
        select(Deliverable.id).join(Milestone).join(Assignment).where(Assignment.id == TALKED_OF).limit(1)
    )
    file = {"file_sha256": SHA, "deliverable_id": deliverable}
    store(Evidence, ({**one, **file, "name": f"Báo cáo {n}.pdf"} for n in range(100)))
