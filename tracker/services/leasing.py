"""Who may act: a row that one process at a time holds, and that runs out by itself when its holder dies."""

from datetime import datetime, timedelta

from sqlalchemy import or_, update

from tracker.db import db, insert_if_new
from tracker.models import Lease

LENGTH = timedelta(seconds=90)


def hold(name: str, holder: str, *, now: datetime) -> bool:
    """Take the lease or keep it for another 90 seconds; False while another process holds it.

    A lease that ends later than any could was taken by a clock that was wrong, and counts as run out. The
    caller commits.
    """
    insert_if_new(Lease, [{"name": name, "holder": "", "expires_at": now - LENGTH}])
    taken = db.session.execute(
        update(Lease)
        .where(
            Lease.name == name,
            or_(Lease.holder == holder, Lease.expires_at < now, Lease.expires_at > now + 2 * LENGTH),
        )
        .values(holder=holder, expires_at=now + LENGTH)
    )
    return taken.rowcount == 1  # type: ignore[attr-defined]


def release(name: str, holder: str, *, now: datetime) -> None:
    """Give the lease back, so that another process need not wait for it to run out. The caller commits."""
    db.session.execute(
        update(Lease).where(Lease.name == name, Lease.holder == holder).values(holder="", expires_at=now)
    )
