"""Tables that only arrange text on the page, like every official heading, become paragraphs."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tracker.plans.blocks import Cell, Paragraph, Row, Table, Where

# What Nghị định 30/2020/NĐ-CP, phụ lục I, puts side by side: the issuer and the national name; the
# receivers and the signature. Papers of the Party have their own name on the right.
_SIDE_BY_SIDE = (
    "độc lập - tự do",
    "độc lập – tự do",
    "cộng hòa xã hội",
    "cộng hoà xã hội",
    "nơi nhận",
    "đảng cộng sản",
)
_MOST_COLUMNS = 3


def without_frames(blocks: Iterable[Paragraph | Table]) -> Iterator[Paragraph | Table]:
    """The blocks with frames as paragraphs, cell by cell; the tables left are numbered again from 1."""
    number = 0
    above: Table | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            above = None
            yield block
        elif _is_frame(block) and not (above and _goes_on(above, block)):
            yield from _paragraphs(block)
        else:
            number += 1
            above = block
            yield _numbered(block, number)


def _is_frame(table: Table) -> bool:
    filled = [cell.text for row in table.rows for cell in row.cells if cell.text]
    if len(filled) <= 1:
        return True
    columns = max(sum(bool(text) for text in row.texts) for row in table.rows)
    lines = [line.casefold() for text in filled for line in text.splitlines()]
    return columns <= _MOST_COLUMNS and any(line.startswith(_SIDE_BY_SIDE) for line in lines)


def _goes_on(above: Table, table: Table) -> bool:
    """Whether a table is what a page end left of the last row above it: a word in one of as many cells."""
    columns = {len(row.cells) for part in (above, table) for row in part.rows}
    return len(columns) == 1 and max(columns) > _MOST_COLUMNS


def _paragraphs(table: Table) -> Iterator[Paragraph]:
    """Column by column: the left side is read to its end before the right side begins."""
    for column in range(len(table.rows[0].cells) if table.rows else 0):
        for row in table.rows:
            yield from _cell_paragraphs(row.cells[column], row)


def _cell_paragraphs(cell: Cell, row: Row) -> Iterator[Paragraph]:
    where = Where(page=row.where.page, line=row.where.line)
    for line in cell.text.splitlines():
        yield Paragraph(text=line, where=where, bold=cell.bold)


def _numbered(table: Table, number: int) -> Table:
    rows = tuple(replace(row, where=replace(row.where, table=number)) for row in table.rows)
    return Table(rows=rows, number=number)
