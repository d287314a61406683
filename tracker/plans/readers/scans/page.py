"""The picture of one page becomes what is printed on it: rules from the raster, letters by tesseract."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import mean, median

from PIL import Image

from tracker.plans.blocks import ILLEGIBLE
from tracker.plans.readers.pdf.lines import Char
from tracker.plans.readers.pdf.printed import PrintedPage
from tracker.plans.readers.pdf.ruled import Box, drawn_tables
from tracker.plans.readers.scans.cleaning import cleaned
from tracker.plans.readers.scans.drawn import find_rules
from tracker.plans.readers.scans.leaning import straightened
from tracker.plans.readers.scans.letters import Shown, Word, recognise, turned_by
from tracker.plans.readers.scans.looks import read_lines, read_numbers
from tracker.plans.readers.scans.printed_lines import Band, ink_by_row, pitch, printed_lines, standing
from tracker.plans.readers.scans.repairs import has_roman_quarter, repaired

_WHITE = 255
_DARK = 160  # a grey level: ink is below it
_INSIDE = 1.0  # points between a rule's middle and where letters may begin
_ROUND = 4  # pixels around the ink of a cell: its faint edges
_SMALLEST = 10  # pixels: a cell that is lower or narrower holds no letters
_ONES = str.maketrans("l|", "11")
_LETTER = 0.5  # of the pitch: a line that is lower holds no letters, but a dash
_SIZE = 0.87  # of the pitch: how high letters are
_NUMBER = 32.0, 18.0  # points: how broad and how high a number of a row may be
_LEGIBLE = 60.0  # per cent: how sure tesseract is of a cell, or of a page that stands upright
_SAME_SIZE = 0.35  # of the usual size; tesseract measures a line by the letters that happen to be in it

Pixels = tuple[int, int, int, int]


def read_page(picture: Image.Image, number: int, dots: float) -> PrintedPage:
    """What is printed on a page, from its grey picture with so many pixels a point; a page that lies on its
    side or stands on its head is turned."""
    picture = cleaned(picture, dots)
    page = _read(picture, number, dots)
    if page.chars and page.sure >= _LEGIBLE:
        return page
    turn = turned_by(picture)
    return _read(picture.rotate(-turn, expand=True), number, dots) if turn else page


def _read(picture: Image.Image, number: int, dots: float) -> PrintedPage:
    level = straightened(picture)
    edges, clean = find_rules(level, dots)
    page = PrintedPage(number, picture.width / dots, picture.height / dots, [], edges)
    cells = [_pixels(cell, dots) for table in drawn_tables(page) for cell in table.cells]
    chars = list(_in_cells(clean, [box for cell in cells if (box := _ink(clean, cell))], dots))
    for cell in cells:
        clean.paste(_WHITE, cell)
    rest = _ink(clean, (0, 0, *clean.size))
    chars += _in_boxes(clean, [rest] if rest else [], Shown.PAGE)
    if rest and not chars:
        chars = list(_chars(rest, _or_illegible([], rest, 0), rest[3] - rest[1]))
    page.chars.extend(_evened([_in_points(char, dots) for char in chars]))
    return page


def _in_cells(picture: Image.Image, boxes: Sequence[Pixels], dots: float) -> Iterator[Char]:
    """The letters in these boxes around the ink of cells, which are read line by line."""
    numbers = [box for box in boxes if _is_number(box, dots)]
    inks = {box: ink_by_row(picture.crop(box)) for box in boxes if box not in numbers}
    high = pitch(list(inks.values()), dots)
    lines = [
        (index, line)
        for index, (box, ink) in enumerate(inks.items())
        for line in _lines(picture, box, printed_lines(ink, high))
    ]
    ready = [standing(picture.crop(line), high) for _, line in lines]
    said = [
        [word._replace(x0=line.place(word.x0), x1=line.place(word.x1)) for word in words]
        for line, words in zip(ready, read_lines([line.paper for line in ready]), strict=True)
    ]
    roman = has_roman_quarter([word.text for words in said for word in words])
    for _, cell in groupby(zip(lines, said, strict=True), key=lambda one: one[0][0]):
        yield from _cell([(place, words) for (_, place), words in cell], high, roman=roman)
    yield from _numbers(picture, numbers, high)


def _cell(lines: Sequence[tuple[Pixels, list[Word]]], high: float, *, roman: bool) -> Iterator[Char]:
    """The letters of the lines of a cell; what is mended may go on from one to the next.

    With `roman`, the page numbers its quarters with Roman figures.
    """
    if not _is_legible([word for _, words in lines for word in words]):
        lines = [(place, _or_illegible(words, place, high)) for place, words in lines]
    mended = iter(repaired([word.text for _, words in lines for word in words], roman=roman))
    for place, words in lines:
        yield from _chars(place, [word._replace(text=next(mended)) for word in words], high)


def _is_legible(words: Sequence[Word]) -> bool:
    letters = [word.sure for word in words for char in word.text if char.isalnum()]
    return bool(letters) and mean(letters) >= _LEGIBLE


def _or_illegible(words: Sequence[Word], place: Pixels, high: float) -> list[Word]:
    """The words of a line, marked where they can hardly be what stands there."""
    if _is_legible(words) or place[3] - place[1] <= _LETTER * high:  # a dash is no letter
        return list(words)
    end = place[2] - place[0]
    return [*words, Word(ILLEGIBLE, end, end, 0)]


def _numbers(picture: Image.Image, places: Sequence[Pixels], high: float) -> Iterator[Char]:
    """The letters of cells that hold a number each."""
    for place, words in zip(places, read_numbers([picture.crop(place) for place in places]), strict=True):
        marked = _or_illegible(words, place, high)
        text = "".join(word.text for word in marked).translate(_ONES)
        sure = min((word.sure for word in marked), default=0)
        yield from _chars(place, [Word(text, 0, place[2] - place[0], sure)] if text else [], high)


def _chars(place: Pixels, words: Sequence[Word], high: float) -> Iterator[Char]:
    """The letters of the words of a line; they share the breadth of their word alike."""
    size = _SIZE * high
    common = {"top": place[3] - size, "bottom": place[3], "size": size, "fontname": ""}
    end = None
    for word in words:
        x0, x1 = word.x0 + place[0], word.x1 + place[0]
        x0 = max(x0, end or x0)
        x1 = max(x1, x0)
        if end is not None:
            yield {"text": " ", "x0": end, "x1": x0, "sure": word.sure, **common}
        step = (x1 - x0) / len(word.text)
        for index, letter in enumerate(word.text):
            at = x0 + index * step
            yield {"text": letter, "x0": at, "x1": at + step, "sure": word.sure, **common}
        end = x1


def _lines(picture: Image.Image, box: Pixels, bands: Sequence[Band]) -> Iterator[Pixels]:
    """The boxes around the ink of the lines of a cell, with some of the white between them."""
    if not bands:  # specks of dust
        return
    left, top, right, bottom = box
    ends = [0, *((above[1] + below[0]) // 2 for above, below in pairwise(bands)), bottom - top]
    for (first, last), before, after in zip(bands, ends[:-1], ends[1:], strict=True):
        line = (left, top + max(first - _ROUND, before), right, top + min(last + _ROUND, after))
        ink = _ink(picture, line)
        yield (ink[0], line[1], ink[2], line[3]) if ink else line


def _pixels(cell: Box, dots: float) -> Pixels:
    x0, top, x1, bottom = (round(edge * dots) for edge in cell)
    inside = round(_INSIDE * dots)
    return x0 + inside, top + inside, x1 - inside, bottom - inside


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
