"""The indicators of a checked document, stored with its plan."""

from sqlalchemy import select

from tracker.db import db
from tracker.models import Indicator, IndicatorTarget, Plan
from tracker.plans.draft import IndicatorDraft
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
    found: dict[tuple[str, str], Indicator] = {}
    for draft in checked.indicators:
        for unit_id in _units(draft, plan, checked):
            _put(found, plan, draft, unit_id)
    db.session.add_all(found.values())


def _units(draft: IndicatorDraft, plan: Plan, checked: Check) -> tuple[int, ...]:
    if not draft.unit:
        return (plan.watching_unit_id,) if plan.watching_unit_id else (plan.watching_unit.id,)
    named = checked.named.get(draft.unit)
    return named.units if named is not None and not named.close else ()


def _put(found: dict[tuple[str, str], Indicator], plan: Plan, draft: IndicatorDraft, unit_id: int) -> None:
    key = fold(draft.name), fold(draft.measure)
    indicator = found.get(key)
    if indicator is None:
        indicator = found[key] = Indicator(
            plan=plan,
            position=len(found) + 1,
            name=draft.name,
            measure=draft.measure[:50],
            bound=draft.bound,
        )
    known = next((t for t in indicator.targets if (t.unit_id, t.period) == (unit_id, draft.period)), None)
    target = known or IndicatorTarget(unit_id=unit_id, period=draft.period[:50])
    if known is None:
        indicator.targets.append(target)
    target.target = draft.target if draft.target is not None else target.target
    target.given = draft.actual if draft.actual is not None else target.given
    target.note = draft.note if draft.unit else ""
    target.exempt = draft.target is None and not draft.actual and is_exempting(draft.note)


def is_exempting(note: str) -> bool:
    """«Không có TTHC yêu cầu nghĩa vụ tài chính»: whether a note says that the unit has nothing to reach."""
    return fold(note).startswith(EXEMPTING)
