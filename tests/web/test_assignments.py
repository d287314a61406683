"""The unit's list of work as a page."""

import re
from datetime import date

import pytest

from tracker.deadlines.meaning import Kind
from tracker.models import Assignment
from tracker.rules.states import State
from tracker.services import commenting

pytestmark = pytest.mark.usefixtures("nine_oclock")

TAG = re.compile(r"<[^>]+>")


def words(html):
    return " ".join(TAG.sub(" ", html).split())


def test_the_page_opens_with_unit_day_and_tally(browse, cast, make_assignment):
    make_assignment(due_on=date(2026, 6, 1), title="Việc trễ")
    page = words(browse(cast.an).get("/assignments/").text)
    assert "Nhiệm vụ của đơn vị Phòng Kinh tế · hôm nay thứ Năm, 18/6/2026" in page
    assert "1 Quá hạn 0 Trong 7 ngày 0 Trong quý II" in page
    assert "Quá hạn 1 nhiệm vụ, lâu nhất 17 ngày" in page


@pytest.mark.parametrize(
    ("due_on", "has_evidence", "button", "filled"),
    [
        (date(2026, 6, 1), False, "Nộp minh chứng", True),
        (date(2026, 6, 20), False, "Nộp minh chứng", False),
        (date(2026, 6, 20), True, "Nộp kết quả", True),
        (date(2026, 6, 30), False, "Báo cáo tiến độ", False),
        (None, False, "Báo cáo tiến độ", False),
    ],
)
def test_a_row_has_one_button_named_after_the_next_step(
    browse, cast, make_assignment, attach, due_on, has_evidence, button, filled
):
    assignment = make_assignment(due_on=due_on, title="Niêm yết công khai")
    if has_evidence:
        attach(assignment)
    page = browse(cast.an).get("/assignments/").text
    [(kind, label)] = re.findall(r'class="(btn[^"]*)" href="[^"]*" aria-label="([^"]*)"', page)
    assert label == f"{button}: Niêm yết công khai"
    assert ("btn-primary" in kind) is filled


def test_a_row_says_what_the_leader_directed_last_until_it_is_handed_in(
    browse, cast, make_assignment, nine_oclock
):
    assignment = make_assignment(due_on=date(2026, 6, 1))
    for text in ("Làm sớm", "Báo cáo trước buổi giao ban"):
        commenting.direct(assignment, text, actor=cast.dung, now=nine_oclock)
    client = browse(cast.an)
    page = words(client.get("/assignments/").text)
    assert "Hoàng Văn Dũng chỉ đạo 18/6/2026: “Báo cáo trước buổi giao ban”" in page
    assert "Làm sớm" not in page
    assignment.state = State.SUBMITTED
    assert "chỉ đạo" not in words(client.get("/assignments/").text)


def test_a_row_whose_wording_names_another_day_than_the_last_says_so(browse, cast, make_assignment):
    make_assignment(columns={"due_on": date(2026, 9, 30)}, title="Niêm yết")
    said = "hạn cuối 30/9/2026, thứ Tư “30/6/2026”, hạn đã đổi"
    assert said in words(browse(cast.an).get("/assignments/").text)
    assert said in words(browse(cast.dung).get("/board/rows").text)


def test_a_head_is_asked_to_name_who_does_it(browse, cast, make_assignment):
    make_assignment(due_on=date(2026, 6, 30), title="Niêm yết")
    assert 'aria-label="Giao người làm: Niêm yết"' in browse(cast.head).get("/assignments/").text


def test_a_helper_is_only_offered_to_look(browse, cast, make_assignment):
    make_assignment(due_on=date(2026, 6, 1), title="Niêm yết")
    client = browse(cast.binh)
    assert "Niêm yết" not in client.get("/assignments/").text
    page = client.get("/assignments/?part=coordinating").text
    assert 'aria-label="Xem: Niêm yết"' in page
    assert "Phòng Kinh tế" in page


def test_nothing_overdue_says_what_comes_next(browse, cast, make_assignment):
    make_assignment(due_on=date(2026, 6, 22))
    page = words(browse(cast.an).get("/assignments/").text)
    assert "Không có nhiệm vụ quá hạn. Nhiệm vụ gần nhất đến hạn ngày 22/6/2026, còn 4 ngày." in page


def test_a_search_that_finds_nothing_says_so_with_its_words(browse, cast, make_assignment):
    make_assignment()
    page = browse(cast.an).get("/assignments/?q=<dak rve>").text
    assert "Không tìm thấy nhiệm vụ nào với “&lt;dak rve&gt;”" in page
    assert "Bỏ lọc" in page


def test_active_filters_stand_as_pills_that_take_themselves_away(browse, cast, make_assignment):
    assignment = make_assignment()
    address = f"/assignments/?q=niem&plan={assignment.task.plan_id}"
    page = browse(cast.an).get(address).text
    pills = re.search(r'<ul class="pills".*?</ul>', page, re.DOTALL)[0]
    assert words(pills) == "Bỏ “niem” Bỏ 41/KH-UBND Bỏ lọc"
    assert f'href="/assignments/?plan={assignment.task.plan_id}"' in pills
    assert 'href="/assignments/?q=niem"' in pills


@pytest.mark.parametrize("query", ["q=&plan=&part=lead&person=", "person=abc&part=zz&plan=x"])
def test_a_form_sent_with_nothing_chosen_is_no_filter(browse, cast, make_assignment, query):
    client = browse(cast.an)
    assert "Chưa có nhiệm vụ nào" in client.get(f"/assignments/?{query}").text
    make_assignment()
    assert "Bỏ lọc" not in client.get(f"/assignments/?{query}").text
    assert "Bỏ lọc" in client.get("/assignments/?plan=99").text


def test_the_unit_it_is_narrowed_to_is_named_and_kept(browse, cast, make_assignment):
    unit = make_assignment().unit
    page = browse(cast.binh).get(f"/assignments/?part=all&unit={unit.id}").text
    pills = re.search(r'<ul class="pills".*?</ul>', page, re.DOTALL)[0]
    assert words(pills) == "Bỏ mọi nhiệm vụ được xem Bỏ Phòng Kinh tế Bỏ lọc"
    assert f'<input type="hidden" name="unit" value="{unit.id}">' in page
    strange = browse(cast.giang).get(f"/assignments/?part=all&unit={unit.id}").text
    assert "Phòng Kinh tế" not in strange


def test_a_unit_that_only_helps_is_led_to_what_it_helps_with(browse, cast, make_task, make_assignment):
    make_assignment(make_task(helpers=[cast.culture]))
    page = browse(cast.binh).get("/assignments/").text
    assert "Đơn vị chưa chủ trì nhiệm vụ nào" in page
    assert 'href="/assignments/?part=coordinating"' in page


def test_an_empty_list_says_when_it_will_fill(browse, cast):
    assert "Chưa có nhiệm vụ nào" in browse(cast.an).get("/assignments/").text


@pytest.mark.parametrize("query", ["part=x", "group=x", "plan=x", "person=x", "unit=-1"])
def test_an_address_that_makes_no_sense_is_still_a_page(browse, cast, make_assignment, query):
    make_assignment()
    assert browse(cast.an).get(f"/assignments/?{query}").status_code == 200


def test_a_monitor_sees_whose_each_row_is(browse, cast, make_assignment):
    make_assignment(due_on=date(2026, 6, 1))
    page = words(browse(cast.chi).get("/assignments/?part=all").text)
    assert "41/KH-UBND, mục 1 · Phòng Kinh tế" in page


def test_standing_tasks_are_reported_by_period_on_one_page(browse, cast, make_assignment):
    make_assignment(due_on=None, kind=Kind.CONTINUOUS, text="Thường xuyên", title="Tuyên truyền")
    page = words(browse(cast.an).get("/assignments/").text)
    assert "Thường xuyên 1 nhiệm vụ, báo cáo theo kỳ" in page
    assert "Kỳ báo cáo đến 14/12/2026 Chưa báo cáo kỳ" in page
    assert "Báo cáo kỳ này" in page


def test_later_work_is_folded_and_overdue_work_never_is(browse, cast, make_assignment):
    make_assignment(due_on=date(2026, 6, 1), title="Việc trễ")
    make_assignment(due_on=date(2026, 9, 30), title="Việc sau")
    page = browse(cast.an).get("/assignments/").text
    fold = re.search(r"<details class=\"fold\".*?</details>", page, re.DOTALL)[0]
    assert "Sau quý II: 1 nhiệm vụ" in fold
    assert "Việc sau" in fold
    assert "Việc trễ" not in fold


def test_the_page_takes_as_many_queries_for_three_rows_as_for_one(
    browse, cast, make_assignment, session, count_queries
):
    def queries():
        client = browse(cast.an)
        session.expire_all()
        with count_queries() as sent:
            assert client.get("/assignments/").status_code == 200
        return len(sent)

    make_assignment(due_on=date(2026, 6, 1))
    with_one = queries()
    for _ in range(2):
        make_assignment(due_on=date(2026, 6, 1))
    assert session.query(Assignment).count() == 3
    assert queries() == with_one


def test_a_single_group_comes_page_by_page_with_its_total(browse, cast, make_assignment):
    for number in range(101):
        make_assignment(due_on=date(2026, 6, 1), title=f"Việc số {number:03}")
    client = browse(cast.an)
    first, second, beyond = (
        client.get(f"/assignments/?group=overdue&page={page}").text for page in ("1", "2", "9")
    )
    assert "101 nhiệm vụ, lâu nhất 17 ngày" in words(first) and "Trang 1/2" in first
    assert "Việc số 099" in first and "Việc số 100" not in first
    assert "Việc số 100" in second and "Việc số 099" not in second
    assert "Việc số 100" in beyond and "Trang 2/2" in beyond
    assert 'href="/assignments/?page=2&amp;group=overdue"' in first
