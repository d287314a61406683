"""The body of a Word document: paragraphs and tables in reading order."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from tracker.plans.blocks import Cell, Paragraph, Row, Table, Where
from tracker.plans.readers.colours import colour
from tracker.plans.readers.docx.names import COMPATIBILITY, find, number, value, w
from tracker.plans.readers.docx.numbering import Numbering
from tracker.plans.readers.docx.runs import ParagraphText, paragraph_text
from tracker.plans.readers.docx.styles import Styles
from tracker.plans.readers.grid import evened

_THROUGH = {w(name) for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")} | {
    f"{{{COMPATIBILITY}}}AlternateContent", f"{{{COMPATIBILITY}}}Choice"
}  # fmt: skip


@dataclass(slots=True)
class Body:
    """Reads blocks and counts what it passes: paragraphs, tables, footnotes."""

    styles: Styles
    numbering: Numbering
    paragraphs: int = 0
    tables: int = 0
    footnotes: int = 0

    def blocks(self, container: etree._Element) -> Iterator[Paragraph | Table]:
        """The paragraphs and tables in a body, cell or text box; empty paragraphs are left out."""
        for element in _flattened(container, "p", "tbl"):
            if element.tag == w("p"):
                yield from self._paragraph(element)
            elif _is_wrapper(element):
                for cell in element.iter(w("tc")):
                    if _nearest(cell, "tbl") is element:
                        yield from self.blocks(cell)
            else:
                yield self._table(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Paragraph | Table]:
        label, shown = self._shown(element)
        self.paragraphs += 1
        where = Where(line=self.paragraphs)
        for index, line in enumerate(shown.lines):
            yield Paragraph(text=line, where=where, bold=shown.bold, label=label if index == 0 else "")
        for box in shown.boxes:
            yield from self.blocks(box)

    def _shown(self, element: etree._Element) -> tuple[str, ParagraphText]:
        shown = paragraph_text(element, self.styles)
        self.footnotes += shown.footnotes
        return self.numbering.label(find(element, "pPr")), shown

    def _table(self, element: etree._Element) -> Table:
        self.tables += 1
        table = self.tables
        rows = evened([tuple(self._cells(row)) for row in _flattened(element, "tr")])
        return Table(
            rows=tuple(Row(cells, Where(table=table, row=index)) for index, cells in enumerate(rows, 1)),
            number=table,
        )

    def _cells(self, row: etree._Element) -> Iterator[Cell]:
        """The cells of a row, one for each column of the grid."""
        yield from [Cell()] * min(number(row, "trPr", "gridBefore") or 0, 60)
        for element in _flattened(row, "tc"):
            span = min(max(number(element, "tcPr", "gridSpan") or 1, 1), 60)
            yield self._cell(element, span)
            yield from [Cell()] * (span - 1)

    def _cell(self, element: etree._Element, span: int) -> Cell:
        merge = find(element, "tcPr", "vMerge")
        across = find(element, "tcPr", "hMerge")
        if across is not None and across.get(w("val")) != "restart":
            return Cell()
        if merge is not None and merge.get(w("val")) != "restart":
            return Cell(span=span, continues=True, fill=_fill(element))
        lines, weights = self._lines(element)
        text = "\n".join(lines)
        return Cell(text, span=span, bold=bool(weights) and all(weights), fill=_fill(element))

    def _lines(self, container: etree._Element) -> tuple[list[str], list[bool]]:
        """The lines of a cell with their automatic numbers, tables inside it cell by cell; which are bold."""
        lines: list[str] = []
        weights: list[bool] = []
        for element in _flattened(container, "p", "tbl"):
            if element.tag == w("tbl"):
                inner = [
                    self._lines(cell) for cell in element.iter(w("tc")) if _nearest(cell, "tbl") is element
                ]
            else:
                inner = [self._labelled(element)]
            for more, heavy in inner:
                lines += more
                weights += heavy
        return lines, weights

    def _labelled(self, element: etree._Element) -> tuple[list[str], list[bool]]:
        """The lines of one paragraph in a cell; Word prints the number of an empty one too."""
        label, shown = self._shown(element)
        lines, weights = list(shown.lines), [shown.bold] * bool(shown.lines)
        if label:
            lines[:1] = [" ".join([label, *lines[:1]])]
        for box in shown.boxes:
            more, heavy = self._lines(box)
            lines += more
            weights += heavy
        return lines, weights


def _flattened(container: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The children of these names, also those inside content controls and other wrappers."""
    wanted = {w(name) for name in names}
    for child in container:
        if child.tag in wanted:
            yield child
        elif child.tag in _THROUGH:
            yield from _flattened(child, *names)


def _fill(cell: etree._Element) -> str:
    """The colour of a cell's own shading (ISO/IEC 29500-1, 17.4.33); empty for white and none."""
    shading = find(cell, "tcPr", "shd")
    said = "" if shading is None else shading.get(w("fill"), "")
    return colour(f"#{said}")


def _nearest(element: etree._Element, name: str) -> etree._Element | None:
    return next(element.iterancestors(w(name)), None)


def _is_wrapper(table: etree._Element) -> bool:
    """Whether the table has one column only: a box around text, or around the whole document."""
    return all(len(list(_flattened(row, "tc"))) == 1 for row in _flattened(table, "tr")) and not _merges(
        table
    )


def _merges(table: etree._Element) -> bool:
    spans = (
        value(cell, "tcPr", "gridSpan") for cell in table.iter(w("tc")) if _nearest(cell, "tbl") is table
    )
    return len(set(spans)) > 1
