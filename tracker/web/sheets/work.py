"""The lists of work: assignments, overdue ones, rows of a figure, people, what waits, what was found."""

from collections.abc import Sequence
from dataclasses import replace

from flask import request
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.models import Assignment
from tracker.services import boards, exporting, overviews, plan_views, queue, searching, worklists
from tracker.services.groups import Group
from tracker.services.worklists import Filters
from tracker.web.assignments import read_filters, unit_people
from tracker.web.board.addresses import read_selection
from tracker.web.board.filtering import choices
from tracker.web.board.room import require_overseer
from tracker.web.plans.lists import read_narrowing
from tracker.web.plans.room import find_plan, find_task
from tracker.web.queue import items
from tracker.web.reports.meeting import agenda_units
from tracker.web.reports.room import overseers_only
from tracker.web.search import asked_text
from tracker.web.sessions import current_reach
from tracker.web.sheets.columns import FOUND, PEOPLE, PLANS, TASKS, WAITING, agenda_on, assignments_on, hits
from tracker.web.sheets.room import ASKED, bp


@bp.get("/assignments")
def assignments() -> ResponseReturnValue:
    """The list of work as it is filtered, every group to its end, most urgent first."""
    return _work("Nhiệm vụ", read_filters(request.args))


@bp.get("/overdue")
def overdue() -> ResponseReturnValue:
    """All that is overdue, the longest first."""
    filters = replace(read_filters(request.args), part=worklists.Part.ALL, group=Group.OVERDUE)
    return _work("Nhiệm vụ quá hạn", filters)


def _work(title: str, filters: Filters) -> ResponseReturnValue:
    found = worklists.sections(current_reach, clock.today(), filters, most=ASKED)
    return _assignments(title, [one for section in found for one in section.assignments])


@bp.get("/board")
def board() -> ResponseReturnValue:
    """The rows behind a figure of the board."""
    require_overseer()
    selection = read_selection(request.args)
    found = boards.rows(current_reach, clock.today(), selection, most=ASKED)
    narrowed = "; ".join(words for words, _ in choices(selection).pills)
    title = "Danh sách nhiệm vụ"
    return _assignments(f"{title}: {narrowed}" if narrowed else title, found, title)


def _assignments(title: str, found: Sequence[Assignment], name: str = "") -> ResponseReturnValue:
    return assignments_on(clock.today()).send(found, title, name)


@bp.get("/plans")
def plans() -> ResponseReturnValue:
    """The list of plans as it is searched."""
    words = request.args.get("q", "").strip()[:200]
    return PLANS.send(overviews.plan_lines(current_reach, clock.today(), words))


@bp.get("/plans/<int:plan_id>")
def plan(plan_id: int) -> ResponseReturnValue:
    """The tasks of a plan as they are filtered, each with who leads it and how far it has come."""
    found, wanted = find_plan(plan_id), read_narrowing(request.args)
    groups = overviews.task_lines(found, clock.today())
    groups = plan_views.narrowed(groups, found, wanted) if wanted else groups
    name = f"Kế hoạch {found.number.replace('/', '-')}" if found.number else "Kế hoạch"
    return TASKS.send(((group, line) for group, lines in groups for line in lines), found.title, name)


@bp.get("/plans/<int:plan_id>/tasks/<int:task_id>")
def task(plan_id: int, task_id: int) -> ResponseReturnValue:
    """The assignments of a task that the person may see."""
    found = find_task(find_plan(plan_id), task_id)
    return _assignments(found.title, exporting.of_task(found, current_reach), f"Nhiệm vụ {found.no}".strip())


@bp.get("/meeting")
def meeting() -> ResponseReturnValue:
    """What a meeting speaks of, unit after unit; for who leads or watches over some."""
    overseers_only()
    return agenda_on(clock.today()).send(
        one for found in agenda_units(most=ASKED) for one in found.assignments
    )


@bp.get("/people")
def people() -> ResponseReturnValue:
    """How each person of the unit stands; for the head of the unit."""
    return PEOPLE.send(unit_people())


@bp.get("/waiting")
def waiting() -> ResponseReturnValue:
    """Everything that waits for a decision of who asks: results and requests for more time."""
    return WAITING.send(items(queue.waiting(current_reach)))


@bp.get("/search")
def search() -> ResponseReturnValue:
    """All that a search finds, not only the first of each kind."""
    return FOUND.send(hits(searching.search(asked_text(), current_reach, most=ASKED)))
