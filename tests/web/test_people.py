"""The head of a unit sees how each of its people stands; each figure opens exactly what it counts."""

import re
from datetime import date

import pytest

from tracker.deadlines.meaning import Kind
from tracker.grants import reach_of
from tracker.models import Role
from tracker.rules.states import State
from tracker.services import days_off, managing, people, progress, reviewing

pytestmark = pytest.mark.usefixtures("nine_oclock")

FIGURE = re.compile(r'href="([^"]+figure=[^"]+)"[^>]*>(\d+)</a>')


@pytest.fixture
def work(make_assignment, hand_in, cast, nine_oclock):
    """An has something of every kind, nobody one more; the culture's is not counted here."""
    done = {"state": State.DONE, "completed_on": date(2026, 6, 10)}
    now, today = nine_oclock, date(2026, 6, 18)
    late = make_assignment(due_on=date(2026, 6, 1))
    of_an = [
        late,
        make_assignment(due_on=date(2026, 6, 20)),
        make_assignment(due_on=date(2026, 12, 20)),
        hand_in(make_assignment(due_on=date(2026, 6, 30))),
        make_assignment(due_on=date(2026, 6, 30), columns=done),
        make_assignment(due_on=date(2026, 6, 1), columns=done),
        make_assignment(due_on=None, kind=Kind.UNRESOLVED),
    ]
    returned = hand_in(make_assignment(due_on=date(2026, 6, 30)))
    reviewing.return_(
        returned, "Thiếu chữ ký.", actor=cast.chi, now=now, today=today, days_off=days_off.calendar()
    )
    for assignment in [*of_an, returned]:
        assignment.responsible = cast.an
    managing.record_cause(late, "Thiên tai.", actor=cast.chi, now=now, today=today)
    make_assignment(due_on=date(2026, 6, 1))
    make_assignment(leads=[cast.culture], helpers=[])


def test_every_figure_opens_exactly_what_it_counts(cast, work, browse):
    browser = browse(cast.head)
    page = browser.get("/assignments/people").text
    figures = [(address.replace("&amp;", "&"), int(count)) for address, count in FIGURE.findall(page)]
    assert len(figures) == 9
    for address, count in figures:
        assert browser.get(address).text.count('<article class="task') == count, address


def test_the_first_six_figures_part_all_there_is(cast, work, session):
    from_all = {line.person: line.figures for line in people.lines(reach_of(cast.head), date(2026, 6, 18))}
    assert from_all[cast.an] == {
        "overdue": 1,
        "open": 3,
        "waiting": 1,
        "on_time": 1,
        "late": 1,
        "other": 1,
        "returned": 1,
        "excused": 1,
    }
    assert sum(list(from_all[cast.an].values())[:6]) == 8
    assert from_all[None]["overdue"] == 1
    assert set(from_all) == {cast.an, cast.head, None}
    assert sum(from_all[cast.head].values()) == 0


@pytest.mark.parametrize(
    ("name", "status"), [("head", 200), ("an", 404), ("chi", 404), ("dung", 404), ("giang", 404)]
)
def test_only_heads_of_units_see_it(cast, browse, name, status):
    browser = browse(getattr(cast, name))
    assert browser.get("/assignments/people").status_code == status
    assert ("/assignments/people" in browser.get("/assignments/").text) == (status == 200)


def test_a_figure_that_is_none_is_left_out(cast, work, browse):
    answer = browse(cast.head).get("/assignments/?figure=%27")
    assert answer.status_code == 200


def test_thirty_people_ask_the_database_as_often_as_one(
    cast, make_assignment, browse, session, count_queries, nine_oclock
):
    make_assignment()
    browser = browse(cast.head)

    def ask():
        session.expire_all()
        with count_queries() as sent:
            browser.get("/assignments/people")
        return len(sent)

    few = ask()
    for number in range(30):
        person = cast.person(f"p{number}", f"Người {number}", (Role.STAFF, cast.economy))
        progress.name_responsible(make_assignment(), person, actor=cast.head, now=nine_oclock)
    session.commit()
    assert ask() == few
