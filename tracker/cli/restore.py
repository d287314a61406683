"""`tracker restore`: put a backup in the place of what is stored."""

from pathlib import Path

import click
from alembic.script import ScriptDirectory

from tracker.cli import door
from tracker.cli.refusal import Refusal
from tracker.paths import resource
from tracker.services import backups


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--overwrite", is_flag=True, help="Replace the database that is there.")
def restore(folder: Path, overwrite: bool) -> None:
    """Restore the backup in FOLDER after looking at all its checksums; stop the service before.

    What is restored is all of it or nothing. A database that is there stays unless --overwrite is given.

    Example: tracker restore /srv/sao-luu/2026-06-18
    """
    scripts = ScriptDirectory(str(resource("migrations")))
    known = {script.revision for script in scripts.walk_revisions()}
    with door.started() as app:
        store = app.extensions["file_store"]
        restored = backups.restore(folder, store, known_schemas=known, overwrite=overwrite)
        faults = list(backups.faults(store))
    click.echo(f"Đã khôi phục cơ sở dữ liệu và {len(restored.files) - 1} tệp.")
    if restored.schema != scripts.get_current_head():
        click.echo("Bản sao lưu của phiên bản cũ hơn. Hãy chạy: tracker db upgrade")
    if faults:
        raise Refusal(" ".join(faults))
