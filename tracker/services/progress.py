"""What the lead unit does: report, explain what does not exist, hand in, take back, name a person."""

from collections.abc import Sequence
from datetime import datetime

from tracker.grants import works_in
from tracker.models import (
    Assignment,
    Deliverable,
    EvidenceAbsence,
    ProgressReport,
    Submission,
    User,
)
from tracker.rules.states import Step
from tracker.services import status, stepping
from tracker.services.refusals import Refused


class EvidenceMissing(Refused):
    """Nothing shows that the `deliverables` exist, nor why they do not."""

    def __init__(self, deliverables: Sequence[Deliverable]) -> None:
        super().__init__(f"Chưa nộp được: còn thiếu minh chứng cho {len(deliverables)} sản phẩm.")
        self.deliverables = deliverables


def report_progress(
    assignment: Assignment,
    percent: int,
    *,
    actor: User,
    now: datetime,
    text: str = "",
    difficulties: str = "",
) -> ProgressReport:
    """Note how far the work has come: percent done (0 to 100), what was done, what stands in the way.

    The same report again, at once, is the button pressed twice and is noted once.

    Raises Refused where the work is not open or the percentage is none.
    """
    if not 0 <= percent <= 100:
        raise Refused("Tiến độ phải từ 0 đến 100 %. Hãy nhập lại.")
    text, difficulties = text.strip(), difficulties.strip()
    last = assignment.progress_reports[-1] if assignment.progress_reports else None
    same = last and (last.percent, last.text, last.difficulties) == (percent, text, difficulties)
    if last and same and stepping.is_pressed_twice(last, actor, now):
        return last
    behalf = stepping.on_behalf(actor, assignment)
    stepping.take(
        assignment, Step.REPORT, actor=actor, now=now, after={"percent": percent, "on_behalf": behalf}
    )
    report = ProgressReport(
        percent=percent,
        text=text,
        difficulties=difficulties,
        by=actor,
        at=now,
        on_behalf=behalf,
    )
    assignment.progress_reports.append(report)
    return report


def explain_absence(
    assignment: Assignment, deliverable: Deliverable, reason: str, *, actor: User, now: datetime
) -> EvidenceAbsence:
    """Say why there is no evidence for a deliverable; said again, the new reason stands.

    Raises Refused without a reason, or where the work is not open.
    """
    reason = stepping.needed(reason, "Hãy ghi lý do không có minh chứng.")
    if deliverable not in assignment.milestone.deliverables:
        raise Refused("Sản phẩm này không thuộc nhiệm vụ. Hãy tải lại trang.")
    absence = _absence(assignment, deliverable)
    stepping.take(
        assignment,
        Step.ATTACH,
        actor=actor,
        now=now,
        before={"reason": absence.reason} if absence else None,
        after={
            "deliverable": deliverable.id,
            "reason": reason,
            "on_behalf": stepping.on_behalf(actor, assignment),
        },
    )
    if absence is None:
        absence = EvidenceAbsence(deliverable_id=deliverable.id, deliverable=deliverable)
        assignment.absences.append(absence)
    absence.reason, absence.by, absence.at = reason, actor, now
    return absence


def take_back_absence(
    assignment: Assignment, deliverable: Deliverable, *, actor: User, now: datetime
) -> None:
    """Drop the reason why there is no evidence, if there is one.

    Raises Refused where the work is not open.
    """
    absence = _absence(assignment, deliverable)
    if absence is None:
        return
    before = {"deliverable": deliverable.id, "reason": absence.reason}
    stepping.take(assignment, Step.ATTACH, actor=actor, now=now, before=before)
    assignment.absences.remove(absence)


def _absence(assignment: Assignment, deliverable: Deliverable) -> EvidenceAbsence | None:
    return next((a for a in assignment.absences if a.deliverable_id == deliverable.id), None)


def submit(assignment: Assignment, *, actor: User, now: datetime, note: str = "") -> Submission:
    """Hand the work in for review; what is handed in is frozen while it waits. Pressed twice, it goes once.

    Raises EvidenceMissing where a deliverable has neither evidence nor a reason, Refused where the work is
    not open or is a standing task.
    """
    waiting = status.waiting_submission(assignment)
    if waiting and stepping.is_pressed_twice(waiting, actor, now):
        return waiting
    stepping.require(assignment, Step.SUBMIT)
    if status.is_standing(assignment):
        raise Refused("Nhiệm vụ thường xuyên được báo cáo theo kỳ. Hãy dùng “Báo cáo kỳ này”.")
    lacking = status.missing(assignment)
    if lacking:
        raise EvidenceMissing(lacking)
    behalf = stepping.on_behalf(actor, assignment)
    stepping.take(assignment, Step.SUBMIT, actor=actor, now=now, after={"on_behalf": behalf})
    submission = Submission(note=note.strip(), by=actor, at=now, on_behalf=behalf)
    assignment.submissions.append(submission)
    return submission


def withdraw(assignment: Assignment, *, actor: User, now: datetime) -> Submission:
    """Take back what waits for review, so that it can be changed; raises Refused where nothing waits."""
    behalf = stepping.on_behalf(actor, assignment)
    stepping.take(assignment, Step.WITHDRAW, actor=actor, now=now, after={"on_behalf": behalf})
    submission = status.waiting_submission(assignment)
    assert submission is not None, "a submitted assignment has a submission that waits"
    submission.withdrawn_at = now
    return submission


def name_responsible(assignment: Assignment, person: User | None, *, actor: User, now: datetime) -> None:
    """Name who in the lead unit is responsible, or nobody; the same name again changes nothing.

    Raises Refused where the person has no active account in the unit.
    """
    if person is assignment.responsible:
        return
    if person is not None and not (person.active and works_in(person, assignment.unit)):
        raise Refused(f"{person.name} không thuộc {assignment.unit.name}. Hãy chọn người của đơn vị.")
    stepping.take(
        assignment,
        Step.NAME_RESPONSIBLE,
        actor=actor,
        now=now,
        before={"responsible": assignment.responsible_id},
        after={"responsible": person.id if person else None},
    )
    assignment.responsible = person
