"""The check of a plan worked on in place: forms that open in their rows, and everything by keyboard alone."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from tests.samples import GOALS_HEAD
from tracker.models import PlanImport
from tracker.services import answering
from tracker.services.checking import check

pytestmark = pytest.mark.browser

ROWS = """\
1\tBan hành quy chế; công bố quy chế\tVăn phòng HĐND và UBND\t\t28/6/2099\tQuyết định
2\tTriển khai thí điểm mô hình thôn số\tPhòng Kinh tế\tPộ phận VHTT\tQuý II\tBáo cáo
3\tRà soát nhân lực\tTrạm Y tế\t\t30/9/2099\tBáo cáo
4\tMua sắm thiết bị\tPhòng Kinh tế\t\t31/10/2099\tHợp đồng
"""


@pytest.fixture
def review(cast, make_import, plan_text, session):
    """The address of a check with a few doubts."""
    cast.unit("Bộ phận Văn hóa - Thông tin", cast.commune)
    plan_import = make_import(plan_text(ROWS))
    session.commit()
    return f"/plans/imports/{plan_import.id}"


@pytest.fixture
def keys(page):
    """Presses keys one after the other; a word in quotes is typed."""

    def press(*names):
        for name in names:
            if name.startswith("'"):
                page.keyboard.insert_text(name.strip("'"))
            else:
                page.keyboard.press(name)

    return press


@pytest.fixture
def row(session, cast):
    """A row of the one import, by its key, as it is stored."""

    def row(key):
        session.expire_all()
        plan_import = session.scalars(select(PlanImport)).one()
        rows = check(plan_import, cast.chi.created_at.date()).corrected.rows
        return next(row for row in rows if row.key == key)

    return row


def said(page, words):
    expect(page.locator("#said")).to_contain_text(words)


def focused(page, words):
    expect(page.locator("[data-row]:focus")).to_contain_text(words)


def tab_to(page, keys, words):
    for _ in range(40):
        keys("Tab")
        if words in page.evaluate("document.activeElement.textContent"):
            return
    raise AssertionError(words)


def test_a_whole_check_by_keyboard_alone(enter, cast, review, page, keys, row, session):
    enter(cast.chi, review)
    keys("k")  # the last row, far down
    keys("h")  # the heading
    expect(page.get_by_label("Số, ký hiệu")).to_be_focused()
    expect(page.get_by_label("Số, ký hiệu")).to_be_in_viewport(ratio=1)
    keys("Control+a", "'52/KH-UBND'", "Control+Enter")
    expect(page.locator(".page-head")).to_contain_text("Số 52/KH-UBND")
    said(page, "Đã lưu.")

    keys("n")  # the first doubt: a unit that is not known is the last of the list
    focused(page, "“Trạm Y tế” chưa có trong danh sách")
    keys("Tab", "End", "Control+Enter")
    said(page, "2 chỗ còn cần xem.")
    focused(page, "1/2. ")
    keys("a")  # the deadline was read rightly
    focused(page, "1/1. Tên “Pộ phận VHTT”")
    keys("a")
    said(page, "Không còn chỗ nào cần xem.")
    expect(page.get_by_role("button", name="Xem thư sẽ gửi")).to_be_focused()

    keys("j", "j")  # the first answered row follows the heading
    for _ in range(20):
        if page.evaluate("document.activeElement.dataset.row") == "row-0":
            break
        keys("j")
    focused(page, "Ban hành quy chế; công bố quy chế")
    keys("s")
    expect(page.get_by_label("Tách thành hai nhiệm vụ")).to_be_focused()
    for _ in "Ban hành quy chế;":
        keys("ArrowRight")
    keys("Enter", "Control+Enter")
    said(page, "Đã tách thành hai nhiệm vụ.")
    focused(page, "Ban hành quy chế;")

    keys("j", "m")  # the second half goes to where it came from
    expect(page.get_by_role("button", name="Gộp vào nhiệm vụ 1")).to_be_focused()
    keys("Enter")
    said(page, "Đã lưu.")
    assert not row("a1").selected

    focused(page, "Triển khai thí điểm")
    keys("e")  # a deadline that is none stays in its field with the reason
    expect(page.get_by_label("Số thứ tự")).to_be_focused()
    keys("Tab", "Tab", "Tab", "Control+a", "'31/6/2026'", "Control+Enter")
    expect(page.get_by_label("Thời hạn")).to_be_focused()
    expect(page.locator(".field-error")).to_contain_text("31/6/2026 không có trong lịch.")
    expect(page.get_by_label("Thời hạn")).to_have_value("31/6/2026")
    keys("Control+a", "'30/11/2099'", "Control+Enter")
    focused(page, "hạn cuối 30/11/2099")
    expect(page.locator(".inplace")).to_have_count(0)

    keys("j", "j", "x")
    expect(page.get_by_label("Lý do để nhiệm vụ này ra ngoài")).to_be_focused()
    keys("Enter")  # left out, for a reason that must be given
    expect(page.locator(".field-error")).to_contain_text("Hãy nêu lý do")
    keys("'Không còn kinh phí'", "Enter")
    said(page, "Đã lưu.")
    assert row("3").reason == "Không còn kinh phí"

    keys("g", "Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Xem thư sẽ gửi", timeout=30_000)
    tab_to(page, keys, "Giao nhiệm vụ")
    keys("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Giao 3 nhiệm vụ", timeout=30_000)
    tab_to(page, keys, "Giao nhiệm vụ")
    keys("Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã giao 3 nhiệm vụ")


@pytest.mark.parametrize(
    ("link", "field"),
    [
        ("Sửa số, ngày, tên kế hoạch", "Số, ký hiệu"),
        ("Sửa cả nhiệm vụ: Rà soát nhân lực", "Lý do để nhiệm vụ này ra ngoài"),
        ("Sửa: Mua sắm thiết bị", "Lý do để nhiệm vụ này ra ngoài"),
    ],
)
def test_everybody_can_read_the_check_with_a_form_open_in_it(
    link, field, read_by_all, enter, cast, review, page
):
    def open_form():
        enter(cast.chi, review)
        page.locator("#check details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        page.get_by_role("link", name=link).first.click()
        expect(page.get_by_label(field)).to_be_visible()

    read_by_all(open_form)


def test_the_keys_are_listed_and_say_nothing_while_one_types(enter, cast, review, page, keys):
    enter(cast.chi, review)
    keys("?")
    dialog = page.get_by_role("dialog", name="Phím tắt")
    expect(dialog).to_contain_text("chỗ cần xem tiếp theo")
    keys("Escape")
    expect(dialog).to_be_hidden()
    keys("n", "e")
    expect(page.get_by_label("Số thứ tự")).to_be_focused()
    page.keyboard.type("nxjk?")
    expect(page.get_by_label("Số thứ tự")).to_have_value("nxjk?")
    expect(dialog).to_be_hidden()


def test_a_key_counts_from_the_moment_the_dialog_is_closed(enter, cast, review, page, keys):
    enter(cast.chi, review)
    keys("?")
    page.evaluate(
        """document.querySelector("dialog[open]").close();
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "n", bubbles: true}))"""
    )
    focused(page, "“Trạm Y tế”")


def test_what_was_typed_is_there_when_a_form_is_opened_again_and_gone_when_given_up(
    enter, cast, review, page, keys
):
    enter(cast.chi, review)
    keys("n", "e")
    expect(page.get_by_label("Số thứ tự")).to_be_focused()
    keys("Control+a", "'9a'", "Escape")
    focused(page, "chưa lưu")
    keys("n", "a")  # another answer in between
    said(page, "2 chỗ còn cần xem.")
    keys("k")
    focused(page, "“Trạm Y tế”")
    keys("e")
    expect(page.get_by_label("Số thứ tự")).to_have_value("9a")
    page.get_by_role("link", name="Bỏ sửa").click()
    keys("e")
    expect(page.get_by_label("Số thứ tự")).to_have_value("3")


def test_what_is_typed_into_one_card_outlives_the_answer_to_another(enter, cast, review, page):
    enter(cast.chi, review)
    page.get_by_label("Hạn khác").fill("15/7/2099")
    page.get_by_role("button", name="Đúng đơn vị này").click()
    said(page, "2 chỗ còn cần xem.")
    expect(page.get_by_label("Hạn khác")).to_have_value("15/7/2099")


def test_a_row_is_added_in_place_and_is_in_doubt_until_it_is_written(enter, cast, review, page, keys, row):
    enter(cast.chi, review)
    page.get_by_role("button", name="Thêm nhiệm vụ", exact=True).click()
    title = page.get_by_role("textbox", name="Nhiệm vụ", exact=True)
    expect(title).to_be_visible()
    title.fill("Tập huấn")
    page.get_by_label("Chủ trì, mỗi dòng một đơn vị").fill("Đội Xung kích")
    page.get_by_role("textbox", name="Thời hạn").fill("31/12/2099")
    keys("Control+Enter")
    expect(page.get_by_role("heading", name="“Đội Xung kích” chưa có trong danh sách")).to_be_visible()
    page.get_by_role("region", name="“Đội Xung kích”").get_by_role("button", name="Thêm đơn vị mới").click()
    expect(page.get_by_role("heading", name="“Đội Xung kích” chưa có")).to_have_count(0)
    assert row("a1").task.lead == ("Đội Xung kích",)


def test_what_cannot_be_saved_is_said_and_stays(enter, cast, review, browser):
    page = enter(cast.chi, review, browser.new_context().new_page())
    page.get_by_role("link", name="Sửa số, ngày, tên kế hoạch").click()
    page.get_by_label("Số, ký hiệu").fill("60/KH-UBND")
    page.context.clear_cookies()
    page.get_by_role("button", name="Lưu phần đầu").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Số, ký hiệu")).to_have_value("60/KH-UBND")


def test_a_half_done_check_survives_closing_the_browser(enter, cast, review, page, browser, keys):
    enter(cast.chi, review)
    keys("n", "n", "a")
    said(page, "2 chỗ còn cần xem.")
    page.context.close()
    later = enter(cast.chi, "/plans/", browser.new_context().new_page())
    later.get_by_role("link", name="kế hoạch.txt").first.click()
    expect(later.get_by_role("region", name="Bốn điều kiểm tra")).to_contain_text("2 chỗ cần xem")
    later.context.close()


FIGURES = (
    GOALS_HEAD
    + """\
1\tPhòng Kinh tế\t55,5\t60
2\tTrạm Thú y\t70\t65
"""
)


@pytest.fixture
def figures(cast, make_import, plan_text, session):
    """The address of a check with indicators, a unit of which is not known."""
    plan_import = make_import(plan_text(ROWS) + FIGURES.encode())
    session.commit()
    return f"/plans/imports/{plan_import.id}"


def test_an_indicator_is_corrected_by_keyboard(enter, cast, figures, page, keys):
    enter(cast.chi, figures)
    page.locator("#indicators > summary").focus()
    keys("Enter")
    page.locator("[data-row=figure-1]").evaluate("(row) => { row.tabIndex = -1; row.focus(); }")
    keys("e")
    expect(page.get_by_role("textbox", name="Chỉ tiêu")).to_be_focused()
    page.get_by_role("textbox", name="Giao", exact=True).focus()
    keys("Control+a", "'72,5'", "Control+Enter")
    focused(page, "72,5")
    expect(page.locator(".inplace")).to_have_count(0)


def test_everybody_can_read_indicators_and_what_is_asked_of_their_units(
    read_by_all, enter, cast, figures, page
):
    def open_form():
        enter(cast.chi, figures)
        page.locator("#check details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        page.get_by_role("link", name="Sửa: Tỷ lệ hồ sơ trực tuyến, Phòng Kinh tế, 2026").click()
        expect(page.get_by_role("button", name="Lưu chỉ tiêu", exact=True)).to_be_visible()

    read_by_all(open_form)


def test_a_name_far_down_the_list_of_doubts_is_answered_there(
    enter, cast, make_import, plan_text, session, page, keys
):
    rows = "\n".join(
        f"{n}\tTập huấn lớp {n}\tĐội {name}\t\t30/9/2099\tBáo cáo" for n, name in enumerate("abcdefghijk", 1)
    )
    plan_import = make_import(plan_text(rows))
    session.commit()
    enter(cast.chi, f"/plans/imports/{plan_import.id}")
    page.locator("#further > summary").click()
    page.get_by_role("link", name="“Đội k” chưa có trong danh sách").click()
    page.get_by_role("region", name="“Đội k”").get_by_role("button", name="Thêm đơn vị mới").click()
    said(page, "10 chỗ còn cần xem.")
    expect(page.locator("#further")).to_have_attribute("open", "")


def test_what_is_refused_stands_in_the_card_it_is_about(enter, cast, review, page):
    enter(cast.chi, review)
    card = page.get_by_role("region", name="“Trạm Y tế”")
    card.get_by_role("button", name="Chọn đơn vị này").click()
    expect(card.get_by_role("alert")).to_have_text("Hãy chọn một đơn vị hoặc nhóm.")


def test_what_somebody_else_said_meanwhile_stands_beside_what_was_typed_until_it_is_sent_again(
    enter, cast, review, page, keys, session, row
):
    enter(cast.chi, review)
    page.get_by_role("link", name="Sửa cả nhiệm vụ: Rà soát nhân lực").click()
    expect(page.get_by_role("textbox", name="Nhiệm vụ", exact=True)).to_be_visible()
    other = cast.person("lien", "Vi Thị Liên", ("monitor", cast.commune))
    plan_import = session.scalars(select(PlanImport)).one()
    now = cast.chi.created_at
    answering.answer_row(
        plan_import, "2", title="Rà soát y tế", seen=plan_import.version, actor=other, now=now
    )
    session.commit()
    page.get_by_role("textbox", name="Nhiệm vụ", exact=True).fill("Rà soát nhân lực y tế")
    keys("Control+Enter")
    expect(page.locator(".inplace").get_by_role("alert")).to_contain_text("vừa được Vi Thị Liên cập nhật")
    expect(page.locator(".inplace .field-error")).to_have_text("Hiện đang lưu: “Rà soát y tế”.")
    expect(page.get_by_role("textbox", name="Nhiệm vụ", exact=True)).to_have_value("Rà soát nhân lực y tế")
    expect(page.get_by_role("textbox", name="Nhiệm vụ", exact=True)).to_be_focused()
    assert row("2").task.title == "Rà soát y tế"
    keys("Control+Enter")
    said(page, "Đã lưu nhiệm vụ.")
    assert row("2").task.title == "Rà soát nhân lực y tế"


def test_an_answer_leaves_the_indicators_on_the_page_they_were_turned_to(
    enter, cast, make_import, plan_text, page, session
):
    figures = "".join(f"{n}\tThôn Nà {n}\t{n}\t{n + 1}\n" for n in range(1, 121))
    plan_import = make_import(plan_text(ROWS) + (GOALS_HEAD + figures).encode())
    session.commit()
    enter(cast.chi, f"/plans/imports/{plan_import.id}?page=2")
    expect(page.locator("[data-row=figure-200]")).to_be_visible()
    before = page.locator("#doubts .second").text_content()
    page.locator(".doubt").filter(has_text="Trạm Y tế").get_by_role("button", name="Thêm đơn vị mới").click()
    expect(page.locator("#doubts .second")).not_to_have_text(before)
    expect(page.locator("[data-row=figure-200]")).to_be_visible()
