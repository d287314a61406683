"""Whether a plan can be given out: what blocks it, what has passed already, how much it would be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.db import db
from tracker.deadlines.meaning import Kind
from tracker.deadlines.workdays import DaysOff
from tracker.models import Milestone, PartyRole, Plan, Task, TaskParty
from tracker.services import milestones, succession
from tracker.services.milestones import Dates


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What has to be mended before the plan can be published, and the task where that is."""

    sentence: str
    task: Task | None = None


@dataclass(frozen=True, slots=True)
class PastRow:
    """A milestone whose last day has passed at publication; it needs a decision."""

    milestone: Milestone
    dates: Dates


@dataclass(frozen=True, slots=True)
class Readiness:
    """What blocks publishing, what needs a decision, and how much would be given out to how many units."""

    obstacles: Sequence[Obstacle]
    past: Sequence[PastRow]
    tasks: int
    assignments: int
    units: int

    @property
    def extent(self) -> str:
        """«96 nhiệm vụ cho 22 đơn vị», with the assignments where a task is given more than once."""
        each = f" ({self.assignments} phân công)" if self.assignments != self.tasks else ""
        return f"{self.tasks} nhiệm vụ{each} cho {self.units} đơn vị"


def check(plan: Plan, today: date, roll: DaysOff | None = None) -> Readiness:
    """Whether the plan can be published today; `roll` as for `publish`."""
    tasks = loaded(plan)
    rows = list(tracked(tasks, plan, today, roll))
    return Readiness(
        obstacles=list(_obstacles(plan, tasks)),
        past=[PastRow(milestone, dates) for _, milestone, dates in rows if is_past(dates, today)],
        tasks=len(tasks),
        assignments=sum(len(task.leads) for task, _, _ in rows),
        units=len({party.unit_id for task in tasks for party in task.leads}),
    )


def loaded(plan: Plan) -> Sequence[Task]:
    """The tasks with all that publishing looks at, by a fixed number of queries."""
    query = (
        select(Task)
        .where(Task.plan_id == plan.id)
        .order_by(Task.position)
        .options(
            selectinload(Task.parties).joinedload(TaskParty.unit),
            selectinload(Task.open_parties),
            selectinload(Task.milestones),
        )
    )
    return db.session.scalars(query).all()


def _obstacles(plan: Plan, tasks: Sequence[Task]) -> Iterator[Obstacle]:
    if plan.issued_on is None:
        yield Obstacle("kế hoạch chưa có ngày ban hành. Hãy nhập ngày ban hành.")
    if not tasks:
        yield Obstacle("kế hoạch chưa có nhiệm vụ nào.")
    for task in tasks:
        yield from task_obstacles(plan, task)


def task_obstacles(plan: Plan, task: Task) -> Iterator[Obstacle]:
    """What keeps a task of the plan from being given out."""
    name = f"nhiệm vụ {task.no or task.position} “{short(task.title)}”"
    for party in task.open_parties:
        if party.role is PartyRole.LEAD:
            yield Obstacle(f"{name} giao “{party.phrase}” chủ trì. Hãy chọn các đơn vị cụ thể.", task)
    if not task.leads:
        yield Obstacle(f"{name} chưa có đơn vị chủ trì. Hãy chọn đơn vị.", task)
    yield from _split(task, name)
    if not task.milestones:
        yield Obstacle(f"{name} chưa có thời hạn. Hãy nhập thời hạn.", task)
    yield from _endless(plan, task, name)


def _split(task: Task, name: str) -> Iterator[Obstacle]:
    """Lead units that ended and that several follow: who takes over is a person's choice."""
    ended = [party.unit for party in task.leads if party.unit.last_on is not None]
    followed = succession.followers() if ended else {}
    for unit in ended:
        if unit.id not in followed:
            heirs = ", ".join(heir.name for heir in unit.successors)
            became = f"chia tách thành {heirs}" if heirs else "kết thúc hoạt động"
            sentence = f"{name} giao {unit.name} chủ trì, nhưng {unit.name} đã {became}. Hãy chọn đơn vị."
            yield Obstacle(sentence, task)


def _endless(plan: Plan, task: Task, name: str) -> Iterator[Obstacle]:
    """What recurs without bounds, or without any date within them."""
    for milestone in task.milestones:
        if milestone.kind is not Kind.RECURRING:
            continue
        if plan.starts_on is None or plan.ends_on is None:
            yield Obstacle(f"{name} lặp lại theo kỳ. Hãy nhập giai đoạn của kế hoạch.", task)
        elif next(milestones.upcoming(milestone, plan, date.min), None) is None:
            yield Obstacle(f"{name} không có kỳ nào trong giai đoạn của kế hoạch. Hãy sửa thời hạn.", task)


def short(title: str, most: int = 60) -> str:
    """The beginning of a title, cut between words where it is longer than `most` letters."""
    return title if len(title) <= most else title[:most].rsplit(" ", 1)[0] + "..."


def tracked(
    tasks: Sequence[Task], plan: Plan, today: date, roll: DaysOff | None
) -> Iterator[tuple[Task, Milestone, Dates]]:
    """Every task, milestone and occurrence that publishing today brings under tracking."""
    for task in tasks:
        for milestone in task.milestones:
            for dates in milestones.dates_from(milestone, plan, today, roll) or _last(milestone, plan):
                yield task, milestone, dates


def _last(milestone: Milestone, plan: Plan) -> list[Dates]:
    """The last occurrence of what recurs no more."""
    return list(milestones.upcoming(milestone, plan, date.min))[-1:]


def is_past(dates: Dates, today: date) -> bool:
    """Whether the last day has passed."""
    return dates.due_on is not None and dates.due_on < today
