"""README.md names every command and every setting, and nothing that does not exist."""

import re
from pathlib import Path

from tracker.cli import COMMANDS
from tracker.config import SETTINGS

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")


def test_every_command_is_named():
    named = {match.split()[0] for match in re.findall(r"^\| `tracker ([^`]+)`", README, re.MULTILINE)}
    assert named == set(COMMANDS)


def test_every_setting_is_named_with_its_meaning():
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| .*? \| (.*?) \|$", README, re.MULTILINE))
    assert rows == {setting.name: setting.meaning for setting in SETTINGS}
