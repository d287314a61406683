"""A picture of dark and light as one integer, a bit a pixel: whole pages are shifted and masked at once.

Dilation, erosion and what is made of them are known from mathematical morphology.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from PIL import Image, ImageOps

_BORDER = 32  # light pixels around the picture, so that nothing goes on in the next row
_RUN = re.compile("1+")

Run = tuple[tuple[int, int], int]  # where a run of dark pixels starts and ends, and its row


@dataclass(frozen=True, slots=True)
class Bits:
    """The dark pixels of a picture; `breadth` is how many bits lie between one row and the next."""

    dark: int
    size: tuple[int, int]
    breadth: int

    @classmethod
    def of(cls, picture: Image.Image) -> "Bits":
        """The pixels that are set on a picture of one bit a pixel."""
        bordered = ImageOps.expand(picture, _BORDER)
        return cls(int.from_bytes(bordered.tobytes(), "big"), picture.size, -(-bordered.width // 8) * 8)

    def picture(self) -> Image.Image:
        """The pixels as a picture of one bit a pixel."""
        width, height = (length + 2 * _BORDER for length in self.size)
        count = self.breadth // 8 * height
        rows = (self.dark & (1 << 8 * count) - 1).to_bytes(count, "big")
        bordered = Image.frombytes("1", (width, height), rows)
        return bordered.crop((_BORDER, _BORDER, width - _BORDER, height - _BORDER))

    def runs(self) -> Iterator[Run]:
        """The runs of dark pixels, row by row."""
        picture = self.picture()
        breadth = -(-picture.width // 8)
        rows = picture.tobytes()
        for place in range(picture.height):
            row = int.from_bytes(rows[place * breadth : (place + 1) * breadth], "big")
            if row:
                for run in _RUN.finditer(f"{row:0{8 * breadth}b}"):
                    yield run.span(), place

    def long_level(self, shortest: int, gap: int) -> "Bits":
        """Only the runs that go so far to the side; a run may step aside by a pixel and have small gaps."""
        return self._long(across=self.breadth, along=1, shortest=shortest, gap=gap)

    def long_upright(self, shortest: int, gap: int) -> "Bits":
        """Only the runs that go so far down."""
        return self._long(across=1, along=self.breadth, shortest=shortest, gap=gap)

    def count(self) -> int:
        """How many pixels are dark."""
        return self.dark.bit_count()

    def turned(self) -> "Bits":
        """The picture with its rows as columns."""
        return Bits.of(self.picture().transpose(Image.Transpose.TRANSPOSE))

    def without(self, other: "Bits") -> "Bits":
        """The dark pixels that are not dark on another picture of the same size."""
        return replace(self, dark=self.dark & ~other.dark)

    def grown(self, pixels: int) -> "Bits":
        """What is dark made broader by so many pixels on each side."""
        broad = _dilated(_dilated_back(self.dark, 1, pixels + 1), 1, pixels + 1)
        return replace(
            self, dark=_dilated(_dilated_back(broad, self.breadth, pixels + 1), self.breadth, pixels + 1)
        )

    def specks(self, largest: int, away: int) -> "Bits":
        """Only what lies in a square so large, and so far away from anything else; both in pixels."""
        square = largest + 2 * away
        level = _dilated(_dilated(self.dark, 1, square), self.breadth, away)
        upright = _dilated(_dilated(self.dark, self.breadth, square), 1, away)
        opposite = square - away
        around = level | level >> opposite * self.breadth | upright | upright >> opposite
        clear = ~around & (1 << self.dark.bit_length()) - 1
        within = _dilated_back(_dilated_back(clear, 1, largest), self.breadth, largest)
        return replace(self, dark=self.dark & within << away * (1 + self.breadth))

    def _long(self, *, across: int, along: int, shortest: int, gap: int) -> "Bits":
        broad = self.dark | self.dark << across | self.dark >> across
        closed = _eroded(_dilated(broad, along, gap), along, gap)
        return replace(self, dark=_dilated(_eroded(closed, along, shortest), along, shortest))


def _dilated(bits: int, step: int, length: int) -> int:
    """Each dark pixel drawn out, so many pixels long, to the right or down."""
    for more in _doublings(length):
        bits |= bits >> more * step
    return bits


def _dilated_back(bits: int, step: int, length: int) -> int:
    """Each dark pixel drawn out to the left or up."""
    for more in _doublings(length):
        bits |= bits << more * step
    return bits


def _eroded(bits: int, step: int, length: int) -> int:
    """Only the dark pixels that so many dark ones begin with, to the right or down."""
    for more in _doublings(length):
        bits &= bits << more * step
    return bits


def _doublings(length: int) -> Iterator[int]:
    """How far to shift, step by step, until so many pixels lie over each other: 1, 2, 4, and the rest."""
    done = 1
    while done < length:
        more = min(done, length - done)
        yield more
        done += more
