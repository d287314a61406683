"""The units that a new one may be put under, as the person who asks may choose among them."""

from functools import cached_property

from flask import abort

from tracker.models import PlanImport, Unit
from tracker.services import parents
from tracker.web.plans.room import unit_choices
from tracker.web.sessions import current_reach


class Parents(parents.Parents):
    """The choices of a page."""

    @cached_property
    def choices(self) -> list[tuple[int, str]]:
        """All of them, as they stand in the tree."""
        return unit_choices(list(self.units.values()))

    def find(self, unit_id: int) -> Unit:
        """The unit chosen; 403 where the person may put none under it."""
        return self.units.get(unit_id) or abort(403)


def parents_for(plan_import: PlanImport) -> Parents:
    """The choices of the person who asks."""
    return Parents(parents.kept_by(current_reach), plan_import.unit_id)
