"""Readers turn the bytes of a file into the one neutral form, a Document."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import BinaryIO

from tracker.plans.blocks import Document, Paragraph, Table, UnreadableFile
from tracker.plans.readers.characters import is_tcvn3
from tracker.plans.readers.frames import without_frames
from tracker.plans.readers.kinds import Kind, recognise
from tracker.plans.readers.old_fonts import in_unicode
from tracker.plans.readers.refusals import NO_TEXT, TCVN3, TOO_HEAVY

Progress = Callable[[int, int], None]

# Loaded when a file of the kind arrives: the process that reads one file has no time for all their libraries.
_READERS: dict[Kind, tuple[str, str]] = {
    "pdf": ("paper", "read"),
    "docx": ("docx", "read"),
    "xlsx": ("office", "read_calculated"),
    "odt": ("odt", "read"),
    "html": ("html", "read"),
    "markdown": ("markdown", "read"),
    "text": ("text", "read"),
    "doc": ("office", "read"),
    "rtf": ("office", "read"),
    "xls": ("office", "read_workbook"),
    "ods": ("office", "read_workbook"),
    "picture": ("scans.pictures", "read"),
}
MAX_ROWS = 20_000  # of tables: understanding them takes a millisecond each
_BY_PAGE = ("pdf", "picture")


def _tell_nobody(page: int, pages: int) -> None:
    """The progress of a reading that nobody watches."""


def read(stream: BinaryIO, name: str, *, progress: Progress = _tell_nobody, ocr: bool = False) -> Document:
    """Read a document of any known kind; `name` is the file's name, whose suffix must agree with the bytes.

    `progress` is told how many pages of a PDF or a picture are read and how many there are; with `ocr`
    pages that are pictures are read too, which asks for `scans.is_installed`. Raises UnreadableFile, with a
    sentence for the user, where the file is empty, broken, locked, hostile, a scan, of another kind than
    its name says, of more than 20,000 rows, or typed partly in the old fonts of TCVN3. For files of
    strangers call `sandbox.read_safely`, which also bounds memory and time.
    """
    kind = recognise(stream, name)
    reader = _reader(kind)
    document = reader(stream, progress, ocr=ocr) if kind in _BY_PAGE else reader(stream)
    if sum(len(table.rows) for table in document.tables()) > MAX_ROWS:
        raise UnreadableFile(TOO_HEAVY)
    document = in_unicode(document)
    blocks = tuple(block for block in without_frames(document.blocks) if _says_something(block))
    if not blocks:
        raise UnreadableFile(NO_TEXT)
    document = replace(document, blocks=blocks)
    if is_tcvn3("\n".join(_texts(document))):
        raise UnreadableFile(TCVN3)
    return document


def _reader(kind: Kind) -> Callable[..., Document]:
    module, function = _READERS[kind]
    return getattr(import_module(f"{__name__}.{module}"), function)


def _says_something(block: Paragraph | Table) -> bool:
    """Not a rule drawn with letters: «-------»."""
    return isinstance(block, Table) or any(char.isalnum() for char in block.text)


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell for row in block.rows for cell in row.texts)
