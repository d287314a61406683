"""The picture of a page as a raster of dark and light: how far it is skewed, and which rules it bears.

A whole picture is one integer, a bit a pixel: shifts and masks find the long runs of dark pixels that rules
are made of (an erosion followed by a dilation, «opening» in mathematical morphology).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from tracker.plans.readers.pdf.rules import Thing

_BORDER = 8  # light pixels around the picture, so that no run goes on in the next row
_SHORTEST_LEVEL = 24.0  # points; an underlined word may be one, but no table is made of it
_SHORTEST_UPRIGHT = 13.0  # points; more than the highest letters of a text
_SURELY_A_RULE = 60.0  # points; letters of one word stand on no longer a stroke
_REACH = 6  # pixels between the end of a rule and the rule that it meets
_FAINT = 2  # pixels beside a rule that it still darkens
_GAP = 3  # pixels that dust or poor printing may break out of a rule
_NEAR = 12.0  # points around a pixel whose brightness tells what is dark there
_DARKER = 0.78  # of that brightness
_SKEW_WIDTH = 600  # pixels; enough to see a tenth of a degree
_MOST_SKEW = 4.0  # degrees
_RUN = re.compile("1+")

Run = tuple[tuple[int, int], int]  # where a run of dark pixels starts and ends, and its row
Stroke = list[Run]


def skew(picture: Image.Image) -> float:
    """By how many degrees, counter-clockwise, the picture must be turned for its lines to lie level."""
    small = ImageOps.invert(picture.reduce(max(picture.width // _SKEW_WIDTH, 1)))
    coarse = max(_steps(0, _MOST_SKEW, 0.5), key=lambda angle: _levelness(small, angle))
    return max(_steps(coarse, 0.4, 0.1), key=lambda angle: _levelness(small, angle))


def _steps(middle: float, reach: float, step: float) -> list[float]:
    count = round(reach / step)
    return sorted((middle + step * index for index in range(-count, count + 1)), key=abs)


def _levelness(picture: Image.Image, angle: float) -> float:
    """How sharply rows of text and the white between them differ."""
    turned = picture.rotate(angle, Image.Resampling.NEAREST)
    rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return sum((upper - lower) ** 2 for upper, lower in pairwise(rows))


def find_rules(picture: Image.Image, dots: float) -> tuple[list[Thing], Image.Image]:
    """The edges of the rules on a grey picture with so many pixels a point, and the picture without them."""
    bordered = ImageOps.expand(_dark(picture, dots), _BORDER)
    stride = -(-bordered.width // 8) * 8
    bits = int.from_bytes(bordered.tobytes(), "big")
    level = _long_runs(bits, across=stride, along=1, shortest=round(_SHORTEST_LEVEL * dots))
    upright = _long_runs(bits, across=1, along=stride, shortest=round(_SHORTEST_UPRIGHT * dots))
    level_mask = _mask(level, bordered.size, stride)
    upright_mask = _mask(upright, bordered.size, stride)
    levels = list(_strokes(_runs(level_mask)))
    uprights = list(_strokes(_runs(upright_mask.transpose(Image.Transpose.TRANSPOSE))))
    sure = round(_SURELY_A_RULE * dots)
    levels = [stroke for stroke in levels if _is_rule(stroke, uprights, sure)]
    uprights = [stroke for stroke in uprights if _is_rule(stroke, levels, sure)]
    edges = [_edge("h", run, place, dots) for stroke in levels for run, place in stroke]
    edges += [_edge("v", run, place, dots) for stroke in uprights for run, place in stroke]
    return edges, _without(picture, levels, uprights)


def _strokes(runs: Iterable[Run]) -> Iterator[Stroke]:
    """Runs that touch each other, row under row, are one stroke."""
    open_: list[Stroke] = []
    for run in runs:
        (start, end), place = run
        touching = [
            s
            for s in open_
            if s[-1][1] >= place - 1
            and any(at >= place - 1 and left < end and start < right for (left, right), at in s)
        ]
        open_, done = (
            [s for s in open_ if s not in touching and s[-1][1] >= place - 1],
            [s for s in open_ if s not in touching and s[-1][1] < place - 1],
        )
        yield from done
        open_.append([*(one for s in touching for one in s), run])
    yield from open_


def _is_rule(stroke: Stroke, across: Sequence[Stroke], sure: int) -> bool:
    """Whether a stroke is longer than any that letters make, or goes from one stroke across it to another."""
    start, end = min(run[0] for run, _ in stroke), max(run[1] for run, _ in stroke)
    if end - start >= sure:
        return True
    place = stroke[len(stroke) // 2][1]
    return all(any(_meets(other, at, place) for other in across) for at in (start, end))


def _meets(stroke: Stroke, at: int, place: int) -> bool:
    near = any(abs(row - at) <= _REACH for _, row in (stroke[0], stroke[-1]))
    return near and any(run[0] - _REACH <= place <= run[1] + _REACH for run, _ in stroke)


def _dark(picture: Image.Image, dots: float) -> Image.Image:
    """What is clearly darker than its surroundings: ink, but no shaded cell and no shadow on the scan."""
    around = picture.filter(ImageFilter.BoxBlur(round(_NEAR * dots)))
    limit = around.point(lambda value: int(value * _DARKER))
    return ImageChops.subtract(limit, picture).point(lambda value: 255 * (value > 0)).convert("1")


def _long_runs(bits: int, *, across: int, along: int, shortest: int) -> int:
    """The pixels of dark runs that are so long in the direction `along`; a run may step aside by a pixel."""
    broad = bits | bits << across | bits >> across
    closed = _erode(_dilate(broad, along, _GAP), along, _GAP)
    return _dilate(_erode(closed, along, shortest), along, shortest)


def _dilate(bits: int, step: int, length: int) -> int:
    done = 1
    while done < length:
        more = min(done, length - done)
        bits |= bits >> more * step
        done += more
    return bits


def _erode(bits: int, step: int, length: int) -> int:
    done = 1
    while done < length:
        more = min(done, length - done)
        bits &= bits << more * step
        done += more
    return bits


def _mask(bits: int, size: tuple[int, int], stride: int) -> Image.Image:
    count = stride // 8 * size[1]
    whole = bits & (1 << 8 * count) - 1
    return Image.frombytes("1", size, whole.to_bytes(count, "big"))


def _runs(mask: Image.Image) -> Iterator[Run]:
    """The start and end of each run of set pixels, and its row."""
    stride = -(-mask.width // 8)
    rows = mask.tobytes()
    for place in range(mask.height):
        row = int.from_bytes(rows[place * stride : (place + 1) * stride], "big")
        if row:
            for run in _RUN.finditer(f"{row:0{8 * stride}b}"):
                yield run.span(), place


def _edge(orientation: str, run: tuple[int, int], place: int, dots: float) -> Thing:
    """A run as pdfplumber tells the edge of a rule, in points."""
    start, end = ((pixel - _BORDER) / dots for pixel in run)
    at = (place - _BORDER + 0.5) / dots
    x0, x1, top, bottom = (start, end, at, at) if orientation == "h" else (at, at, start, end)
    return {
        "object_type": "line", "orientation": orientation, "x0": x0, "x1": x1, "top": top, "bottom": bottom,
        "width": x1 - x0, "height": bottom - top,
    }  # fmt: skip


def _without(picture: Image.Image, levels: Sequence[Stroke], uprights: Sequence[Stroke]) -> Image.Image:
    """The picture with its rules painted over."""
    clean = picture.copy()
    draw = ImageDraw.Draw(clean)
    for strokes, turned in ((levels, False), (uprights, True)):
        for stroke in strokes:
            for (start, end), place in stroke:
                low, high = place - _BORDER - _FAINT, place - _BORDER + _FAINT
                start_, end_ = start - _BORDER - _FAINT, end - _BORDER + _FAINT - 1
                draw.rectangle((low, start_, high, end_) if turned else (start_, low, end_, high), fill=255)
    return clean
