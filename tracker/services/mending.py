"""Mending how a milestone was read after its plan was published: another kind, another date, another rule."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from tracker.db import db
from tracker.deadlines import meaning
from tracker.deadlines.meaning import Kind
from tracker.deadlines.workdays import DaysOff
from tracker.models import Assignment, Milestone, User
from tracker.rules.states import State
from tracker.services import auditing, managing, milestones, recurring, stepping
from tracker.services.milestones import Dates
from tracker.services.refusals import Refused


def correct_milestone(
    milestone: Milestone,
    meant: meaning.Milestone,
    reason: str,
    *,
    actor: User,
    now: datetime,
    today: date,
    document: str = "",
    roll: DaysOff | None = None,
) -> None:
    """Let a milestone mean something else (đính chính), for every unit that has it.

    What is open takes the new dates, current occurrence first; what there is no date for any more is
    cancelled, what is lacking is made. Work that is done takes a new date, but no rule. The same meaning
    again changes nothing. Raises Refused without a reason, and for a rule that gives no date in the plan's
    period.
    """
    reason = stepping.needed(reason, "Hãy nêu lý do đính chính hạn.")
    before = milestones.meaning_of(milestone)
    if _values(before) == _values(meant):
        return
    plan = milestone.task.plan
    dates = milestones.dates_from(milestones.stored(meant, milestone.position), plan, today, roll)
    if not dates:
        raise Refused("Thời hạn mới không có kỳ nào trong giai đoạn của kế hoạch. Hãy kiểm tra lại.")
    milestones.take_over(milestone, meant)
    change = {"before": _values(before), "after": {**_values(meant), "reason": reason}}
    auditing.record(actor, "correct", milestone, now=now, **change)
    for own in _by_party(milestone):
        pairs = _pairs(own, dates, meant.kind, today)
        for assignment in _unfinished(own):
            if all(assignment is not kept for kept, _ in pairs):
                managing.cancel(assignment, reason, actor=actor, now=now)
        for assignment, new in pairs:
            if Kind.RECURRING in (before.kind, meant.kind):
                assignment.occurrence = new.occurrence
            managing.put_right(assignment, new, reason, document, actor=actor, now=now)
    recurring.top_up(now=now, today=today)


def _values(meant: meaning.Milestone) -> dict[str, object]:
    """What a milestone means, its wording aside."""
    return {"kind": meant.kind.value, "starts_on": meant.start, "due_on": meant.due, "rrule": meant.rrule}


def _by_party(milestone: Milestone) -> list[list[Assignment]]:
    """The assignments of the milestone: each party's, by occurrence."""
    query = select(Assignment).where(Assignment.milestone_id == milestone.id)
    found: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in db.session.scalars(query.order_by(Assignment.occurrence, Assignment.id)):
        found[assignment.party_id].append(assignment)
    return list(found.values())


def _unfinished(own: Sequence[Assignment]) -> list[Assignment]:
    return [a for a in own if a.state not in (State.DONE, State.CANCELLED)]


def _pairs(
    own: Sequence[Assignment], dates: Sequence[Dates], kind: Kind, today: date
) -> list[tuple[Assignment, Dates]]:
    """Which assignment takes which dates: first the one that bears their name, else the next that is free."""
    named = {assignment.occurrence: assignment for assignment in own}
    keep = _to_keep(own, kind, today)
    wanted = {new.occurrence for new in dates}
    free = [assignment for assignment in keep if assignment.occurrence not in wanted]
    pairs = []
    for new in dates:
        bearer = named.get(new.occurrence)
        if bearer is None and free:
            pairs.append((free.pop(0), new))
        elif bearer in keep:
            pairs.append((bearer, new))
    return pairs


def _to_keep(own: Sequence[Assignment], kind: Kind, today: date) -> list[Assignment]:
    """Which may take a new date, in the order in which they take them: what is not over first."""
    unfinished = _unfinished(own)
    if not unfinished and kind is not Kind.RECURRING:
        return [a for a in own if a.state is State.DONE][-1:]
    ahead = [a for a in unfinished if a.due_on is None or a.due_on >= today]
    return ahead or unfinished[-1:]
