"""The units and groups that the phrases of a plan can name, loaded for the pure matching."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from tracker.db import db
from tracker.grants import descendants
from tracker.models import Alias, Unit, UnitGroup, User
from tracker.plans.matching import Catalogue, Known, Learnt
from tracker.plans.naming import Directory
from tracker.plans.spelling import name_key
from tracker.services import units
from tracker.words import fold

LONGEST_ALIAS = 300  # characters


def load(watching: Unit, issued_on: date | None, today: date) -> tuple[Catalogue, Directory]:
    """The units in force today that a plan watched by the unit may mean, and the groups kept among them.

    Groups have the members of the day of issue where their history is known, else those of today. The number
    of queries does not grow with the number of units.
    """
    in_force = _units_in_force(today)
    near = neighbourhood(watching, in_force.values())
    groups = _groups_kept_nearby(watching, near)
    catalogue = Catalogue(
        units=tuple(
            Known(unit.id, unit.name, _short_names(unit), unit.parent_id)
            for unit in in_force.values()
            if unit.id in near
        ),
        groups=tuple(Known(group.id, group.name) for group in groups),
        learnt=_learnt(near, {group.id for group in groups}),
        near=watching.id,
    )
    directory = Directory(
        units={unit.id: unit.name for unit in in_force.values()},
        groups={group.id: group.name for group in groups},
        members={group.id: _members(group, issued_on, today, in_force) for group in groups},
        near=near,
    )
    return catalogue, directory


def _units_in_force(today: date) -> dict[int, Unit]:
    query = select(Unit).where(or_(Unit.last_on.is_(None), Unit.last_on >= today))
    return {unit.id: unit for unit in db.session.scalars(query)}


def neighbourhood(watching: Unit, every: Iterable[Unit]) -> frozenset[int]:
    """The units a plan may mean without saying more: those below, those above, and all children of these.

    What stands inside another branch («Phòng Kinh tế» of the next commune) is not among them.
    """
    parents = {unit.id: unit.parent_id for unit in every} | {watching.id: watching.parent_id}
    above = set()
    at = watching.parent_id
    while at is not None and at not in above:
        above.add(at)
        at = parents.get(at)
    sisters = {unit for unit, parent in parents.items() if parent in above}
    return frozenset(above | sisters | descendants()(watching.id))


def _groups_kept_nearby(watching: Unit, near: frozenset[int]) -> list[UnitGroup]:
    """Groups of the unit itself first: of two with one name the first is meant."""
    query = (
        select(UnitGroup)
        .where(UnitGroup.keeper_id.in_(near))
        .options(selectinload(UnitGroup.memberships))
        .order_by(UnitGroup.keeper_id != watching.id, UnitGroup.id)
    )
    return list(db.session.scalars(query))


def _short_names(unit: Unit) -> tuple[str, ...]:
    return (unit.short_name,) if unit.short_name else ()


def _learnt(near: frozenset[int], groups: set[int]) -> Mapping[str, Learnt]:
    """What was decided of phrases before; a phrase decided to mean several has an alias for each."""
    units_of, groups_of = defaultdict(list), defaultdict(list)
    rows = db.session.execute(select(Alias.text, Alias.unit_id, Alias.group_id).order_by(Alias.id))
    for text, unit_id, group_id in rows:
        if unit_id in near:
            units_of[name_key(text)].append(unit_id)
        if group_id in groups:
            groups_of[name_key(text)].append(group_id)
    keys = units_of.keys() | groups_of.keys()
    return {key: Learnt(tuple(units_of[key]), tuple(groups_of[key])) for key in keys}


def _members(
    group: UnitGroup, issued_on: date | None, today: date, in_force: Mapping[int, Unit]
) -> tuple[int, ...]:
    def on(day: date) -> list[int]:
        present = (m.unit_id for m in group.memberships if m.covers(day) and m.unit_id in in_force)
        return sorted(present, key=lambda unit_id: in_force[unit_id].search_text)

    return tuple((on(issued_on) if issued_on else []) or on(today))


def remember(
    watching: Unit, decided: Mapping[str, Learnt], *, actor: User, now: datetime, today: date
) -> None:
    """Keep whom phrases (as written) were decided to mean as aliases, in place of what they meant before."""
    in_force = _units_in_force(today)
    near = neighbourhood(watching, in_force.values())
    groups = {group.id: group for group in _groups_kept_nearby(watching, near)}
    for phrase, meant in decided.items():
        targets: list[Unit | UnitGroup] = [in_force[i] for i in meant.units if i in near and i in in_force]
        targets += [groups[i] for i in meant.groups if i in groups]
        wanted = [target for target in targets if name_key(target.name) != name_key(phrase)]
        if len(phrase) > LONGEST_ALIAS:
            continue  # a narrative, which no other plan will repeat
        _forget(phrase, near, set(groups), wanted, actor=actor, now=now)
        for target in wanted:
            units.add_alias(phrase, target, actor=actor, now=now)


def _forget(
    phrase: str,
    near: frozenset[int],
    groups: set[int],
    wanted: list[Unit | UnitGroup],
    *,
    actor: User,
    now: datetime,
) -> None:
    """Drop what the phrase was remembered to mean here, but for what it means still."""
    for alias in db.session.scalars(select(Alias).where(Alias.search_text == fold(phrase))):
        heard = alias.unit_id in near or alias.group_id in groups
        if heard and name_key(alias.text) == name_key(phrase) and (alias.unit or alias.group) not in wanted:
            units.remove_alias(alias, actor=actor, now=now)
