"""The tree of units with their other names, and named groups of units."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from tracker.db import db
from tracker.models import Alias, GroupMembership, Unit, UnitGroup, User
from tracker.plans.spelling import name_key
from tracker.services import auditing
from tracker.services.accounts import usable_email
from tracker.services.refusals import Refused, refuse_longer
from tracker.words import fold, nfc

LONGEST_NAME, LONGEST_SHORT_NAME = 300, 100  # characters


def add_unit(
    name: str,
    *,
    parent: Unit | None,
    actor: User | None,
    now: datetime,
    email: str | None = None,
    short_name: str = "",
    first_on: date | None = None,
) -> Unit:
    """A new unit below `parent`; raises Refused without a name or where the parent or a sister bears it."""
    _refuse_names(name, short_name, parent, but=None)
    unit = Unit(name=name, parent=parent, email=usable_email(email), short_name=short_name, first_on=first_on)
    db.session.add(unit)
    auditing.record(actor, "add_unit", unit, now=now, after={"name": unit.name})
    return unit


def _refuse_names(name: str, short_name: str, parent: Unit | None, but: Unit | None) -> None:
    if not name.strip():
        raise Refused("Hãy nhập tên đơn vị.")
    refuse_longer(nfc(name), LONGEST_NAME, "Tên đơn vị")
    refuse_longer(nfc(short_name), LONGEST_SHORT_NAME, "Tên viết tắt")
    if parent is not None and name_key(parent.name) == name_key(nfc(name)):
        raise Refused(f"Đơn vị cấp trên đã mang tên “{parent.name}”. Hãy đặt tên khác.")
    found = child_named(name, parent)
    if found is not None and found is not but:
        raise Refused(f"Đã có đơn vị “{found.name}” ở cùng cấp. Hãy dùng đơn vị đó hoặc đặt tên khác.")


def child_named(name: str, parent: Unit | None) -> Unit | None:
    """The unit in force of that name directly under another; «xã Bình Thanh» is not «xã Bình Thạnh»."""
    same = select(Unit).where(Unit.search_text == fold(nfc(name)), Unit.last_on.is_(None))
    same = same.where(Unit.parent_id == parent.id if parent is not None else Unit.parent_id.is_(None))
    return next(
        (unit for unit in db.session.scalars(same) if name_key(unit.name) == name_key(nfc(name))), None
    )


def change_unit(
    unit: Unit,
    *,
    name: str,
    parent: Unit | None,
    actor: User,
    now: datetime,
    email: str | None = None,
    short_name: str = "",
) -> None:
    """Set the unit's names, mailbox and place; a name it had before stays one of its other names.

    Raises Refused where it has ended, where its parent or a sister bears the name or where it would stand
    below itself.
    """
    if unit.last_on is not None:
        raise Refused("Đơn vị đã kết thúc hoạt động nên không sửa được. Hãy sửa đơn vị kế tục.")
    _refuse_names(name, short_name, parent, but=unit)
    _refuse_place(unit, parent)
    before = _described(unit)
    unit.name, unit.short_name, unit.parent, unit.email = name, short_name, parent, usable_email(email)
    db.session.flush()  # parent_id follows the parent
    if _described(unit) != before:
        auditing.record(actor, "change_unit", unit, now=now, before=before, after=_described(unit))
    if fold(before["name"]) != unit.search_text:
        add_alias(before["name"], unit, actor=actor, now=now)


def move(unit: Unit, parent: Unit, *, actor: User, now: datetime) -> None:
    """Put the unit below another parent; raises Refused where a unit of its name stands there."""
    _refuse_names(unit.name, unit.short_name, parent, but=unit)
    _refuse_place(unit, parent)
    before = {"parent": unit.parent_id}
    unit.parent = parent
    auditing.record(actor, "change_unit", unit, now=now, before=before, after={"parent": parent.id})


def _refuse_place(unit: Unit, parent: Unit | None) -> None:
    above = parent
    while above is not None:
        if above is unit:
            raise Refused("Không thể đặt đơn vị dưới chính nó. Hãy chọn đơn vị cấp trên khác.")
        above = above.parent


def _described(unit: Unit) -> dict[str, Any]:
    return {
        "name": unit.name,
        "short_name": unit.short_name,
        "parent": unit.parent_id,
        "email": unit.email,
    }


def add_alias(text: str, target: Unit | UnitGroup, *, actor: User | None, now: datetime) -> Alias:
    """Remember another way the unit or group is written; one that is known already is returned."""
    if not text.strip():
        raise Refused("Hãy nhập tên gọi khác.")
    refuse_longer(nfc(text), LONGEST_NAME, "Tên gọi khác")
    for known in target.aliases:
        if known.search_text == fold(nfc(text)):
            return known
    alias = Alias(text=text)
    target.aliases.append(alias)
    auditing.record(actor, "add_alias", target, now=now, after={"alias": alias.text})
    return alias


def refuse_name_of_a_sister(text: str, unit: Unit) -> None:
    """Raise Refused where a sister in force bears the text as its name or as another name.

    Plans would then name either; a monitor who means it takes the name from the sister first.
    """
    sisters = select(Unit).where(Unit.parent_id == unit.parent_id, Unit.last_on.is_(None), Unit.id != unit.id)
    known = select(Alias.unit_id).where(Alias.search_text == fold(nfc(text)))
    same = or_(Unit.search_text == fold(nfc(text)), Unit.id.in_(known))
    for sister in db.session.scalars(sisters.where(same).order_by(Unit.id)):
        names = (sister.name, *(alias.text for alias in sister.aliases))
        if name_key(nfc(text)) in map(name_key, names):
            raise Refused(f"“{text.strip()}” đang là tên của {sister.name}. Hãy bỏ tên đó ở đơn vị ấy trước.")


def remove_alias(alias: Alias, *, actor: User, now: datetime) -> None:
    """Forget another name."""
    target = alias.unit or alias.group
    assert target is not None, "the database lets no alias be without its target"
    auditing.record(actor, "remove_alias", target, now=now, before={"alias": alias.text})
    target.aliases.remove(alias)


def add_group(
    name: str, members: Iterable[Unit], *, keeper: Unit, actor: User | None, now: datetime
) -> UnitGroup:
    """A new named set of units kept by `keeper`; raises Refused where it has one of that name."""
    if not name.strip():
        raise Refused("Hãy nhập tên nhóm đơn vị.")
    refuse_longer(nfc(name), LONGEST_NAME, "Tên nhóm")
    same = select(UnitGroup).where(UnitGroup.search_text == fold(nfc(name)), UnitGroup.keeper_id == keeper.id)
    if db.session.scalars(same).first():
        raise Refused(f"Đã có nhóm “{nfc(name).strip()}”. Hãy dùng nhóm đó hoặc đặt tên khác.")
    group = UnitGroup(name=name, keeper=keeper)
    group.memberships = [GroupMembership(unit=unit) for unit in dict.fromkeys(members)]
    db.session.add(group)
    db.session.flush()  # the log names members by their ids
    auditing.record(
        actor,
        "add_group",
        group,
        now=now,
        after={"name": group.name, "members": [m.unit_id for m in group.memberships]},
    )
    return group


def set_members(
    group: UnitGroup, members: Iterable[Unit], *, actor: User, now: datetime, today: date
) -> None:
    """Make these the members from `today` on; who leaves stays a member of the days before."""
    wanted = set(members)
    present = {m.unit: m for m in group.memberships if m.covers(today)}
    joined = [unit for unit in wanted if unit not in present]
    left = [m for unit, m in present.items() if unit not in wanted]
    for membership in left:
        _end(membership, today)
    group.memberships.extend(GroupMembership(unit=unit, first_on=today) for unit in joined)
    if joined or left:
        auditing.record(
            actor,
            "set_members",
            group,
            now=now,
            after={"joined": [unit.id for unit in joined], "left": [m.unit_id for m in left]},
        )


def _end(membership: GroupMembership, today: date) -> None:
    """Let a membership end the day before `today`; one that began today never was."""
    if membership.first_on == today:
        membership.group.memberships.remove(membership)
    else:
        membership.last_on = date.fromordinal(today.toordinal() - 1)


def tree(members: Iterable[Unit]) -> list[tuple[int, Unit]]:
    """Each of the units with its depth, one before those below it, sisters by name.

    A unit whose parent is not among the `members` stands at depth 0.
    """
    by_parent: dict[int | None, list[Unit]] = defaultdict(list)
    present = {unit.id: unit for unit in members}
    for unit in sorted(present.values(), key=lambda unit: unit.search_text, reverse=True):
        by_parent[unit.parent_id if unit.parent_id in present else None].append(unit)
    ordered, waiting = [], [(0, unit) for unit in by_parent[None]]
    while waiting:
        depth, unit = waiting.pop()
        ordered.append((depth, unit))
        waiting.extend((depth + 1, below) for below in by_parent[unit.id])
    return ordered


def unit_named(name: str) -> Unit:
    """The one unit in force of that name; «Phòng Nội vụ < UBND xã Suối Mây» tells namesakes apart.

    Raises Refused where there is none or more than one.
    """
    own, _, above = name.partition("<")
    query = select(Unit).where(Unit.search_text == fold(nfc(own)), Unit.last_on.is_(None))
    found = list(db.session.scalars(query))
    found = [unit for unit in found if name_key(unit.name) == name_key(nfc(own))] or found
    if above.strip():
        found = [
            unit for unit in found if unit.parent is not None and unit.parent.search_text == fold(nfc(above))
        ]
    if not found:
        raise Refused(f"Không có đơn vị “{name}”. Hãy kiểm tra tên trong danh sách đơn vị.")
    if len(found) > 1:
        raise Refused(
            f"Có {len(found)} đơn vị cùng tên “{name}”. Hãy ghi rõ: {own.strip()} < tên đơn vị cấp trên."
        )
    return found[0]
