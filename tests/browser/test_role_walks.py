"""The day of each role in Chromium, by its own pages and buttons, from the first list to the last deed."""

import re
from datetime import timedelta
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from tracker import clock
from tracker.services import extending
from tracker.words import date_words

pytestmark = pytest.mark.browser

TITLE = "Thí điểm tiếp nhận hồ sơ trực tuyến"


@pytest.fixture
def settings():
    """Monitors decide on more time here."""
    return {"MONITORS_DECIDE_EXTENSIONS": True}


@pytest.fixture
def soon(cast, make_assignment, session):
    """Something due in four days, with one deliverable."""
    due_on = clock.today() + timedelta(days=4)
    found = make_assignment(due_on=due_on, title=TITLE, text=date_words(due_on))
    session.commit()
    return found


def told(page):
    """What the page says was done."""
    return page.get_by_role("status").first


def press(page, key):
    """Press a key once the script that listens for it is there."""
    expect(page.locator("html.scripted")).to_be_attached()
    page.keyboard.press(key)


def hand_in(page, paths):
    """Upload the files to the first deliverable, each with its bar, and hand the work in."""
    page.wait_for_load_state()  # the script that sends files has come
    page.locator("input[type=file]").first.set_input_files(paths)
    for path in paths:
        expect(page.locator(".deliverable").get_by_role("link", name=path.name, exact=True)).to_be_visible()
    page.get_by_role("link", name="Nộp kết quả").first.click()
    page.get_by_role("button", name="Nộp kết quả").click()
    expect(told(page)).to_contain_text("Đã nộp kết quả")


def test_an_official_hands_in_is_sent_back_and_hands_in_again(enter, cast, soon, write, page):
    enter(cast.an, "/assignments/")
    page.get_by_role("link", name=TITLE, exact=True).click()
    expect(page.get_by_text("Còn thiếu 1 trong 1 sản phẩm.")).to_be_visible()
    hand_in(page, write("Báo cáo.txt", "Ảnh chụp.txt"))
    expect(page.get_by_text("đang chờ xác nhận")).to_be_visible()

    enter(cast.chi, "/reviewing/")
    page.get_by_label("Trả lại để sửa: nêu lý do").fill("Ảnh chụp chưa rõ")
    mend_by = date_words(clock.today() + timedelta(days=5))
    page.get_by_label("Sửa xong chậm nhất").fill(mend_by)
    page.locator("#decision").get_by_role("button", name="Trả lại").click()
    expect(told(page)).to_contain_text(f"Đã trả lại, sửa xong chậm nhất {mend_by}.")

    enter(cast.an, "/assignments/")
    returned = page.get_by_role("link", name=re.compile("^Sửa và nộp lại"))
    expect(returned).to_have_count(1)
    returned.click()
    expect(page.get_by_text("“Ảnh chụp chưa rõ”").first).to_be_visible()
    hand_in(page, write("Ảnh rõ.txt"))

    enter(cast.chi, "/reviewing/")
    page.locator("#decision").get_by_role("button", name="Xác nhận hoàn thành").click()
    expect(told(page)).to_contain_text("Ghi nhận hoàn thành đúng hạn.")


def test_a_head_names_who_is_responsible_and_sees_it_counted(enter, cast, soon, page):
    enter(cast.head, "/assignments/")
    page.get_by_role("link", name="Người của đơn vị").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Chưa giao người"))
    row.get_by_role("link", name=re.compile("^1, đang trong hạn")).click()
    page.get_by_role("link", name=TITLE, exact=True).click()
    page.get_by_text("Giao người làm").first.click()
    page.get_by_label("Người phụ trách").select_option(label="Nguyễn Văn An")
    page.get_by_role("button", name="Giao người làm").click()
    expect(told(page)).to_contain_text("Nguyễn Văn An")
    page.goto(urljoin(page.url, "/assignments/people"))
    figure = page.get_by_role("link", name="1, đang trong hạn: Nguyễn Văn An")
    figure.click()
    expect(page.get_by_role("link", name=TITLE, exact=True)).to_be_visible()


@pytest.fixture
def waiting(enter, cast, soon, make_assignment, write, page, session):
    """A result that waits with three pieces of evidence, and then a request for more time."""
    enter(cast.an, f"/assignments/{soon.id}/")
    hand_in(page, write("Một.txt", "Hai.txt", "Ba.txt"))
    today, now = clock.today(), clock.now()
    asked = extending.request_extension(
        make_assignment(due_on=today + timedelta(days=2), title="Đề án vùng chè"),
        "Chờ ý kiến của tỉnh",
        today + timedelta(days=30),
        actor=cast.an,
        now=now,
        today=today,
    )
    session.commit()
    return asked


def test_a_monitor_works_the_queue_by_keys_and_decides_on_more_time(enter, cast, waiting, page):
    enter(cast.chi, "/reviewing/")
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    pieces = page.get_by_role("navigation", name="Minh chứng đã nộp")
    for key, name in (("2", "2. Hai.txt"), ("3", "3. Ba.txt"), ("1", "1. Một.txt")):
        press(page, key)
        expect(pieces.get_by_role("link", name=name)).to_have_attribute("aria-current", "true")
        expect(page.get_by_text(f"Nội dung {name[3:]}")).to_be_visible()
    press(page, "j")
    expect(page.get_by_role("heading", name="Đề án vùng chè")).to_be_visible()
    press(page, "k")
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    press(page, "t")
    page.keyboard.type("Thiếu chữ ký")
    page.locator("#decision").get_by_role("button", name="Trả lại").click()
    expect(told(page)).to_contain_text("Đã trả lại, sửa xong chậm nhất")

    expect(page.get_by_role("heading", name="Đề án vùng chè")).to_be_visible()
    page.get_by_label("Văn bản đồng ý (số, ngày)").fill("số 15/QĐ-UBND ngày 18/6/2026")
    page.get_by_role("button", name="Đồng ý gia hạn").click()
    expect(told(page)).to_contain_text(f"Đã đồng ý gia hạn đến {date_words(waiting.wanted_on)}.")
    expect(page.get_by_role("heading", name="Đã xử lý hết")).to_be_visible()


def test_a_monitor_confirms_with_one_key(enter, cast, waiting, page):
    enter(cast.chi, "/reviewing/")
    press(page, "x")
    expect(told(page)).to_contain_text("Đã xác nhận. Ghi nhận hoàn thành đúng hạn.")


def test_a_leader_goes_from_a_figure_to_its_rows_directs_and_decides(
    enter, cast, make_assignment, session, page
):
    today, now = clock.today(), clock.now()
    for days in (-4, -9, -30):
        make_assignment(due_on=today + timedelta(days=days), title=f"Quá hạn {-days} ngày")
    coming = make_assignment(due_on=today + timedelta(days=3), title="Đề án vùng chè")
    extending.request_extension(
        coming, "Chờ ý kiến của tỉnh", today + timedelta(days=30), actor=cast.an, now=now, today=today
    )
    session.commit()

    enter(cast.dung, "/board/")
    tile = page.get_by_role("region", name="Số liệu chung").get_by_role("link", name=re.compile("^Quá hạn"))
    expect(tile).to_contain_text("3")
    tile.click()
    expect(page.locator("h2.cell-title")).to_have_count(3)
    page.get_by_role("link", name="Quá hạn 30 ngày", exact=True).click()
    page.get_by_label("Gửi ý kiến").fill("Hoàn thành trước buổi giao ban thứ Hai")
    page.get_by_role("button", name="Chỉ đạo").click()
    expect(page.locator(".callout-direction")).to_contain_text("Hoàn thành trước buổi giao ban thứ Hai")

    page.get_by_role("link", name=re.compile("^Chờ xử lý")).first.click()
    page.get_by_label("Không đồng ý: nêu lý do").fill("Kế hoạch của tỉnh không cho lùi")
    page.get_by_role("button", name="Không đồng ý").click()
    expect(told(page)).to_contain_text("Hạn cuối giữ nguyên.")

    enter(cast.an, "/assignments/")
    page.get_by_role("link", name="Quá hạn 30 ngày", exact=True).click()
    expect(page.locator(".callout-direction")).to_contain_text("Hoàng Văn Dũng")


def test_an_administrator_adds_a_unit_invites_sets_days_off_and_looks_at_letters(
    enter, cast, session, page, site
):
    session.commit()
    enter(cast.admin, "/units/")
    page.get_by_role("link", name="Thêm đơn vị").click()
    page.get_by_label("Tên đơn vị").fill("Phòng Tài chính")
    page.get_by_label("Đơn vị cấp trên").select_option(label="\u2003UBND xã Suối Mây")
    page.get_by_role("button", name="Thêm đơn vị").click()
    expect(told(page)).to_contain_text("Đã thêm đơn vị Phòng Tài chính.")

    page.get_by_role("link", name="Tài khoản").first.click()
    page.get_by_role("link", name="Thêm tài khoản").click()
    page.get_by_label("Họ và tên").fill("Lò Thị Mai")
    page.get_by_label("Tên đăng nhập").fill("mai")
    page.get_by_label("Đơn vị", exact=True).select_option(label="\u2003\u2003Phòng Tài chính")
    page.locator("main form").get_by_role("button").last.click()
    link = page.get_by_label("Liên kết đặt mật khẩu", exact=True).input_value()
    assert link.startswith(f"{site}/links/")

    page.get_by_role("link", name="Cài đặt").first.click()
    page.get_by_label("Danh sách ngày").fill("14/2/2099 - 16/2/2099; Ngày nghỉ; Tết Nguyên đán")
    page.get_by_role("button", name="Lưu các ngày").click()
    expect(told(page)).to_contain_text("Đã lưu 3 ngày.")
    expect(page.get_by_role("heading", name="Ngày nghỉ năm 2099")).to_be_visible()

    page.get_by_role("link", name="Thư đi").first.click()
    expect(page.get_by_role("heading", level=1, name="Thư đi")).to_be_visible()
    expect(page.get_by_text("Chưa cài đặt máy chủ thư.")).to_be_visible()
