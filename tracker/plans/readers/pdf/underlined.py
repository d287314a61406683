"""Tables whose cells are only underlined: each has a piece of the level rules that tells its sides."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tracker.plans.readers.pdf.gutters import Char
from tracker.plans.readers.pdf.rules import SNAP, Thing, level_rule, upright_rule

_FEWEST_CELLS = 3  # in a row
_FEWEST_ROWS = 2
_SHORTEST = 6.0  # points: a shorter upright rule is the thickness of a level one
_THICKEST = 6.0  # points: a double rule, as under a running head; no line of letters is so low
_APART = 0.9  # of the size of the letters: what stands farther over a header is none of its lines
_SPACE = 0.6  # of the size of the letters: wider white parts cells

Underline = list[Thing]  # the pieces of one level rule from the left to the right


def rules_beside(edges: Sequence[Thing], chars: Sequence[Char]) -> tuple[list[Thing], list[Thing]]:
    """The level and upright rules that close the cells of such tables on a page."""
    levels: list[Thing] = []
    uprights: list[Thing] = []
    for table in _tables(edges):
        table += _cut_off(table, chars)
        pieces = [piece for underline in table for piece in underline]
        left, right = min(piece["x0"] for piece in pieces), max(piece["x1"] for piece in pieces)
        top = _top(chars, left, right, table[0][0]["top"])
        levels += [level_rule(left, right, place) for place in (top, table[-1][0]["top"])]
        for piece in pieces:
            above = max((other["top"] for other in pieces if _stands_over(other, piece)), default=top)
            band = [char for char in chars if above < (char["top"] + char["bottom"]) / 2 < piece["top"]]
            uprights += [
                upright_rule(side, above, piece["top"])
                for side in (piece["x0"], piece["x1"])
                if not _is_crossed(side, band)
            ]
    return levels, uprights


def _tables(edges: Sequence[Thing]) -> Iterator[list[Underline]]:
    """The underlines of each table, from the top down; those of one begin at the same cells' sides."""
    standing = [edge for edge in edges if edge["orientation"] == "v" and edge["height"] > _SHORTEST]
    table: list[Underline] = []
    for underline in _underlines(edges):
        if table and not _shares_sides(underline, table):
            yield from _whole(table, standing)
            table = []
        table.append(underline)
    yield from _whole(table, standing)


def _whole(table: list[Underline], standing: Sequence[Thing]) -> Iterator[list[Underline]]:
    broad = max((len(underline) for underline in table), default=0)
    if len(table) < _FEWEST_ROWS or broad < _FEWEST_CELLS:
        return
    top, bottom = table[0][0]["top"] - SNAP, table[-1][0]["top"] + SNAP
    if not any(edge["top"] < bottom and edge["bottom"] > top for edge in standing):
        yield table


def _underlines(edges: Sequence[Thing]) -> list[Underline]:
    """The level rules of a page, each with its pieces, those drawn twice once; a double rule is one."""
    pieces = sorted(
        (edge for edge in edges if edge["orientation"] == "h" and edge["width"] > SNAP),
        key=lambda edge: edge["top"],
    )
    rows: list[Underline] = []
    for piece in pieces:
        if not rows or piece["top"] - rows[-1][0]["top"] > _THICKEST:
            rows.append([])
        if not any(_is_same(piece, other) for other in rows[-1]):
            rows[-1].append(piece)
    return [sorted(row, key=lambda piece: piece["x0"]) for row in rows]


def _is_same(piece: Thing, other: Thing) -> bool:
    return abs(piece["x0"] - other["x0"]) < SNAP and abs(piece["x1"] - other["x1"]) < SNAP


def _shares_sides(underline: Underline, above: Sequence[Underline]) -> bool:
    """Whether the pieces begin and end where cells above do; one over several cells does so too."""
    sides = [side for row in above for piece in row for side in (piece["x0"], piece["x1"])]
    own = [side for piece in underline for side in (piece["x0"], piece["x1"])]
    inner = own if len(underline) < _FEWEST_CELLS else [own[0], own[-1]]
    if min(own) < min(sides) - SNAP or max(own) > max(sides) + SNAP:
        return (
            len(above[-1]) < len(underline) and min(own) - SNAP < min(sides) and max(sides) < max(own) + SNAP
        )
    return all(any(abs(side - known) < SNAP for known in sides) for side in inner)


def _stands_over(other: Thing, piece: Thing) -> bool:
    return (
        other["top"] < piece["top"] - SNAP
        and min(other["x1"], piece["x1"]) - max(other["x0"], piece["x0"]) > SNAP
    )


def _is_crossed(side: float, band: Sequence[Char]) -> bool:
    """Whether words go on over a side, which then parts no cells: one reaches over several columns there."""
    printed = [char for char in band if not char["text"].isspace()]
    if any(char["x0"] < side - 1 and side + 1 < char["x1"] for char in printed):
        return True
    before = [char for char in printed if side - char["size"] < char["x1"] <= side + 1]
    after = [char for char in printed if side - 1 <= char["x0"] < side + char["size"]]
    return any(
        abs(left["bottom"] - right["bottom"]) < 1 and right["x0"] - left["x1"] < _SPACE * left["size"]
        for left in before
        for right in after
    )


def _cut_off(table: Sequence[Underline], chars: Sequence[Char]) -> list[Underline]:
    """The underline that a page end kept from the row it cut: whose lines, the last of the page but for its
    number, stand in three cells at least and go on over no side."""
    model = max(reversed(table), key=len)
    last = table[-1][0]["top"]
    below = sorted(
        (char for char in chars if char["top"] > last - SNAP and char["text"].strip()),
        key=lambda char: char["top"],
    )
    row: list[Char] = []
    for char in below:
        if char["top"] - max((other["bottom"] for other in row), default=last) > _APART * char["size"]:
            break
        row.append(char)
    filled = sum(any(piece["x0"] <= char["x0"] < piece["x1"] for char in row) for piece in model)
    if filled < _FEWEST_CELLS or len({round(char["top"]) for char in below[len(row) :]}) > 1:
        return []
    if any(_is_crossed(side, row) for piece in model for side in (piece["x0"], piece["x1"])):
        return []
    bottom = max(char["bottom"] for char in row) + 1.0
    return [[level_rule(piece["x0"], piece["x1"], bottom) for piece in model]]


def _top(chars: Sequence[Char], left: float, right: float, first: float) -> float:
    """Where the lines right over the first underline, those of a header, begin."""
    over = [char for char in chars if left <= char["x0"] <= right and char["bottom"] < first + SNAP]
    tops = sorted({(char["top"], char["bottom"], char["size"]) for char in over if char["text"].strip()})
    top = first
    for (above, bottom, size), _ in pairwise([*reversed(tops), (0.0, 0.0, 0.0)]):
        if top - bottom > _APART * size:
            break
        top = min(top, above)
    return top - 1.0
