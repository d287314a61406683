"""Under which unit a new one is put: those that may be chosen, and the most likely one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from flask import abort
from sqlalchemy import select

from tracker.access import may_keep_units
from tracker.db import db
from tracker.models import PlanImport, Unit
from tracker.plans.placing import Kin, parent_of, upwards
from tracker.web.plans.room import unit_choices
from tracker.web.sessions import current_reach


@dataclass(frozen=True)
class Parents:
    """The units that the person may put others under, by id; `home` watches over the plan."""

    units: Mapping[int, Unit]
    home: int

    @cached_property
    def choices(self) -> list[tuple[int, str]]:
        """All of them, as they stand in the tree."""
        return unit_choices(list(self.units.values()))

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

    def find(self, unit_id: int) -> Unit:
        """The unit chosen; 403 where the person may put none under it."""
        return self.units.get(unit_id) or abort(403)


def parents_for(plan_import: PlanImport) -> Parents:
    """The choices of the person who asks."""
    in_force = db.session.scalars(select(Unit).where(Unit.last_on.is_(None)))
    kept = {unit.id: unit for unit in in_force if may_keep_units(current_reach, unit.id)}
    return Parents(kept, plan_import.unit_id)
