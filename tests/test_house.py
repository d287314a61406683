"""The house keeps its shape: floors, style and the top level."""

import ast
import subprocess
import sys
from pathlib import Path

from tracker.rules.states import Step
from tracker.words import VERB_WORDS

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


def verbs_recorded():
    """Every verb that the log can hold, as the code says it."""
    found = {step.value for step in Step}
    for path in (ROOT / "tracker").rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                found.update(_verbs(function))
    return found


def _verbs(function):
    for call in ast.walk(function):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        owner = getattr(call.func.value, "id", "")
        if owner == "auditing" and call.func.attr in ("record", "record_many"):
            verb = call.args[1]
            if isinstance(verb, ast.Constant):
                yield verb.value
            elif isinstance(verb, ast.Name):  # given one of several just before
                yield from _texts_given_to(verb.id, function)


def _texts_given_to(name, function):
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and any(getattr(target, "id", "") == name for target in node.targets):
            yield from (
                part.value
                for part in ast.walk(node.value)
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )


def test_every_verb_of_the_log_has_its_word():
    assert verbs_recorded() - VERB_WORDS.keys() == set()
    assert VERB_WORDS.keys() - verbs_recorded() == set()
