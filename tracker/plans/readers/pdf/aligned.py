"""Tables without rules: columns told by the white between them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.plans.blocks import Cell
from tracker.plans.readers.grid import Cells
from tracker.plans.readers.pdf.cells import cell_text
from tracker.plans.readers.pdf.lines import Line

_FEWEST_COLUMNS = 3
_FEWEST_TOGETHER = 6  # columns and lines: three of each, or two lines in four columns
_WHITE = 3.5  # points between two columns, at least
_BROAD = 0.7  # of the text's width: such a line is no part of a cell
_APART = 3.0  # of the size of the letters: the next line is no longer in the table
_TOGETHER = 0.6  # of it: lines of one cell are nearer
_ORDINAL = re.compile(r"(\d{1,3}(\.\d{1,3})*|[IVXLC]{1,6}|[a-zđA-Z])[.)]?")


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """A table of one page: the first of its lines, the line after its last, its rows."""

    first: int
    end: int
    rows: tuple[Cells, ...]


def aligned_tables(lines: Sequence[list[Line]]) -> Iterator[AlignedTable]:
    """The tables among the lines of a page, each line given as its parts."""
    start = done = 0
    while start < len(lines):
        end = _run(lines, start)
        columns = _columns(lines[start:end])
        full = sum(len(line) >= _FEWEST_COLUMNS for line in lines[start:end])
        if len(columns) >= _FEWEST_COLUMNS and len(columns) + full >= _FEWEST_TOGETHER:
            start = _first(lines, start, done, columns)
            yield AlignedTable(start, end, tuple(_rows(lines[start:end], columns)))
            start = done = end
        else:
            start = max(end, start + 1)


def _run(lines: Sequence[list[Line]], start: int) -> int:
    """The end of the lines from `start` on that may be one table: those near each other and not broad."""
    if len(lines[start]) < _FEWEST_COLUMNS:
        return start
    width = max(line[-1].x1 for line in lines) - min(line[0].x0 for line in lines)
    end, last_full = start + 1, start
    while end < len(lines):
        line, before = lines[end], lines[end - 1]
        if line[0].top - before[0].bottom > _APART * line[0].size:
            break
        if len(line) >= _FEWEST_COLUMNS:
            last_full = end
        elif end - last_full > 1 and len(line) == 1 and line[0].x1 - line[0].x0 > _BROAD * width:
            break
        end += 1
    return _without_text_below(lines, last_full, end)


def _first(lines: Sequence[list[Line]], start: int, done: int, columns: list[tuple[float, float]]) -> int:
    """The first line of a header whose names stand in the middle of their cells: «Cơ quan» over «chủ trì»
    begins above «Nhiệm vụ»."""
    while start > done:
        line, below = lines[start - 1], lines[start][0]
        alone = all(sum(part.x0 < right and left < part.x1 for left, right in columns) == 1 for part in line)
        if not alone or len(line) < 2 or below.top - line[0].bottom > _TOGETHER * below.size:
            break
        start -= 1
    return start


def _without_text_below(lines: Sequence[list[Line]], last: int, end: int) -> int:
    """The end without what only follows the table: lines at its left that are too broad, or no number."""
    number, cell = lines[last][0], lines[last][1]
    for index in range(last + 1, end):
        first = lines[index][0]
        in_first_column = first.x0 < cell.x0 - _WHITE
        no_number = _ORDINAL.fullmatch(number.text) and not _ORDINAL.fullmatch(first.text)
        if in_first_column and (first.x1 > cell.x0 or no_number):
            return index
    return end


def _columns(lines: Sequence[list[Line]]) -> list[tuple[float, float]]:
    """What the parts of the full lines cover, from left to right."""
    covered: list[tuple[float, float]] = []
    parts = [part for line in lines if len(line) >= _FEWEST_COLUMNS for part in line]
    for part in sorted(parts, key=lambda part: part.x0):
        if covered and part.x0 - covered[-1][1] < _WHITE:
            covered[-1] = (covered[-1][0], max(covered[-1][1], part.x1))
        else:
            covered.append((part.x0, part.x1))
    return covered


def _rows(lines: Sequence[list[Line]], columns: list[tuple[float, float]]) -> Iterator[Cells]:
    group: list[list[Line]] = []
    numbered = sum(_starts_row(line, columns) for line in lines) > 1
    for line in lines:
        begins = _starts_row(line, columns) if numbered else len(line) >= _FEWEST_COLUMNS
        if group and (begins or _ends_header(group, line)):
            yield _row(group, columns)
            group = []
        group.append(line)
    yield _row(group, columns)


def _starts_row(line: list[Line], columns: list[tuple[float, float]]) -> bool:
    return line[0].x0 < columns[0][1] and bool(_ORDINAL.fullmatch(line[0].text))


def _ends_header(group: Sequence[list[Line]], line: list[Line]) -> bool:
    """Whether bold lines end here: a row that began on the page before goes on below its repeated header."""
    return all(part.bold for above in group for part in above) and not any(part.bold for part in line)


def _row(lines: Sequence[list[Line]], columns: list[tuple[float, float]]) -> Cells:
    """The cells of one row; a part that reaches over columns makes a cell over them."""
    held: list[list[Line]] = [[] for _ in columns]
    spans = [1] * len(columns)
    for line in lines:
        for part in line:
            first = max((i for i, column in enumerate(columns) if column[0] - _WHITE < part.x0), default=0)
            last = max((i for i, column in enumerate(columns) if column[0] < part.x1), default=first)
            held[first].append(part)
            spans[first] = max(spans[first], last - first + 1)
    return tuple(_cell(held, spans, columns, index) for index in range(len(columns)))


def _cell(held: list[list[Line]], spans: list[int], columns: list[tuple[float, float]], index: int) -> Cell:
    following = next((i for i in range(index + 1, len(columns)) if held[i]), len(columns))
    span = min(spans[index], following - index)
    left, right = columns[index][0], columns[index + span - 1][1]
    text, bold = cell_text(held[index], left, right)
    return Cell(text, span=span, bold=bold)
