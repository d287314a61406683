"""`tracker import`: a document becomes a plan, without the page."""

from collections.abc import Iterator
from pathlib import Path

import click
from flask import Flask

from tracker import clock
from tracker.access import may_import_into
from tracker.cli import door
from tracker.db import db
from tracker.deadlines.workdays import DaysOff
from tracker.grants import reach_of
from tracker.models import Plan, PlanImport, Role, Unit, User
from tracker.plans.blocks import UnreadableFile
from tracker.plans.naming import names_several
from tracker.services import answering, days_off, importing, parents, publishing, units
from tracker.services.checking import Check, check
from tracker.services.importing import Preview
from tracker.services.refusals import Refused


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--by", "username", required=True, help="The monitor who puts it in.")
@click.option(
    "--unit", "unit_name", help="The unit that watches over the plan; by default the monitor's own."
)
@click.option("--create-units", is_flag=True, help="Make a unit or group of every name that is not known.")
@click.option("--publish", is_flag=True, help="Give the tasks out, too.")
def import_(file: Path, username: str, unit_name: str | None, create_units: bool, publish: bool) -> None:
    """Store the plan in FILE and print what was stored; what is in doubt waits for its page.

    Example: tracker import ke-hoach-41.docx --by chi
    """
    with door.opened() as app:
        actor = door.person(username)
        found = _preview(app, file, _unit(unit_name, actor), actor)
        if found.known:
            click.echo("Văn bản này đã có, không thay đổi gì.")
            return
        if create_units:
            _create_units(found.plan_import, actor)
        checked = check(found.plan_import, clock.today())
        click.echo("\n".join(_report(found.plan_import, checked)))
        db.session.commit()  # what was read waits for its page, whether it can be given out or not
        if not any(doubt.blocks for doubt in checked.doubts):
            plan = importing.accept(found.plan_import, actor=actor, now=clock.now(), today=clock.today())
            db.session.commit()
            if publish:
                _publish(plan, actor, days_off.calendar() if app.config["ROLL_DUE_DATES"] else None)
        elif publish:
            raise Refused("Chưa giao được nhiệm vụ: còn chỗ phải xem ở trên. Hãy xử lý trên trang Kế hoạch.")


def _unit(name: str | None, actor: User) -> Unit:
    """The unit named, or the one the person is monitor of; raises Refused where they may not import."""
    if name:
        unit = units.unit_named(name)
    else:
        monitored = [grant.unit for grant in actor.grants if grant.role is Role.MONITOR]
        if len(monitored) != 1:
            raise Refused("Hãy ghi đơn vị theo dõi kế hoạch: --unit TÊN.")
        unit = monitored[0]
    if not may_import_into(reach_of(actor), unit.id):
        raise Refused(f"{actor.name} không phải là đầu mối theo dõi của {unit.name}.")
    return unit


def _preview(app: Flask, file: Path, unit: Unit, actor: User) -> Preview:
    if not file.is_file():
        raise Refused(f"Không có tệp {file}. Hãy kiểm tra đường dẫn.")
    try:
        with file.open("rb") as stream:
            return importing.preview(
                stream,
                file.name,
                unit,
                actor=actor,
                now=clock.now(),
                store=app.extensions["file_store"],
                limit_mb=app.config["MAX_UPLOAD_MB"],
            )
    except UnreadableFile as error:
        raise Refused(str(error)) from error


def _create_units(plan_import: PlanImport, actor: User) -> None:
    checked = check(plan_import, clock.today())
    answering.create_units(
        plan_import,
        new_units=parents.proposed(plan_import, checked, reach_of(actor)),
        new_groups=[who.phrase for who in checked.unknown if names_several(who.phrase)],
        actor=actor,
        now=clock.now(),
    )


def _report(plan_import: PlanImport, checked: Check) -> Iterator[str]:
    heading = checked.corrected.heading
    yield f"{heading.number or 'Chưa có số'}: {heading.title or plan_import.file_name}"
    yield (
        f"{len(checked.corrected.selected)} nhiệm vụ, {checked.assignments} phân công "
        f"cho {len(checked.lead_units)} đơn vị."
    )
    yield from checked.draft.warnings
    if checked.doubts:
        yield f"Còn {len(checked.doubts)} chỗ cần xem trên trang Kế hoạch:"
    for doubt in checked.doubts:
        place = f"Nhiệm vụ {doubt.row.task.no}: " if doubt.row is not None and doubt.row.task.no else ""
        yield f"- {place}{doubt.title}"


def _publish(plan: Plan, actor: User, roll: DaysOff | None) -> None:
    made = publishing.publish(plan, {}, actor=actor, now=clock.now(), today=clock.today(), roll=roll)
    click.echo(f"Đã giao {len(made)} phân công.")
