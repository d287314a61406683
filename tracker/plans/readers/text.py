"""Plain text whose table rows are lines with tabs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import BinaryIO

from tracker.plans.blocks import Cell, Document, Paragraph, Row, Table, Where
from tracker.plans.readers.characters import clean, clean_lines
from tracker.plans.readers.encoding import decode
from tracker.plans.readers.lines import rejoin
from tracker.plans.readers.marks import unmarked, unmarked_cell

_PAGE_NUMBER = re.compile(r"\s*(-\s*)?\d{1,3}(\s*-)?\s*")
_MIDDLE = re.compile(r"\s*([-+*•]\s*\S|[a-zà-ỹđ])")
_ORDINAL = re.compile(r"\W*(\d{1,3}(\.\d+)*|[IVXLC]+|[a-zđ])\W{0,2}$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it stands in the file; numbers count from 1."""

    number: int
    text: str

    @property
    def tabs(self) -> int:
        return self.text.count("\t")


def read(stream: BinaryIO) -> Document:
    """Read paragraphs and tab-separated tables; left-overs of HTML and Markdown are taken away.

    A table is a run of lines with tabs; a blank line ends it. `where` holds the line in the file. Raises
    UnreadableFile where the bytes are no text.
    """
    return Document(blocks=tuple(read_blocks(decode(stream.read()))))


def read_blocks(text: str) -> Iterator[Paragraph | Table]:
    """The paragraphs and tables of a text, in order; lines that one width broke are one paragraph again."""
    tables = 0
    loose: list[Paragraph] = []
    for block in _blocks(text):
        if isinstance(block, Paragraph):
            loose.append(block)
        else:
            tables += 1
            yield from rejoin(loose)
            yield Table(rows=tuple(_rows(block, tables)), number=tables)
            loose = []
    yield from rejoin(loose)


def _blocks(text: str) -> Iterator[Paragraph | list[_Line]]:
    """Lines outside tables as paragraphs, and the lines of each table."""
    unbroken = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "")
    lines = [_Line(number, line) for number, line in enumerate(unbroken.split("\n"), 1)]
    for blank, group in groupby(lines, key=lambda line: not line.text.strip() and not line.tabs):
        chunk = list(group)
        if blank or (len(chunk) == 1 and _PAGE_NUMBER.fullmatch(chunk[0].text)):
            continue
        first, end = _table_part(chunk)
        yield from _paragraphs(chunk[:first])
        if first < end:
            yield chunk[first:end]
        yield from _paragraphs(chunk[end:])


def _table_part(chunk: list[_Line]) -> tuple[int, int]:
    """Where the table in a run of lines begins and ends; two equal numbers where there is none.

    Lines with tabs are a table when one has three columns or two of them have two filled ones; else the
    tabs only push text to the right, as in «\\tKẾ HOẠCH».
    """
    tabbed = [index for index, line in enumerate(chunk) if line.tabs]
    filled = [sum(bool(field.strip()) for field in chunk[index].text.split("\t")) for index in tabbed]
    wide = any(chunk[index].tabs >= 2 for index in tabbed)
    if not any(filled) or not (wide or sum(count >= 2 for count in filled) >= 2):
        return len(chunk), len(chunk)
    return tabbed[0], tabbed[-1] + 1


def _paragraphs(lines: list[_Line]) -> Iterator[Paragraph]:
    for line, held in zip(lines, unmarked(line.text for line in lines), strict=True):
        for text, bold in held:
            if clean(text):
                yield Paragraph(text=clean(text), where=Where(line=line.number), bold=bold)


def _rows(lines: list[_Line], table: int) -> Iterator[Row]:
    width = max(line.tabs for line in lines) + 1
    for number, line in enumerate(_whole_rows(lines, width), 1):
        yield Row(_cells(line.text, width), Where(table=table, row=number, line=line.number))


def _cells(text: str, width: int) -> tuple[Cell, ...]:
    fields = text.split("\t")
    cells = [_cell(field, span=width if len(fields) == 1 else 1) for field in fields]
    return (*cells, *[Cell()] * (width - len(cells)))


def _cell(field: str, span: int) -> Cell:
    text, bold = unmarked_cell(field)
    return Cell(text="\n".join(clean_lines(text)), span=span, bold=bold)


def _whole_rows(lines: list[_Line], width: int) -> Iterator[_Line]:
    """The rows that are not empty; those that a line break inside a cell had broken are whole again."""
    rest = [line for line in lines if line.text.strip()]
    while rest:
        count = _lines_of_row(rest, width)
        yield _Line(rest[0].number, "\v".join(line.text for line in rest[:count]))
        rest = rest[count:]


def _lines_of_row(lines: list[_Line], width: int) -> int:
    """How many lines the first row takes.

    A row that lacks tabs takes the lines that bring exactly those, unless one begins with a number of its
    own; any row takes the lines without tabs that start as the middle of a sentence or an item does.
    """
    tabs, count = lines[0].tabs, 1
    for index, line in enumerate(lines[1:], 2):
        start = line.text.split("\t")[0]
        if not 0 < tabs < width - 1 or not start.strip() or _ORDINAL.match(start):
            break
        tabs += line.tabs
        if tabs == width - 1:
            count = index
    while count < len(lines) and not lines[count].tabs and _MIDDLE.match(lines[count].text):
        count += 1
    return count
