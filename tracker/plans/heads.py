"""What stands over each column of a table: the cells of its header rows, from the top down."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tracker.plans.blocks import Row
from tracker.plans.numbering import parse_number
from tracker.plans.wording import one_line

LONGEST_NAME = 80  # letters of the name of a column
_LISTED = re.compile(r":\s*\S")  # «Chủ trì: Sở Y tế» stands in a cell, «Chủ trì» over one
_FEWEST_NAMES = 2
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Head:
    """The names over one column, the outermost first; `named` says whether one of them is its own.

    A column under a wide cell that nothing below tells apart has no name of its own.
    """

    texts: tuple[str, ...] = ()
    named: bool = False

    @property
    def name(self) -> str:
        """«Thời gian» over «Bắt đầu» -> «Thời gian Bắt đầu»; empty where no name is its own."""
        return " ".join(self.texts) if self.named else ""

    @property
    def over(self) -> str:
        """What stands over the lowest name."""
        return " ".join(self.texts[:-1])

    @property
    def lowest(self) -> str:
        """The name right over the column."""
        return self.texts[-1] if self.texts else ""


def heads_of(rows: Sequence[Row]) -> list[Head]:
    """The heads of the columns under these header rows."""
    width = max((len(row.cells) for row in rows), default=0)
    layers = [_layer(row, rows[at + 1 :]) for at, row in enumerate(rows)]
    heads = []
    for column in range(width):
        found = [layer[column] for layer in layers if column < len(layer)]
        texts = tuple(text for text, _ in found if text)
        heads.append(Head(texts, any(own for _, own in found)))
    return heads


def read_heads(rows: Sequence[Row], at: int, tells_apart: Callable[[Head], bool]) -> list[Row]:
    """The rows of the header that begins at a row: what it says, and the rows that tell its columns apart.

    `tells_apart` says whether a name is one of those that stand under another («Chủ trì», «Quý I»).
    """
    header = [rows[at]]
    if sum(bool(cell.text) for cell in rows[at].cells) < _FEWEST_NAMES:
        return header  # a title over the whole table
    for below in rows[at + 1 : at + _DEEPEST]:
        if not _goes_on(header, below, tells_apart):
            break
        header.append(below)
    return header


def _goes_on(header: Sequence[Row], below: Row, tells_apart: Callable[[Head], bool]) -> bool:
    """Whether a row names what stands under the wide cells of a header, and nothing else."""
    said = [column for column, cell in enumerate(below.cells) if cell.text]
    if not said or parse_number(below.cells[0].text):
        return False
    if any(
        len(below.cells[column].text) > LONGEST_NAME or _LISTED.search(below.cells[column].text)
        for column in said
    ):
        return False
    wide = [column for column in said if _is_under_wide(header, column)]
    if len(said) == len(wide) > 1:
        return True
    heads = heads_of([*header, below])
    free = {column for column in said if len(header) == 1 and _is_free(header[0], column)}
    return (len(header) == 1 or bool(wide)) and all(
        column in wide or tells_apart(heads[column] if column in free else Head(heads[column].texts[-1:]))
        for column in said
    )


def _is_under_wide(header: Sequence[Row], column: int) -> bool:
    """Whether the lowest cell over a column reaches over its neighbours too."""
    for row in reversed(header):
        for start, cell in enumerate(row.cells[: column + 1]):
            if cell.text and cell.span > 1 and start <= column < start + cell.span:
                return True
        if column < len(row.cells) and row.cells[column].text:
            return False
    return False


def _is_free(row: Row, column: int) -> bool:
    """Whether no name of one column only stands there."""
    cell = row.cells[column]
    return not cell.text or cell.span > 1


def _layer(row: Row, below: Sequence[Row]) -> list[tuple[str, bool]]:
    """For each column what one header row says of it, and whether that is said of this column alone."""
    layer, over, reach = [], "", 0
    for column, cell in enumerate(row.cells):
        apart = any(column < len(low.cells) and low.cells[column].text for low in below)
        if cell.text:
            over, reach = one_line(cell.text), column + cell.span
        within = column < reach
        inherits = not cell.text and not cell.continues and (within or apart)
        layer.append((over if cell.text or inherits else "", bool(cell.text)))
    return layer
