"""What was printed on paper or for it: PDF with letters of its own, or as pictures that are recognised."""

from collections.abc import Callable
from typing import BinaryIO

from tracker.plans.blocks import Document
from tracker.plans.readers import pdf, scans
from tracker.plans.readers.scans.running import with_running_numbers


def read(stream: BinaryIO, progress: Callable[[int, int], None], *, ocr: bool) -> Document:
    """Read a PDF as `pdf.read` does, with `ocr` its pictures of pages too. Raises UnreadableFile."""
    document = pdf.read(stream, progress, scans.recognised_pages if ocr else None, scans.drawn_rules)
    return with_running_numbers(document)
