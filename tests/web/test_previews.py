"""Evidence is seen in place: pictures of pages, text that is only text, and nothing for strangers."""

import io

import pytest
from docx import Document
from openpyxl import Workbook
from PIL import Image

pytestmark = pytest.mark.usefixtures("nine_oclock")

SCRIPT = "<script>alert(1)</script>"


def saved(thing, *form, **words):
    stream = io.BytesIO()
    thing.save(stream, *form, **words)
    return stream.getvalue()


def pdf():
    return saved(Image.new("RGB", (60, 85)), "PDF", save_all=True, append_images=[Image.new("RGB", (60, 85))])


def word():
    document = Document()
    document.add_paragraph(f"Đã bố trí {SCRIPT}")
    for cell in document.add_table(2, 2)._cells:
        cell.text = "Khu vực hỗ trợ"
    return saved(document)


def workbook(rows=1):
    book = Workbook()
    for row in range(1, rows + 1):
        book.active.append([f"Dòng {row}", "Đã xong"])
    return saved(book)


@pytest.fixture
def piece_of(make_assignment, attach):
    """A factory of evidence with this content under this name."""
    return lambda content, name: attach(make_assignment(), content, name).evidence[0]


def view(piece):
    return f"/evidence/{piece.id}/view"


def test_the_pages_of_a_pdf_are_pictures_in_the_page(browse, cast, piece_of):
    piece = piece_of(pdf(), "Quyết định.pdf")
    client = browse(cast.binh)
    page = client.get(view(piece)).text
    assert f'<img src="/evidence/{piece.id}/pages/2" alt="Trang 2 của Quyết định.pdf"' in page
    assert not any(tag in page for tag in ("<iframe", "<object", "<embed"))
    answer = client.get(f"/evidence/{piece.id}/pages/2")
    assert answer.mimetype == "image/webp"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.cache_control.private
    assert Image.open(io.BytesIO(answer.data)).format == "WEBP"
    for number in (0, 3):
        assert client.get(f"/evidence/{piece.id}/pages/{number}").status_code == 404


def test_a_picture_is_made_once_and_answers_304_to_who_has_it(app, browse, cast, piece_of):
    piece = piece_of(pdf(), "Quyết định.pdf")
    client = browse(cast.an)
    address = f"/evidence/{piece.id}/pages/1"
    first = client.get(address)
    path = app.extensions["previews"].picture(piece.file, 1)
    made_at = path.stat().st_mtime_ns
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert path.stat().st_mtime_ns == made_at
    assert len(list(path.parents[1].iterdir())) == 1  # nothing half-made is left beside it


TEXTS = {
    "plain text": (f"Đã bố trí {SCRIPT}".encode(), "Báo cáo.txt", "Đã bố trí &lt;script&gt;"),
    "a table of values": (b"STT,Viec\n1,Xong", "Bảng.csv", "1,Xong"),
    "a document": (word(), "Báo cáo.docx", "Đã bố trí &lt;script&gt;"),
    "a table in a document": (word(), "Báo cáo.docx", '<td class="preserve">Khu vực hỗ trợ</td>'),
    "a workbook": (workbook(), "Bảng.xlsx", '<td class="preserve">Đã xong</td>'),
}


@pytest.mark.parametrize("case", TEXTS)
def test_text_is_only_text(case, browse, cast, piece_of):
    content, name, shown = TEXTS[case]
    page = browse(cast.an).get(view(piece_of(content, name))).text
    assert shown in page
    assert SCRIPT not in page


LONG = {
    "text": (b"Mot dong\n" * 40_000, "Dài.txt"),
    "workbook": (workbook(rows=500), "Dài.xlsx"),
}


@pytest.mark.parametrize("case", LONG)
def test_of_a_long_text_the_beginning_is_shown(case, browse, cast, piece_of):
    page = browse(cast.an).get(view(piece_of(*LONG[case]))).text
    assert "Chỉ hiện phần đầu. Tải tệp về để xem hết." in page


def test_what_cannot_be_seen_in_place_is_offered_for_download(browse, cast, piece_of):
    for content, name in ((b"PK\x05\x06" + bytes(18), "a.zip"), (b"%PDF-1.7 x", "a.pdf")):
        piece = piece_of(content, name)
        page = browse(cast.an).get(view(piece)).text
        assert "Tệp này không xem tại chỗ được. Hãy tải về để xem." in page
        assert f'href="/evidence/{piece.id}"' in page


def test_who_may_not_see_the_assignment_sees_no_page_of_it(browse, cast, piece_of):
    piece = piece_of(pdf(), "Quyết định.pdf")
    for address in (view(piece), f"/evidence/{piece.id}/pages/1", "/evidence/99/view"):
        assert browse(cast.giang).get(address).status_code == 404


def test_the_queue_shows_one_piece_and_leads_to_the_others_by_number(
    browse, cast, make_assignment, attach, hand_in
):
    assignment = make_assignment()
    attach(assignment, b"Anh khu vuc", "Ảnh.txt")
    hand_in(assignment)
    second = assignment.evidence[1]
    client = browse(cast.chi)
    page = client.get(f"/reviewing/{assignment.id}").text
    assert "Anh khu vuc" in page
    assert f'href="/reviewing/{assignment.id}?piece={second.id}#pieces" data-key="2"' in page
    page = client.get(f"/reviewing/{assignment.id}?piece={second.id}").text
    assert "da ban hanh" in page
    assert "Anh khu vuc" not in page
    assert "Anh khu vuc" in client.get(f"/reviewing/{assignment.id}?piece=999").text
