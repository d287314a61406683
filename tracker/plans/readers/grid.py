"""Tables whose cells reach over rows and columns become rows with one cell for every column."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median_low

from tracker.plans.blocks import Cell

Cells = tuple[Cell, ...]

_MOST_COLUMNS = 100
_MOST_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell as HTML tells it: its text, and over how many columns and rows it reaches."""

    text: str
    columns: int = 1
    rows: int = 1
    bold: bool = False
    fill: str = ""


def lay_out(rows: Iterable[Sequence[Placed]]) -> list[Cells]:
    """Put each cell into the next free column of its row; the lower parts of a tall cell `continue` it.

    The rows are as long as their cells reach; `evened` makes them alike.
    """
    below: dict[int, tuple[int, int]] = {}  # column -> (rows still covered, width of the cell)
    laid = []
    for row in rows:
        cells: list[Cell] = []
        waiting = list(reversed(row))
        while waiting or len(cells) in below:
            column = len(cells)
            if column in below:
                width = below[column][1]
                cells += [Cell(span=width, continues=True), *[Cell()] * (width - 1)]
                _step_down(below, column)
                continue
            placed = waiting.pop()
            width = _free_width(below, column, min(placed.columns, _MOST_COLUMNS))
            cell = Cell(placed.text, span=width, bold=placed.bold, fill=placed.fill)
            cells += [cell, *[Cell()] * (width - 1)]
            if placed.rows > 1:
                below[column] = (min(placed.rows, _MOST_ROWS), width)
                _step_down(below, column)
        for column in [column for column in below if column >= len(cells)]:
            _step_down(below, column)
        laid.append(tuple(cells))
    return laid


def evened(rows: list[Cells]) -> list[Cells]:
    """The rows on the columns that most of them have, all as wide.

    Word and PDF draw each row with edges of its own; a cell dragged a little wider makes a column more. A
    row with the usual number of cells takes one column a cell; any other puts each cell into the column
    nearest to where it starts.
    """
    starts = [_starts(row) for row in rows]
    weights = Counter[int]()
    for row_starts in starts:
        weights[len(row_starts)] += len(row_starts)
    columns = max(weights, key=lambda count: (weights[count], count), default=0)
    usual = [row_starts for row_starts in starts if len(row_starts) == columns]
    edges = [median_low(column) for column in zip(*usual, strict=True)]
    ends = [*edges[1:], max(map(len, rows), default=0)]
    return [_fitted(row, row_starts, edges, ends) for row, row_starts in zip(rows, starts, strict=True)]


def _step_down(below: dict[int, tuple[int, int]], column: int) -> None:
    rows, width = below.pop(column)
    if rows > 1:
        below[column] = (rows - 1, width)


def _free_width(below: dict[int, tuple[int, int]], column: int, width: int) -> int:
    """How far a cell can reach before it meets one that hangs down from above."""
    return min([width, *[taken - column for taken in below if taken > column]])


def _starts(row: Cells) -> list[int]:
    """The columns at which the cells of a row start."""
    starts, column = [], 0
    while column < len(row):
        starts.append(column)
        column += max(row[column].span, 1)
    return starts


def _fitted(row: Cells, starts: list[int], edges: list[int], ends: list[int]) -> Cells:
    fitted = [Cell()] * len(edges)
    for place, start in enumerate(starts):
        cell = row[start]
        if len(starts) == len(edges):
            column, last = place, place
        else:
            column = _nearest(edges, start)
            last = max(column, _nearest(ends, start + cell.span))
        if fitted[column] != Cell():
            cell = _joined(fitted[column], cell)
        fitted[column] = replace(cell, span=last - column + 1)
    return tuple(_without_overlaps(fitted))


def _nearest(places: list[int], place: int) -> int:
    after = bisect_right(places, place)
    candidates = [index for index in (after - 1, after) if 0 <= index < len(places)]
    return min(candidates, key=lambda index: abs(places[index] - place))


def _joined(left: Cell, right: Cell) -> Cell:
    text = "\n".join(text for text in (left.text, right.text) if text)
    return Cell(
        text=text,
        continues=left.continues and right.continues,
        bold=left.bold and right.bold,
        fill=left.fill or right.fill,
    )


def _without_overlaps(cells: list[Cell]) -> list[Cell]:
    """No cell reaches over another that has a text or goes on from above."""
    fitted = list(cells)
    for column, cell in enumerate(cells):
        reach = range(column + 1, min(column + cell.span, len(cells)))
        stop = next((other for other in reach if cells[other] != Cell()), column + cell.span)
        fitted[column] = replace(cell, span=max(min(stop, len(cells)) - column, 1))
    return fitted
