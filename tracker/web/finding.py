"""Finding an assignment for who asks: 404 for what may not be seen, 403 for what may not be done."""

from collections.abc import Collection

from flask import abort

from tracker.access import Verb, may
from tracker.db import db
from tracker.grants import Reach
from tracker.models import Assignment
from tracker.rules import states
from tracker.rules.states import Step
from tracker.web.sessions import current_reach

# step -> what a person has to be allowed to take it
VERBS: dict[Step, Verb] = {
    Step.REPORT: Verb.REPORT,
    Step.ATTACH: Verb.REPORT,
    Step.SUBMIT: Verb.SUBMIT,
    Step.WITHDRAW: Verb.REPORT,
    Step.CONFIRM: Verb.REVIEW,
    Step.RETURN: Verb.REVIEW,
    Step.REQUEST_EXTENSION: Verb.REPORT,
    Step.DECIDE_EXTENSION: Verb.DECIDE_EXTENSION,
    Step.NAME_RESPONSIBLE: Verb.NAME_RESPONSIBLE,
    Step.REOPEN: Verb.MANAGE,
    Step.CORRECT: Verb.MANAGE,
    Step.SUSPEND: Verb.MANAGE,
    Step.RESUME: Verb.MANAGE,
    Step.CANCEL: Verb.MANAGE,
    Step.REASSIGN: Verb.MANAGE,
    Step.RECORD_CAUSE: Verb.MANAGE,
}


def find_assignment(assignment_id: int, verb: Verb = Verb.SEE) -> Assignment:
    """The assignment, if who asks may do `verb` to it; aborts with 404 or 403 otherwise."""
    assignment = db.session.get(Assignment, assignment_id)
    if assignment is None or not may(current_reach, Verb.SEE, assignment):
        abort(404)
    if not may(current_reach, verb, assignment):
        abort(403)
    return assignment


def open_steps(
    reach: Reach, assignment: Assignment, among: Collection[Step] = VERBS.keys()
) -> frozenset[Step]:
    """The steps among these that follow from the assignment's state and that the person may take."""
    return frozenset(
        step
        for step in among
        if states.allowed(assignment.state, step) and may(reach, VERBS[step], assignment)
    )
