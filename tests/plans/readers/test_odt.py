"""OpenDocument texts: lists with their numbers, merged and repeated cells, text boxes, locked files."""

import pytest

from tracker.plans.blocks import UnreadableFile
from tracker.plans.readers import odt, read
from tracker.plans.readers.refusals import BROKEN, LOCKED

SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for prefix, space in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing",
        "fo": "xsl-fo-compatible", "manifest": "manifest",
    }.items()
)  # fmt: skip
STYLES = f"""<office:document-styles {SPACES}>
  <style:style style:name="Dam"><style:text-properties fo:font-weight="bold"/></style:style>
  <style:style style:name="Con" style:parent-style-name="Dam"/>
  <text:list-style style:name="So">
    <text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="1"/>
    <text:list-level-style-number text:level="2" style:num-suffix="." style:num-format="1"
      text:display-levels="2"/>
  </text:list-style>
  <text:list-style style:name="Gach">
    <text:list-level-style-bullet text:level="1" text:bullet-char="-"/>
  </text:list-style>
</office:document-styles>"""


def items(*items, style="So", more=""):
    inside = "".join(f"<text:list-item>{p(item)}</text:list-item>" for item in items)
    return f'<text:list text:style-name="{style}" {more}>{inside}</text:list>'


def p(text, style=""):
    return (
        text
        if text.startswith(("<text:", "<table:"))
        else f'<text:p text:style-name="{style}">{text}</text:p>'
    )


def cell(text="", spans=""):
    return f"<table:table-cell {spans}>{p(text)}</table:table-cell>"


def tr(*cells, more=""):
    inside = "".join(one if one.startswith("<table:") else cell(one) for one in cells)
    return f"<table:table-row {more}>{inside}</table:table-row>"


def table(*rows):
    return f"<table:table>{''.join(rows)}</table:table>"


COVERED = "<table:covered-table-cell/>"
TWO_ROWS = 'table:number-rows-spanned="2"'


@pytest.fixture
def make_odt(make_zip):
    """The smallest .odt with this body."""

    def make_odt(*blocks, manifest="<manifest:manifest {}/>"):
        content = f"<office:text>{''.join(blocks)}</office:text>"
        return make_zip({
            "mimetype": "application/vnd.oasis.opendocument.text",
            "styles.xml": STYLES,
            "content.xml": f"<office:doc {SPACES}><office:body>{content}</office:body></office:doc>",
            "META-INF/manifest.xml": manifest.format(SPACES),
        })  # fmt: skip

    return make_odt


@pytest.mark.parametrize(
    ("blocks", "lines"),
    [
        pytest.param(
            [p("Kế<text:s text:c='2'/>hoạch<text:line-break/>Năm<text:tab/>2026")],
            ["Kế hoạch", "Năm 2026"],
            id="spaces-and-breaks",
        ),
        pytest.param(
            [items("Một", "Hai"), items("Ba", more='text:continue-numbering="true"'), items("Bốn")],
            ["1. Một", "2. Hai", "3. Ba", "1. Bốn"],
            id="lists",
        ),
        pytest.param(
            [items("Một", items("Con", "Con"), "Hai"), items("Ý", style="Gach")],
            ["1. Một", "1.1. Con", "1.2. Con", "2. Hai", "- Ý"],
            id="lists-in-lists-and-bullets",
        ),
        pytest.param(
            [table(tr(cell("TT", TWO_ROWS), cell("Cơ quan", 'table:number-columns-spanned="2"'), COVERED),
                   tr(COVERED, "Chủ trì", "Phối hợp"), tr("1", "Sở A", "Sở B"))],
            ["==", "TT | <2>Cơ quan | ", "^ | Chủ trì | Phối hợp", "1 | Sở A | Sở B"],
            id="merged-cells",
        ),
        pytest.param(
            [table(f"<table:table-header-rows>{tr('TT', 'Việc', 'Hạn')}</table:table-header-rows>",
                   tr("1", cell("x", 'table:number-columns-repeated="2"')),
                   tr("", "", "", more='table:number-rows-repeated="1048570"'))],
            ["==", "TT | Việc | Hạn", "1 | x | x"],
            id="repeated-cells-and-rows",
        ),
        pytest.param(
            [table(tr(cell(items("Rà soát", "Báo cáo", style="Gach")), "x"))],
            ["==", "- Rà soát ⏎ - Báo cáo | x"],
            id="a-list-in-a-cell",
        ),
        pytest.param(
            [table(tr(cell(table(tr("TT", "Việc"), tr("1", "A")))))],
            ["==", "TT | Việc", "1 | A"],
            id="a-box-around",
        ),
        pytest.param(
            ["<text:tracked-changes>" + p("Đã xóa") + "</text:tracked-changes>",
             p("Giữ<office:annotation>" + p("ý kiến") + "</office:annotation><draw:frame><draw:text-box>"
               + p("Trong hộp") + "</draw:text-box></draw:frame>")],
            ["Giữ", "Trong hộp"],
            id="changes-comments-and-boxes",
        ),
    ],
)  # fmt: skip
def test_it_reads(blocks, lines, make_odt, outline):
    assert outline(read(make_odt(*blocks), "ke-hoach.odt")) == lines


def test_bold_comes_from_styles_and_their_parents(make_odt):
    half = 'Nửa <text:span text:style-name="Dam">đậm</text:span>'
    document = odt.read(make_odt(p("Đậm", "Con"), p(half), p("Thường")))
    assert [paragraph.bold for paragraph in document.paragraphs()] == [True, False, False]


def test_footnotes_are_left_out_and_noted(make_odt, outline):
    document = odt.read(make_odt(p("Tỷ lệ<text:note>" + p("chú") + "</text:note> chung")))
    assert outline(document) == ["Tỷ lệ chung"]
    assert document.notes == ("Văn bản có 1 cước chú: nội dung cước chú không được đọc.",)


def test_locked_and_broken_ones_are_refused(make_odt, make_zip):
    locked = "<manifest:manifest {}><manifest:encryption-data/></manifest:manifest>"
    for stream, sentence in (
        (make_odt(p("x"), manifest=locked), LOCKED),
        (make_zip({"content.xml": "<a/>"}), BROKEN),
    ):
        with pytest.raises(UnreadableFile) as refusal:
            odt.read(stream)
        assert str(refusal.value) == sentence
