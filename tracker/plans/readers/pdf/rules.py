"""The rules of a page that draw its tables: areas of colour left out, what a page end cut off added."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

Thing = dict[str, Any]  # a rule, edge or area as pdfplumber tells it: x0, x1, top, bottom, in points

Pair = tuple[str, str]

SNAP = 3.0  # points: places nearer than this are one
_FEWEST_OPEN = 3


def is_no_background(thing: Thing) -> bool:
    """Not a coloured area: rules are drawn as lines, as frames, or as very thin areas."""
    thin = min(thing["width"], thing["height"]) < SNAP
    return thing["object_type"] != "rect" or thing["stroke"] or thin


def missing_ends(edges: Sequence[Thing]) -> list[Thing]:
    """Level rules to add: where three upright rules or more end together and nothing closes them."""
    return _missing(edges, "v", ("top", "bottom"), ("x0", "x1"))


def missing_sides(edges: Sequence[Thing]) -> list[Thing]:
    """Upright rules to add, in the same way: tables in books are often open on the left and the right."""
    return _missing(edges, "h", ("x0", "x1"), ("top", "bottom"))


def _missing(edges: Sequence[Thing], drawn: str, along: Pair, across: Pair) -> list[Thing]:
    """What closes the rules `drawn` («h» or «v»), which reach `along` the one axis and lie at one place
    `across`."""
    rules = [edge for edge in edges if edge["orientation"] == drawn and _length(edge, along) > SNAP]
    others = [edge for edge in edges if edge["orientation"] != drawn and _length(edge, across) > SNAP]
    ends: dict[int, set[int]] = defaultdict(set)
    for rule in rules:
        for end in along:
            ends[round(rule[end] / SNAP)].add(round(rule[across[0]]))
    closing = [
        _rule(place * SNAP, places, along, across)
        for place, places in ends.items()
        if len(places) >= _FEWEST_OPEN
    ]
    return [
        rule
        for rule in closing
        if not _is_closed(rule, others, along, across) and not _is_crossed(rule, rules, along, across)
    ]


def _length(edge: Thing, axis: Pair) -> float:
    return edge[axis[1]] - edge[axis[0]]


def _rule(place: float, places: set[int], along: Pair, across: Pair) -> Thing:
    start, end = min(places), max(places)
    rule = {along[0]: place, along[1]: place, across[0]: start, across[1]: end}
    return rule | {
        "object_type": "line", "orientation": "h" if along[0] == "top" else "v",
        "width": rule["x1"] - rule["x0"], "height": rule["bottom"] - rule["top"],
    }  # fmt: skip


def _is_closed(rule: Thing, others: Sequence[Thing], along: Pair, across: Pair) -> bool:
    return any(
        abs(edge[along[0]] - rule[along[0]]) <= 2 * SNAP
        and edge[across[0]] < rule[across[1]]
        and edge[across[1]] > rule[across[0]]
        for edge in others
    )


def _is_crossed(rule: Thing, rules: Sequence[Thing], along: Pair, across: Pair) -> bool:
    place = rule[along[0]]
    return any(
        edge[along[0]] < place - SNAP < place + SNAP < edge[along[1]]
        and rule[across[0]] - SNAP <= edge[across[0]] <= rule[across[1]] + SNAP
        for edge in rules
    )
