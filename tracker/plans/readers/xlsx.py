"""Excel workbooks (.xlsx): each sheet becomes paragraphs and tables."""

import re
import zipfile
from collections.abc import Iterator
from itertools import groupby
from typing import BinaryIO

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tracker.plans.blocks import Cell, Document, Paragraph, Row, Table, UnreadableFile, Where
from tracker.plans.readers.archive import open_archive
from tracker.plans.readers.characters import clean
from tracker.plans.readers.colours import colour
from tracker.plans.readers.grid import Placed, evened, lay_out
from tracker.plans.readers.refusals import BROKEN, TOO_HEAVY
from tracker.plans.readers.sheet_values import shown

MAX_CELLS = 400_000

HIDDEN_SHEET = "Trang tính «{name}» đang ẩn: vẫn được đọc."
UNCALCULATED = (
    "Bảng tính có {count} ô công thức chưa có kết quả (ô đầu tiên: {first}); các ô đó được đọc là ô trống. "
    "Hãy mở tệp bằng Excel, lưu lại rồi tải lên lần nữa."
)
HIDDEN_ROWS = "Trang tính «{name}» có dòng hoặc cột đang ẩn: vẫn được đọc."

# What openpyxl lets through of the mistakes in a file.
_UNREADABLE = (LookupError, ValueError, TypeError, AttributeError, SyntaxError, OSError, zipfile.BadZipFile)
_CELL_OR_ROW = re.compile(rb"<(?:\w+:)?(?:c|row)[ />]")
_UNCALCULATED = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_PLACE = re.compile(rb'\br="([A-Z]+\d+)"')
_UNNAMED = re.compile(r"(sheet|trang[ _]?tính|worksheet)\s*\d*", re.IGNORECASE)
_ORDINAL = re.compile(r"\d+,\d+")
_FEWEST_COLUMNS = 3


def read(stream: BinaryIO) -> Document:
    """Read the values of every sheet, hidden ones too, which is noted.

    A blank row ends a table. What stands above the first row with three filled cells, and below the tables,
    becomes paragraphs, a cell each; the name of a sheet is a paragraph before its content, unless it is
    only «Sheet1». `where.page` counts sheets, `where.row` is the number of the row in the sheet. Formulas
    that nothing calculated yet are noted. Raises UnreadableFile where the workbook is broken or holds more
    than 400,000 rows and cells.
    """
    _refuse_huge(stream)
    uncalculated = find_uncalculated(stream)
    try:
        workbook = load_workbook(stream, data_only=True, rich_text=True)
    except _UNREADABLE as error:
        raise UnreadableFile(BROKEN) from error
    blocks: list[Paragraph | Table] = []
    notes = [UNCALCULATED.format(count=len(uncalculated), first=uncalculated[0])] if uncalculated else []
    for page, sheet in enumerate(workbook.worksheets, 1):
        rows = _rows(sheet, page)
        if rows:
            if not _UNNAMED.fullmatch(sheet.title):
                blocks.append(Paragraph(clean(sheet.title), Where(page=page), names_sheet=True))
            blocks += _blocks(rows, first=sum(isinstance(block, Table) for block in blocks) + 1)
            notes += _notes(sheet)
    return Document(blocks=tuple(blocks), notes=tuple(notes))


def _refuse_huge(stream: BinaryIO) -> None:
    """Counting tags is a thousand times cheaper than letting a library build a million cells."""
    if sum(len(_CELL_OR_ROW.findall(sheet)) for sheet in _sheets(stream)) > MAX_CELLS:
        raise UnreadableFile(TOO_HEAVY)


def find_uncalculated(stream: BinaryIO) -> list[str]:
    """The cells, «B7», whose formula has no result in the file. Raises UnreadableFile where it is broken."""
    cells = [found[1] for sheet in _sheets(stream) for found in _UNCALCULATED.finditer(sheet)]
    return [place[1].decode() for cell in cells if (place := _PLACE.search(cell))]


def _sheets(stream: BinaryIO) -> Iterator[bytes]:
    with open_archive(stream) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                yield archive.read(name)
    stream.seek(0)


def _notes(sheet: Worksheet) -> Iterator[str]:
    if sheet.sheet_state != "visible":
        yield HIDDEN_SHEET.format(name=sheet.title)
    dimensions = [*sheet.row_dimensions.values(), *sheet.column_dimensions.values()]
    if any(dimension.hidden for dimension in dimensions):
        yield HIDDEN_ROWS.format(name=sheet.title)


def _rows(sheet: Worksheet, page: int) -> list[Row]:
    """The rows from the first to the last filled one, over the filled columns."""
    # Only `_cells` tells which cells exist; all other ways make those between them, up to a million rows.
    filled = {place: cell for place, cell in sheet._cells.items() if shown(cell.value, cell.number_format)}
    if not filled:
        return []
    last, right = max(row for row, _ in filled), max(column for _, column in filled)
    first, left = min(row for row, _ in filled), min(column for _, column in filled)
    merged = _merged(sheet, last, right)
    covered = {place for start, places in merged.items() for place in places if place != start}
    laid = lay_out(
        [
            _placed(
                sheet._cells.get((row, column)),
                merged.get((row, column), [(row, column)]),
                first=column == left,
            )
            for column in range(left, right + 1)
            if (row, column) not in covered
        ]
        for row in range(first, last + 1)
    )
    return [Row(cells, Where(page=page, row=number)) for number, cells in enumerate(laid, first)]


def _merged(sheet: Worksheet, last: int, right: int) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """The places that each merged cell covers, by its first one, as far as the sheet is filled."""
    return {
        (area.min_row, area.min_col): [
            (row, column)
            for row in range(area.min_row, min(area.max_row, last) + 1)
            for column in range(area.min_col, min(area.max_col, right) + 1)
        ]
        for area in sheet.merged_cells.ranges
    }


def _placed(cell, places: list[tuple[int, int]], *, first: bool) -> Placed:
    height, width = (len({place[axis] for place in places}) or 1 for axis in (0, 1))
    if cell is None:
        return Placed("", columns=width, rows=height)
    text = shown(cell.value, cell.number_format)
    if first and _ORDINAL.fullmatch(text):
        text = text.replace(",", ".")  # «1.2» in the column of numbers is no quantity
    return Placed(text, columns=width, rows=height, bold=bool(cell.font.b), fill=_fill(cell))


def _fill(cell) -> str:
    """The colour of a filled cell: its RGB value, else its place in the palette or theme."""
    # Asking a cell for its fill is slow; the first two of every workbook are «none» and a pattern for print.
    if cell._style.fillId < 2 or cell.fill.fill_type is None:
        return ""
    told = cell.fill.fgColor
    if told.type == "rgb":
        return colour(f"#{told.rgb[-6:]}")
    plain = told.type == "theme" and told.theme == 0 and not told.tint  # the background of the theme: white
    return "" if plain else f"{told.type} {told.value} {told.tint:g}"


def _blocks(rows: list[Row], first: int) -> Iterator[Paragraph | Table]:
    enough = min(_FEWEST_COLUMNS, max(map(_filled, rows)))
    number = first
    for blank, group in groupby(rows, key=lambda row: not any(map(_takes_part, row.cells))):
        chunk = list(group)
        if blank:
            continue
        below = number > first and any(_filled(row) >= enough for row in chunk)
        least = 2 if below else enough  # between tables only a title stands, alone in its row
        start = next((index for index, row in enumerate(chunk) if _filled(row) >= least), len(chunk))
        yield from _paragraphs(chunk[:start])
        if chunk[start:]:
            yield _table(chunk[start:], number)
            number += 1


def _takes_part(cell: Cell) -> bool:
    return bool(cell.text) or cell.continues


def _filled(row: Row) -> int:
    return sum(bool(text) for text in row.texts)


def _paragraphs(rows: list[Row]) -> Iterator[Paragraph]:
    for row in rows:
        for cell in row.cells:
            for line in cell.text.splitlines():
                yield Paragraph(text=line, where=row.where, bold=cell.bold)


def _table(rows: list[Row], number: int) -> Table:
    cells = evened([row.cells for row in rows])
    places = [Where(page=row.where.page, table=number, row=row.where.row) for row in rows]
    return Table(tuple(Row(row, where) for row, where in zip(cells, places, strict=True)), number)
