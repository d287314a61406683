"""Scans: pages that are pictures, read through tesseract where the [ocr] extra is installed."""

import math
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pypdfium2
from PIL import Image

from tracker.plans.blocks import UnreadableFile
from tracker.plans.readers.pdf.printed import PrintedPage
from tracker.plans.readers.pdf.rules import Thing
from tracker.plans.readers.refusals import BROKEN
from tracker.plans.readers.scans.drawn import find_rules
from tracker.plans.readers.scans.letters import is_installed
from tracker.plans.readers.scans.page import read_page

__all__ = ["drawn_rules", "is_installed", "recognised_pages"]

_DOTS = 250 / 72  # pixels a point: tesseract reads Vietnamese marks no better on larger pictures
_MOST_PIXELS = 16_000_000  # an A3 page fits
_LIKELY = 400, 1000  # points that the shorter side of a page may have, else it is taken for A4
_A4 = 595

_SAME_SHAPE = 0.02  # how much two shares of breadth and height may differ
_LENGTHS = "x0", "x1", "top", "bottom", "width", "height"
_MOST_AT_ONCE = 4  # pages; each takes about 100 MB

_pdfium = Lock()  # that library is not safe for threads


def recognised_pages(content: bytes, numbers: Sequence[int]) -> Iterator[PrintedPage]:
    """The pages of a PDF with these numbers, read from their pictures, in order; several at a time."""
    workers = min(os.cpu_count() or 1, _MOST_AT_ONCE)
    with pypdfium2.PdfDocument(content) as document, ThreadPoolExecutor(workers) as pool:
        yield from pool.map(lambda number: _recognised(document, number), numbers)


def drawn_rules(content: bytes, page: PrintedPage) -> list[Thing]:
    """The edges of the rules on the picture below the letters of a page, which a scanner has set straight.

    A page turned since has no such rules: its letters no longer lie over its picture.
    """
    with _pdfium, pypdfium2.PdfDocument(content) as document:
        picture, dots = _picture(document, page.number)
    if abs(picture.width / picture.height - page.width / page.height) > _SAME_SHAPE:
        return []
    edges, _ = find_rules(picture, dots)
    shift = page.width * dots / picture.width  # a page of unlikely size is taken for A4
    return [edge | {key: edge[key] * shift for key in _LENGTHS} for edge in edges]


def _recognised(document: pypdfium2.PdfDocument, number: int) -> PrintedPage:
    with _pdfium:
        picture, dots = _picture(document, number)
    return read_page(picture, number, dots)


def _picture(document: pypdfium2.PdfDocument, number: int) -> tuple[Image.Image, float]:
    """The page as a grey picture, and how many of its pixels make a point."""
    try:
        page = document[number - 1]
        width, height = page.get_size()
        likely = 1 if _LIKELY[0] < min(width, height) < _LIKELY[1] else min(width, height) / _A4
        scale = min(_DOTS / likely, math.sqrt(_MOST_PIXELS / (width * height)))
        return page.render(scale=scale, grayscale=True).to_pil(), scale * likely
    except (pypdfium2.PdfiumError, ZeroDivisionError) as error:
        raise UnreadableFile(BROKEN) from error
