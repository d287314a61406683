"""What a style says of its paragraphs and runs, its ancestors asked where it is silent."""

from lxml import etree

from tracker.plans.readers.docx.names import find, toggle, value, w

_DEEPEST = 20


class Styles:
    """The styles of a document, by their id."""

    def __init__(self, root: etree._Element | None) -> None:
        found = [] if root is None else root.findall(w("style"))
        self._by_id = {style.get(w("styleId")): style for style in found}

    def bold(self, style: str | None) -> bool | None:
        """Whether text in this style is bold; None where no style of the chain says so."""
        said = (toggle(find(ancestor, "rPr"), "b") for ancestor in self._chain(style))
        return next((answer for answer in said if answer is not None), None)

    def numbering(self, style: str | None) -> etree._Element | None:
        """The `w:numPr` that paragraphs in this style inherit."""
        found = (find(ancestor, "pPr", "numPr") for ancestor in self._chain(style))
        return next((properties for properties in found if properties is not None), None)

    def _chain(self, style: str | None):
        for _ in range(_DEEPEST):
            element = self._by_id.get(style)
            if element is None:
                return
            yield element
            style = value(element, "basedOn")
