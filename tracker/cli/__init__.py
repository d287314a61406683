"""The `tracker` command: each module holds a group of commands, a few lines over a service each."""

from importlib import import_module
from typing import NamedTuple

import click

from tracker import __version__


class Entry(NamedTuple):
    """Where a command is, as module:object, and what the list of commands says of it."""

    place: str
    help: str


# Loaded when its command is called: `tracker deadline` does not wake Flask, `tracker --help` nothing at all.
COMMANDS: dict[str, Entry] = {
    "demo": Entry("tracker.cli.demo:demo", "Run a filled example."),
    "deadline": Entry("tracker.cli.deadline:deadline", "Say what a deadline TEXT means."),
    "read": Entry("tracker.cli.read:read", "Print what would be imported from FILE."),
    "db": Entry("tracker.cli.db:db", "Keep the database in step with the program."),
    "import": Entry("tracker.cli.import_:import_", "Store the plan in FILE and print what was stored."),
    "web": Entry("tracker.cli.serving:web", "Run the site alone."),
    "serve": Entry("tracker.cli.serving:serve", "Run the site and the scheduler together on one machine."),
    "scheduler": Entry("tracker.cli.scheduler:scheduler", "Work out reminders, bind and send letters."),
    "remind": Entry(
        "tracker.cli.remind:remind", "Work out who must be told what today and bind the letters."
    ),
    "forecast": Entry(
        "tracker.cli.forecast:forecast", "Print which letters PLAN (its number) will send, to whom and when."
    ),
    "user": Entry("tracker.cli.user:user", "Add people, set passwords, grant roles."),
    "unit": Entry("tracker.cli.unit:unit", "Add units and their other names."),
    "feed": Entry("tracker.cli.feed:feed", "Give out calendar addresses, list them, take them back."),
    "export": Entry("tracker.cli.export:export", "Write the assignments of a plan or of a unit to FILE."),
    "backup": Entry("tracker.cli.backup:backup", "Copy the database and all files into FOLDER."),
    "restore": Entry("tracker.cli.restore:restore", "Restore the backup in FOLDER."),
    "doctor": Entry("tracker.cli.doctor:doctor", "Check the log's seals, the stored files, the scheduler."),
}


class Commands(click.Group):
    """The commands of the table above, loaded on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].place.partition(":")
        return getattr(import_module(module), name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tracker")
def main() -> None:
    """Track the assignments of an authority's plans: read, remind, collect evidence, show what is overdue."""
