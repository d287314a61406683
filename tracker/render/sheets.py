"""A list as a spreadsheet (.xlsx, ECMA-376): dates are dates, and no text ever becomes a formula."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

from tracker.clock import HANOI

Value = str | int | float | date | datetime | None

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # what a spreadsheet may take for the start of a formula
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")  # what the name of a sheet must not hold
LONGEST_NAME = 31
HEAD = 3  # the title, the line under it, the columns
DAY, MOMENT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title and its width in characters."""

    title: str
    width: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list to be written: a title, a line that says whose and of when it is, columns and rows."""

    title: str
    note: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]


def sheet_bytes(sheet: Sheet, *, now: datetime) -> bytes:
    """The list as the bytes of an .xlsx file, written at `now`; it prints on A4 landscape, one page wide."""
    book = Workbook(write_only=True)
    book.properties.creator = ""
    book.properties.created = book.properties.modified = _plain(now)
    page = book.create_sheet(NOT_IN_NAMES.sub(" ", sheet.title)[:LONGEST_NAME].strip() or "Danh sách")
    _lay_out(page, sheet.columns)
    for row in _all_rows(page, sheet):
        page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _lay_out(page: WriteOnlyWorksheet, columns: Sequence[Column]) -> None:
    for number, column in enumerate(columns, 1):
        page.column_dimensions[get_column_letter(number)].width = column.width
    page.freeze_panes = f"A{HEAD + 1}"
    page.print_title_rows = f"{HEAD}:{HEAD}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _all_rows(page: WriteOnlyWorksheet, sheet: Sheet) -> Iterator[list[WriteOnlyCell]]:
    yield [_cell(page, sheet.title, Font(bold=True, size=14), wrap=False)]
    yield [_cell(page, sheet.note, Font(italic=True), wrap=False)]
    head = [_cell(page, column.title, Font(bold=True)) for column in sheet.columns]
    for cell in head:
        cell.fill = PatternFill("solid", fgColor="E7EEF9")
    yield head
    for row in sheet.rows:
        yield [_cell(page, value) for value in row]


def _cell(
    page: WriteOnlyWorksheet, value: Value, font: Font | None = None, *, wrap: bool = True
) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value=as_written(value))
    cell.alignment = Alignment(vertical="top", wrap_text=wrap)
    if font is not None:
        cell.font = font
    if isinstance(value, date):
        cell.number_format = MOMENT if isinstance(value, datetime) else DAY
    return cell


def as_written(value: Value) -> Value:
    """What is put into a cell: a moment by the clocks of Viet Nam, a text that cannot be a formula.

    «=1+1» becomes «'=1+1»: openpyxl and spreadsheets would compute it (OWASP, CSV injection).
    """
    if isinstance(value, datetime):
        return _plain(value)
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{text}" if text.startswith(FORMULA) else text or None


def _plain(moment: datetime) -> datetime:
    """Spreadsheets know no zones: the hour in Viet Nam."""
    return moment.astimezone(HANOI).replace(tzinfo=None)
