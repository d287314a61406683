"""Readers turn the bytes of a file into the one neutral form, a Document."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO

from tracker.plans.blocks import Document, Paragraph, Table, UnreadableFile
from tracker.plans.readers import docx, html, markdown, odt, office, pdf, scans, text, xlsx
from tracker.plans.readers.characters import is_tcvn3
from tracker.plans.readers.frames import without_frames
from tracker.plans.readers.kinds import Kind, recognise
from tracker.plans.readers.refusals import NO_TEXT, SCANNED, TCVN3

Progress = Callable[[int, int], None]

_READERS: dict[Kind, Callable[[BinaryIO], Document]] = {
    "docx": docx.read,
    "xlsx": xlsx.read,
    "odt": odt.read,
    "html": html.read,
    "markdown": markdown.read,
    "text": text.read,
    "doc": office.read,
    "rtf": office.read,
    "xls": office.read_workbook,
    "ods": office.read_workbook,
}


def _tell_nobody(page: int, pages: int) -> None:
    """The progress of a reading that nobody watches."""


def read(stream: BinaryIO, name: str, *, progress: Progress = _tell_nobody, ocr: bool = False) -> Document:
    """Read a document of any known kind; `name` is the file's name, whose suffix must agree with the bytes.

    `progress` is told each page of a PDF and how many there are; with `ocr` a scan's letters are recognised,
    where that is installed. Raises UnreadableFile, with a sentence for the user, where the file is empty,
    broken, locked, hostile, a scan, of another kind than its name says, or typed in the old fonts of TCVN3.
    For files of strangers call `sandbox.read_safely`, which also bounds memory and time.
    """
    kind = recognise(stream, name)
    document = _read_pdf(stream, progress, ocr=ocr) if kind == "pdf" else _READERS[kind](stream)
    blocks = tuple(block for block in without_frames(document.blocks) if _says_something(block))
    if not blocks:
        raise UnreadableFile(NO_TEXT)
    document = replace(document, blocks=blocks)
    if is_tcvn3("\n".join(_texts(document))):
        raise UnreadableFile(TCVN3)
    return document


def _read_pdf(stream: BinaryIO, progress: Progress, *, ocr: bool) -> Document:
    try:
        return pdf.read(stream, progress)
    except UnreadableFile as refusal:
        if str(refusal) != SCANNED or not ocr:
            raise
    stream.seek(0)
    return replace(pdf.read(scans.with_letters(stream), progress), scanned=True)


def _says_something(block: Paragraph | Table) -> bool:
    """Not a rule drawn with letters: «-------»."""
    return isinstance(block, Table) or any(char.isalnum() for char in block.text)


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell for row in block.rows for cell in row.texts)
