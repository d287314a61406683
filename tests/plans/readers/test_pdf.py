"""PDF documents: tables over pages, lines that become paragraphs, columns without rules, scans."""

import io
from itertools import pairwise
from pathlib import Path

import pytest

from tracker.plans.blocks import UnreadableFile
from tracker.plans.readers import pdf, read
from tracker.plans.readers.pdf.gutters import find_gutters
from tracker.plans.readers.pdf.lines import joined
from tracker.plans.readers.pdf.old_letters import in_unicode_letters
from tracker.plans.readers.pdf.pages import FOOTNOTES_LEFT_OUT, SCANNED_LAYER
from tracker.plans.readers.refusals import BROKEN, LOCKED, NO_LETTERS, SCANNED

PLANS = Path(__file__).resolve().parents[4] / "shared" / "plans"
FILES = Path(__file__).parent / "files"
EDGES = [60, 100, 260, 400, 530]
HEADER = ["TT", "Nhiệm vụ", "Chủ trì", "Thời gian"]
HEADER_LINE = "TT | Nhiệm vụ | Chủ trì | Thời gian"


def lines(page, *rows, x=60, y=100, step=16, **how):
    """Printed lines under each other; a pair gives a line its own start."""
    for index, row in enumerate(rows):
        start, text = row if isinstance(row, tuple) else (x, row)
        page.text(start, y + index * step, text, **how)


def test_a_ruled_table_is_read(make_pdf, outline):
    def write(page):
        page.text(60, 80, "DANH MỤC NHIỆM VỤ", bold=True)
        page.table(100, EDGES, [HEADER, ["1", "Rà soát quy chế", "Văn phòng", "Quý I/2026"]])
        page.text(60, 200, "Ghi chú: không")

    assert outline(read(make_pdf(write), "ke-hoach.pdf")) == [
        "DANH MỤC NHIỆM VỤ", "==", HEADER_LINE, "1 | Rà soát quy chế | Văn phòng | Quý I/2026",
        "Ghi chú: không",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        pytest.param(
            "Xây dựng đề án chuyển\nđổi số của xã", "Xây dựng đề án chuyển đổi số của xã", id="wrapped"
        ),
        pytest.param("Bộ Tài chính\nBộ Y tế", "Bộ Tài chính ⏎ Bộ Y tế", id="room-was-left"),
        pytest.param("Phòng Văn hóa - Xã\nhội\nCông an xã", "Phòng Văn hóa - Xã hội ⏎ Công an xã", id="b"),
        pytest.param("Các bộ,\ncơ quan ngang bộ", "Các bộ, cơ quan ngang bộ", id="goes-on-in-lower-case"),
        pytest.param("- Kế hoạch;\n- Báo cáo", "- Kế hoạch; ⏎ - Báo cáo", id="items"),
        pytest.param(
            "Theo Nghị quyết số 66-\nNQ/TW", "Theo Nghị quyết số 66-NQ/TW", id="a-number-cut-at-its-hyphen"
        ),
        pytest.param("giai đoạn 2026\n- 2030", "giai đoạn 2026 - 2030", id="years"),
    ],
)
def test_the_lines_of_a_cell_are_those_that_were_typed(printed, typed, make_pdf, outline):
    def write(page):
        page.table(100, EDGES, [HEADER, ["1", printed, "x", "y"]])

    assert outline(pdf.read(make_pdf(write)))[-1] == f"1 | {typed} | x | y"


def test_tables_go_on_over_pages_with_and_without_their_header(make_pdf, outline):
    def first(page):
        page.table(700, EDGES, [HEADER, ["1", "Rà soát, sửa đổi quy", "Văn phòng", "Quý I"]])

    def second(page):
        page.table(60, EDGES, [["", "chế làm việc", "", ""], ["2", "Lập đề án", "Phòng Kinh tế", "Quý II"]])

    document = pdf.read(make_pdf(first, second))
    assert outline(document) == [
        "==", HEADER_LINE, "1 | Rà soát, sửa đổi quy | Văn phòng | Quý I",
        "==", " | chế làm việc |  | ", "2 | Lập đề án | Phòng Kinh tế | Quý II",
    ]  # fmt: skip
    places = [row.where for table in document.tables() for row in table.rows]
    assert [(where.page, where.table, where.row) for where in places] == [
        (1, 1, 1),
        (1, 1, 2),
        (2, 2, 1),
        (2, 2, 2),
    ]


def test_a_row_that_the_page_end_left_open_is_not_lost(make_pdf, outline):
    def write(page):
        page.table(100, EDGES, [HEADER, ["1", "A", "B", "C"], ["2", "D", "E", "F"]], open_end=True)

    assert outline(pdf.read(make_pdf(write)))[-1] == "2 | D | E | F"


def test_a_merged_cell_that_the_page_end_left_open_keeps_its_text(make_pdf, outline):
    def write(page):
        page.table(100, EDGES, [HEADER, ["1", "Rà soát", "Sở A", "Quý I"]])
        page.rule(100, 158, 400, 158)
        for x in EDGES:
            page.rule(x, 136, x, 158)
        for x, text in zip(EDGES, ["2", "Lập đề án", "Sở B", "Quý II"], strict=False):
            page.text(x + 5, 150, text)

    assert outline(pdf.read(make_pdf(write)))[-1] == "2 | Lập đề án | Sở B | Quý II"


def test_rules_that_a_browser_draws_cell_by_cell_are_whole(make_pdf, outline):
    """Its rules are thin areas, one a cell, that do not end quite where the next side stands."""

    def write(page):
        for y in (100, 100.8, 118):
            for left, right in pairwise([EDGES[0], *(edge + 1.6 for edge in EDGES[1:-1]), EDGES[-1]]):
                page.rule(left, y, right, y)
        page.rule(EDGES[0], 136, EDGES[-1], 136)
        for x in EDGES:
            page.rule(x, 100 if x in (EDGES[0], EDGES[-1]) else 118, x, 136)
        page.text(65, 113, "Bảng phân công nhiệm vụ của các đơn vị năm 2026")
        for x, text in zip(EDGES, HEADER, strict=False):
            page.text(x + 5, 131, text)

    assert outline(pdf.read(make_pdf(write))) == [
        "==", "<4>Bảng phân công nhiệm vụ của các đơn vị năm 2026 |  |  | ", HEADER_LINE,
    ]  # fmt: skip


def test_words_over_the_sides_of_underlined_cells_stand_in_one_cell_over_both(make_pdf, outline):
    def write(page):
        page.text(65, 92, "TT").text(105, 92, "Nhiệm vụ").text(265, 92, "Phân công trong năm 2026 và sau")
        page.text(265, 112, "Bộ phận có trách nhiệm thực hiện")
        for y in (98, 118):
            page.rule(260, y, 400, y).rule(400, y, 530, y)
        for y, row in ((132, ["", "", "Chủ trì", "Phối hợp"]), (152, ["1", "Rà soát", "Sở A", "Sở B"])):
            for left, right, text in zip(EDGES, EDGES[1:], row, strict=False):
                page.text(left + 5, y, text)
                page.rule(left, y + 6, right, y + 6)

    assert outline(pdf.read(make_pdf(write))) == [
        "==", "TT | Nhiệm vụ | <2>Phân công trong năm 2026 và sau | ",
        "^ | ^ | <2>Bộ phận có trách nhiệm thực hiện | ",
        "^ | ^ | Chủ trì | Phối hợp", "1 | Rà soát | Sở A | Sở B",
    ]  # fmt: skip


def test_a_double_rule_under_a_running_head_is_no_table_however_a_scan_breaks_it(make_pdf, outline):
    def write(page):
        page.text(200, 30, "Công báo số 238")
        for y in (40, 43.5):
            page.rule(50, y, 200, y).rule(230, y, 330, y).rule(360, y, 545, y)
        page.table(100, EDGES, [HEADER, ["1", "Rà soát", "Sở A", "Quý I"]])

    assert outline(pdf.read(make_pdf(write))) == [
        "Công báo số 238", "==", HEADER_LINE, "1 | Rà soát | Sở A | Quý I",
    ]  # fmt: skip


def test_a_row_of_underlined_cells_that_the_page_end_cut_belongs_to_the_table(make_pdf, outline):
    def write(page):
        for y, row in ((692, HEADER), (712, ["1", "Rà soát", "Sở A", "Quý I"])):
            for left, right, text in zip(EDGES, EDGES[1:], row, strict=False):
                page.text(left + 5, y, text).rule(left, y + 6, right, y + 6)
        for left, text in zip(EDGES, ["2", "Lập đề án phát triển", "Sở B và", "Quý II"], strict=False):
            page.text(left + 5, 732, text)
        page.text(290, 800, "1")

    assert outline(pdf.read(make_pdf(write))) == [
        "==", HEADER_LINE, "1 | Rà soát | Sở A | Quý I", "2 | Lập đề án phát triển | Sở B và | Quý II",
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "number"), [("T\nT", "1\n0"), ("S\nTT", "I\nV"), ("TT", "2.\n1")])
def test_numbers_broken_in_a_column_too_narrow_for_them_are_whole_again(name, number, make_pdf, outline):
    def write(page):
        page.table(100, [60, 76, 260, 400, 530], [[name, *HEADER[1:]], [number, "Rà soát", "Sở A", "Quý I"]])

    assert outline(pdf.read(make_pdf(write))) == [
        "==", f"{name} | Nhiệm vụ | Chủ trì | Thời gian".replace("\n", ""),
        f"{number} | Rà soát | Sở A | Quý I".replace("\n", ""),
    ]  # fmt: skip


def test_a_table_open_on_the_left_and_the_right_keeps_its_outer_columns(make_pdf, outline):
    def write(page):
        for y in (100, 130, 160):
            page.rule(EDGES[0], y, EDGES[-1], y)
        for x in EDGES[1:-1]:
            page.rule(x, 100, x, 160)
        for y, row in ((118, HEADER), (148, ["1", "Lập đề án", "Sở A", "Quý I"])):
            for x, cell in zip(EDGES, row, strict=False):
                page.text(x + 5, y, cell)

    assert outline(pdf.read(make_pdf(write))) == ["==", HEADER_LINE, "1 | Lập đề án | Sở A | Quý I"]


def test_cells_merged_both_ways_are_known(make_pdf, outline):
    def write(page):
        page.table(100, EDGES, [HEADER])
        for y in (118, 140, 184):
            page.rule(60, y, 530, y)
        page.rule(260, 162, 530, 162)
        page.text(65, 132, "I").text(105, 132, "Nhóm nhiệm vụ thứ nhất về thể chế")
        page.text(65, 165, "1").text(105, 165, "Rà soát")
        page.text(265, 154, "Sở A").text(405, 154, "Quý I").text(265, 176, "Sở B").text(405, 176, "Quý II")
        for x in (60, 530, 100):
            page.rule(x, 118, x, 184)
        for x in (260, 400):
            page.rule(x, 140, x, 184)

    assert outline(pdf.read(make_pdf(write))) == [
        "==", HEADER_LINE, "I | <3>Nhóm nhiệm vụ thứ nhất về thể chế |  | ",
        "1 | Rà soát | Sở A | Quý I", "^ | ^ | Sở B | Quý II",
    ]  # fmt: skip


def test_letters_beside_the_cells_of_a_ragged_table_are_not_lost(make_pdf, outline):
    def write(page):
        page.table(100, EDGES, [HEADER, ["1", "A", "B", "C"]])
        page.table(136, EDGES[:3], [["2", "D"]])
        page.text(420, 150, "Ghi ngoài ô")

    lines = outline(pdf.read(make_pdf(write)))
    assert "2 | D |  | " in lines
    assert "Ghi ngoài ô" in lines


def test_coloured_areas_are_no_rules(make_pdf, outline):
    def write(page):
        page.commands.append("0.9 g 50 700 200 60 re f 260 700 200 60 re f 0 g")
        page.text(60, 120, "KẾ HOẠCH").text(270, 120, "Số: 12/KH-UBND")

    assert outline(pdf.read(make_pdf(write))) == ["KẾ HOẠCH", "Số: 12/KH-UBND"]


def test_a_table_without_rules_is_told_by_its_columns(make_pdf, outline):
    def write(page):
        page.text(60, 60, "Danh mục nhiệm vụ kèm theo Kế hoạch này được phân công cho các đơn vị như sau:")
        for y, cells in (
            (100, ("TT", "Nhiệm vụ", "Chủ trì", "Thời gian")),
            (120, ("1", "Rà soát, sửa đổi quy", "Văn phòng", "Quý I/2026")),
            (134, ("", "chế làm việc", "", "")),
            (154, ("2", "Lập đề án", "Phòng Kinh tế", "30/6/2026")),
            (174, ("3", "Báo cáo", "Phòng Nội vụ", "Năm 2026")),
        ):
            for x, cell in zip(EDGES, cells, strict=False):
                page.text(x, y, cell)
        page.text(60, 230, "Các đơn vị căn cứ nhiệm vụ được giao để tổ chức thực hiện đúng thời hạn./.")

    assert outline(pdf.read(make_pdf(write))) == [
        "Danh mục nhiệm vụ kèm theo Kế hoạch này được phân công cho các đơn vị như sau:",
        "==", HEADER_LINE, "1 | Rà soát, sửa đổi quy chế làm việc | Văn phòng | Quý I/2026",
        "2 | Lập đề án | Phòng Kinh tế | 30/6/2026", "3 | Báo cáo | Phòng Nội vụ | Năm 2026",
        "Các đơn vị căn cứ nhiệm vụ được giao để tổ chức thực hiện đúng thời hạn./.",
    ]  # fmt: skip


def test_narrow_columns_without_rules_are_told_by_the_white_that_goes_down_all_lines(make_pdf, outline):
    starts = [60, 84, 250, 340, 440]
    titles = [
        "Rà soát, sửa đổi bộ quy chế",
        "Lập kế hoạch đào tạo cán bộ",
        "Xây dựng nền tảng dữ liệu",
        "Ban hành quy trình nội bộ",
    ]
    lines = [
        ("", "", "Cơ quan", "Cơ quan", "Thời"),
        ("TT", "Nhiệm vụ", "", "", ""),
        ("", "", "chủ trì", "phối hợp", "hạn"),
    ]
    for number, title in enumerate(titles, 1):
        lines += [
            (str(number), title, "Văn phòng xã", "Các sở, ngành;", "Quý I/2026"),
            ("", "của tỉnh ta trong năm"[3 * number - 3 :], "Thạnh", "Công an tỉnh", ""),
        ]

    def write(page):
        for y, line in enumerate(lines):
            for x, part in zip(starts, line, strict=True):
                page.text(x, 100 + 14 * y, part)

    assert outline(pdf.read(make_pdf(write))) == [
        "==", "TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn",
        *[
            f"{number} | {title} {'của tỉnh ta trong năm'[3 * number - 3 :].strip()} | Văn phòng xã Thạnh | "
            "Các sở, ngành; ⏎ Công an tỉnh | Quý I/2026"
            for number, title in enumerate(titles, 1)
        ],
    ]  # fmt: skip


def test_the_heading_is_read_column_by_column(make_pdf, outline):
    def write(page):
        page.text(80, 80, "ỦY BAN NHÂN DÂN", bold=True).text(85, 96, "XÃ SƠN THỦY", bold=True)
        page.text(260, 80, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True)
        page.text(300, 96, "Độc lập - Tự do - Hạnh phúc", bold=True)
        page.text(80, 120, "Số: 12/KH-UBND").text(290, 120, "Sơn Thủy, ngày 05 tháng 01 năm 2026")
        page.text(270, 160, "KẾ HOẠCH", bold=True)
        page.text(110, 176, "Chuyển đổi số và cải cách thủ tục hành chính năm 2026", bold=True)
        page.text(180, 192, "trên địa bàn xã Sơn Thủy và các thôn", bold=True)

    assert outline(pdf.read(make_pdf(write))) == [
        "ỦY BAN NHÂN DÂN", "XÃ SƠN THỦY", "Số: 12/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "Sơn Thủy, ngày 05 tháng 01 năm 2026", "KẾ HOẠCH",
        "Chuyển đổi số và cải cách thủ tục hành chính năm 2026 trên địa bàn xã Sơn Thủy và các thôn",
    ]  # fmt: skip


LEFT, INDENT = 60, 90
LAW = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;"


def test_printed_lines_become_paragraphs(make_pdf, outline):
    def write(page):
        lines(
            page,
            (INDENT, "1. Phòng Văn hóa - Xã hội"),
            (INDENT, "Chủ trì, phối hợp với Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã"),
            (LEFT, "Sơn Thủy rà soát các thủ tục thuộc lĩnh vực văn hóa, báo cáo kết quả trước ngày"),
            (LEFT, "30/6/2026."),
            (INDENT, "- Tuyên truyền về dịch vụ công trực tuyến đến Nhân dân trên địa bàn toàn xã và"),
            (LEFT, "Tổ công nghệ số cộng đồng các thôn, xóm, khu dân cư, điểm trường, chợ và nhà ở."),
            (INDENT, "2. Công an xã"),
        )

    assert outline(pdf.read(make_pdf(write))) == [
        "1. Phòng Văn hóa - Xã hội",
        "Chủ trì, phối hợp với Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã Sơn Thủy rà soát các "
        "thủ tục thuộc lĩnh vực văn hóa, báo cáo kết quả trước ngày 30/6/2026.",
        "- Tuyên truyền về dịch vụ công trực tuyến đến Nhân dân trên địa bàn toàn xã và Tổ công nghệ số "
        "cộng đồng các thôn, xóm, khu dân cư, điểm trường, chợ và nhà ở.",
        "2. Công an xã",
    ]


def test_a_paragraph_goes_on_over_a_page_end_and_running_heads_are_dropped(make_pdf, outline):
    def page_writer(number, text):
        def write(page):
            page.text(200, 30, f"CÔNG BÁO/Số 238 {number + 90}")
            page.text(295, 60, str(number))
            page.text(LEFT, 400, text)
            page.text(500, 820, f"Trang {number}/3")

        return write

    writers = [
        page_writer(1, "Căn cứ chức năng, nhiệm vụ được giao, các phòng chuyên môn thuộc Ủy ban nhân"),
        page_writer(2, "dân xã tổ chức thực hiện Kế hoạch này bảo đảm đúng tiến độ và chất lượng đã đề"),
        page_writer(3, "ra, báo cáo kết quả về Văn phòng."),
    ]
    document = pdf.read(make_pdf(*writers))
    assert outline(document) == [
        "Căn cứ chức năng, nhiệm vụ được giao, các phòng chuyên môn thuộc Ủy ban nhân dân xã tổ chức "
        "thực hiện Kế hoạch này bảo đảm đúng tiến độ và chất lượng đã đề ra, báo cáo kết quả về Văn phòng."
    ]
    assert next(document.paragraphs()).where.page == 1


def test_a_running_head_is_known_however_a_scanner_saw_its_marks_and_number(make_pdf, outline):
    def page_writer(head, text):
        return lambda page: page.text(200, 30, head).text(LEFT, 400, text)

    writers = [
        page_writer("72 CÔNG BÁO/Só 242/Ngày 22-04-2026", "Căn cứ chức năng, nhiệm vụ được giao."),
        page_writer("CÔNG BÁO/Số 242/Ngày 22-04-2026 T5", "Các phòng chuyên môn thực hiện."),
        page_writer("CÔNG BAO/Sô 242/Ngày 22-04-2026 77", "Văn phòng tổng hợp."),
    ]
    assert outline(pdf.read(make_pdf(*writers))) == [
        "Căn cứ chức năng, nhiệm vụ được giao.",
        "Các phòng chuyên môn thực hiện.",
        "Văn phòng tổng hợp.",
    ]


def test_footnotes_and_their_marks_are_left_out_and_noted(make_pdf, outline):
    def write(page):
        page.text(60, 100, "Theo Nghị quyết số 66-NQ/TW").text(222, 96, "1", size=7)
        page.text(226, 100, " và 120 m").text(280, 96, "2", size=7)
        page.text(284, 100, " đất trồng lúa của các xã, phường.")
        page.text(60, 762, "1", size=5).text(64, 766, "Nghị quyết của Bộ Chính trị", size=9)
        page.text(60, 780, "về xây dựng pháp luật.", size=9)

    document = pdf.read(make_pdf(write))
    assert outline(document) == ["Theo Nghị quyết số 66-NQ/TW và 120 m2 đất trồng lúa của các xã, phường."]
    assert document.notes == (FOOTNOTES_LEFT_OUT,)


def test_the_stamp_of_a_signature_is_dropped(make_pdf, outline):
    def write(page):
        lines(page, "Ký bởi: UBND xã", "Thời gian ký: 05.01.2026", size=7, step=9)
        page.text(60, 150, LAW)

    assert outline(pdf.read(make_pdf(write))) == [LAW]


TASKS = [
    ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
    ["1", "Rà soát quy chế", "Văn phòng", "Quý I/2026"],
    ["2", "Lập đề án", "Phòng Kinh tế", "30/6/2026"],
]


@pytest.mark.parametrize("kind", ["a slanted watermark", "a huge watermark", "the stamp of a signature"])
def test_what_is_laid_over_a_table_is_no_part_of_its_cells(kind, make_pdf, outline):
    def write(page):
        page.table(100, [50, 90, 300, 420, 545], TASKS)
        if kind == "a slanted watermark":
            page.text(80, 160, "BẢN SAO", size=20, slant=True)
        elif kind == "a huge watermark":
            page.text(80, 150, "BẢN SAO", size=40)
        else:
            for at, line in enumerate(
                ("Người ký: UBND xã", "Email: vp@x.gov.vn", "Ngày ký: 15-3-2026 09:12")
            ):
                page.text(310, 124 + 8 * at, line, size=7)

    assert outline(pdf.read(make_pdf(write))) == ["==", *map(" | ".join, TASKS)]


def test_cells_in_the_middle_of_rows_without_rules_keep_to_their_columns(make_pdf, outline):
    def write(page):
        for x, name in zip((50, 140, 305, 425), TASKS[0], strict=True):
            page.text(x, 80, name)
        for number in (1, 2):
            y = 80 + 50 * number
            page.text(80, y - 14, "Rà soát các quy").text(80, y, "chế làm việc của").text(
                80, y + 14, "ủy ban xã"
            )
            page.text(290, y - 7, "Văn phòng UBND xã;").text(290, y + 7, "Công an xã")
            page.text(50, y, str(number)).text(425, y, "Quý I/2026").text(500, y, "Báo cáo")

    assert outline(pdf.read(make_pdf(write))) == [
        "==",
        "TT | Nhiệm vụ | Chủ trì | Thời hạn | ",
        *[
            f"{number} | Rà soát các quy chế làm việc của ủy ban xã | Văn phòng UBND xã; ⏎ Công an xã | "
            "Quý I/2026 | Báo cáo"
            for number in (1, 2)
        ],
    ]


def letters(y, *words):
    """The letters of a line, each six points broad; `words` are where they begin and what they say."""
    return [
        {"text": letter, "x0": x + 6 * at, "x1": x + 6 * at + 6, "top": y, "bottom": y + 12, "size": 12}
        for x, word in words
        for at, letter in enumerate(word)
    ]


def test_justified_lines_do_not_hide_the_white_between_columns():
    lines = [letters(80, (50, "TT"), (150, "Nhiệm"), (300, "Chủ trì"), (420, "Hạn"))]
    for number in range(4):
        for at, words in enumerate(("Rà soát lại quy chế", "làm việc trong các cơ", "quan nhà nước cấp xã")):
            x, placed = 80, []
            for index, word in enumerate(words.split()):
                placed.append((x, word))
                x += 6 * len(word) + 5 + (3 * number + 5 * at + 7 * index) % 11
            if at == 0:
                placed = [(50, str(number)), *placed, (300, "Phòng"), (420, "Quý I")]
            if at == 1:
                placed.append((300, "Kinh tế"))
            lines.append(letters(100 + 42 * number + 14 * at, *placed))
    (found,) = find_gutters(lines)
    assert (found.top, found.bottom, len(found.places)) == (80, 266, 3)


def test_the_last_group_of_a_table_without_rules_keeps_its_columns_on_a_page_of_its_own(make_pdf, outline):
    row = (
        (50, "{}"),
        (80, "Rà soát các quy định"),
        (204, "Văn phòng xã"),
        (290, "Quý I/2026"),
        (362, "Báo cáo"),
    )

    def write(page):
        for x, text in ((50, "TT"), (80, "Nhiệm vụ"), (204, "Chủ trì"), (290, "Thời hạn"), (362, "Sản phẩm")):
            page.text(x, 80, text)
        for number in range(1, 9):
            for x, text in row:
                page.text(x, 80 + 20 * number, text.format(number))

    def last(page):
        page.text(50, 80, "II").text(80, 80, "Nhóm sau")
        for x, text in row:
            page.text(x, 100, text.format(9))
        page.text(50, 120, "Nơi nhận: Các phòng; lưu Văn phòng")

    *_, rule, group, nine, note = outline(pdf.read(make_pdf(write, last)))
    assert [rule, group] == ["==", "II | Nhóm sau |  |  | "]
    assert nine == "9 | Rà soát các quy định | Văn phòng xã | Quý I/2026 | Báo cáo"
    assert note.startswith("Nơi nhận")


def test_a_page_printed_sideways_is_turned(make_pdf, outline):
    def write(page):
        page.text(100, 700, "PHỤ LỤC KÈM THEO KẾ HOẠCH", up=True)
        page.text(120, 700, "Danh mục nhiệm vụ", up=True)

    assert outline(pdf.read(make_pdf(write))) == ["PHỤ LỤC KÈM THEO KẾ HOẠCH", "Danh mục nhiệm vụ"]


def test_letters_printed_twice_are_read_once(make_pdf, outline):
    def write(page):
        page.text(60, 100, "KẾ HOẠCH").text(60.3, 100, "KẾ HOẠCH")

    assert outline(pdf.read(make_pdf(write))) == ["KẾ HOẠCH"]


def set_in(font, text):
    return [{"text": letter, "fontname": font} for letter in text]


@pytest.mark.parametrize(
    ("font", "text", "meant", "converted"),
    [
        ("ABCDEF+.VnTime", "KÕ ho¹ch", "Kế hoạch", True),
        ("ABCDEF+.VnTimeH", "kÕ ho¹ch n¨m 2009", "KẾ HOẠCH NĂM 2009", True),
        (".VnArialH,Bold", "uû ban", "UỶ BAN", True),
        ("ABCDEF+.VnTimeH", "kế hoạch", "KẾ HOẠCH", False),
        ("ABCDEF+TimesNewRomanPSMT", "© n¨m", "© n¨m", False),
    ],
)
def test_letters_of_old_fonts_become_unicode_and_capitals_where_the_font_prints_them(
    font, text, meant, converted
):
    letters, changed = in_unicode_letters(set_in(font, text))
    assert ("".join(char["text"] for char in letters), changed) == (meant, converted)


@pytest.mark.parametrize(
    ("before", "after", "together"),
    [
        ("Chậm nhất 15/12/20", "26", "Chậm nhất 15/12/2026"),
        ("31/12/2", "026.", "31/12/2026."),
        ("15/1", "2/2026", "15/12/2026"),
        ("Trước ngày 3", "0 tháng 6 năm 2026", "Trước ngày 30 tháng 6 năm 2026"),
        ("ngày 05 tháng 1", "2 năm 2026", "ngày 05 tháng 12 năm 2026"),
        ("Quý II năm 20", "26", "Quý II năm 2026"),
        ("Trong tháng 1", "2 lớp tập huấn", "Trong tháng 1 2 lớp tập huấn"),
        ("Hết năm 2026", "20 lớp", "Hết năm 2026 20 lớp"),
        ("Quý I/2026", "2 lớp", "Quý I/2026 2 lớp"),
        ("30/6/2026", "20 lớp", "30/6/2026 20 lớp"),
        ("Trước ngày 15/2", "01 đề án", "Trước ngày 15/2 01 đề án"),
    ],
)
def test_a_date_cut_in_a_narrow_column_is_put_together(before, after, together):
    assert joined(before, after) == together


def test_progress_is_told_page_by_page(make_pdf):
    told = []
    pdf.read(
        make_pdf(*[lambda page: page.text(60, 100, "A")] * 3), lambda page, pages: told.append((page, pages))
    )
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_pages_without_letters_are_noted_and_scans_refused(make_pdf, outline):
    document = pdf.read(make_pdf(lambda page: page.text(60, 400, "KẾ HOẠCH"), lambda page: page.picture()))
    assert outline(document) == ["KẾ HOẠCH"]
    assert "Trang 2 là ảnh chụp: chữ trên trang đó không được đọc." in document.notes
    with pytest.raises(UnreadableFile) as refusal:
        pdf.read(make_pdf(lambda page: page.picture()))
    assert str(refusal.value) == SCANNED


def test_letters_over_a_picture_of_the_page_are_marked_as_scanned(make_pdf):
    document = pdf.read(make_pdf(lambda page: page.picture().text(60, 400, "KẾ HOẠCH")))
    assert document.scanned
    assert document.notes == (SCANNED_LAYER,)


def test_letters_that_the_file_does_not_tell_are_refused(make_pdf):
    with pytest.raises(UnreadableFile) as refusal:
        pdf.read(make_pdf(lambda page: page.text(60, 100, "KẾ HOẠCH"), known_letters=False))
    assert str(refusal.value) == NO_LETTERS


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj << >> endobj trailer << /Root 9 0 R >>"]
)
def test_a_broken_one_is_refused(content):
    with pytest.raises(UnreadableFile) as refusal:
        pdf.read(io.BytesIO(content))
    assert str(refusal.value) == BROKEN


def test_a_locked_one_is_refused(make_pdf):
    lock = f"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{'1' * 64}> /U <{'2' * 64}> >>"
    stream = make_pdf(lambda page: page.text(60, 100, "KẾ HOẠCH"), trailer=f"{lock} /ID [<00> <00>]")
    with pytest.raises(UnreadableFile) as refusal:
        pdf.read(stream)
    assert str(refusal.value) == LOCKED


@pytest.mark.skipif(
    not PLANS.is_dir(), reason="the published plans lie beside the checkout, in ../shared/plans"
)
@pytest.mark.parametrize(
    ("name", "tables", "columns", "numbers"),
    [("nq97-2026", 14, 7, 29), ("nq105-2026", 16, 7, 34), ("qd982-2026", 11, 6, 40)],
)
def test_the_published_plans_have_their_tables(name, tables, columns, numbers):
    path = PLANS / f"{name}.pdf"
    with path.open("rb") as stream:
        document = read(stream, path.name)
    found = list(document.tables())
    assert len(found) == tables
    assert {len(row.cells) for table in found for row in table.rows} == {columns}
    first = [row.texts[0] for table in found for row in table.rows]
    assert len([text for text in first if text.strip(".").replace(".", "").isdigit()]) == numbers
