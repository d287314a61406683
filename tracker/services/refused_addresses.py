"""Addresses that a mail server refused for good, until a later letter arrives there or they change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from tracker.db import db
from tracker.models import Mail, MailState, Unit, User


@dataclass(frozen=True, slots=True)
class Refusal:
    """When an address was refused, and the server's own words."""

    at: datetime
    words: str


def of_persons(users: Iterable[User]) -> Mapping[int, Refusal]:
    """The refusals of the addresses that these persons have now, by the person's id; one query."""
    return _refused(Mail.user_id, {user.id: user.email for user in users})


def of_units(units: Iterable[Unit]) -> Mapping[int, Refusal]:
    """The refusals of the mailboxes that these units have now, by the unit's id; one query."""
    return _refused(Mail.unit_id, {unit.id: unit.email for unit in units})


def _refused(
    whose: InstrumentedAttribute[int | None], addresses: Mapping[int, str | None]
) -> dict[int, Refusal]:
    refused = {
        (number, address): Refusal(at, words)
        for number, address, at, words in db.session.execute(
            select(whose, Mail.address, func.coalesce(Mail.claimed_at, Mail.created_at), Mail.last_error)
            .where(whose.in_(addresses), *standing())
            .order_by(Mail.id)
        )
    }
    return {
        number: refused[number, address]
        for number, address in addresses.items()
        if address is not None and (number, address) in refused
    }


def standing() -> tuple[ColumnElement[bool], ...]:
    """The WHERE clauses of the letters whose refusal still stands: none that followed was taken."""
    later = aliased(Mail)
    same = or_(later.user_id == Mail.user_id, later.unit_id == Mail.unit_id)
    taken = select(later.id).where(
        same, later.address == Mail.address, later.id > Mail.id, later.state == MailState.SENT
    )
    return Mail.state == MailState.DEAD, Mail.refused.is_(True), ~taken.exists()
