"""The door to files that are zip archives of XML (.docx, .xlsx, .odt): what is hostile stays outside."""

import zipfile
import zlib
from itertools import pairwise
from typing import BinaryIO

from lxml import etree

from tracker.plans.blocks import UnreadableFile
from tracker.plans.readers.refusals import BROKEN, LOCKED, UNSAFE

MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 200
MAX_MEMBERS = 2_000

_SMALL = 1024 * 1024
_CHUNK = 1024 * 1024
_ENCRYPTED = 0x1
_DECLARATIONS = [
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
]
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


def open_archive(stream: BinaryIO) -> zipfile.ZipFile:
    """Open a zip file whose members can be read safely.

    Raises UnreadableFile where it is broken or locked, unpacks to more than 100 MB, has a member of 1 MB or
    more packed more than 200 times, more than 2,000 members, names that lead elsewhere, or XML that
    declares entities.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except _UNREADABLE as error:
        raise UnreadableFile(BROKEN) from error
    members = archive.infolist()
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise UnreadableFile(LOCKED)
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise UnreadableFile(UNSAFE)
    if any(_is_bomb(member) or _leads_elsewhere(member.filename) for member in members):
        raise UnreadableFile(UNSAFE)
    if any(_declares_entities(archive, member) for member in members):
        raise UnreadableFile(UNSAFE)
    return archive


def read_xml(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """The root of an XML member; None where there is none. Raises UnreadableFile where it is broken."""
    if name not in archive.namelist():
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(archive.read(name), parser)
    except (*_UNREADABLE, etree.XMLSyntaxError) as error:
        raise UnreadableFile(BROKEN) from error


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    return member.file_size > _SMALL and member.file_size > MAX_RATIO * member.compress_size


def _leads_elsewhere(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _declares_entities(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether XML declares a document type, which office files must not do (ISO/IEC 29500-2)."""
    if not member.filename.lower().endswith((".xml", ".rels")):
        return False
    try:
        with archive.open(member) as stream:
            chunks = [b"", *iter(lambda: stream.read(_CHUNK), b"")]
    except _UNREADABLE as error:
        raise UnreadableFile(BROKEN) from error
    return any(word in before[-20:] + chunk for before, chunk in pairwise(chunks) for word in _DECLARATIONS)
