"""What a file is, by its bytes; its name must agree."""

import re
from pathlib import PurePath
from typing import BinaryIO, Literal

from tracker.plans.blocks import UnreadableFile
from tracker.plans.readers.archive import open_archive
from tracker.plans.readers.encoding import decode
from tracker.plans.readers.refusals import (
    EMPTY,
    LOCKED,
    MISNAMED,
    UNKNOWN_KIND,
)

Kind = Literal[
    "docx", "xlsx", "odt", "pdf", "html", "markdown", "text", "doc", "rtf", "xls", "ods", "picture"
]

_SUFFIXES: dict[str, Kind] = {
    ".docx": "docx", ".docm": "docx", ".xlsx": "xlsx", ".xlsm": "xlsx", ".odt": "odt", ".pdf": "pdf",
    ".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown", ".txt": "text",
    ".tsv": "text", ".doc": "doc", ".rtf": "rtf", ".xls": "xls", ".ods": "ods",
    ".jpg": "picture", ".jpeg": "picture", ".png": "picture", ".tif": "picture", ".tiff": "picture",
    ".bmp": "picture",
}  # fmt: skip
_NAMES: dict[Kind, str] = {
    "docx": "văn bản Word (.docx)", "xlsx": "bảng tính Excel (.xlsx)", "odt": "văn bản OpenDocument (.odt)",
    "pdf": "PDF (.pdf)", "html": "trang HTML (.html)", "markdown": "chữ thuần (.md)",
    "text": "chữ thuần (.txt)", "doc": "văn bản Word kiểu cũ (.doc)", "rtf": "văn bản RTF (.rtf)",
    "xls": "bảng tính Excel kiểu cũ (.xls)", "ods": "bảng tính OpenDocument (.ods)",
    "picture": "ảnh chụp (.jpg, .png, .tif)",
}  # fmt: skip

_HEAD = 4096
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"II*\0", b"MM\0*", b"BM")
_HTML = re.compile(
    r"(<\?xml[^>]*>|<!--.*?-->|\s)*<(!doctype\s+html|html|head|body|table|div|p|meta)\b", re.I | re.S
)


def recognise(stream: BinaryIO, name: str) -> Kind:
    """The kind of document in the stream, which is left at its start.

    Text takes its kind from the name («.md»), and a name without a suffix agrees with anything. Raises
    UnreadableFile for an empty, locked or unknown file, and for a name that says something else.
    """
    stream.seek(0)
    kind = _by_bytes(stream)
    stream.seek(0)
    suffix = PurePath(name).suffix.lower()
    named = _SUFFIXES.get(suffix)
    if named == "markdown" and kind == "text":
        return "markdown"
    if suffix and named is None:
        raise UnreadableFile(UNKNOWN_KIND)
    if suffix and named != kind:
        raise UnreadableFile(MISNAMED.format(suffix=suffix, kind=_NAMES[kind]))
    return kind


def _by_bytes(stream: BinaryIO) -> Kind:
    head = stream.read(_HEAD)
    if not head.strip():
        raise UnreadableFile(EMPTY)
    if head.startswith(_ZIP):
        return _by_members(stream)
    if head.startswith(_OLE):
        return _by_ole_names(head + stream.read())
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_PICTURES):
        return "picture"
    return "html" if _HTML.match(decode(head + stream.read())[:_HEAD]) else "text"


def _by_members(stream: BinaryIO) -> Kind:
    with open_archive(stream) as archive:
        members = set(archive.namelist())
        if "word/document.xml" in members:
            return "docx"
        if "xl/workbook.xml" in members:
            return "xlsx"
        kind = archive.read("mimetype") if "mimetype" in members else b""
        if kind.endswith(b"opendocument.text"):
            return "odt"
        if kind.endswith(b"opendocument.spreadsheet"):
            return "ods"
    raise UnreadableFile(UNKNOWN_KIND)


def _by_ole_names(content: bytes) -> Kind:
    """A compound file ([MS-CFB]) tells what it holds by the names of its streams, kept as UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableFile(LOCKED)
    if "WordDocument".encode("utf-16-le") in content:
        return "doc"
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        return "xls"
    raise UnreadableFile(UNKNOWN_KIND)
