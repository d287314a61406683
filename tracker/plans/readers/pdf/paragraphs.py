"""Printed lines become the paragraphs that were typed, by where they start and end."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.plans.blocks import Paragraph, Where
from tracker.plans.readers.lines import cut_apart, ends_sentence, opens_item, rejoin
from tracker.plans.readers.pdf.lines import Line, joined, wrapped

_CENTRED = 12.0  # points from the middle of the page
_WIDEST_MARGIN = 0.2  # of the page's width
_OTHER_SIZE = 0.2
_BROAD = 0.55  # of the text's width
_FAR = 1.6  # of the usual distance of lines
_CLEARLY_APART = 2.5  # of the size of the letters


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the text of a page starts and ends sideways, and how far its lines stand apart, in points."""

    left: float
    right: float
    pitch: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line with its parts, and where it stands: the page and its number there, from 1."""

    parts: list[Line]
    page: int
    number: int
    margins: Margins

    @property
    def where(self) -> Where:
        return Where(page=self.page, line=self.number)


def margins(lines: Sequence[list[Line]], page_width: float) -> Margins:
    """The margins of a page with these lines; never narrower than the widest that offices set."""
    parts = [part for line in lines for part in line]
    ends = sorted(part.x1 for part in parts)
    pitches = Counter(round(after[0].bottom - before[0].bottom) for before, after in pairwise(lines))
    return Margins(
        left=min([_WIDEST_MARGIN * page_width, *(part.x0 for part in parts)]),
        right=max([(1 - _WIDEST_MARGIN) * page_width, *ends[: max(int(len(ends) * 0.95), 1)]]),
        pitch=pitches.most_common(1)[0][0] if pitches else 0,
    )


def paragraphs(lines: Sequence[PlacedLine]) -> Iterator[Paragraph]:
    """The paragraphs of the lines between two tables; a paragraph may go over several pages.

    Lines in columns, as in a heading or beside a signature, are read column by column.
    """
    running: list[PlacedLine] = []
    rest = list(lines)
    while rest:
        block = _columns(rest)
        if block:
            yield from _running(running)
            running = []
            yield from _by_column(rest[:block])
            rest = rest[block:]
        else:
            running.append(_whole(rest.pop(0)))
    yield from _running(running)


def _columns(lines: Sequence[PlacedLine]) -> int:
    """How many of the next lines stand in the columns that the first opens; 0 where it opens none."""
    first = lines[0]
    if len(first.parts) < 2:
        return 0
    gaps = [after.x0 - before.x1 for before, after in pairwise(first.parts)]
    edges = _gutters(first)
    count = 1
    for before, line in pairwise(lines):
        near = line.parts[0].top - before.parts[0].bottom < _CLEARLY_APART * line.parts[0].size
        crosses = any(part.x0 < edge < part.x1 for part in line.parts for edge in edges)
        if line.page != first.page or not near or crosses or _is_below_columns(line, first):
            break
        count += 1
    clear = max(gaps) > _CLEARLY_APART * first.parts[0].size
    return count if count > 1 or clear else 0


def _is_below_columns(line: PlacedLine, first: PlacedLine) -> bool:
    """Whether a line is a title in the middle of the page rather than one more line of a column."""
    if len(line.parts) > 1:
        return False
    middle = line.parts[0].middle
    return abs(middle - line.margins.middle) < min(abs(middle - part.middle) for part in first.parts)


def _gutters(line: PlacedLine) -> list[float]:
    """The middles between the parts of a line."""
    return [(before.x1 + after.x0) / 2 for before, after in pairwise(line.parts)]


def _by_column(lines: Sequence[PlacedLine]) -> Iterator[Paragraph]:
    edges = _gutters(lines[0])
    for column in range(len(edges) + 1):
        yield from rejoin(
            Paragraph(text=part.text, where=line.where, bold=part.bold)
            for line in lines
            for part in line.parts
            if sum(edge < part.middle for edge in edges) == column
        )


def _whole(line: PlacedLine) -> PlacedLine:
    """The line as one part: the gap in it only spread its words."""
    if len(line.parts) == 1:
        return line
    first, last = line.parts[0], line.parts[-1]
    text = " ".join(part.text for part in line.parts)
    whole = Line(text, first.x0, last.x1, first.top, last.bottom, first.size,
                 all(part.bold for part in line.parts), first.first_word, first.marked)  # fmt: skip
    return PlacedLine([whole], line.page, line.number, line.margins)


def _running(lines: Iterable[PlacedLine]) -> Iterator[Paragraph]:
    """Lines of one column as paragraphs."""
    group: list[PlacedLine] = []
    for line in lines:
        if group and not _goes_on(group[-1], line):
            yield _paragraph(group)
            group = []
        group.append(line)
    if group:
        yield _paragraph(group)


def _paragraph(lines: Sequence[PlacedLine]) -> Paragraph:
    text = lines[0].parts[0].text
    for line in lines[1:]:
        text = joined(text, line.parts[0].text)
    return Paragraph(text=text, where=lines[0].where, bold=all(line.parts[0].bold for line in lines))


def _goes_on(before: PlacedLine, line: PlacedLine) -> bool:
    """Whether the line belongs to the paragraph of the line before."""
    upper, lower = before.parts[0], line.parts[0]
    if _set_apart(before, line):
        return False
    if _is_centred(before) and _is_centred(line):
        return _title_goes_on(upper, lower, before.margins)
    if cut_apart(upper.text, lower.text):
        return True
    if opens_item(lower.text) and not (lower.text.isupper() and upper.text.isupper()):
        return False
    if lower.text[0].islower() and not ends_sentence(upper.text):
        return True
    indented = lower.x0 - line.margins.left > upper.x0 - before.margins.left + 0.5 * lower.size
    room = before.margins.right - upper.x0
    return not indented and wrapped(upper, lower, room)


def _set_apart(before: PlacedLine, line: PlacedLine) -> bool:
    upper, lower = before.parts[0], line.parts[0]
    if abs(upper.size - lower.size) > _OTHER_SIZE * upper.size or (
        upper.bold != lower.bold and upper.text.isupper()
    ):
        return True
    return before.page == line.page and lower.bottom - upper.bottom > _FAR * line.margins.pitch


def _is_centred(line: PlacedLine) -> bool:
    part = line.parts[0]
    off = abs(part.middle - line.margins.middle)
    return off < _CENTRED and (part.x0 > line.margins.left + 1.5 * part.size or part.bold)


def _title_goes_on(upper: Line, lower: Line, page: Margins) -> bool:
    """Centred lines are one title when they look alike, and the first is broad or has to go on."""
    if upper.bold != lower.bold or upper.text.isupper() != lower.text.isupper() or ends_sentence(upper.text):
        return False
    if opens_item(lower.text) and not lower.text.isupper():
        return False
    open_bracket = upper.text.count("(") > upper.text.count(")")
    return open_bracket or lower.text[0].islower() or upper.x1 - upper.x0 > _BROAD * page.width
