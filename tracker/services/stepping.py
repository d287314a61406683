"""A step in the life of an assignment: checked, taken, stamped and logged in one place."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from tracker.grants import works_in
from tracker.models import Assignment, AuditEntry, User
from tracker.rules import states
from tracker.rules.states import Step, StepRefused
from tracker.services import auditing
from tracker.services.refusals import Refused

AT_ONCE = timedelta(minutes=1)  # within which the same deed again is the button pressed twice


class Deed(Protocol):
    """What a person did, and when."""

    by: User
    at: datetime


def require(assignment: Assignment, step: Step) -> None:
    """Raise Refused where the step does not follow from the state of the assignment."""
    try:
        states.after(assignment.state, step)
    except StepRefused as refused:
        raise Refused(str(refused)) from refused


def take(
    assignment: Assignment,
    step: Step,
    *,
    actor: User,
    now: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Take the step: the state follows, the moment is stamped, and the log says what changed.

    The stamp moves the assignment's version, so of two deeds at the same time one fails. Raises Refused
    where the step does not follow.
    """
    require(assignment, step)
    was, becomes = assignment.state, states.after(assignment.state, step)
    assignment.state, assignment.changed_at = becomes, now
    moved = was is not becomes
    return auditing.record(
        actor,
        step.value,
        assignment,
        now=now,
        before={**({"state": was.value} if moved else {}), **(before or {})},
        after={**({"state": becomes.value} if moved else {}), **(after or {})},
    )


def on_behalf(actor: User, assignment: Assignment) -> bool:
    """Whether the person acts for a lead unit that is not their own; whoever records it says so."""
    return not works_in(actor, assignment.unit)


def is_pressed_twice(deed: Deed, actor: User, now: datetime) -> bool:
    """Whether the person did it just now, so that the same again means the same deed and no second one."""
    return deed.by is actor and now - deed.at < AT_ONCE


def needed(text: str, otherwise: str) -> str:
    """The text without the blanks around it; raises Refused with the sentence `otherwise` if it is empty."""
    if not text.strip():
        raise Refused(otherwise)
    return text.strip()
