"""A picture of a page is cleaned before it is read: its paper made white, its dust taken off."""

from PIL import Image, ImageChops, ImageFilter

from tracker.plans.readers.scans.bits import Bits

_COARSE = 8  # pixels of a picture in one of its background
_AROUND = 7  # pixels of the background: more than a stroke of a letter
_WHITE = 255
_BLANK = 250  # a grey level: paper is above it on a picture that was cleaned before
_MOSTLY = 0.6  # of a page is paper
_FAINT = 228  # a grey level: what is lighter is the grain of paper
_NEAR = 12.0  # points around a pixel whose brightness tells what is dark there
_DARKER = 0.78  # of that brightness
_DUST = 2.0, 3.0  # points: how large dust is, and how far away from any letter
_DUSTY = 60  # dark pixels of dust on a page: there is more of it, also close to letters
_FINE_DUST = 0.8, 0.3  # points; the dots of letters are larger
_EDGE = 2  # pixels: how far a speck darkens what is beside it


def cleaned(picture: Image.Image, dots: float) -> Image.Image:
    """The grey picture, with so many pixels a point, without shadows, grain and dust.

    Where there is nothing to clean, letters keep each of their pixels.
    """
    clean = picture.copy() if _is_white(picture) else _whitened(picture)
    ink = Bits.of(dark(clean, dots))
    dust = ink.specks(*_pixels(_DUST, dots))
    if dust.count() > _DUSTY:
        rest = ink.without(dust)
        dust = ink.without(rest.without(rest.specks(*_pixels(_FINE_DUST, dots))))
    clean.paste(_WHITE, mask=dust.grown(_EDGE).picture())
    return clean


def _pixels(points: tuple[float, float], dots: float) -> tuple[int, int]:
    return round(points[0] * dots), round(points[1] * dots)


def _is_white(picture: Image.Image) -> bool:
    return sum(picture.histogram()[_BLANK:]) > _MOSTLY * picture.width * picture.height


def _whitened(picture: Image.Image) -> Image.Image:
    """The picture with its paper white all over: shadows are taken off, and the grain of the paper."""
    coarse = picture.reduce(_COARSE).filter(ImageFilter.MaxFilter(_AROUND))
    paper = coarse.filter(ImageFilter.GaussianBlur(_AROUND)).resize(picture.size, Image.Resampling.BILINEAR)
    lit = ImageChops.add(picture, ImageChops.invert(paper))
    return lit.point(lambda value: _WHITE if value > _FAINT else value)


def dark(picture: Image.Image, dots: float) -> Image.Image:
    """What is clearly darker than its surroundings: ink, but no shaded cell and no shadow on the scan."""
    around = picture.filter(ImageFilter.BoxBlur(round(_NEAR * dots)))
    limit = around.point(lambda value: int(value * _DARKER))
    return ImageChops.subtract(limit, picture).point(lambda value: _WHITE * (value > 0), "1")
