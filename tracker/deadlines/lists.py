"""Lists of points: one with a gap is several milestones, one without may be one span, which is a doubt."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tracker.deadlines import doubts, points
from tracker.deadlines.items import Item
from tracker.deadlines.joins import listed
from tracker.deadlines.points import Point
from tracker.deadlines.repeats import Cycle
from tracker.deadlines.tokens import Token


def merge_lists(items: Sequence[Item], parts: Sequence[Token], written: str) -> list[Item]:
    """«Quý I, II/2025» as one span with a doubt; «Quý II, IV/2025» as two points; «Trước 30/6 và 31/12»
    twice before.
    """
    merged: list[Item] = []
    for group in _groups(items, parts):
        _share(group)
        if len(group) > 1 and _without_gap(group):
            text = written[parts[group[0].first].start : parts[group[-1].last].end]
            merged.extend(_one_span(group, text))
        else:
            merged.extend(group)
    return merged


def _groups(items: Sequence[Item], parts: Sequence[Token]) -> list[list[Item]]:
    groups: list[list[Item]] = []
    for item in items:
        if groups and _continues(groups[-1][-1], item, parts):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def _continues(before: Item, item: Item, parts: Sequence[Token]) -> bool:
    gap = "".join(part.letter for part in parts[before.last + 1 : item.first])
    if not listed(gap) or item.role != "at" or before.role not in ("at", "before", "latest"):
        return False
    if isinstance(before.thing, Cycle) and isinstance(item.thing, Point):
        return not before.thing.weekday and item.thing.unit == "day"
    if isinstance(before.thing, Cycle) and isinstance(item.thing, Cycle):
        return True
    return (
        isinstance(before.thing, Point)
        and isinstance(item.thing, Point)
        and before.thing.unit == item.thing.unit
    )


def _share(group: Sequence[Item]) -> None:
    """The month of the last day goes to the days before it, the «trước» of the first to all days after
    it.
    """
    last = group[-1].thing
    for item in group:
        if isinstance(item.thing, Cycle) and isinstance(last, Point):
            day = (last.first[0], item.thing.last)
            item.thing = replace(last, first=day, last=day)
        if isinstance(item.thing, Point) and item.thing.unit == "day":
            item.role = group[0].role


def _without_gap(group: Sequence[Item]) -> bool:
    things = [item.thing for item in group]
    return group[0].role == "at" and all(
        isinstance(one, Point) and isinstance(other, Point) and points.follows(one, other)
        for one, other in pairwise(things)
    )


def _one_span(group: Sequence[Item], text: str) -> list[Item]:
    """One span; where every point has its own year they stay apart. Either way it is a doubt."""
    first, last = group[0], group[-1]
    group[0].doubts.append(doubts.one_or_several(text))
    assert isinstance(first.thing, Point) and isinstance(last.thing, Point)
    if first.thing.unit != "year" and first.thing.year is not None:
        return list(group)
    year = last.thing.year
    if first.thing.unit == "year":
        thing = points.between(first.thing, last.thing)
    else:
        thing = points.between(first.thing.in_year(year), last.thing)
    first.thing, first.last = thing, last.last
    return [first]
