"""`tracker feed`: calendar addresses given out and taken back."""

import click
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker import clock
from tracker.cli import door
from tracker.db import db
from tracker.grants import reach_of
from tracker.models import Feed, FeedScope, Plan
from tracker.services import feeding, units
from tracker.services.feeding import Subject
from tracker.services.refusals import Refused


@click.group()
def feed() -> None:
    """Give out calendar addresses, list them, take them back."""


@feed.command()
@click.argument("username")
@click.option("--name", required=True, help="What the calendar is called.")
@click.option("--unit", help="The deadlines of this unit and those below it.")
@click.option("--plan", help="The deadlines of the plan of this number.")
@click.option("--overdue", "only", flag_value=FeedScope.OVERDUE.value, help="Only what is overdue.")
@click.option("--this-quarter", "only", flag_value=FeedScope.THIS_QUARTER.value, help="Due this quarter.")
def add(username: str, name: str, unit: str | None, plan: str | None, only: str | None) -> None:
    """Give a person a calendar address, by default of their own work; it is printed once.

    Example: tracker feed add hoa --name "Phòng họp" --unit "Phòng Kinh tế"
    """
    if sum(option is not None for option in (unit, plan, only)) > 1:
        raise click.UsageError("choose one of --unit, --plan, --overdue, --this-quarter")
    with door.opened() as app:
        reach = reach_of(door.person(username))
        _, token = feeding.create_feed(reach, name, _subject(unit, plan, only), now=clock.now())
        click.echo(f"{app.config['BASE_URL'].rstrip('/')}/feeds/{token}.ics")


def _subject(unit: str | None, plan: str | None, only: str | None) -> Subject:
    if unit is not None:
        return Subject(FeedScope.UNIT, unit=units.unit_named(unit))
    if plan is not None:
        return Subject(FeedScope.PLAN, plan=_plan_numbered(plan))
    return Subject(FeedScope(only) if only else FeedScope.PERSON)


def _plan_numbered(number: str) -> Plan:
    query = select(Plan).where(Plan.number == number, Plan.published_at.is_not(None))
    found = db.session.scalars(query.order_by(Plan.id.desc())).first()
    if found is None:
        raise Refused(f"Không có kế hoạch số “{number}” đã giao nhiệm vụ. Hãy xem lại số, ký hiệu.")
    return found


@feed.command("list")
def list_() -> None:
    """List the addresses in use, one a line: number, owner, name, scope, last fetch, program.

    Example: tracker feed list
    """
    query = select(Feed).where(Feed.revoked_at.is_(None)).options(joinedload(Feed.owner))
    with door.opened():
        for listed in db.session.scalars(query.order_by(Feed.id)):
            fetched = listed.fetched_at.isoformat(timespec="minutes") if listed.fetched_at else ""
            line = [str(listed.id), listed.owner.username, listed.name, listed.scope.value]
            click.echo("\t".join([*line, fetched, listed.fetched_by]))


@feed.command()
@click.argument("number", type=int)
def revoke(number: int) -> None:
    """Take back an address, by its number in the list; it opens nothing from now on.

    Example: tracker feed revoke 12
    """
    with door.opened():
        found = db.session.get(Feed, number)
        if found is None or found.revoked_at is not None:
            raise Refused(f"Không có lịch số {number} đang dùng. Hãy xem danh sách bằng: tracker feed list")
        feeding.revoke_feed(found, actor=None, now=clock.now())
        click.echo(f"Đã thu hồi lịch “{found.name}”.")
