"""The leader's list of what is overdue."""

import re
from datetime import date

import pytest

from tracker.models import ProgressReport

pytestmark = pytest.mark.usefixtures("nine_oclock")

TAG = re.compile(r"<[^>]+>")


def words(html):
    return " ".join(TAG.sub(" ", html).split())


def test_what_is_overdue_is_listed_longest_first(browse, cast, make_assignment, nine_oclock):
    make_assignment(due_on=date(2026, 6, 14), title="Trễ ít")
    worst = make_assignment(due_on=date(2026, 5, 15), title="Trễ nhiều")
    make_assignment(due_on=date(2026, 6, 30), title="Còn hạn")
    worst.progress_reports.append(
        ProgressReport(percent=60, text="", difficulties="chờ tỉnh", by=cast.an, at=nine_oclock)
    )
    page = words(browse(cast.dung).get("/board/overdue").text)
    assert "2 nhiệm vụ, 1 đơn vị, lâu nhất 34 ngày" in page
    assert page.index("34 ngày Trễ nhiều") < page.index("4 ngày Trễ ít")
    assert "18/6/2026: 60 %, chờ tỉnh" in page
    assert "Chưa báo cáo lần nào" in page
    assert "Còn hạn" not in page


def test_the_list_is_narrowed_by_unit(browse, cast, make_assignment):
    make_assignment(due_on=date(2026, 6, 1), title="Của kinh tế")
    make_assignment(due_on=date(2026, 6, 2), title="Của văn hóa", leads=[cast.culture], helpers=[])
    page = browse(cast.dung).get(f"/board/overdue?unit={cast.culture.id}").text
    assert "Của văn hóa" in page
    assert "Của kinh tế" not in page


def test_nothing_overdue_is_said(browse, cast, make_assignment):
    make_assignment()
    assert "Không có nhiệm vụ quá hạn" in browse(cast.dung).get("/board/overdue").text
    assert "Thử bớt từ hoặc bỏ lọc." in browse(cast.dung).get("/board/overdue?q=x").text


def test_strangers_count_nothing(browse, cast, make_assignment):
    make_assignment(due_on=date(2026, 6, 1))
    assert "Không có nhiệm vụ quá hạn" in browse(cast.giang).get("/board/overdue").text


def test_who_oversees_goes_from_what_is_overdue_to_the_letter_that_urges(browse, cast, make_assignment):
    make_assignment(due_on=date(2026, 6, 1))
    client = browse(cast.dung)
    assert 'href="/reports/urging"' in client.get("/board/overdue").text
    letter = f"/reports/urging/{cast.economy.id}.docx"
    assert f'href="{letter}"' in client.get(f"/board/overdue?unit={cast.economy.id}").text
    assert client.get(letter).status_code == 200
    assert "/reports/" not in browse(cast.an).get("/board/overdue").text


def test_what_is_overdue_comes_page_by_page_with_its_total(browse, cast, make_assignment):
    for number in range(101):
        make_assignment(due_on=date(2026, 6, 1), title=f"Việc số {number:03}")
    client = browse(cast.dung)
    first, second = (client.get(f"/board/overdue?q=viec&page={page}").text for page in (1, 2))
    assert "101 nhiệm vụ, lâu nhất 17 ngày" in words(first) and "Trang 1/2" in first
    assert "Việc số 099" in first and "Việc số 100" not in first
    assert "Việc số 100" in second and "101 nhiệm vụ ·" in words(second)
