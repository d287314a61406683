"""The board in Chromium: readable by all, and on paper one landscape page of A4."""

import io
import re
from datetime import timedelta

import pdfplumber
import pytest

from tracker import clock
from tracker.db import db
from tracker.rules.states import State

pytestmark = pytest.mark.browser

A4_LANDSCAPE = (842, 595)  # points


@pytest.fixture
def filled(cast, make_plan, make_assignment, session):
    """Sixteen units, of which six are ranked and eight have something overdue."""
    plan, today = make_plan(), clock.today()
    for number in range(16):
        unit = cast.unit(f"Thôn {number:02}", cast.commune)
        for _ in range(6 if number < 6 else 1):
            done = {"state": State.DONE, "completed_on": today - timedelta(days=40)}
            due_on = today - timedelta(days=30)
            make_assignment(plan=plan, due_on=due_on, leads=[unit], helpers=[], columns=done)
        days = -number if number % 2 else number
        make_assignment(plan=plan, due_on=today + timedelta(days=days), leads=[unit], helpers=[])
    session.commit()


def test_the_board_can_be_read_by_all(enter, filled, cast, read_by_all):
    for address in ("/board/", "/board/?sides=overdue&q=thon", "/board/rows", "/board/overdue"):
        read_by_all(lambda address=address: enter(cast.dung, address))


def test_the_board_prints_on_one_page(enter, filled, cast):
    page = enter(cast.dung, "/board/")
    content = page.pdf(prefer_css_page_size=True, print_background=True)
    with pdfplumber.open(io.BytesIO(content)) as document:
        [sheet] = document.pages
        assert (round(sheet.width), round(sheet.height)) == A4_LANDSCAPE
        words = sheet.extract_text()
    assert "Đơn vị theo quý" in words
    assert "Quá hạn, lâu nhất trước" in words
    assert "Lọc" not in words


def test_a_board_of_very_many_late_units_still_prints_on_one_page(enter, cast, make_plan, make_assignment):
    plan = make_plan()
    for number in range(40):
        unit = cast.unit(f"UBND xã Vùng Cao {number:02}", cast.commune)
        due_on = clock.today() - timedelta(days=1 + number)
        make_assignment(plan=plan, due_on=due_on, leads=[unit], helpers=[])
    db.session.commit()
    content = enter(cast.dung, "/board/").pdf(prefer_css_page_size=True, print_background=True)
    with pdfplumber.open(io.BytesIO(content)) as document:
        [sheet] = document.pages
        words = sheet.extract_text()
    assert "Bản in có 12 đơn vị đứng đầu bảng." in words
    assert "Đang hiện" not in words
    assert "Quá hạn, lâu nhất trước" in words


MARGIN = dict.fromkeys(("top", "right", "bottom", "left"), "10mm")  # what printers leave by themselves


@pytest.mark.parametrize(
    ("address", "titles", "longest"),
    [
        ("/board/rows", "Nhiệm vụ Chủ trì Thời hạn", 3),
        ("/board/overdue", "Quá hạn Nhiệm vụ Chủ trì Hạn cuối", 1),
        ("/reports/meeting", "Nhiệm vụ Hạn cuối Tình hình Kết luận", 3),
        ("/reports/urging", "Đơn vị Quá hạn Sắp đến hạn", 1),
    ],
)
def test_a_list_prints_as_a_table_from_the_first_page_on(enter, filled, cast, address, titles, longest):
    content = enter(cast.dung, address).pdf(format="A4", margin=MARGIN, print_background=True)
    with pdfplumber.open(io.BytesIO(content)) as document:
        pages = [sheet.extract_text() for sheet in document.pages]
    assert titles in pages[0]
    assert "Thôn 0" in pages[0]
    assert len(pages) <= longest
    assert not [page for page in pages if "Tải" in page or "Lọc" in page]


def test_a_figure_opens_its_rows_and_a_filter_narrows_them(enter, filled, cast):
    page = enter(cast.dung, "/board/")
    page.get_by_role("region", name="Số liệu chung").get_by_role("link", name=re.compile("^Quá hạn")).click()
    assert page.locator("h2.cell-title").count() == 8
    page.get_by_label("Đơn vị và cấp dưới").select_option(label="\u2003Thôn 03")
    page.get_by_role("search", name="Lọc nhiệm vụ").get_by_role("button", name="Lọc").last.click()
    page.wait_for_url("**unit=**")
    assert page.locator("h2.cell-title").count() == 1
    assert page.get_by_role("heading", level=1).inner_text() == "Quá hạn"
