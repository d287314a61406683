"""The neutral form of any document: paragraphs and tables whose cells know where they stood."""

from collections.abc import Iterator
from dataclasses import dataclass

ILLEGIBLE = "▯"  # stands in a cell of a scan that bears letters which were not recognised, or hardly


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a row or paragraph in its document; numbers count from 1, 0 means it does not apply."""

    page: int = 0
    table: int = 0
    row: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its paragraphs as lines of `text`.

    `continues` marks a cell that is the lower part of a vertically merged one; its text is then empty.
    `span` is the number of columns it covers; the covered columns after the first hold no cell of their own
    text (they are present as empty cells, so every row of a table has the same number of cells). `fill` is
    the colour behind it as the file tells it, empty where there is none.
    """

    text: str = ""
    span: int = 1
    continues: bool = False
    bold: bool = False
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    cells: tuple[Cell, ...]
    where: Where

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each cell."""
        return tuple(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """One printed table; a table continued on the next page may come as several."""

    rows: tuple[Row, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `label` is the automatic number or bullet a word processor would print before it.

    `names_sheet` tells that it is the name of a sheet of a workbook.
    """

    text: str
    where: Where
    bold: bool = False
    label: str = ""
    names_sheet: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """Everything a file says, in reading order.

    `notes` says, in Vietnamese, what the reader had to leave out. `scanned` numbers the pages whose letters a
    machine recognised, `unread` those that are pictures and were not read.
    """

    blocks: tuple[Paragraph | Table, ...]
    notes: tuple[str, ...] = ()
    scanned: tuple[int, ...] = ()
    unread: tuple[int, ...] = ()

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph outside tables, in order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def tables(self) -> Iterator[Table]:
        """Every table, in order."""
        return (block for block in self.blocks if isinstance(block, Table))


class UnreadableFile(Exception):
    """The file cannot be read; the message is one clear Vietnamese sentence that says what to do next."""
