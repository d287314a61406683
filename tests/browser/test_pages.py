"""The pages of assignments in Chromium: walked through with and without script."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SIDEWAYS
from tracker import clock
from tracker.deadlines.meaning import Kind
from tracker.models import ProgressReport, Role
from tracker.services import accounts, commenting, evidence, extending, progress
from tracker.services.intake import Intake, Upload

pytestmark = pytest.mark.browser


@pytest.fixture
def day():
    """The day so many days from today."""
    return lambda days: clock.today() + timedelta(days=days)


@pytest.fixture
def filled(app, cast, make_assignment, session, day, tmp_path):
    """A unit with work in every state; the one due soon, the one that waits and the request by name."""
    now = clock.now()
    deliverables = ("Ban hành Kế hoạch", "Báo cáo đánh giá thực hiện")
    make_assignment(
        due_on=day(-18), title="Niêm yết công khai danh mục thủ tục hành chính", text="Tháng 5/2026"
    )
    soon = make_assignment(due_on=day(4), title="Thí điểm tiếp nhận trực tuyến", deliverables=deliverables)
    make_assignment(due_on=day(200), title="Việc sau")
    make_assignment(due_on=None, kind=Kind.CONTINUOUS, text="Thường xuyên", title="Tuyên truyền")
    make_assignment(due_on=None, kind=Kind.UNRESOLVED, text="khi có phát sinh", title="Biểu dương")
    waits = make_assignment(due_on=day(10), title="Bố trí khu vực hỗ trợ")
    late = make_assignment(due_on=day(-30), title="Đề án vùng chè")
    soon.progress_reports.append(
        ProgressReport(percent=80, text="312 hồ sơ", difficulties="mạng yếu", by=cast.an, at=now)
    )
    commenting.direct(soon, "Hoàn thành trước buổi giao ban", actor=cast.dung, now=now)
    source = tmp_path / "a.txt"
    source.write_text("Đã bố trí", encoding="utf-8")
    with source.open("rb") as stream:
        evidence.attach(
            waits,
            waits.milestone.deliverables[0],
            Upload("Báo cáo.txt", stream),
            intake=Intake(app.extensions["file_store"]),
            actor=cast.an,
            now=now,
        )
    progress.submit(waits, actor=cast.an, now=now, note="Có 2 máy tính")
    asked = extending.request_extension(
        late, "Chờ ý kiến của tỉnh", day(30), actor=cast.an, now=now, today=clock.today()
    )
    session.commit()
    return {"soon": soon.id, "waits": waits.id, "asked": asked.id, "piece": waits.evidence[0].id}


def test_several_files_are_uploaded_with_a_bar_each(enter, cast, filled, tmp_path, page):
    paths = []
    for name in ("Kế hoạch.txt", "Ảnh.txt"):
        path = tmp_path / name
        path.write_text(f"Nội dung {name}", encoding="utf-8")
        paths.append(path)
    enter(cast.an, f"/assignments/{filled['soon']}/")
    bars = []
    page.expose_function("noteBar", lambda label: bars.append(label))
    page.evaluate("""new MutationObserver((changes) => changes.forEach((change) =>
        change.addedNodes.forEach((node) => node.querySelectorAll?.("progress").forEach((bar) =>
            window.noteBar(bar.getAttribute("aria-label"))))))
        .observe(document.querySelector(".upload-list"), {childList: true})""")
    page.wait_for_load_state()  # the script that sends files has come
    page.locator("input[type=file]").first.set_input_files(paths)
    first = page.locator(".deliverable").first
    expect(first.get_by_role("link", name="Kế hoạch.txt", exact=True)).to_be_visible()
    expect(first.get_by_role("link", name="Ảnh.txt", exact=True)).to_be_visible()
    assert bars == ["Đang tải Kế hoạch.txt", "Đang tải Ảnh.txt"]


def test_a_refused_file_is_named_where_it_was_dropped(enter, cast, filled, tmp_path, page):
    path = tmp_path / "giả.pdf"
    path.write_text("không phải PDF", encoding="utf-8")
    enter(cast.an, f"/assignments/{filled['soon']}/")
    page.wait_for_load_state()  # the script that sends files has come
    page.locator("input[type=file]").first.set_input_files(path)
    refused = page.locator(".upload-item.refused")
    expect(refused).to_contain_text("Tên tệp ghi .pdf nhưng nội dung không phải PDF.")
    refused.get_by_role("button").click()
    expect(refused).to_have_count(0)
    expect(page.get_by_role("button", name="Chọn tệp: Ban hành Kế hoạch")).to_be_focused()


def test_a_refused_form_opens_the_page_at_what_is_wrong(enter, cast, filled, page):
    page.set_viewport_size({"width": 390, "height": 800})
    enter(cast.an, f"/assignments/{filled['soon']}/")
    page.locator("#progress summary").click()
    page.get_by_label("Đã làm được (%)").fill("hai trăm")
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_text("số nguyên từ 0 đến 100")).to_be_in_viewport()
    expect(page.get_by_label("Đã làm được (%)")).to_be_focused()


def test_what_is_typed_into_one_form_outlives_another_being_sent(enter, cast, filled, page):
    enter(cast.an, f"/assignments/{filled['soon']}/")
    expect(page.locator("html.scripted")).to_be_attached()
    page.locator("#progress summary").click()
    report = page.get_by_label("Kết quả đến nay")
    report.fill("350 hồ sơ")
    page.locator("#remark").fill("Đã liên hệ với Sở.")
    page.get_by_role("button", name="Gửi ý kiến").click()
    expect(page.get_by_role("status")).to_have_text("Đã gửi ý kiến.")
    expect(report).to_have_value("350 hồ sơ")
    expect(page.locator("#remark")).to_have_value("")
    page.locator("#remark").fill("Chờ trả lời.")
    page.get_by_label("Trang của Nguyễn Văn An").click()
    page.get_by_role("button", name="Tối").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(report).to_have_value("350 hồ sơ")
    expect(page.locator("#remark")).to_have_value("Chờ trả lời.")
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi nhận tiến độ")
    expect(page.locator("#remark")).to_have_value("Chờ trả lời.")
    page.reload()
    expect(page.locator("html.scripted")).to_be_attached()
    expect(report).to_be_hidden()


def test_a_button_pressed_twice_sends_once(enter, cast, filled, page):
    enter(cast.an, f"/assignments/{filled['soon']}/")
    page.wait_for_load_state()
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.locator("#remark").fill("Đã liên hệ với Sở.")
    page.get_by_role("button", name="Gửi ý kiến").dblclick()
    expect(page.get_by_role("status")).to_have_text("Đã gửi ý kiến.")
    assert len(sent) == 1


def test_the_queue_is_worked_by_keys(enter, cast, filled, page):
    enter(cast.chi, "/reviewing/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Phím tắt")).to_be_visible()
    page.get_by_role("button", name="Đóng").click()
    page.keyboard.press("t")
    expect(page.locator("#reason")).to_be_focused()
    page.keyboard.type("x")  # a letter in a field is a letter
    expect(page.locator("#reason")).to_have_value("x")
    page.locator("h1").click()
    page.keyboard.press("x")
    expect(page.get_by_role("status").first).to_contain_text("Đã xác nhận.")


def test_keys_can_be_switched_off(enter, cast, filled, page):
    enter(cast.chi, "/reviewing/")
    page.keyboard.press("?")
    page.get_by_label("Dùng phím tắt trên máy này").uncheck()
    page.get_by_role("button", name="Đóng").click()
    page.keyboard.press("t")
    expect(page.locator("#reason")).not_to_be_focused()


def test_the_persons_menu_closes_with_escape(enter, cast, filled, page):
    enter(cast.an, "/assignments/")
    page.get_by_label("Trang của Nguyễn Văn An").click()
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_hidden()


def test_five_entries_and_a_long_name_have_room_in_the_band(enter, cast, filled, page, session):
    for role in (Role.MONITOR, Role.LEADER, Role.ADMINISTRATOR):
        accounts.grant(cast.an, role, cast.commune, actor=cast.admin, now=clock.now())
    cast.an.name = "Nguyễn Phúc Vĩnh Khánh Trường An"
    session.commit()
    enter(cast.an, "/assignments/")
    for width in (1280, 1263, 1190, 1170, 1024, 768):  # 1263: a small laptop with a bar to scroll by
        page.set_viewport_size({"width": width, "height": 720})
        assert page.evaluate(SIDEWAYS) == 0, width


def test_filters_unfold_on_a_phone(enter, cast, filled, page):
    page.set_viewport_size({"width": 390, "height": 800})
    enter(cast.an, "/assignments/")
    plan = page.get_by_label("Kế hoạch", exact=True)
    expect(plan).to_be_hidden()
    page.get_by_role("button", name="Lọc").click()
    expect(plan).to_be_visible()


@pytest.fixture
def scriptless(browser):
    """A page on which scripts are off."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_without_script_files_are_sent_by_a_plain_form_and_handed_in(
    enter, cast, filled, tmp_path, scriptless
):
    enter(cast.an, f"/assignments/{filled['soon']}/", scriptless)
    for n in range(2):
        path = tmp_path / f"Tệp {n}.txt"
        path.write_text(f"Nội dung {n}", encoding="utf-8")
        form = scriptless.locator(".deliverable", has_text="Còn thiếu").first
        form.locator("input[type=file]").set_input_files(path)
        form.get_by_role("button", name="Tải lên").click()
    expect(scriptless.get_by_text("2/2 sản phẩm đã có")).to_be_visible()
    scriptless.get_by_role("link", name="Nộp kết quả").first.click()
    scriptless.get_by_role("button", name="Nộp kết quả").click()
    expect(scriptless.get_by_role("status")).to_contain_text("Đã nộp kết quả")


def test_without_script_a_decision_is_taken(enter, cast, filled, scriptless):
    enter(cast.chi, f"/reviewing/{filled['waits']}", scriptless)
    scriptless.get_by_label("Trả lại để sửa: nêu lý do").fill("Thiếu ảnh")
    scriptless.locator("#decision").get_by_role("button", name="Trả lại").click()
    expect(scriptless.get_by_role("status").first).to_contain_text("Đã trả lại")


def test_without_script_the_theme_is_the_persons_choice(enter, cast, filled, scriptless):
    enter(cast.an, "/assignments/", scriptless)
    scriptless.get_by_label("Trang của Nguyễn Văn An").click()
    scriptless.get_by_role("button", name="Tối").click()
    expect(scriptless.locator("html")).to_have_attribute("data-bs-theme", "dark")


@pytest.mark.parametrize(
    ("address", "button"),
    [
        ("/units/new", "Thêm đơn vị"),
        ("/users/new", "Thêm tài khoản"),
        ("/units/groups/new", "Thêm nhóm"),
    ],
)
def test_what_is_wrong_of_a_form_is_no_fault_of_the_page(enter, cast, page, session, address, button):
    session.commit()
    enter(cast.admin, address)
    page.get_by_role("main").get_by_role("button", name=button).click()
    expect(page.locator(".field-error").first).to_be_visible()
