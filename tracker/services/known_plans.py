"""Which plan a document may be an issue of: by its number, by the plan it says it amends, by its title."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from sqlalchemy import or_, select

from tracker.db import db
from tracker.models import Plan, PlanImport
from tracker.plans.amending import likeness
from tracker.plans.draft import Heading
from tracker.words import fold

NUMBER = re.compile(r"\b\d{1,5}(?:/\d{4})?/[A-ZĐ][\w&.-]*\w")  # 41/KH-UBND, 982/QĐ-TTg, 97/2026/NQ-CP
AMENDS = re.compile(r"điều chỉnh|bổ sung|sửa đổi|thay thế", re.IGNORECASE)
VERY_ALIKE = 0.9  # share of the words of two titles; a plan of the next year differs in one of ten or more


class KnownBy(Enum):
    """By what a plan was recognised, the surest first."""

    NUMBER = auto()
    MENTION = auto()
    TITLE = auto()


@dataclass(frozen=True, slots=True)
class KnownPlan:
    """A plan that the document may be an issue of."""

    plan: Plan
    by: KnownBy


def find(plan_import: PlanImport, heading: Heading) -> KnownPlan | None:
    """The plan that a document may be an issue of; None where none is known. Two queries."""
    return next(_candidates(plan_import, heading), None)


def _candidates(plan_import: PlanImport, heading: Heading) -> Iterator[KnownPlan]:
    numbers = [heading.number, *mentioned(heading)]
    named = db.session.scalars(
        select(Plan).where(Plan.number.in_([n for n in numbers if n])).order_by(Plan.id)
    )
    related = [plan for plan in named if _is_related(plan, plan_import, heading)]
    for plan in related:
        if plan.number == heading.number and _same_year(plan, heading):
            yield KnownPlan(plan, KnownBy.NUMBER)
    for plan in related:
        if plan.number != heading.number:
            yield KnownPlan(plan, KnownBy.MENTION)
    for plan in _of_this_title(plan_import, heading):
        yield KnownPlan(plan, KnownBy.TITLE)


def mentioned(heading: Heading) -> list[str]:
    """The numbers of the plans that a heading says it amends, in its title or its basis."""
    if not AMENDS.search(heading.title):
        return []
    return [number for text in (heading.title, *heading.basis) for number in NUMBER.findall(text)]


def _is_related(plan: Plan, plan_import: PlanImport, heading: Heading) -> bool:
    """Whether the same unit watches it, or the same body issued it."""
    if plan.id == plan_import.plan_id:
        return False
    return plan.watching_unit_id == plan_import.unit_id or fold(plan.issuer) == fold(heading.issuer)


def _same_year(plan: Plan, heading: Heading) -> bool:
    return not (plan.issued_on and heading.issued) or plan.issued_on.year == heading.issued.year


def _of_this_title(plan_import: PlanImport, heading: Heading) -> Iterator[Plan]:
    """Plans of the same issuer with nearly the same title, for a document that has no number yet."""
    wanted = Counter(fold(heading.title).split())
    if not wanted or heading.number:
        return
    query = select(Plan).where(
        or_(Plan.watching_unit_id == plan_import.unit_id, Plan.issuer == heading.issuer), Plan.title != ""
    )
    for plan in db.session.scalars(query.order_by(Plan.id.desc())):
        related = plan.id != plan_import.plan_id and fold(plan.issuer) == fold(heading.issuer)
        if related and likeness(wanted, Counter(fold(plan.title).split())) >= VERY_ALIKE:
            yield plan
