"""HTML pages: paragraphs, lists and tables with merged cells; scripts, styles and menus are dropped."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import lxml.html
from lxml import etree

from tracker.plans.blocks import Document, Paragraph, Row, Table, UnreadableFile, Where
from tracker.plans.readers.characters import clean_lines
from tracker.plans.readers.colours import colour
from tracker.plans.readers.encoding import decode
from tracker.plans.readers.grid import Placed, evened, lay_out
from tracker.plans.readers.ordinals import spelled
from tracker.plans.readers.raised import FOOTNOTES_LEFT_OUT, raised
from tracker.plans.readers.refusals import BROKEN
from tracker.plans.readers.struck import STRUCK_LEFT_OUT

HIDDEN_ROWS = "Trang có {count} dòng bảng đang ẩn: không được đọc."

_DROPPED = (
    "head",
    "title",
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "nav",
    "select",
    "button",
    "iframe",
    "del",
)
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt",
    "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
    "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_HEAVY = {"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"}
_THROUGH = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE)
_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*(rgba?\([^)]*\)|#?\w+)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--|-->|/\*.*?\*/", re.DOTALL)
_CLASS = re.compile(r"\.([\w-]{1,60})\s*\{([^{}]{0,2000})\}")
_ABOVE = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_NOTE_LINK = re.compile(r"#(?:_ftn|_edn|sdfootnote|sdendnote)")
_FEWEST_CELLS, _FEWEST_ROWS = 3, 2  # of a table that says something itself
_LONGEST_SHEET = 200_000
_NO_LABEL = re.compile(r"list-style(-type)?\s*:\s*none", re.IGNORECASE)
_LIST_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_WHITE = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class _Text:
    """A piece of a line; «\\n» is a break in it. `above` tells that it stands above the line."""

    text: str
    bold: bool
    above: bool = False


@dataclass(frozen=True, slots=True)
class _Edge:
    """Where a line ends and another begins, in which line of the file, with which bullet or number."""

    line: int
    label: str = ""


def read(stream: BinaryIO) -> Document:
    """Read the body of an HTML page; `where.line` is the line in the file.

    A table around other tables only arranges the page and is read through. Raises UnreadableFile where no
    page is found.
    """
    try:
        root = lxml.html.document_fromstring(_DECLARATION.sub("", decode(stream.read())))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(BROKEN) from error
    _say_styles(root)
    notes = _drop_notes(root)
    hidden = _drop_unseen(root)
    struck = _drop_struck(root)
    blocks: list[Paragraph | Table] = []
    tables = 0
    for block in _assembled(_tokens(root, bold=False)):
        if isinstance(block, Paragraph):
            blocks.append(block)
        else:
            tables += 1
            blocks.append(_table(block, tables))
    left_out = [HIDDEN_ROWS.format(count=hidden)] if hidden else []
    left_out += [STRUCK_LEFT_OUT] * struck
    left_out += [FOOTNOTES_LEFT_OUT.format(count=notes)] if notes else []
    return Document(blocks=tuple(blocks), notes=tuple(left_out))


def _say_styles(root: etree._Element) -> None:
    """Write what the page says of its classes into the elements of them: spreadsheets save their looks so."""
    sheets = " ".join(_COMMENT.sub("", style.text or "") for style in root.iter("style"))
    said = {found[1]: found[2] for found in _CLASS.finditer(sheets[:_LONGEST_SHEET])}
    for element in root.iterfind(".//*[@class]") if said else ():
        told = [said[name] for name in element.get("class", "").split() if name in said]
        if told:
            element.set("style", ";".join([*told, element.get("style", "")]))


def _drop_notes(root: etree._Element) -> int:
    """Take out footnotes and their marks, as Word and LibreOffice save them; how many there were."""
    notes = [element for element in root.iter("div") if _is_note(element)]
    marks = [link for link in root.iter("a") if _NOTE_LINK.match(link.get("href", ""))]
    for element in (*notes, *marks):
        if element.getparent() is not None:
            element.drop_tree()
    return len(notes)


def _is_note(element: etree._Element) -> bool:
    style = element.get("style", "").replace(" ", "")
    named = bool(re.fullmatch(r"(?:sdfootnote|sdendnote|ftn|edn)\d+", element.get("id", "")))
    return named or style in ("mso-element:footnote", "mso-element:endnote")


def _drop_unseen(root: etree._Element) -> int:
    """Take out what nobody sees; how many rows of tables with text were among it."""
    rows = 0
    etree.strip_elements(root, *_DROPPED, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    for element in root.xpath("//*[@style or @hidden]"):
        hidden = "hidden" in element.attrib or _HIDDEN.search(element.get("style", ""))
        if hidden and element.getparent() is not None:
            rows += element.tag == "tr" and bool(element.text_content().strip())
            element.drop_tree()
    return rows


def _drop_struck(root: etree._Element) -> bool:
    """Take out text with a line through it; whether there was any."""
    found = root.iter("s", "strike", "del", "span")
    struck = [
        element for element in found if element.tag != "span" or _THROUGH.search(element.get("style", ""))
    ]
    said = any(element.text_content().strip() for element in struck)
    for element in struck:
        if element.getparent() is not None:
            element.drop_tree()
    return said


def _tokens(
    element: etree._Element, *, bold: bool, tables: bool = True, above: bool = False
) -> Iterator[_Text | _Edge | etree._Element]:
    """An element as text, edges and tables; in a cell, where `tables` is false, a table is only edges."""
    tag = element.tag
    if tag == "table" and tables and not _arranges(element):
        yield element
        return
    bold = bold or tag in _HEAVY or bool(_BOLD.search(element.get("style", "")))
    above = above or tag == "sup" or bool(_ABOVE.search(element.get("style", "")))
    if tag in _BLOCKS:
        yield _Edge(element.sourceline or 0, _label(element) if tag == "li" else "")
    if tag == "br":
        yield _Text("\n", bold)
    yield _Text(_WHITE.sub(" ", element.text or ""), bold, above)
    for child in element:
        yield from _tokens(child, bold=bold, tables=tables, above=above)
        yield _Text(_WHITE.sub(" ", child.tail or ""), bold, above)
    if tag in _BLOCKS:
        yield _Edge(element.sourceline or 0)


def _assembled(tokens: Iterable[_Text | _Edge | etree._Element]) -> Iterator[Paragraph | etree._Element]:
    """Lines between edges as paragraphs; a label waits for the first text after it."""
    pieces: list[_Text] = []
    edge = _Edge(0)
    for token in tokens:
        if isinstance(token, _Text):
            pieces.append(token)
            continue
        yield from _paragraphs(pieces, edge)
        waiting = edge.label if not any(piece.text.strip() for piece in pieces) else ""
        pieces = []
        if isinstance(token, _Edge):
            edge = _Edge(token.line, token.label or waiting)
        else:
            yield token
    yield from _paragraphs(pieces, edge)


def _paragraphs(pieces: list[_Text], edge: _Edge) -> Iterator[Paragraph]:
    weights = [piece.bold for piece in pieces if piece.text.strip()]
    text = ""
    for piece in pieces:
        text += raised(text, piece.text) if piece.above else piece.text
    for index, line in enumerate(clean_lines(text)):
        label = "" if index else edge.label
        yield Paragraph(text=line, where=Where(line=edge.line), bold=all(weights), label=label)


def _label(item: etree._Element) -> str:
    """What a browser prints before a list item."""
    parent = item.getparent()
    if _NO_LABEL.search(f"{parent.get('style', '')};{item.get('style', '')}"):
        return ""
    if parent.tag != "ol":
        return "•"
    start = parent.get("start", "")
    count = int(start) if start.isdecimal() else 1
    count += sum(sibling.tag == "li" for sibling in item.itersiblings(preceding=True))
    return f"{spelled(count, _LIST_TYPES.get(parent.get('type', '1'), 'decimal'))}."


def _arranges(table: etree._Element) -> bool:
    """Whether a table holds others and no rows of its own: it only puts parts of a page beside each other."""
    if table.find(".//table") is None:
        return False
    return sum(_says_itself(row) >= _FEWEST_CELLS for row in _own(table, "tr")) < _FEWEST_ROWS


def _says_itself(row: etree._Element) -> int:
    """How many cells of a row say something besides the tables in them."""
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    return sum(
        any(text.strip() for text in cell.xpath(".//text()[count(ancestor::table) = $depth]", depth=depth))
        for cell in cells
        if (depth := len(list(cell.iterancestors("table"))))
    )


def _own(table: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The parts of a table that are not those of a table inside it."""
    return (part for part in table.iter(tag) if next(part.iterancestors("table")) is table)


def _table(table: etree._Element, number: int) -> Table:
    rows = list(_own(table, "tr"))
    laid = evened(lay_out([_placed(cell) for cell in row if cell.tag in {"td", "th"}] for row in rows))
    places = [Where(table=number, row=index, line=row.sourceline or 0) for index, row in enumerate(rows, 1)]
    return Table(tuple(Row(cells, where) for cells, where in zip(laid, places, strict=True)), number)


def _placed(cell: etree._Element) -> Placed:
    lines = [
        line for line in _assembled(_tokens(cell, bold=False, tables=False)) if isinstance(line, Paragraph)
    ]
    return Placed(
        text="\n".join(f"{line.label} {line.text}".strip() for line in lines),
        columns=_reach(cell, "colspan"),
        rows=_reach(cell, "rowspan"),
        bold=bool(lines) and all(line.bold for line in lines),
        fill=_fill(cell),
    )


def _fill(cell: etree._Element) -> str:
    """The colour of a cell or of its whole row, from a style or an old attribute."""
    for element in (cell, cell.getparent()):
        styled = _BACKGROUND.findall(element.get("style", ""))
        if found := colour(styled[-1] if styled else element.get("bgcolor", "")):
            return found
    return ""


def _reach(cell: etree._Element, name: str) -> int:
    text = cell.get(name, "1").strip()
    return max(int(text), 1) if text.isdecimal() and len(text) < 6 else 1
