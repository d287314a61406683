"""The room of papers in Chromium: readable by all."""

from datetime import timedelta

import pytest

from tracker import clock

pytestmark = pytest.mark.browser


def test_the_room_of_papers_can_be_read_by_all(enter, cast, make_plan, make_assignment, session, read_by_all):
    plan, today = make_plan(), clock.today()
    for days in (-40, -3, 2, 5):
        make_assignment(plan=plan, due_on=today + timedelta(days=days))
    session.commit()
    for address in ("/reports/", "/reports/urging", "/reports/meeting"):
        read_by_all(lambda address=address: enter(cast.dung, address))


def test_freezing_asks_back_and_shows_what_was_frozen(enter, cast, make_assignment, session, read_by_all):
    make_assignment(due_on=clock.today() - timedelta(days=3))
    session.commit()
    page = enter(cast.dung, "/reports/")
    page.get_by_role("link", name="Chốt số liệu").click()
    page.get_by_role("button", name="Chốt số liệu").click()
    assert "chốt lần 1" in page.get_by_role("heading", level=1).inner_text()
    read_by_all(page.reload)
