"""Duties in prose: under units named as headings, and in sentences whose subject is a unit."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tracker.plans.asides import Aside, read_aside
from tracker.plans.attributes import Attribute, read_attribute, without_label
from tracker.plans.blocks import Paragraph
from tracker.plans.draft import LedgerLine
from tracker.plans.duty_parts import Parts
from tracker.plans.items import (
    BULLETS,
    LEVELS,
    OUTER,
    Item,
    has_ended,
    read_item,
)
from tracker.plans.ledger import Fate, ledger_line
from tracker.plans.sentences import (
    Heading,
    read_addressees,
    read_broken_heading,
    read_subject,
    read_unit_heading,
    split_orders,
)
from tracker.plans.wording import starts_inside

NO_UNIT = "Không nêu đơn vị thực hiện."
INTRODUCES = "Câu dẫn, không phải nhiệm vụ."
CLOSES = "Lời kết của văn bản."
AIM = "Thuộc mục tiêu, yêu cầu hoặc kinh phí."
NO_DUTY = "Không có nhiệm vụ đi kèm."

_UNNUMBERED_UNITS = -1  # «Phòng Nội vụ» in bold: whatever is numbered stands below it


@dataclass(slots=True)
class Duty:
    """A duty as it stands in the text: whose it is, where, what is said, what lines after it add."""

    units: tuple[str, ...]
    text: str
    no: str
    part: str
    part_title: str
    source: Paragraph
    time: str = ""
    helpers: tuple[str, ...] = ()
    product: str = ""
    aside: str = ""  # the parenthesis that says whose it is, as it stands in the text


@dataclass(slots=True)
class Duties:
    """The duties of a text, and what became of each paragraph of the parts that can hold duties.

    `read` are these paragraphs, whatever became of them.
    """

    duties: list[Duty] = field(default_factory=list)
    read: list[Paragraph] = field(default_factory=list)
    ledger: list[LedgerLine] = field(default_factory=list)


def find_duties(paragraphs: Iterable[Paragraph]) -> Duties:
    """Find the duties in the parts that tell of tasks, solutions or who carries them out.

    What names no unit is in the ledger as ignored, with that reason; other parts (aims, the state of things,
    costs) hold no duties and are not looked at.
    """
    reading = _Reading()
    for paragraph in paragraphs:
        reading.take(read_item(paragraph))
    return reading.found


class _Reading:
    """The paragraphs one by one, with the part, the heading and the units in force."""

    def __init__(self) -> None:
        self.found = Duties()
        self.parts = Parts()
        self.heading = ""  # number of the last numbered heading: «2.»
        self.heading_at = 0  # duties from here on share a «Thời gian thực hiện» that follows
        self.aims = LEVELS[""]  # the level of «1. Mục tiêu»: what stands below it is no duty
        self.addressed: tuple[str, ...] = ()  # «... yêu cầu các sở, ngành:»: whose all is that names nobody
        self.units: tuple[str, ...] = ()
        self.units_level = 0
        self.naming: Item | None = None  # the last paragraph, where all it did was to name the units in force
        self.runs_in = (
            False  # the units in force were named with their first duty: «Trạm Y tế: Phun thuốc ...»
        )
        self.units_kind = ""  # of bullets, which one names the units, and which their duties
        self.items = 0
        self.item_kind: str | None = None
        self.before = ""  # the last paragraph, where it was a duty or went on with one
        self.detail = ""  # the bullet of the details under the last duty
        self.unled: list[tuple[Item, int]] = []  # what names no unit yet, with its place in the ledger
        self.assigned = False  # the last duty is one that such a line made
        self.waiting: list[tuple[Attribute, int]] = []  # said before «Cơ quan chủ trì», likewise

    def take(self, item: Item) -> None:
        """Decide what a paragraph is."""
        if item.is_appendix:
            self.parts.append()
        elif self.parts.enter_article(item):
            self._leave_units()
            self.found.read.append(item.source)
            self._take_inside(item)
        elif (part := self.parts.opened_by(item)) is not None:
            self._open(item, *part)
        elif self.parts.current is not None:
            self.found.read.append(item.source)
            self._take_inside(item)
        elif self.parts.enter_whole(item):
            self.addressed = read_addressees(item.text)
            self.found.read.append(item.source)
            self._note(item, "ignored", INTRODUCES)

    def _open(self, item: Item, number: str, title: str) -> None:
        holds = self.parts.enter(item, number, title)
        self.addressed = ()
        self.heading, self.heading_at, self.aims = "", len(self.found.duties), LEVELS[""]
        self._leave_units()
        if holds:
            self.found.read.append(item.source)
            self._note(item, "group")

    def _take_inside(self, item: Item) -> None:
        naming, self.naming = self.naming, None
        if item.level > self.aims:
            self._note(item, "ignored", AIM)
        elif item.closes:
            self._note(item, "ignored", CLOSES)
            if item.is_last:
                self.parts.leave()
        elif attribute := read_attribute(item.title):
            self._take_attribute(item, attribute)
        elif naming and not item.kind and (whole := read_broken_heading(naming.title, item.text)):
            self._name_whole(item, whole)
        elif self._goes_on(item):
            self.found.duties[-1].text += f" {item.text}"
            self.before, self.detail = item.text, item.kind
            self._note(item, "continuation", keep=True)
        else:
            self.aims = LEVELS[""]
            self._take_item(item)

    def _take_item(self, item: Item) -> None:
        named = read_unit_heading(item.title)
        if item.is_of_costs:
            self._note(item, "ignored", AIM)
        elif item.is_of_aims:
            self._head(item)
            self.aims = item.level
        elif named and (item.kind or item.source.bold or named.duty or self.parts.assigns):
            self._name(item, named.units, named.duty)
        elif item.introduces:
            self._introduce(item)
        elif aside := read_aside(item.title):
            self._head_number(item)
            self._add_with(item, aside)
        elif self.units and self._is_below_units(item) and not (self.runs_in and read_subject(item.title)):
            self._add(item, self.units, item.title)
        elif read_subject(item.title):
            self._head_number(item)
            for order in split_orders(item.title):
                self._add(item, read_subject(order), order)
        elif self.addressed and not item.is_heading:
            self._head_number(item)
            self._add(item, self.addressed, item.title)
        elif item.number and item.is_heading:
            self._head(item)
        else:
            self._head_number(item)
            self._note(item, "ignored", NO_UNIT)
            self._await_lead(item)

    def _is_below_units(self, item: Item) -> bool:
        """Whether a paragraph stands below the units in force; of bullets any other kind does."""
        if item.kind in BULLETS and self.units_kind in BULLETS:
            return item.kind != self.units_kind
        return item.level > self.units_level

    def _goes_on(self, item: Item) -> bool:
        """Whether a paragraph is the rest of the duty before it: a broken line, or details under it."""
        if not self.before or (item.kind in BULLETS and item.kind == self.units_kind):
            return False
        if not item.kind:
            return starts_inside(item.text) or not has_ended(self.before)
        deeper = item.kind in BULLETS and item.kind != self.item_kind
        return deeper and (
            self.item_kind != "" or self.before.endswith((":", ";")) or item.kind == self.detail
        )

    def _name(self, item: Item, units: tuple[str, ...], duty: str) -> None:
        """Units named as a heading, which may go on with their first duty."""
        self._head_number(item)
        self._leave_units()
        self.units, self.units_level = units, item.level if item.kind else _UNNUMBERED_UNITS
        self.units_kind, self.runs_in = item.kind, bool(duty)
        if duty:
            self._add(item, units, duty)
            self.item_kind = None
        else:
            self._note(item, "group")
            self.naming = item

    def _name_whole(self, item: Item, whole: Heading) -> None:
        """The name of the units in force, broken over two lines, is whole; their first duty may follow it."""
        self.units = whole.units
        if whole.duty:
            self._add(item, whole.units, whole.duty)
        else:
            self._note(item, "continuation")

    def _introduce(self, item: Item) -> None:
        """«Các phòng thực hiện các nhiệm vụ sau:» says who does what follows; most such lines name nobody."""
        if units := read_subject(item.title):
            self._name(item, units, "")
        else:
            self._note(item, "ignored", INTRODUCES)

    def _head(self, item: Item) -> None:
        self._head_number(item)
        if item.level <= self.units_level:
            self._leave_units()
        self._note(item, "group")
        self.unled, self.waiting = [], []
        self._await_lead(item)

    def _head_number(self, item: Item) -> None:
        if not item.kind and self.item_kind in OUTER:
            self.heading, self.items = "", 0
        elif item.number and item.kind in OUTER:
            self.heading, self.heading_at = item.number.text, len(self.found.duties)
            self.items = 0

    def _leave_units(self) -> None:
        self.units, self.units_level, self.units_kind, self.runs_in = (), 0, "", False
        self.items, self.item_kind, self.before = 0, None, ""

    def _add(self, item: Item, units: tuple[str, ...], text: str) -> None:
        self._append(item, units, text)
        self.unled, self.waiting, self.assigned = [], [], False
        self._note(item, "task", keep=True)

    def _add_with(self, item: Item, aside: Aside) -> None:
        """A duty whose unit stands in parentheses; what is numbered below it is that unit's, too."""
        lead = tuple(aside.roles.lead)
        if item.kind in OUTER and (not self.units or item.level <= self.units_level):
            self._leave_units()
            self.units, self.units_level = lead, item.level
        self._add(item, lead, aside.rest)
        duty = self.found.duties[-1]
        duty.aside, duty.time, duty.product = aside.said, aside.time, aside.product
        duty.helpers = tuple(aside.roles.coordinating)

    def _append(self, item: Item, units: tuple[str, ...], text: str) -> None:
        assert self.parts.current is not None
        self.items += 1
        own = item.number.text if item.number else str(self.items)
        heads = item.kind in OUTER and f"{own}.".startswith(f"{self.heading}.")
        no = own if heads else ".".join(filter(None, (self.heading, own)))
        self.found.duties.append(Duty(units, text, no, *self.parts.current, item.source))
        self.item_kind, self.detail = item.kind, ""
        self.before = item.text

    def _await_lead(self, item: Item) -> None:
        self.unled.append((item, len(self.found.ledger) - 1))

    def _take_attribute(self, item: Item, attribute: Attribute) -> None:
        """«Cơ quan chủ trì: Sở Y tế» makes a duty of what stands over it; all else is said of a duty.

        «b) Thời gian thực hiện: Thường xuyên» holds for the duties under the same heading, or waits for the
        line that says whose the duty is.
        """
        if attribute.roles.lead and self.unled:
            self._assign(item, attribute)
            self._note(item, "continuation")
        elif duties := self._said_of():
            for duty in duties:
                _complete(duty, attribute)
            self._note(item, "continuation")
        else:
            self._note(item, "ignored", NO_DUTY)
            self.waiting.append((attribute, len(self.found.ledger) - 1))

    def _said_of(self) -> list[Duty]:
        """The duties under the heading in force, unless something under it still waits for its unit."""
        sentences = [item for item, _ in self.unled if not item.is_heading]
        return [] if sentences and self.assigned else self.found.duties[self.heading_at :]

    def _assign(self, item: Item, attribute: Attribute) -> None:
        """The lines of its own kind over «- Cơ quan chủ trì: ...» say the duty, else the last line does."""
        beside = [(above, at) for above, at in self.unled if above.kind == item.kind]
        said = beside or self.unled[-1:]
        first = self.unled.index(said[0])
        source, place = self.unled[first - 1] if beside and first else said[0]
        for _, at in said:
            self._refate(at, "continuation")
        self._refate(place, "task")
        self.heading_at = len(self.found.duties)
        text = " ".join(without_label(above.title) for above, _ in said)
        self._append(source, tuple(attribute.roles.lead), text)
        _complete(self.found.duties[-1], attribute)
        for earlier, at in self.waiting:
            _complete(self.found.duties[-1], earlier)
            self._refate(at, "continuation")
        self.unled, self.waiting, self.assigned = [], [], True

    def _refate(self, at: int, fate: Fate) -> None:
        self.found.ledger[at] = replace(self.found.ledger[at], fate=fate, reason="")

    def _note(self, item: Item, fate: Fate, reason: str = "", keep: bool = False) -> None:
        self.found.ledger.append(ledger_line(item.source, fate, reason))
        if not keep:
            self.before = ""


def _complete(duty: Duty, attribute: Attribute) -> None:
    """Tell a duty what a line says of it; what was said first stays."""
    if attribute.kind == "time":
        duty.time = duty.time or attribute.said
    elif attribute.kind == "product":
        duty.product = duty.product or attribute.said
    else:
        duty.helpers = (*duty.helpers, *attribute.roles.coordinating)
