"""The dated things of a text in order, each with what the words before it make of it: before, by, from,
until.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tracker.deadlines import points
from tracker.deadlines.parts import Length
from tracker.deadlines.points import Point
from tracker.deadlines.repeats import Cycle, Every
from tracker.deadlines.tokens import Token

Role = Literal["at", "before", "until", "latest", "from", "after"]


@dataclass(frozen=True, slots=True)
class Run:
    """From one point to another, both included; `before` leaves the last one out."""

    first: Point
    last: Point
    before: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """The day or days of a repeating deadline; `before` is set for «trước ngày 25»."""

    when: Point | Cycle | Run
    before: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class Repeat:
    """A beat, the days it is due on where the text names them, and the points it is bounded by."""

    every: Every
    dues: tuple[Due, ...] = ()
    start: Point | None = None
    until: Point | None = None
    named: bool = False  # only the name of a report: «báo cáo quý»


@dataclass(frozen=True, slots=True)
class Standing:
    """A continuous task, from a point on."""

    start: Point | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A length of time counted from an event (its words) or from a point."""

    length: Length
    anchor: tuple[Token, ...] | Point | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Words of an event that is waited for: «sau khi Kế hoạch được ban hành»."""

    words: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Now:
    """«từ nay»."""


@dataclass(frozen=True, slots=True)
class Later:
    """«các năm tiếp theo», «trở đi»."""


@dataclass(frozen=True, slots=True)
class NextYear:
    """«năm sau», behind a day."""


@dataclass(frozen=True, slots=True)
class AdHoc:
    """«đột xuất»."""


@dataclass(frozen=True, slots=True)
class Impossible:
    """A day that is in no calendar, with the sentence that says so."""

    why: str


Thing = (
    Point
    | Cycle
    | Run
    | Repeat
    | Standing
    | Counted
    | Length
    | Event
    | Now
    | Later
    | NextYear
    | AdHoc
    | Impossible
)


@dataclass(slots=True)
class Item:
    """A thing with its role, the parts it was read from (first and last index), and the doubts about it."""

    role: Role
    thing: Thing
    first: int
    last: int
    preps: str = ""
    doubts: list[str] = field(default_factory=list)


_PREPOSITIONS = frozenset("bluefaviHgzhDtq:")


def gather(parts: Sequence[Token]) -> list[Item]:
    """The items of the parts, in order."""
    return [item for at, part in enumerate(parts) for item in _item(parts, at, part)]


def _item(parts: Sequence[Token], at: int, part: Token) -> Iterator[Item]:
    match part.letter:
        case "P" | "Y" | "L":
            yield _with_prepositions(parts, at, part)
        case "Z":
            yield Item("at", Repeat(part.value), at, at)
        case "I":
            yield Item("at", Repeat(part.value, named=True), at, at)
        case "C":
            yield Item("at", Standing(), at, at)
        case "U":
            yield Item("at", Event(part.value), at, at)
        case "k":
            yield Item("at", Later(), at, at)
        case "~":
            yield Item("from", Now(), at, at)
        case "+":
            yield Item("at", NextYear(), at, at)
        case "x":
            yield Item("at", AdHoc(), at, at)
        case "X":
            yield Item("at", Impossible(part.value), at, at)


def _with_prepositions(parts: Sequence[Token], at: int, part: Token) -> Item:
    first = at
    while first > 0 and parts[first - 1].letter in _PREPOSITIONS:
        first -= 1
    before = parts[first:at]
    while first < at and parts[first].letter in "tiqD:":
        first += 1
    preps = "".join([token.letter for token in before])
    thing = part.value
    for word in reversed(before):
        if word.letter in "hgz" and isinstance(thing, Point):
            thing = points.narrowed(thing, str(word.value))
    return Item(_role(preps, before), thing, first, at, preps)


def _role(preps: str, words: Sequence[Token]) -> Role:
    if "b" in preps:
        hours = [int(word.value) for word in words if word.letter == "H" and isinstance(word.value, int)]
        named = any(word.letter == "H" for word in words)
        return "latest" if named and hours != [0] else "before"
    if "a" in preps:
        return "after"
    if "f" in preps:
        return "from"
    if "u" in preps or "e" in preps:
        return "until"
    return "latest" if "l" in preps or "v" in preps else "at"
