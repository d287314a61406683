"""`tracker export`: the assignments of a plan or of a unit as a file."""

import json
from datetime import date
from pathlib import Path

import click

from tracker import clock
from tracker.cli import door
from tracker.cli.refusal import Refusal
from tracker.models import Assignment
from tracker.render.sheets import Column, Sheet, Value, sheet_bytes
from tracker.services import exporting, units
from tracker.web.sheets.columns import assignments_on
from tracker.words import moment_words

KINDS = (".xlsx", ".json")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--plan", "number", help="The assignments of the plan of this number.")
@click.option("--unit", "name", help="The assignments of this unit and those below it.")
def export(file: Path, number: str | None, name: str | None) -> None:
    """Write the assignments of a plan or of a unit to FILE, which ends in .xlsx or .json.

    In JSON days are 2026-06-30; in a sheet they are dates. A file that is there is not overwritten.

    Example: tracker export nhiem-vu.xlsx --plan 41/KH-UBND
    """
    if (number is None) == (name is None):
        raise click.UsageError("give either --plan or --unit")
    if file.suffix.lower() not in KINDS:
        raise click.UsageError("FILE has to end in .xlsx or .json")
    if file.exists():
        raise Refusal(f"Đã có tệp {file}. Hãy chọn tên khác.")
    with door.opened():
        if number is not None:
            title, found = f"Kế hoạch {number}", exporting.of_plan(door.plan(number))
        else:
            unit = units.unit_named(name or "")
            title, found = unit.name, exporting.of_unit(unit)
        listing = assignments_on(clock.today())
        heads, rows = listing.heads, [listing.row(one) for one in found]
        content = _sheet(title, heads, rows) if file.suffix.lower() == ".xlsx" else _json(found, heads, rows)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Refusal(f"Không ghi được {file}: {error.strerror}.") from error
    click.echo(f"Đã ghi {len(rows)} nhiệm vụ vào {file}.")


def _sheet(title: str, heads: list[Column], rows: list[list[Value]]) -> bytes:
    now = clock.now()
    note = f"{len(rows)} nhiệm vụ · lập lúc {moment_words(now)}"
    return sheet_bytes(Sheet(title, note, heads, rows), now=now)


def _json(found: list[Assignment], heads: list[Column], rows: list[list[Value]]) -> bytes:
    """A list of objects: the number of the assignment, then what the columns of the sheet say."""
    content = [
        {"id": one.id} | {head.title: _plain(value) for head, value in zip(heads, row, strict=True)}
        for one, row in zip(found, rows, strict=True)
    ]
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _plain(value: Value) -> str | int | float | None:
    return value.isoformat() if isinstance(value, date) else value
