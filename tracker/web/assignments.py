"""The unit's work in one list, in groups, most urgent first."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from flask import Blueprint, Flask, abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required
from werkzeug.datastructures import MultiDict

from tracker import clock
from tracker.db import db
from tracker.grants import WORKERS
from tracker.models import Role, Unit
from tracker.services import choices, people, standing, worklists
from tracker.services.groups import Group
from tracker.services.standing import Outlook
from tracker.services.worklists import Filters, Part, Section
from tracker.web.finding import open_steps
from tracker.web.numbers import row_number
from tracker.web.paging import Paging, asked_page
from tracker.web.rows import STEPS, row
from tracker.web.sessions import current_reach, reach_itself

bp = Blueprint("assignments", __name__, url_prefix="/assignments")

FOLDED = {Group.LATER, Group.SUSPENDED, Group.DONE, Group.CANCELLED}  # never anything that is late
PAGE = 100  # rows a page of a single group
FILTER_KEYS = ("q", "part", "plan", "unit", "person", "group", "figure")
FIGURE_WORDS = {
    "overdue": "Quá hạn",
    "open": "Đang trong hạn",
    "waiting": "Chờ xác nhận",
    "on_time": "Hoàn thành đúng hạn",
    "late": "Hoàn thành quá hạn",
    "other": "Ngoài tính hạn",
    "returned": "Từng bị trả lại",
    "excused": "Có nguyên nhân khách quan",
}

Member = TypeVar("Member", bound=StrEnum)


@bp.get("/")
@login_required
def index() -> ResponseReturnValue:
    today = clock.today()
    filters = read_filters(request.args)
    most, page = (PAGE, asked_page()) if filters.group else (worklists.MOST, 1)
    sections = worklists.listed_sections(current_reach, today, filters, most=most, page=page)
    rows = {section.group: list(_rows(section)) for section in sections}
    return render_template(
        "assignments/index.html",
        sections={section.group: section for section in sections},
        rows=rows,
        paging=Paging(sum(section.total for section in sections), most, page) if filters.group else None,
        rounds=_rounds(sections) if filters.part is Part.LEAD else [],
        filters=filters,
        narrowed=filters != read_filters(MultiDict()),
        kept={key: value for key, value in request.args.items() if key in FILTER_KEYS and value},
        today=today,
        folded=FOLDED,
        figures=FIGURE_WORDS,
        heads=current_reach.holds(Role.UNIT_HEAD),
        units=own_units(),
        helps=not sections and filters == Filters(part=Part.LEAD) and worklists.helps(current_reach, today),
        unit=_named(sections, filters.unit_id),
        plans=choices.plans_in_sight(current_reach),
        people=choices.people_responsible(current_reach.covered(*WORKERS)),
    )


@bp.get("/people")
@login_required
def of_people() -> ResponseReturnValue:
    """How each person of the unit stands; for the head of the unit."""
    return render_template(
        "assignments/people.html",
        lines=unit_people(),
        figures=FIGURE_WORDS,
        units=own_units(),
        today=clock.today(),
    )


def unit_people() -> Sequence[people.Line]:
    """The people of the head's units with their figures; 404 for who heads none."""
    if not current_reach.holds(Role.UNIT_HEAD):
        abort(404)
    return people.lines(current_reach, clock.today())


def _named(sections: Sequence[Section], unit_id: int | None) -> Unit | None:
    """The unit that the list is narrowed to; None where there is none or the person knows nothing of it."""
    if unit_id is None:
        return None
    known = current_reach.covers(unit_id, *Role) or any(section.assignments for section in sections)
    return db.session.get(Unit, unit_id) if known else None


def _rows(section: Section) -> Iterator[Any]:
    today, reach = clock.today(), reach_itself()
    for assignment in section.assignments:
        steps = open_steps(reach, assignment, STEPS)
        yield row(assignment, section.group, steps, today, address=address_of(assignment.id))


def _rounds(sections: Sequence[Section]) -> list[tuple[Unit, Outlook]]:
    """What the units of the standing tasks on the page have to report next."""
    tasks = (a for section in sections if section.group is Group.STANDING for a in section.assignments)
    units = dict.fromkeys(task.unit for task in tasks)
    return [(unit, found) for unit in units for found in standing.rounds(unit, clock.today())]


def read_filters(arguments: MultiDict[str, str]) -> Filters:
    """The filters written in an address; what makes no sense there is left out."""
    works = current_reach.holds(*WORKERS)
    return Filters(
        part=_member(Part, arguments.get("part")) or (Part.LEAD if works else Part.ALL),
        words=arguments.get("q", "").strip()[:200],
        plan_id=arguments.get("plan", type=row_number),
        unit_id=arguments.get("unit", type=row_number),
        responsible_id=arguments.get("person", type=row_number),
        group=_member(Group, arguments.get("group")),
        figure=arguments.get("figure") if arguments.get("figure") in people.FIGURES else None,
    )


def _member(kind: type[Member], text: str | None) -> Member | None:
    return kind(text) if text in set(kind) else None


def own_units() -> list[str]:
    """The names of the units in force that the person works in, as granted."""
    granted = [grant.unit for grant in current_user.grants if grant.role in WORKERS]
    return [unit.name for unit in granted if unit.last_on is None]


def address_of(assignment_id: int, anchor: str = "") -> str:
    """The address of one assignment's page, at a part of it; built once a request, for lists are long."""
    if "assignment_addresses" not in g:
        g.assignment_addresses = url_for("assignment.show", assignment_id=0).rpartition("0")
    before, _, behind = g.assignment_addresses
    address = f"{before}{assignment_id}{behind}"
    return f"{address}#{anchor}" if anchor else address


def register(app: Flask) -> None:
    """Open the list."""
    app.register_blueprint(bp)
    app.jinja_env.globals["assignment_address"] = address_of
