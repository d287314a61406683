"""The log of every deed: written with the deed, sealed afterwards in order, verified on demand."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import insert, select

from tracker.db import db
from tracker.models import AuditEntry, AuditSeal, User

FIRST_DIGEST = "0" * 64


class Stored(Protocol):
    """Any stored thing with a number of its own."""

    __tablename__: str
    id: Any


def record(
    actor: User | None,
    verb: str,
    subject: Stored,
    *,
    now: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Log that `actor` (None: the service itself) did `verb` to the stored `subject`.

    `before` and `after` hold only what changed: plain values and dates; people and units by their ids.
    """
    if subject.id is None:
        db.session.flush()  # the log names things by id
    entry = AuditEntry(
        at=now,
        actor=actor,
        verb=verb,
        subject=subject.__tablename__,
        subject_id=subject.id,
        before=_plain(before),
        after=_plain(after),
    )
    db.session.add(entry)
    return entry


def record_many(
    actor: User | None, verb: str, done: Iterable[tuple[Stored, Mapping[str, Any]]], *, now: datetime
) -> None:
    """Log one deed done to many stored things at once: each thing, and what stands after it."""
    entries = [
        {
            "at": now,
            "actor_id": actor.id if actor else None,
            "verb": verb,
            "subject": subject.__tablename__,
            "subject_id": subject.id,
            "before": {},
            "after": _plain(after),
        }
        for subject, after in done
    ]
    if entries:
        db.session.execute(insert(AuditEntry), entries)


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in (values or {}).items()
    }


def entries_about(subject: Stored) -> list[AuditEntry]:
    """Everything that was done to the thing, oldest first."""
    query = select(AuditEntry).where(
        AuditEntry.subject == subject.__tablename__, AuditEntry.subject_id == subject.id
    )
    return list(db.session.scalars(query.order_by(AuditEntry.id)))


def seal() -> int:
    """Seal the entries that have none yet, in order, each over the one before; returns how many.

    Only the scheduler, which holds the lease, may call it: two at once would fork the chain.
    """
    last = db.session.scalars(select(AuditSeal).order_by(AuditSeal.id.desc()).limit(1)).first()
    digest = last.digest if last else FIRST_DIGEST
    unsealed = select(AuditEntry).where(
        ~select(AuditSeal).where(AuditSeal.entry_id == AuditEntry.id).exists()
    )
    entries = db.session.scalars(unsealed.order_by(AuditEntry.id)).all()
    for entry in entries:
        digest = _digest(entry, digest)
        db.session.add(AuditSeal(entry_id=entry.id, digest=digest))
        db.session.flush()  # the order of the seals is the order of their ids
    return len(entries)


def broken_seals() -> Iterator[int]:
    """The ids of sealed entries that no longer match their seal; nothing where the log is whole."""
    digest = FIRST_DIGEST
    sealed = select(AuditSeal, AuditEntry).outerjoin(AuditEntry, AuditEntry.id == AuditSeal.entry_id)
    for stored, entry in db.session.execute(sealed.order_by(AuditSeal.id)):
        if entry is None or _digest(entry, digest) != stored.digest:
            yield stored.entry_id
        digest = stored.digest


def _digest(entry: AuditEntry, previous: str) -> str:
    content = [
        previous,
        entry.id,
        entry.at.isoformat(),
        entry.actor_id,
        entry.verb,
        entry.subject,
        entry.subject_id,
        entry.before,
        entry.after,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
