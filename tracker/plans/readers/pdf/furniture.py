"""What stands on a page beside its text: running heads, page numbers, footnotes."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tracker.plans.readers.pdf.lines import Line
from tracker.plans.readers.pdf.ruled import RuledTable
from tracker.words import fold

_MARGIN = 0.11  # of the height, at the top and at the bottom
_FEWEST_PAGES = 3
_SMALL = 0.87  # of the size of the text
_NUMBER = re.compile(
    r"(trang|page)?\s*[-–—]*\s*(\d{1,4}|[ivxl]{1,6})(\s*/\s*\d{1,4})?\s*[-–—]*", re.IGNORECASE
)
_RULE = re.compile(r"[_\-–—=*.\s]+")
_NUMBERED = re.compile(r"[^\W\d]?\d+")
_TITLE = re.compile(r"(phụ lục|biểu|mẫu|danh mục)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageText:
    """One page: its lines outside tables (each as its parts), its tables, its size in points."""

    number: int
    width: float
    height: float
    lines: list[list[Line]]
    tables: list[RuledTable]
    levels: tuple[float, ...] = ()  # how far from the top its level rules lie
    sure: float = 100.0  # per cent: how sure the recognition of its letters is
    converted: bool = False  # from an old font
    parted_at: tuple[float, ...] = ()  # where the columns part of a table without rules at its end, in points


def without_furniture(pages: list[PageText]) -> tuple[list[PageText], bool]:
    """The pages without running heads, page numbers and footnotes; whether there were notes.

    A running head is a line in the margin that stands, numbers aside, on half of the pages and on three at
    least.
    """
    size = text_size(pages)
    counts = Counter(
        key for page in pages for key in {_key(line) for line in page.lines if _in_margin(line, page)}
    )
    running = {key for key, count in counts.items() if count >= max(_FEWEST_PAGES, len(pages) / 2)}
    cleaned, noted = [], False
    for page in pages:
        lines = [_without_rules(line) for line in page.lines if not _is_furniture(line, page, running)]
        lines = [line for line in lines if line]
        end = _footnotes(lines, size)
        noted = noted or end < len(lines)
        cleaned.append(replace(page, lines=lines[:end]))
    return cleaned, noted


def text_size(pages: Iterable[PageText]) -> float:
    """The size of most of the letters outside tables, in points; 0 where there are none."""
    sizes = Counter[float]()
    for page in pages:
        for line in page.lines:
            for part in line:
                sizes[part.size] += len(part.text)
    return max(sizes, key=lambda size: sizes[size], default=0)


def _is_furniture(line: list[Line], page: PageText, running: set[str]) -> bool:
    text = _text(line)
    return _in_margin(line, page) and (_key(line) in running or bool(_NUMBER.fullmatch(text)))


def _without_rules(line: list[Line]) -> list[Line]:
    """The parts that are more than a rule drawn with letters."""
    return [part for part in line if not _RULE.fullmatch(part.text)]


def _in_margin(line: list[Line], page: PageText) -> bool:
    depth = _MARGIN * page.height
    return line[0].bottom < depth or line[0].top > page.height - depth


def _key(line: list[Line]) -> str:
    """What stays the same of a running head, also where a scanner saw «Só 242 … T5» for «Số 242 … 75».

    Titles of appendices are told apart by their numbers.
    """
    text = _text(line)
    return text if _TITLE.match(text) else _NUMBERED.sub("#", fold(text)).strip("# ")


def _text(line: list[Line]) -> str:
    return " ".join(part.text for part in line)


def _footnotes(lines: list[list[Line]], size: float) -> int:
    """Where the footnotes at the foot of the page begin: small lines, the first with a raised mark."""
    first = end = len(lines)
    while first and max(part.size for part in lines[first - 1]) <= _SMALL * size:
        first -= 1
        if lines[first][0].marked:
            end = first
    return end
