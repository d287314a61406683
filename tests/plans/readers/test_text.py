"""Plain text: tab-separated tables, lines that a width broke, left-overs of markup, old encodings."""

import io
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.plans.blocks import UnreadableFile
from tracker.plans.readers import MAX_ROWS, read, text
from tracker.plans.readers.old_fonts import CONVERTED
from tracker.plans.readers.refusals import NOT_TEXT, TCVN3, TOO_HEAVY, UNKNOWN_ENCODING

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"


def read_text(content: str | bytes):
    return text.read(io.BytesIO(content.encode() if isinstance(content, str) else content))


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        pytest.param("KẾ HOẠCH\n\nNăm 2026\n", ["KẾ HOẠCH", "Năm 2026"], id="paragraphs"),
        pytest.param(
            "\tỦY BAN NHÂN DÂN\nXÃ SƠN THỦY\n", ["ỦY BAN NHÂN DÂN", "XÃ SƠN THỦY"], id="tab-as-indent"
        ),
        pytest.param(
            "TT\tNhiệm vụ\tThời gian\n1\tRà soát quy chế\tQuý I/2026\n\tvà ban hành\t\n",
            ["==", "TT | Nhiệm vụ | Thời gian", "1 | Rà soát quy chế | Quý I/2026", " | và ban hành | "],
            id="table",
        ),
        pytest.param(
            "TT\tNhiệm vụ\tThời gian\n1\tA\tB\n\nTT\tNhiệm vụ\tThời gian\n2\tC\tD",
            ["==", "TT | Nhiệm vụ | Thời gian", "1 | A | B", "==", "TT | Nhiệm vụ | Thời gian", "2 | C | D"],
            id="a-blank-line-parts-tables",
        ),
        pytest.param(
            "DANH MỤC\nTT\tViệc\tHạn\nI\tNhóm một\nTỔNG CỘNG: 02 nhiệm vụ\n1\tA\tB\nGhi chú: không\n",
            [
                "DANH MỤC",
                "==",
                "TT | Việc | Hạn",
                "I | Nhóm một | ",
                "<3>TỔNG CỘNG: 02 nhiệm vụ |  | ",
                "1 | A | B",
                "Ghi chú: không",
            ],
            id="short-rows-and-lines-around",
        ),
        pytest.param(
            "TT\tNhiệm vụ\tChủ trì\tThời gian\n1\tRà soát\nquy chế\tVăn phòng\tQuý I\n2\tLập\tPhòng\tQuý II",
            [
                "==",
                "TT | Nhiệm vụ | Chủ trì | Thời gian",
                "1 | Rà soát ⏎ quy chế | Văn phòng | Quý I",
                "2 | Lập | Phòng | Quý II",
            ],
            id="line-break-inside-a-cell",
        ),
        pytest.param(
            "TT\tNhiệm vụ\tSản phẩm\n1\tLập\t- Báo cáo;\n- Quyết định\n2\tB\tC",
            ["==", "TT | Nhiệm vụ | Sản phẩm", "1 | Lập | - Báo cáo; ⏎ - Quyết định", "2 | B | C"],
            id="line-break-in-the-last-cell",
        ),
        pytest.param(
            "1\t<p>Rà soát:</p> <ul style='list-style-type: none'><li>- Mẫu &amp; đơn</li></ul>\tx",
            ["==", "1 | Rà soát: ⏎ - Mẫu & đơn | x"],
            id="tags-in-a-cell",
        ),
        pytest.param("Tỷ lệ < 5% và > 3%", ["Tỷ lệ < 5% và > 3%"], id="signs-that-are-no-tags"),
        pytest.param("**KẾ HOẠCH****Năm 2026**", ["KẾ HOẠCH", "Năm 2026"], id="a-break-lost-between-stars"),
        pytest.param(
            "(*tại Phụ lục 1*) \\* Ghi chú", ["(tại Phụ lục 1) * Ghi chú"], id="italics-and-escapes"
        ),
        pytest.param("* Tỷ lệ A * B", ["* Tỷ lệ A * B"], id="a-star-as-bullet"),
        pytest.param("[bookmark: _Hlk6560866]I. MỤC TIÊU", ["I. MỤC TIÊU"], id="bookmark"),
        pytest.param(
            "đơn vị, đơn giản\n\nhóa thủ tục;\n- 100% hồ sơ",
            ["đơn vị, đơn giản hóa thủ tục;", "- 100% hồ sơ"],
            id="a-sentence-over-a-page-break",
        ),
        pytest.param(
            "giai đoạn 2025\n- 2030 trên địa bàn", ["giai đoạn 2025 - 2030 trên địa bàn"], id="years"
        ),
        pytest.param(
            "Số: 12/KH-UBND\n\n- 2 -\n\nPhần tiếp", ["Số: 12/KH-UBND", "Phần tiếp"], id="page-number"
        ),
        pytest.param(
            "\ufeffKế\u00a0hoạch\u200b năm\r\n", ["Kế hoạch năm"], id="bom-and-invisible-characters"
        ),
    ],
)
def test_it_reads(content, lines, outline):
    assert outline(read_text(content)) == lines


def test_lines_that_one_width_broke_are_paragraphs_again(outline):
    broken = """1. Mục đích

Căn cứ chức năng, nhiệm vụ được giao và tình hình thực tế của địa phương, Ủy
ban nhân dân xã xây dựng kế hoạch rà soát, chuẩn hóa và nâng cao chất lượng
cung cấp dịch vụ công; phân công rõ trách nhiệm của các phòng chuyên môn và
Trung tâm Phục vụ hành chính công trong tiếp nhận, giải quyết hồ sơ của Nhân
dân trên địa bàn.

- Bảo đảm đồng bộ với hệ thống thông tin của tỉnh, của trung ương; tăng
cường phối hợp giữa các cơ quan;
- Bảo đảm an toàn thông tin.

2. Yêu cầu

Phòng Kinh tế
"""
    lines = outline(read_text(broken))
    assert [line.split()[0] for line in lines] == ["1.", "Căn", "-", "-", "2.", "Phòng"]
    assert lines[1].endswith("hồ sơ của Nhân dân trên địa bàn.")


def test_bold_lines_are_known_and_marks_gone():
    document = read_text("**TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH**\n\n## 2. Giải pháp\n\n**Điều 1.** Ban hành\n")
    assert [(p.text, p.bold) for p in document.paragraphs()] == [
        ("TM. ỦY BAN NHÂN DÂN", True),
        ("CHỦ TỊCH", True),
        ("2. Giải pháp", True),
        ("Điều 1. Ban hành", False),
    ]
    [table] = read_text("<b>II</b>\t**Nhóm hai**\tba").tables()
    assert [cell.bold for cell in table.rows[0].cells] == [True, True, False]


def test_each_part_knows_its_line():
    document = read_text("KẾ HOẠCH\n\nTT\tViệc\tHạn\n1\tA\tB\n")
    assert [p.where.line for p in document.paragraphs()] == [1]
    assert [(r.where.table, r.where.row, r.where.line) for t in document.tables() for r in t.rows] == [
        (1, 1, 3), (1, 2, 4),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_encoding_reads_alike(encoding, outline):
    assert outline(read_text("Kế hoạch số 12\n".encode(encoding))) == ["Kế hoạch số 12"]


def test_the_windows_code_page_of_vietnamese_is_read(outline):
    content = "Kế hoạch của Ủy ban nhân dân xã, đề nghị thực hiện".encode()
    marked = unicodedata.normalize("NFD", content.decode())
    # The code page has ê, ô, ă as letters and the five tones as marks behind them.
    for letter in "êôâăơưÊÔÂĂƠƯ":
        marked = marked.replace(unicodedata.normalize("NFD", letter), letter)
    for tone in "\u0300\u0301\u0303\u0309\u0323":
        for base, mark in ("e", "\u0302"), ("o", "\u0302"), ("a", "\u0302"):
            marked = marked.replace(base + tone + mark, unicodedata.normalize("NFC", base + mark) + tone)
    assert outline(read_text(marked.encode("cp1258"))) == [content.decode()]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x7fELF\x00\x01\x02\x03", NOT_TEXT),
        (b"\xff\xfe\xff", UNKNOWN_ENCODING),
        ("Kế hoạch".encode() + b"\xd2\xff\x8f", UNKNOWN_ENCODING),
    ],
)
def test_what_is_no_readable_text_is_refused(content, sentence):
    with pytest.raises(UnreadableFile, match=sentence[:40]):
        read_text(content)


def test_one_broken_letter_in_a_long_text_is_no_harm(outline):
    content = ("Kế hoạch. " * 200).encode() + b"\xe1\xbb" + " hết".encode()
    assert outline(read_text(content)) == ["Kế hoạch. " * 200 + "\ufffd hết"]


OLD = "QuyÕt ®Þnh cña Uû ban nh©n d©n tØnh vÒ viÖc ban hµnh kÕ ho¹ch c«ng t¸c n¨m 2026"


def test_text_in_the_old_fonts_is_converted(outline):
    document = read(io.BytesIO((f"{OLD}.\n" * 3).encode()), "ke-hoach.txt")
    said = "Quyết định của Uỷ ban nhân dân tỉnh về việc ban hành kế hoạch công tác năm 2026."
    assert outline(document) == [said] * 3
    assert document.notes == (CONVERTED.format(font="TCVN3"),)


def test_text_in_the_old_fonts_is_refused_where_some_of_it_is_in_others():
    with pytest.raises(UnreadableFile) as refusal:
        read(io.BytesIO((f"{OLD} " * 3 + "Kế hoạch").encode()), "ke-hoach.txt")
    assert str(refusal.value) == TCVN3


@given(st.text(alphabet="aA1.-;\t\n *<b>ế"))
def test_every_row_of_a_table_has_the_same_number_of_cells(content):
    for table in read_text(content).tables():
        assert len({len(row.cells) for row in table.rows}) == 1


@example("\t\t\t\n1\t\t\nế\t")
@given(st.text(alphabet="abế \n\t-1").filter(str.strip))
def test_composed_and_decomposed_letters_read_alike(content):
    assert read_text(unicodedata.normalize("NFD", content)) == read_text(
        unicodedata.normalize("NFC", content)
    )


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed plans lie beside the checkout, in ../shared/seeds")
@pytest.mark.parametrize(
    ("seed", "tables"),
    [("000", []), ("001", []), ("002", [3, 5, 2, 4]), ("003", [6, 8, 10, 3]), ("004", [5, 6, 5, 15, 5, 14])],
)
def test_the_seed_plans_have_their_tables(seed, tables):
    [path] = SEEDS.glob(f"{seed}_*.txt")
    with path.open("rb") as stream:
        document = read(stream, path.name)
    assert [len(table.rows) for table in document.tables()][:6] == tables


def test_more_rows_than_any_plan_has_are_refused():
    line = "1\tViệc\tSở A\tQuý I/2026\n"
    assert read(io.BytesIO((line * MAX_ROWS).encode()), "a.txt")
    with pytest.raises(UnreadableFile, match=re.escape(TOO_HEAVY)):
        read(io.BytesIO((line * (MAX_ROWS + 1)).encode()), "a.txt")
