"""Letters on a page become printed lines: words apart, marks of footnotes left out, columns told apart."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracker.plans.readers.characters import clean
from tracker.plans.readers.pdf.gutters import Char, find_gutters, places_at_end
from tracker.words import fold

# Gaps, in parts of the size of the letters.
_GAP_WITHOUT_SPACES = 0.2
_GAP_BESIDE_SPACES = 0.6
_COLUMN = 1.3
_WORD_SPACE = 0.22
_SAME_LINE = 0.3
_SUPERSCRIPT = 0.8
_HEAVY = ("bold", "black", "heavy")
_MOSTLY = 0.9
_CUT_NUMBER = re.compile(r"\w[-/]$")
# A narrow cell cuts «phòn» and «g», «thá» and «ng», «th» and «áng»: neither part is a syllable (folded here).
_CUT_BEHIND_VOWEL = re.compile(r"(?:(?<![aeiouy])[aeiouy]|[iuoy][aeo])\|(?:ch?|n[gh]?|[mpt])(?![a-z0-9/.)])")
_CUT_IN_FINAL = re.compile(r"[aeiouy](?:n\|[gh]|c\|h)(?![a-z0-9/.)])")
_CUT_BEFORE_VOWEL = re.compile(r"(?<![a-z0-9/.])(?:[bdghklmnprstvx]|[ckpt]h|n[gh]|ngh|gi|qu|tr)\|[aeiouy]")
_CUT_DATE = re.compile(  # «15/12/20» and «26», «ngày 3» and «0 tháng 6»
    r"/(?:2\|0\d\d|20\|\d\d|20\d\|\d)(?!\d)|\d/1\|[0-2]/\d|"
    r"ngày [0-3]\|\d tháng|tháng 1\|[0-2] năm 2|năm (?:2\|0\d\d|20\|\d\d|20\d\|\d)(?!\d)"
)
_CUT_WORDS = (_CUT_BEHIND_VOWEL, _CUT_IN_FINAL, _CUT_BEFORE_VOWEL)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, or the part of it in one column; lengths are in points, `top` grows downwards."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    first_word: float  # its breadth
    marked: bool = False  # begins with the raised mark of a footnote

    @property
    def middle(self) -> float:
        """Half way between its ends."""
        return (self.x0 + self.x1) / 2


def word_gap(chars: Sequence[Char]) -> float:
    """From which gap on, in parts of their size, two letters belong to two words.

    Where the page has spaces of its own, a smaller gap only spreads the letters of a word («C h í nh phủ»).
    """
    spaces = sum(char["text"].isspace() for char in chars)
    return _GAP_BESIDE_SPACES if spaces > 0.05 * len(chars) else _GAP_WITHOUT_SPACES


def printed_lines(
    chars: Iterable[Char], gap: float, before: Sequence[float] = ()
) -> tuple[list[list[Line]], tuple[float, ...]]:
    """The lines of a page from top to bottom, each as the parts that gutters or wide gaps separate.

    `gap` is what `word_gap` says of the page, `before` where the columns part of a table without rules that
    the page before ends in; where those part that this page ends in comes back beside the lines.
    """
    lines = []
    rows = _rows(chars)
    gutters = find_gutters(rows, before)
    for row in rows:
        kept, marked = _without_marks(row)
        places = [place for g in gutters if g.top <= row[0]["top"] < g.bottom for place in g.places]
        parts = [line for part in _parts(kept, places) if (line := _line(part, gap, marked=marked))]
        if parts:
            lines.append(parts)
    return lines, places_at_end(gutters, rows)


def cell_lines(chars: Iterable[Char], gap: float) -> list[Line]:
    """The lines of a cell; a gap in one separates nothing."""
    rows = (_without_marks(row)[0] for row in _rows(chars))
    return [line for row in rows if (line := _line(row, gap))]


def _rows(chars: Iterable[Char]) -> list[list[Char]]:
    """Letters that stand on one line, left to right; a raised mark belongs to the line it overlaps."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: -char["bottom"]):
        row = next((row for row in rows[-3:] if _on_line(char, row[0])), None)
        if row is None:
            rows.append([char])
        else:
            row.append(char)
    for row in rows:
        row.sort(key=lambda char: char["x0"])
    return sorted(rows, key=lambda row: min(char["top"] for char in row))


def _on_line(char: Char, other: Char) -> bool:
    if abs(char["bottom"] - other["bottom"]) < _SAME_LINE * max(char["size"], other["size"]):
        return True
    middle = (char["top"] + char["bottom"]) / 2
    return char["size"] < _SUPERSCRIPT * other["size"] and other["top"] - 2 < middle < other["bottom"]


def _without_marks(row: list[Char]) -> tuple[list[Char], bool]:
    """The line without raised footnote marks, and whether one stood at its start; the 2 of m² stays."""
    size = _size([char for char in row if char["text"].strip()] or row)
    low = max(char["bottom"] for char in row)
    kept: list[Char] = []
    marked = False
    for char in row:
        raised = char["size"] < _SUPERSCRIPT * size and char["bottom"] < low - 0.1 * size
        if (
            raised
            and (char["text"].isdigit() or char["text"] in "*()")
            and not (kept and kept[-1]["text"] == "m")
        ):
            marked = marked or not kept
        elif not (kept and _printed_twice(kept[-1], char)):
            kept.append(char)
    return kept, marked


def _printed_twice(before: Char, char: Char) -> bool:
    """Whether the letter makes the one before bold by standing on it."""
    return before["text"] == char["text"] and char["x0"] - before["x0"] < 0.1 * char["size"]


def _parts(row: list[Char], gutters: Sequence[float]) -> Iterator[list[Char]]:
    part: list[Char] = []
    for char in row:
        if char["text"].isspace():
            part += [char] * bool(part)
            continue
        printed = next((before for before in reversed(part) if not before["text"].isspace()), None)
        if printed and (
            char["x0"] - printed["x1"] > _COLUMN * char["size"]
            or any(printed["x1"] < place < char["x0"] for place in gutters)
        ):
            yield part
            part = []
        part.append(char)
    if part:
        yield part


def _line(row: Sequence[Char], gap: float, *, marked: bool = False) -> Line | None:
    """The line of these letters, None where they are blank."""
    text = ""
    chars: list[Char] = []
    first_end = None
    for char in row:
        blank = char["text"].isspace()
        if text and not text.endswith(" ") and (blank or char["x0"] - chars[-1]["x1"] > gap * char["size"]):
            first_end = first_end or chars[-1]["x1"]
            text += " "
        if not blank:
            chars.append(char)
            text += char["text"]
    if not clean(text):
        return None
    letters = [char for char in chars if char["text"].isalnum()] or chars
    heavy = sum(any(word in char["fontname"].lower() for word in _HEAVY) for char in letters)
    return Line(
        text=clean(text),
        x0=chars[0]["x0"],
        x1=max(char["x1"] for char in chars),
        top=min(char["top"] for char in chars),
        bottom=max(char["bottom"] for char in chars),
        size=_size(chars),
        bold=heavy >= _MOSTLY * len(letters),
        first_word=(first_end or chars[-1]["x1"]) - chars[0]["x0"],
        marked=marked,
    )


def _size(chars: Sequence[Char]) -> float:
    """The size that most letters have, in points."""
    return Counter(round(char["size"], 1) for char in chars).most_common(1)[0][0]


def joined(before: str, after: str) -> str:
    """Two lines as one: «Nghị quyết số 66-» and «NQ/TW», «phòn» and «g» without a space between them."""
    cut = _CUT_NUMBER.search(before) or _is_cut_word(before, after) or _is_cut_date(before, after)
    return before + after if cut else f"{before} {after}"


def _is_cut_date(before: str, after: str) -> bool:
    return bool(_CUT_DATE.search(f"{before[-7:]}|{after[:8]}"))


def _is_cut_word(before: str, after: str) -> bool:
    edge = f"{before[-5:]}|{after[:4]}"
    return (before[-1:] + after[:1]).islower() and any(cut.search(fold(edge)) for cut in _CUT_WORDS)


def wrapped(before: Line, line: Line, room: float) -> bool:
    """Whether the line before, which had so much room, had none left for the first word of this one."""
    return before.x1 - before.x0 + _WORD_SPACE * before.size + line.first_word > room
