"""The rules of a page that draw its tables: areas of colour left out, what a page end cut off added."""

from collections import defaultdict
from typing import Any

Thing = dict[str, Any]  # a rule, edge or area as pdfplumber tells it: x0, x1, top, bottom, in points

SNAP = 3.0  # points: places nearer than this are one
_FEWEST_OPEN = 3


def is_no_background(thing: Thing) -> bool:
    """Not a coloured area: rules are drawn as lines, as frames, or as very thin areas."""
    thin = min(thing["width"], thing["height"]) < SNAP
    return thing["object_type"] != "rect" or thing["stroke"] or thin


def missing_ends(edges: list[Thing]) -> list[Thing]:
    """Level rules to add: where three upright rules or more end together and nothing closes them."""
    upright = [edge for edge in edges if edge["orientation"] == "v" and edge["height"] > SNAP]
    level = [edge for edge in edges if edge["orientation"] == "h" and edge["width"] > SNAP]
    ends: dict[int, set[int]] = defaultdict(set)
    for edge in upright:
        for end in (edge["top"], edge["bottom"]):
            ends[round(end / SNAP)].add(round(edge["x0"]))
    rules = [
        _level_rule(place * SNAP, places) for place, places in ends.items() if len(places) >= _FEWEST_OPEN
    ]
    return [rule for rule in rules if not _is_closed(rule, level) and not _is_crossed(rule, upright)]


def _level_rule(y: float, places: set[int]) -> Thing:
    left, right = min(places), max(places)
    return {
        "object_type": "line", "orientation": "h", "x0": left, "x1": right, "width": right - left,
        "top": y, "bottom": y, "height": 0,
    }  # fmt: skip


def _is_closed(rule: Thing, level: list[Thing]) -> bool:
    return any(
        abs(edge["top"] - rule["top"]) <= 2 * SNAP and edge["x0"] < rule["x1"] and edge["x1"] > rule["x0"]
        for edge in level
    )


def _is_crossed(rule: Thing, upright: list[Thing]) -> bool:
    return any(
        edge["top"] < rule["top"] - SNAP < rule["top"] + SNAP < edge["bottom"]
        and rule["x0"] - SNAP <= edge["x0"] <= rule["x1"] + SNAP
        for edge in upright
    )
