"""The numbers of the rows of a table run on: what a lost dot or a misread figure broke is mended by them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.plans.blocks import ILLEGIBLE, Document, Row, Table

_PARTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.?")
_HEADER = re.compile(r"S?TT|Số TT", re.IGNORECASE)
_WHOLE = re.compile(r"(\d{1,3})\.?")

Number = tuple[int, ...]


def with_running_numbers(document: Document) -> Document:
    """The document with the numbers in the first column of its scanned tables mended, over page ends too."""
    tables = [table for table in document.tables() if _is_numbered(table) and _is_scanned(table, document)]
    rows = [
        row for table in tables for row in table.rows if _number(row) and not _HEADER.fullmatch(_number(row))
    ]
    mended = dict(zip((row.where for row in rows), mended_numbers(list(map(_number, rows))), strict=True))
    blocks = (
        replace(block, rows=tuple(_numbered(row, mended.get(row.where)) for row in block.rows))
        if isinstance(block, Table)
        else block
        for block in document.blocks
    )
    return replace(document, blocks=tuple(blocks))


def _is_scanned(table: Table, document: Document) -> bool:
    return table.rows[0].where.page in document.scanned


def _is_numbered(table: Table) -> bool:
    """Whether half of what stands in its first column are numbers."""
    said = [text for row in table.rows if (text := _number(row)) and not _HEADER.fullmatch(text)]
    return 2 * sum(_parsed(text) is not None for text in said) >= len(said) > 0


def _number(row: Row) -> str:
    return row.cells[0].text


def _numbered(row: Row, number: str | None) -> Row:
    if number is None:
        return row
    return replace(row, cells=(replace(row.cells[0], text=number), *row.cells[1:]))


def mended_numbers(texts: Sequence[str]) -> list[str]:
    """The numbers from top to bottom, mended where those beside them leave no other reading.

    «2.2», «23» -> «2.2», «2.3»: the figures agree and only the dot is lost. «5.2», «43», «5.4» -> «5.3»: the
    number above and the one below say which it is.
    """
    numbers = [text.replace(ILLEGIBLE, "").strip() or text for text in texts]
    for at, text in enumerate(numbers):
        above = _parsed(numbers[at - 1]) if at else None
        below = _parsed(numbers[at + 1]) if at + 1 < len(numbers) else None
        meant = _after(above), _before(below)
        dotless = [number for number in meant if number and "".join(map(str, number)) == text.strip(".,")]
        if len(text.strip(".,")) > 1 and dotless and len(dotless[0]) > 1:
            numbers[at] = ".".join(map(str, dotless[0]))
        elif meant[0] and (meant[0] == meant[1] != _parsed(text) or _hints_at(text, meant[0])):
            numbers[at] = ".".join(map(str, meant[0]))
        elif not any(map(str.isalnum, text)) and (due := meant[0] or meant[1]):
            numbers[at] = ".".join(map(str, due))  # else the row would be taken for a part of the one above
    return numbers


def _hints_at(text: str, meant: Number) -> bool:
    """Whether a text that is no number ends like the one that is due: «$3» after «5.2»."""
    return len(meant) > 1 and not _parsed(text) and text.strip(".,").endswith(str(meant[-1]))


def _parsed(text: str) -> Number | None:
    found = _PARTED.fullmatch(text) or _WHOLE.fullmatch(text)
    return tuple(map(int, found.groups())) if found else None


def _after(number: Number | None) -> Number | None:
    return (*number[:-1], number[-1] + 1) if number else None


def _before(number: Number | None) -> Number | None:
    return (*number[:-1], number[-1] - 1) if number and number[-1] > 1 else None
