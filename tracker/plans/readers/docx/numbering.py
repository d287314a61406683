"""Automatic numbers: what Word prints before a paragraph of a list."""

import re
from dataclasses import dataclass, field

from lxml import etree

from tracker.plans.readers.characters import clean
from tracker.plans.readers.docx.names import find, number, toggle, value, w
from tracker.plans.readers.docx.styles import Styles
from tracker.plans.readers.ordinals import spelled

_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list (ISO/IEC 29500-1, 17.9.6)."""

    start: int
    format: str
    text: str
    decimal: bool
    restarts: bool


@dataclass(slots=True)
class Numbering:
    """The lists of one document; it counts while `label` is asked for paragraph after paragraph."""

    root: etree._Element | None
    styles: Styles
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def label(self, properties: etree._Element | None) -> str:
        """The number or bullet of the paragraph with these `w:pPr`; empty where it is in no list."""
        style = value(properties, "pStyle")
        inherited = self.styles.numbering(style)
        own = find(properties, "numPr")
        list_id = value(own, "numId") or value(inherited, "numId")
        if self.root is None or list_id in (None, "0"):
            return ""
        abstract = self._abstract(list_id)
        if abstract is None:
            return ""
        index = number(own, "ilvl")
        if index is None:
            index = self._level_of_style(abstract, style) or number(inherited, "ilvl") or 0
        return self._next(list_id, abstract, min(max(index, 0), _LEVELS - 1))

    def _next(self, list_id: str, abstract: etree._Element, index: int) -> str:
        levels = {i: self._level(list_id, abstract, i) for i in range(index + 1)}
        counters = self._counters.setdefault(abstract.get(w("abstractNumId")), {})
        if self._restarts_here(list_id, index):
            counters.pop(index, None)
        counters[index] = counters.get(index, levels[index].start - 1) + 1
        for deeper in [i for i in counters if i > index]:
            if self._level(list_id, abstract, deeper).restarts:
                del counters[deeper]
        for i in range(index):
            counters.setdefault(i, levels[i].start)
        return _printed(levels, counters, index)

    def _restarts_here(self, list_id: str, index: int) -> bool:
        """Whether this list begins its own count here, once."""
        if (
            number(self._override(list_id, index), "startOverride") is None
            or (list_id, index) in self._started
        ):
            return False
        self._started.add((list_id, index))
        return True

    def _level(self, list_id: str, abstract: etree._Element, index: int) -> _Level:
        override = self._override(list_id, index)
        level = find(override, "lvl")
        if level is None:
            level = _indexed(abstract, "lvl", index)
        start = number(override, "startOverride")
        if start is None:
            start = number(level, "start")
        return _Level(
            start=1 if start is None else start,
            format=value(level, "numFmt") or "decimal",
            text=value(level, "lvlText") or "",
            decimal=bool(toggle(level, "isLgl")),
            restarts=number(level, "lvlRestart") != 0,
        )

    def _override(self, list_id: str, index: int) -> etree._Element | None:
        return _indexed(self._list(list_id), "lvlOverride", index)

    def _list(self, list_id: str | None) -> etree._Element | None:
        return _with_id(self.root, "num", "numId", list_id)

    def _abstract(self, list_id: str | None) -> etree._Element | None:
        """The definition of a list; a link to a list style is followed once."""
        abstract = _with_id(
            self.root, "abstractNum", "abstractNumId", value(self._list(list_id), "abstractNumId")
        )
        linked = self.styles.numbering(value(abstract, "numStyleLink"))
        if linked is None:
            return abstract
        target = value(self._list(value(linked, "numId")), "abstractNumId")
        return _with_id(self.root, "abstractNum", "abstractNumId", target)

    def _level_of_style(self, abstract: etree._Element, style: str | None) -> int | None:
        if style is None:
            return None
        found = (level for level in abstract.findall(w("lvl")) if value(level, "pStyle") == style)
        return next((int(level.get(w("ilvl"), "0")) for level in found), None)


def _with_id(
    root: etree._Element | None, name: str, attribute: str, wanted: str | None
) -> etree._Element | None:
    if root is None or wanted is None:
        return None
    return next((found for found in root.findall(w(name)) if found.get(w(attribute)) == wanted), None)


def _indexed(parent: etree._Element | None, name: str, index: int) -> etree._Element | None:
    return _with_id(parent, name, "ilvl", str(index))


def _printed(levels: dict[int, _Level], counters: dict[int, int], index: int) -> str:
    """«%1.%2.» with the numbers of its levels: «2.1.»; a picture of a bullet font is «•»."""
    level = levels[index]
    if level.format == "bullet":
        sign = clean(level.text)
        return "•" if sign.isalnum() else sign

    def spell(found: re.Match) -> str:
        place = int(found[1]) - 1
        if place not in levels:
            return ""
        return spelled(counters.get(place, 1), "decimal" if level.decimal else levels[place].format)

    return clean(re.sub(r"%([1-9])", spell, level.text))
