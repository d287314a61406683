"""What a person's grants cover.

A grant is (person, role, unit) and covers that unit and those below it. A `Reach` is what all grants of a
person cover, read once a request; `access` says what they may do with one thing, `visibility` which of many
they see.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select

from tracker.db import db
from tracker.models import Grant, Role, Unit, User

WORKERS = (Role.UNIT_HEAD, Role.STAFF)
OVERSEERS = (Role.MONITOR, Role.LEADER)


@dataclass(frozen=True, slots=True)
class Policy:
    """What a deployment decided about who may do what."""

    heads_only_submit: bool = False
    monitors_decide_extensions: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """A person and the units each held role covers.

    `own` are the units whose work is the person's own; `monitors_own` are those that are some monitor's
    own, whose work a leader confirms because nobody confirms their own unit's. `whole` are the roles that
    cover every unit there is: where one of them is enough, the database need not ask about units. `below`
    leads from a unit's id to its own and those of all units below it.
    """

    user: User
    units: Mapping[Role, frozenset[int]]
    own: frozenset[int]
    monitors_own: frozenset[int]
    below: Callable[[int], frozenset[int]]
    policy: Policy = Policy()
    whole: frozenset[Role] = frozenset()

    def covered(self, *roles: Role) -> frozenset[int]:
        """All units that any of the roles covers."""
        return frozenset().union(*(self.units.get(role, frozenset()) for role in roles))

    def covers(self, unit_id: int, *roles: Role) -> bool:
        """Whether any of the roles covers the unit."""
        return any(unit_id in self.units.get(role, frozenset()) for role in roles)

    def covers_all(self, *roles: Role) -> bool:
        """Whether one of the roles covers every unit there is."""
        return any(role in self.whole for role in roles)

    def holds(self, *roles: Role) -> bool:
        """Whether the person holds any of the roles anywhere."""
        return any(self.units.get(role) for role in roles)


def reach_of(user: User, policy: Policy = Policy()) -> Reach:
    """What the person's grants cover, by two queries whatever their number."""
    monitors = select(Grant.user_id).where(Grant.role == Role.MONITOR)
    rows = db.session.execute(
        select(Grant.user_id, Grant.role, Grant.unit_id).where(
            or_(Grant.user_id == user.id, Grant.user_id.in_(monitors))
        )
    )
    by_user: dict[int, list[tuple[Role, int]]] = defaultdict(list)
    for user_id, role, unit_id in rows:
        by_user[user_id].append((role, unit_id))
    children = _children()
    below = _below(children)
    mine = by_user.get(user.id, [])
    units = {role: _union(below(unit) for r, unit in mine if r is role) for role in {r for r, _ in mine}}
    monitors_own = _union(
        _own(grants, below) for grants in by_user.values() if any(r is Role.MONITOR for r, _ in grants)
    )
    there_are = sum(map(len, children.values()))
    whole = frozenset(role for role, covered in units.items() if len(covered) == there_are)
    return Reach(user, units, _own(mine, below), monitors_own, below, policy, whole)


def _union(sets: Iterable[Iterable[int]]) -> frozenset[int]:
    return frozenset().union(*sets)


def _own(grants: list[tuple[Role, int]], below: Callable[[int], frozenset[int]]) -> frozenset[int]:
    """The units a person works in, and those where they sit as monitor."""
    worked = (below(unit) for role, unit in grants if role in WORKERS)
    seats = ({unit} for role, unit in grants if role is Role.MONITOR)
    return _union([*worked, *seats])


def works_in(user: User, unit: Unit) -> bool:
    """Whether the unit's work is the person's own: they are staff or head of it or of a unit above it."""
    seats = {grant.unit_id for grant in user.grants if grant.role in WORKERS}
    above: Unit | None = unit
    while above is not None and above.id not in seats:
        above = above.parent
    return above is not None


def descendants() -> Callable[[int], frozenset[int]]:
    """A function from a unit's id to the ids of that unit and all below it; one query for the whole tree."""
    return _below(_children())


def _children() -> Mapping[int | None, list[int]]:
    """The units under each unit, by id; under None those at the top; one query."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for unit_id, parent_id in db.session.execute(select(Unit.id, Unit.parent_id)):
        children[parent_id].append(unit_id)
    return children


def _below(children: Mapping[int | None, list[int]]) -> Callable[[int], frozenset[int]]:
    def below(unit_id: int) -> frozenset[int]:
        found: set[int] = set()
        waiting = [unit_id]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(children.get(current, ()))
        return frozenset(found)

    return below
