"""How one assignment stands, derived from what is stored: its state, what is there, what is missing."""

from dataclasses import dataclass
from datetime import date

from tracker.deadlines.meaning import Kind
from tracker.models import (
    Assignment,
    Deliverable,
    Evidence,
    EvidenceAbsence,
    Review,
    ReviewOutcome,
    Submission,
)
from tracker.rules import timeliness
from tracker.rules.states import State
from tracker.words import local_day


@dataclass(frozen=True, slots=True)
class Holding:
    """What stands for one deliverable: the evidence in force, or why there is none, or nothing yet."""

    deliverable: Deliverable
    evidence: tuple[Evidence, ...]
    absence: EvidenceAbsence | None

    @property
    def there(self) -> bool:
        """Whether the deliverable has evidence or an explained «không có»."""
        return bool(self.evidence) or self.absence is not None


def is_moved(assignment: Assignment) -> bool:
    """Whether its last day is another than the one its wording was read to mean: more time was given, say."""
    read = assignment.milestone.due_on
    return read is not None and assignment.due_on != read


def holdings(assignment: Assignment) -> list[Holding]:
    """What stands for each deliverable of the assignment's milestone, in their order."""
    absences = {absence.deliverable_id: absence for absence in assignment.absences}
    pieces = evidence_in_force(assignment)
    return [
        Holding(
            deliverable,
            tuple(piece for piece in pieces if piece.deliverable_id == deliverable.id),
            absences.get(deliverable.id),
        )
        for deliverable in assignment.milestone.deliverables
    ]


def evidence_in_force(assignment: Assignment) -> list[Evidence]:
    """The pieces of evidence that were neither taken away nor replaced by a newer version."""
    if not assignment.evidence:
        return []
    replaced = {piece.replaces_id for piece in assignment.evidence}
    return [piece for piece in assignment.evidence if piece.removed_at is None and piece.id not in replaced]


def missing(assignment: Assignment) -> list[Deliverable]:
    """The deliverables that have neither evidence nor an explained «không có»: not `there` in `holdings`."""
    stands_for = {piece.deliverable_id for piece in evidence_in_force(assignment)}
    stands_for.update(absence.deliverable_id for absence in assignment.absences)
    return [one for one in assignment.milestone.deliverables if one.id not in stands_for]


def waiting_submission(assignment: Assignment) -> Submission | None:
    """What was handed in last and neither withdrawn nor reviewed."""
    last = assignment.submissions[-1] if assignment.submissions else None
    return last if last is not None and last.withdrawn_at is None and last.review is None else None


def return_to_mend(assignment: Assignment) -> Review | None:
    """The review that returned the work, while nothing was handed in since."""
    if assignment.state is not State.OPEN or not assignment.submissions:
        return None
    handed_in = [submission for submission in assignment.submissions if submission.withdrawn_at is None]
    review = handed_in[-1].review if handed_in else None
    return review if review is not None and review.outcome is ReviewOutcome.RETURNED else None


def submitted_on(assignment: Assignment) -> date | None:
    """The day in Viet Nam on which what waits for review was handed in."""
    submission = waiting_submission(assignment)
    return local_day(submission.at) if submission else None


def is_standing(assignment: Assignment) -> bool:
    """Whether it is a standing task, reported by period and never overdue."""
    return assignment.milestone.kind is Kind.CONTINUOUS


def work_state(assignment: Assignment) -> str:
    """The state without regard to the date, a key of words.STATE_WORDS."""
    if assignment.state is not State.OPEN:
        return assignment.state.value
    if return_to_mend(assignment):
        return "returned"
    return "in_progress" if assignment.progress_reports else "not_started"


def state(assignment: Assignment, today: date) -> str:
    """The state in which the date speaks first, a key of words.STATE_WORDS."""
    if assignment.state is State.DONE:
        outcome = timeliness.outcome(assignment.state, assignment.due_on, assignment.completed_on, today)
        return "done" if outcome is timeliness.Outcome.UNDATED else outcome.value
    if timeliness.is_overdue(assignment.state, assignment.due_on, today):
        return "overdue"
    known = work_state(assignment)
    if known in {"not_started", "in_progress"}:
        if assignment.due_on is None and not is_standing(assignment):
            return "undated"
        if timeliness.is_due_soon(assignment.state, assignment.due_on, today):
            return "due_soon"
    return known
