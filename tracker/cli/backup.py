"""`tracker backup`: a copy of all that is stored, made while the service runs."""

from pathlib import Path

import click

from tracker import clock
from tracker.cli import door
from tracker.cli.refusal import Refusal
from tracker.services import backups


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def backup(folder: Path) -> None:
    """Copy the database and all files into FOLDER, which must be new, with the SHA-256 of each.

    The service may run meanwhile. Settings and secret_key of the instance folder are not in it.

    Example: tracker backup /srv/sao-luu/2026-06-18
    """
    with door.opened() as app:
        made = backups.back_up(folder, app.extensions["file_store"], now=clock.now())
    click.echo(f"Đã sao lưu cơ sở dữ liệu và {len(made.files) - 1} tệp vào {folder}.")
    if made.missing:
        raise Refusal(
            f"Kho tệp thiếu hoặc hỏng {len(made.missing)} tệp, đầu tiên là {made.missing[0]}. "
            "Hãy xem: tracker doctor"
        )
