"""The whole path in a real browser: from a signed plan to a confirmed assignment and a calendar."""

import re
import urllib.request
from datetime import timedelta

import pytest
from docx import Document
from playwright.sync_api import expect

from tracker import clock
from tracker.services import accounts
from tracker.words import date_words

PASSWORD = "mật khẩu dài"
TITLE = "Niêm yết công khai thủ tục hành chính"
COLUMNS = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm")


@pytest.fixture
def signed_plan(tmp_path):
    """A plan of two tasks, one due four days ago, one in ten days."""
    today = clock.today()
    issued = today - timedelta(days=30)
    document = Document()
    for text in (
        "ỦY BAN NHÂN DÂN XÃ SUỐI MÂY",
        "Số: 77/KH-UBND",
        f"Suối Mây, ngày {issued.day:02d} tháng {issued.month:02d} năm {issued.year}",
        "KẾ HOẠCH",
        f"Cải cách hành chính năm {today.year}",
        "PHỤ LỤC",
    ):
        document.add_paragraph(text)
    table = document.add_table(rows=0, cols=len(COLUMNS))
    late, coming = (date_words(today + timedelta(days=days)) for days in (-4, 10))
    for row in (
        COLUMNS,
        (
            "1",
            TITLE,
            "Phòng Kinh tế",
            "Văn phòng HĐND và UBND",
            f"Chậm nhất ngày {late}",
            "Báo cáo kết quả niêm yết",
        ),
        (
            "2",
            "Tập huấn kỹ năng số",
            "Phòng Văn hóa - Xã hội",
            "",
            f"Chậm nhất ngày {coming}",
            "Báo cáo tập huấn",
        ),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    path = tmp_path / "Kế hoạch 77.docx"
    document.save(path)
    return path


@pytest.fixture
def people(cast, session):
    """Everybody with a password to log in with."""
    for person in (cast.chi, cast.an, cast.dung):
        accounts.set_password(person, PASSWORD, actor=None, now=clock.now())
    session.commit()


def log_in(page, site, username):
    """Leave whoever was logged in, and come in as this person."""
    page.goto(site)
    if page.get_by_role("heading", name="Đăng nhập").count() == 0:
        page.locator(".person summary").click()
        page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page).not_to_have_url(re.compile("/login"))


def overdue_titles(page, site):
    """What the leader's list of overdue assignments names."""
    page.goto(f"{site}/board/overdue")
    return page.get_by_role("link", name=TITLE, exact=True).count()


@pytest.mark.browser
def test_from_a_signed_plan_to_a_confirmed_assignment_and_a_calendar(
    page, site, people, signed_plan, tmp_path
):
    log_in(page, site, "chi")
    page.goto(f"{site}/plans/")
    page.get_by_label("Văn bản đã ký").set_input_files(signed_plan)
    page.get_by_label("Đơn vị theo dõi kế hoạch").select_option(label="UBND xã Suối Mây")
    page.get_by_role("button", name="Tải lên").click()
    expect(page.get_by_role("main")).to_contain_text("77/KH-UBND")
    page.get_by_role("button", name="Xem thư sẽ gửi").first.click()
    page.get_by_role("link", name="Giao nhiệm vụ").click()
    page.get_by_label("Theo dõi như quá hạn").check()
    page.get_by_role("button", name="Giao nhiệm vụ").click()
    expect(page.get_by_role("status")).to_contain_text("Đã giao 2 nhiệm vụ cho 2 đơn vị.")

    log_in(page, site, "dung")
    assert overdue_titles(page, site) == 1

    log_in(page, site, "an")
    page.get_by_role("link", name=TITLE, exact=True).click()
    evidence = tmp_path / "Báo cáo kết quả.txt"
    evidence.write_text("Đã niêm yết đầy đủ.", encoding="utf-8")
    page.wait_for_load_state()  # the script that sends files has come
    page.locator("input[type=file]").first.set_input_files(evidence)
    expect(page.get_by_role("link", name="Báo cáo kết quả.txt", exact=True)).to_be_visible()
    page.reload()
    page.get_by_role("link", name="Nộp kết quả").first.click()
    page.get_by_role("button", name="Nộp kết quả").click()
    expect(page.get_by_role("status")).to_contain_text("Đã nộp kết quả")

    log_in(page, site, "chi")
    page.goto(f"{site}/reviewing/")
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    page.locator("#decision").get_by_role("button", name="Xác nhận hoàn thành").click()
    expect(page.get_by_role("status")).to_contain_text("Đã xác nhận")

    log_in(page, site, "dung")
    assert overdue_titles(page, site) == 0

    page.goto(f"{site}/feeds/")
    page.get_by_role("link", name="Tạo địa chỉ lịch").click()
    page.get_by_label("Tên lịch").fill("Điện thoại")
    page.get_by_role("button", name="Tạo địa chỉ lịch").click()
    with urllib.request.urlopen(page.get_by_label("Địa chỉ lịch", exact=True).input_value()) as answer:
        calendar = answer.read().decode().replace("\r\n ", "")
    assert "Tập huấn kỹ năng số" in calendar
    assert TITLE not in calendar
