"""The indicators of a plan held beside those of a document that amends it, applied as far as chosen.

What was reported stays with its target: a target that is given up is kept, exempt, where something was.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.db import db
from tracker.models import Indicator, IndicatorTarget, Plan, User
from tracker.plans.goals import Goal, Goals, compare_goals
from tracker.services import auditing, indicator_storing
from tracker.services.checking import Check


@dataclass(frozen=True, slots=True)
class ChosenGoals:
    """What of a comparison is to be applied, by the keys of new goals, of changed ones, and of those gone."""

    added: Collection[str] = ()
    changed: Collection[str] = ()
    gone: Collection[str] = ()

    def __len__(self) -> int:
        return len(self.added) + len(self.changed) + len(self.gone)


def comparison(plan: Plan, checked: Check) -> Goals:
    """The goals of the plan as stored beside those of the document as checked; a fixed number of queries.

    A target that is exempt and was reported, as one that was given up, is not said to be gone again.
    """
    stored = [
        _goal(indicator, target)
        for indicator in _indicators(plan)
        for target in indicator.targets
        if not (target.exempt and target.reports)
    ]
    return compare_goals(stored, indicator_storing.goals(plan, checked))


def _indicators(plan: Plan) -> list[Indicator]:
    query = (
        select(Indicator)
        .where(Indicator.plan_id == plan.id)
        .order_by(Indicator.position)
        .options(selectinload(Indicator.targets).selectinload(IndicatorTarget.reports))
    )
    return list(db.session.scalars(query))


def _goal(indicator: Indicator, target: IndicatorTarget) -> Goal:
    return Goal(
        str(target.id),
        indicator.name,
        indicator.measure,
        target.unit_id,
        target.period,
        target=target.target,
        given=target.given,
        bound=indicator.bound,
        exempt=target.exempt,
        note=target.note,
    )


def apply(
    plan: Plan, checked: Check, chosen: ChosenGoals, reason: str, *, actor: User, now: datetime
) -> None:
    """Apply what was chosen; `reason` names the document and is kept with each target that changed."""
    found = comparison(plan, checked)
    indicators = _indicators(plan)
    targets = {str(target.id): target for indicator in indicators for target in indicator.targets}
    for change in found.changed:
        if change.new.key in chosen.changed:
            _change(targets[change.old.key], change.new, reason, actor, now)
    for goal in found.gone:
        if goal.key in chosen.gone:
            _end(targets[goal.key], reason, actor, now)
    given_up = {
        _goal(one, target).of: target for one in indicators for target in one.targets if target.exempt
    }
    wanted = [goal for goal in found.added if goal.key in chosen.added]
    for goal in wanted:
        if goal.of in given_up:  # in force again, with its reports
            _change(given_up[goal.of], goal, reason, actor, now)
    left = [indicator for indicator in indicators if indicator.targets]
    indicator_storing.add(left, [goal for goal in wanted if goal.of not in given_up], plan)


def _change(target: IndicatorTarget, goal: Goal, reason: str, actor: User, now: datetime) -> None:
    before = {"target": target.target, "given": target.given, "bound": target.indicator.bound}
    target.target, target.given = goal.target, goal.given
    target.exempt, target.note = goal.exempt, goal.note
    target.indicator.bound = goal.bound
    after = {"target": goal.target, "given": goal.given, "bound": goal.bound, "reason": reason}
    auditing.record(actor, "amend", target, now=now, before=before, after=after)


def _end(target: IndicatorTarget, reason: str, actor: User, now: datetime) -> None:
    """A target that is given up: out of every figure where something was reported, else taken out."""
    before = {"target": target.target, "exempt": target.exempt}
    auditing.record(actor, "amend", target, now=now, before=before, after={"exempt": True, "reason": reason})
    if target.reports:
        target.exempt, target.note = True, f"Không còn giao. {reason}"
        return
    indicator = target.indicator
    indicator.targets.remove(target)
    if not indicator.targets:
        db.session.delete(indicator)
