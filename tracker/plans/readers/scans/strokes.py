"""The upright strokes that a word begins with, counted on its picture: the number of a quarter, «III»."""

from itertools import takewhile

from PIL import Image

_DARK = 160  # a grey level: ink is below it
_BASE = 0.75  # of the height of the paper of a line: where its letters stand
_LEVELS = 0.14, 0.26, 0.38  # of that height above it: between the serifs of a capital
_STRAIGHT = 0.04  # of that height: how far a stroke may lean from one level to the next
_BESIDE = 0.1  # of that height: how far a word may reach beside its box

Span = tuple[int, int]


def upright_strokes(line: Image.Image, start: float, end: float) -> int:
    """How many straight strokes stand side by side at the beginning of a word on the paper of a line."""
    beside = _BESIDE * line.height
    levels = [_dark_runs(line, max(start - beside, 0), min(end + beside, line.width), at) for at in _LEVELS]
    strokes = zip(*levels, strict=False)
    return len(list(takewhile(lambda spans: _is_straight(spans, line.height), strokes)))


def _is_straight(spans: tuple[Span, ...], height: int) -> bool:
    middles = [(left + right) / 2 for left, right in spans]
    return max(middles) - min(middles) < _STRAIGHT * height


def _dark_runs(line: Image.Image, start: float, end: float, above: float) -> list[Span]:
    """Where ink begins and ends from left to right, so far above the base line."""
    row = round((_BASE - above) * line.height)
    values = line.crop((round(start), row, round(end), row + 1)).tobytes()
    runs: list[Span] = []
    for at, value in enumerate(values):
        if value >= _DARK:
            continue
        if runs and runs[-1][1] == at:
            runs[-1] = runs[-1][0], at + 1
        else:
            runs.append((at, at + 1))
    return runs
