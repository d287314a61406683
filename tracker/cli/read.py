"""`tracker read`: what would be imported from a document."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from tracker import clock
from tracker.cli.refusal import Refusal
from tracker.plans.blocks import UnreadableFile
from tracker.plans.form import to_printed_dict
from tracker.plans.readers import Progress
from tracker.plans.readers.sandbox import read_safely
from tracker.plans.reading import draft_plan
from tracker.plans.report import report


@click.command(epilog="Example: tracker read ke-hoach-175.docx --json")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text for people.")
def read(file: Path, as_json: bool) -> None:
    """Print what would be imported from FILE: heading, tasks, indicators, and what became of every row.

    FILE is a plan as .pdf, .docx, .xlsx, .html or .txt. Nothing is stored.
    """
    try:
        with _told(f"Đang đọc {file.name} ...") as progress:
            draft = draft_plan(read_safely(file, file.name, progress=progress))
    except UnreadableFile as error:
        raise Refusal(str(error)) from error
    if as_json:
        click.echo(json.dumps(to_printed_dict(draft, today=clock.today()), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(report(draft)))


@contextmanager
def _told(what: str) -> Iterator[Progress | None]:
    """Say on a terminal what takes its time, page by page, and take it back; say nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    click.echo(what, err=True, nl=False)
    try:
        yield lambda page, pages: click.echo(f"\r{what} trang {page}/{pages}", err=True, nl=False)
    finally:
        click.echo("\r\033[K", err=True, nl=False)
