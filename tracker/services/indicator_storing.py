"""The indicators of a checked document, stored with its plan."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select

from tracker.db import db
from tracker.models import Indicator, IndicatorTarget, Plan
from tracker.plans.draft import IndicatorDraft
from tracker.plans.goals import Goal
from tracker.services.checking import Check
from tracker.words import fold

EXEMPTING = ("khong co", "khong phat sinh", "mien", "khong thuc hien")  # how a note that exempts begins


def store(plan: Plan, checked: Check) -> None:
    """Store the indicators of a draft that units are named for; what the plan held before is replaced.

    A figure without a unit is the watching unit's own.
    """
    for old in db.session.scalars(select(Indicator).where(Indicator.plan_id == plan.id)):
        db.session.delete(old)
    db.session.flush()  # the old ones are gone before new ones stand in their places
    add([], goals(plan, checked), plan)


def add(known: Iterable[Indicator], wanted: Iterable[Goal], plan: Plan) -> None:
    """Store goals under the indicators of the plan that are known, else under new ones."""
    found = {(fold(one.name), fold(one.measure)): one for one in known}
    last = max((one.position for one in found.values()), default=0)
    for goal in wanted:
        key = fold(goal.name), fold(goal.measure)
        if key not in found:
            last += 1
            found[key] = Indicator(
                plan=plan, position=last, name=goal.name, measure=goal.measure, bound=goal.bound
            )
        found[key].targets.append(
            IndicatorTarget(
                unit_id=goal.unit_id,
                period=goal.period,
                target=goal.target,
                given=goal.given,
                note=goal.note,
                exempt=goal.exempt,
            )
        )
    db.session.add_all(found.values())


def goals(plan: Plan, checked: Check) -> list[Goal]:
    """What the document gives each unit to reach; figures for the same thing are put together."""
    found: dict[tuple[str, str, int, str], Goal] = {}
    for place, draft in enumerate(checked.indicators):
        for unit_id in _units(draft, plan, checked):
            goal = _goal(f"{place}-{unit_id}", draft, unit_id)
            known = found.get(goal.of)
            found[goal.of] = goal if known is None else _together(known, goal)
    return list(found.values())


def _goal(key: str, draft: IndicatorDraft, unit_id: int) -> Goal:
    return Goal(
        key,
        draft.name,
        draft.measure[:50],
        unit_id,
        draft.period[:50],
        target=draft.target,
        given=draft.actual,
        bound=draft.bound,
        exempt=draft.target is None and not draft.actual and is_exempting(draft.note),
        note=draft.note if draft.unit else "",
    )


def _together(first: Goal, then: Goal) -> Goal:
    """What two figures say of one goal; the later one is in force where both say it."""
    return replace(
        first,
        target=first.target if then.target is None else then.target,
        given=first.given if then.given is None else then.given,
        note=then.note,
        exempt=then.exempt,
    )


def _units(draft: IndicatorDraft, plan: Plan, checked: Check) -> tuple[int, ...]:
    if not draft.unit:
        return (plan.watching_unit_id,) if plan.watching_unit_id else (plan.watching_unit.id,)
    named = checked.named.get(draft.unit)
    return named.units if named is not None and not named.close else ()


def is_exempting(note: str) -> bool:
    """«Không có TTHC yêu cầu nghĩa vụ tài chính»: whether a note says that the unit has nothing to reach."""
    return fold(note).startswith(EXEMPTING)
