"""What a list can be narrowed to is what the person sees something of."""

from datetime import date

from tracker.grants import reach_of
from tracker.services import choices

TODAY = date(2026, 6, 18)


def test_plans_and_people_are_those_in_sight(cast, make_assignment):
    plan = make_assignment(columns={"responsible": cast.an}).task.plan
    assert choices.plans_in_sight(reach_of(cast.an)) == [(plan.id, plan.number)]
    assert choices.plans_in_sight(reach_of(cast.giang)) == []
    assert choices.people_responsible({cast.economy.id}) == [cast.an]
    assert choices.people_responsible({cast.culture.id}) == []


def test_units_are_told_with_how_much_of_theirs_is_overdue(cast, make_assignment):
    make_assignment(due_on=date(2026, 6, 1))
    make_assignment(due_on=TODAY)
    assert choices.units_overdue(reach_of(cast.dung), TODAY) == [(cast.economy, 1)]
    assert choices.units_overdue(reach_of(cast.giang), TODAY) == []
