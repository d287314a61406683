"""`tracker --help`: the list of commands, which wakes none of them."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from tracker.cli import COMMANDS, main


def test_every_command_is_listed_with_what_it_does():
    printed = CliRunner().invoke(main, ["--help"]).output
    listed = " ".join(printed.partition("Commands:")[2].split())
    assert listed == " ".join(f"{name} {entry.help}" for name, entry in COMMANDS.items())


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_of_itself_what_the_list_says(name):
    own = main.get_command(click.Context(main), name).help
    assert own.startswith(COMMANDS[name].help.removesuffix("."))


def test_the_list_wakes_neither_the_web_nor_the_database():
    said = (
        "import sys; from click.testing import CliRunner; from tracker.cli import main;"
        " CliRunner().invoke(main, ['--help']); print(*sys.modules)"
    )
    woken = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout
    assert not {"flask", "sqlalchemy", "tracker.app", "tracker.models"} & set(woken.split())
