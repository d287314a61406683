"""Scans: rules found in the raster, letters recognised by tesseract, what is certainly wrong mended."""

import ctypes
import io
import random
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps

from tracker.plans.blocks import ILLEGIBLE, Cell, Document, Row, Table, UnreadableFile, Where
from tracker.plans.readers import read, scans
from tracker.plans.readers.pdf.pages import BLURRED
from tracker.plans.readers.pdf.printed import PrintedPage
from tracker.plans.readers.pdf.ruled import drawn_tables
from tracker.plans.readers.refusals import BROKEN, NO_LETTERS, SCANNED, TOO_HEAVY
from tracker.plans.readers.sandbox import read_safely
from tracker.plans.readers.scans.cleaning import cleaned, dark
from tracker.plans.readers.scans.drawn import find_rules
from tracker.plans.readers.scans.leaning import skew, straightened
from tracker.plans.readers.scans.letters import Word
from tracker.plans.readers.scans.looks import with_figures
from tracker.plans.readers.scans.printed_lines import ink_by_row, pitch, printed_lines
from tracker.plans.readers.scans.repairs import has_roman_quarter, repaired
from tracker.plans.readers.scans.running import mended_numbers, with_running_numbers
from tracker.plans.readers.scans.strokes import upright_strokes
from tracker.plans.reading import draft_plan

SHARED = Path(__file__).resolve().parents[4] / "shared"
FONTS = Path("/usr/share/fonts/truetype")


def draws_vietnamese(path):
    font = ImageFont.truetype(str(path), 40)
    return bytes(font.getmask("ệ")) != bytes(font.getmask("\uffff"))  # the box of an unknown letter


FONT = next(
    (
        path
        for name in ("LiberationSerif-Regular", "NotoSerif-Regular", "DejaVuSerif")
        for path in sorted(FONTS.glob(f"*/{name}.ttf"))
        if draws_vietnamese(path)
    ),
    None,
)
DOTS = 200 / 72
EDGES = [50, 90, 290, 400, 540]
ROWS = [
    ("TT", "Nhiệm vụ", "Chủ trì", "Thời gian"),
    ("1", "Rà soát, sửa đổi, bổ sung\nquy chế làm việc", "Văn phòng", "Quý II/2026"),
    ("2", "Lập đề án chuyển đổi số", "Phòng Kinh tế", "Tháng 6/2026"),
]
LINES = ["TT | Nhiệm vụ | Chủ trì | Thời gian",
         "1 | Rà soát, sửa đổi, bổ sung quy chế làm việc | Văn phòng | Quý II/2026",
         "2 | Lập đề án chuyển đổi số | Phòng Kinh tế | Tháng 6/2026"]  # fmt: skip

recognises = pytest.mark.skipif(
    not (scans.is_installed() and FONT), reason="needs the [ocr] extra, tesseract-ocr-vie and a font"
)


@pytest.fixture
def photograph():
    """photograph(shade=255): an A4 page at 200 dpi with a table of ROWS, as a grey picture."""

    def photograph(shade=255):
        picture = Image.new("L", (round(595 * DOTS), round(842 * DOTS)), 255)
        draw = ImageDraw.Draw(picture)
        font = ImageFont.truetype(str(FONT), round(13 * DOTS)) if FONT else None
        top = 120.0
        draw.rectangle([DOTS * EDGES[0], DOTS * top, DOTS * EDGES[-1], DOTS * (top + 40)], fill=shade)
        for row in ROWS:
            draw.line([DOTS * EDGES[0], DOTS * top, DOTS * EDGES[-1], DOTS * top], fill=40, width=2)
            for x, cell in zip(EDGES, row, strict=False):
                draw.text((DOTS * (x + 6), DOTS * (top + 4)), cell, 0, font, spacing=8)
            top += 40
        draw.line([DOTS * EDGES[0], DOTS * top, DOTS * EDGES[-1], DOTS * top], fill=40, width=2)
        for x in EDGES:
            draw.line([DOTS * x, DOTS * 120, DOTS * x, DOTS * top], fill=40, width=2)
        return picture

    return photograph


def as_pdf(*pictures):
    stream = io.BytesIO()
    pictures[0].save(stream, "PDF", resolution=200, save_all=True, append_images=pictures[1:])
    return io.BytesIO(stream.getvalue())


@pytest.mark.parametrize("shade", [255, 200])
@pytest.mark.parametrize("lean", [0, 1.3, -0.7])
def test_rules_are_found_on_a_skewed_page_with_a_shaded_header(lean, shade, photograph):
    picture = photograph(shade).rotate(lean, Image.Resampling.BICUBIC, fillcolor=255)
    turn = skew(picture)
    assert turn == pytest.approx(-lean, abs=0.11)
    edges, clean = find_rules(picture.rotate(turn, Image.Resampling.BICUBIC, fillcolor=255), DOTS)
    (table,) = drawn_tables(PrintedPage(1, 595, 842, [], edges))
    assert len(table.cells) == len(ROWS) * (len(EDGES) - 1)
    assert [find_rules(clean, DOTS)[0], picture.size] == [[], clean.size]


@pytest.mark.parametrize(
    ("recognised", "meant"),
    [
        ("Cơ quan phôi hợp", "Cơ quan phối hợp"),
        ("THÚC ĐÂY, tô chức đôi mới;", "THÚC ĐẨY, tổ chức đổi mới;"),
        ("Phôi hợp đê xuât", "Phối hợp đề xuất"),
        ("l5 ngày 2l/6/2026", "15 ngày 21/6/2026"),
        ("Quý Ill/2026; Quý II1/2026, Quý ll năm", "Quý III/2026; Quý III/2026, Quý II năm"),
        ("Quý 1/2026 Quý IV, quý l", "Quý 1/2026 Quý IV, quý I"),
        ("Quý IIL/2026, Quý II2026", "Quý III/2026, Quý II/2026"),
        ("2026 và hăng năm; Hăng tháng, hàng năm", "2026 và hằng năm; Hằng tháng, hàng năm"),
        ("các tính, thành phố; các tính năng cúa", "các tỉnh, thành phố; các tính năng của"),
        ("thành lập và công bé", "thành lập và công bố"),
        ("nền táng sô hóa; doanh nghiệp chú lực", "nền tảng số hóa; doanh nghiệp chủ lực"),
        ("Văn hoá, đoàn thê", "Văn hoá, đoàn thê"),
        ("'Văn bản sô 12; Câp có thâm quyền", "Văn bản số 12; Cấp có thẩm quyền"),
        ("(/heo yêu cầu vỀ KỊP thời; Quý II⁄2026", "(theo yêu cầu về kịp thời; Quý II/2026"),
        ("120/2020/NĐ-CP, PHỤ LỤC, UBND xã", "120/2020/NĐ-CP, PHỤ LỤC, UBND xã"),
        ("chi tiêu thành phân", "chi tiêu thành phân"),
        ("niêm yết quốc tế (IERS, quản trị), Câp xã", "niêm yết quốc tế (IFRS, quản trị), Cấp xã"),
        (
            "giải pháp đề cắt giảm; yà quyên hạn, phân quyên, vẻ đất",
            "giải pháp để cắt giảm; và quyền hạn, phân quyền, về đất",
        ),
        ("máy và tỉnh giản, tổ dân phó, biểu đương", "máy và tinh giản, tổ dân phố, biểu dương"),
    ],
)
def test_only_what_is_certainly_wrong_is_mended(recognised, meant):
    assert " ".join(repaired(recognised.split())) == meant


@pytest.mark.parametrize(
    "written",
    [
        "Hằng năm (bắt đầu từ năm 2026), tuần đầu mỗi tháng",
        "Phân công Bộ Khoa học và Công nghệ, Bộ Công Thương chủ trì",
        "UBND các xã, phường thực hiện; phường An Khê; PHƯỜNG AN HÒA",
        "Sở Tài chính thực hiện theo tình hình thực tế; cá nhân thực hiện",
        "nhân dân cùng cấp; các cấp nhất là cấp xã; cơ quan dân cử",
        "một số kết quả, cơ sở kết quả rà soát; thời gian hằng năm; liên thông từ cấp tỉnh",
        "chủ động bố trí kinh phí; giáo dục truyền thống; cộng tác viên",
        "vẻ đẹp quê hương; quyên góp; vấn đề nóng, chuyên đề lớn, đề xuất ban hành, đề ra",
    ],
)
def test_what_is_written_rightly_stays(written):
    assert " ".join(repaired(written.split())) == written


@pytest.mark.skipif(not FONT, reason="needs a font")
@pytest.mark.parametrize(
    ("text", "strokes"), [("I/2026", 1), ("II/2027", 2), ("III/2026", 3), ("IV/2026", 1), ("V/2026", 0)]
)
def test_the_strokes_of_a_quarter_are_counted_on_its_picture(text, strokes):
    font = ImageFont.truetype(str(FONT), 52)
    line = Image.new("L", (400, 76), 255)
    ImageDraw.Draw(line).text((20, 57), text, 0, font, anchor="ls")
    width = font.getlength(text)
    assert upright_strokes(line, 20, 20 + width) == strokes


def test_a_page_with_roman_quarters_has_no_arabic_one():
    page = ["Quý", "1/2026", "Quý", "III/2026", "quý", "1,", "ngày", "1/2026"]
    assert not has_roman_quarter(page[:2])
    assert has_roman_quarter(page)
    assert " ".join(repaired(page, roman=True)) == "Quý I/2026 Quý III/2026 quý I, ngày 1/2026"


def words(*texts, sure=90):
    """Words of one line, each a hundred pixels from the one before it."""
    return [Word(text, 100 * at, 100 * at + 90, sure) for at, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("vietnamese", "english", "meant"),
    [
        ("Quý I/2026", "Quy 11/2026", "Quý II/2026"),
        ("Quý III/2026.", "Quy 11/2026.", "Quý III/2026."),
        ("Quý IV/2026", "Quy 1V/2026", "Quý IV/2026"),
        ("Quý I/2026", "Quy 1/2026", "Quý I/2026"),
        ("số 140NQ-CP ngày", "sd 140/NQ-CP ngay", "số 140/NQ-CP ngày"),
        ("định 09/2026NĐ-CP", "dinh 09/2026/ND-CP", "định 09/2026/NĐ-CP"),
        ("trong năm tới", "11 nam téi", "trong năm tới"),
    ],
)
def test_figures_are_read_in_english(vietnamese, english, meant):
    read = with_figures(words(*vietnamese.split()), words(*english.split()))
    assert " ".join(word.text for word in read) == meant


def test_figures_that_english_is_unsure_of_stay():
    assert with_figures(words("29/7/2025"), words("29/1/2025", sure=20)) == words("29/7/2025")


@pytest.mark.parametrize(
    ("recognised", "meant"),
    [
        ("2.2 23 2.4", "2.2 2.3 2.4"),
        ("3.1 32", "3.1 3.2"),
        ("5.2 43 5.4", "5.2 5.3 5.4"),
        ("1.1 LZ 1.3", "1.1 1.2 1.3"),
        ("5.2 $3", "5.2 5.3"),
        ("4 - 7", "4 5 7"),
        ("° 2", "1 2"),
        ("1 2 7", "1 2 7"),
        ("22 23", "22 23"),
        ("I 1 2 II 1 2", "I 1 2 II 1 2"),
    ],
)
def test_numbers_are_mended_only_where_those_beside_them_say_so(recognised, meant):
    assert " ".join(mended_numbers(recognised.split())) == meant


def test_the_numbers_of_scanned_tables_run_on_over_page_ends():
    def page(number, *numbers):
        rows = (("TT", "Nhiệm vụ"), *((text, "Lập đề án") for text in numbers))
        return Table(
            tuple(
                Row(tuple(map(Cell, row)), Where(page=number, table=number, row=at))
                for at, row in enumerate(rows, 1)
            ),
            number,
        )

    pages = page(1, "3.4", "", "35"), page(2, "3.6", "5 ▯", "3.8"), page(3, "3.9", "41")
    document = with_running_numbers(Document(pages, scanned=(1, 2)))
    assert [[row.texts[0] for row in table.rows[1:]] for table in document.tables()] == [
        ["3.4", "", "3.5"], ["3.6", "3.7", "3.8"], ["3.9", "41"]
    ]  # fmt: skip


def written(lines, step, dots=DOTS):
    """A cell with lines of 13-point letters so many points apart."""
    font = ImageFont.truetype(str(FONT), round(13 * dots))
    cell = Image.new("L", (round(200 * dots), round((step * len(lines) + 8) * dots)), 255)
    for at, line in enumerate(lines):
        ImageDraw.Draw(cell).text((4, round(at * step * dots)), line, 0, font)
    return cell


@pytest.mark.skipif(not FONT, reason="needs a font")
@pytest.mark.parametrize("step", [15, 18, 24])
def test_the_lines_of_a_cell_are_parted_between_letters_and_marks(step):
    lines = [
        "Ủy ban nhân dân cấp xã",
        "quy định phạm vi quản lý",
        "ổn định; Ấp, Ổ, Ễ, Ộ đề",
        "xem",
        "rõ ràng ạ",
    ]
    cell = written(lines, step)
    ink = ink_by_row(cell)
    high = pitch([ink], DOTS)
    assert high == pytest.approx(step * DOTS, rel=0.06)
    bands = printed_lines(ink, high)
    assert len(bands) == len(lines)
    for at, (top, bottom) in enumerate(bands):
        alone = written([line if other == at else "" for other, line in enumerate(lines)], step)
        begins, ends = alone.point(lambda value: 255 * (value < 160)).getbbox()[1::2]
        assert top <= begins + 3
        assert bottom >= ends - 3


@pytest.mark.skipif(not FONT, reason="needs a font")
def test_words_are_not_taken_for_rules(photograph):
    picture = photograph()
    font = ImageFont.truetype(str(FONT), round(15 * DOTS))
    ImageDraw.Draw(picture).text((DOTS * 100, DOTS * 400), "nhân dân thành phố nghiêng mình", 0, font)
    lower = (0, round(DOTS * 350), *picture.size)
    _, clean = find_rules(picture, DOTS)
    assert clean.crop(lower).tobytes() == picture.crop(lower).tobytes()


@recognises
def test_a_scan_is_read_with_its_table_and_marked(photograph, tmp_path, outline):
    path = tmp_path / "scan.pdf"
    path.write_bytes(as_pdf(photograph().rotate(0.6, fillcolor=255), photograph(210)).getvalue())
    told = []
    document = read_safely(path, path.name, progress=lambda page, pages: told.append((page, pages)))
    assert outline(document) == ["==", *LINES, "==", *LINES]
    assert (document.scanned, document.unread) == ((1, 2), ())
    assert told[-1] == (2, 2)


@recognises
@pytest.mark.parametrize("turn", [90, 180])
def test_a_page_that_lies_on_its_side_or_stands_on_its_head_is_turned(turn, photograph, outline):
    document = read(as_pdf(photograph().rotate(turn, expand=True)), "scan.pdf", ocr=True)
    assert outline(document) == ["==", *LINES]


@recognises
def test_pictures_among_pages_of_letters_are_read_in_their_place(photograph, make_pdf, tmp_path, outline):
    whole = pypdfium2.PdfDocument.new()
    for part in (make_pdf(lambda page: page.text(60, 400, "KẾ HOẠCH")), as_pdf(photograph())):
        whole.import_pages(pypdfium2.PdfDocument(part))
    whole.save(tmp_path / "mixed.pdf")
    document = read_safely(tmp_path / "mixed.pdf", "mixed.pdf")
    assert outline(document) == ["KẾ HOẠCH", "==", *LINES]
    assert document.scanned == (2,)


def stored(path, *pictures, **how):
    pictures[0].save(
        path, **how, **({"save_all": True, "append_images": pictures[1:]} if pictures[1:] else {})
    )
    return path


@recognises
def test_a_photograph_is_read_as_the_camera_held_it_and_with_its_shadows(photograph, tmp_path, outline):
    page = photograph()
    shadow = Image.linear_gradient("L").resize(page.size).point(lambda value: 150 + value * 100 // 255)
    turned = ImageChops.multiply(page, shadow).rotate(90, expand=True).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6  # to be shown turned a quarter clockwise
    path = stored(tmp_path / "anh.jpg", turned, exif=exif, quality=90)
    document = read_safely(path, path.name)
    assert outline(document) == ["==", *LINES]
    assert document.scanned == (1,)


@recognises
def test_a_page_photographed_from_aside_is_set_straight(photograph, tmp_path, outline):
    page = photograph()
    width, height = page.size
    aside = page.transform(
        page.size,
        Image.Transform.QUAD,
        (-60, -40, 30, height + 50, width - 20, height + 10, width + 70, 60),
        Image.Resampling.BICUBIC,
        fillcolor=255,
    )
    path = stored(tmp_path / "anh.jpg", aside, quality=80)
    assert outline(read_safely(path, path.name)) == ["==", *LINES]


@pytest.mark.skipif(not FONT, reason="needs a font")
def test_a_page_that_lay_flat_keeps_its_pixels(photograph):
    assert straightened(photograph()).tobytes() == photograph().tobytes()


@recognises
def test_a_row_whose_letters_cannot_be_read_stands_all_the_same(photograph, tmp_path):
    page = photograph()
    for left, right in pairwise(EDGES):  # ink, but no letters
        box = [DOTS * (left + 6), DOTS * 170, DOTS * (left + 14), DOTS * 178]
        ImageDraw.Draw(page).rectangle(
            [DOTS * (left + 2), DOTS * 162, DOTS * (right - 2), DOTS * 198], fill=255
        )
        ImageDraw.Draw(page).ellipse(box, fill=0)
    path = tmp_path / "scan.pdf"
    path.write_bytes(as_pdf(page).getvalue())
    document = read_safely(path, path.name)
    (table,) = document.tables()
    assert len(table.rows) == len(ROWS)
    assert table.rows[2].texts == tuple(LINES[2].split(" | "))


@recognises
def test_a_row_of_scribble_is_marked_as_illegible(photograph, tmp_path):
    page = photograph()
    draw = ImageDraw.Draw(page)
    for left, right in pairwise(EDGES):
        draw.rectangle([DOTS * (left + 2), DOTS * 162, DOTS * (right - 2), DOTS * 198], fill=255)
        for at in range(30):
            box = [DOTS * (left + 4 + at), DOTS * (165 + at % 7), DOTS * (left + 12 + at), DOTS * 190]
            draw.arc(box, at * 40, at * 40 + 200, fill=0, width=3)
    path = tmp_path / "scan.pdf"
    path.write_bytes(as_pdf(page).getvalue())
    (table,) = read_safely(path, path.name).tables()
    assert sum(ILLEGIBLE in text for text in table.rows[1].texts) >= 3
    assert not any(ILLEGIBLE in text for row in (table.rows[0], table.rows[2]) for text in row.texts)


def dusty(picture, *places, size=2):
    """The picture with a speck, so many pixels broad, at each place."""
    speckled = picture.copy()
    for x, y in places:
        ImageDraw.Draw(speckled).rectangle([x, y, x + size - 1, y + size - 1], fill=0)
    return speckled


@pytest.mark.skipif(not FONT, reason="needs a font")
@pytest.mark.parametrize("size", [1, 2, 5])
def test_dust_is_taken_off_and_letters_keep_their_dots(size, photograph):
    page = photograph()
    font = ImageFont.truetype(str(FONT), round(13 * DOTS))
    ImageDraw.Draw(page).text((DOTS * 100, DOTS * 400), "Bộ, tỉnh; xã. Đạt 1.1 - Ị:", 0, font)
    places = [(300 + 20 * at, 900 + 30 * (at % 6)) for at in range(60)]
    clean = cleaned(page, DOTS)
    assert cleaned(dusty(page, *places, size=size), DOTS).tobytes() == clean.tobytes()
    text = (0, round(DOTS * 390), page.width, round(DOTS * 430))
    assert dark(clean, DOTS).crop(text).tobytes() == dark(page, DOTS).crop(text).tobytes()


def grain(size):
    """Grey noise about 128, the same each time."""
    chance = random.Random(11)
    side = 331
    tile = Image.frombytes("L", (side, side), bytes(round(chance.gauss(128, 16)) for _ in range(side * side)))
    noise = Image.new("L", size)
    for x in range(0, size[0], side):
        for y in range(0, size[1], side):
            noise.paste(tile, (x, y))
    return noise


@recognises
@pytest.mark.parametrize("black_and_white", [False, True])
def test_a_grainy_scan_is_read_as_a_clear_one(black_and_white, photograph, tmp_path, outline):
    page = photograph().point(lambda value: 30 + value * 4 // 5)
    grainy = ImageChops.add(page, grain(page.size), offset=-128)
    places = [(at * 7919 % page.width, at * 104729 % page.height) for at in range(1500)]
    if black_and_white:
        grainy = grainy.point(lambda value: 255 * (value > 150))
    path = stored(tmp_path / "quet.png", dusty(grainy, *places, size=1))
    assert outline(read_safely(path, path.name)) == ["==", *LINES]


@recognises
def test_a_page_too_blurred_to_trust_is_named(photograph, tmp_path):
    path = stored(tmp_path / "anh.png", photograph().filter(ImageFilter.GaussianBlur(2)))
    assert BLURRED.format(pages="1") in read_safely(path, path.name).notes
    unreadable = photograph().filter(ImageFilter.GaussianBlur(4))
    path = stored(tmp_path / "anh.tif", photograph(), unreadable)
    assert BLURRED.format(pages="2") in read_safely(path, path.name).notes


@recognises
def test_every_page_of_a_tiff_is_read_and_told(photograph, tmp_path, outline):
    path = stored(tmp_path / "quet.tif", photograph().convert("1"), photograph().convert("1"), dpi=(200, 200))
    told = []
    document = read_safely(path, path.name, progress=lambda page, pages: told.append((page, pages)))
    assert outline(document) == ["==", *LINES, "==", *LINES]
    assert (document.scanned, told[-1]) == ((1, 2), (2, 2))


@recognises
def test_a_picture_with_clear_paper_is_read_as_on_white(photograph, tmp_path, outline):
    ink = Image.new("RGBA", photograph().size, (0, 0, 0, 0))
    ink.putalpha(ImageOps.invert(photograph()))
    path = stored(tmp_path / "anh.png", ink)
    assert outline(read_safely(path, path.name)) == ["==", *LINES]


def test_a_picture_is_refused_where_letters_cannot_be_recognised(photograph, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    path = stored(tmp_path / "anh.png", photograph())
    assert refusal_of(path) == SCANNED


@recognises
def test_a_picture_that_would_fill_the_memory_is_refused(tmp_path):
    path = stored(tmp_path / "bom.png", Image.new("1", (30_000, 3_000)))
    assert refusal_of(path) == TOO_HEAVY
    path = stored(tmp_path / "bom2.png", Image.new("1", (30_000, 30_000)))
    assert refusal_of(path) == TOO_HEAVY


@recognises
def test_a_picture_cut_off_is_broken_and_one_by_another_name_is_told(photograph, tmp_path):
    whole = stored(tmp_path / "anh.png", photograph()).read_bytes()
    cut = tmp_path / "cut.png"
    cut.write_bytes(whole[: len(whole) // 2])
    assert refusal_of(cut) == BROKEN
    named = tmp_path / "anh.pdf"
    named.write_bytes(whole)
    assert "ảnh chụp" in refusal_of(named)


def lay_over(page, document, font, x, y, text):
    """Write invisible 13-point letters on a page of a PDF, as scanners do; y is the base line from above."""
    raw = pypdfium2.raw
    letters = raw.FPDFPageObj_CreateTextObj(document, font, 13)
    codes = text.encode("utf-16-le") + b"\0\0"
    raw.FPDFText_SetText(letters, ctypes.cast(codes, ctypes.POINTER(ctypes.c_ushort)))
    raw.FPDFTextObj_SetTextRenderMode(letters, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    raw.FPDFPageObj_Transform(letters, 1, 0, 0, 1, x, page.get_height() - y)
    raw.FPDFPage_InsertObject(page, letters)


@pytest.mark.skipif(not FONT, reason="needs a font")
def test_letters_laid_over_a_picture_stand_in_the_rules_of_the_picture(photograph, tmp_path, outline):
    with pypdfium2.PdfDocument(as_pdf(photograph())) as document:
        page, content = document[0], FONT.read_bytes()
        data = (ctypes.c_uint8 * len(content)).from_buffer_copy(content)
        font = pypdfium2.raw.FPDFText_LoadFont(
            document, data, len(content), pypdfium2.raw.FPDF_FONT_TRUETYPE, True
        )
        for at, row in enumerate(ROWS):
            for x, cell in zip(EDGES, row, strict=False):
                for below, line in enumerate(cell.split("\n")):
                    lay_over(page, document, font, x + 6, 135 + 40 * at + 16 * below, line)
        pypdfium2.raw.FPDFPage_GenerateContent(page)
        document.save(tmp_path / "layered.pdf")
    document = read_safely(tmp_path / "layered.pdf", "layered.pdf", ocr=False)
    assert outline(document) == ["==", *LINES]
    assert document.scanned == (1,)


def refusal_of(path, **how):
    with pytest.raises(UnreadableFile) as refusal:
        read_safely(path, path.name, **how)
    return str(refusal.value)


@pytest.mark.parametrize("missing", ["tesseract", "Vietnamese"])
def test_where_letters_cannot_be_recognised_a_scan_is_refused_and_told_what_to_install(
    missing, make_pdf, tmp_path, monkeypatch
):
    if missing == "Vietnamese":
        (tmp_path / "tesseract").write_text("#!/bin/sh\necho List of available languages\necho eng\n")
        (tmp_path / "tesseract").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "scan.pdf"
    path.write_bytes(make_pdf(lambda page: page.picture()).getvalue())
    assert refusal_of(path) == SCANNED
    assert "[ocr]" in SCANNED and "tesseract-ocr-vie" in SCANNED
    path.write_bytes(make_pdf(lambda page: page.text(60, 100, "KẾ"), known_letters=False).getvalue())
    assert refusal_of(path) == NO_LETTERS


def test_a_scan_is_not_recognised_where_nobody_waits_for_it(make_pdf, tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(make_pdf(lambda page: page.picture()).getvalue())
    assert refusal_of(path, ocr=False) == SCANNED


@recognises
@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the published plans lie beside the checkout, in ../shared")
@pytest.mark.parametrize(("name", "tasks"), [("nq97", 29), ("nq105", 34), ("qd982", 34)])
def test_no_row_of_a_photographed_gazette_is_lost(name, tasks, tmp_path):
    with pypdfium2.PdfDocument(SHARED / f"plans/{name}-2026.pdf") as source:
        pages = [page.render(scale=300 / 72, grayscale=True).to_pil() for page in source]
    path = tmp_path / "scan.pdf"
    pages[0].save(path, "PDF", resolution=300, save_all=True, append_images=pages[1:])
    document = read_safely(path, path.name)
    drafted = draft_plan(document)
    assert len([task for task in drafted.tasks if task.source == "table"]) == tasks
    assert all(task.needs_review for task in drafted.tasks)
