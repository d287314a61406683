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
