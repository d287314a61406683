"""Files of strangers: each way of being wrong gets its one sentence, and nothing is left behind."""

import io
import os
import tempfile
import threading
import time
import zipfile
from pathlib import Path

import docx as python_docx
import pytest
from openpyxl import Workbook

from tracker.plans.blocks import Document, UnreadableFile
from tracker.plans.readers import refusals
from tracker.plans.readers.sandbox import FILE, Limits, read_safely

KINDS = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
PARAGRAPH = "<w:p><w:r><w:t>x</w:t></w:r></w:p>"
BODY = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body>{}</w:body></w:document>"
)
BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    + BODY.format("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>")
)  # fmt: skip
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + BODY.format("&x;")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def zipped(members: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def word(document: str | bytes = BODY.format(PARAGRAPH), **others: str | bytes) -> bytes:
    return zipped({"[Content_Types].xml": KINDS, "word/document.xml": document, **others})


def locked_member() -> bytes:
    """A zip whose members say that they are encrypted (bit 0 of their flags)."""
    content = bytearray(word())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(signature)
        while place >= 0:
            content[place + flags] |= 1
            place = content.find(signature, place + 4)
    return bytes(content)


def a_million_rows() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 1_000_001))
    return zipped({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": rows})


def with_directory() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.mkdir("word/document.xml")
    return stream.getvalue()


@pytest.fixture
def read_bytes(tmp_path, monkeypatch):
    """Read these bytes under this name in the sandbox; afterwards the temporary folder must be as before."""
    room = tmp_path / "tmp"
    room.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(room))

    def read_bytes(content: bytes, name: str, limits: Limits = FILE) -> Document:
        path = tmp_path / "upload"
        path.write_bytes(content)
        return read_safely(path, name, limits)

    yield read_bytes
    assert list(room.iterdir()) == []


HOSTILE = {
    "empty": (b"", "a.docx", refusals.EMPTY),
    "only spaces": (b" \n\n ", "a.txt", refusals.EMPTY),
    "nothing in it": (word(BODY.format("<w:p/>")), "a.docx", refusals.NO_TEXT),
    "renamed text": (b"Ke hoach", "a.pdf", refusals.MISNAMED.format(suffix=".pdf", kind="chữ thuần (.txt)")),
    "renamed document": (
        word(), "a.xlsx", refusals.MISNAMED.format(suffix=".xlsx", kind="văn bản Word (.docx)"),
    ),
    "unknown suffix": (b"Ke hoach", "a.exe", refusals.UNKNOWN_KIND),
    "some other archive": (zipped({"a.txt": "x"}), "a.docx", refusals.UNKNOWN_KIND),
    "program": (b"\x7fELF\x02\x01\x01\0\0\0", "a.txt", refusals.NOT_TEXT),
    "picture": (b"\xff\xd8\xff\xe0" + b"\0" * 20, "a.jpg", refusals.SCANNED),
    "locked document": (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", refusals.LOCKED),
    "locked member": (locked_member(), "a.docx", refusals.LOCKED),
    "cut short": (word()[:-30], "a.docx", refusals.BROKEN),
    "XML cut short": (word(BODY[:60]), "a.docx", refusals.BROKEN),
    "a folder for a member": (with_directory(), "a.docx", refusals.UNKNOWN_KIND),
    "bomb": (word(BODY.format(PARAGRAPH), bomb=b"0" * 30_000_000), "a.docx", refusals.UNSAFE),
    "too many members": (word(**{f"m{n}": "" for n in range(2_001)}), "a.docx", refusals.UNSAFE),
    "way out": (word(**{"../../etc/cron.d/x": "x"}), "a.docx", refusals.UNSAFE),
    "laughs": (word(BILLION_LAUGHS), "a.docx", refusals.UNSAFE),
    "laughs in UTF-16": (word(BILLION_LAUGHS[21:].encode("utf-16")), "a.docx", refusals.UNSAFE),
    "a file from outside": (word(OUTSIDE), "a.docx", refusals.UNSAFE),
    "a million rows": (a_million_rows(), "a.xlsx", refusals.TOO_HEAVY),
    "endless depth": (word(BODY.format("<w:sdt>" * 5000 + "</w:sdt>" * 5000)), "a.docx", refusals.BROKEN),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_wrong_is_said_in_one_sentence(case, read_bytes):
    content, name, sentence = HOSTILE[case]
    with pytest.raises(UnreadableFile) as refusal:
        read_bytes(content, name)
    assert str(refusal.value) == sentence


def test_a_good_document_passes_whole(read_bytes, outline):
    assert outline(read_bytes(word(), "Kế hoạch 2026.DOCX")) == ["x"]
    assert outline(read_bytes(b"TT\tViec\tHan\n1\ta\tb", "a.txt")) == ["==", "TT | Viec | Han", "1 | a | b"]


@pytest.mark.parametrize(
    "name", ["-h", "--version", "a\0b.txt", "a.\udce9", "x" * 5000, "", "a.txt; rm -rf /"]
)
def test_no_name_reaches_the_command_line(name, read_bytes):
    try:
        document = read_bytes(b"Ke hoach", name)
    except UnreadableFile as refusal:
        assert str(refusal) == refusals.UNKNOWN_KIND
    else:
        assert document.blocks


@pytest.mark.parametrize("path", ["nowhere", "."])
def test_a_missing_file_or_a_folder_is_refused(path, tmp_path):
    with pytest.raises(UnreadableFile) as refusal:
        read_safely(tmp_path / path, "a.docx")
    assert str(refusal.value) == refusals.NOT_A_FILE


def test_an_oversized_file_is_refused_before_it_is_opened(read_bytes):
    with pytest.raises(UnreadableFile) as refusal:
        read_bytes(b"x" * 2_000_000, "a.txt", Limits(file=1024 * 1024))
    assert str(refusal.value) == refusals.TOO_LARGE.format(limit=1)


def heavy_workbook() -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for row in range(20_000):
        sheet.append([row, "Rà soát", "Văn phòng", f"Quý {row}"])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def test_each_limit_has_its_sentence(read_bytes):
    content = heavy_workbook()
    for limits, sentence in (
        (Limits(memory=70 * 1024 * 1024), refusals.TOO_HEAVY),
        (Limits(processor=1), refusals.TOO_SLOW),
        (Limits(time=0.5), refusals.TOO_SLOW),
    ):
        started = time.monotonic()
        with pytest.raises(UnreadableFile) as refusal:
            read_bytes(content, "a.xlsx", limits)
        assert str(refusal.value) == sentence
        assert time.monotonic() - started < 10


def test_it_works_from_many_threads_and_leaves_no_process(read_bytes):
    made = python_docx.Document()
    made.add_paragraph("KẾ HOẠCH")
    stream = io.BytesIO()
    made.save(stream)
    read_bytes(stream.getvalue(), "a.docx")
    answers: list[str] = []

    def read_one(path: Path) -> None:
        [paragraph] = read_safely(path, "a.docx").paragraphs()
        answers.append(paragraph.text)

    path = Path(tempfile.gettempdir()).parent / "upload"
    threads = [threading.Thread(target=read_one, args=(path,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["KẾ HOẠCH"] * 4
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_the_pages_of_a_pdf_are_told_while_it_is_read(make_pdf, tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(make_pdf(*[lambda page: page.text(60, 100, "KẾ HOẠCH " * 5)] * 400).getvalue())
    told: list[tuple[int, int]] = []
    read_safely(path, "a.pdf", progress=lambda page, pages: told.append((page, pages)))
    assert told == sorted(set(told))
    assert {pages for _, pages in told} == {400}
