"""Names of OpenDocument text (ISO/IEC 26300)."""

from lxml import etree

_SPACES = {
    prefix: f"urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"
    for prefix, space in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing",
        "fo": "xsl-fo-compatible", "manifest": "manifest",
    }.items()
}  # fmt: skip


def name(short: str) -> str:
    """«text:p» -> the full name of an element or attribute."""
    prefix, local = short.split(":")
    return f"{{{_SPACES[prefix]}}}{local}"


def number(element: etree._Element, attribute: str, default: int = 1, most: int = 1_000) -> int:
    """An attribute as a number between 0 and `most`."""
    text = element.get(name(attribute), "")
    return min(int(text), most) if text.isdecimal() and len(text) < 9 else default
