"""Where the printed lines of a cell lie on its picture: the places that bear the least ink part them."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image

Band = tuple[int, int]  # the rows of pixels of a line, the last excluded

_WHITE = 255
_DARK = 160  # a grey level: ink is below it
_LEAST_PITCH, _MOST_PITCH = 9.0, 26.0  # points between two lines
_USUAL_PITCH = 15.0  # points: 13-point letters, as the rules for official letters ask for
_SHORTEST, _LONGEST = 0.72, 1.4  # of the pitch: how high a line between two others may be
_FIRST = 0.35, 1.1  # of the pitch: how far down the first base line may lie
_LAST = 0.4  # of the pitch: how far up the last one may lie
_DESCENT = (
    0.13,
    0.27,
    0.19,
)  # of the pitch: how far letters reach below the base line, at least, most, usually
_UNEVEN = 0.6  # how much a line of another height than the pitch counts beside the ink that is cut
_ABOVE, _BELOW = 0.9, 0.3  # of the pitch: how far from the base line letters reach
_WIDEST_GAP = 0.8  # of the pitch: what parts words at most
_STEP = 2  # rows of pixels looked at together


@dataclass(frozen=True, slots=True)
class Standing:
    """A line made ready to be read, and where on the paper its parts begin and where they stood before."""

    paper: Image.Image
    starts: tuple[Band, ...]

    def place(self, at: float) -> float:
        """Where on the line something stood that is now so far from the left of the paper."""
        now, before = next((pair for pair in reversed(self.starts) if pair[0] <= at), self.starts[0])
        return at - now + before


def ink_by_row(picture: Image.Image) -> list[float]:
    """How many dark pixels each row of a grey picture holds."""
    dark = picture.point(lambda value: int(value < _DARK)).convert("F")
    rows = dark.resize((1, picture.height), Image.Resampling.BOX)
    return [share * picture.width for share in array("f", rows.tobytes())]


def pitch(inks: Sequence[Sequence[float]], dots: float) -> float:
    """How many pixels lie between the lines of the cells of a page; with so many pixels a point."""
    lags = range(round(_LEAST_PITCH * dots), round(_MOST_PITCH * dots))
    likeness = dict.fromkeys(lags, 0.0)
    for ink in inks:
        if len(ink) < 2 * _LEAST_PITCH * dots:
            continue
        mean = sum(ink) / len(ink)
        level = [value - mean for value in ink[::_STEP]]
        for lag in lags[::_STEP]:
            off = lag // _STEP
            if off < len(level):
                likeness[lag] += sum(a * b for a, b in zip(level, level[off:], strict=False))
    best = max(likeness, key=lambda lag: likeness[lag])
    return best if likeness[best] > 0 else _USUAL_PITCH * dots


def printed_lines(ink: Sequence[float], pitch: float) -> list[Band]:
    """The lines of a cell, whose rows of pixels bear so much ink, from top to bottom."""
    lines: list[Band] = []
    for top, bottom in _inked(ink, round(0.15 * pitch)):
        if bottom - top < 1.25 * pitch:
            lines.append((top, bottom))
            continue
        cuts = [top, *(top + cut for cut in _cuts(ink[top:bottom], pitch)), bottom]
        lines += pairwise(cuts)
    return _with_loose_marks(lines, pitch)


def standing(line: Image.Image, pitch: float) -> Standing:
    """The line on paper of the same height for all lines, its letters on the same row, its words near."""
    drops = _drops(ink_by_row(line), pitch)
    base = max(range(len(drops) // 3, len(drops)), key=lambda row: drops[row])
    above, below = round(_ABOVE * pitch), round(_BELOW * pitch)
    parts = _without_wide_gaps(line, round(_WIDEST_GAP * pitch))
    paper = Image.new("L", (sum(right - left for left, right in parts), above + below), _WHITE)
    starts = []
    at = 0
    for left, right in parts:
        paper.paste(line.crop((left, 0, right, line.height)), (at, above - base))
        starts.append((at, left))
        at += right - left
    return Standing(paper, tuple(starts))


def _without_wide_gaps(line: Image.Image, widest: int) -> list[Band]:
    """The columns of a line, but for those in the middle of gaps that spread its words over its breadth."""
    inked = _inked(ink_by_row(line.transpose(Image.Transpose.TRANSPOSE)), widest)
    if not inked:
        return [(0, line.width)]
    near = widest // 2
    parts = [(left - near, right + near) for left, right in inked]
    return [(max(left, 0), min(right, line.width)) for left, right in parts]


def _inked(ink: Sequence[float], blank: int) -> list[Band]:
    """The runs of rows that bear ink, parted by more than so many blank ones."""
    runs: list[list[int]] = []
    for row, value in enumerate(ink):
        if value >= 1:
            if runs and row - runs[-1][1] <= blank:
                runs[-1][1] = row + 1
            else:
                runs.append([row, row + 1])
    return [(top, bottom) for top, bottom in runs]


def _cuts(ink: Sequence[float], pitch: float) -> list[int]:
    """Where to part rows into lines: below each base line but the last, where the least ink is cut."""
    cuts = []
    for base in _base_lines(ink, pitch)[:-1]:
        below = range(base + round(_DESCENT[0] * pitch), min(base + round(_DESCENT[1] * pitch), len(ink)))
        cuts.append(min(below, key=lambda row: (ink[row], abs(row - base - _DESCENT[2] * pitch))))
    return cuts


def _drops(ink: Sequence[float], pitch: float) -> list[float]:
    """How sharply ink ends at each row."""
    width = max(round(0.06 * pitch), 1)
    padded = [0.0] * width + list(ink) + [0.0] * width
    return [
        sum(padded[row : row + width]) - sum(padded[row + width : row + 2 * width])
        for row in range(len(ink) + 1)
    ]


def _base_lines(ink: Sequence[float], pitch: float) -> list[int]:
    """The rows on which the letters of the lines stand: where ink ends most sharply, about a pitch apart."""
    usual = sum(ink) / len(ink) * max(round(0.06 * pitch), 1)
    best: list[tuple[float, int]] = []
    for row, drop in enumerate(_drops(ink, pitch)):
        start = 0.0 if _FIRST[0] * pitch < row < _FIRST[1] * pitch else float("-inf")
        chain = max(
            (
                (best[before][0] - _UNEVEN * usual * ((row - before) / pitch - 1) ** 2, before)
                for before in range(max(row - int(_LONGEST * pitch), 0), row - int(_SHORTEST * pitch) + 1)
            ),
            default=(float("-inf"), -1),
        )
        value, before = max((start, -1), chain)
        best.append((value + drop, before))
    row = max(range(max(len(ink) - int(_LAST * pitch), 0), len(ink) + 1), key=lambda row: best[row][0])
    lines = []
    while row >= 0:
        lines.append(row)
        row = best[row][1]
    return lines[::-1]


def _with_loose_marks(lines: Sequence[Band], pitch: float) -> list[Band]:
    """The lines, what is too low for a line of its own joined to the nearer of its neighbours."""
    kept: list[Band] = []
    for index, (top, bottom) in enumerate(lines):
        if bottom - top >= 0.3 * pitch or len(lines) == 1:
            kept.append((top, bottom))
            continue
        above = top - kept[-1][1] if kept else float("inf")
        below = lines[index + 1][0] - bottom if index + 1 < len(lines) else float("inf")
        if min(above, below) > 0.3 * pitch:
            kept.append((top, bottom))
        elif above < below:
            kept[-1] = kept[-1][0], bottom
        else:
            lines = [*lines[: index + 1], (top, lines[index + 1][1]), *lines[index + 2 :]]
    return kept
