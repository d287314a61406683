"""Old Word documents (.doc) as antiword tells them: it keeps tables that LibreOffice loses."""

import shutil
import subprocess
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from tracker.plans.blocks import Cell, Document, Paragraph, Row, Table, Where
from tracker.plans.readers.characters import clean, clean_lines
from tracker.plans.readers.grid import Cells, evened

TABLE_TORN = (
    "Tệp .doc có bảng không tách được thành dòng và cột: hãy mở tệp bằng Word, lưu thành .docx rồi tải lên."
)

_FEWEST_MARKS = 8  # of cells and rows in a table told as one line
_FEWEST_COLUMNS, _MOST_COLUMNS = 3, 40
_SAME_EDGE = 4.0  # points that two edges of one column may lie apart


def is_installed() -> bool:
    """Whether antiword is on the path."""
    return shutil.which("antiword") is not None


def read(path: Path) -> Document | None:
    """Read a .doc file; None where antiword is not installed or cannot open it.

    Merged cells come as they stand in the file: the upper one with its text, the lower ones empty. A table
    that antiword tells as one line, and whose rows cannot be told apart, is noted.
    """
    program = shutil.which("antiword")
    if program is None:
        return None
    told = subprocess.run(
        [program, "-m", "UTF-8.txt", "-x", "db", str(path)],
        stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    book = etree.fromstring(told.stdout, parser) if told.stdout.strip() else None
    if book is None:
        return None
    blocks = tuple(_blocks(book))
    torn = any(isinstance(block, Paragraph) and _is_torn(block.text) for block in blocks)
    return Document(blocks=blocks, notes=(TABLE_TORN,) if torn else ())


def _blocks(book: etree._Element) -> Iterator[Paragraph | Table]:
    tables, lines = 0, 0
    for part in book.iter("title", "para"):
        table = part.find("informaltable")
        if table is not None:
            tables += 1
            yield _table(table, tables)
            continue
        told = "".join(part.itertext())
        if rows := _rows_in_line(told):
            tables += 1
            yield _numbered(rows, tables)
            continue
        for text in clean_lines(told):
            lines += 1
            yield Paragraph(text=text, where=Where(line=lines), bold=_is_bold(part))


def _is_torn(text: str) -> bool:
    return text.count("|") >= _FEWEST_MARKS


def _rows_in_line(text: str) -> list[Cells]:
    """The rows of a table told as one line, «TT |Việc |Hạn | |1 |Rà |2026 | |»; empty for any other text.

    Each cell ends in a mark, and so does each row: the rows are as wide as makes every row end in one.
    """
    if not _is_torn(text):
        return []
    cells = [" ".join(clean_lines(cell)) for cell in text.split("|")[:-1]]
    for width in range(_FEWEST_COLUMNS, min(len(cells) // 2, _MOST_COLUMNS)):
        rows = [cells[at : at + width + 1] for at in range(0, len(cells), width + 1)]
        if cells[0] and len(cells) % (width + 1) == 0 and not any(row[-1] for row in rows):
            return [tuple(map(Cell, row[:-1])) for row in rows]
    return []


def _is_bold(part: etree._Element) -> bool:
    """Whether all of it is strong."""
    bold = "".join(text for strong in part.iter("emphasis") for text in strong.itertext())
    return bool(clean(bold)) and clean(bold) == clean("".join(part.itertext()))


def _table(element: etree._Element, number: int) -> Table:
    """A table in groups of rows, each with widths of its own, becomes one grid over all their edges."""
    groups = [(_edges(group), group) for group in element.iter("tgroup")]
    columns = _distinct([edge for edges, _ in groups for edge in edges])
    rows = evened([_cells(row, edges, columns) for edges, group in groups for row in group.iter("row")])
    return _numbered(rows, number)


def _numbered(rows: Sequence[Cells], number: int) -> Table:
    return Table(
        tuple(Row(cells, Where(table=number, row=count)) for count, cells in enumerate(rows, 1)), number
    )


def _edges(group: etree._Element) -> list[float]:
    """Where the columns of a group end, in points from the left."""
    edges, right = [], 0.0
    for column in group.iter("colspec"):
        right += float(column.get("colwidth", "1").rstrip("pt*") or 1)
        edges.append(right)
    return edges


def _distinct(edges: Sequence[float]) -> list[float]:
    kept: list[float] = []
    for edge in sorted(edges):
        if not kept or edge - kept[-1] > _SAME_EDGE:
            kept.append(edge)
    return kept


def _cells(row: etree._Element, edges: Sequence[float], columns: Sequence[float]) -> Cells:
    cells: list[Cell] = []
    for entry, edge in zip(row.iter("entry"), edges, strict=False):
        width = max(bisect_left(columns, edge - _SAME_EDGE) + 1 - len(cells), 1)
        text = "\n".join(clean_lines("".join(entry.itertext())))
        cells += [Cell(text, span=width, bold=_is_bold(entry)), *[Cell()] * (width - 1)]
    return tuple(cells)


def rows_in(document: Document) -> int:
    """How many rows its tables have."""
    return sum(len(block.rows) for block in document.blocks if isinstance(block, Table))
