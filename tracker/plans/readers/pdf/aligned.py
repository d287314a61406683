"""Tables without upright rules: columns told by the white between them, rows by level rules or white."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.plans.blocks import Cell
from tracker.plans.readers.grid import Cells
from tracker.plans.readers.pdf.cells import ORDINAL, cell_text
from tracker.plans.readers.pdf.lines import Line

_FEWEST_COLUMNS = 3
_FEWEST_TOGETHER = 6  # columns and lines: three of each, or two lines in four columns
_WHITE = 3.5  # points between two columns, at least
_BROAD = 0.7  # of the text's width: such a line is no part of a cell
_APART = 3.0  # of the size of the letters: the next line is no longer in the table
_TOGETHER = 0.6  # of it: lines of one cell are nearer
_SAME_WHITE = 0.15  # of it: such differences in height mean nothing
_AROUND = 4  # lines of the cells beside each other that a row can mix


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """A table of one page: the first of its lines, the line after its last, its rows."""

    first: int
    end: int
    rows: tuple[Cells, ...]


def aligned_tables(lines: Sequence[list[Line]], levels: Sequence[float] = ()) -> Iterator[AlignedTable]:
    """The tables among the lines of a page, each line given as its parts; `levels` are its level rules."""
    start = done = 0
    while start < len(lines):
        end = _run(lines, start)
        columns = _columns(lines[start:end])
        full = sum(len(line) >= _FEWEST_COLUMNS for line in lines[start:end])
        if len(columns) >= _FEWEST_COLUMNS and len(columns) + full >= _FEWEST_TOGETHER:
            start = _first(lines, start, done, columns)
            yield AlignedTable(start, end, tuple(_rows(lines[start:end], columns, levels)))
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
    return _without_text_below(lines, start, last_full, end)


def _first(lines: Sequence[list[Line]], start: int, done: int, columns: list[tuple[float, float]]) -> int:
    """The first line of a header whose names stand in the middle of their cells: «Cơ quan» over «chủ trì»
    begins above «Nhiệm vụ»; or the group that a page begins with."""
    while start > done:
        line, below = lines[start - 1], lines[start][0]
        alone = all(sum(part.x0 < right and left < part.x1 for left, right in columns) == 1 for part in line)
        near = _APART if ORDINAL.fullmatch(line[0].text) else _TOGETHER  # «IV», «Nhóm nhiệm vụ 4»
        if not alone or len(line) < 2 or below.top - line[0].bottom > near * below.size:
            break
        start -= 1
    return start


def _without_text_below(lines: Sequence[list[Line]], start: int, last: int, end: int) -> int:
    """The end without what only follows the table: lines at its left that are too broad, or no number."""
    numbers = [line[0] for line in lines[start : last + 1] if ORDINAL.fullmatch(line[0].text)]
    number = numbers[-1] if numbers else lines[last][0]
    cell = min(part.x0 for line in lines[start : last + 1] for part in line if part.x0 > number.x1)
    for index in range(last + 1, end):
        first = lines[index][0]
        in_first_column = first.x0 < cell - _WHITE
        no_number = ORDINAL.fullmatch(number.text) and not ORDINAL.fullmatch(first.text)
        if in_first_column and (first.x1 > cell or no_number):
            return index
    return end


def _columns(lines: Sequence[list[Line]]) -> list[tuple[float, float]]:
    """What the parts of the full lines cover, from left to right, and what fits in with them on others.

    In a row whose cells stand in the middle, those with an even number of lines are on no full one.
    """
    full = [part for line in lines if len(line) >= _FEWEST_COLUMNS for part in line]
    columns = _covered(full)
    rest = [part for line in lines if len(line) < _FEWEST_COLUMNS for part in line]
    return _covered([*full, *(part for part in rest if _fits(part, columns))])


def _fits(part: Line, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a part stands in one column, or between two with white on both of its sides."""
    touched = sum(part.x0 - _WHITE < right and left < part.x1 + _WHITE for left, right in columns)
    inside = bool(columns) and columns[0][1] < part.x0 and part.x1 < columns[-1][1]
    return inside and touched <= 1


def _covered(parts: Sequence[Line]) -> list[tuple[float, float]]:
    covered: list[tuple[float, float]] = []
    for part in sorted(parts, key=lambda part: part.x0):
        if covered and part.x0 - covered[-1][1] < _WHITE:
            covered[-1] = (covered[-1][0], max(covered[-1][1], part.x1))
        else:
            covered.append((part.x0, part.x1))
    return covered


def _rows(
    lines: Sequence[list[Line]], columns: list[tuple[float, float]], levels: Sequence[float]
) -> Iterator[Cells]:
    starts = sorted({0, *(_ruled_starts(lines, columns, levels) or _starts(lines, columns))})
    for start, end in pairwise([*starts, len(lines)]):
        yield _row(lines[start:end], columns)


def _ruled_starts(
    lines: Sequence[list[Line]], columns: list[tuple[float, float]], levels: Sequence[float]
) -> list[int]:
    """Where a level rule stands over a line; empty where the rules do not part all numbered rows."""
    numbers = [at for at, line in enumerate(lines) if _starts_row(line, columns)]
    bands = [sum(level < _middle(line) for level in levels) for line in lines]
    if len(numbers) < 2 or len({bands[at] for at in numbers}) < len(numbers):
        return []
    return [at for at in range(1, len(lines)) if bands[at] > bands[at - 1]]


def _starts(lines: Sequence[list[Line]], columns: list[tuple[float, float]]) -> list[int]:
    """Where rows begin: at a number, or, where cells stand in the middle, at the broadest white over it."""
    numbers = [at for at, line in enumerate(lines) if _starts_row(line, columns)]
    if len(numbers) < 2:
        full = [at for at, line in enumerate(lines) if len(line) >= _FEWEST_COLUMNS]
        return [*full, *_ends_of_headers(lines, full)]
    whites = [_white_over(lines, at) for at in range(len(lines))]
    starts = []
    for before, number in pairwise([0, *numbers]):
        least = lines[number][0].size * _SAME_WHITE
        broadest = max(whites[before + 1 : number + 1], default=0.0)
        near = [at for at in range(before + 1, number + 1) if whites[at] > broadest - least]
        starts.append(near[-1] if near else number)
    return [*starts, *_ends_of_headers(lines, starts)]


def _white_over(lines: Sequence[list[Line]], at: int) -> float:
    """How far the lines from here on stand below those before."""
    above = lines[max(at - _AROUND, 0) : at]
    top = min(line[0].top for line in lines[at : at + _AROUND])
    return top - max((line[0].bottom for line in above), default=top)


def _ends_of_headers(lines: Sequence[list[Line]], starts: Sequence[int]) -> list[int]:
    """Where a row begins because the bold lines of a header end there."""
    begun, ends = 0, []
    for at in range(1, len(lines)):
        if at in starts:
            begun = at
        elif _ends_header(lines[begun:at], lines[at]):
            ends.append(at)
            begun = at
    return ends


def _middle(line: list[Line]) -> float:
    return (line[0].top + line[0].bottom) / 2


def _starts_row(line: list[Line], columns: list[tuple[float, float]]) -> bool:
    return line[0].x0 < columns[0][1] and bool(ORDINAL.fullmatch(line[0].text))


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
