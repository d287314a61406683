"""Indicators as they stand: outcome and rank of each unit, counts of each indicator, one unit's trend."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.db import db
from tracker.grants import WORKERS, Reach
from tracker.models import Indicator, IndicatorReport, IndicatorTarget, Plan
from tracker.rules.indicators import Outcome, outcome, period_order, ranks
from tracker.visibility import plans_visible_to, visible_targets


@dataclass(frozen=True, slots=True)
class Line:
    """A target with how it stands; `rank` is None for who is not ranked."""

    target: IndicatorTarget
    outcome: Outcome
    rank: int | None = None

    @property
    def difference(self) -> float | None:
        """How far the value is above its target, where both are figures of the same kind."""
        if self.target.value is None or self.target.target is None:
            return None
        if self.target.indicator.bound in ("less_by", "more_by"):
            return None
        return self.target.value - self.target.target


@dataclass(frozen=True, slots=True)
class Summary:
    """An indicator of a plan with how many of its targets stand how."""

    indicator: Indicator
    counts: Mapping[Outcome, int]

    @property
    def total(self) -> int:
        """All units that are to reach it."""
        return sum(count for how, count in self.counts.items() if how is not Outcome.EXEMPT)


def loaded(where: ColumnElement[bool]) -> Sequence[IndicatorTarget]:
    """The targets with all that is shown of them; a fixed number of queries."""
    query = (
        select(IndicatorTarget)
        .join(IndicatorTarget.indicator)
        .join(Indicator.plan)
        .options(
            selectinload(IndicatorTarget.indicator).joinedload(Indicator.plan),  # few: not a copy a row
            joinedload(IndicatorTarget.unit),
            selectinload(IndicatorTarget.reports).joinedload(IndicatorReport.by),
        )
        .where(where)
        .order_by(Plan.id, Indicator.position, IndicatorTarget.id)
    )
    return db.session.scalars(query).all()


def plans_in_sight(reach: Reach) -> Sequence[Plan]:
    """The plans with indicators that the person may see, the newest first; one query."""
    measured = Plan.id.in_(select(Indicator.plan_id))
    return db.session.scalars(
        select(Plan).where(plans_visible_to(reach), measured).order_by(Plan.id.desc())
    ).all()


def any_of(plan: Plan) -> bool:
    """Whether the plan has indicators."""
    return db.session.scalar(select(Indicator.id).where(Indicator.plan_id == plan.id).limit(1)) is not None


def of_plan(plan: Plan, reach: Reach) -> list[Summary]:
    """The indicators of a plan, each with its counts, of what the person may see; three queries."""
    query = select(Indicator).where(Indicator.plan_id == plan.id).order_by(Indicator.position, Indicator.id)
    known = {indicator.id: indicator for indicator in db.session.scalars(query)}
    visible = select(IndicatorTarget.id).where(
        IndicatorTarget.indicator_id.in_(known), visible_targets(reach)
    )
    seen, everyone = set(db.session.scalars(visible)), _reached(known)
    before = _values_before(everyone)
    counts: dict[int, Counter[Outcome]] = defaultdict(Counter)
    for one in everyone:
        if one.id in seen:
            counts[one.indicator_id][_how(known[one.indicator_id], one, before.get(one.id))] += 1
    return [
        Summary(indicator, counts[indicator.id]) for indicator in known.values() if indicator.id in counts
    ]


def _how(indicator: Indicator, one: "IndicatorTarget | _Reached", base: float | None) -> Outcome:
    return outcome(indicator.bound, indicator.measure, one.target, one.value, base=base, exempt=one.exempt)


def of_indicator(indicator: Indicator, reach: Reach) -> list[Line]:
    """The targets of an indicator that the person may see, latest period first, best rank first."""
    seen = loaded((IndicatorTarget.indicator_id == indicator.id) & visible_targets(reach))
    return sorted(lines(seen), key=_best_first)


def _best_first(line: Line) -> tuple[int, int, int, str]:
    year, part = period_order(line.target.period)
    return -year, -part, line.rank or 10**6, line.target.unit.search_text


def own(reach: Reach) -> list[Line]:
    """What the units that the person works in are to reach, of plans given out."""
    worked = reach.covered(*WORKERS)
    return list(lines(loaded(IndicatorTarget.unit_id.in_(worked) & Plan.published_at.is_not(None))))


def lines(targets: Sequence[IndicatorTarget]) -> Iterator[Line]:
    """Each target with its outcome and its rank among all of its indicator and period, seen or not."""
    bounds = {target.indicator_id: target.indicator.bound for target in targets}
    everyone = _reached(bounds)
    values, ranked = _values_before(everyone), _ranked(everyone, bounds)
    for target in targets:
        how = _how(target.indicator, target, values.get(target.id))
        yield Line(target, how, ranked.get(target.id))


class _Reached(NamedTuple):
    """The value that counts of a target: enough to rank it, and to set it beside that of another period."""

    id: int
    indicator_id: int
    unit_id: int
    period: str
    exempt: bool
    target: float | None
    value: float | None


def _reached(indicator_ids: Iterable[int]) -> list[_Reached]:
    """All that the indicators count, read in columns: they may be of hundreds of units; one query."""
    newest = (
        select(func.max(IndicatorReport.id))
        .where(IndicatorReport.target_id == IndicatorTarget.id)
        .correlate(IndicatorTarget)
        .scalar_subquery()
    )
    query = (
        select(
            IndicatorTarget.id,
            IndicatorTarget.indicator_id,
            IndicatorTarget.unit_id,
            IndicatorTarget.period,
            IndicatorTarget.exempt,
            IndicatorTarget.target,
            func.coalesce(IndicatorReport.value, IndicatorTarget.given),
        )
        .outerjoin(IndicatorReport, IndicatorReport.id == newest)
        .where(IndicatorTarget.indicator_id.in_(indicator_ids))
        .order_by(IndicatorTarget.id)
    )
    return [_Reached(*row) for row in db.session.execute(query)]


def _values_before(targets: Sequence[_Reached]) -> dict[int, float | None]:
    """The value of the period before, for each target that has one."""
    series: dict[tuple[int, int], list[_Reached]] = {}
    for target in targets:
        series.setdefault((target.indicator_id, target.unit_id), []).append(target)
    before: dict[int, float | None] = {}
    for found in series.values():
        ordered = sorted(found, key=lambda target: period_order(target.period))
        before |= {later.id: earlier.value for earlier, later in pairwise(ordered)}
    return before


def _ranked(targets: Sequence[_Reached], bounds: Mapping[int, str]) -> dict[int, int]:
    """The ranks of all that have a value and are not exempt, within their indicator and period."""
    fields: dict[tuple[int, str], dict[int, float]] = {}
    for target in targets:
        if target.value is not None and not target.exempt:
            fields.setdefault((target.indicator_id, target.period), {})[target.id] = target.value
    found: dict[int, int] = {}
    for (indicator_id, _), values in fields.items():
        found |= ranks(values, bounds[indicator_id])
    return found


def trend(target: IndicatorTarget) -> list[Line]:
    """The targets of the same unit and indicator through all periods, in the order of time."""
    same = (IndicatorTarget.indicator_id == target.indicator_id) & (IndicatorTarget.unit_id == target.unit_id)
    return sorted(lines(loaded(same)), key=lambda line: period_order(line.target.period))


def find_visible(target_id: int, reach: Reach) -> IndicatorTarget | None:
    """The target, if the person may see it."""
    found = loaded((IndicatorTarget.id == target_id) & visible_targets(reach))
    return found[0] if found else None
