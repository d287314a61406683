"""Tesseract recognises letters on pictures; its lines and words become letters with a place."""

import enum
import math
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from lxml import etree
from PIL import Image, ImageFilter, ImageOps

from tracker.plans.readers.characters import clean
from tracker.plans.readers.pdf.lines import Char
from tracker.plans.readers.scans.repairs import repaired

try:
    import pytesseract
except ImportError:  # the [ocr] extra is not installed
    pytesseract = None

_LANGUAGE = "vie"
_MARGIN = 20  # pixels of paper around each picture: tesseract misses letters that touch its end
_LINE_MARGIN = 4  # of a line that is cut out: the more there is, the smaller tesseract makes its letters
_DESCENT = 0.22  # of the size, below the base line
_WORD = ".//*[@class='ocrx_word']"
_NUMBER = r"(-?[\d.]+)"
_BOX = re.compile(rf"bbox {_NUMBER} {_NUMBER} {_NUMBER} {_NUMBER}")
_BASELINE = re.compile(rf"baseline {_NUMBER} {_NUMBER}")
_SIZE = re.compile(rf"x_size {_NUMBER}")
_SURE = re.compile(rf"x_wconf {_NUMBER}")


class Shown(enum.Enum):
    """What a picture shows: tesseract's page segmentation mode and language for it.

    Tesseract's Vietnamese knows few numbers, its English, which Debian always installs beside it, knows them.
    """

    PAGE = (3, _LANGUAGE)
    LINE = (13, _LANGUAGE)
    NUMBER = (7, "eng")
    FIGURES = (13, "eng")


class Word(NamedTuple):
    """A word of a line, in pixels from the left of its picture, and how sure tesseract is, in per cent."""

    text: str
    x0: float
    x1: float
    sure: float


def is_installed() -> bool:
    """Whether letters can be recognised here: the [ocr] extra, tesseract and its Vietnamese are there."""
    try:
        return pytesseract is not None and _LANGUAGE in pytesseract.get_languages()
    except pytesseract.TesseractNotFoundError:
        return False


def recognise(pictures: Sequence[Image.Image], shown: Shown) -> list[list[Char]]:
    """The letters on each picture, placed in its pixels; «sure» tells how sure tesseract is, in per cent."""
    pages = _recognised([_prepared(picture, _MARGIN) for picture in pictures], shown)
    return [list(_chars(page)) for page in pages]


def recognise_lines(pictures: Sequence[Image.Image], shown: Shown, *, bold: bool = True) -> list[list[Word]]:
    """The words on each picture of one printed line, from left to right."""
    margin = _MARGIN if shown is Shown.NUMBER else _LINE_MARGIN
    pages = _recognised([_prepared(picture, margin, bold=bold) for picture in pictures], shown)
    return [list(_words(page, margin)) for page in pages]


def _recognised(pictures: Sequence[Image.Image], shown: Shown) -> list[etree._Element]:
    """What tesseract says of each picture, one page of hOCR each."""
    if not pictures:
        return []
    with tempfile.TemporaryDirectory(prefix="letters-") as name:
        paths = [Path(name) / f"{index}.pgm" for index in range(len(pictures))]
        for path, picture in zip(paths, pictures, strict=True):
            picture.save(path)
        names = Path(name) / "names.txt"
        names.write_text("\n".join(map(str, paths)))
        layout, language = shown.value
        hocr = pytesseract.image_to_pdf_or_hocr(
            str(names), lang=language, extension="hocr", config=f"--psm {layout}"
        )
    return etree.fromstring(hocr).xpath("//*[@class='ocr_page']")


def _prepared(picture: Image.Image, margin: int, *, bold: bool = True) -> Image.Image:
    framed = ImageOps.expand(picture, margin, _ground(picture))
    return _bolder(framed) if bold else framed


def _words(page: etree._Element, margin: int) -> Iterator[Word]:
    """The words of a line; the box of the first one can hold those after it."""
    found = [(clean("".join(word.itertext())), word.get("title")) for word in page.xpath(_WORD)]
    found = [(text, described) for text, described in found if text]
    places = [_numbers(_BOX, described) for _, described in found]
    following = [place[0] for place in places[1:]] + [math.inf] * bool(places)
    for (text, described), (left, _, right, _), after in zip(found, places, following, strict=True):
        end = min(right, after) if after > left else right
        yield Word(text, left - margin, end - margin, _numbers(_SURE, described)[0])


def _ground(picture: Image.Image) -> int:
    """The grey level of most of the picture: of the paper, or of a shaded cell."""
    counts = picture.histogram()
    return counts.index(max(counts))


def _bolder(picture: Image.Image) -> Image.Image:
    """The picture with broader strokes: tesseract, which makes letters small, else loses marks as in «ổ»."""
    return picture.filter(ImageFilter.MinFilter(3)).filter(ImageFilter.GaussianBlur(1))


def turned_by(picture: Image.Image) -> int:
    """By how many degrees, clockwise, a page must be turned to stand upright; 0 where that is not clear."""
    try:
        seen = pytesseract.image_to_osd(picture, output_type=pytesseract.Output.DICT)
    except pytesseract.TesseractError:  # it saw too few letters
        return 0
    return int(seen["rotate"])


def _chars(page: etree._Element) -> Iterator[Char]:
    words = page.xpath(_WORD)
    texts = dict(zip(words, repaired([clean("".join(word.itertext())) for word in words]), strict=True))
    above: list[Char] = []
    for line in page.xpath(".//*[*[@class='ocrx_word']]"):
        found = [(texts[word], word.get("title")) for word in line if texts.get(word)]
        chars = list(_line(line.get("title"), found))
        if above and chars and _stand_on(chars, above):
            chars = [char | {"bottom": char["bottom"] + char["size"] / 2} for char in chars]
        yield from chars
        above = chars


def _stand_on(chars: Sequence[Char], above: Sequence[Char]) -> bool:
    """Whether two lines under each other seem to stand on one: the base line of a short one is a guess."""
    overlap = chars[0]["x0"] < above[-1]["x1"] and above[0]["x0"] < chars[-1]["x1"]
    return overlap and abs(chars[0]["bottom"] - above[0]["bottom"]) < chars[0]["size"] / 2


def _line(title: str, words: list[tuple[str, str]]) -> Iterator[Char]:
    """The letters of a line; all stand on one base line, and share the breadth of their word alike."""
    size = _numbers(_SIZE, title)[0]
    bottom = _baseline(title) + _DESCENT * size - _MARGIN
    place = {"top": bottom - size, "bottom": bottom, "size": size, "fontname": ""}
    end = None
    lefts = [_numbers(_BOX, described)[0] - _MARGIN for _, described in words]
    for (text, described), x0, following in zip(words, lefts, [*lefts[1:], math.inf], strict=True):
        x0, x1 = max(x0, end or x0), _numbers(_BOX, described)[2] - _MARGIN
        x1 = max(min(x1, following), x0)  # boxes of words may overlap
        place["sure"] = _numbers(_SURE, described)[0]
        if end is not None:
            yield {"text": " ", "x0": end, "x1": x0, **place}
        breadth = (x1 - x0) / len(text)
        for index, letter in enumerate(text):
            yield {"text": letter, "x0": x0 + index * breadth, "x1": x0 + (index + 1) * breadth, **place}
        end = x1


def _baseline(title: str) -> float:
    """How far down the letters of a line stand, at its middle: tesseract gives the slope and the start."""
    left, _, right, bottom = _numbers(_BOX, title)
    slope, start = _numbers(_BASELINE, title) if "baseline" in title else (0.0, 0.0)
    return bottom + start + slope * (right - left) / 2


def _numbers(pattern: re.Pattern[str], title: str) -> list[float]:
    found = pattern.search(title)
    return [float(number) for number in found.groups()] if found else [0.0]
