"""Under which unit a new one is put: those that a person may choose, and the most likely one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from tracker.access import may_keep_units
from tracker.db import db
from tracker.grants import Reach
from tracker.models import PlanImport, Unit
from tracker.plans.naming import names_several, other_writings
from tracker.plans.placing import Kin, parent_of, upwards
from tracker.services.checking import Check


@dataclass(frozen=True)
class Parents:
    """The units that the person may put others under, by id; `home` watches over the plan."""

    units: Mapping[int, Unit]
    home: int

    @cached_property
    def _kin(self) -> dict[int, Kin]:
        return {unit.id: Kin(unit.name, unit.parent_id) for unit in self.units.values()}

    def likely(self, phrase: str) -> int:
        """Where the phrase most likely belongs."""
        return parent_of(phrase, self._kin, self.home)

    def nearby(self, phrase: str) -> list[tuple[int, str]]:
        """The likely one first, then the watching unit and those above it."""
        near = dict.fromkeys((self.likely(phrase), *upwards(self.home, self._kin)))
        return [(unit, self.units[unit].name) for unit in near if unit in self.units]


def kept_by(reach: Reach) -> dict[int, Unit]:
    """The units in force that a person may put others under, by id; one query."""
    in_force = db.session.scalars(select(Unit).where(Unit.last_on.is_(None)))
    return {unit.id: unit for unit in in_force if may_keep_units(reach, unit.id)}


def below(checked: Check) -> dict[str, str]:
    """Which unknown phrase stands below which: a commune of a table of indicators below its district."""
    alone = {who.phrase for who in checked.unknown if not names_several(who.phrase)}
    return {one.unit: one.under for one in checked.indicators if one.unit in alone and one.under in alone}


def proposed(plan_import: PlanImport, checked: Check, reach: Reach) -> dict[str, Unit | str]:
    """What each unknown unit is put under where nobody chooses: a unit, or another phrase of the document.

    One that is another writing of a unit proposed here is no unit of its own.
    """
    parents, under = Parents(kept_by(reach), plan_import.unit_id), below(checked)
    alone = [who.phrase for who in checked.unknown if not names_several(who.phrase)]
    same = other_writings(alone)
    above = {phrase: same.get(other, other) for phrase, other in under.items()}
    return {
        phrase: above.get(phrase) or parents.units.get(parents.likely(phrase), plan_import.unit)
        for phrase in alone
        if phrase not in same
    }
