"""The pages of plans in Chromium: readable by all, answered by plain forms without script."""

import pytest
from playwright.sync_api import expect

from tracker.services import units

pytestmark = pytest.mark.browser

ROWS = """\
I\tHoàn thiện thể chế
1\tBan hành quy chế\tVăn phòng HĐND và UBND\tPhòng Kinh tế; các cơ quan liên quan\t28/6/2099\tQuyết định
2\tTriển khai thí điểm mô hình “Thôn, khu dân cư số”\tCác thôn\tPộ phận VHTT\tQuý II\tQuyết định
3\tRà soát nhân lực\tCác cơ quan, đơn vị\t\tkhi có phát sinh\tBáo cáo
4\tKiểm tra việc thực hiện\tĐoàn Thanh niên xã\tHội Phụ nữ xã\tThường xuyên\t
"""


@pytest.fixture
def review(cast, make_import, plan_text, session):
    """The address of a check with every kind of doubt."""
    villages = [cast.unit(f"Thôn Nà {name}", cast.commune) for name in ("Lìn", "Pản")]
    now = cast.chi.created_at
    units.add_group("Các thôn", villages, keeper=cast.commune, actor=cast.chi, now=now)
    cast.unit("Bộ phận Văn hóa - Thông tin", cast.commune)
    plan_import = make_import(plan_text(ROWS))
    session.commit()
    return f"/plans/imports/{plan_import.id}"


@pytest.mark.parametrize("part", ["", "/rows/1", "/heading", "/units", "/phrase?phrase=Các thôn", "/discard"])
def test_everybody_can_read_the_check(part, review, read_by_all, enter, cast):
    read_by_all(lambda: enter(cast.chi, review + part))


@pytest.mark.parametrize("part", ["", "/forecast", "/publish", "/details", "/tasks/new", "/delete"])
def test_everybody_can_read_the_pages_of_a_plan(
    part, read_by_all, enter, cast, make_plan, make_task, session
):
    plan = make_plan(published_at=None)
    make_task(plan, text="Trước ngày 01/02/2026", due_on=plan.issued_on)
    session.commit()
    read_by_all(lambda: enter(cast.chi, f"/plans/{plan.id}{part}"))


def test_everybody_can_read_the_list_and_a_task(
    read_by_all, enter, cast, make_task, make_assignment, session
):
    task = make_task()
    make_assignment(task)
    session.commit()
    for address in ("/plans/", f"/plans/{task.plan_id}/tasks/{task.id}"):
        read_by_all(lambda address=address: enter(cast.chi, address))


def test_a_check_is_answered_to_its_end_without_script(browser, enter, cast, review, site):
    page = enter(cast.chi, review, browser.new_context(java_script_enabled=False).new_page())
    page.get_by_role("link", name="Thêm các đơn vị này").click()
    page.get_by_role("button", name="Thêm tất cả").click()
    expect(page.get_by_role("status")).to_contain_text("Đã thêm 2 đơn vị")
    choice = page.get_by_role("group", name="Đơn vị chủ trì")
    for unit in ("Phòng Kinh tế", "Phòng Văn hóa - Xã hội"):
        choice.get_by_label(unit).check()
    page.get_by_role("button", name="Giao các đơn vị này").click()
    page.get_by_role("button", name="Đúng, dùng cách đọc này").click()
    page.get_by_role("button", name="Giữ không hạn").click()
    page.get_by_role("button", name="Đúng đơn vị này").click()
    expect(page.get_by_role("status")).to_contain_text("Không còn chỗ nào cần xem.")
    page.get_by_role("button", name="Xem thư sẽ gửi").click()
    page.get_by_role("link", name="Giao nhiệm vụ").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "Giao 4 nhiệm vụ (6 phân công) cho 6 đơn vị?"
    )


def test_after_an_answer_the_next_doubt_is_in_sight(enter, cast, review, page):
    enter(cast.chi, review)
    page.get_by_role("button", name="Giữ không hạn").click()
    expect(page.locator("#doubts")).to_be_in_viewport()
