"""Readers turn the bytes of a file into the one neutral form, a Document."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO

from tracker.plans.blocks import Document, Paragraph, UnreadableFile
from tracker.plans.readers import docx, html, markdown, pdf, text, xlsx
from tracker.plans.readers.characters import is_tcvn3
from tracker.plans.readers.frames import without_frames
from tracker.plans.readers.kinds import Kind, recognise
from tracker.plans.readers.refusals import NO_TEXT, TCVN3

_READERS: dict[Kind, Callable[[BinaryIO], Document]] = {
    "docx": docx.read,
    "xlsx": xlsx.read,
    "pdf": pdf.read,
    "html": html.read,
    "markdown": markdown.read,
    "text": text.read,
}


def read(stream: BinaryIO, name: str) -> Document:
    """Read a document of any known kind; `name` is the file's name, whose suffix must agree with the bytes.

    Raises UnreadableFile, with a sentence for the user, where the file is empty, broken, locked, hostile, a
    scan, of another kind than its name says, or typed in the old fonts of TCVN3. For files of strangers
    call `sandbox.read_safely`, which also bounds memory and time.
    """
    document = _READERS[recognise(stream, name)](stream)
    document = replace(document, blocks=tuple(without_frames(document.blocks)))
    if not document.blocks:
        raise UnreadableFile(NO_TEXT)
    if is_tcvn3("\n".join(_texts(document))):
        raise UnreadableFile(TCVN3)
    return document


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell for row in block.rows for cell in row.texts)
