"""Names of WordprocessingML (ISO/IEC 29500-1, 17), and how its on/off properties are told."""

from lxml import etree

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"

_OFF = {"0", "false", "off", "none"}


def w(name: str) -> str:
    """«p» -> the full name of a WordprocessingML element or attribute."""
    return f"{{{WORD}}}{name}"


def find(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element down a path of names, None where a step is missing."""
    for name in path:
        if element is None:
            return None
        element = element.find(w(name))
    return element


def value(element: etree._Element | None, *path: str) -> str | None:
    """The `w:val` of the element at the end of a path."""
    found = find(element, *path)
    return None if found is None else found.get(w("val"))


def number(element: etree._Element | None, *path: str) -> int | None:
    """The `w:val` at the end of a path as a number, None where it is none."""
    text = value(element, *path) or ""
    return int(text) if text.lstrip("-").isdecimal() else None


def toggle(properties: etree._Element | None, name: str) -> bool | None:
    """Whether a property such as `w:b` is on or off; None where nothing is said of it."""
    found = find(properties, name)
    return None if found is None else found.get(w("val"), "1") not in _OFF
