"""Day one: units, groups and people out of a spreadsheet, all of it or nothing.

A table is known by its columns:
units: «Đơn vị | Cấp trên | Tên viết tắt | Thư điện tử | Tên gọi khác»;
members of groups: «Nhóm | Đơn vị»;
people: «Họ và tên | Tên đăng nhập | Vai trò | Đơn vị | Thư điện tử | Mật khẩu».
Other names, and the units of a person, are parted by semicolons.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from tracker.db import db
from tracker.models import GroupMembership, Role, Unit, UnitGroup, User
from tracker.plans.blocks import Document, Row, Table
from tracker.services import accounts, auditing, units
from tracker.services.refusals import Refused
from tracker.words import ROLE_WORDS, fold, nfc

ROLES = {fold(word): role for role, word in ROLE_WORDS.items()}
COLUMNS = {
    "don vi": "unit",
    "ten don vi": "unit",
    "cap tren": "parent",
    "don vi cap tren": "parent",
    "ten viet tat": "short_name",
    "thu dien tu": "email",
    "hop thu": "email",
    "email": "email",
    "ten goi khac": "aliases",
    "nhom": "group",
    "ten nhom": "group",
    "ho va ten": "person",
    "ho ten": "person",
    "ten dang nhap": "username",
    "tai khoan": "username",
    "vai tro": "role",
    "mat khau": "password",
}

PEOPLE = {"person", "username", "role", "password"}  # columns that no other table has


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with a row: where it stands («bảng 2, dòng 3»), what it lists, and what to mend."""

    where: str
    listed: str
    sentence: str

    def __str__(self) -> str:
        listed = f" ({self.listed})" if self.listed else ""
        return f"{self.where}{listed}: {self.sentence}"


class RosterRefused(Refused):
    """The list cannot be taken in; `errors` names each wrong row, and is empty where there is no table."""

    def __init__(self, errors: list[RowError]) -> None:
        super().__init__(
            "Chưa nhập được danh sách. "
            + (
                "Hãy sửa các dòng sau rồi tải lại tệp: " + " ".join(map(str, errors))
                if errors
                else "Không thấy bảng nào có cột “Đơn vị”, “Nhóm” hoặc “Họ và tên” cùng “Tên đăng nhập”."
            )
        )
        self.errors = errors


@dataclass(slots=True)
class Added:
    """What a list brought that was not there before."""

    units: list[Unit] = field(default_factory=list)
    groups: list[UnitGroup] = field(default_factory=list)
    people: list[User] = field(default_factory=list)


def take_in(document: Document, *, actor: User | None, now: datetime) -> Added:
    """Add the units, groups and people of the document's tables; what is there already is left as it is.

    Raises RosterRefused, naming every wrong row; the caller rolls back, so that nothing is half taken in.
    """
    added, errors = Added(), []
    for kind, take in (("unit", _take_unit), ("group", _take_member), ("person", _take_person)):
        for where, values in _rows(document, kind):
            try:
                take(values, added, actor, now)
            except Refused as refused:
                errors.append(RowError(where, _listed(values), str(refused)))
    if errors:
        raise RosterRefused(errors)
    if not (added.units or added.groups or added.people or _any_rows(document)):
        raise RosterRefused([])
    return added


def _any_rows(document: Document) -> bool:
    return any(True for kind in ("unit", "group", "person") for _ in _rows(document, kind))


def _rows(document: Document, kind: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The rows of the tables of one kind: where each stands, and its values by column."""
    tables = list(document.tables())
    for table in tables:
        header = next((row for row in table.rows if _kind(row) is not None), None)
        if header is not None and _kind(header) == kind:
            line = f"Bảng {header.where.table}, dòng" if len(tables) > 1 else "Dòng"
            yield from _values(table, header, line)


def _values(table: Table, header: Row, line: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    names = [COLUMNS.get(fold(text)) for text in header.texts]
    for row in table.rows[table.rows.index(header) + 1 :]:
        values = {name: nfc(text).strip() for name, text in zip(names, row.texts, strict=False) if name}
        if any(values.values()):
            yield f"{line} {row.where.row}", values


def _listed(values: Mapping[str, str]) -> str:
    """What the row lists: the person, the group or the unit."""
    return values.get("person") or values.get("group") or values.get("unit") or ""


def _kind(row: Row) -> str | None:
    """What a table under this header row lists; None where the row is no header."""
    found = {COLUMNS.get(fold(text)) for text in row.texts}
    if found & PEOPLE:  # also where a column is missing: their addresses are no mailboxes of units
        return "person"
    if {"group", "unit"} <= found:
        return "group"
    return "unit" if "unit" in found and found & {"parent", "email", "short_name", "aliases"} else None


def _take_unit(values: Mapping[str, str], added: Added, actor: User | None, now: datetime) -> None:
    parent = units.unit_named(values["parent"]) if values.get("parent") else None
    unit = units.child_named(values.get("unit", ""), parent)
    if unit is None:
        unit = units.add_unit(
            values.get("unit", ""),
            parent=parent,
            email=values.get("email"),
            short_name=values.get("short_name", ""),
            actor=actor,
            now=now,
        )
        added.units.append(unit)
    for alias in _parts(values.get("aliases", "")):
        units.add_alias(alias, unit, actor=actor, now=now)


def _take_member(values: Mapping[str, str], added: Added, actor: User | None, now: datetime) -> None:
    unit = units.unit_named(values.get("unit", ""))
    keeper = unit.parent or unit
    group = _group(values.get("group", ""), keeper, added, actor, now)
    if all(membership.unit is not unit for membership in group.memberships):
        group.memberships.append(GroupMembership(unit=unit))
        auditing.record(actor, "set_members", group, now=now, after={"joined": [unit.id], "left": []})


def _group(name: str, keeper: Unit, added: Added, actor: User | None, now: datetime) -> UnitGroup:
    known = select(UnitGroup).where(UnitGroup.search_text == fold(name), UnitGroup.keeper_id == keeper.id)
    group = db.session.scalars(known).first()
    if group is None:
        group = units.add_group(name, [], keeper=keeper, actor=actor, now=now)
        added.groups.append(group)
    return group


def _take_person(values: Mapping[str, str], added: Added, actor: User | None, now: datetime) -> None:
    username = values.get("username", "").lower()
    user = db.session.scalars(select(User).where(User.username == username)).first()
    if user is None:
        user = accounts.add_user(
            username,
            values.get("person", ""),
            email=values.get("email"),
            password=values.get("password", ""),
            actor=actor,
            now=now,
        )
        added.people.append(user)
    for unit_name in _parts(values.get("unit", "")):
        accounts.grant(user, _role(values.get("role", "")), units.unit_named(unit_name), actor=actor, now=now)


def _role(word: str) -> Role:
    if fold(word) not in ROLES:
        raise Refused(f"Vai trò “{word}” không có. Hãy chọn một trong: {', '.join(ROLE_WORDS.values())}.")
    return Role(ROLES[fold(word)])


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]
