"""What a plan makes of the reminder rules: stored are only those that it has otherwise than by default."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from tracker.db import db
from tracker.models import Plan, User
from tracker.rules.notices.table import CHANGEABLE, DEFAULT_RULES, Changes, Rule, are_allowed, with_changes
from tracker.services import auditing
from tracker.services.refusals import Refused
from tracker.words import RULE_WORDS


def changes_of(plan: Plan) -> Changes:
    """What the plan made of the rules."""
    return _as_changes(plan.reminder_days)


def all_changes() -> dict[int, Changes]:
    """What the published plans that made anything of the rules made of them, by the plan's id; one query."""
    query = select(Plan.id, Plan.reminder_days).where(Plan.published_at.is_not(None))
    return {number: _as_changes(days) for number, days in db.session.execute(query) if days}


def _as_changes(days: Mapping[str, list[int]]) -> Changes:
    return tuple((name, tuple(days[name])) for name in sorted(days))


def changeable_rules(plan: Plan) -> list[Rule]:
    """The rules that a plan can change, as this plan has them."""
    return [rule for rule in with_changes(DEFAULT_RULES, changes_of(plan)) if rule.name in CHANGEABLE]


def change_rules(plan: Plan, days: Mapping[str, tuple[int, ...]], *, actor: User, now: datetime) -> None:
    """Give rules other days, from the next run on; a rule without days is switched off.

    Raises Refused for days out of bounds, or a rule that may not be off.
    """
    for name, wanted in days.items():
        if sentence := fault(name, wanted):
            raise Refused(f"{RULE_WORDS[name]}: {sentence}")
    default = {rule.name: rule.days for rule in DEFAULT_RULES}
    kept = {name: list(_in_order(name, wanted)) for name, wanted in days.items()}
    changed = {name: wanted for name, wanted in kept.items() if set(wanted) != set(default[name])}
    if changed != plan.reminder_days:
        before, plan.reminder_days = plan.reminder_days, changed
        auditing.record(
            actor, "change_rules", plan, now=now, before={"days": before}, after={"days": changed}
        )


def _in_order(name: str, days: tuple[int, ...]) -> list[int]:
    """As they come in time: before a date the most days first, after it the fewest."""
    return sorted(days, reverse=CHANGEABLE[name].least == 0)


def fault(name: str, days: tuple[int, ...]) -> str:
    """Why a rule cannot have these days, as a sentence; empty where it can."""
    bounds = CHANGEABLE[name]
    if are_allowed(name, days):
        return ""
    if not days:
        return "Hãy ghi ít nhất một số ngày: đơn vị chủ trì luôn được báo khi quá hạn."
    return f"Hãy ghi nhiều nhất {bounds.count} số ngày khác nhau, từ {bounds.least} đến {bounds.most}."
