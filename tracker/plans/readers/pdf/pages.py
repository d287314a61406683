"""Pages of lines and tables become one document."""

from collections.abc import Iterator, Sequence

from tracker.plans.blocks import Document, Paragraph, Row, Table, Where
from tracker.plans.readers.grid import Cells
from tracker.plans.readers.old_fonts import CONVERTED
from tracker.plans.readers.pdf.aligned import aligned_tables
from tracker.plans.readers.pdf.furniture import PageText, without_furniture
from tracker.plans.readers.pdf.paragraphs import PlacedLine, margins, paragraphs

_LEGIBLE = 85.0  # per cent: how sure the recognition of a clear page is at least

Rows = tuple[Cells, ...]

FOOTNOTES_LEFT_OUT = "Văn bản có cước chú: nội dung cước chú không được đọc."
PAGES_LEFT_OUT = "Trang {pages} là ảnh chụp: chữ trên trang đó không được đọc."
BLURRED = (
    "Trang {pages} chụp mờ hoặc cong, nhiều chữ có thể sai: hãy quét lại rõ hơn hoặc đối chiếu từng dòng."
)
SCANNED_LAYER = "Chữ trong tệp là do máy quét nhận dạng: cần soát lại từng thời hạn."


def document_of(texts: list[PageText], *, scanned: Sequence[int], unread: Sequence[int]) -> Document:
    """The document of these pages, in order; `scanned` and `unread` number pages that are pictures."""
    pages, noted = without_furniture(texts)
    notes = [FOOTNOTES_LEFT_OUT] * noted + [SCANNED_LAYER] * bool(scanned)
    notes += [CONVERTED.format(font="TCVN3")] * any(text.converted for text in texts)
    if blurred := [text.number for text in texts if text.sure < _LEGIBLE]:
        notes.append(BLURRED.format(pages=", ".join(map(str, blurred))))
    if unread:
        notes.append(PAGES_LEFT_OUT.format(pages=", ".join(map(str, unread))))
    return Document(tuple(_blocks(pages)), tuple(notes), tuple(scanned), tuple(unread))


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
    aligned = list(aligned_tables(page.lines, page.levels))
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
