"""What files may be evidence: the bytes of each must be what its name says."""

import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import PurePath
from typing import BinaryIO

from tracker.services.refusals import Refused

EMPTY = "Tệp “{name}” trống. Hãy kiểm tra và tải lên lại tệp đầy đủ."
NOT_TAKEN = (
    "Chưa nhận loại tệp của “{name}”. Hãy gửi PDF, Word, Excel, PowerPoint, ảnh, .zip, .eml, .txt, .csv."
)
MISNAMED = "Tên tệp ghi {suffix} nhưng nội dung không phải {words}. Hãy xuất lại tệp rồi tải lên."
LOCKED = "Tệp “{name}” được khóa bằng mật khẩu. Hãy mở tệp, bỏ mật khẩu rồi tải lên lại."

_HEAD = 64 * 1024  # bytes of a file's beginning that are looked at
_CHUNK = 1024 * 1024
_LARGEST_DIRECTORY = 4 * 1024 * 1024  # bytes of a zip's table of contents; office files need far less
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}  # ISO/IEC 23008-12, annex B
_CONTROLS = re.compile(b"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LETTER_HEADERS = ("From", "Date", "Received", "Subject", "MIME-Version")


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its words in «nội dung không phải ...», its media type, and how its bytes are known."""

    words: str
    media_type: str
    holds: Callable[[BinaryIO], bool]


def media_type_of(stream: BinaryIO, name: str) -> str:
    """The media type of a file that may be evidence; `name` is what its owner calls it.

    Raises Refused for what is empty or locked, for a kind that is not taken, and where the bytes are not
    what the name says: «Tên tệp ghi .pdf nhưng nội dung không phải PDF.»
    """
    suffix = PurePath(name).suffix.lower()
    kind = KINDS.get(suffix)
    if kind is None:
        raise Refused(NOT_TAKEN.format(name=name))
    if not _head(stream, 1):
        raise Refused(EMPTY.format(name=name))
    if not kind.holds(stream):
        if _head(stream).startswith(_OLE) and _contains(stream, "EncryptedPackage"):
            raise Refused(LOCKED.format(name=name))
        raise Refused(MISNAMED.format(suffix=suffix, words=kind.words))
    return kind.media_type


def _head(stream: BinaryIO, size: int = _HEAD) -> bytes:
    stream.seek(0)
    return stream.read(size)


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    stream.seek(0)
    return iter(lambda: stream.read(_CHUNK), b"")


def _begins(*signatures: bytes) -> Callable[[BinaryIO], bool]:
    return lambda stream: _head(stream, 16).startswith(signatures)


def _is_pdf(stream: BinaryIO) -> bool:
    """The mark may stand anywhere in the first kilobyte (ISO 32000-1, annex H.3)."""
    return b"%PDF-" in _head(stream, 1024)


def _is_webp(stream: BinaryIO) -> bool:
    head = _head(stream, 12)
    return head[:4] == b"RIFF" and head[8:] == b"WEBP"


def _is_heic(stream: BinaryIO) -> bool:
    """The file begins with a box «ftyp» that lists brands of four letters."""
    head = _head(stream, 256)
    size = int.from_bytes(head[:4], "big")
    brands = {head[at : at + 4] for at in range(8, min(size, len(head)), 4)}
    return head[4:8] == b"ftyp" and bool(brands & _HEIF_BRANDS)


def _office(folder: str) -> Callable[[BinaryIO], bool]:
    """Office Open XML: a zip whose parts lie in a folder named after the program (ISO/IEC 29500-2)."""
    return lambda stream: any(member.startswith(folder) for member in _members(stream))


def _open_document(named: bytes) -> Callable[[BinaryIO], bool]:
    """OpenDocument: the first member of the zip says what it is, unpacked (ODF 1.3 part 2, 3.3)."""
    says = b"mimetypeapplication/vnd.oasis.opendocument." + named
    return lambda stream: _head(stream, 4) == _ZIP[0] and _head(stream, 200)[30:].startswith(says)


def _members(stream: BinaryIO) -> list[str]:
    """The names in a zip's table of contents; none where it is broken or too long to be an office file."""
    stream.seek(0, 2)
    end = stream.tell()
    stream.seek(max(0, end - _HEAD - 22))
    record = stream.read().rpartition(b"PK\x05\x06")[2]
    if len(record) < 18 or struct.unpack("<L", record[8:12])[0] > _LARGEST_DIRECTORY:
        return []
    try:
        with zipfile.ZipFile(stream) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return []


def _compound(*streams: str) -> Callable[[BinaryIO], bool]:
    """A compound file ([MS-CFB]) tells what it holds by the names of its streams."""
    return lambda stream: _head(stream, 8) == _OLE and _contains(stream, *streams)


def _contains(stream: BinaryIO, *names: str) -> bool:
    """Whether one of the names stands in a compound file, which writes them as UTF-16 ending with a zero."""
    wanted = [(name + "\0").encode("utf-16-le") for name in names]
    before = b""
    for chunk in _chunks(stream):
        if any(name in before + chunk for name in wanted):
            return True
        before = chunk[-64:]
    return False


def _is_text(stream: BinaryIO) -> bool:
    """No sign of a machine format: UTF-16 with its mark, or bytes none of which is a control."""
    head = _head(stream)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return b"\0\0\0" not in head
    if head.startswith((b"%PDF-", b"{\\rtf", *_ZIP)):
        return False
    return not any(_CONTROLS.search(chunk) for chunk in _chunks(stream))


def _is_letter(stream: BinaryIO) -> bool:
    """A message with headers (RFC 5322), two of them among those every program writes."""
    head = _head(stream)
    headers = BytesHeaderParser().parsebytes(head)
    return b"\0" not in head and sum(name in headers for name in _LETTER_HEADERS) >= 2


_OPENXML = "application/vnd.openxmlformats-officedocument."
_OPENDOCUMENT = "application/vnd.oasis.opendocument."
_JPEG = FileKind("ảnh JPEG", "image/jpeg", _begins(b"\xff\xd8\xff"))

# suffix of the name -> what the bytes must be
KINDS: dict[str, FileKind] = {
    ".pdf": FileKind("PDF", "application/pdf", _is_pdf),
    ".docx": FileKind("Word", _OPENXML + "wordprocessingml.document", _office("word/")),
    ".xlsx": FileKind("Excel", _OPENXML + "spreadsheetml.sheet", _office("xl/")),
    ".pptx": FileKind("PowerPoint", _OPENXML + "presentationml.presentation", _office("ppt/")),
    ".doc": FileKind("Word kiểu cũ", "application/msword", _compound("WordDocument")),
    ".xls": FileKind("Excel kiểu cũ", "application/vnd.ms-excel", _compound("Workbook", "Book")),
    ".odt": FileKind("văn bản OpenDocument", _OPENDOCUMENT + "text", _open_document(b"text")),
    ".ods": FileKind("bảng tính OpenDocument", _OPENDOCUMENT + "spreadsheet", _open_document(b"spreadsheet")),
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
    ".png": FileKind("ảnh PNG", "image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    ".webp": FileKind("ảnh WebP", "image/webp", _is_webp),
    ".heic": FileKind("ảnh HEIC", "image/heic", _is_heic),
    ".zip": FileKind("tệp nén ZIP", "application/zip", _begins(*_ZIP)),
    ".eml": FileKind("thư điện tử", "message/rfc822", _is_letter),
    ".txt": FileKind("chữ thuần", "text/plain", _is_text),
    ".csv": FileKind("bảng CSV", "text/csv", _is_text),
}
