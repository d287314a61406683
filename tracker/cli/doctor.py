"""`tracker doctor`: is the service well?"""

import click

from tracker import clock
from tracker.cli import door
from tracker.cli.refusal import Refusal
from tracker.mailer import is_configured, mailer_for
from tracker.services import health


@click.command()
def doctor() -> None:
    """Check the log's seals, the stored files, the scheduler, the letters and the mail server.

    Exits 1 where somebody has to act. Example: tracker doctor
    """
    with door.opened() as app:
        mailer = mailer_for(app.config) if is_configured(app.config) else None
        found = list(health.findings(app.extensions["file_store"], mailer, clock.now()))
    for finding in found:
        click.echo(f"{'tốt' if finding.well else 'LỖI'}\t{finding.sentence}")
    if not all(finding.well for finding in found):
        raise Refusal(f"Có {sum(not finding.well for finding in found)} chỗ cần xử lý.")
