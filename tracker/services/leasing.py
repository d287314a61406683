"""Who may act: a row that one process at a time holds, and that runs out by itself when its holder dies."""

from datetime import datetime, timedelta

from sqlalchemy import or_, update

from tracker.db import db, insert_if_new
from tracker.models import Lease


def hold(name: str, holder: str, length: timedelta, *, now: datetime) -> bool:
    """Take the lease, or keep it, for so long from now; False while another process holds it.

    A lease that ends later than any could was taken by a clock that was wrong, and counts as run out. The
    caller commits.
    """
    insert_if_new(Lease, [{"name": name, "holder": "", "expires_at": now - length}])
    taken = db.session.execute(
        update(Lease)
        .where(
            Lease.name == name,
            or_(Lease.holder == holder, Lease.expires_at <= now, Lease.expires_at > now + 2 * length),
        )
        .values(holder=holder, expires_at=now + length)
    )
    return taken.rowcount == 1  # type: ignore[attr-defined]


def release(name: str, holder: str, *, now: datetime) -> None:
    """Give the lease back, so that another process need not wait for it to run out. The caller commits."""
    db.session.execute(
        update(Lease).where(Lease.name == name, Lease.holder == holder).values(holder="", expires_at=now)
    )
