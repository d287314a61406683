"""Who can be reached by letter, as the rules see them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from sqlalchemy import func, select

from tracker.db import db
from tracker.models import Grant, Mail, Role, Unit, User
from tracker.rules.notices.people import People, Recipient, RecipientKind
from tracker.services import refused_addresses


def people() -> People:
    """Everyone active with an address, the mailboxes of units, and who holds which role; four queries."""
    persons = {
        user_id: Recipient(RecipientKind.USER, user_id, letters)
        for user_id, letters in db.session.execute(
            select(User.id, User.letters).where(User.active, User.email != "")
        )
    }
    units = db.session.execute(select(Unit.id, Unit.parent_id, Unit.email)).all()
    mailboxes = {unit.id: Recipient(RecipientKind.UNIT, unit.id) for unit in units if unit.email}
    holders = _holders(persons)
    return People(
        persons=persons,
        mailboxes=mailboxes,
        parents={unit.id: unit.parent_id for unit in units},
        staff=holders[Role.STAFF],
        heads=holders[Role.UNIT_HEAD],
        monitors=holders[Role.MONITOR],
        leaders=holders[Role.LEADER],
        refused=frozenset(_refused(persons, mailboxes)),
    )


def _refused(persons: Mapping[int, Recipient], mailboxes: Mapping[int, Recipient]) -> Iterator[Recipient]:
    """Those whose address of today was refused by the mail server."""
    address = func.coalesce(User.email, Unit.email)
    query = (
        select(Mail.user_id, Mail.unit_id)
        .outerjoin(Mail.user)
        .outerjoin(Mail.unit)
        .where(*refused_addresses.standing(), Mail.address == address)
    )
    for user_id, unit_id in db.session.execute(query):
        known, number = (mailboxes, unit_id) if user_id is None else (persons, user_id)
        if number is not None and number in known:
            yield known[number]


def _holders(persons: Mapping[int, Recipient]) -> Mapping[Role, Mapping[int, tuple[Recipient, ...]]]:
    """Who of the persons holds each role, by the unit of the grant."""
    held: dict[Role, dict[int, tuple[Recipient, ...]]] = {role: defaultdict(tuple) for role in Role}
    grants = select(Grant.role, Grant.unit_id, Grant.user_id).order_by(Grant.user_id)
    for role, unit_id, user_id in db.session.execute(grants):
        if user_id in persons:
            held[role][unit_id] += (persons[user_id],)
    return held
