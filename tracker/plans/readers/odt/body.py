"""The body of an OpenDocument text: paragraphs, lists and tables in reading order."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from tracker.plans.blocks import Paragraph, Row, Table, Where
from tracker.plans.readers.characters import clean_lines
from tracker.plans.readers.grid import Placed, evened, lay_out
from tracker.plans.readers.odt.names import name, number
from tracker.plans.readers.odt.styles import Lists, Styles
from tracker.plans.readers.raised import raised

_PARAGRAPHS = {name("text:p"), name("text:h")}
_UNREAD = {name(short) for short in ("text:tracked-changes", "text:table-of-content", "office:annotation",
                                     "text:hidden-text", "office:forms")}  # fmt: skip
_CELLS = name("table:table-cell")
_COVERED = name("table:covered-table-cell")
_MOST_REPEATED = 50


@dataclass(slots=True)
class Body:
    """Reads blocks and counts what it passes: paragraphs, tables, footnotes."""

    styles: Styles
    lists: Lists
    paragraphs: int = 0
    tables: int = 0
    footnotes: int = 0

    def blocks(self, container: etree._Element) -> Iterator[Paragraph | Table]:
        """The paragraphs and tables of a body, section, cell or text box."""
        for element in container:
            if element.tag in _PARAGRAPHS:
                yield from self._paragraph(element, label="")
            elif element.tag == name("text:list"):
                yield from self._list(element, depth=1, style=None)
            elif element.tag == name("table:table"):
                yield from self._table_or_content(element)
            elif isinstance(element.tag, str) and element.tag not in _UNREAD:
                yield from self.blocks(element)

    def _list(self, element: etree._Element, depth: int, style: str | None) -> Iterator[Paragraph | Table]:
        style = element.get(name("text:style-name"), style)
        continues = element.get(name("text:continue-numbering")) == "true"
        self.lists.begin(style, depth, continues=continues or name("text:continue-list") in element.attrib)
        for item in element:
            # An item that holds only a list further in has no number of its own.
            counts = item.tag == name("text:list-item") and len(item) and item[0].tag in _PARAGRAPHS
            label = self.lists.label(style, depth) if counts else ""
            for child in item:
                if child.tag == name("text:list"):
                    yield from self._list(child, depth + 1, style)
                elif child.tag in _PARAGRAPHS:
                    yield from self._paragraph(child, label)
                    label = ""

    def _paragraph(self, element: etree._Element, label: str) -> Iterator[Paragraph | Table]:
        bold = self.styles.bold(element.get(name("text:style-name")))
        pieces: list[tuple[str, bool]] = []
        for text, heavy, above in self._pieces(element, bool(bold), above=False):
            line = "".join(piece for piece, _ in pieces)
            pieces.append((raised(line, text) if above else text, heavy))
        weights = [heavy for text, heavy in pieces if text.strip()]
        self.paragraphs += 1
        for index, line in enumerate(clean_lines("".join(text for text, _ in pieces))):
            where = Where(line=self.paragraphs)
            yield Paragraph(text=line, where=where, bold=all(weights), label="" if index else label)
        if label and not weights:
            yield Paragraph(text="", where=Where(line=self.paragraphs), label=label)
        for box in element.iter(name("draw:text-box")):
            yield from self.blocks(box)

    def _pieces(
        self, element: etree._Element, bold: bool, *, above: bool
    ) -> Iterator[tuple[str, bool, bool]]:
        """The text of a paragraph in pieces, whether each is bold, and raised; notes are left out."""
        yield element.text or "", bold, above
        for child in element:
            if child.tag == name("text:s") or child.tag == name("text:tab"):
                yield " ", bold, False
            elif child.tag == name("text:line-break"):
                yield "\n", bold, False
            elif child.tag == name("text:note"):
                self.footnotes += 1
            elif child.tag != name("draw:frame") and child.tag not in _UNREAD and isinstance(child.tag, str):
                style = child.get(name("text:style-name"))
                own = self.styles.bold(style)
                heavy = bold if own is None else own
                yield from self._pieces(child, heavy, above=above or self.styles.raised(style))
            yield child.tail or "", bold, above

    def _table_or_content(self, element: etree._Element) -> Iterator[Paragraph | Table]:
        """A table of one column is a box around its content."""
        rows = [row for row in _rows(element) for _ in range(_repeated(row, "table:number-rows-repeated"))]
        if all(len(row.findall(_CELLS)) <= 1 and row.find(_COVERED) is None for row in rows):
            for row in rows:
                for cell in row.findall(_CELLS):
                    yield from self.blocks(cell)
        else:
            yield self._table(rows)

    def _table(self, rows: list[etree._Element]) -> Table:
        self.tables += 1
        number = self.tables
        laid = evened(
            lay_out([placed for cell in row.findall(_CELLS) for placed in self._placed(cell)] for row in rows)
        )
        filled = [
            Row(cells, Where(table=number, row=index))
            for index, cells in enumerate(laid, 1)
            if any(cell.text or cell.continues for cell in cells)
        ]
        return Table(tuple(filled), number)

    def _placed(self, cell: etree._Element) -> list[Placed]:
        lines = list(self._lines(cell))
        placed = Placed(
            text="\n".join(f"{line.label} {line.text}".strip() for line in lines),
            columns=number(cell, "table:number-columns-spanned"),
            rows=number(cell, "table:number-rows-spanned"),
            bold=any(line.text for line in lines) and all(line.bold for line in lines if line.text),
            fill=self.styles.fill(cell.get(name("table:style-name"))),
        )
        return [placed] * _repeated(cell, "table:number-columns-repeated")

    def _lines(self, cell: etree._Element) -> Iterator[Paragraph]:
        """The paragraphs of a cell, those of tables inside it too."""
        for block in self.blocks(cell):
            if isinstance(block, Paragraph):
                yield block
            else:
                for row in block.rows:
                    for inner in row.cells:
                        yield from (
                            Paragraph(line, row.where, inner.bold) for line in inner.text.splitlines()
                        )


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == name("table:table-row"):
            yield child
        elif child.tag in {
            name("table:table-header-rows"),
            name("table:table-rows"),
            name("table:table-row-group"),
        }:
            yield from _rows(child)


def _repeated(element: etree._Element, attribute: str) -> int:
    """How often a row or cell stands there; a program fills a page's rest with thousands of empty ones."""
    return max(number(element, attribute, most=_MOST_REPEATED), 1)
