"""What the monitor says to a draft, kept as data: corrections of the heading, of phrases and of rows.

A row is known by its key: its place in the draft («0», «1», ...), or «a1», «a2», ... where added by hand.
The draft never changes, so an answer always means the row it was given to.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any

from tracker.plans.draft import Bound


@dataclass(frozen=True, slots=True)
class HeadingAnswer:
    """What was said of the heading; None leaves a field as it was read, but for those found `empty`."""

    number: str | None = None
    issued: date | None = None
    issuer: str | None = None
    title: str | None = None
    period: tuple[date, date] | None = None
    basis: tuple[str, ...] | None = None
    empty: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PhraseAnswer:
    """Whom a phrase names in this document: units and groups by id, nobody in particular, or nobody."""

    units: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    open: bool = False
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """What was said of one row; None leaves a field as it was read.

    `group` is the number and the title of the group it stands under. `deadline` is read anew, so «30/6/2026»
    and «Quý III/2026» both do. `deliverables` holds those of each milestone. `filled` are the ids of the
    units that stand for an open group in the lead. `accepted` are doubts that were looked at and settled.
    `after` is the row that an added one follows.
    """

    no: str | None = None
    title: str | None = None
    group: tuple[str, str] | None = None
    deadline: str | None = None
    deliverables: tuple[tuple[str, ...], ...] | None = None
    note: str | None = None
    lead: tuple[str, ...] | None = None
    coordinating: tuple[str, ...] | None = None
    filled: tuple[int, ...] | None = None
    selected: bool | None = None
    reason: str | None = None
    accepted: tuple[str, ...] | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """All that an indicator says, instead of what was read; not `followed`, it is left out.

    `note` is None where only what stood beside it was corrected.
    """

    name: str
    unit: str
    period: str
    measure: str = ""
    bound: Bound = ""
    target: float | None = None
    actual: float | None = None
    followed: bool = True
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything that was said; `phrases` by their folded spelling, `rows` by key, `figures` by their
    places in the draft.

    `another_plan` says that a plan already known under this number is a different one, `amends` which plan
    (its id) the document is a new issue of. `indicators` are the places of proposed ones that were taken in,
    `looked_up` the places of rows that were not accounted for and that a person looked up in the document.
    """

    heading: HeadingAnswer = HeadingAnswer()
    phrases: Mapping[str, PhraseAnswer] = field(default_factory=dict)
    rows: Mapping[str, RowAnswer] = field(default_factory=dict)
    another_plan: bool = False
    amends: int | None = None
    indicators: tuple[int, ...] = ()
    looked_up: tuple[str, ...] = ()
    figures: Mapping[str, FigureAnswer] = field(default_factory=dict)


def to_dict(answers: Answers) -> dict[str, Any]:
    """The answers as plain values for JSON; what was not answered is left out."""
    return {
        "heading": _plain(answers.heading),
        "phrases": {phrase: _plain(answer) for phrase, answer in answers.phrases.items()},
        "rows": {key: _plain(answer) for key, answer in answers.rows.items()},
        "another_plan": answers.another_plan,
        "amends": answers.amends,
        "indicators": list(answers.indicators),
        "looked_up": list(answers.looked_up),
        "figures": {place: asdict(said) for place, said in answers.figures.items()},
    }


def from_dict(values: Mapping[str, Any]) -> Answers:
    """The answers that `to_dict` made; an empty mapping holds none."""
    return Answers(
        heading=_heading(values.get("heading", {})),
        phrases={phrase: PhraseAnswer(**_tuples(said)) for phrase, said in values.get("phrases", {}).items()},
        rows={key: RowAnswer(**_tuples(said)) for key, said in values.get("rows", {}).items()},
        another_plan=values.get("another_plan", False),
        amends=values.get("amends"),
        indicators=tuple(values.get("indicators", ())),
        looked_up=tuple(values.get("looked_up", ())),
        figures={place: FigureAnswer(**said) for place, said in values.get("figures", {}).items()},
    )


def _plain(answer: HeadingAnswer | PhraseAnswer | RowAnswer) -> dict[str, Any]:
    untouched = {f.name: f.default for f in fields(answer)}
    said = {name: value for name, value in asdict(answer).items() if value != untouched[name]}
    return {name: _plain_value(value) for name, value in said.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain_value(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _tuple(value) for name, value in values.items()}


def _tuple(value: Any) -> Any:
    return tuple(_tuple(part) for part in value) if isinstance(value, list) else value


def _heading(values: Mapping[str, Any]) -> HeadingAnswer:
    said = dict(values)
    if "issued" in said:
        said["issued"] = date.fromisoformat(said["issued"])
    if "period" in said:
        start, end = said["period"]
        said["period"] = date.fromisoformat(start), date.fromisoformat(end)
    for name in ("basis", "empty"):
        if name in said:
            said[name] = tuple(said[name])
    return HeadingAnswer(**said)
