"""The parts of a text, «III. Tổ chức thực hiện» or «Điều 2.»: which is open, and can it hold duties."""

from tracker.plans.items import Item, assigns, holds_duties, is_aim, part_kind, read_part

_UNTITLED = "", ""  # the only part of a text that has none, and an article


class Parts:
    """The part in force, from one paragraph to the next."""

    def __init__(self) -> None:
        self.current: tuple[str, str] | None = None  # number and title; None where no duties are looked for
        self.is_parted = False  # the text has parts; one without them may ask for duties all the same
        self._outer = ""  # how the parts are numbered; those numbered otherwise stand inside them
        self._outer_holds = False
        self._appended = False  # in an appendix, whose prose holds no duties

    @property
    def assigns(self) -> bool:
        """Whether the part in force says who does what, rather than what is to be done."""
        return self.current is not None and (self.current == _UNTITLED or assigns(self.current[1]))

    def append(self) -> None:
        """An appendix begins."""
        self.current, self._appended = None, True

    def enter_article(self, item: Item) -> bool:
        """Whether an article begins here: «Điều 2. Giao Sở Y tế ...» holds duties, outside appendices."""
        if not item.is_article or self._appended:
            return False
        self.current, self.is_parted = _UNTITLED, True
        return True

    def enter_whole(self, item: Item) -> bool:
        """Whether a text without parts asks for duties from here on."""
        if not item.opens or self.is_parted:
            return False
        self.current = _UNTITLED
        return True

    def leave(self) -> None:
        """The part in force ends before the next one begins."""
        self.current = None

    def opened_by(self, item: Item) -> tuple[str, str] | None:
        """The part that a paragraph opens; «3. Tổ chức thực hiện» is one where none has a greater number."""
        if item.is_small_part and (self._outer == item.kind or not self.is_parted):
            return item.number.text if item.number else "", item.title
        return read_part(item)

    def enter(self, item: Item, number: str, title: str) -> bool:
        """Open a part; whether it can hold duties."""
        self._appended = self._appended and not item.is_document
        kind = part_kind(item)
        self._outer = kind if item.is_document else self._outer or kind
        holds = holds_duties(title)
        if kind in ("", self._outer):
            self._outer_holds = holds
        else:
            holds = holds or (self._outer_holds and not is_aim(title))
        holds = holds and not self._appended
        self.is_parted = self.is_parted or holds or bool(number)
        self.current = (number, title) if holds else None
        return holds
