"""A row of a list of assignments: what it says, and its one button, named after the next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.models import Assignment, Deliverable, ExtensionRequest, Review
from tracker.rules.states import Step
from tracker.services import extending, status
from tracker.services.groups import Group


@dataclass(frozen=True, slots=True)
class Button:
    """The next step as a verb, where on the assignment's page it is done, and whether it is due today."""

    words: str
    anchor: str = ""
    filled: bool = False


SEE = Button("Xem")
MEND = Button("Sửa và nộp lại", "deliverables", filled=True)
SUBMIT = Button("Nộp kết quả", "next", filled=True)
ATTACH = Button("Nộp minh chứng", "deliverables")
ATTACH_NOW = Button("Nộp minh chứng", "deliverables", filled=True)
REPORT = Button("Báo cáo tiến độ", "progress")
NAME = Button("Giao người làm", "people")
STEPS = (Step.ATTACH, Step.SUBMIT, Step.NAME_RESPONSIBLE)  # that a button can lead to


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of an assignment, derived once."""

    assignment: Assignment
    state: str
    bar: str
    total: int
    missing: Sequence[Deliverable]
    submitted_on: date | None
    returned: Review | None
    request: ExtensionRequest | None
    button: Button

    @property
    def have(self) -> int:
        """How many deliverables have evidence or an explanation."""
        return self.total - len(self.missing)


def row(assignment: Assignment, group: Group, steps: frozenset[Step], today: date) -> Row:
    """The row of an assignment that stands in `group`, for a person who may take `steps` (of STEPS)."""
    missing = status.missing(assignment)
    return Row(
        assignment=assignment,
        state=_chip(assignment, group, today),
        bar=status.state(assignment, today),
        total=len(assignment.milestone.deliverables),
        missing=missing,
        submitted_on=status.submitted_on(assignment),
        returned=status.return_to_mend(assignment),
        request=extending.pending_request(assignment),
        button=_button(assignment, group, steps, bool(missing)),
    )


def _chip(assignment: Assignment, group: Group, today: date) -> str:
    """Under a heading that says the date's part, the chip tells the other half."""
    if group in (Group.OVERDUE, Group.SOON):
        return status.work_state(assignment)
    return status.state(assignment, today)


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
