"""How far a page lies askew on the scanner."""

from itertools import pairwise

from PIL import Image, ImageOps

_WIDTH = 600  # pixels; enough to see a tenth of a degree
_MOST = 4.0  # degrees


def skew(picture: Image.Image) -> float:
    """By how many degrees, counter-clockwise, the picture must be turned for its lines to lie level."""
    small = ImageOps.invert(picture.reduce(max(picture.width // _WIDTH, 1)))
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
