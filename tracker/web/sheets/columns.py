"""What stands in the columns of the lists of work that can be taken home as .xlsx."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from tracker.models import Assignment, Deliverable, TaskGroup
from tracker.render.sheets import Column, Value
from tracker.rules.timeliness import days_left, is_overdue
from tracker.services import status, urging
from tracker.services.overviews import PlanLine, TaskLine
from tracker.services.people import Line
from tracker.services.queue import Kind
from tracker.services.searching import Results
from tracker.web.assignments import FIGURE_WORDS
from tracker.web.plans.wording import helper_words, lead_words
from tracker.web.queue import Item
from tracker.web.sheets.room import Listing, Said
from tracker.words import ROLE_WORDS, STATE_WORDS, capitalised, local_day


def assignments_on(today: date) -> Listing[Assignment]:
    """Assignments with all that is known of each on a day."""
    columns: Sequence[Said[Assignment]] = (
        (Column("Kế hoạch", 16), lambda one: one.task.plan.number or one.task.plan.title),
        (Column("Nhóm", 8), lambda one: one.task.group.no if one.task.group else ""),
        (Column("Mục", 8), lambda one: one.task.no),
        (Column("Nhiệm vụ", 50), lambda one: one.task.title),
        (Column("Chủ trì", 28), lambda one: one.unit.name),
        (Column("Người phụ trách", 20), lambda one: one.responsible.name if one.responsible else ""),
        (Column("Thời hạn ghi trong kế hoạch", 22), _wording),
        (Column("Hạn cuối", 12), lambda one: one.due_on),
        (Column("Trạng thái", 20), lambda one: STATE_WORDS[status.state(one, today)]),
        (Column("Số ngày quá hạn", 10), lambda one: _days_late(one, today)),
        (Column("Ngày nộp đang chờ xác nhận", 14), status.submitted_on),
        (Column("Ngày hoàn thành", 12), lambda one: one.completed_on),
        (Column("Tiến độ (%)", 10), lambda one: _last_report(one, "percent")),
        (Column("Ngày báo cáo gần nhất", 12), _reported_on),
        (Column("Khó khăn, vướng mắc", 40), lambda one: _last_report(one, "difficulties")),
        (Column("Sản phẩm", 36), lambda one: _names(one.milestone.deliverables)),
        (Column("Còn thiếu", 36), lambda one: _names(status.missing(one))),
        (Column("Nguyên nhân khách quan", 30), lambda one: one.objective_cause),
    )
    return Listing("Nhiệm vụ", "nhiệm vụ", columns)


def agenda_on(today: date) -> Listing[Assignment]:
    """What a meeting goes through on a day, with room for what it concludes."""
    wanted = {"Kế hoạch", "Nhóm", "Mục", "Nhiệm vụ", "Chủ trì", "Người phụ trách", "Hạn cuối"}
    of_work = (one for one in assignments_on(today).columns if one[0].title in wanted)
    said: Sequence[Said[Assignment]] = (
        (Column("Tình hình", 40), lambda one: capitalised(urging.how_it_stands(one, today))),
        (Column("Kết luận", 40), lambda one: ""),
    )
    return Listing("Danh mục họp", "nhiệm vụ", (*of_work, *said))


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


PLANS: Listing[PlanLine] = Listing(
    "Kế hoạch",
    "kế hoạch",
    (
        (Column("Số, ký hiệu", 18), lambda line: line.plan.number),
        (Column("Ngày ban hành", 12), lambda line: line.plan.issued_on),
        (Column("Cơ quan ban hành", 28), lambda line: line.plan.issuer),
        (Column("Kế hoạch", 60), lambda line: line.plan.title),
        (Column("Đơn vị theo dõi", 28), lambda line: line.plan.watching_unit.name),
        (Column("Từ ngày", 12), lambda line: line.plan.starts_on),
        (Column("Đến ngày", 12), lambda line: line.plan.ends_on),
        (Column("Số nhiệm vụ", 10), lambda line: line.tasks),
        (Column("Số phân công", 10), lambda line: line.progress.total),
        (Column("Đã xong", 10), lambda line: line.progress.done),
        (Column("Quá hạn", 10), lambda line: line.progress.overdue),
    ),
)

Grouped = tuple[TaskGroup | None, TaskLine]  # a task of a plan with the group it stands under

TASKS: Listing[Grouped] = Listing(
    "Nhiệm vụ của kế hoạch",
    "nhiệm vụ",
    (
        (Column("Nhóm", 28), lambda one: f"{one[0].no} {one[0].title}".strip() if one[0] else ""),
        (Column("TT", 8), lambda one: one[1].task.no),
        (Column("Nhiệm vụ", 50), lambda one: one[1].task.title),
        (Column("Chủ trì", 30), lambda one: lead_words(one[1].task)),
        (Column("Phối hợp", 30), lambda one: helper_words(one[1].task)),
        (Column("Thời hạn ghi trong kế hoạch", 24), lambda one: one[1].task.deadline_text),
        (Column("Hạn cuối", 12), lambda one: one[1].due_on),
        (Column("Sản phẩm", 36), lambda one: _products(one[1])),
        (Column("Số phân công", 10), lambda one: one[1].progress.total),
        (Column("Đã xong", 10), lambda one: one[1].progress.done),
        (Column("Quá hạn", 10), lambda one: one[1].progress.overdue),
    ),
)


def _products(line: TaskLine) -> str:
    every = (piece.name for milestone in line.task.milestones for piece in milestone.deliverables)
    return "; ".join(dict.fromkeys(every))


def _figure(key: str, words: str) -> Said[Line]:
    return Column(words, 14), lambda line: line.figures[key]


PEOPLE: Listing[Line] = Listing(
    "Người của đơn vị",
    "người",
    (
        (Column("Họ và tên", 28), lambda line: line.person.name if line.person else "Chưa giao người"),
        *(_figure(key, words) for key, words in FIGURE_WORDS.items()),
    ),
)

KIND_WORDS = {
    Kind.SUBMITTED: "Chờ xác nhận",
    Kind.EXTENSION: "Đề nghị gia hạn",
    Kind.FOR_LEADER: "Lãnh đạo xác nhận",
}

WAITING: Listing[Item] = Listing(
    "Chờ xử lý",
    "mục",
    (
        (Column("Việc", 18), lambda item: KIND_WORDS[item.kind]),
        (Column("Kế hoạch", 16), lambda item: _plan_of(item.assignment)),
        (Column("Nhiệm vụ", 50), lambda item: item.assignment.task.title),
        (Column("Đơn vị", 28), lambda item: item.assignment.unit.name),
        (Column("Hạn cuối", 12), lambda item: item.assignment.due_on),
        (Column("Lúc gửi", 17), lambda item: item.since),
        (Column("Người gửi", 24), lambda item: item.by.name),
        (Column("Số ngày làm việc đã chờ", 12), lambda item: item.working_days),
        (Column("Nội dung", 50), lambda item: item.words),
        (Column("Đề nghị đến ngày", 12), lambda item: item.wanted_on),
    ),
)


def _plan_of(assignment: Assignment) -> str:
    return assignment.task.plan.number or assignment.task.plan.title


class Hit(NamedTuple):
    """One thing that a search found: what it is, its name, whose it is, a day that goes with it."""

    kind: str
    name: str
    number: str
    whose: str
    day: date | None


FOUND: Listing[Hit] = Listing(
    "Kết quả tìm kiếm",
    "kết quả",
    (
        (Column("Loại", 20), lambda hit: hit.kind),
        (Column("Tên", 60), lambda hit: hit.name),
        (Column("Số, ký hiệu, tên đăng nhập", 20), lambda hit: hit.number),
        (Column("Đơn vị", 40), lambda hit: hit.whose),
        (Column("Ngày", 12), lambda hit: hit.day),
    ),
)


def hits(results: Results) -> Iterator[Hit]:
    """What a search found, kind after kind, as on its page."""
    for task in results.tasks.things:
        part = results.parts.get(task.id)
        one = part.only if part else None
        whose = one.unit_name if one else f"{part.units} đơn vị" if part else "chưa giao"
        yield Hit(
            "Nhiệm vụ", task.title, task.plan.number or task.plan.title, whose, one.due_on if one else None
        )
    for plan in results.plans.things:
        yield Hit("Kế hoạch", plan.title, plan.number, plan.issuer, plan.issued_on)
    for piece in results.documents.things:
        whose = f"{piece.assignment.unit.name}: {piece.assignment.task.title}"
        yield Hit("Văn bản minh chứng", piece.name, piece.document_number, whose, piece.document_on)
    for unit in results.units.things:
        yield Hit("Đơn vị", unit.name, unit.short_name, unit.parent.name if unit.parent else "", unit.last_on)
    for user in results.people.things:
        roles = "; ".join(f"{ROLE_WORDS[held.role]}, {held.unit.name}" for held in user.grants)
        yield Hit("Người", user.name, user.username, roles, None)
