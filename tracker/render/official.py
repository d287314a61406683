"""Official papers as .docx in the form of Nghị định 30/2020/NĐ-CP, Phụ lục I: ready for number and signature.

A4, Times New Roman 13-14, margins 20 mm above, below and at the right, 30 mm at the left; page numbers in the
middle of the upper margin, none on the first page.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table as PaperTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from tracker.clock import HANOI

FONT = "Times New Roman"
TEXT, CELL, SMALL = 14, 12, 11  # points
WIDTH = 160  # mm between the margins
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
LEFT, CENTRE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]"
)  # XML 1.0 has no place for it


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading inside the text: «I. KẾT QUẢ»."""

    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: titles of columns with their shares of the width, and rows of texts; the first is a number.

    A row that is one text stands over those below it, across all columns.
    """

    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str] | str]


Block = Heading | Table | str


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues: as spoken of, the body above (empty for a people's committee), own name in lines, code for
    the number, place, and who signs in lines.
    """

    called: str
    above: str
    name: Sequence[str]
    code: str
    place: str
    signer: Sequence[str]


@dataclass(frozen=True, slots=True)
class OfficialPaper:
    """A paper with a `kind` («BÁO CÁO») or, without one, an official letter (công văn) `to` somebody."""

    issuer: Issuer
    day: date
    kind: str
    subject: str
    body: Sequence[Block]
    copies: Sequence[str]
    sign: str = ""
    to: str = ""


def official_bytes(paper: OfficialPaper, *, now: datetime) -> bytes:
    """The paper as the bytes of a .docx file, written at `now`."""
    document = Document()
    document.core_properties.author = ""
    document.core_properties.title = printable(paper.subject)
    document.core_properties.created = document.core_properties.modified = now.astimezone(HANOI).replace(
        tzinfo=None
    )
    _set_page(document)
    _head(document, paper)
    _title(document, paper)
    for block in paper.body:
        _block(document, block)
    _foot(document, paper)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def printable(text: str) -> str:
    """The text without the characters that no .docx can hold."""
    return UNPRINTABLE.sub("", text)


def _set_page(document: Paper) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(TEXT)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    number._p.append(field)


def _head(document: Paper, paper: OfficialPaper) -> None:
    """Issuer and number at the left; the nation, its motto, place and day at the right."""
    left, right = _frame(document, (62, 98)).cells
    if paper.issuer.above:
        _line(left, paper.issuer.above.upper(), 12)
    for name in paper.issuer.name:
        _line(left, name.upper(), 12, bold=True)
    _rule(left, 19)
    number = (
        f"Số:        /{paper.sign}-{paper.issuer.code}" if paper.sign else f"Số:        /{paper.issuer.code}"
    )
    _line(left, number, 13).paragraph_format.space_before = Pt(6)
    if not paper.kind:
        _line(left, f"V/v {paper.subject}", 12)
    _line(right, NATION, 12, bold=True)
    _line(right, MOTTO, 13, bold=True)
    _rule(right, 22)
    day = f"ngày {paper.day.day:02d} tháng {_two(paper.day.month)} năm {paper.day.year}"
    _line(right, f"{paper.issuer.place}, {day}", 13, italic=True).paragraph_format.space_before = Pt(6)


def _two(month: int) -> str:
    """A zero before months 1 and 2 only."""
    return f"{month:02d}" if month <= 2 else str(month)


def _title(document: Paper, paper: OfficialPaper) -> None:
    if paper.kind:
        _under(document.add_paragraph(), paper.kind, before=18, bold=True)
        _under(document.add_paragraph(), paper.subject, bold=True)
        _rule(document, 55)
    if paper.to:
        _under(document.add_paragraph(), f"Kính gửi: {paper.to}", before=18)
    document.add_paragraph()


def _under(paragraph: Paragraph, text: str, *, before: int = 0, bold: bool = False) -> Paragraph:
    paragraph.alignment, paragraph.paragraph_format.space_before = CENTRE, Pt(before)
    paragraph.add_run(printable(text)).bold = bold
    return paragraph


def _block(document: Paper, block: Block) -> None:
    if isinstance(block, Table):
        _table(document, block)
        return
    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.first_line_indent, layout.space_before, layout.space_after = Mm(10), Pt(3), Pt(3)
    paragraph.alignment = JUSTIFIED
    if isinstance(block, Heading):
        layout.keep_with_next = True
        paragraph.add_run(printable(block.words)).bold = True
    else:
        paragraph.add_run(printable(block))


def _table(document: Paper, block: Table) -> None:
    table = document.add_table(rows=1, cols=len(block.columns))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    whole = sum(share for _, share in block.columns)
    _set_widths(table, [WIDTH * share / whole for _, share in block.columns])
    _fill(table.rows[0], [title for title, _ in block.columns], bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # again on every page
    for row in block.rows:
        if isinstance(row, str):
            _head_over(table.add_row(), row)
        else:
            _fill(table.add_row(), row)
    document.add_paragraph()


def _fill(row: _Row, texts: Sequence[str], *, bold: bool = False) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for number, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        line = _line(cell, text, CELL, bold=bold)
        line.alignment = CENTRE if bold or number == 0 or not _is_long(text) else LEFT


def _head_over(row: _Row, text: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    line = _line(row.cells[0].merge(row.cells[-1]), text, CELL, bold=True)
    line.alignment, line.paragraph_format.keep_with_next = LEFT, True


def _is_long(text: str) -> bool:
    """Whether a text of a cell is words; figures and dates stand in the middle."""
    return any(character.isalpha() for character in text)


def _foot(document: Paper, paper: OfficialPaper) -> None:
    """Who gets copies at the left, the signature at the right."""
    row = _frame(document, (80, 80))
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    left, right = row.cells
    _line(left, "Nơi nhận:", 12, bold=True, italic=True).alignment = LEFT
    for copy in paper.copies:
        _line(left, f"- {copy};", SMALL).alignment = LEFT
    _line(left, "- Lưu: VT.", SMALL).alignment = LEFT
    for words in paper.issuer.signer:
        _line(right, words.upper(), 13, bold=True)
    for cell in (left, right):
        cell.paragraphs[0].paragraph_format.space_before = Pt(6)
    _keep_with_the_end(document)


def _keep_with_the_end(document: Paper) -> None:
    """Let no page hold the signature alone: what stands last of the text comes with it."""
    last = document.paragraphs[-1]
    last.paragraph_format.keep_with_next = True
    before = last._p.getprevious()
    if last.text or before is None or before.tag != qn("w:tbl"):
        return
    for cell in document.tables[-2].rows[-1].cells:  # the last of all tables is that of the signature
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _frame(document: Paper, widths: Sequence[float]) -> _Row:
    """One row without lines, of cells so many mm wide."""
    table: PaperTable = document.add_table(rows=1, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _set_widths(table, widths)
    return table.rows[0]


def _set_widths(table: PaperTable, widths: Sequence[float]) -> None:
    """The widths in mm, in the grid and in the cells there are: Word reads these, LibreOffice that."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _line(cell: _Cell, text: str, size: int, *, bold: bool = False, italic: bool = False) -> Paragraph:
    """A line of a cell, in the middle; the first takes the empty paragraph that every cell begins with."""
    first = cell.paragraphs[0]
    paragraph = cell.add_paragraph() if first.runs else first
    paragraph.alignment = CENTRE
    run = paragraph.add_run(printable(text))
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return paragraph


def _rule(place: Paper | _Cell, margin: int) -> None:
    """A thin line under what stands there, leaving so many mm at either side."""
    paragraph = place.add_paragraph()
    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().append(border)  # before all else: the order is that of the schema
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Mm(margin)
    layout.line_spacing, layout.space_before = Pt(4), Pt(2)
