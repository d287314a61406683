"""Calendar feeds: addresses given out, opened, replaced and taken back. Only the hash of a token is kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker import access
from tracker.db import db
from tracker.grants import WORKERS, Reach, reach_of
from tracker.models import Feed, FeedScope, Plan, Role, Unit, User
from tracker.services import auditing
from tracker.services.feed_programs import program_of
from tracker.services.refusals import Refused

TOKEN_BYTES = 32
MOST_FEEDS = 50  # addresses in use that one person may have
NOTED_AGAIN = timedelta(minutes=10)  # fetches that follow sooner are not written down
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Subject:
    """What a feed is about: a unit and those below it, a plan, or a scope that needs no more words."""

    scope: FeedScope
    unit: Unit | None = None
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A feed whose token was right, and what its owner may see."""

    feed: Feed
    reach: Reach


def may_subscribe(reach: Reach, subject: Subject) -> bool:
    """Whether the person may have a feed of this; asked when it is made and at every fetch."""
    match subject.scope:
        case FeedScope.UNIT:
            unit = subject.unit
            return unit is not None and (reach.holds(Role.ADMINISTRATOR) or reach.covers(unit.id, *Role))
        case FeedScope.PLAN:
            return subject.plan is not None and access.may_see_plan(reach, subject.plan)
        case FeedScope.PERSON:
            return reach.holds(*WORKERS)
        case _:
            return reach.holds(*Role)


def create_feed(reach: Reach, name: str, subject: Subject, *, now: datetime) -> tuple[Feed, str]:
    """A new address for the person: the feed, and the token that is shown once and kept nowhere.

    Raises Refused without a name, for what the person may not see, and beyond 50 addresses in use.
    """
    if not name.strip():
        raise Refused("Hãy đặt tên cho lịch, ví dụ “Điện thoại” hoặc “Màn hình phòng họp”.")
    if not may_subscribe(reach, subject):
        raise Refused("Không thuộc quyền xem, hãy chọn nội dung khác cho lịch.")
    if len(feeds_of(reach.user)) >= MOST_FEEDS:
        raise Refused(f"Đã có {MOST_FEEDS} địa chỉ lịch. Hãy thu hồi địa chỉ không dùng nữa.")
    token = _draw_token()
    feed = Feed(
        owner=reach.user,
        name=name.strip()[:LONGEST_NAME],
        token_hash=_hash(token),
        scope=subject.scope,
        unit=subject.unit,
        plan=subject.plan,
        created_at=now,
    )
    db.session.add(feed)
    auditing.record(reach.user, "create_feed", feed, now=now, after=_described(feed))
    return feed, token


def replace_feed(feed: Feed, *, actor: User | None, now: datetime) -> str:
    """Give the feed a new address and return its token; the old one opens nothing from now on.

    Raises Refused where the feed was revoked.
    """
    if feed.revoked_at is not None:
        raise Refused("Lịch này đã thu hồi. Hãy tạo địa chỉ mới.")
    token = _draw_token()
    feed.token_hash, feed.fetched_at, feed.fetched_by = _hash(token), None, ""
    auditing.record(actor, "replace_feed", feed, now=now)
    return token


def revoke_feed(feed: Feed, *, actor: User | None, now: datetime) -> None:
    """Take the address back; it opens nothing from now on. Said again it changes nothing."""
    if feed.revoked_at is None:
        feed.revoked_at = now
        auditing.record(actor, "revoke_feed", feed, now=now, before=_described(feed))


def find_feed(token: str) -> Opened | None:
    """The feed that the token opens.

    None where it was never given out, was revoked, or its owner is locked or may not see this any more.
    """
    query = select(Feed).join(Feed.owner).where(Feed.token_hash == _hash(token), Feed.revoked_at.is_(None))
    feed = db.session.scalars(query.where(User.active).options(joinedload(Feed.owner))).first()
    if feed is None:
        return None
    reach = reach_of(feed.owner)
    return Opened(feed, reach) if may_subscribe(reach, subject_of(feed)) else None


def subject_of(feed: Feed) -> Subject:
    """What the feed is about."""
    return Subject(feed.scope, feed.unit, feed.plan)


def feeds_of(owner: User) -> list[Feed]:
    """The addresses of a person that are in use, newest first."""
    query = select(Feed).where(Feed.owner == owner, Feed.revoked_at.is_(None))
    query = query.options(joinedload(Feed.unit), joinedload(Feed.plan))
    return list(db.session.scalars(query.order_by(Feed.id.desc())))


def is_noted(fetched_at: datetime | None, now: datetime) -> bool:
    """Whether a fetch was written down so lately that this one need not be."""
    return fetched_at is not None and now - fetched_at < NOTED_AGAIN


def note_fetch(feed: Feed, user_agent: str, *, now: datetime) -> None:
    """Write down when and by which program the feed was fetched, once in ten minutes."""
    if not is_noted(feed.fetched_at, now):
        feed.fetched_at, feed.fetched_by = now, program_of(user_agent)


def _draw_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _described(feed: Feed) -> dict[str, object]:
    return {
        "name": feed.name,
        "scope": feed.scope.value,
        "unit": feed.unit.id if feed.unit else None,
        "plan": feed.plan.id if feed.plan else None,
    }
