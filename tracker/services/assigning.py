"""Making assignments, many at once: one occurrence of a task to one unit each."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select

from tracker.db import db
from tracker.models import Assignment, Milestone, TaskParty, User
from tracker.rules.states import State
from tracker.services import auditing, cells, succession
from tracker.services.milestones import Dates

Row = dict[str, Any]  # the columns of an assignment that is not stored yet


def row(
    milestone: Milestone,
    party: TaskParty,
    dates: Dates,
    *,
    tracked_from: date,
    unit_id: int | None = None,
) -> Row:
    """One occurrence for the unit of the party, or for `unit_id` where another answers for it by now."""
    return {
        "task_id": milestone.task_id,
        "milestone_id": milestone.id,
        "party_id": party.id,
        "unit_id": unit_id or party.unit_id,
        "occurrence": dates.occurrence,
        "starts_on": dates.starts_on,
        "due_on": dates.due_on,
        "nominal_on": dates.rolled_from,
        "tracked_from": tracked_from,
        "state": State.OPEN,
        "completed_on": None,
        "completion_document": "",
    }


def give(rows: Sequence[Row], *, actor: User | None, now: datetime) -> list[Assignment]:
    """Store the assignments and log each; as many statements for a thousand as for one.

    What would go to a unit that ended goes to the one that followed it. The database refuses
    (IntegrityError) what a party has of an occurrence already.
    """
    if not rows:
        return []
    db.session.flush()  # the rows name parties and milestones by their ids
    heirs = succession.followers()
    to_store = [
        {**this, "unit_id": heirs.get(this["unit_id"], this["unit_id"]), "changed_at": now} for this in rows
    ]
    db.session.execute(insert(Assignment), to_store)
    wanted = {(this["milestone_id"], this["party_id"], this["occurrence"]) for this in rows}
    stored = db.session.scalars(
        select(Assignment).where(Assignment.changed_at == now).order_by(Assignment.id)
    )
    made = [a for a in stored if (a.milestone_id, a.party_id, a.occurrence) in wanted]
    cells.mark_arrivals(made)
    auditing.record_many(actor, "assign", ((a, _described(a)) for a in made), now=now)
    return made


def _described(assignment: Assignment) -> Row:
    """What the log keeps of an assignment when it is made."""
    known: Row = {"unit": assignment.unit_id, "due_on": assignment.due_on}
    if assignment.state is State.DONE:
        document = assignment.completion_document
        known |= {"state": "done", "completed_on": assignment.completed_on, "document": document}
    return known
