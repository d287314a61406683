"""Plans in prose as offices of every kind write them: whose each duty is, who helps, and by when.

`prose.txt` holds them: «# name», the document, and after «=>» its duties as they must be read, each as
«number | lead | coordinating | due | beginning of what is to be done», then «* figure | bound | period» for
targets. What is due is a day, or the kind of deadline that has none.
"""

import io
from pathlib import Path

import pytest

from tracker.plans.readers import read
from tracker.plans.reading import draft_plan

CASES = Path(__file__).with_name("prose.txt").read_text(encoding="utf-8").removeprefix("# ").split("\n# ")


def case(text):
    name, _, rest = text.partition("\n")
    document, _, wanted = rest.partition("\n=>\n")
    return pytest.param(document, wanted.strip().splitlines(), id=name)


def due(milestone):
    return str(milestone.due) if milestone.kind in ("by", "period") else str(milestone.kind.value)


def said(task, beginning):
    """A duty as a line of `prose.txt`, with as much of its text as that line has."""
    dues = ", ".join(due(draft.milestone) for draft in task.milestones)
    at = task.title.lower().find(beginning.lower())
    text = task.title[at : at + len(beginning)] if at >= 0 else task.title
    return (task.no, "; ".join(task.lead).lower(), "; ".join(task.coordinating), dues, text.lower())


def target(line):
    figure, bound, period = (part.strip() for part in line.removeprefix("*").split("|"))
    number, _, measure = figure.partition(" ")
    return float(number.replace(",", ".")), measure, bound, period


@pytest.mark.parametrize(("document", "wanted"), [case(text) for text in CASES])
def test_prose_of_every_kind_is_read(document, wanted):
    draft = draft_plan(read(io.BytesIO(document.encode()), "ke-hoach.txt"))
    duties = [[part.strip() for part in line.split("|")] for line in wanted if not line.startswith("*")]
    assert [said(task, line[4]) for task, line in zip(draft.tasks, duties, strict=True)] == [
        (no, lead.lower(), helpers, dues, text.lower()) for no, lead, helpers, dues, text in duties
    ]
    read_of = {(one.target, one.measure, one.bound, one.period) for one in draft.indicators}
    assert {target(line) for line in wanted if line.startswith("*")} <= read_of
    assert not draft.warnings
