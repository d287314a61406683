"""The colour behind a cell, in every kind of file that tells it."""

import io

import docx as python_docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color

from tracker.plans.readers import read
from tracker.plans.readers.colours import colour

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("#FFC000", "ffc000"),
        ("#fc0", "ffcc00"),
        ("yellow", "yellow"),
        ("rgb(255, 192, 0)", "ffc000"),
        ("#FFFFFF", ""),
        ("transparent", ""),
        ("auto", ""),
        ("url(a.png)", ""),
        ("", ""),
    ],
)
def test_a_colour_has_one_name(said, name):
    assert colour(said) == name


def fills(content, name):
    return [cell.fill for cell in next(read(io.BytesIO(content), name).tables()).rows[1].cells]


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_word_shades_cells():
    document = python_docx.Document()
    table = document.add_table(2, 3)
    for cell in table.rows[0].cells:
        cell.text = "Tháng"
    for cell, fill in zip(table.rows[1].cells, ("92D050", "auto", "FFFFFF"), strict=True):
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {WORD} w:val="clear" w:fill="{fill}"/>'))
    assert fills(saved(document), "a.docx") == ["92d050", "", ""]


def test_excel_fills_cells_by_value_theme_and_palette():
    book = openpyxl.Workbook()
    book.active.append(["Tháng 1", "Tháng 2", "Tháng 3", "Tháng 4"])
    book.active.append(["x"])
    for column, told in enumerate((Color(rgb="FF92D050"), Color(theme=4, tint=0.4), Color(theme=0)), 2):
        book.active.cell(2, column).fill = PatternFill("solid", fgColor=told)
    assert fills(saved(book), "a.xlsx") == ["", "92d050", "theme 4 0.4", ""]


def test_pages_colour_cells_by_style_class_and_attribute():
    page = """<html><style><!-- .xl65 {border:1px; background:yellow;} --></style>
        <body><table><tr><td>a<td>b<td>c</tr>
        <tr><td style="background-color: rgb(1,2,3)"><td class=xl65><td bgcolor="#FFC000"></tr></table>"""
    assert fills(page.encode(), "a.html") == ["010203", "yellow", "ffc000"]
