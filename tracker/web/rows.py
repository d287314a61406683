"""A row of a list of assignments: what it says, and its one button, named after the next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.models import Assignment, Comment, Deliverable, ExtensionRequest, Review
from tracker.rules.states import State, Step
from tracker.services import extending, status
from tracker.services.groups import Group
from tracker.web.filters import source


@dataclass(frozen=True, slots=True)
class Button:
    """The next step as a verb, where on the assignment's page it is done, and whether it is due today."""

    words: str
    fragment: str = ""
    filled: bool = False


SEE = Button("Xem")
MEND = Button("Sửa và nộp lại", "#deliverables", filled=True)
SUBMIT = Button("Nộp kết quả", "#next", filled=True)
ATTACH = Button("Nộp minh chứng", "#deliverables")
ATTACH_NOW = Button("Nộp minh chứng", "#deliverables", filled=True)
REPORT = Button("Báo cáo tiến độ", "#progress")
NAME = Button("Giao người làm", "#people")
STEPS = (Step.ATTACH, Step.SUBMIT, Step.NAME_RESPONSIBLE)  # that a button can lead to


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of an assignment, derived once: a page has hundreds, and a template asks slowly."""

    assignment: Assignment
    number: int
    address: str
    title: str
    source: str
    wording: str
    moved: bool
    state: str
    bar: str
    have: int  # deliverables that have evidence or an explanation
    total: int
    meaning: str
    submitted_on: date | None
    returned: Review | None
    request: ExtensionRequest | None
    direction: Comment | None  # the last one, while there is something to be done
    button: Button


def row(assignment: Assignment, group: Group, steps: frozenset[Step], today: date, *, address: str) -> Row:
    """The row of an assignment that stands in `group`, for a person who may take `steps` (of STEPS)."""
    task, missing = assignment.task, status.missing(assignment)
    total, state = len(assignment.milestone.deliverables), status.state(assignment, today)
    button = _button(assignment, group, steps, bool(missing))
    return Row(
        assignment=assignment,
        number=assignment.id,
        address=address,
        title=task.title,
        source=source(task),
        wording=assignment.milestone.text or task.deadline_text,
        moved=status.is_moved(assignment),
        state=_chip(assignment, group, state),
        bar=state,
        have=total - len(missing),
        total=total,
        meaning=_meaning(missing, button),
        submitted_on=status.submitted_on(assignment),
        returned=status.return_to_mend(assignment),
        request=extending.pending_request(assignment),
        direction=assignment.directions[-1]
        if assignment.directions and assignment.state is State.OPEN
        else None,
        button=button,
    )


def _meaning(missing: Sequence[Deliverable], button: Button) -> str:
    """What is missing, or that nothing is."""
    if button is SUBMIT:
        return "Đủ minh chứng, có thể nộp"
    if missing:
        return f"Còn thiếu: {'; '.join(one.name for one in missing)}"
    return "Đủ minh chứng"


def _chip(assignment: Assignment, group: Group, state: str) -> str:
    """Under a heading that says the date's part, the chip tells the other half."""
    return status.work_state(assignment) if group in (Group.OVERDUE, Group.SOON) else state


def _button(assignment: Assignment, group: Group, steps: frozenset[Step], lacks: bool) -> Button:
    if Step.ATTACH not in steps:
        return SEE
    if group is Group.RETURNED:
        return MEND
    if not lacks and Step.SUBMIT in steps and group is not Group.STANDING:
        return SUBMIT
    if group in (Group.OVERDUE, Group.SOON):
        return ATTACH_NOW if group is Group.OVERDUE else ATTACH
    if assignment.responsible is None and Step.NAME_RESPONSIBLE in steps:
        return NAME
    return REPORT
