"""`tracker unit`: the tree of units, and day-one lists."""

from pathlib import Path

import click
from sqlalchemy import select

from tracker import clock
from tracker.cli import door
from tracker.cli.refusal import Refusal
from tracker.db import db
from tracker.models import Unit
from tracker.plans.blocks import UnreadableFile
from tracker.plans.readers.sandbox import read_safely
from tracker.services import rosters, units


@click.group()
def unit() -> None:
    """Add units and their other names; take lists from a spreadsheet."""


@unit.command()
@click.argument("name")
@click.option("--parent", help="The unit above it.")
@click.option("--email", help="The unit's mailbox.")
@click.option("--alias", multiple=True, help="Another way it is written in plans; may be repeated.")
def add(name: str, parent: str | None, email: str | None, alias: tuple[str, ...]) -> None:
    """Add a unit.

    Example: tracker unit add "Phòng Kinh tế" --parent "UBND xã Suối Mây" --alias "P. KT"
    """
    with door.opened():
        now = clock.now()
        above = units.unit_named(parent) if parent else None
        added = units.add_unit(name, parent=above, email=email, actor=None, now=now)
        for text in alias:
            units.add_alias(text, added, actor=None, now=now)
        click.echo(f"Đã thêm đơn vị {added.name}.")


@unit.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(file: Path) -> None:
    """Take units, groups and people from a spreadsheet; all rows or none.

    Example: tracker unit import danh-sach.xlsx
    """
    try:
        document = read_safely(file, file.name)
    except UnreadableFile as error:
        raise Refusal(str(error)) from error
    with door.opened():
        added = rosters.take_in(document, actor=None, now=clock.now())
        click.echo(
            f"Đã thêm {len(added.units)} đơn vị, {len(added.groups)} nhóm, {len(added.people)} tài khoản."
        )


@unit.command("list")
def list_() -> None:
    """Print the tree of units.

    Example: tracker unit list
    """
    with door.opened():
        for depth, listed in units.tree(db.session.scalars(select(Unit))):
            click.echo("  " * depth + listed.name)
