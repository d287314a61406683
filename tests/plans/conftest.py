"""Tables and documents made of plain tuples, and PDF files, for the tests of plan reading."""

import io
import re

import pytest

from tracker.plans.blocks import Cell, Document, Paragraph, Row, Table, Where


@pytest.fixture
def make_table():
    """make_table(rows, number=1): rows are tuples of texts; None is the lower part of a merged cell."""

    def make(rows, number=1):
        return Table(
            rows=tuple(
                Row(tuple(_cell(text) for text in row), Where(table=number, row=index))
                for index, row in enumerate(rows, 1)
            ),
            number=number,
        )

    return make


@pytest.fixture
def make_document(make_table):
    """make_document(*blocks): a text is a paragraph, a list of rows a table."""

    def make(*blocks):
        numbers = iter(range(1, len(blocks) + 1))
        return Document(
            blocks=tuple(
                Paragraph(block, Where(line=line))
                if isinstance(block, str)
                else make_table(block, next(numbers))
                for line, block in enumerate(blocks, 1)
            )
        )

    return make


def _cell(text):
    if text is None:
        return Cell(continues=True)
    return text if isinstance(text, Cell) else Cell(text)


class PdfPage:
    """A page to write on, in points from its upper left corner; letters are half as broad as high."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.commands: list[str] = []

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 12,
        bold: bool = False,
        up: bool = False,
        slant: bool = False,
    ):
        """A line of text that stands on `y`; `up` writes it from the bottom to the top, `slant` rising."""
        turn = "0 1 -1 0" if up else "0.8 0.6 -0.6 0.8" if slant else "1 0 0 1"
        shown = text.encode("utf-16-be").hex()
        font = "F2" if bold else "F1"
        self.commands.append(f"BT /{font} {size} Tf {turn} {x} {self.height - y} Tm <{shown}> Tj ET")
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float):
        """A thin line."""
        self.commands.append(f"{x0} {self.height - y0} m {x1} {self.height - y1} l S")
        return self

    def table(self, y: float, edges: list[float], rows: list[list[str]], *, open_end: bool = False):
        """Rows of cells with rules around them; a line break begins a new printed line."""
        top, step = y, 14
        for row in rows:
            height = step * max(cell.count("\n") + 1 for cell in row) + 4
            self.rule(edges[0], y, edges[-1], y)
            for x, cell in zip(edges, row, strict=False):
                for index, line in enumerate(cell.split("\n")):
                    self.text(x + 5, y + step * (index + 1) - 2, line)
            y += height
        if not open_end:
            self.rule(edges[0], y, edges[-1], y)
        for x in edges:
            self.rule(x, top, x, y)
        return self

    def picture(self):
        """A picture that fills the page."""
        self.commands.append(f"q {self.width} 0 0 {self.height} 0 0 cm /Im1 Do Q")
        return self


PDF_FONT = """<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /ToUnicode 5 0 R
/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /DW 500
/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>
/FontDescriptor << /Type /FontDescriptor /FontName /{name} /Flags 4 /Ascent 900 /Descent -200 /CapHeight 700
/ItalicAngle 0 /StemV 80 /FontBBox [0 -200 500 900] >> >>] >>"""
PDF_LETTERS = """/CIDInit /ProcSet findresource begin begincmap /CMapName /Letters def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
{count} beginbfchar {pairs} endbfchar endcmap end"""
PDF_PICTURE = """<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8
/ColorSpace /DeviceGray /Length 1 >>
stream
0
endstream"""
PDF_PAGE = """<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {content} 0 R
/Resources << /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /Im1 6 0 R >> >> >>"""


@pytest.fixture
def make_pdf():
    """A PDF whose pages the given functions write: make_pdf(lambda page: page.text(72, 72, "KẾ HOẠCH")).

    It names its letters and their breadth and holds no font: enough for every program that only reads.
    """

    def make_pdf(*writers, known_letters: bool = True, trailer: str = "") -> io.BytesIO:
        pages = []
        for write in writers:
            pages.append(PdfPage(595, 842))
            write(pages[-1])
        return io.BytesIO(_pdf_file(_pdf_objects(pages, known_letters), trailer))

    return make_pdf


def _pdf_objects(pages: list[PdfPage], known_letters: bool) -> list[str]:
    shown = re.findall(r"<([0-9a-f]+)>", "".join(command for page in pages for command in page.commands))
    codes = sorted({code for text in shown for code in re.findall("....", text)}) if known_letters else []
    letters = PDF_LETTERS.format(count=len(codes), pairs=" ".join(f"<{code}> <{code}>" for code in codes))
    kids = " ".join(f"{7 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        PDF_FONT.format(name="AAAAAA+TimesNewRomanPSMT"),
        PDF_FONT.format(name="AAAAAA+TimesNewRomanPS-BoldMT"),
        _pdf_stream(letters),
        PDF_PICTURE,
    ]
    for index, page in enumerate(pages):
        objects.append(PDF_PAGE.format(width=page.width, height=page.height, content=8 + 2 * index))
        objects.append(_pdf_stream("\n".join(page.commands)))
    return objects


def _pdf_stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _pdf_file(objects: list[str], trailer: str) -> bytes:
    content, places = b"%PDF-1.7\n", []
    for number, value in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{value}\nendobj\n".encode("latin-1")
    size, start = len(objects) + 1, len(content)
    content += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    content += "".join(f"{place:010d} 00000 n \n" for place in places).encode()
    return content + f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF".encode()
