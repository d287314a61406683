"""The rules of a page that draw its tables: areas of colour left out, what a page end cut off added."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pdfplumber.table import merge_edges

Thing = dict[str, Any]  # a rule, edge or area as pdfplumber tells it: x0, x1, top, bottom, in points

Pair = tuple[str, str]

SNAP = 3.0  # points: places nearer than this are one
_FEWEST_OPEN = 3
_LONG = 150.0  # points: shorter rules only underline a heading


def is_no_background(thing: Thing) -> bool:
    """Not a coloured area: rules are drawn as lines, as frames, or as very thin areas."""
    thin = min(thing["width"], thing["height"]) < SNAP
    return thing["object_type"] != "rect" or thing["stroke"] or thin


def level_rules(edges: Sequence[Thing]) -> tuple[float, ...]:
    """How far from the top the long level rules of a page lie, those near each other once."""
    places = sorted(edge["top"] for edge in edges if edge["orientation"] == "h" and edge["width"] > _LONG)
    return tuple(place for before, place in pairwise((float("-inf"), *places)) if place - before > SNAP)


def missing_rules(edges: Sequence[Thing]) -> tuple[list[Thing], list[Thing]]:
    """Level and upright rules to add: where three rules or more end together and nothing closes them.

    Tables in books are often open on the left and the right; a page end cuts the bottom off.
    """
    edges = merge_edges(list(edges), SNAP, SNAP, SNAP, SNAP)  # browsers draw a piece for each cell
    ends = _missing(edges, "v", ("top", "bottom"), ("x0", "x1"))
    sides = _missing(edges, "h", ("x0", "x1"), ("top", "bottom"))
    met = [(end, side) for end in ends for side in sides if _share_a_table(end, side, edges)]
    for end, side in met:
        end["x0"], end["x1"] = min(end["x0"], side["x0"]), max(end["x1"], side["x0"])
        side["top"], side["bottom"] = min(side["top"], end["top"]), max(side["bottom"], end["top"])
    for rule in (*ends, *sides):
        rule["width"], rule["height"] = rule["x1"] - rule["x0"], rule["bottom"] - rule["top"]
    return ends, sides


def level_rule(left: float, right: float, place: float) -> Thing:
    """A rule across the page; lengths in points."""
    return _drawn("h", left, place, right, place)


def upright_rule(place: float, top: float, bottom: float) -> Thing:
    """A rule down the page; lengths in points."""
    return _drawn("v", place, top, place, bottom)


def _drawn(orientation: str, x0: float, top: float, x1: float, bottom: float) -> Thing:
    return {
        "object_type": "line", "orientation": orientation, "x0": x0, "x1": x1, "top": top, "bottom": bottom,
        "width": x1 - x0, "height": bottom - top,
    }  # fmt: skip


def _share_a_table(end: Thing, side: Thing, edges: Sequence[Thing]) -> bool:
    """Whether a level rule of the page leads from the upright rules that one closes to the other."""
    reach = min(end["x0"], side["x0"]), max(end["x1"], side["x0"])
    return any(
        edge["orientation"] == "h"
        and side["top"] - SNAP <= edge["top"] <= side["bottom"] + SNAP
        and edge["x0"] <= reach[0] + 2 * SNAP
        and edge["x1"] >= reach[1] - 2 * SNAP
        and _leads_up_to(end, edge, edges)
        for edge in edges
    )


def _leads_up_to(end: Thing, level: Thing, edges: Sequence[Thing]) -> bool:
    """Whether an upright rule leads from a level rule to the end of the table."""
    start, stop = sorted((end["top"], level["top"]))
    return any(
        edge["orientation"] == "v"
        and edge["top"] <= start + 2 * SNAP
        and edge["bottom"] >= stop - 2 * SNAP
        and end["x0"] - SNAP <= edge["x0"] <= end["x1"] + SNAP
        for edge in edges
    )


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
