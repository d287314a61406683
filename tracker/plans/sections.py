"""The tables of a document as sections: runs of rows under one header, over as many pages as they take."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tracker.plans.blocks import Document, Row
from tracker.plans.blocks import Table as PrintedTable
from tracker.plans.columns import Columns, guess_columns, read_header
from tracker.plans.figures import FigureColumns, read_figure_header
from tracker.plans.numbering import parse_number, split_number
from tracker.plans.roles import Role
from tracker.plans.wording import key

Header = Columns | FigureColumns

_LONGEST_CAPTION = 200
_NEAR = 3  # paragraphs right over a table
_APPENDIX = re.compile(r"(phụ lục|biểu)\b", re.IGNORECASE)


@dataclass(slots=True)
class Section:
    """Rows under one header; no header where none was recognised.

    `captions` are the paragraphs between this table and the one before; `sheet` is the name of the sheet of a
    workbook that it stands in; `headers` are the rows of the header,
    also those printed again on later pages; `printed` counts the tables on paper.
    """

    header: Header | None
    captions: tuple[str, ...] = ()
    headers: list[Row] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    sheet: str = ""

    def repeats(self, other: "Section") -> bool:
        """Whether the header of rows met later is this one, printed again: all of it, or its first row."""
        if self.header is None or other.header is None:
            return False
        first = self.headers and len(other.headers) == 1 and _is_begun(self.headers[0], other.headers[0])
        return bool(first) or _names(other.header) == _names(self.header)

    def leads_on_to(self, other: "Section") -> bool:
        """Whether rows without a header, apart under a heading of their own, have the columns of these."""
        if not isinstance(self.header, Columns) or other.header is not None or not other.rows:
            return False
        at = self.header.index(Role.NO)
        cells = other.rows[0].cells
        return len(cells) == len(self.header.names) and at is not None and bool(parse_number(cells[at].text))

    def fits(self, table: PrintedTable) -> bool:
        """Whether a table without a header can be the rest of this one."""
        return self.header is not None and all(len(row.cells) == len(self.header.names) for row in table.rows)


def find_sections(document: Document) -> list[Section]:
    """The sections of all tables in order; together they hold every row of the document once."""
    sections: list[Section] = []
    captions: list[str] = []
    sheet = ""
    for block in document.blocks:
        if isinstance(block, PrintedTable):
            known = len(sections)
            _add(sections, block, tuple(captions))
            for section in sections[known:]:
                section.sheet = sheet
            captions = []
        elif block.names_sheet:
            sheet = block.text
            captions.append(block.text)
        else:
            captions.append(f"{block.label} {block.text}".strip())
    _carry_appendix_titles(sections)
    return sections


def caption_of(section: Section) -> str:
    """The numbered heading right over a table: «2. UBND các huyện, thị xã, thành phố»; else empty."""
    for text in reversed(section.captions[-2:]):
        number = split_number(text)[0]
        if number and number.kind not in ("lower", "bullet") and len(text) < _LONGEST_CAPTION:
            return text
    return ""


def _carry_appendix_titles(sections: Sequence[Section]) -> None:
    """What stands over the first table of an appendix holds for its other tables too."""
    appendix: tuple[str, ...] = ()
    for section in sections:
        starts = [at for at, text in enumerate(section.captions) if _APPENDIX.match(text)]
        if starts:
            appendix = section.captions = section.captions[starts[-1] :]
        else:
            section.captions = (*appendix, *section.captions[-_NEAR:])


def _add(sections: list[Section], table: PrintedTable, captions: tuple[str, ...]) -> None:
    set_apart = any(map(_sets_apart, captions))
    goes_on = bool(sections) and not set_apart and sections[-1].fits(table)
    for index, part in enumerate(list(_by_header(table.rows, sections[-1].header if goes_on else None))):
        before = sections[-1] if sections else None
        apart = not index and set_apart
        if (
            before
            and not apart
            and (before.repeats(part) if part.header else not index and before.fits(table))
        ):
            before.headers += part.headers
            before.rows += part.rows
        else:
            part.captions = captions if not index else ()
            if before and not index and before.leads_on_to(part):
                part.header = before.header
            part.header = part.header or guess_columns(part.rows)
            sections.append(part)


def _by_header(rows: Sequence[Row], above: Header | None) -> Iterator[Section]:
    """The rows of one printed table, cut at headers; `above` is the header they may go on under."""
    section, at = Section(header=None), 0
    while at < len(rows):
        header = section.header or above
        found = read_figure_header(rows, at) or read_header(rows, at, header.names if header else ())
        if found is None:
            section.rows.append(rows[at])
            at += 1
            continue
        if section.rows or section.header:
            yield section
        section = Section(header=found[0], headers=list(rows[at : at + found[1]]))
        at += found[1]
    yield section


def _sets_apart(caption: str) -> bool:
    """Whether a paragraph between two tables begins another list: «PHỤ LỤC 2», «2. UBND các huyện»."""
    short = len(caption) < _LONGEST_CAPTION
    return short and (bool(_APPENDIX.match(caption)) or split_number(caption)[0] is not None)


def _is_begun(whole: Row, printed: Row) -> bool:
    """Whether the cells printed are those of the whole row, or how they begin: «Sản» of «Sản phẩm»."""
    pairs = zip(map(key, whole.texts), map(key, printed.texts), strict=False)
    return len(whole.cells) == len(printed.cells) and all(
        said.startswith(begun) and bool(said) == bool(begun) for said, begun in pairs
    )


def _names(header: Header) -> tuple[str, ...]:
    return tuple(key(name) for name in header.names)
