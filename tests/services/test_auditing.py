"""The log names who did what to which thing; its seals tell when it was tampered with."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from tracker.models import AuditEntry
from tracker.services import auditing

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)


@pytest.fixture
def three_deeds(cast, session):
    for day in (1, 2, 3):
        auditing.record(cast.chi, "correct", cast.economy, now=NOW, after={"due_on": date(2026, 6, day)})
    session.flush()


def test_an_entry_names_the_thing_and_keeps_plain_values(cast, three_deeds):
    first = auditing.entries_about(cast.economy)[0]
    assert (first.actor, first.verb, first.subject, first.after) == (
        cast.chi,
        "correct",
        "unit",
        {"due_on": "2026-06-01"},
    )


def test_sealing_again_seals_only_what_is_new(cast, three_deeds):
    assert (auditing.seal(), auditing.seal()) == (3, 0)
    auditing.record(None, "top_up", cast.economy, now=NOW)
    assert auditing.seal() == 1
    assert list(auditing.broken_seals()) == []


def test_a_changed_entry_is_found(cast, session, three_deeds):
    auditing.seal()
    changed = auditing.entries_about(cast.economy)[1].id
    session.execute(update(AuditEntry).where(AuditEntry.id == changed).values(verb="confirm"))
    session.expire_all()
    assert list(auditing.broken_seals()) == [changed]


def test_the_seals_survive_a_reload_from_the_database(cast, session, three_deeds):
    auditing.seal()
    session.commit()
    session.expunge_all()
    assert list(auditing.broken_seals()) == []
