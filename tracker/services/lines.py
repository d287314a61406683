"""A notice as a line of a letter, told as things stand now; what is no longer true gives no line."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.deadlines.workdays import DaysOff
from tracker.grants import WORKERS
from tracker.models import Assignment, AuditEntry, Notice, Plan, Role, Task, User
from tracker.render.letters import Line, Topic
from tracker.rules.notices.answers import date_of, entry_of
from tracker.rules.states import State
from tracker.rules.timeliness import DUE_SOON_DAYS, days_left
from tracker.services import status
from tracker.services.letterhead import Letterhead
from tracker.services.material import Counts, Material
from tracker.words import capitalised, date_words, days_words

OPEN = frozenset({State.OPEN})
WAITING = frozenset({State.OPEN, State.SUBMITTED})

# rule -> the states in which it is still true of an assignment
TRUE_IN: Mapping[str, frozenset[State]] = {
    "started": OPEN,
    "halfway": OPEN,
    "approaching": OPEN,
    "overdue": OPEN,
    "published": OPEN,
    "reassigned": OPEN,
    "returned": OPEN,
    "reopened": OPEN,
    "resumed": WAITING,
    "corrected": WAITING,
    "extension_granted": WAITING,
    "extension_refused": WAITING,
    "suspended": frozenset({State.SUSPENDED}),
    "cancelled": frozenset({State.CANCELLED}),
    "directed": frozenset(State),
    "commented": frozenset(State),
}

# rule -> what changed, in words
CHANGES: Mapping[str, str] = {
    "reopened": "Mở lại",
    "resumed": "Tiếp tục thực hiện",
    "corrected": "Đã đính chính hạn",
    "extension_granted": "Đã gia hạn",
    "extension_refused": "Không đồng ý gia hạn",
    "suspended": "Tạm dừng",
    "cancelled": "Đã hủy",
    "directed": "Có ý kiến chỉ đạo",
    "commented": "Có ý kiến",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A line, in what capacity its reader hears it («người nhận của Phòng Kinh tế»), and of whose work."""

    line: Line
    capacity: str
    place: str


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells notices of one batch on one day."""

    material: Material
    letterhead: Letterhead
    today: date
    days_off: DaysOff

    def tell(self, notice: Notice) -> Told | None:
        """The notice as a line; None where it is no longer true."""
        return _TELLERS[notice.subject](self, notice)


def _assignment(teller: Teller, notice: Notice) -> Told | None:
    assignment = teller.material.assignments.get(notice.subject_id)
    if assignment is None or not _is_true(notice, assignment):
        return None
    task = assignment.task
    line = Line(
        topic=_topic(notice.rule, assignment.due_on, teller.today),
        title=task.title,
        url=teller.letterhead.assignment(assignment.id),
        standing=_standing(notice.rule, assignment.due_on, teller.today),
        due_on=assignment.due_on,
        plan=plan_words(task.plan),
        wording=assignment.milestone.text or task.deadline_text,
        notes=tuple(note for note in _notes(teller, notice, assignment) if note),
        subject=_subject(notice.rule, assignment),
    )
    return Told(line, _reader_of(notice, assignment), assignment.unit.name)


def _reader_of(notice: Notice, assignment: Assignment) -> str:
    """In what capacity one hears of an assignment: of a comment its monitors do too."""
    if notice.rule == "commented" and assignment.unit_id not in worked_units(notice):
        return f"đầu mối theo dõi của {assignment.task.plan.watching_unit.name}"
    return f"người nhận của {assignment.unit.name}"


def _is_true(notice: Notice, assignment: Assignment) -> bool:
    if assignment.state not in TRUE_IN[notice.rule]:
        return False
    if notice.rule == "returned":
        return status.return_to_mend(assignment) is not None
    date_spoken_of = date_of(notice.occasion)
    return date_spoken_of is None or date_spoken_of == assignment.due_on


def _topic(rule: str, due_on: date | None, today: date) -> Topic:
    if rule == "returned":
        return Topic.RETURNED
    if rule in CHANGES:
        return Topic.CHANGED
    if rule in ("published", "reassigned"):
        return Topic.ASSIGNED
    left = days_left(due_on, today) if due_on else DUE_SOON_DAYS + 1
    if left < 0:
        return Topic.OVERDUE
    return Topic.DUE_SOON if left <= DUE_SOON_DAYS else Topic.AHEAD


def _standing(rule: str, due_on: date | None, today: date) -> str:
    """«Quá hạn 18 ngày»; of a change, what changed."""
    return CHANGES.get(rule) or capitalised(days_words(due_on, today))


def _notes(teller: Teller, notice: Notice, assignment: Assignment) -> Iterator[str]:
    entry = teller.material.entries.get(entry_of(notice.occasion) or 0)
    if notice.rule in WORDS_OF_PEOPLE:
        yield _said(entry)
        return
    reason = entry.after.get("reason", "") if entry is not None else ""
    returned = status.return_to_mend(assignment)
    if returned is not None:
        mend_by = f" Sửa xong chậm nhất {date_words(returned.mend_by)}." if returned.mend_by else ""
        yield f"Lý do trả lại: {_quoted(returned.reason)}{mend_by}"
    elif notice.rule in CHANGES and reason:
        yield f"Lý do: {reason}"
    if notice.rule == "reassigned":
        yield "Nhiệm vụ được chuyển từ đơn vị khác."
    if assignment.state is State.OPEN and returned is None:
        yield _missing(assignment)
        yield _request(notice, assignment, teller.today)


def _quoted(words: str) -> str:
    """«“Thiếu chữ ký”.», «“Thiếu chữ ký.”»: the words of a person, ended by one full stop."""
    return f"“{words}”" if words.endswith((".", "?", "!")) else f"“{words}”."


WORDS_OF_PEOPLE = frozenset({"directed", "commented"})


def _said(entry: AuditEntry | None) -> str:
    """«Hoàng Văn Dũng: “Hoàn thành trước buổi giao ban.”»"""
    if entry is None or entry.actor is None:
        return ""
    return f"{entry.actor.name}: “{entry.after.get('text', '')}”"


def _missing(assignment: Assignment) -> str:
    """«Còn thiếu: Báo cáo đánh giá.»"""
    missing = [deliverable.name.rstrip(".") for deliverable in status.missing(assignment)]
    return f"Còn thiếu: {'; '.join(missing)}." if missing else "Đã đủ minh chứng, có thể nộp kết quả."


def _request(notice: Notice, assignment: Assignment, today: date) -> str:
    """What the unit is asked to do about its date."""
    if assignment.due_on is None or notice.rule in CHANGES:
        return ""
    left = days_left(assignment.due_on, today)
    if left < 0:
        since = max(assignment.due_on, assignment.tracked_from)
        number = (notice.planned_on - since).days // 7 + 1
        again = f"Đôn đốc lần thứ {number}. " if notice.rule == "overdue" and number > 1 else ""
        return f"{again}Đề nghị nộp kết quả, hoặc báo cáo lý do."
    if left == 0:
        return "Đề nghị nộp kết quả trong ngày."
    return "Đề nghị đơn vị rà soát tiến độ." if left > DUE_SOON_DAYS else ""


def _subject(rule: str, assignment: Assignment) -> str:
    """The subject of a letter that says nothing else."""
    returned = status.return_to_mend(assignment)
    if rule == "returned" and returned is not None and returned.mend_by:
        return f"Kết quả bị trả lại, cần sửa xong chậm nhất {date_words(returned.mend_by)}"
    if rule == "extension_granted" and assignment.due_on:
        return f"Đã gia hạn đến {date_words(assignment.due_on)}: {assignment.task.title}"
    return f"{CHANGES[rule]}: {assignment.task.title}" if rule in CHANGES else ""


def _task(teller: Teller, notice: Notice) -> Told | None:
    """What is said of a task to whoever is not its lead: one line, however many units it has."""
    task = teller.material.tasks.get(notice.subject_id)
    topic, needed = TASK_TOPICS[notice.rule]
    due_on, counts = _how_it_stands(teller.material, notice, needed)
    if task is None or not counts.states[needed]:
        return None
    line = Line(
        topic=topic,
        title=task.title,
        url=teller.letterhead.queue()
        if topic is Topic.UNREVIEWED
        else teller.letterhead.task(task.plan_id, task.id),
        standing=_task_standing(teller, notice.rule, due_on, counts),
        due_on=due_on,
        plan=plan_words(task.plan),
        wording=task.deadline_text,
        notes=(_count_words(notice.rule, counts),),
    )
    return Told(line, _capacity(notice, task), task.plan.watching_unit.name)


# rule -> where its line stands, and the state at least one unit must still be in for it to be true
TASK_TOPICS: Mapping[str, tuple[Topic, State]] = {
    "helping": (Topic.HELPING, State.OPEN),
    "published": (Topic.HELPING, State.OPEN),
    "cancelled": (Topic.HELPING, State.CANCELLED),
    "escalated": (Topic.ESCALATED, State.OPEN),
    "unreviewed": (Topic.UNREVIEWED, State.SUBMITTED),
    "undated": (Topic.UNDATED, State.OPEN),
}


def _how_it_stands(material: Material, notice: Notice, needed: State) -> tuple[date | None, Counts]:
    """The due date that is spoken of and its counts; a deed speaks of the next date that it is true of."""
    if notice.rule not in ("published", "cancelled"):
        due_on = date_of(notice.occasion)
        return due_on, material.counts.get((notice.subject_id, due_on), Counts())
    of_task = {
        due: counts
        for (task_id, due), counts in material.counts.items()
        if task_id == notice.subject_id and counts.states[needed]
    }
    due_on = min((due for due in of_task if due is not None), default=None)
    return due_on, of_task.get(due_on, Counts())


def _task_standing(teller: Teller, rule: str, due_on: date | None, counts: Counts) -> str:
    if rule == "unreviewed" and counts.waiting_since is not None:
        waited = teller.days_off.working_days_between(counts.waiting_since, teller.today)
        return f"Chờ {waited} ngày làm việc"
    return CHANGES.get(rule) or capitalised(days_words(due_on, teller.today))


def _count_words(rule: str, counts: Counts) -> str:
    """«168/203 đơn vị đã xong.»; where there is one unit only, its name."""
    if rule == "unreviewed":
        return f"{counts.states[State.SUBMITTED]} kết quả chờ xác nhận."
    if counts.total <= 1:
        return f"Chủ trì: {counts.unit}."
    return f"{counts.states[State.DONE]}/{counts.total} đơn vị đã xong."


def _capacity(notice: Notice, task: Task) -> str:
    topic, _ = TASK_TOPICS[notice.rule]
    if topic is Topic.HELPING:
        return "người nhận của đơn vị phối hợp"
    if topic is Topic.ESCALATED and notice.user is not None and _leads(notice.user, task):
        return "lãnh đạo phụ trách"
    return f"đầu mối theo dõi của {task.plan.watching_unit.name}"


def _leads(user: User, task: Task) -> bool:
    named = {task.plan.leader_id, task.group.leader_id if task.group else None}
    watching = task.plan.watching_unit_id
    return user.id in named or any(
        grant.role is Role.LEADER and grant.unit_id == watching for grant in user.grants
    )


def _plan(teller: Teller, notice: Notice) -> Told | None:
    """That a reporting day of standing tasks comes near."""
    plan, day = teller.material.plans.get(notice.subject_id), date_of(notice.occasion)
    units = worked_units(notice)
    number = sum(teller.material.standing.get((notice.subject_id, unit_id), 0) for unit_id in units)
    if plan is None or day is None or day < teller.today or not number:
        return None
    line = Line(
        topic=Topic.STANDING,
        title=plan.title,
        url=teller.letterhead.standing(),
        standing=f"{capitalised(days_words(day, teller.today))}: {number} nhiệm vụ thường xuyên chờ trả lời",
        due_on=day,
        plan=plan_words(plan),
        subject=f"Đến kỳ báo cáo {date_words(day)}: {number} nhiệm vụ thường xuyên chờ trả lời",
    )
    return Told(line, "người nhận của đơn vị chủ trì", "")


def worked_units(notice: Notice) -> set[int]:
    """The units whose work is the recipient's own: the mailbox's unit, or those the person works in."""
    if notice.unit_id is not None:
        return {notice.unit_id}
    grants = notice.user.grants if notice.user is not None else []
    return {grant.unit_id for grant in grants if grant.role in WORKERS}


def _unit(teller: Teller, notice: Notice) -> Told | None:
    """That nobody of a lead unit can be written to."""
    unit = teller.material.units.get(notice.subject_id)
    if unit is None:
        return None
    line = Line(
        topic=Topic.UNREACHABLE,
        title=unit.name,
        url=teller.letterhead.unit(unit.id),
        standing="Không ai trong đơn vị có địa chỉ thư",
        notes=("Đề nghị bổ sung hộp thư của đơn vị hoặc địa chỉ thư của cán bộ.",),
    )
    return Told(line, "đầu mối theo dõi", "")


_TELLERS: Mapping[str, Callable[[Teller, Notice], Told | None]] = {
    "assignment": _assignment,
    "task": _task,
    "plan": _plan,
    "unit": _unit,
}


def plan_words(plan: Plan) -> str:
    """«Kế hoạch 28/KH-UBND»; a document of another kind, or without a number, by what it has."""
    if not plan.number:
        return plan.title
    return f"Kế hoạch {plan.number}" if "KH" in plan.number.upper() else f"Văn bản {plan.number}"
