"""Files on their way into an assignment, in Chromium: what goes wrong is said in place and loses nothing."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tracker import clock
from tracker.deadlines.meaning import Kind

pytestmark = pytest.mark.browser

DELIVERABLES = ("Ban hành Kế hoạch", "Báo cáo đánh giá")


@pytest.fixture
def task(make_assignment, session):
    """Something due in four days that needs two deliverables."""
    found = make_assignment(
        due_on=clock.today() + timedelta(days=4), title="Tiếp nhận trực tuyến", deliverables=DELIVERABLES
    )
    session.commit()
    return found


@pytest.fixture
def unwatched(browser):
    """A page whose console is not watched: that a connection is lost is an error there."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def opened(enter, cast, task):
    """Opens the assignment; its script has come when it is given back."""

    def opened(page, address=f"/assignments/{task.id}/"):
        enter(cast.an, address, page)
        expect(page.locator("html.scripted")).to_be_attached()
        return page

    return opened


def part(page, name):
    """What the page has of one deliverable."""
    return page.locator(".deliverable").filter(has=page.get_by_role("heading", name=name))


def choose(page, name, paths):
    part(page, name).locator("input[type=file]").set_input_files(paths)


def held_back(page):
    """Uploads stay under way until they are let go: the requests held so far."""
    held = []
    page.route("**/evidence", lambda route: held.append(route))
    return held


def test_what_is_typed_beside_them_stays_when_files_have_come(opened, write, page):
    opened(page)
    page.locator("#remark").fill("Đã liên hệ với Sở")
    page.locator("#progress summary").click()
    page.get_by_label("Kết quả đến nay").fill("312 hồ sơ")
    choose(page, DELIVERABLES[0], write("Kế hoạch.txt"))
    expect(part(page, DELIVERABLES[0]).get_by_role("link", name="Kế hoạch.txt", exact=True)).to_be_visible()
    expect(page.get_by_text("Còn thiếu 1 trong 2 sản phẩm.")).to_be_visible()
    expect(page.locator("#history")).to_contain_text("tải lên “Kế hoạch.txt”")
    expect(page.locator("#remark")).to_have_value("Đã liên hệ với Sở")
    expect(page.get_by_label("Kết quả đến nay")).to_have_value("312 hồ sơ")


def test_a_form_that_was_refused_stays_too(opened, write, page):
    opened(page)
    page.locator("#progress summary").click()
    page.get_by_label("Đã làm được (%)").fill("hai trăm")
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_text("số nguyên từ 0 đến 100")).to_be_visible()
    expect(page.locator("html.scripted")).to_be_attached()
    choose(page, DELIVERABLES[0], write("Kế hoạch.txt"))
    expect(part(page, DELIVERABLES[0]).get_by_role("link", name="Kế hoạch.txt", exact=True)).to_be_visible()
    expect(page.get_by_label("Đã làm được (%)")).to_have_value("hai trăm")


def test_what_came_is_shown_beside_what_was_refused(opened, write, page):
    opened(page)
    choose(page, DELIVERABLES[0], write("giả.pdf", "Kế hoạch.txt"))
    its = part(page, DELIVERABLES[0])
    expect(its.get_by_role("link", name="Kế hoạch.txt", exact=True)).to_be_visible()
    expect(its.get_by_text("Còn thiếu")).to_have_count(0)
    expect(its.locator(".upload-item")).to_have_count(1)
    expect(its.locator(".refused")).to_contain_text("nội dung không phải PDF")
    expect(its.locator("input[type=file]")).to_have_value("")  # the mended file can be chosen again
    choose(page, DELIVERABLES[0], write("Bản sửa.txt"))
    expect(its.get_by_role("link", name="Bản sửa.txt", exact=True)).to_be_visible()
    expect(its.locator(".refused")).to_be_visible()


def test_files_for_two_deliverables_are_sent_side_by_side(opened, write, page):
    opened(page)
    held = held_back(page)
    for name, files in zip(DELIVERABLES, (["Một.txt"], ["Hai.txt", "Ba.txt"]), strict=True):
        choose(page, name, write(*files))
    expect(page.locator("progress")).to_have_count(3)
    held[0].continue_()
    expect(page.get_by_text("Đã tải lên", exact=True)).to_be_visible()
    page.unroute("**/evidence")  # lets the others go
    for name in ("Một.txt", "Hai.txt", "Ba.txt"):
        expect(page.locator(".deliverable").get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(page.get_by_text("Đã đủ minh chứng.")).to_be_visible()


def test_what_waits_and_what_is_under_way_can_be_cancelled(opened, write, page, task, session):
    opened(page)
    held_back(page)
    choose(page, DELIVERABLES[0], write("Một.txt", "Hai.txt"))
    for name in ("Hai.txt", "Một.txt"):
        page.get_by_role("button", name=f"Hủy tải: {name}").click()
    expect(page.get_by_text("Đã hủy tải.")).to_have_count(2)
    session.refresh(task)
    assert task.evidence == []


def test_a_lost_connection_is_said_and_the_file_is_sent_again(opened, write, unwatched):
    page = opened(unwatched)
    page.context.set_offline(True)
    choose(page, DELIVERABLES[0], write("Kế hoạch.txt"))
    refused = page.locator(".refused")
    expect(refused).to_contain_text("Mất kết nối. Tệp chưa được tải lên, hãy thử lại.")
    page.context.set_offline(False)
    refused.get_by_role("button", name="Thử lại: Kế hoạch.txt").click()
    expect(part(page, DELIVERABLES[0]).get_by_role("link", name="Kế hoạch.txt", exact=True)).to_be_visible()
    expect(refused).to_have_count(0)


def test_the_camera_of_a_phone_is_asked_for_pictures_and_the_chooser_for_any_file(opened, page):
    page.set_viewport_size({"width": 390, "height": 800})
    opened(page)
    asked = {}
    for words in ("Chụp ảnh", "Chọn tệp"):
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name=f"{words}: {DELIVERABLES[0]}").click()
        field = chooser.value.element
        asked[words] = field.get_attribute("accept"), field.get_attribute("capture")
    assert asked == {"Chụp ảnh": ("image/*", "environment"), "Chọn tệp": (None, None)}


def test_a_file_dropped_beside_the_area_does_not_take_the_place_of_the_page(opened, page):
    opened(page)
    drop = """(kind) => {
        const data = new DataTransfer();
        data.items.add(new File(["a"], "a.txt"));
        const event = new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true});
        return !document.body.dispatchEvent(event);
    }"""
    assert [page.evaluate(drop, kind) for kind in ("dragover", "drop")] == [True, True]
    into = drop.replace("document.body", "document.querySelector('.upload-area')")
    page.evaluate(into, "drop")
    expect(part(page, DELIVERABLES[0]).get_by_role("link", name="a.txt", exact=True)).to_be_visible()


def test_files_too_large_together_are_refused_before_the_reporting_page_is_sent(
    enter, cast, make_plan, make_task, make_assignment, session, tmp_path, page
):
    plan = make_plan()
    standing = {"kind": Kind.CONTINUOUS, "due_on": None, "text": "Thường xuyên", "helpers": []}
    for _ in range(2):
        make_assignment(make_task(plan, **standing))
    session.commit()
    files = [tmp_path / "Một.pdf", tmp_path / "Hai.pdf"]
    for file in files:
        with file.open("wb") as stream:
            stream.truncate(30 * 1024 * 1024)
    enter(cast.an, "/assignments/")
    page.get_by_role("link", name="Báo cáo kỳ này").click()
    expect(page.locator("html.scripted")).to_be_attached()
    fields = page.locator("input[type=file]")
    for field, file in zip(fields.all(), files, strict=True):
        field.set_input_files(file)
    expect(page.get_by_role("alert")).to_contain_text("các tệp cộng lại lớn hơn 50 MB")
    assert [field.evaluate("(field) => field.files.length") for field in fields.all()] == [1, 0]
    fields.last.set_input_files([])
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_is_typed_stays_where_the_connection_is_lost(opened, unwatched):
    page = opened(unwatched)
    page.locator("#remark").fill("Đã liên hệ với Sở")
    page.context.set_offline(True)
    send = page.get_by_role("button", name="Gửi ý kiến")
    for _ in range(2):
        send.click()
        expect(page.get_by_role("alert")).to_have_text(
            "Mất kết nối. Nội dung đã nhập còn nguyên, hãy thử lại."
        )
    expect(page.locator("#remark")).to_have_value("Đã liên hệ với Sở")
    page.context.set_offline(False)
    send.click()
    expect(page.get_by_role("status")).to_have_text("Đã gửi ý kiến.")
