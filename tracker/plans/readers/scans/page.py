"""The picture of one page becomes what is printed on it: rules from the raster, letters by tesseract."""

from collections.abc import Iterator, Sequence
from statistics import mean, median

from PIL import Image

from tracker.plans.readers.pdf.lines import Char
from tracker.plans.readers.pdf.printed import PrintedPage
from tracker.plans.readers.pdf.ruled import Box, drawn_tables
from tracker.plans.readers.scans.letters import Shown, recognise, turned_by
from tracker.plans.readers.scans.raster import find_rules, skew

_WHITE = 255
_DARK = 160  # a grey level: ink is below it
_ROUND = 4  # pixels around the ink of a cell: its faint edges
_SMALLEST = 10  # pixels: a cell that is lower or narrower holds no letters
_NUMBER = 32.0, 18.0  # points: how broad and how high a number of a row may be
_LEGIBLE = 60.0  # per cent: how sure tesseract is of the words of a page that stands upright
_SAME_SIZE = 0.35  # of the usual size; tesseract measures a line by the letters that happen to be in it

Pixels = tuple[int, int, int, int]


def read_page(picture: Image.Image, number: int, dots: float) -> PrintedPage:
    """What is printed on a page, from its grey picture with so many pixels a point; a page that lies on its
    side or stands on its head is turned."""
    page = _read(picture, number, dots)
    if page.chars and mean(char["sure"] for char in page.chars) >= _LEGIBLE:
        return page
    turn = turned_by(picture)
    return _read(picture.rotate(-turn, expand=True), number, dots) if turn else page


def _read(picture: Image.Image, number: int, dots: float) -> PrintedPage:
    level = picture.rotate(skew(picture), Image.Resampling.BICUBIC, fillcolor=_WHITE)
    edges, clean = find_rules(level, dots)
    page = PrintedPage(number, picture.width / dots, picture.height / dots, [], edges)
    cells = [_pixels(cell, dots) for table in drawn_tables(page) for cell in table.cells]
    inked = [box for cell in cells if (box := _ink(clean, cell))]
    numbers = [box for box in inked if _is_number(box, dots)]
    chars = [*_in_boxes(clean, numbers, Shown.NUMBER)]
    chars += _in_boxes(clean, [box for box in inked if box not in numbers], Shown.BLOCK)
    for cell in cells:
        clean.paste(_WHITE, cell)
    rest = _ink(clean, (0, 0, *clean.size))
    chars += _in_boxes(clean, [rest] if rest else [], Shown.PAGE)
    page.chars.extend(_evened([_in_points(char, dots) for char in chars]))
    return page


def _pixels(cell: Box, dots: float) -> Pixels:
    x0, top, x1, bottom = (round(edge * dots) for edge in cell)
    return x0, top, x1, bottom


def _ink(picture: Image.Image, cell: Pixels) -> Pixels | None:
    """The box around the letters of a cell, None for an empty one."""
    inside = picture.crop(cell)
    if min(inside.size) < _SMALLEST:
        return None
    ink = inside.reduce(2).point(lambda value: _WHITE * (value < _DARK)).getbbox()  # specks of dust fade
    if ink is None:
        return None
    left, top = cell[:2]
    return (
        max(left + 2 * ink[0] - _ROUND, 0), max(top + 2 * ink[1] - _ROUND, 0),
        left + 2 * ink[2] + _ROUND, top + 2 * ink[3] + _ROUND,
    )  # fmt: skip


def _is_number(box: Pixels, dots: float) -> bool:
    """Whether so few letters stand there that they are a number, «1.1», rather than words."""
    return (box[2] - box[0]) < _NUMBER[0] * dots and (box[3] - box[1]) < _NUMBER[1] * dots


def _in_boxes(picture: Image.Image, boxes: Sequence[Pixels], shown: Shown) -> Iterator[Char]:
    """The letters in each of the boxes, placed on the whole picture."""
    found = recognise([picture.crop(box) for box in boxes], shown)
    for (left, top, _, _), chars in zip(boxes, found, strict=True):
        for char in chars:
            yield char | {
                "x0": char["x0"] + left, "x1": char["x1"] + left,
                "top": char["top"] + top, "bottom": char["bottom"] + top,
            }  # fmt: skip


def _in_points(char: Char, dots: float) -> Char:
    return char | {key: char[key] / dots for key in ("x0", "x1", "top", "bottom", "size")}


def _evened(chars: Sequence[Char]) -> Iterator[Char]:
    """The letters with one size for all that have about the usual one."""
    usual = median(char["size"] for char in chars) if chars else 0
    for char in chars:
        same = abs(char["size"] - usual) < _SAME_SIZE * usual
        yield char | {"size": usual, "top": char["bottom"] - usual} if same else char
