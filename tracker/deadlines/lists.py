"""Lists of points: one with a gap is several milestones, one without may be one span, which is a doubt."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tracker.deadlines import doubts, points
from tracker.deadlines.items import Item, Repeat
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


def without_attributes(items: Sequence[Item], parts: Sequence[Token]) -> list[Item]:
    """Without the period that only names a thing: «Kế hoạch năm 2026 trước ngày 15/12/2025» has one
    deadline.
    """
    return [
        item
        for at, item in enumerate(items)
        if not (
            _names_a_thing(item, parts) and any(_dates_it(item, other, parts) for other in _beside(items, at))
        )
    ]


def _names_a_thing(item: Item, parts: Sequence[Token]) -> bool:
    is_period = isinstance(item.thing, Point) and item.thing.unit not in ("day", "end")
    return is_period and item.role == "at" and item.first > 0 and parts[item.first - 1].letter in "oNRt"


def _beside(items: Sequence[Item], at: int) -> Sequence[Item]:
    return (*items[max(at - 1, 0) : at], *items[at + 1 : at + 2])


def _dates_it(item: Item, other: Item, parts: Sequence[Token]) -> bool:
    """Whether another item in the same clause is the deadline proper: a day, or «trước», «đến», «chậm
    nhất».
    """
    first, last = sorted((item, other), key=lambda one: one.first)
    clause = any(part.letter in ",;.:()-" for part in parts[first.last + 1 : last.first])
    exact = isinstance(other.thing, Point) and (other.role not in ("at", "from") or other.thing.unit == "day")
    return exact and not clause


def share_bounds(items: Sequence[Item], parts: Sequence[Token]) -> None:
    """«hằng tháng, quý trong năm 2025»: what bounds the last beat of a list bounds them all."""
    for before, item in reversed([*pairwise(items)]):
        one, other = before.thing, item.thing
        if not (isinstance(one, Repeat) and isinstance(other, Repeat)) or one.start or one.until:
            continue
        if all(part.letter in ",&/" for part in parts[before.last + 1 : item.first]):
            before.thing = replace(one, start=other.start, until=other.until)


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
