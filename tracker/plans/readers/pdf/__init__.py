"""PDF documents with a text layer: tables over many pages, paragraphs made of printed lines."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import BinaryIO

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from tracker.plans.blocks import Document, Paragraph, Row, Table, UnreadableFile, Where
from tracker.plans.readers.grid import Cells
from tracker.plans.readers.pdf.aligned import aligned_tables
from tracker.plans.readers.pdf.furniture import PageText, without_furniture
from tracker.plans.readers.pdf.lines import printed_lines, word_gap
from tracker.plans.readers.pdf.paragraphs import PlacedLine, margins, paragraphs
from tracker.plans.readers.pdf.rotation import upright
from tracker.plans.readers.pdf.ruled import ruled_tables
from tracker.plans.readers.refusals import BROKEN, LOCKED, NO_LETTERS, SCANNED, TOO_HEAVY

Rows = tuple[Cells, ...]

MAX_PAGES = 1_000

_MOST_UNKNOWN = 0.2
_FULL_PAGE = 0.8

FOOTNOTES_LEFT_OUT = "Văn bản có cước chú: nội dung cước chú không được đọc."
PAGES_LEFT_OUT = "Trang {pages} là ảnh chụp: chữ trên trang đó không được đọc."
SCANNED_LAYER = "Chữ trong tệp là do máy quét nhận dạng: cần soát lại từng thời hạn."


def read(stream: BinaryIO, progress: Callable[[int, int], None] = lambda page, pages: None) -> Document:
    """Read a PDF; `progress` is told after each page: its number and how many there are.

    A table of each page is one table. Running heads, page numbers, stamps and footnotes are left out. Raises
    UnreadableFile for a broken or locked file, for one of more than 1,000 pages, for a scan, and for
    letters that the file does not tell.
    """
    with _open(stream) as pdf:
        texts, pictures, scanned = [], [], False
        for page in pdf.pages:
            text = _page_text(_upright(page))
            texts.append(text)
            if not text.lines and not text.tables:
                pictures.append(page.page_number)
            scanned = scanned or _is_picture(page)
            page.close()
            progress(page.page_number, len(pdf.pages))
    if len(pictures) == len(texts):
        raise UnreadableFile(SCANNED)
    return _document(texts, pictures, scanned=scanned)


def _open(stream: BinaryIO) -> PDF:
    """The document, its list of pages read."""
    try:
        opened = pdfplumber.open(BytesIO(stream.read()))
        if len(opened.pages) > MAX_PAGES:
            raise UnreadableFile(TOO_HEAVY)
    except (PdfminerException, MalformedPDFException) as error:
        locked = any(isinstance(argument, PDFPasswordIncorrect) for argument in error.args)
        raise UnreadableFile(LOCKED if locked else BROKEN) from error
    return opened


def _upright(page: Page) -> Page:
    """The page as a reader would hold it; the first look at it shows whether it can be read."""
    try:
        return upright(page)
    except (PdfminerException, MalformedPDFException, ValueError, TypeError, KeyError) as error:
        raise UnreadableFile(BROKEN) from error


def _page_text(page: Page) -> PageText:
    chars = page.chars
    if sum(char["text"].startswith("(cid:") for char in chars) > _MOST_UNKNOWN * len(chars):
        raise UnreadableFile(NO_LETTERS)
    tables, outside = ruled_tables(page)
    lines = printed_lines(outside, word_gap(chars))
    return PageText(page.page_number, float(page.width), float(page.height), lines, tables)


def _is_picture(page: Page) -> bool:
    """Whether one image fills the page: any letters on it were recognised by a machine."""
    area = float(page.width * page.height)
    return any(
        (image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) > _FULL_PAGE * area
        for image in page.images
    )


def _document(texts: list[PageText], pictures: list[int], *, scanned: bool) -> Document:
    pages, noted = without_furniture(texts)
    notes = [FOOTNOTES_LEFT_OUT] * noted + [SCANNED_LAYER] * scanned
    if pictures:
        notes.append(PAGES_LEFT_OUT.format(pages=", ".join(map(str, pictures))))
    return Document(blocks=tuple(_blocks(pages)), notes=tuple(notes), scanned=scanned)


def _blocks(pages: list[PageText]) -> Iterator[Paragraph | Table]:
    """Paragraphs, which may go on over a page end, and tables in the order of reading."""
    number = 0
    lines: list[PlacedLine] = []
    for page in pages:
        for item in _in_order(page):
            if isinstance(item, PlacedLine):
                lines.append(item)
                continue
            yield from paragraphs(lines)
            lines = []
            number += 1
            yield _table(item, page.number, number)
    yield from paragraphs(lines)


def _in_order(page: PageText) -> list[PlacedLine | Rows]:
    """What stands on a page from top to bottom: lines, and the rows of each table."""
    sides = margins(page.lines, page.width)
    aligned = list(aligned_tables(page.lines))
    taken = {index for table in aligned for index in range(table.first, table.end)}
    items: list[tuple[float, PlacedLine | Rows]] = [(table.top, table.rows) for table in page.tables]
    items += [(page.lines[table.first][0].top, table.rows) for table in aligned]
    items += [
        (line[0].top, PlacedLine(line, page.number, index + 1, sides))
        for index, line in enumerate(page.lines)
        if index not in taken
    ]
    return [item for _, item in sorted(items, key=lambda item: item[0])]


def _table(rows: Rows, page: int, number: int) -> Table:
    placed = (Row(cells, Where(page=page, table=number, row=row)) for row, cells in enumerate(rows, 1))
    return Table(rows=tuple(placed), number=number)
