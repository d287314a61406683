"""What stands in the columns of the lists that can be taken home as .xlsx."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from tracker.models import Assignment, Deliverable, TaskGroup
from tracker.render.sheets import Column, Value
from tracker.rules.timeliness import days_left, is_overdue
from tracker.services import status
from tracker.services.overviews import PlanLine, TaskLine
from tracker.web.plans.wording import helper_words, lead_words
from tracker.words import STATE_WORDS, local_day

# column -> what an assignment says in it, on a day
ASSIGNMENT_COLUMNS: Sequence[tuple[Column, Callable[[Assignment, date], Value]]] = (
    (Column("Kế hoạch", 16), lambda one, today: one.task.plan.number or one.task.plan.title),
    (Column("Nhóm", 8), lambda one, today: one.task.group.no if one.task.group else ""),
    (Column("Mục", 8), lambda one, today: one.task.no),
    (Column("Nhiệm vụ", 50), lambda one, today: one.task.title),
    (Column("Chủ trì", 28), lambda one, today: one.unit.name),
    (Column("Người phụ trách", 20), lambda one, today: one.responsible.name if one.responsible else ""),
    (Column("Thời hạn ghi trong kế hoạch", 22), lambda one, today: _wording(one)),
    (Column("Hạn cuối", 12), lambda one, today: one.due_on),
    (Column("Trạng thái", 20), lambda one, today: STATE_WORDS[status.state(one, today)]),
    (Column("Số ngày quá hạn", 10), lambda one, today: _days_late(one, today)),
    (Column("Ngày nộp đang chờ xác nhận", 14), lambda one, today: status.submitted_on(one)),
    (Column("Ngày hoàn thành", 12), lambda one, today: one.completed_on),
    (Column("Tiến độ (%)", 10), lambda one, today: _last_report(one, "percent")),
    (Column("Ngày báo cáo gần nhất", 12), lambda one, today: _reported_on(one)),
    (Column("Khó khăn, vướng mắc", 40), lambda one, today: _last_report(one, "difficulties")),
    (Column("Sản phẩm", 36), lambda one, today: _names(one.milestone.deliverables)),
    (Column("Còn thiếu", 36), lambda one, today: _names(status.missing(one))),
    (Column("Nguyên nhân khách quan", 30), lambda one, today: one.objective_cause),
)


def assignment_row(assignment: Assignment, today: date) -> list[Value]:
    """The row of an assignment under `ASSIGNMENT_COLUMNS`."""
    return [value(assignment, today) for _, value in ASSIGNMENT_COLUMNS]


def _wording(assignment: Assignment) -> str:
    return assignment.milestone.text or assignment.task.deadline_text


def _days_late(assignment: Assignment, today: date) -> int | None:
    """Calendar days past the last day; None where it is not overdue."""
    if assignment.due_on is None or not is_overdue(assignment.state, assignment.due_on, today):
        return None
    return -days_left(assignment.due_on, today)


def _last_report(assignment: Assignment, column: str) -> Value:
    return getattr(assignment.progress_reports[-1], column) if assignment.progress_reports else None


def _reported_on(assignment: Assignment) -> date | None:
    return local_day(assignment.progress_reports[-1].at) if assignment.progress_reports else None


def _names(deliverables: Iterable[Deliverable]) -> str:
    return "; ".join(deliverable.name for deliverable in deliverables)


PLAN_COLUMNS = (
    Column("Số, ký hiệu", 18),
    Column("Ngày ban hành", 12),
    Column("Cơ quan ban hành", 28),
    Column("Kế hoạch", 60),
    Column("Đơn vị theo dõi", 28),
    Column("Từ ngày", 12),
    Column("Đến ngày", 12),
    Column("Số nhiệm vụ", 10),
    Column("Số phân công", 10),
    Column("Đã xong", 10),
    Column("Quá hạn", 10),
)


def plan_row(line: PlanLine) -> list[Value]:
    """The row of a plan under `PLAN_COLUMNS`."""
    plan = line.plan
    return [
        plan.number,
        plan.issued_on,
        plan.issuer,
        plan.title,
        plan.watching_unit.name,
        plan.starts_on,
        plan.ends_on,
        line.tasks,
        line.progress.total,
        line.progress.done,
        line.progress.overdue,
    ]


TASK_COLUMNS = (
    Column("Nhóm", 28),
    Column("TT", 8),
    Column("Nhiệm vụ", 50),
    Column("Chủ trì", 30),
    Column("Phối hợp", 30),
    Column("Thời hạn ghi trong kế hoạch", 24),
    Column("Hạn cuối", 12),
    Column("Sản phẩm", 36),
    Column("Số phân công", 10),
    Column("Đã xong", 10),
    Column("Quá hạn", 10),
)


def task_row(group: TaskGroup | None, line: TaskLine) -> list[Value]:
    """The row of a task of a plan under `TASK_COLUMNS`."""
    task = line.task
    deliverables = [name for milestone in task.milestones for name in milestone.deliverables]
    return [
        f"{group.no} {group.title}".strip() if group else "",
        task.no,
        task.title,
        lead_words(task),
        helper_words(task),
        task.deadline_text,
        line.due_on,
        "; ".join(dict.fromkeys(deliverable.name for deliverable in deliverables)),
        line.progress.total,
        line.progress.done,
        line.progress.overdue,
    ]
