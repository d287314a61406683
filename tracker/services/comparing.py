"""A plan as stored held beside a document that may amend it, and the documents it has come of so far."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.db import db
from tracker.deadlines.meaning import Context
from tracker.models import Assignment, Milestone, Plan, PlanImport, Task
from tracker.plans import answers, corrected, form
from tracker.plans.amending import Comparison, Side, compare
from tracker.plans.corrected import Row
from tracker.plans.draft import Heading
from tracker.plans.mendings import Mended, mend
from tracker.rules.states import State
from tracker.services import drafting, milestones
from tracker.services.checking import Check
from tracker.words import date_words


def comparison(plan: Plan, checked: Check) -> Comparison:
    """The plan as stored beside the document as checked; a fixed number of queries."""
    stored = [_stored_side(task) for task in _tasks(plan)]
    return compare(stored, [_read_side(row, checked) for row in checked.corrected.selected])


def mended(plan: Plan, checked: Check, found: Comparison) -> list[Mended]:
    """The tasks that no row of the document changes and its words do; a fixed number of queries."""
    mendings = checked.draft.mendings
    if not mendings:
        return []
    changed = {change.old.key for change in found.changed}
    sides = [_stored_side(task) for task in _tasks(plan) if str(task.id) not in changed]
    context = corrected.context_of(checked.corrected.heading)
    within = Context(context.issued, context.start or plan.starts_on, context.end or plan.ends_on)
    return list(mend(sides, mendings, within, checked.whom))


def _tasks(plan: Plan) -> Sequence[Task]:
    """The tasks of the plan that have not been cancelled whole."""
    living = select(Assignment.task_id).where(Assignment.state != State.CANCELLED)
    query = (
        select(Task)
        .where(Task.plan_id == plan.id)
        .order_by(Task.position)
        .options(
            selectinload(Task.group),
            selectinload(Task.parties),
            selectinload(Task.open_parties),
            selectinload(Task.milestones).selectinload(Milestone.deliverables),
        )
    )
    if plan.published_at is not None:
        query = query.where(Task.id.in_(living))
    return db.session.scalars(query).all()


def _stored_side(task: Task) -> Side:
    return Side(
        key=str(task.id),
        no=task.no,
        group=task.group.title if task.group else "",
        group_no=task.group.no if task.group else "",
        title=task.title,
        leads=tuple(party.unit_id for party in task.leads),
        helpers=tuple(party.unit_id for party in task.coordinating),
        open_helpers=tuple(party.phrase for party in task.open_parties),
        wording=task.deadline_text,
        milestones=tuple(milestones.meaning_of(milestone) for milestone in task.milestones),
        deliverables=tuple(tuple(d.name for d in milestone.deliverables) for milestone in task.milestones),
    )


def _read_side(row: Row, checked: Check) -> Side:
    return Side(
        key=row.key,
        no=row.task.no,
        group=row.task.group_title,
        group_no=row.task.group,
        title=row.task.title,
        leads=checked.leads(row),
        helpers=checked.helpers(row),
        open_helpers=tuple(party.phrase for party in drafting.open_parties_of(row, checked)),
        wording=row.wording,
        milestones=tuple(draft.milestone for draft in row.task.milestones),
        deliverables=tuple(draft.deliverables for draft in row.task.milestones),
    )


def named(heading: Heading) -> str:
    """«Văn bản số 45/KH-UBND ngày 01/7/2026», as far as the heading says."""
    number = f" số {heading.number}" if heading.number else ""
    issued = f" ngày {date_words(heading.issued)}" if heading.issued else ""
    return f"Văn bản{number}{issued}" if number or issued else "Văn bản điều chỉnh"


def documents(plan: Plan) -> Iterator[tuple[PlanImport, Heading]]:
    """The documents that the plan came of and those that amended it, oldest first, each with its heading."""
    query = select(PlanImport).where(PlanImport.plan_id == plan.id).order_by(PlanImport.accepted_at)
    for plan_import in db.session.scalars(query):
        draft, said = form.from_dict(plan_import.draft), answers.from_dict(plan_import.answers)
        yield plan_import, corrected.apply(draft, said).heading
