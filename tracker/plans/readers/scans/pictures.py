"""Pictures as plans: photographs of pages, and what a scanner stores as .jpg, .png or .tif of many pages."""

import math
import os
import struct
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from tracker.plans.blocks import Document, UnreadableFile
from tracker.plans.readers.pdf import page_text
from tracker.plans.readers.pdf.pages import document_of
from tracker.plans.readers.pdf.printed import PrintedPage
from tracker.plans.readers.refusals import BROKEN, SCANNED, TOO_HEAVY
from tracker.plans.readers.scans.page import read_page
from tracker.plans.readers.scans.running import with_running_numbers

Progress = Callable[[int, int], None]

_FORMATS = ("JPEG", "PNG", "TIFF", "BMP")
_MOST_SOURCE_PIXELS = 64_000_000  # A3 at 500 dots an inch, and the largest photographs of telephones
_MOST_PAGES = 200
_MOST_AT_ONCE = 4  # pages; each takes about 100 MB
_DOTS = 250 / 72  # pixels a point, as of the pages of a PDF
_MOST_PIXELS = 16_000_000
_LIKELY = 400, 1000  # points that the shorter side of a page may have, else it is taken for A4
_A4 = 595


def read(stream: BinaryIO, progress: Progress, *, ocr: bool = False) -> Document:
    """Read a picture of one page, or of one page each; `progress` is told pages read and pages there are.

    Raises UnreadableFile without `ocr`, for a broken picture, one of more than 64 million pixels and more
    than 200 pages.
    """
    if not ocr:
        raise UnreadableFile(SCANNED)
    with _open(stream) as image:
        pages = getattr(image, "n_frames", 1)
        if pages > _MOST_PAGES:
            raise UnreadableFile(TOO_HEAVY)
        texts = []
        for printed in _recognised(image, pages):
            texts.append(page_text(printed))
            progress(len(texts), pages)
    return with_running_numbers(document_of(texts, scanned=range(1, pages + 1), unread=()))


def _open(stream: BinaryIO) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the pixels are counted below
        try:
            return Image.open(stream, formats=_FORMATS)
        except UnidentifiedImageError as error:
            raise UnreadableFile(SCANNED) from error
        except Image.DecompressionBombError as error:
            raise UnreadableFile(TOO_HEAVY) from error


def _recognised(image: Image.Image, pages: int) -> Iterator[PrintedPage]:
    """The pages in order, several at a time; they are taken from the file one after the other."""
    reading = Lock()

    def recognise(number: int) -> PrintedPage:
        with reading:
            picture, dots = _sized(_frame(image, number))
        return read_page(picture, number, dots)

    with ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST_AT_ONCE)) as pool:
        yield from pool.map(recognise, range(1, pages + 1))


def _frame(image: Image.Image, number: int) -> Image.Image:
    """One page as a grey picture on white, turned as the camera says."""
    try:
        if number > 1:
            image.seek(number - 1)
        if image.width * image.height > _MOST_SOURCE_PIXELS:
            raise UnreadableFile(TOO_HEAVY)
        frame = image.copy()
        dots_an_inch = image.info.get("dpi")
        upright = ImageOps.exif_transpose(frame)
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, Image.DecompressionBombError) as error:
        raise UnreadableFile(BROKEN) from error
    grey = _grey(upright)
    grey.info["dpi"] = dots_an_inch
    return grey


def _grey(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # 16 bits a pixel
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(paper, layer).convert("L")
    return picture.convert("L")


def _sized(picture: Image.Image) -> tuple[Image.Image, float]:
    """The page with as many pixels as letters are best read from, and how many of them make a point."""
    shorter = min(picture.size)
    points = shorter / _said_dots(picture) if _said_dots(picture) else 0.0
    if not _LIKELY[0] < points < _LIKELY[1]:
        points = _A4
    scale = min(_DOTS * points / shorter, math.sqrt(_MOST_PIXELS / (picture.width * picture.height)))
    size = max(round(picture.width * scale), 1), max(round(picture.height * scale), 1)
    return picture.resize(size, Image.Resampling.LANCZOS), scale * shorter / points


def _said_dots(picture: Image.Image) -> float:
    """How many pixels make a point, as the file says itself; 0 where it does not."""
    said = picture.info.get("dpi")
    return float(said[0]) / 72 if said and said[0] > 1 else 0.0
