"""Which column of a table is which, from its header row, whatever the order and the wording."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.plans.blocks import Cell, Row
from tracker.plans.contents import guess_roles, judge_by_contents
from tracker.plans.heads import Head, heads_of, read_heads
from tracker.plans.numbering import parse_number
from tracker.plans.roles import Role, role_of
from tracker.plans.schedule import Slot, marked, plain_fill, read_slot, read_slots
from tracker.plans.wording import key, one_line


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: a role and a name for each, in order; `slots` are those that are a calendar.

    `guessed` tells that no header names them.
    """

    roles: tuple[Role, ...]
    names: tuple[str, ...]
    slots: tuple[Slot, ...] = ()
    guessed: bool = False

    def index(self, role: Role) -> int | None:
        """Where the column of a role stands, or None."""
        return self.roles.index(role) if role in self.roles else None

    def text(self, row: Row, role: Role) -> str:
        """What a row says in the columns of a role; marks in a calendar are the periods they stand for."""
        if role is Role.SLOT:
            slots = [at for at, held in enumerate(self.roles) if held is role]
            return marked(self.slots, self.cells(row, role), plain_fill(row, slots))
        return "\n".join(c.text for c, r in zip(row.cells, self.roles, strict=False) if r is role and c.text)

    def cells(self, row: Row, role: Role) -> list[Cell]:
        """The cells of a row in the columns of a role."""
        return [cell for cell, held in zip(row.cells, self.roles, strict=False) if held is role]


_WORK = re.compile(r"nhiemvu|noidung|congviec|hoatdong")
_SAYS_WHO_OR_WHEN = {
    Role.LEAD, Role.PARTIES, Role.DEADLINE, Role.SLOT, Role.COORDINATING, Role.DELIVERABLE, Role.OUTCOME
}  # fmt: skip
_OF_A_PAPER = re.compile(r"^ngay(giao|vanban|vb|banhanh|den|ky|nhan|thangvanban)")
_GUESSED = {
    Role.NO: "TT", Role.TITLE: "Nội dung", Role.LEAD: "Chủ trì", Role.COORDINATING: "Phối hợp",
    Role.DEADLINE: "Thời hạn",
}  # fmt: skip
_SUBHEADINGS = re.compile(r"^(chutri|phoihop|batdau|ketthuc|hoanthanh|coquan|donvi|thoigian|thuchien|tu|den)")


def read_header(rows: Sequence[Row], at: int, under: Sequence[str] = ()) -> tuple[Columns, int] | None:
    """The columns of a task table whose header begins at a row, and how many rows it takes; else None.

    A header may stand over two rows («Đơn vị thực hiện» over «Chủ trì» and «Phối hợp») and over a row that
    only counts the columns: (1), (2), (3). `under` are the names of the columns that the row would stand in
    if it were no header: then its own names must tell the new ones, or be the same again, for «Các hoạt động
    tuyên truyền» in a row that goes on from the page before is no name.
    """
    if parse_number(rows[at].cells[0].text) and not _is_number_name(rows[at].cells[0].text):
        return None
    height = len(read_heads(rows, at, _tells_apart))
    heads = heads_of(rows[at : at + height])
    names = [head.name for head in heads]
    slots = read_slots(heads, rows[at + height :])
    roles = [Role.SLOT if index in slots else _role_under(head) for index, head in enumerate(heads)]
    if not under or _same(names, under):
        judge_by_contents(roles, names, rows[at + height :])
    if not _settle(roles, names):
        return None
    columns = Columns(tuple(roles), tuple(names), tuple(slots.values()))
    if at + height < len(rows) and counts_columns(rows[at + height]):
        height += 1
    return columns, height


def guess_columns(rows: Sequence[Row]) -> Columns | None:
    """The columns of a table of tasks that has no header, by what stands in them; else None."""
    roles = guess_roles(rows)
    names = (_GUESSED.get(role, f"Cột {at}") for at, role in enumerate(roles or (), 1))
    return Columns(tuple(roles), tuple(names), guessed=True) if roles else None


def counts_columns(row: Row) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3), or 1 2 3."""
    numbers = [parse_number(text) for text in row.texts if text.strip()]
    digits = [number.parts[0] for number in numbers if number and number.kind == "arabic"]
    return len(digits) == len(numbers) >= 3 and digits == sorted(set(digits))


def _same(names: Sequence[str], others: Sequence[str]) -> bool:
    return [key(name) for name in names] == [key(name) for name in others]


def _settle(roles: list[Role], names: Sequence[str]) -> bool:
    """Make one column of each role; whether these are the columns of a task table."""
    if Role.TITLE not in roles:
        _call_work_title(roles, names)
    if Role.TITLE not in roles:
        _call_first_unknown_title(roles, names)
    known = {role for role in roles if role is not Role.OTHER}
    _part_leads(roles, names)
    _part_titles(roles)
    _part_deadlines(roles, names)
    _part_outcomes(roles)
    return Role.TITLE in known and bool(known & _SAYS_WHO_OR_WHEN) and len(known) >= min(3, len(roles))


def _call_work_title(roles: list[Role], names: Sequence[str]) -> None:
    """«Nhiệm vụ/Sản phẩm» tells what is to be done where no other column does."""
    for index, role in enumerate(roles):
        if role is Role.DELIVERABLE and _WORK.search(key(names[index])):
            roles[index] = Role.TITLE
            return


def _call_first_unknown_title(roles: list[Role], names: Sequence[str]) -> None:
    """Between the number and the lead stands what is to be done, whatever it is called."""
    who = next((i for i, role in enumerate(roles) if role in (Role.LEAD, Role.PARTIES)), 0)
    if Role.NO not in roles or not _SAYS_WHO_OR_WHEN & set(roles[who + 1 :]):
        return
    for index in range(who):
        if roles[index] in (Role.OTHER, Role.GROUP) and names[index]:
            roles[index] = Role.TITLE
            return


def _part_leads(roles: list[Role], names: Sequence[str]) -> None:
    """Where two columns could lead, the one that says «chủ trì» does, the other helps."""
    leads = [index for index, role in enumerate(roles) if role is Role.LEAD]
    outright = [index for index in leads if re.search("chutri|daumoi|thuchien|trachnhiem", key(names[index]))]
    for index in leads:
        if index != (outright or leads)[0]:
            roles[index] = Role.OTHER if Role.COORDINATING in roles else Role.COORDINATING


def _part_titles(roles: list[Role]) -> None:
    """Of two columns that name work, the last names the task and those before it its group."""
    titles = [index for index, role in enumerate(roles) if role is Role.TITLE]
    for index in titles[:-1]:
        roles[index] = Role.GROUP


def _part_deadlines(roles: list[Role], names: Sequence[str]) -> None:
    """Beside a deadline «Ngày văn bản» tells of a paper; beside start and end «Tiến độ» how far it is."""
    for index, role in enumerate(roles):
        if role is Role.DEADLINE and roles.count(Role.DEADLINE) > 1:
            letters = key(names[index])
            if _OF_A_PAPER.match(letters) or (Role.START in roles and letters.startswith("tiendo")):
                roles[index] = Role.OTHER


def _part_outcomes(roles: list[Role]) -> None:
    """«Sản phẩm, thời hạn» tells only of the one that no other column tells of."""
    said = {Role.DEADLINE: Role.DELIVERABLE, Role.DELIVERABLE: Role.DEADLINE}
    missing = [other for role, other in said.items() if role in roles]
    if Role.OUTCOME in roles and missing:
        roles[roles.index(Role.OUTCOME)] = missing[0] if len(missing) == 1 else Role.OTHER


def _tells_apart(head: Head) -> bool:
    """Whether a name is one that stands under another: «Chủ trì», «Bắt đầu», «Quý I»."""
    return bool(_SUBHEADINGS.match(key(head.lowest)) or read_slot(head.lowest, head.over))


def _role_under(head: Head) -> Role:
    """The role of a column: what its lowest name says counts first."""
    own = role_of(head.lowest) if head.named and len(head.texts) > 1 else Role.OTHER
    return role_of(head.name) if own is Role.OTHER else own


def _is_number_name(text: str) -> bool:
    return role_of(one_line(text)) is Role.NO
