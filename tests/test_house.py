"""The house keeps its shape: floors, style and the top level."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = {"pyproject.toml", "tracker", "templates", "migrations", "instance", "tests", "README.md", "LICENSE"}


def test_each_floor_stands_only_on_the_floors_below_it():
    # A process of its own: import-linter sets up logging anew, and would leave other tests without it.
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_the_top_level_holds_nothing_but_its_rooms():
    tracked = subprocess.run(
        ["git", "ls-tree", "--name-only", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert {name for name in tracked if not name.startswith(".")} <= ROOMS


def test_the_code_is_formatted_and_lint_free():
    for arguments in (["check"], ["format", "--check"]):
        run = subprocess.run(
            [sys.executable, "-m", "ruff", *arguments, "tracker", "tests", "migrations"],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert run.returncode == 0, run.stdout


def test_types_hold():
    run = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout
