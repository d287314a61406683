"""Tables drawn with rules: which letters stand in which cell."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pdfplumber.page import Page
from pdfplumber.table import Table as Ruled

from tracker.plans.readers.grid import Cells, Placed, evened, lay_out
from tracker.plans.readers.pdf.cells import cell_text
from tracker.plans.readers.pdf.lines import Char, cell_lines, word_gap

Box = tuple[float, float, float, float]  # x0, top, x1, bottom

_SNAP = 3.0
_FEWEST_OPEN_RULES = 3


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table of one page: where it stands and its rows."""

    box: Box
    rows: tuple[Cells, ...]


def ruled_tables(page: Page) -> list[RuledTable]:
    """The tables of a page that have at least two columns, from top to bottom."""
    page = page.filter(_is_no_background)
    edges = page.edges
    settings = {"explicit_horizontal_lines": _missing_ends(edges), "snap_tolerance": _SNAP}
    found = [table for table in page.find_tables(settings) if _columns(table) > 1]
    gap = word_gap(page.chars)
    return [_read(table, page.chars, gap) for table in sorted(found, key=lambda table: table.bbox[1])]


def within(box: Box, char: Char) -> bool:
    """Whether the middle of a letter lies in the box."""
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _is_no_background(thing: dict[str, Any]) -> bool:
    """Not a coloured area: rules are drawn as lines, as frames, or as very thin areas."""
    thin = min(thing["width"], thing["height"]) < _SNAP
    return thing["object_type"] != "rect" or thing["stroke"] or thin


def _columns(table: Ruled) -> int:
    return len({round(cell[0]) for cell in table.cells})


def _missing_ends(edges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rules that a page end cut off: where several upright rules end together and nothing closes them."""
    upright = [edge for edge in edges if edge["orientation"] == "v" and edge["height"] > _SNAP]
    level = [edge for edge in edges if edge["orientation"] == "h" and edge["width"] > _SNAP]
    ends: dict[int, list[float]] = defaultdict(list)
    for edge in upright:
        for end in (edge["top"], edge["bottom"]):
            ends[round(end / _SNAP)].append(edge["x0"])
    closing = []
    for place, columns in ends.items():
        y, left, right = place * _SNAP, min(columns), max(columns)
        closed = any(
            abs(edge["top"] - y) <= 2 * _SNAP and edge["x0"] < right and edge["x1"] > left for edge in level
        )
        crossed = any(
            edge["top"] < y - _SNAP
            and edge["bottom"] > y + _SNAP
            and left - _SNAP <= edge["x0"] <= right + _SNAP
            for edge in upright
        )
        if len({round(x) for x in columns}) >= _FEWEST_OPEN_RULES and not closed and not crossed:
            closing.append(
                {
                    "x0": left,
                    "x1": right,
                    "top": y,
                    "bottom": y,
                    "width": right - left,
                    "height": 0,
                    "orientation": "h",
                    "object_type": "line",
                }
            )
    return closing


def _read(table: Ruled, chars: list[Char], gap: float) -> RuledTable:
    inside = [char for char in chars if within(table.bbox, char)]
    columns = _edges(edge for cell in table.cells for edge in (cell[0], cell[2]))
    levels = _edges(edge for cell in table.cells for edge in (cell[1], cell[3]))
    starts: dict[tuple[int, int], Placed] = {}
    covered: set[tuple[int, int]] = set()
    for cell in table.cells:
        left, right = _index(columns, cell[0]), _index(columns, cell[2])
        top, bottom = _index(levels, cell[1]), _index(levels, cell[3])
        lines = cell_lines([char for char in inside if within(cell, char)], gap)
        text, bold = cell_text(lines, cell[0], cell[2])
        starts[top, left] = Placed(text, columns=max(right - left, 1), rows=max(bottom - top, 1), bold=bold)
        covered |= {(row, column) for row in range(top, bottom) for column in range(left, right)} - {
            (top, left)
        }
    rows = lay_out(
        [
            starts.get((row, column), Placed(""))
            for column in range(len(columns) - 1)
            if (row, column) not in covered
        ]
        for row in range(len(levels) - 1)
    )
    return RuledTable(box=table.bbox, rows=tuple(_visible(evened(rows))))


def _edges(places: Iterable[float]) -> list[float]:
    """Places that lie together are one edge."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _SNAP:
            edges.append(place)
    return edges


def _index(edges: list[float], place: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - place))


def _visible(rows: list[Cells]) -> list[Cells]:
    """Without the rows that only a doubled rule makes."""
    return [row for row in rows if any(cell.text or cell.continues for cell in row)]
