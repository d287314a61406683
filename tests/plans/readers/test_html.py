"""HTML pages: merged cells, lists, layout tables, what is not seen, old encodings."""

import io

import pytest

from tracker.plans.blocks import UnreadableFile
from tracker.plans.readers import html, read
from tracker.plans.readers.html import HIDDEN_ROWS
from tracker.plans.readers.raised import FOOTNOTES_LEFT_OUT
from tracker.plans.readers.refusals import NO_TEXT
from tracker.plans.readers.struck import STRUCK_LEFT_OUT

MERGED = """<table><thead><tr><th rowspan=2>TT<th colspan=2>Cơ quan<th rowspan=2>Hạn</tr>
<tr><th>Chủ trì<th>Phối hợp</tr></thead>
<tr><td rowspan=2>1<td>Sở A<td>Sở B<td>Quý I</tr><tr><td>Sở C<td>Sở D<td>Quý II</tr></table>"""


def read_page(content: str | bytes):
    return html.read(io.BytesIO(content.encode() if isinstance(content, str) else content))


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        pytest.param("<p>KẾ  HOẠCH</p>\n<p>Năm\n2026</p>", ["KẾ HOẠCH", "Năm 2026"], id="paragraphs"),
        pytest.param("<div>A<br>B <b>c</b><div>D</div>E</div>", ["A", "B c", "D", "E"], id="breaks"),
        pytest.param(
            "<title>x</title><script>y</script><style>z</style><!-- c --><nav>m</nav><p>Thấy"
            "<span style='display: none'>ẩn</span></p><p hidden>ẩn</p>",
            ["Thấy"],
            id="what-is-not-seen",
        ),
        pytest.param(
            MERGED,
            ["==", "TT | <2>Cơ quan |  | Hạn", "^ | Chủ trì | Phối hợp | ^",
             "1 | Sở A | Sở B | Quý I", "^ | Sở C | Sở D | Quý II"],
            id="merged-cells",
        ),
        pytest.param(
            "<table><tr><td>1<td><p>Rà soát:</p><ul><li>mẫu đơn<li>tờ khai</ul></tr></table>",
            ["==", "1 | Rà soát: ⏎ • mẫu đơn ⏎ • tờ khai"],
            id="a-list-in-a-cell",
        ),
        pytest.param(
            "<ol start=3><li>Ba<li><p>Bốn</p></ol><ol type=a><li>A</ol><ul style='list-style:none'><li>B",
            ["3. Ba", "4. Bốn", "a. A", "B"],
            id="numbered-lists",
        ),
        pytest.param(
            "<table><tr><td><p>Menu</p><td><table><tr><td>TT<td>Việc</tr></table></td></tr></table>",
            ["Menu", "==", "TT | Việc"],
            id="a-table-that-arranges",
        ),
        pytest.param(
            "<table><tr><td>ỦY BAN NHÂN DÂN<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</tr></table><p>KẾ HOẠCH",
            ["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "KẾ HOẠCH"],
            id="the-heading-is-no-table",
        ),
        pytest.param(
            "<table><tr><td colspan=99999>A<td rowspan=x>B</tr><tr><td rowspan=0>C</tr></table>",
            ["==", "A | B", "C | "],
            id="absurd-spans",
        ),
    ],
)  # fmt: skip
def test_it_reads(markup, lines, outline):
    assert outline(read(io.BytesIO(f"<html><body>{markup}</body></html>".encode()), "trang.html")) == lines


def test_bold_is_known(outline):
    document = read_page(
        "<p><b>Đậm</b></p><h2>Mục</h2><p>Nửa <b>đậm</b></p><p style='font-weight:700'>Đậm</p>"
    )
    assert [paragraph.bold for paragraph in document.paragraphs()] == [True, True, False, True]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [("", "utf-8"), ("", "utf-16"), ('<meta charset="windows-1252">', "windows-1252"),
     ('<?xml version="1.0" encoding="utf-8"?>', "utf-8")],
)  # fmt: skip
def test_encodings_are_found(head, encoding, outline):
    page = f"{head}<html><body><p>K&#7871; ho&#7841;ch công tác</p></body></html>".encode(encoding)
    assert outline(read_page(page)) == ["Kế hoạch công tác"]


def test_endless_nesting_ends():
    with pytest.raises(UnreadableFile) as refusal:
        read(io.BytesIO(("<div>" * 20_000 + "KẾ HOẠCH").encode()), "trang.html")
    assert str(refusal.value) == NO_TEXT


WORD_NOTE = """<p>Rà soát<a style='mso-footnote-id:ftn1' href="#_ftn1"><span>[1]</span></a> văn bản</p>
<div style='mso-element:footnote' id=ftn1><p><a href="#_ftnref1">[1]</a> Theo Công văn số 5.</p></div>"""
WRITER_NOTE = """<p>Rà soát<sup><a class="sdfootnoteanc" href="#sdfootnote1sym"><sup>1</sup></a></sup> văn
bản</p>
<div id="sdfootnote1"><p><a href="#sdfootnote1anc">1</a> Theo Công văn số 5.</p></div>"""


@pytest.mark.parametrize("markup", [WORD_NOTE, WRITER_NOTE], ids=["Word", "LibreOffice"])
def test_footnotes_are_left_out_and_noted(markup, outline):
    document = read(io.BytesIO(markup.encode()), "a.html")
    assert outline(document) == ["Rà soát văn bản"]
    assert document.notes == (FOOTNOTES_LEFT_OUT.format(count=1),)


def test_struck_text_is_left_out_and_noted(outline):
    page = (
        "<p>Trước <s>30/6/2026</s> 30/9/2026</p><p><del>Sở A</del>Sở B"
        '<span style="text-decoration: line-through">Sở C</span></p>'
    )
    document = read(io.BytesIO(page.encode()), "a.html")
    assert outline(document) == ["Trước 30/9/2026", "Sở B"]
    assert document.notes == (STRUCK_LEFT_OUT,)


def test_hidden_rows_are_noted(outline):
    page = "<table><tr><td>a<td>b</tr><tr style='display:none'><td>c<td>d</tr></table>"
    document = read(io.BytesIO(page.encode()), "a.html")
    assert outline(document) == ["==", "a | b"]
    assert document.notes == (HIDDEN_ROWS.format(count=1),)


def test_a_table_inside_a_row_of_a_table_is_part_of_its_cell(outline):
    inner = "<table><tr><td>mục a</tr><tr><td>mục b</tr></table>"
    rows = f"<tr><td>TT<td>Việc<td>Hạn</tr><tr><td>1<td>Rà soát{inner}<td>2026</tr>"
    page = f"<table><tr><td><p>KẾ HOẠCH</p><table>{rows}</table></tr></table>"
    document = read(io.BytesIO(page.encode()), "a.html")
    assert outline(document) == ["KẾ HOẠCH", "==", "TT | Việc | Hạn", "1 | Rà soát ⏎ mục a ⏎ mục b | 2026"]


def test_what_a_reviewer_deleted_is_not_read(outline):
    page = "<p>Rà soát <del>cũ</del><ins>mới</ins></p>"
    assert outline(read(io.BytesIO(page.encode()), "a.html")) == ["Rà soát mới"]
