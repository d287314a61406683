"""Which column of a table is which, from its header row, whatever the order and the wording."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.plans.blocks import Cell, Row
from tracker.plans.numbering import parse_number
from tracker.plans.schedule import Slot, marked, read_slot, read_slots
from tracker.plans.wording import key, one_line


class Role(StrEnum):
    """What a column of a task table holds."""

    NO = "no"
    GROUP = "group"
    TITLE = "title"
    LEAD = "lead"
    COORDINATING = "coordinating"
    PARTIES = "parties"
    START = "start"
    DEADLINE = "deadline"
    SLOT = "slot"
    DELIVERABLE = "deliverable"
    NOTE = "note"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: a role and a name for each, in order; `slots` are those that are a calendar."""

    roles: tuple[Role, ...]
    names: tuple[str, ...]
    slots: tuple[Slot, ...] = ()

    def index(self, role: Role) -> int | None:
        """Where the column of a role stands, or None."""
        return self.roles.index(role) if role in self.roles else None

    def text(self, row: Row, role: Role) -> str:
        """What a row says in the columns of a role; marks in a calendar are the periods they stand for."""
        if role is Role.SLOT:
            return marked(self.slots, self.cells(row, role))
        return "\n".join(c.text for c, r in zip(row.cells, self.roles, strict=False) if r is role and c.text)

    def cells(self, row: Row, role: Role) -> list[Cell]:
        """The cells of a row in the columns of a role."""
        return [cell for cell, held in zip(row.cells, self.roles, strict=False) if held is role]


# Tried in order on the key of a header cell (folded, without spaces, so that torn letters do no harm).
_VOCABULARY = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        (Role.NO, r"^(s?tt|sott|sothutu|thutu|no|so)$"),
        (Role.NOTE, r"^(ghichu|luuy|chuthich)"),
        (
            Role.OTHER,
            r"giaiquyet|^phi|lephi|kinhphi|nguonluc|nguonvon|dutoan|donvitinh|^dvt$|thamquyen|lanhdao|chidaothuchien",
        ),
        (Role.OTHER, r"^(cap|coquan|donvi|noi)(trinh|banhanh|quyetdinh|pheduyet|thamdinh)"),
        (Role.OTHER, r"^(coquan|donvi|nguoi)(kiemtra|giamsat|theodoi|dondoc|chidao)|^cancu|^coso"),
        (Role.TITLE, r"^(coquan|donvi)(va)?(nhiemvu|noidung|congviec)$"),
        (Role.TITLE, r"^(noidung|nhiemvu|congviec|dauviec|giaiphap)(?!.*(sanpham|ketqua|thoigian|tiendo))"),
        (Role.PARTIES, r"chutri.*phoihop|phoihop.*chutri"),
        (Role.COORDINATING, r"phoihop|thamgia|^thanhphan$"),
        (Role.START, r"batdau$"),
        (Role.DEADLINE, r"thoigian|thoihan|thoidiem|tiendo|lotrinh|^han|^ngay|^moc"),
        (Role.LEAD, r"chutri|daumoi|chiutrachnhiem|phutrach|phancong|trachnhiem|thammuu"),
        (Role.LEAD, r"^(coquan|donvi|diaphuong|bophan|ten(coquan|donvi))|nguoithuchien|^giao(cho|$)|^nguoi"),
        (Role.DELIVERABLE, r"sanpham|ketqua|daura|hosotrinh|loaivanban|hinhthucvanban|minhchung"),
        (Role.DEADLINE, r"hoanthanh|ketthuc"),
        (Role.GROUP, r"^(nhom.*|linhvuc|mangcongtac|phan|muctieu)$"),
        (Role.TITLE, r"nhiemvu|noidung|congviec|giaiphap|hoatdong|congtac|danhmuc|chuyende|dean|^ten"),
        (Role.LEAD, r"thuchien"),
    )
)
_LONGEST_NAME = 80
_WORK = re.compile(r"nhiemvu|noidung|congviec|hoatdong")
_SAYS_WHO_OR_WHEN = {
    Role.LEAD, Role.PARTIES, Role.DEADLINE, Role.SLOT, Role.COORDINATING, Role.DELIVERABLE
}  # fmt: skip
_SUBHEADINGS = re.compile(r"^(chutri|phoihop|batdau|ketthuc|hoanthanh|coquan|donvi|thoigian|thuchien|tu|den)")


def read_header(rows: Sequence[Row], at: int) -> tuple[Columns, int] | None:
    """The columns of a task table whose header begins at a row, and how many rows it takes; else None.

    A header may stand over two rows («Đơn vị thực hiện» over «Chủ trì» and «Phối hợp») and over a row that
    only counts the columns: (1), (2), (3).
    """
    if parse_number(rows[at].cells[0].text) and not _is_number_name(rows[at].cells[0].text):
        return None
    lower = rows[at + 1] if at + 1 < len(rows) and _is_second_row(rows[at], rows[at + 1]) else None
    names, roles, height = _names(rows[at], lower), _roles(rows[at], lower), 2 if lower else 1
    slots = read_slots(rows[at], lower, rows[at + height :])
    roles = [Role.SLOT if index in slots else role for index, role in enumerate(roles)]
    if not _settle(roles, names):
        return None
    columns = Columns(tuple(roles), tuple(names), tuple(slots.values()))
    if at + height < len(rows) and counts_columns(rows[at + height]):
        height += 1
    return columns, height


def counts_columns(row: Row) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3), or 1 2 3."""
    numbers = [parse_number(text) for text in row.texts if text.strip()]
    digits = [number.parts[0] for number in numbers if number and number.kind == "arabic"]
    return len(digits) == len(numbers) >= 3 and digits == sorted(set(digits))


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
    return Role.TITLE in known and bool(known & _SAYS_WHO_OR_WHEN) and len(known) >= min(3, len(roles))


def role_of(name: str) -> Role:
    """The role that the name of a column stands for; OTHER where it is none of a task table's."""
    if not name or len(name) > _LONGEST_NAME:
        return Role.OTHER
    letters = key(name)
    return next((role for role, pattern in _VOCABULARY if pattern.search(letters)), Role.OTHER)


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
    """Beside a start and an end «Tiến độ» tells how far the work has come, and not when it is due."""
    if Role.START in roles and roles.count(Role.DEADLINE) > 1:
        for index, role in enumerate(roles):
            if role is Role.DEADLINE and key(names[index]).startswith("tiendo"):
                roles[index] = Role.OTHER


def _is_second_row(row: Row, below: Row) -> bool:
    """Whether the row below is the lower half of a header: it names what stands under a wide cell."""
    pairs = list(zip(row.cells, below.cells, strict=False))
    if not any(low.text for _, low in pairs) or (below.cells and parse_number(below.cells[0].text)):
        return False
    under_filled = [low for high, low in pairs if high.text and high.span == 1 and low.text]
    if any(not _SUBHEADINGS.match(key(cell.text)) for cell in under_filled):
        return False
    return all(
        len(low.text) <= _LONGEST_NAME and (_SUBHEADINGS.match(key(low.text)) or read_slot(low.text, over))
        for over, low in zip(_over(row), below.cells, strict=False)
        if low.text
    )


def _over(row: Row) -> list[str]:
    """What stands over each column: the text of its cell, or of the wide one that reaches over it."""
    texts, over, reach = [], "", 0
    for index, cell in enumerate(row.cells):
        if cell.text or index >= reach:
            over, reach = one_line(cell.text), index + cell.span
        texts.append(over)
    return texts


def _names(row: Row, lower: Row | None) -> list[str]:
    """«Thời gian» over «Bắt đầu», «Hoàn thành» -> «Thời gian Bắt đầu», «Thời gian Hoàn thành»."""
    names, over = [], ""
    for index, high in enumerate(row.cells):
        low = one_line(lower.cells[index].text) if lower else ""
        over = one_line(high.text) or (over if low else "")
        names.append(f"{over} {low}".strip())
    return names


def _roles(row: Row, lower: Row | None) -> list[Role]:
    """The role of each column: what the lower half of its header says counts first."""
    roles = []
    for index, name in enumerate(_names(row, lower)):
        own = role_of(one_line(lower.cells[index].text)) if lower else Role.OTHER
        roles.append(role_of(name) if own is Role.OTHER else own)
    return roles


def _is_number_name(text: str) -> bool:
    return role_of(one_line(text)) is Role.NO
