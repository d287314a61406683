"""What OpenDocument styles say: which text is bold, what a list prints before its items."""

from dataclasses import dataclass, field

from lxml import etree

from tracker.plans.readers.characters import clean
from tracker.plans.readers.colours import colour
from tracker.plans.readers.odt.names import name, number
from tracker.plans.readers.ordinals import spelled

_DEEPEST = 20
_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


class Styles:
    """The styles of a document, by their names."""

    def __init__(self, *roots: etree._Element | None) -> None:
        known = [root for root in roots if root is not None]
        self._styles = {
            style.get(name("style:name")): style for root in known for style in root.iter(name("style:style"))
        }
        self._lists = {
            style.get(name("style:name")): style
            for root in known
            for style in root.iter(name("text:list-style"))
        }

    def bold(self, style: str | None) -> bool | None:
        """Whether text in this style is bold; None where no style of the chain says so."""
        for _ in range(_DEEPEST):
            element = self._styles.get(style)
            if element is None:
                return None
            properties = element.find(name("style:text-properties"))
            weight = None if properties is None else properties.get(name("fo:font-weight"))
            if weight:
                return weight == "bold" or weight >= "600"
            style = element.get(name("style:parent-style-name"))
        return None

    def raised(self, style: str | None) -> bool:
        """Whether text in this style stands above its line."""
        element = self._styles.get(style)
        properties = None if element is None else element.find(name("style:text-properties"))
        position = "" if properties is None else properties.get(name("style:text-position"), "")
        return position.startswith("super") or position[:1] in set("123456789")

    def fill(self, style: str | None) -> str:
        """The colour behind a cell in this style."""
        element = self._styles.get(style)
        properties = None if element is None else element.find(name("style:table-cell-properties"))
        return "" if properties is None else colour(properties.get(name("fo:background-color"), ""))

    def level(self, list_style: str | None, depth: int) -> etree._Element | None:
        """What a list style says of its level `depth`, from 1."""
        style = self._lists.get(list_style)
        levels = [] if style is None else style
        return next((level for level in levels if number(level, "text:level") == depth), None)


@dataclass(slots=True)
class Lists:
    """The numbers of the lists of one document; it counts while `label` is asked item after item."""

    styles: Styles
    _counts: dict[str | None, dict[int, int]] = field(default_factory=dict)

    def begin(self, list_style: str | None, depth: int, *, continues: bool) -> None:
        """A list starts: it counts from the beginning unless it continues an earlier one."""
        counts = self._counts.setdefault(list_style, {})
        for deeper in [level for level in counts if level >= depth and not continues]:
            del counts[deeper]

    def label(self, list_style: str | None, depth: int) -> str:
        """The number or bullet of the next item: «2.1.», «a)», «-»."""
        level = self.styles.level(list_style, depth)
        if level is None:
            return ""
        if level.tag != name("text:list-level-style-number"):
            return clean(level.get(name("text:bullet-char"), "•")) or "•"
        counts = self._counts.setdefault(list_style, {})
        counts[depth] = counts.get(depth, number(level, "text:start-value") - 1) + 1
        shown = range(max(depth - number(level, "text:display-levels") + 1, 1), depth + 1)
        written = ".".join(self._spelled(list_style, place, counts) for place in shown)
        if not written:
            return ""
        return clean(
            level.get(name("style:num-prefix"), "") + written + level.get(name("style:num-suffix"), "")
        )

    def _spelled(self, list_style: str | None, depth: int, counts: dict[int, int]) -> str:
        level = self.styles.level(list_style, depth)
        form = "1" if level is None else level.get(name("style:num-format"), "")
        return spelled(counts.get(depth, 1), _FORMATS.get(form, "none"))
