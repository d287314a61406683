"""The bytes of a file must be what its name says; every kind that is taken has an example here."""

import io
import struct
import zipfile

import docx
import openpyxl
import pytest

from tracker.services.evidence_kinds import KINDS, media_type_of
from tracker.services.refusals import Refused


def zipped(members, first=None):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        if first:
            archive.writestr(zipfile.ZipInfo("mimetype"), first)  # stored, not packed
        for name in members:
            archive.writestr(name, "<a/>")
    return stream.getvalue()


def compound(*names):
    """The beginning of a compound file and, far behind it, the names of its streams."""
    directory = b"".join((name + "\0").encode("utf-16-le").ljust(128, b"\0") for name in names)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * (1024 * 1024 - 20) + directory


def heif(*brands):
    box = b"ftyp" + brands[0] + b"\0\0\0\0" + b"".join(brands)
    return struct.pack(">L", len(box) + 4) + box + b"\0" * 50


def written(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


DOCUMENT = "application/vnd.oasis.opendocument."
LETTER = b"Received: from a\r\nFrom: an@suoimay.example\r\nSubject: =?utf-8?q?B=C3=A1o?=\r\n\r\nKh\xc3\xb4ng"
EXAMPLES = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "docx": written(docx.Document()),
    "xlsx": written(openpyxl.Workbook()),
    "pptx": zipped(["[Content_Types].xml", "ppt/presentation.xml"]),
    "doc": compound("Root Entry", "WordDocument"),
    "xls": compound("Root Entry", "Workbook"),
    "odt": zipped(["content.xml"], first=DOCUMENT + "text"),
    "ods": zipped(["content.xml"], first=DOCUMENT + "spreadsheet"),
    "jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0",
    "jpeg": b"\xff\xd8\xff\xe1\0\x10Exif\0",
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "webp": b"RIFF\x24\0\0\0WEBPVP8 ",
    "heic": heif(b"mif1", b"heic"),
    "zip": zipped(["ảnh 1.jpg"]),
    "eml": LETTER,
    "txt": "Đã niêm yết tại Bộ phận Một cửa.\r\n".encode(),
    "csv": "đơn vị;số\n".encode("utf-16"),
}


def read(name, content):
    return media_type_of(io.BytesIO(content), name)


def test_every_kind_that_is_taken_has_its_example():
    assert {"." + suffix for suffix in EXAMPLES} == set(KINDS)


@pytest.mark.parametrize("suffix", EXAMPLES)
def test_a_file_that_is_what_its_name_says_is_taken_whatever_the_capitals(suffix):
    for name in (f"Báo cáo.{suffix}", f"BÁO CÁO.{suffix.upper()}"):
        assert read(name, EXAMPLES[suffix]) == KINDS["." + suffix].media_type


# What may pass for another kind: a zip-based document is a zip too, a letter and a table are text.
ALSO = {
    "docx": {"zip"}, "xlsx": {"zip"}, "pptx": {"zip"}, "odt": {"zip"}, "ods": {"zip"},
    "jpg": {"jpeg"}, "jpeg": {"jpg"}, "eml": {"txt", "csv"}, "txt": {"csv"}, "csv": {"txt"},
}  # fmt: skip


@pytest.mark.parametrize("suffix", EXAMPLES)
def test_a_file_passes_for_no_other_kind(suffix):
    for other in set(EXAMPLES) - {suffix} - ALSO.get(suffix, set()):
        with pytest.raises(Refused, match=f"Tên tệp ghi .{other} nhưng nội dung không phải"):
            read(f"a.{other}", EXAMPLES[suffix])


def test_the_refusal_says_what_to_do():
    with pytest.raises(Refused) as refused:
        read("Báo cáo.pdf", EXAMPLES["docx"])
    assert str(refused.value) == (
        "Tên tệp ghi .pdf nhưng nội dung không phải PDF. Hãy xuất lại tệp rồi tải lên."
    )


@pytest.mark.parametrize("name", ["chay.exe", "trang.html", "anh.svg", "khong-duoi", ".pdf", "a.pdf.js"])
def test_other_kinds_are_not_taken(name):
    with pytest.raises(Refused, match="Chưa nhận loại tệp"):
        read(name, b"%PDF-1.7")


def test_an_empty_file_is_no_evidence():
    with pytest.raises(Refused, match="trống"):
        read("a.txt", b"")


def test_a_locked_document_is_told_from_a_misnamed_one():
    with pytest.raises(Refused, match="khóa bằng mật khẩu"):
        read("a.docx", compound("EncryptionInfo", "EncryptedPackage"))
    with pytest.raises(Refused, match="không phải Word"):
        read("a.docx", compound("WordDocument"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", zipped(["[Content_Types].xml"])[:-30]),
        ("a.docx", b"PK\x03\x04" + b"\0" * 100),
        ("a.docx", b"PK\x05\x06" + b"\xff" * 18),
        ("a.xlsx", b"PK\x03\x04" + b"PK\x05\x06" + b"\0" * 30),
        ("a.heic", heif(b"avif", b"mif1")),
        ("a.heic", b"\xff\xff\xff\xffftyp"),
        ("a.webp", b"RIFF\x24\0\0\0WAVE"),
        ("a.eml", b"Kh\xc3\xb4ng c\xc3\xb3 th\xc6\xb0"),
        ("a.txt", b"\x7fELF\x02\x01\x01\0"),
        ("a.csv", b"MZ\x90\0\x03"),
        ("a.txt", b"\xff\xfe" + b"\0" * 10),
        ("a.txt", b"chu" * 400_000 + b"\0"),
    ],
)
def test_broken_and_disguised_files_are_refused_and_never_crash(name, content):
    with pytest.raises(Refused, match="nội dung không phải"):
        read(name, content)
