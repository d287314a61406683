"""Tables drawn with rules: which letters stand in which cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from pdfplumber.page import Page
from pdfplumber.table import Table, TableFinder

from tracker.plans.readers.grid import Cells, Placed, evened, lay_out
from tracker.plans.readers.pdf.cells import ORDINAL, cell_text
from tracker.plans.readers.pdf.lines import Char, cell_lines, word_gap
from tracker.plans.readers.pdf.printed import PrintedPage
from tracker.plans.readers.pdf.rules import SNAP, Thing, level_rule, missing_rules
from tracker.plans.readers.pdf.underlined import rules_beside

Box = tuple[float, float, float, float]  # x0, top, x1, bottom, in points
Held = dict[Box, list[Char]]

_HOLE = 100.0  # square points: a smaller cell has no room for a letter


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table of one page: how far from the top it begins, in points, and its rows."""

    top: float
    rows: tuple[Cells, ...]


def ruled_tables(page: PrintedPage) -> tuple[list[RuledTable], list[Char]]:
    """The tables of a page that have two columns or more, and the letters that stand in none of them."""
    rest = page.chars
    gap = word_gap(rest)
    tables = []
    for found in drawn_tables(page):
        held, outside = _sorted_into(found.cells, found.bbox, rest)
        if not _parts_columns_only(held, gap):
            rest = outside
            tables.append(RuledTable(found.bbox[1], _rows(held, gap)))
    return tables, rest


def drawn_tables(page: PrintedPage) -> list[Table]:
    """What the rules of a page draw with two columns or more: the boxes of each table's cells."""
    ends, sides = missing_rules(page.edges)
    levels, uprights = rules_beside(page.edges, page.chars)
    ends, sides = [*ends, *levels], [*sides, *uprights]
    tables = _tables(page, ends, sides)
    if torn := [table.bbox for table in tables if _has_holes(table)]:
        closing = (level_rule(x0, x1, place) for x0, top, x1, bottom in torn for place in (top, bottom))
        tables = _tables(page, [*ends, *closing], sides)
    return [table for table in tables if len({round(cell[0]) for cell in table.cells}) > 1]


def _tables(page: PrintedPage, levels: Sequence[Thing], uprights: Sequence[Thing]) -> list[Table]:
    """What the rules of a page and these draw."""
    settings = {
        "explicit_horizontal_lines": levels,
        "explicit_vertical_lines": uprights,
        "snap_tolerance": SNAP,
    }
    return TableFinder(cast(Page, page), settings).tables  # it asks for nothing but the edges


def _has_holes(table: Table) -> bool:
    """Whether a cell was left open: a page end that cuts a merged cell closes only those beside it."""
    return _area(table.bbox) - sum(map(_area, table.cells)) > _HOLE


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _parts_columns_only(held: Held, gap: float) -> bool:
    """Whether only upright rules were drawn: several numbered rows stand in one cell under each other."""
    first = min(held, key=lambda cell: cell[0])
    if len({cell[1] for cell in held}) > 1:
        return False
    return sum(bool(ORDINAL.fullmatch(line.text)) for line in cell_lines(held[first], gap)) > 1


def _sorted_into(cells: Sequence[Box], table: Box, chars: Sequence[Char]) -> tuple[Held, list[Char]]:
    """The letters of each cell of a table, and those that stand in none."""
    held: Held = {cell: [] for cell in cells}
    rest: list[Char] = []
    for char in chars:
        cell = next((cell for cell in cells if _within(cell, char)), None) if _within(table, char) else None
        (rest if cell is None else held[cell]).append(char)
    return held, rest


def _within(box: Box, char: Char) -> bool:
    """Whether the middle of a letter lies in the box."""
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _rows(held: Held, gap: float) -> tuple[Cells, ...]:
    """The cells put on the grid that their edges make."""
    columns = _edges(edge for cell in held for edge in (cell[0], cell[2]))
    levels = _edges(edge for cell in held for edge in (cell[1], cell[3]))
    starts: dict[tuple[int, int], Placed] = {}
    covered: set[tuple[int, int]] = set()
    for cell, chars in held.items():
        left, right = _index(columns, cell[0]), _index(columns, cell[2])
        top, bottom = _index(levels, cell[1]), _index(levels, cell[3])
        text, bold = cell_text(cell_lines(chars, gap), cell[0], cell[2])
        starts[top, left] = Placed(text, columns=max(right - left, 1), rows=max(bottom - top, 1), bold=bold)
        covered |= {(row, column) for row in range(top, bottom) for column in range(left, right)}
    covered -= starts.keys()
    grid = (
        [
            starts.get((row, column), Placed(""))
            for column in range(len(columns) - 1)
            if (row, column) not in covered
        ]
        for row in range(len(levels) - 1)
    )
    return tuple(_visible(evened(lay_out(grid))))


def _edges(places: Iterable[float]) -> list[float]:
    """Places that lie together are one edge."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > SNAP:
            edges.append(place)
    return edges


def _index(edges: list[float], place: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - place))


def _visible(rows: list[Cells]) -> list[Cells]:
    """Without the rows that only a doubled rule makes."""
    return [row for row in rows if any(cell.text or cell.continues for cell in row)]
