"""Word documents: merged cells, automatic numbers, tracked changes, content controls, text boxes."""

import io

import docx as python_docx
import pytest

from tracker.plans.blocks import UnreadableFile
from tracker.plans.readers import docx, read
from tracker.plans.readers.ordinals import spelled
from tracker.plans.readers.refusals import BROKEN
from tracker.plans.readers.struck import STRUCK_LEFT_OUT

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = f"""<w:numbering {W}>
  <w:abstractNum w:abstractNumId="0">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl>
    <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
  </w:abstractNum>
  <w:abstractNum w:abstractNumId="1">
    <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/>
      <w:pStyle w:val="Muc"/></w:lvl>
  </w:abstractNum>
  <w:abstractNum w:abstractNumId="2">
    <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>
    <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
  </w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
  <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
  <w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
  <w:num w:numId="4"><w:abstractNumId w:val="0"/>
    <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"""
STYLES = f"""<w:styles {W}>
  <w:style w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>
    <w:rPr><w:b/></w:rPr></w:style>
  <w:style w:styleId="MucCon"><w:basedOn w:val="Muc"/></w:style>
</w:styles>"""


def r(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def p(content="", num=None, style=""):
    if content and not content.startswith("<"):
        content = r(content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else ""
    return f"<w:p><w:pPr>{named}{listed}</w:pPr>{content}</w:p>"


def tc(content="", span=1, merge=None):
    merged = {None: "", "start": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>"}[merge]
    inside = content if content.startswith("<w:p>") or content.startswith("<w:tbl>") else p(content)
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merged}</w:tcPr>{inside}</w:tc>'


def tr(*cells, properties=""):
    inside = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def sdt(content):
    return f"<w:sdt><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def tbl(*rows):
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


@pytest.fixture
def make_docx(make_zip):
    """The smallest .docx with this body."""

    def make_docx(*blocks):
        return make_zip({
            "word/document.xml": f"<w:document {W}><w:body>{''.join(blocks)}</w:body></w:document>",
            "word/numbering.xml": NUMBERING,
            "word/styles.xml": STYLES,
        })  # fmt: skip

    return make_docx


BOX = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    "<mc:Choice><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


@pytest.mark.parametrize(
    ("blocks", "lines"),
    [
        pytest.param([p("KẾ HOẠCH"), p(), p("Năm 2026")], ["KẾ HOẠCH", "Năm 2026"], id="paragraphs"),
        pytest.param(
            [p(r("Kế ") + r("hoạch", "<w:b/>") + r(" mật", "<w:vanish/>"))], ["Kế hoạch"], id="hidden"
        ),
        pytest.param([p(r("kế hoạch", "<w:caps/>"))], ["KẾ HOẠCH"], id="capitals"),
        pytest.param(
            [p("<w:r><w:t>KẾ HOẠCH</w:t><w:br/><w:t>Năm</w:t><w:tab/><w:t>2026</w:t></w:r>")],
            ["KẾ HOẠCH", "Năm 2026"],
            id="line-break-and-tab",
        ),
        pytest.param(
            [
                p(
                    "<w:hyperlink>"
                    + r("Cổng")
                    + "</w:hyperlink><w:r><w:instrText>A</w:instrText></w:r>"
                    + r(" dữ liệu")
                )
            ],
            ["Cổng dữ liệu"],
            id="link-and-field",
        ),
        pytest.param(
            [p(text, (1, level)) for text, level in zip("abcdef", (0, 1, 1, 2, 0, 1), strict=True)],
            ["1. a", "1.1. b", "1.2. c", "a) d", "2. e", "2.1. f"],
            id="numbers-of-many-levels",
        ),
        pytest.param(
            [p("Một", (1, 0)), p("Hai", (4, 0)), p("Ba", (4, 0)), p("Tắt", (0, 0))],
            ["1. Một", "1. Hai", "2. Ba", "Tắt"],
            id="a-list-that-begins-anew",
        ),
        pytest.param(
            [p("Mục ba", style="Muc"), p("Mục bốn", style="MucCon"), p("Ý", (3, 0)), p("Ý", (3, 1))],
            ["III. Mục ba", "IV. Mục bốn", "• Ý", "- Ý"],
            id="numbers-from-styles-and-bullets",
        ),
        pytest.param(
            [
                tbl(
                    tr("TT", "Nhiệm vụ", "Hạn"),
                    tr(tc("I"), tc("Nhóm một", span=2)),
                    tr("1", "Rà soát", "Quý I"),
                )
            ],
            ["==", "TT | Nhiệm vụ | Hạn", "I | <2>Nhóm một | ", "1 | Rà soát | Quý I"],
            id="cells-merged-sideways",
        ),
        pytest.param(
            [
                tbl(
                    tr(tc("1", merge="start"), tc("Rà soát", merge="start"), "Kế hoạch"),
                    tr(tc("", merge="on"), tc("", merge="on"), "Báo cáo"),
                )
            ],
            ["==", "1 | Rà soát | Kế hoạch", "^ | ^ | Báo cáo"],
            id="cells-merged-downwards",
        ),
        pytest.param(
            [
                tbl(
                    tr(tc("TT", merge="start"), tc("Cơ quan", span=2), tc("Hạn", merge="start")),
                    tr(tc(merge="on"), "Chủ trì", "Phối hợp", tc(merge="on")),
                    tr("1", "Sở A", "Sở B", "Quý I"),
                )
            ],
            ["==", "TT | <2>Cơ quan |  | Hạn", "^ | Chủ trì | Phối hợp | ^", "1 | Sở A | Sở B | Quý I"],
            id="a-header-over-two-rows",
        ),
        pytest.param(
            [
                tbl(
                    tr("TT", tc("Nhiệm vụ", span=2), "Hạn"),
                    tr("1", "Rà soát", tc("Quý I", span=2)),
                    tr(tc("TỔNG CỘNG", span=4)),
                )
            ],
            ["==", "TT | Nhiệm vụ | Hạn", "1 | Rà soát | Quý I", "<3>TỔNG CỘNG |  | "],
            id="a-column-edge-dragged-in-one-row",
        ),
        pytest.param(
            [
                tbl(
                    tr("TT", "Sản phẩm"),
                    tr(tc(p("", (1, 0))), tc(p("Kế hoạch", (3, 1)) + p("Báo cáo", (3, 1)))),
                    tr(tc(p("", (1, 0))), "Tờ trình"),
                )
            ],
            ["==", "TT | Sản phẩm", "1. | - Kế hoạch ⏎ - Báo cáo", "2. | Tờ trình"],
            id="lists-in-cells",
        ),
        pytest.param(
            [tbl(tr("1", tc(p("Chủ trì:") + tbl(tr("Sở A", "Sở B")) + p())), tr("2", "Sở C"))],
            ["==", "1 | Chủ trì: ⏎ Sở A ⏎ Sở B", "2 | Sở C"],
            id="a-table-in-a-cell",
        ),
        pytest.param(
            [tbl(tr(tc(p("PHỤ LỤC") + tbl(tr("TT", "Việc"), tr("1", "Rà soát")) + p())))],
            ["PHỤ LỤC", "==", "TT | Việc", "1 | Rà soát"],
            id="a-box-around-everything",
        ),
        pytest.param(
            [tbl(tr("1", "Rà soát", "Quý I"), tr(tc("Kế hoạch"), properties='<w:gridBefore w:val="2"/>'))],
            ["==", "1 | Rà soát | Quý I", " |  | Kế hoạch"],
            id="a-row-that-starts-later",
        ),
        pytest.param(
            [sdt(p("Trong khung") + tbl(sdt(tr("1", "Rà soát"))))],
            ["Trong khung", "==", "1 | Rà soát"],
            id="content-controls",
        ),
        pytest.param([p(r("Ngoài") + BOX.format(p("Trong hộp")))], ["Ngoài", "Trong hộp"], id="text-box"),
        pytest.param(
            [
                tbl(
                    tr(
                        tc(p("UBND XÃ SƠN THỦY") + p("Số: 12/KH-UBND")),
                        tc(
                            p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Sơn Thủy, ngày 05 tháng 01 năm 2026")
                        ),
                    )
                ),
                p("KẾ HOẠCH"),
            ],
            [
                "UBND XÃ SƠN THỦY",
                "Số: 12/KH-UBND",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Sơn Thủy, ngày 05 tháng 01 năm 2026",
                "KẾ HOẠCH",
            ],
            id="the-heading-is-no-table",
        ),
    ],
)
def test_it_reads(blocks, lines, make_docx, outline):
    assert outline(read(make_docx(*blocks), "ke-hoach.docx")) == lines


DELETED_MARK = '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{}</w:p>'


@pytest.mark.parametrize(
    ("blocks", "lines"),
    [
        (
            [
                p(
                    r("Trước ngày ")
                    + "<w:del><w:r><w:delText>28/3</w:delText></w:r></w:del>"
                    + f"<w:ins>{r('30/4')}</w:ins>"
                )
            ],
            ["Trước ngày 30/4"],
        ),
        (
            [p(f"<w:moveFrom>{r('đi')}</w:moveFrom>{r('ở lại')}"), p(f"<w:moveTo>{r('đến')}</w:moveTo>")],
            ["ở lại", "đến"],
        ),
        ([DELETED_MARK.format(r("Rà soát ")), p("quy chế")], ["Rà soát quy chế"]),
        (
            [
                tbl(
                    tr("1", "Giữ"),
                    tr("2", "Bỏ", properties="<w:del/>"),
                    tr("3", "Thêm", properties="<w:ins/>"),
                )
            ],
            ["==", "1 | Giữ", "3 | Thêm"],
        ),
    ],
)
def test_tracked_changes_are_accepted_and_noted(blocks, lines, make_docx, outline):
    document = docx.read(make_docx(*blocks))
    assert outline(document) == lines
    assert document.notes == (docx.CHANGES_ACCEPTED,)


def test_text_struck_through_is_left_out_and_noted(make_docx, outline):
    struck = "<w:r><w:rPr><w:{0}/></w:rPr><w:t>30/6/2026</w:t></w:r>"
    kept = '<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>30/9/2026</w:t></w:r>'
    body = "".join(f"<w:p>{struck.format(name)}{kept}</w:p>" for name in ("strike", "dstrike"))
    document = docx.read(make_docx(body))
    assert outline(document) == ["30/9/2026", "30/9/2026"]
    assert document.notes == (STRUCK_LEFT_OUT,)


def test_footnotes_are_left_out_and_noted(make_docx, outline):
    document = docx.read(make_docx(p(r("Tỷ lệ") + '<w:r><w:footnoteReference w:id="2"/></w:r>')))
    assert outline(document) == ["Tỷ lệ"]
    assert document.notes == ("Văn bản có 1 cước chú: nội dung cước chú không được đọc.",)


def test_bold_comes_from_runs_and_styles(make_docx):
    document = docx.read(
        make_docx(
            p(r("Đậm", "<w:b/>")),
            p(r("Nửa ", "<w:b/>") + r("đậm")),
            p("Theo kiểu", style="Muc"),
            p(r("Tắt", '<w:b w:val="0"/>'), style="Muc"),
        )
    )
    assert [paragraph.bold for paragraph in document.paragraphs()] == [True, False, True, False]


def test_each_part_knows_its_place(make_docx):
    document = docx.read(make_docx(p("A"), p(), p("B"), tbl(tr("1", "x"), tr("2", "y"))))
    assert [paragraph.where.line for paragraph in document.paragraphs()] == [1, 3]
    assert [(row.where.table, row.where.row) for t in document.tables() for row in t.rows] == [(1, 1), (1, 2)]


@pytest.mark.parametrize(
    ("count", "form", "written"),
    [
        (4, "lowerRoman", "iv"),
        (14, "upperRoman", "XIV"),
        (27, "lowerLetter", "aa"),
        (3, "upperLetter", "C"),
        (7, "decimalZero", "07"),
        (2, "none", ""),
        (5, "ideographDigital", "5"),
        (0, "lowerLetter", ""),
    ],
)
def test_numbers_are_spelled_as_word_does(count, form, written):
    assert spelled(count, form) == written


def test_a_document_made_by_another_program_reads(outline):
    made = python_docx.Document()
    made.add_heading("KẾ HOẠCH", level=1)
    table = made.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[0].cells, ("TT", "Nhiệm vụ", "Thời gian"), strict=True):
        cell.text = text
    table.cell(1, 1).merge(table.cell(1, 2)).text = "Nhóm một"
    stream = io.BytesIO()
    made.save(stream)
    assert outline(read(stream, "a.docx")) == [
        "KẾ HOẠCH",
        "==",
        "TT | Nhiệm vụ | Thời gian",
        " | <2>Nhóm một | ",
    ]


@pytest.mark.parametrize("body", ["<w:document", f"<w:document {W}/>"])
def test_a_broken_one_is_refused(body, make_zip):
    with pytest.raises(UnreadableFile) as refusal:
        docx.read(make_zip({"word/document.xml": body}))
    assert str(refusal.value) == BROKEN
