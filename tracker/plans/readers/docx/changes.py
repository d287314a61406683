"""Tracked changes are accepted: what was deleted or moved away goes, also what was struck through by hand."""

from lxml import etree

from tracker.plans.readers.docx.names import find, toggle, w

_GONE = ("del", "moveFrom", "delText", "delInstrText")
_TRACES = (*_GONE, "ins", "moveTo", "cellDel")


def accept_changes(root: etree._Element) -> bool:
    """Accept every tracked change in the tree, in place; whether there was any."""
    changed = next(root.iter(*map(w, _TRACES)), None) is not None
    if changed:
        _remove(row for row in root.iter(w("tr")) if find(row, "trPr", "del") is not None)
        _remove(cell for cell in root.iter(w("tc")) if find(cell, "tcPr", "cellDel") is not None)
        for paragraph in list(root.iter(w("p"))):
            _join_with_next(paragraph)
        _remove(root.iter(*map(w, _GONE)))
    return changed


def drop_struck(root: etree._Element) -> bool:
    """Take the runs with a line through them out of the tree; whether there was text in any."""
    struck = [run for run in root.iter(w("r")) if _is_struck(find(run, "rPr"))]
    said = any("".join(run.itertext(w("t"))).strip() for run in struck)
    _remove(struck)
    return said


def _is_struck(properties: etree._Element | None) -> bool:
    return bool(toggle(properties, "strike") or toggle(properties, "dstrike"))


def _remove(elements) -> None:
    for element in list(elements):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def _join_with_next(paragraph: etree._Element) -> None:
    """A paragraph whose end mark was deleted runs on into the next one."""
    mark = find(paragraph, "pPr", "rPr")
    if find(mark, "del") is None and find(mark, "moveFrom") is None:
        return
    following = paragraph.getnext()
    if following is None or following.tag != w("p"):
        return
    position = 0 if find(following, "pPr") is None else 1
    for child in reversed([child for child in paragraph if child.tag != w("pPr")]):
        following.insert(position, child)
    _remove([paragraph])
