"""How far a page lies askew on the scanner, or was photographed from aside, and the page set straight."""

import math
from itertools import pairwise

from PIL import Image, ImageOps

_WIDTH = 600  # pixels; enough to see a tenth of a degree
_MOST = 4.0  # degrees
_CLEARLY = 1.15  # times as level as it is: less may be chance
_STRAIGHT = 0.3  # degrees by which opposite ends of a page that lay flat may differ
_WHITE = 255


def straightened(picture: Image.Image) -> Image.Image:
    """The grey picture with its lines level, and with its rules upright where it narrows to one side."""
    level = picture.rotate(skew(picture), Image.Resampling.BICUBIC, fillcolor=_WHITE)
    small = _small(level)
    turned = small.transpose(Image.Transpose.TRANSPOSE)
    leans = (*_leans(small), *_leans(turned))
    if max(map(abs, leans)) <= _STRAIGHT:
        return level
    return level.transform(
        level.size,
        Image.Transform.QUAD,
        _corners(level.size, leans),
        Image.Resampling.BICUBIC,
        fillcolor=_WHITE,
    )


def skew(picture: Image.Image) -> float:
    """By how many degrees, counter-clockwise, the picture must be turned for its lines to lie level."""
    return _turn(_small(picture))


def _small(picture: Image.Image) -> Image.Image:
    return ImageOps.invert(picture.reduce(max(picture.width // _WIDTH, 1)))


def _leans(small: Image.Image) -> tuple[float, float]:
    """How far the upper and the lower third of an inverted picture lean, in degrees; 0 where unclear."""
    third = small.height // 3
    strips = (small.crop((0, top, small.width, top + third)) for top in (0, small.height - third))
    upper, lower = (_clear_turn(strip) for strip in strips)
    return upper, lower


def _clear_turn(strip: Image.Image) -> float:
    level = _CLEARLY * _levelness(strip, 0)
    if level > _CLEARLY**2 * max(_levelness(strip, angle) for angle in (-0.5, 0.5)):
        return 0.0
    turn = _turn(strip)
    return turn if _levelness(strip, turn) > level else 0.0


def _corners(size: tuple[int, int], leans: tuple[float, ...]) -> tuple[float, ...]:
    """Where the corners of the straight page lie now: upper left, lower left, lower right, upper right.

    `leans` are of the upper and lower third, and of the left and right one.
    """
    width, height = size
    upper, lower, left, right = (math.tan(math.radians(lean)) for lean in leans)
    # The thirds lean as their middles do, a sixth of the page from its ends.
    upper, lower = upper + (upper - lower) / 4, lower + (lower - upper) / 4
    left, right = left + (left - right) / 4, right + (right - left) / 4
    return (
        -left * height / 2, -upper * width / 2,
        left * height / 2, height - lower * width / 2,
        width + right * height / 2, height + lower * width / 2,
        width - right * height / 2, upper * width / 2,
    )  # fmt: skip


def _turn(small: Image.Image) -> float:
    coarse = max(_steps(0, _MOST, 0.5), key=lambda angle: _levelness(small, angle))
    return max(_steps(coarse, 0.4, 0.1), key=lambda angle: _levelness(small, angle))


def _steps(middle: float, reach: float, step: float) -> list[float]:
    count = round(reach / step)
    return sorted((middle + step * index for index in range(-count, count + 1)), key=abs)


def _levelness(picture: Image.Image, angle: float) -> float:
    """How sharply rows of text and the white between them differ."""
    turned = picture.rotate(angle, Image.Resampling.NEAREST)
    rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return sum((upper - lower) ** 2 for upper, lower in pairwise(rows))
