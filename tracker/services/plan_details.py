"""What may be said of a plan after it was stored: its number, who is in charge, how often it is reported."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from tracker.db import db
from tracker.models import Cadence, Grant, Plan, Role, TaskGroup, Unit, User
from tracker.services import auditing
from tracker.services.refusals import Refused
from tracker.words import nfc


def leaders_of(plan: Plan) -> list[User]:
    """The people who may be in charge of the plan: leaders of the unit that watches it, or of one above."""
    leading = select(Grant.user_id).where(
        Grant.role == Role.LEADER, Grant.unit_id.in_(_chain(plan.watching_unit))
    )
    query = select(User).where(User.id.in_(leading), User.active).order_by(User.search_text)
    return list(db.session.scalars(query))


def _chain(unit: Unit) -> list[int]:
    """The unit and those above it, from itself up."""
    found: list[int] = []
    at: Unit | None = unit
    while at is not None and at.id not in found:
        found.append(at.id)
        at = at.parent
    return found


def change_details(
    plan: Plan,
    *,
    number: str,
    leader: User | None,
    cadence: Cadence,
    group_leaders: Mapping[int, User | None],
    actor: User,
    now: datetime,
) -> None:
    """Set number, leader in charge and cadence, and the leader of groups by their ids.

    Raises Refused for a leader who does not lead the watching unit, or a number longer than 100 characters.
    """
    may_lead = {None, *leaders_of(plan)}
    if leader not in may_lead or not may_lead.issuperset(group_leaders.values()):
        raise Refused("Người này không phải lãnh đạo của đơn vị theo dõi kế hoạch. Hãy chọn lại.")
    number = nfc(number).strip()
    if len(number) > 100:
        raise Refused("Số, ký hiệu dài quá 100 ký tự. Hãy rút ngắn.")
    before = described(plan)
    plan.number, plan.leader, plan.cadence = number, leader, cadence
    for group in plan.groups:
        group.leader = group_leaders.get(group.id, group.leader)
    db.session.flush()  # leader_id follows the leader
    if described(plan) != before:
        auditing.record(actor, "change_details", plan, now=now, before=before, after=described(plan))


def described(plan: Plan) -> dict[str, object]:
    """What the log keeps of the details."""
    return {
        "number": plan.number,
        "leader": plan.leader_id,
        "cadence": plan.cadence.value,
        "group_leaders": {str(group.id): group.leader_id for group in plan.groups},
    }


def group_of(plan: Plan, group_id: int | None) -> TaskGroup | None:
    """The group of that id within the plan, None where there is none."""
    return next((group for group in plan.groups if group.id == group_id), None)
