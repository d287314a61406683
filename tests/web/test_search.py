"""The search on its page: what was found of each kind, marked, and where the rest is."""

import pytest

from tracker.models import Role
from tracker.web.search import marked
from tracker.words import found_in

pytestmark = pytest.mark.usefixtures("nine_oclock")


def test_words_are_marked_where_they_were_found_as_they_are_written(cast, make_assignment, browse):
    assignment = make_assignment(title="Niêm yết tại xã Đăk Rve <ngay>")
    page = browse(cast.an).get("/search/?q=dak rve").text
    assert "<mark>Đăk</mark> <mark>Rve</mark> &lt;ngay&gt;" in page
    assert f'href="/assignments/{assignment.id}/"' in page


def test_many_leave_the_rest_to_the_list(cast, make_assignment, browse):
    for _ in range(9):
        make_assignment(helpers=[])
    page = browse(cast.an).get("/search/?q=niem yet").text
    assert 'href="/assignments/?q=niem+yet&amp;part=all">Xem tất cả' in page


def test_a_task_of_several_units_opens_its_page_in_the_plan(cast, make_task, make_assignment, browse):
    task = make_task(leads=[cast.economy, cast.culture], helpers=[])
    make_assignment(task)
    make_assignment(task, columns={"party": task.leads[1], "unit": cast.culture})
    page = browse(cast.chi).get("/search/?q=niem yet").text
    assert f'href="/plans/{task.plan_id}/tasks/{task.id}"' in page
    assert "2 đơn vị, 2 lượt giao" in page


def test_nothing_found_is_said_with_what_to_try(cast, browse):
    page = browse(cast.an).get("/search/?q=dak rve").text
    assert "Không tìm thấy nhiệm vụ nào với “dak rve”." in page


def test_nothing_asked_for_shows_the_box_alone(cast, browse):
    page = browse(cast.an).get("/search/").text
    assert "Không cần gõ dấu" in page
    assert "Không tìm thấy" not in page


def test_the_box_stands_in_the_band(cast, browse):
    assert 'action="/search/"' in browse(cast.an).get("/assignments/").text


def test_keepers_of_units_are_led_to_their_pages_too(cast, browse):
    link = f'href="/units/{cast.economy.id}"'
    assert link in browse(cast.chi).get("/search/?q=kinh te").text
    assert link not in browse(cast.dung).get("/search/?q=kinh te").text


def test_a_stranger_finds_nothing_and_who_is_out_is_asked_in(cast, make_assignment, browse, app):
    make_assignment(title="Niêm yết")
    assert "Không tìm thấy nhiệm vụ nào" in browse(cast.giang).get("/search/?q=niem yet").text
    assert app.test_client().get("/search/?q=niem").location.startswith("/login")


def test_thirty_rows_ask_the_database_as_often_as_one(cast, make_assignment, browse, session, count_queries):
    make_assignment()
    cast.person("phong100", "Lê Phong", (Role.STAFF, cast.office))
    browser = browse(cast.admin)

    def ask():
        session.expire_all()
        with count_queries() as sent:
            browser.get("/search/?q=1")
            browser.get("/search/?q=niem yet")
            browser.get("/search/?q=phong")
        return len(sent)

    few = ask()
    for number in range(30):
        unit = cast.unit(f"Phòng {number}", cast.commune)
        cast.person(f"phong{number}", f"Người {number}", (Role.STAFF, unit))
        make_assignment(leads=[unit])
    session.commit()
    assert ask() == few


@pytest.mark.parametrize(
    ("text", "wanted", "spans"),
    [
        ("UBND xã Đăk Rve", ["dak", "rve"], [(8, 11), (12, 15)]),
        ("ăn ăn", ["an"], [(0, 2), (3, 5)]),
        ("aaaa", ["aa"], [(0, 4)]),
        ("Đăk", ["x", ""], []),
        ("", ["a"], []),
    ],
)
def test_folded_words_are_found_in_the_text_as_written(text, wanted, spans):
    assert found_in(text, wanted) == spans


def test_what_is_marked_is_escaped():
    assert marked("<b>x</b>", ["x"]) == "&lt;b&gt;<mark>x</mark>&lt;/b&gt;"
