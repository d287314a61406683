"""A unit is ended on a page: when and who, then what passes to whom, asked back."""

from datetime import date

import pytest

from tracker.models import Role

pytestmark = pytest.mark.usefixtures("nine_oclock")
GROUND = "Nghị quyết 12/NQ-HĐND"


def address(unit, *successors, last_on="14/6/2026", step="heirs"):
    chosen = "".join(f"&successors={heir.id}" for heir in successors)
    return f"/units/{unit.id}/end/{step}?last_on={last_on}&reason={GROUND}{chosen}"


def test_the_page_names_what_follows_before_it_is_done(cast, make_assignment, browse, session):
    assignment = make_assignment(helpers=[])
    browser = browse(cast.chi)
    asked = browser.get(address(cast.economy, cast.culture)).text
    assert "Phòng Kinh tế kết thúc hoạt động ngày 14/6/2026?" in asked
    assert "<b>1 nhiệm vụ đang mở</b> chuyển cho Phòng Văn hóa - Xã hội" in asked
    assert "2 người của đơn vị" in asked
    assert cast.economy.last_on is None
    [an] = [held.id for held in cast.an.grants]
    [hoa] = [held.id for held in cast.head.grants]
    done = browser.post(
        address(cast.economy, cast.culture),
        data={f"grant-{an}": cast.culture.id, f"grant-{hoa}": "none"},
        follow_redirects=True,
    ).text
    session.expire_all()
    assert "1 nhiệm vụ đang mở đã chuyển cho Phòng Văn hóa - Xã hội" in done
    assert "Hoạt động đến hết ngày 14/6/2026." in done
    assert (cast.economy.last_on, assignment.unit) == (date(2026, 6, 14), cast.culture)
    assert {held.unit for held in cast.an.grants} == {cast.economy, cast.culture}
    assert {held.unit for held in cast.head.grants} == {cast.economy}


def test_what_takes_some_seconds_is_said_to_before_it_is_done(
    cast, make_assignment, browse, app, monkeypatch
):
    make_assignment(helpers=[])
    said, client = "Việc chuyển mất vài giây", browse(cast.chi)
    assert said not in client.get(address(cast.economy, cast.culture)).text
    monkeypatch.setitem(app.jinja_env.globals, "TAKES_SECONDS", 1)
    assert said in client.get(address(cast.economy, cast.culture)).text


def test_of_a_split_one_choice_serves_all_but_what_was_chosen_apart(cast, make_assignment, browse, session):
    first, second, third = (make_assignment(helpers=[]) for _ in range(3))
    browser = browse(cast.chi)
    chosen = {"rest": cast.office.id, f"assignment-{second.id}": cast.culture.id}
    browser.post(address(cast.economy, cast.culture, cast.office), data=chosen)
    session.expire_all()
    assert [a.unit for a in (first, second, third)] == [cast.office, cast.culture, cast.office]


def test_of_a_split_nothing_is_done_while_something_has_no_heir(cast, make_assignment, browse, session):
    first, second = (make_assignment(helpers=[]) for _ in range(2))
    answer = browse(cast.chi).post(
        address(cast.economy, cast.culture, cast.office), data={f"assignment-{second.id}": cast.culture.id}
    )
    assert answer.headers["X-Refused"] == "yes"
    assert "Còn mục chưa chọn đơn vị tiếp nhận" in answer.text
    assert f'<option value="{cast.culture.id}" selected>' in answer.text
    session.expire_all()
    assert (first.unit, second.unit, cast.economy.last_on) == (cast.economy, cast.economy, None)


@pytest.mark.parametrize(
    ("last_on", "said"),
    [
        ("18/6/2026", "phải trước hôm nay"),
        ("31/6/2026", "Tháng 6 có 30 ngày."),
        ("", "Hãy nhập ngày."),
    ],
)
def test_a_wrong_day_is_said_beside_its_field(cast, browse, last_on, said):
    answer = browse(cast.chi).get(address(cast.economy, cast.culture, last_on=last_on))
    assert answer.headers["X-Refused"] == "yes"
    assert said in answer.text
    assert f'value="{GROUND}"' in answer.text


def test_an_ended_unit_is_offered_nowhere_and_says_who_followed(cast, make_assignment, browse, session):
    assignment = make_assignment(helpers=[])
    browser = browse(cast.chi)
    browser.post(address(cast.economy, cast.culture))
    assert "(đến 14/6/2026)" in browser.get("/units/").text
    page = browser.get(f"/units/{cast.economy.id}").text
    assert f'<a href="/units/{cast.culture.id}">' in page
    for offering in ("/units/new", "/units/groups/new", f"/assignments/{assignment.id}/manage/reassign"):
        assert "Phòng Kinh tế" not in browser.get(offering).text
    assert browser.get(f"/units/{cast.economy.id}/end/").status_code == 404
    browser.post(f"/units/{cast.economy.id}", data={"name": "Tên khác", "parent": cast.commune.id})
    session.expire_all()
    assert cast.economy.name == "Phòng Kinh tế"


def test_a_renamed_unit_is_known_by_its_old_name(cast, browse, session):
    browser = browse(cast.chi)
    browser.post(f"/units/{cast.economy.id}", data={"name": "Phòng Kinh tế số", "parent": cast.commune.id})
    session.expire_all()
    assert (cast.economy.name, [alias.text for alias in cast.economy.aliases]) == (
        "Phòng Kinh tế số",
        ["Phòng Kinh tế"],
    )


def test_who_goes_on_in_the_successor_finds_its_name_over_the_work(cast, make_assignment, browse, session):
    make_assignment(helpers=[])
    [an] = [held.id for held in cast.an.grants]
    browse(cast.chi).post(address(cast.economy, cast.culture), data={f"grant-{an}": cast.culture.id})
    page = browse(cast.an).get("/assignments/").text
    assert "Phòng Văn hóa - Xã hội · hôm nay" in page
    assert "Niêm yết công khai thủ tục hành chính" in page


@pytest.mark.parametrize(("name", "status"), [("chi", 200), ("dung", 404), ("an", 404), ("giang", 404)])
def test_only_who_keeps_the_unit_may_end_it(cast, browse, name, status):
    browser = browse(getattr(cast, name))
    assert browser.get(f"/units/{cast.economy.id}/end/").status_code == status
    assert browser.get(address(cast.economy, cast.culture)).status_code == status


def test_a_monitor_ends_nothing_outside_and_gives_nothing_away(cast, browse, session):
    browser = browse(cast.chi)
    assert browser.get(f"/units/{cast.neighbour.id}/end/").status_code == 404
    answer = browser.get(address(cast.economy, cast.neighbour))
    assert answer.headers["X-Refused"] == "yes"
    assert "Đăk Rve" not in answer.text


def test_a_monitor_gives_on_the_roles_of_workers_only(cast, browse, session):
    cast.person("nam", "Lý Nam", (Role.LEADER, cast.economy))
    assert "Lý Nam" not in browse(cast.chi).get(address(cast.economy, cast.culture)).text
    assert "Lý Nam" in browse(cast.admin).get(address(cast.economy, cast.culture)).text


def test_two_hundred_units_ask_the_database_as_often_as_two(cast, browse, session, count_queries):
    browser = browse(cast.admin)

    def ask():
        session.expire_all()
        with count_queries() as sent:
            assert browser.get(f"/units/{cast.economy.id}/end/").status_code == 200
            assert browser.get(address(cast.economy, cast.culture)).status_code == 200
        return len(sent)

    few = ask()
    for number in range(200):
        cast.unit(f"Xã {number}", cast.province)
    session.commit()
    assert ask() == few


def test_what_is_still_open_with_an_ended_unit_asks_for_another(cast, make_assignment, browse, session):
    make_assignment(title="Báo cáo tháng")
    cast.economy.last_on, cast.economy.successors = date(2026, 6, 1), [cast.culture, cast.office]
    session.commit()
    page = browse(cast.chi).get(f"/units/{cast.economy.id}").text
    assert "Cần chuyển cho đơn vị khác (1)" in page
    assert 'aria-label="Chuyển đơn vị: Báo cáo tháng"' in page
