"""The review queue by keyboard and thumb: nothing typed is lost, the focus is where the work goes on."""

from datetime import timedelta
from io import BytesIO

import pytest
from playwright.sync_api import expect

from tracker import clock
from tracker.rules.states import State
from tracker.services import evidence, progress
from tracker.services.intake import Intake, Upload

pytestmark = pytest.mark.browser

REASON = "Trả lại để sửa: nêu lý do"


@pytest.fixture
def waiting(app, cast, make_assignment, session):
    """Three results that wait, the oldest first, each with two pieces of evidence."""
    now = clock.now()

    def hand_in(title, hours):
        made = make_assignment(due_on=clock.today() + timedelta(days=9), title=title)
        for name in ("Một.txt", "Hai.txt"):
            upload = Upload(name, BytesIO(f"{title} {name}".encode()))
            evidence.attach(
                made,
                made.milestone.deliverables[0],
                upload,
                intake=Intake(app.extensions["file_store"]),
                actor=cast.an,
                now=now,
            )
        progress.submit(made, actor=cast.an, now=now - timedelta(hours=hours))
        return made

    made = [hand_in(f"Việc {name}", hours) for name, hours in (("một", 3), ("hai", 2), ("ba", 1))]
    session.commit()
    return made


def press(page, key):
    """Press a key once the script that listens for it is there."""
    expect(page.locator("html.scripted")).to_be_attached()
    page.keyboard.press(key)


def test_a_reason_that_is_being_written_outlives_a_look_at_evidence_and_at_the_next_item(
    enter, cast, waiting, page
):
    enter(cast.chi, "/reviewing/")
    press(page, "t")
    page.keyboard.type("Trang 2 thiếu chữ ký")
    page.get_by_label("Sửa xong chậm nhất").fill("30/12/2099")
    for name in ("2. Hai.txt", "1. Một.txt"):
        page.get_by_role("link", name=name).click()
        expect(page.get_by_label(REASON)).to_have_value("Trang 2 thiếu chữ ký")
        expect(page.get_by_label("Sửa xong chậm nhất")).to_have_value("30/12/2099")
    press(page, "j")
    expect(page.get_by_role("heading", name="Việc hai")).to_be_visible()
    expect(page.get_by_label(REASON)).to_have_value("")
    press(page, "k")
    expect(page.get_by_label(REASON)).to_have_value("Trang 2 thiếu chữ ký")


def test_what_was_refused_outlives_a_look_at_evidence(enter, cast, waiting, page):
    enter(cast.chi, "/reviewing/")
    page.get_by_label(REASON).fill("Thiếu chữ ký")
    page.get_by_label("Sửa xong chậm nhất").fill("31/6/2099")
    page.locator("#decision").get_by_role("button", name="Trả lại").click()
    expect(page.get_by_text("Tháng 6 có 30 ngày")).to_be_visible()
    page.get_by_role("link", name="2. Hai.txt").click()
    expect(page.get_by_label(REASON)).to_have_value("Thiếu chữ ký")
    expect(page.get_by_label("Sửa xong chậm nhất")).to_have_value("31/6/2099")


def test_what_was_being_typed_is_gone_after_logging_out(enter, cast, waiting, page):
    enter(cast.chi, "/reviewing/")
    page.get_by_label(REASON).fill("Thiếu chữ ký")
    page.locator(".person summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    enter(cast.chi, "/reviewing/")
    expect(page.get_by_label(REASON)).to_have_value("")


def test_on_a_phone_a_refusal_is_in_sight_with_the_focus_in_its_field(enter, cast, waiting, page):
    page.set_viewport_size({"width": 390, "height": 700})
    enter(cast.chi, "/reviewing/")
    page.locator("#decision").get_by_role("button", name="Trả lại").click()
    expect(page.get_by_label(REASON)).to_be_focused()
    expect(page.get_by_text("Hãy nêu lý do trả lại.")).to_be_in_viewport()


def test_a_key_held_down_confirms_one_thing_and_not_the_next(enter, cast, waiting, page, session):
    enter(cast.chi, "/reviewing/")
    expect(page.locator("html.scripted")).to_be_attached()
    page.keyboard.down("x")
    expect(page.get_by_role("heading", name="Việc hai")).to_be_visible()
    expect(page.locator("html.scripted")).to_be_attached()
    page.keyboard.down("x")  # the same key again without having been let go: it repeats
    page.keyboard.up("x")
    page.reload()
    expect(page.get_by_role("heading", name="Việc hai")).to_be_visible()
    session.expire_all()
    assert [one.state for one in waiting] == [State.DONE, State.SUBMITTED, State.SUBMITTED]


def test_the_page_is_named_after_what_is_open(enter, cast, waiting, page):
    enter(cast.chi, "/reviewing/")
    expect(page).to_have_title("Việc một · Chờ xử lý · Đúng hạn")
