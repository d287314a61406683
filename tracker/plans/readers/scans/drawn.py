"""Which rules are drawn on the picture of a page: the long strokes that no letters make."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from heapq import merge
from itertools import takewhile

from PIL import Image, ImageDraw

from tracker.plans.readers.pdf.rules import Thing
from tracker.plans.readers.scans.bits import Bits, Run
from tracker.plans.readers.scans.cleaning import dark

_SHORTEST_LEVEL = 24.0  # points; an underlined word may be one, but no table is made of it
_SHORTEST_UPRIGHT = 13.0  # points; more than the highest letters of a text
_SURELY_A_RULE = 60.0  # points; letters of one word stand on no longer a stroke
_REACH = 6  # pixels between the end of a rule and the rule that it meets
_FAINT = 2  # pixels beside a rule that it still darkens
_GAP = 3  # pixels that dust or poor printing may break out of a rule
_WHITE = 255

Stroke = list[Run]


def find_rules(picture: Image.Image, dots: float) -> tuple[list[Thing], Image.Image]:
    """The edges of the rules on a grey picture with so many pixels a point, and the picture without them."""
    ink = Bits.of(dark(picture, dots))
    upright = ink.long_upright(round(_SHORTEST_UPRIGHT * dots), _GAP)
    levels = list(_strokes(ink.long_level(round(_SHORTEST_LEVEL * dots), _GAP).runs()))
    uprights = list(_strokes(upright.turned().runs()))
    sure = round(_SURELY_A_RULE * dots)
    levels = [stroke for stroke in levels if _is_rule(stroke, uprights, sure)]
    uprights = [stroke for stroke in uprights if _is_rule(stroke, levels, sure)]
    edges = [_edge("h", run, dots) for stroke in levels for run in stroke]
    edges += [_edge("v", run, dots) for stroke in uprights for run in stroke]
    return edges, _without(picture, levels, uprights)


def _strokes(runs: Iterable[Run]) -> Iterator[Stroke]:
    """Runs that touch each other, row under row, are one stroke."""
    growing: list[Stroke] = []
    for run in runs:
        reaching, ended = _parted(growing, partial(_reaches, run))
        touching, apart = _parted(reaching, partial(_touches, run))
        yield from ended
        growing = [*apart, [*merge(*touching, key=_row), run]]
    yield from growing


def _parted(strokes: Sequence[Stroke], test: Callable[[Stroke], bool]) -> tuple[list[Stroke], list[Stroke]]:
    """Those that pass a test and those that do not."""
    passed: tuple[list[Stroke], list[Stroke]] = [], []
    for stroke in strokes:
        passed[not test(stroke)].append(stroke)
    return passed


def _row(run: Run) -> int:
    return run[1]


def _reaches(run: Run, stroke: Stroke) -> bool:
    """Whether a stroke comes down to the row of a run."""
    return _row(stroke[-1]) >= _row(run) - 1


def _touches(run: Run, stroke: Stroke) -> bool:
    """Whether a run lies beside or below one of the last runs of a stroke."""
    (start, end), row = run
    near = takewhile(lambda other: _row(other) >= row - 1, reversed(stroke))
    return any(left < end and start < right for (left, right), _ in near)


def _is_rule(stroke: Stroke, across: Sequence[Stroke], sure: int) -> bool:
    """Whether a stroke is longer than any that letters make, or goes from one stroke across it to another."""
    start, end = min(run[0] for run, _ in stroke), max(run[1] for run, _ in stroke)
    if end - start >= sure:
        return True
    place = _row(stroke[len(stroke) // 2])
    return all(any(_meets(other, at, place) for other in across) for at in (start, end))


def _meets(stroke: Stroke, at: int, place: int) -> bool:
    near = any(abs(row - at) <= _REACH for _, row in (stroke[0], stroke[-1]))
    return near and any(run[0] - _REACH <= place <= run[1] + _REACH for run, _ in stroke)


def _edge(orientation: str, run: Run, dots: float) -> Thing:
    """A run as pdfplumber tells the edge of a rule, in points."""
    start, end = (pixel / dots for pixel in run[0])
    at = (_row(run) + 0.5) / dots
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
                low, high = place - _FAINT, place + _FAINT
                first, last = start - _FAINT, end + _FAINT - 1
                draw.rectangle((low, first, high, last) if turned else (first, low, last, high), fill=_WHITE)
    return clean
