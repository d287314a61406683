"""The rows of a task table: which is a task, which continues one, which names a group."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.plans.blocks import ILLEGIBLE, Row, Where
from tracker.plans.columns import Columns, counts_columns
from tracker.plans.draft import LedgerLine
from tracker.plans.items import is_aim
from tracker.plans.ledger import Fate, ledger_line
from tracker.plans.numbering import Number, parse_number, split_number
from tracker.plans.places import place
from tracker.plans.roles import Role
from tracker.plans.sections import Section, caption_of
from tracker.plans.sentences import named_in_title, read_unit_heading
from tracker.plans.wording import is_blank, is_upper, key, one_line, starts_inside

_TOTAL = re.compile(r"^(tongcong|tongso|tong\d|cong\d|cong$|tong$)")
_OF_SHEET = re.compile(r"^(?:phụ lục|pl|biểu|bảng)[\s.]*\d*[\s.:_-]*|^\d+[\s.:_-]+", re.IGNORECASE)
_DITTO = re.compile(r"^(nt|nhutren|\"|”|'')$")
_SUBTOTAL = re.compile(r"\W*cộng (?:mục|nhóm|phần|[IVX]+\b|[A-Z]\b)", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"(?:TM|KT|TL|TUQ|T/M|K/T)\b\.?\s*[^\W\d_]{3}|Nơi nhận\b|"
    r"(?:NGƯỜI|Người) (?:LẬP|lập)(?: (?:BIỂU|biểu|BẢNG|bảng))?$",
    re.MULTILINE,
)
_SAYS_MORE = (
    Role.LEAD, Role.COORDINATING, Role.PARTIES, Role.START, Role.DEADLINE, Role.SLOT, Role.DELIVERABLE,
    Role.OUTCOME,
)  # fmt: skip
_MOSTLY = 0.6


@dataclass(slots=True)
class TaskRow:
    """A task as it stands in its table: what its first row and the rows that continue it say in each column.

    `rows` keeps them apart, so that a deadline in a later row can be told from a cut one.
    """

    number: str
    where: Where
    columns: Columns
    groups: tuple["Group", ...]
    rows: list[dict[Role, str]] = field(default_factory=list)
    printed: list[Row] = field(default_factory=list)
    shares_number: bool = False  # its number is the one of the task before, in a cell that reaches down

    def source(self) -> tuple[tuple[str, str], ...]:
        """The name of each column and what stands in it, rows below each other."""
        texts = (
            "\n".join(filter(None, cells))
            for cells in zip(*(row.texts for row in self.printed), strict=False)
        )
        return tuple(zip(self.columns.names, texts, strict=False))

    def text(self, role: Role) -> str:
        """What all its rows say in a column, a row a line."""
        return "\n".join(row[role] for row in self.rows if row.get(role))

    def last(self, role: Role) -> str:
        """What the lowest cell in a column says: the one that a merged cell below it belongs to."""
        for said, printed in zip(reversed(self.rows), reversed(self.printed), strict=True):
            if not any(cell.continues for cell in self.columns.cells(printed, role)):
                return said.get(role, "")
        return self.rows[0].get(role, "")


@dataclass(frozen=True, slots=True)
class Group:
    """A row that names the tasks below it; one number can stand over two groups, which are then two.

    `says` is what it says for all of them in other columns.
    """

    number: Number | None
    title: str
    where: str
    says: tuple[tuple[Role, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """A row that counts tasks: what it says, and how many were read of those it counts."""

    text: str
    found: int


@dataclass(slots=True)
class TaskTable:
    """A task table, read: every row of it is in the ledger once."""

    tasks: list[TaskRow] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    ledger: list[LedgerLine] = field(default_factory=list)


def read_task_table(section: Section) -> TaskTable:
    """Read the rows under one header of a task table."""
    reading = _Reading(section)
    for at in range(len(section.rows)):
        reading.take(at)
    reading.table.ledger += [ledger_line(row, "header") for row in section.headers]
    return reading.table


class _Reading:
    """The rows of a table one by one, with the groups that are open and the task that can be continued."""

    def __init__(self, section: Section) -> None:
        assert isinstance(section.header, Columns)
        self.columns = section.header
        self.rows = section.rows
        self.table = TaskTable()
        self.open: list[Group] = []
        self.counts_in_titles = self.columns.index(Role.NO) is None and _counts_in(
            [self.columns.text(row, Role.TITLE) for row in section.rows]
        )
        numbers = [number for row in section.rows if (number := self._number(row))]
        self.numbered = any(not number.heads for number in numbers)
        self.signed = False
        self.above = _group_above(section)

    def take(self, at: int) -> None:
        """Decide what a row is and put it where it belongs."""
        row = self.rows[at]
        number, title = self._number(row), self._title(row)
        alone = _only_text(row)
        self.signed = not number and (self.signed or any(map(_SIGNATURE.match, row.texts)))
        if all(is_blank(text) for text in row.texts) and not number:
            self._note(row, "ignored", "Dòng trống.")
        elif counts_columns(row):
            self._note(row, "header")
        elif self.signed:
            self._note(row, "ignored", "Nơi nhận và chữ ký.")
        elif _TOTAL.match(key(" ".join(row.texts))) or _SUBTOTAL.match(" ".join(row.texts).strip()):
            self._total(row, one_line(" ".join(row.texts)))
        elif alone and not number and self.columns.index(Role.NO) is not None and row.cells[0].text:
            self._take_spanning(row, alone)
        elif number and (says := self._passed_on(at, number, row)):
            self._group(row, Group(number, one_line(title), place(row.where), says))
        elif number and (self._says_more(row) or not self._heads(at, number, row)):
            self._begin(row, number)
        elif number:
            self._group(row, Group(number, one_line(title), place(row.where)))
        else:
            self._take_unnumbered(row, title)

    def _total(self, row: Row, text: str) -> None:
        """A row that counts the tasks so far, or those of the outermost group."""
        counted = self.table.tasks
        if _SUBTOTAL.match(text) and self.open:
            counted = [task for task in counted if self.open[0] in task.groups]
        self.table.totals.append(Total(text, len(counted)))
        self._note(row, "total")

    def _take_spanning(self, row: Row, text: str) -> None:
        """A row of one cell over all columns: a group, or a remark under the table."""
        number, title = split_number(text)
        if (
            number
            or is_upper(text)
            or row.cells[0].bold
            or not re.match(r"[(*]|ghi chú|lưu ý", text, re.IGNORECASE)
        ):
            self._group(row, Group(number, one_line(title), place(row.where)))
        else:
            self._note(row, "ignored", "Ghi chú của bảng.")

    def _take_unnumbered(self, row: Row, title: str) -> None:
        alone = bool(title) and not self._says_more(row)
        task = self.table.tasks[-1] if self.table.tasks else None
        wide = any(cell.span > 1 or cell.bold for cell in row.cells if cell.text)
        if (
            alone
            and not _merged_down(row)
            and (is_upper(title) or wide or task is None)
            and not starts_inside(title)
        ):
            number, name = split_number(title)
            self._group(row, Group(number, one_line(name), place(row.where)))
        elif task is None or (not self.numbered and self._names_work(row, title)):
            self._begin(row, None)
        elif self._shares_number(row, title):
            self._begin(row, parse_number(task.number))
            self.table.tasks[-1].shares_number = True
        else:
            task.rows.append(self._cells(row))
            task.printed.append(row)
            self._note(row, "continuation")

    def _names_work(self, row: Row, title: str) -> bool:
        """Whether a row brings a title of its own, not the rest of one and not one merged from above."""
        own = not any(cell.continues for cell in self.columns.cells(row, Role.TITLE))
        return bool(title) and own and not starts_inside(title)

    def _shares_number(self, row: Row, title: str) -> bool:
        """Whether several tasks stand beside one number that reaches down over them."""
        below = any(cell.continues for cell in self.columns.cells(row, Role.NO))
        return below and self._names_work(row, title) and self._says_more(row)

    def _begin(self, row: Row, number: Number | None) -> None:
        if number:
            self._close(number.kind)
        cells = self._cells(row, self.table.tasks[-1] if self.table.tasks else None)
        groups = self._groups(cells)
        task = TaskRow(number.text if number else "", row.where, self.columns, groups, [cells], [row])
        self.table.tasks.append(task)
        self._note(row, "task")

    def _group(self, row: Row, group: Group) -> None:
        self._close(group.number.kind if group.number else "")
        self.open.append(group)
        self.table.groups.append(group)
        self._note(row, "group")

    def _close(self, kind: str) -> None:
        """A number ends the groups of its own kind and those below them."""
        for index, group in enumerate(self.open):
            if (group.number.kind if group.number else "") == kind:
                del self.open[index:]
                return

    def _groups(self, cells: dict[Role, str]) -> tuple[Group, ...]:
        """The open groups, and the one that a column of groups names."""
        named = one_line(cells.get(Role.GROUP, ""))
        if not named:
            return tuple(self.open) or self.above
        number, title = split_number(named)
        return (*self.open, Group(number, title, ""))

    def _heads(self, at: int, number: Number, row: Row) -> bool:
        """Whether a numbered row that says only a title names the rows below it."""
        below = next((found for later in self.rows[at + 1 :] if (found := self._number(later))), None)
        if number.heads or any(cell.span > 1 for cell in row.cells if cell.text):
            return True
        if below is None or number.kind == "bullet":
            return False
        return _is_below(below, number)

    def _passed_on(self, at: int, number: Number, row: Row) -> tuple[tuple[Role, str], ...]:
        """What a row says for the rows below it that say only the rest: «I | Thể chế | Sở Tư pháp»."""
        below = self.rows[at + 1] if at + 1 < len(self.rows) else row
        inner = self._number(below)
        if below is row or inner is None or not _is_below(inner, number):
            return ()
        says = tuple((role, text) for role in _SAYS_MORE if (text := self._text(row, role)))
        own = {role for role in _SAYS_MORE if self._text(below, role)}
        return says if own and not own & {role for role, _ in says} else ()

    def _says_more(self, row: Row) -> bool:
        """Whether a row says who, when or what comes of it, itself or merged with the row above."""
        cells = [cell for role in _SAYS_MORE for cell in self.columns.cells(row, role)]
        return any(cell.text.strip() or cell.continues for cell in cells)

    def _cells(self, row: Row, above: TaskRow | None = None) -> dict[Role, str]:
        """What a row says in each column; a numbered row takes over what is merged with the row above it."""
        roles = dict.fromkeys(self.columns.roles)
        said = {role: self.columns.text(row, role).replace(ILLEGIBLE, "").strip() for role in roles}
        for role, text in (passed for group in self.open for passed in group.says):
            said[role] = said[role] or text
        if above:
            for role, text in said.items():
                merged = any(cell.continues for cell in self.columns.cells(row, role))
                if (merged and not text) or _DITTO.match(key(text) or text.strip()):
                    said[role] = above.last(role) if merged else above.text(role)
        if Role.SLOT in said:
            both = (said.get(Role.DEADLINE, ""), said.pop(Role.SLOT))
            said[Role.DEADLINE] = "; ".join(filter(None, both))
        if self.counts_in_titles:
            said[Role.TITLE] = split_number(said[Role.TITLE])[1]
        return said

    def _number(self, row: Row) -> Number | None:
        if self.counts_in_titles:
            return split_number(self._text(row, Role.TITLE))[0]
        return parse_number(self._text(row, Role.NO))

    def _title(self, row: Row) -> str:
        title = self._text(row, Role.TITLE)
        return split_number(title)[1] if self.counts_in_titles else title

    def _text(self, row: Row, role: Role) -> str:
        return self.columns.text(row, role).strip()

    def _note(self, row: Row, fate: Fate, reason: str = "") -> None:
        self.table.ledger.append(ledger_line(row, fate, reason))


def _group_above(section: Section) -> tuple[Group, ...]:
    """The group that stands over a table: its numbered heading, or «NHIỆM VỤ GIAO SỞ NỘI VỤ»."""
    number, title = split_number(caption_of(section))
    if number:
        return () if is_aim(title) else (Group(number, one_line(title), ""),)
    given = next((text for text in reversed(section.captions[-3:]) if named_in_title(text)), "")
    sheet = _OF_SHEET.sub("", section.sheet)
    given = given or (sheet if read_unit_heading(sheet) else "")
    return (Group(None, one_line(given), ""),) if given else ()


def _is_below(inner: Number, outer: Number) -> bool:
    """Whether rows with the one number stand under rows with the other: 1 under I, 1.1 under 1, a under 1."""
    if outer.heads:
        return not inner.heads
    deeper = inner.parts[: len(outer.parts)] == outer.parts and len(inner.parts) > len(outer.parts)
    return deeper or inner.kind in ("lower", "bullet") != outer.kind


def _counts_in(titles: Sequence[str]) -> bool:
    """Whether titles bear the numbers that have no column of their own: «1. Ban hành quy định»."""
    numbers = [split_number(title)[0] for title in titles if title]
    return sum(number is not None for number in numbers) > _MOSTLY * len(numbers)


def _only_text(row: Row) -> str:
    """The text of the only cell that says something; empty where several do."""
    said = [text for text in row.texts if text.strip()]
    return one_line(said[0]) if len(said) == 1 else ""


def _merged_down(row: Row) -> bool:
    return any(cell.continues for cell in row.cells)
