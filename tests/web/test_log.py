"""The log of deeds on a page: for administrators, newest first, found by who did it."""

from datetime import UTC, datetime

import pytest

from tracker.services import auditing

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)


@pytest.fixture
def deeds(cast, session):
    auditing.record(
        cast.chi, "correct", cast.economy, now=NOW, before={"due_on": "2026-06-30"}, after={"due_on": None}
    )
    auditing.record(None, "top_up", cast.economy, now=NOW)
    session.commit()


def test_an_administrator_reads_who_did_what_and_what_changed(cast, deeds, log_in):
    page = log_in(cast.admin).get("/log/").text
    assert page.index("top_up") < page.index("correct")
    assert "Phạm Thị Chi" in page
    assert "due_on: 2026-06-30" in page
    assert "Hệ thống" in page


def test_it_is_found_by_the_name_of_who_did_it(cast, deeds, log_in):
    page = log_in(cast.admin).get("/log/?q=pham thi").text
    assert "correct" in page
    assert "top_up" not in page


@pytest.mark.parametrize("name", ["an", "chi", "dung", "giang"])
def test_nobody_else_finds_it(cast, deeds, log_in, name):
    assert log_in(getattr(cast, name)).get("/log/").status_code == 404
