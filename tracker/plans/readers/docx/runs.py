"""The text of a paragraph as it is shown: runs, fields, links, symbols, line breaks."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from tracker.plans.readers.characters import clean_lines
from tracker.plans.readers.docx.names import COMPATIBILITY, MATH, find, toggle, value, w
from tracker.plans.readers.docx.styles import Styles
from tracker.plans.readers.raised import raised

_THROUGH = {w(name) for name in ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple",
                                 "customXml", "bdo", "dir")}  # fmt: skip
_SIGNS = {w("tab"): " ", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("ptab"): " "}
_NOTES = {w("footnoteReference"), w("endnoteReference")}
_ALTERNATIVES = f"{{{COMPATIBILITY}}}AlternateContent"
_CHOICE = f"{{{COMPATIBILITY}}}Choice"


@dataclass(slots=True)
class ParagraphText:
    """What a paragraph shows: its lines, whether all is bold, its text boxes, how many footnotes it calls."""

    lines: list[str] = field(default_factory=list)
    bold: bool = False
    boxes: list[etree._Element] = field(default_factory=list)
    footnotes: int = 0


def paragraph_text(paragraph: etree._Element, styles: Styles) -> ParagraphText:
    """Read a `w:p` whose tracked changes were accepted; hidden text is left out."""
    shown = ParagraphText()
    style_bold = styles.bold(value(paragraph, "pPr", "pStyle"))
    pieces: list[str] = []
    weights: list[bool] = []
    for run in _runs(paragraph):
        text = "".join(_run_text(run, shown))
        properties = find(run, "rPr")
        if value(properties, "vertAlign") == "superscript":
            text = raised("".join(pieces), text)
        pieces.append(text.upper() if toggle(properties, "caps") else text)
        if text.strip():
            weights.append(_is_bold(properties, style_bold, styles))
    shown.lines = clean_lines("".join(pieces))
    shown.bold = bool(weights) and all(weights)
    return shown


def _runs(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == w("r"):
            if not toggle(find(child, "rPr"), "vanish"):
                yield child
        elif child.tag in _THROUGH:
            yield from _runs(child)
        elif isinstance(child.tag, str) and child.tag.startswith(f"{{{MATH}}}"):
            yield child


def _run_text(run: etree._Element, shown: ParagraphText) -> Iterator[str]:
    if run.tag != w("r"):
        yield "".join(run.itertext(f"{{{MATH}}}t"))
        return
    for child in run:
        if child.tag == w("t"):
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == w("sym"):
            yield _symbol(child)
        elif child.tag in _NOTES:
            shown.footnotes += 1
        elif child.tag in (_ALTERNATIVES, w("drawing"), w("pict"), w("object")):
            shown.boxes.extend(_boxes(child))


def _symbol(element: etree._Element) -> str:
    try:
        return chr(int(element.get(w("char"), ""), 16))
    except (ValueError, OverflowError):
        return ""


def _boxes(element: etree._Element) -> list[etree._Element]:
    """The contents of text boxes; Word keeps each twice, for itself and for older programs."""
    choice = element.find(_CHOICE) if element.tag == _ALTERNATIVES else element
    return [] if choice is None else list(choice.iter(w("txbxContent")))


def _is_bold(properties: etree._Element | None, style_bold: bool | None, styles: Styles) -> bool:
    said = (toggle(properties, "b"), styles.bold(value(properties, "rStyle")), style_bold)
    return next((answer for answer in said if answer is not None), False)
