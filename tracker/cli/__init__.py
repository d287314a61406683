"""The `tracker` command: each module holds a group of commands, a few lines over a service each."""

from importlib import import_module

import click

from tracker import __version__

# name -> module:object; loaded when its command is called, so that `tracker deadline` does not wake Flask.
COMMANDS: dict[str, str] = {
    "demo": "tracker.cli.demo:demo",
    "deadline": "tracker.cli.deadline:deadline",
    "read": "tracker.cli.read:read",
    "db": "tracker.cli.db:db",
    "import": "tracker.cli.import_:import_",
    "web": "tracker.cli.serving:web",
    "serve": "tracker.cli.serving:serve",
    "scheduler": "tracker.cli.scheduler:scheduler",
    "remind": "tracker.cli.remind:remind",
    "forecast": "tracker.cli.forecast:forecast",
    "user": "tracker.cli.user:user",
    "unit": "tracker.cli.unit:unit",
    "feed": "tracker.cli.feed:feed",
    "export": "tracker.cli.export:export",
    "backup": "tracker.cli.backup:backup",
    "restore": "tracker.cli.restore:restore",
    "doctor": "tracker.cli.doctor:doctor",
}


class Commands(click.Group):
    """The commands of the table above, loaded on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        return getattr(import_module(module), name)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tracker")
def main() -> None:
    """Track the assignments of an authority's plans: read, remind, collect evidence, show what is overdue."""
