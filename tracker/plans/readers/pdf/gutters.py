"""The white between the columns of a table without rules: it goes down through all of its lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_FEWEST_LINES = 8
_HEADER = 6  # lines, of which the fullest shows the columns
_FEWEST = 3  # gutters: four columns
_KEPT = 0.7  # of the gutters, from one line to the next: fewer, and the line is no part of the table
_NARROWEST = 4.0  # points; a space between words is narrower, or not in the same place on every line
_SPACE = 0.5  # of the size of the letters, at most
_APART = 3.0  # of the size of the letters: the next line is no longer in the table

Char = dict[str, Any]  # a letter as pdfplumber tells it: text, x0, x1, top, bottom, size, fontname
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Gutters:
    """Where columns part, from the left to the right, on the lines between two heights; in points."""

    top: float
    bottom: float
    places: tuple[float, ...]


def find_gutters(rows: Sequence[Sequence[Char]], before: Sequence[float] = ()) -> list[Gutters]:
    """The gutters on a page, its letters given line by line.

    `before` are the places of the table at the end of the page before, which may go on with a few lines.
    """
    printed = [row for row in map(_stripped, rows) if row]
    found, start = [], 0
    while start < len(printed):
        best, end, white = max(
            ((at, *_run(printed, at)) for at in range(start, min(start + _HEADER, len(printed)))),
            key=lambda run: len(run[2]) if run[1] - run[0] >= _FEWEST_LINES else 0,
        )
        if end - best >= _FEWEST_LINES and len(white) >= _FEWEST:
            places = tuple((left + right) / 2 for left, right in white)
            first = _first(printed, best, places)
            found.append(Gutters(_top(printed[first]), _bottom(printed[end - 1]), places))
            start = end
        else:
            start += 1
    rest = _continued(printed, before)
    if rest is None or (found and found[0].top < rest.bottom and len(found[0].places) >= len(rest.places)):
        return found
    return [rest, *(gutters for gutters in found if gutters.top >= rest.bottom)]


def places_at_end(found: Sequence[Gutters], rows: Sequence[Sequence[Char]]) -> tuple[float, ...]:
    """The places of the table that the page ends in, its number aside; empty where it ends otherwise."""
    below = [row for row in map(_stripped, rows) if row and found and _top(row) >= found[-1].bottom]
    return found[-1].places if found and len(below) <= 1 else ()


def _continued(rows: Sequence[Sequence[Char]], places: Sequence[float]) -> Gutters | None:
    """The lines near the top of a page that leave all places free, from one that fills most columns on."""
    start = next((at for at, row in enumerate(rows[:_HEADER]) if _fills(row, places)), None)
    if not places or start is None:
        return None
    end = start + 1
    while end < len(rows) and _leaves_free(rows[end], places) and not _is_far(rows, end):
        end += 1
    return Gutters(_top(rows[start]), _bottom(rows[end - 1]), tuple(places))


def _fills(row: Sequence[Char], places: Sequence[float]) -> bool:
    columns = {sum(place < char["x0"] for place in places) for char in row if not char["text"].isspace()}
    return _leaves_free(row, places) and len(columns) >= _FEWEST


def _leaves_free(row: Sequence[Char], places: Sequence[float]) -> bool:
    return not any(char["x0"] < place < _end(char) for char in row for place in places)


def _is_far(rows: Sequence[Sequence[Char]], at: int) -> bool:
    """Whether so much white stands over a line that it is no longer in the table."""
    return _top(rows[at]) - _bottom(rows[at - 1]) > _APART * rows[at][0]["size"]


def _run(rows: Sequence[Sequence[Char]], start: int) -> tuple[int, list[Span]]:
    """The line after the last that shares its white with the line `start`, and what white they share.

    The gaps of that line are followed one by one: the broad spaces of a justified line part one gap into
    several, until a line below closes the false ones.
    """
    gaps = [[span] for span in _white(rows[start])]
    end = start + 1
    while end < len(rows):
        left = [shared for gap in gaps if (shared := _shared(gap, rows[end]))]
        if _is_far(rows, end) or len(left) < max(_FEWEST, _KEPT * len(gaps)):
            break
        gaps = left
        end += 1
    return end, [span for gap in gaps for span in gap]


def _first(rows: Sequence[Sequence[Char]], start: int, places: Sequence[float]) -> int:
    """The first of the lines above `start`, of the header, that leave all gutters free."""
    while start and _bottom(rows[start - 1]) > _top(rows[start]) - rows[start][0]["size"]:
        if not _leaves_free(rows[start - 1], places):
            break
        start -= 1
    return start


def _white(row: Sequence[Char]) -> list[Span]:
    """The gaps between the letters of a line that may be gutters."""
    gaps, edge = [], row[0]["x1"]
    for char in row:
        if not char["text"].isspace() and char["x0"] - edge >= _NARROWEST:
            gaps.append((edge, char["x0"]))
        edge = max(edge, _end(char))
    return gaps


def _end(char: Char) -> float:
    """How far a letter reaches; a space between words is no white, but it may lead to a gutter."""
    return min(char["x1"], char["x0"] + _SPACE * char["size"]) if char["text"].isspace() else char["x1"]


def _stripped(row: Sequence[Char]) -> Sequence[Char]:
    """The line without the spaces at its start and end."""
    letters = [index for index, char in enumerate(row) if not char["text"].isspace()]
    return row[letters[0] : letters[-1] + 1] if letters else []


def _shared(white: Sequence[Span], row: Sequence[Char]) -> list[Span]:
    """What of the white stays white on another line."""
    free = [(float("-inf"), row[0]["x0"]), *_white(row), (max(char["x1"] for char in row), float("inf"))]
    shared = ((max(left, start), min(right, stop)) for left, right in white for start, stop in free)
    return [(left, right) for left, right in shared if right - left >= _NARROWEST]


def _top(row: Sequence[Char]) -> float:
    return min(char["top"] for char in row)


def _bottom(row: Sequence[Char]) -> float:
    return max(char["bottom"] for char in row)
