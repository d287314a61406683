"""The rooms of units, accounts, search and log in Chromium: the walks through them."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import hard_to_read
from tracker import clock
from tracker.models import AccountLinkKind, Plan
from tracker.services import account_links, accounts, managing, progress, units

pytestmark = pytest.mark.browser

PASSWORD = "chuyến đò sông Đà"
GROUND = "Nghị quyết 12/NQ-HĐND"


@pytest.fixture
def filled(cast, make_assignment, make_task, session):
    """A unit with work of its own and work it shares, one that ended before, and an invitation."""
    now, today = clock.now(), clock.today()
    late = make_assignment(due_on=today - timedelta(days=3), title="Niêm yết tại xã Đăk Rve", helpers=[])
    shared = make_task(leads=[cast.economy, cast.culture], helpers=[], title="Tập huấn tại thôn Đăk Wăk")
    for party in shared.leads:
        make_assignment(shared, columns={"party": party, "unit": party.unit})
    progress.name_responsible(late, cast.an, actor=cast.head, now=now)
    managing.correct(late, today - timedelta(days=2), "Đọc nhầm.", actor=cast.chi, now=now)
    units.add_alias("P. KT", cast.economy, actor=cast.chi, now=now)
    ended = cast.unit("Phòng Tài chính", cast.commune)
    ended.last_on, ended.successors = today - timedelta(days=9), [cast.economy]
    accounts.set_password(cast.head, PASSWORD, actor=None, now=now)
    _, token = account_links.draw(
        cast.an, AccountLinkKind.INVITATION, timedelta(days=7), actor=cast.admin, now=now
    )
    session.commit()
    return {"unit": cast.economy.id, "token": token, "late": late.id}


def test_a_unit_is_merged_by_a_monitor(enter, filled, cast):
    page = enter(cast.chi, f"/units/{filled['unit']}")
    page.get_by_role("link", name="Sáp nhập, chia tách").click()
    page.get_by_label("Căn cứ").fill(GROUND)
    page.get_by_label("Phòng Văn hóa - Xã hội").check()
    page.get_by_role("button", name="Xem phần chuyển giao").click()
    assert "2 nhiệm vụ đang mở" in page.locator("main").inner_text()
    page.get_by_role("button", name="Kết thúc hoạt động").click()
    assert "đã kết thúc hoạt động" in page.get_by_role("status").inner_text()


def test_an_invited_person_sets_a_password_and_enters(page, site, filled):
    page.goto(f"{site}/links/{filled['token']}")
    page.get_by_label("Mật khẩu mới", exact=True).fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu mới").fill(PASSWORD)
    page.get_by_role("button", name="Đặt mật khẩu").click()
    page.get_by_label("Tên đăng nhập").fill("an")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/assignments/")


def test_the_box_in_the_band_finds_without_diacritics(enter, filled, cast):
    page = enter(cast.an, "/assignments/")
    page.locator(".band-search input").fill("dak rve")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    assert page.locator("main mark").all_inner_texts() == ["Đăk", "Rve"]
    page.get_by_role("link", name="Niêm yết tại xã Đăk Rve").click()
    page.wait_for_url("**/assignments/*/")


@pytest.fixture
def unwatched(browser):
    """A page whose console is not watched: that an answer is 400 is an error there."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_what_was_typed_outlives_the_end_of_the_session(enter, filled, cast, unwatched, session):
    page = unwatched
    accounts.set_password(cast.an, PASSWORD, actor=None, now=clock.now())
    session.commit()
    enter(cast.an, f"/assignments/{filled['late']}/", page)
    page.locator("#remark").fill("Đã liên hệ với Sở,\nchờ trả lời trong tuần.")
    page.context.clear_cookies()
    with page.expect_response(lambda answer: answer.request.method == "POST") as lapsed:
        page.get_by_role("button", name="Gửi ý kiến").click()
    assert lapsed.value.status == 400
    assert "Nội dung đã nhập còn nguyên" in page.get_by_role("status").inner_text()
    assert hard_to_read(page) == []
    page.get_by_label("Tên đăng nhập").fill("an")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    assert "chờ trả lời trong tuần." in page.locator("blockquote").inner_text()
    assert hard_to_read(page) == []
    page.get_by_role("button", name="Gửi lại").click()
    page.wait_for_url("**/assignments/*/#history")
    assert "chờ trả lời trong tuần." in page.locator("main").inner_text()


def test_several_units_are_ticked_by_keyboard_from_a_list_that_narrows(
    enter, filled, cast, make_plan, session
):
    plan = make_plan(number="77/KH-UBND")
    session.commit()
    page = enter(cast.chi, f"/plans/{plan.id}/tasks/new")
    page.get_by_label("Nhiệm vụ", exact=True).fill("Tập huấn")
    page.get_by_label("Thời hạn").fill("31/12/2099")
    search = page.get_by_label("Tìm trong: Chủ trì")
    search.press_sequentially("phong kinh")
    leads = page.get_by_role("group", name="Chủ trì")
    expect(leads.get_by_role("checkbox")).to_have_count(1)
    search.press("Enter")
    expect(leads.get_by_label("Phòng Kinh tế")).to_be_checked()
    search.fill("")
    leads.get_by_label("Văn phòng HĐND và UBND").check()
    page.get_by_role("button", name="Lưu nhiệm vụ").click()
    expect(page.get_by_text("Đã thêm nhiệm vụ và giao cho 2 đơn vị.")).to_be_visible()
    assert {party.unit for party in session.query(Plan).filter_by(id=plan.id).one().tasks[0].leads} == {
        cast.economy,
        cast.office,
    }
