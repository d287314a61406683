"""The administrator corrects the calendar of days off, a year at a time."""

import io
import re

import pytest
from sqlalchemy import select

from tracker.db import db
from tracker.models import DayOff
from tracker.services import days_off


@pytest.fixture
def admin(cast, log_in, session):
    session.commit()
    return log_in(cast.admin)


def test_the_page_lists_public_holidays_of_the_year(admin):
    page = admin.get("/settings/?year=2026").text
    assert "Thứ Năm, 30/4/2026" in page
    assert "Lịch chung" in page


def test_a_holiday_and_a_make_up_day_are_set_and_taken_back(admin, session):
    admin.post("/settings/", data={"day": "24/11/2026", "kind": "off", "name": "Ngày Văn hóa"})
    admin.post("/settings/", data={"day": "28/11/2026", "kind": "working", "name": "Làm bù"})
    page = admin.get("/settings/?year=2026").text
    assert "Ngày Văn hóa" in page
    assert "Làm bù" in page
    kept = days_off.special_days(2026)
    assert {special.day.isoformat(): special.off for special in kept if special.correction} == {
        "2026-11-24": True,
        "2026-11-28": False,
    }
    admin.post("/settings/days/2026-11-24/forget")
    session.expire_all()
    assert "Ngày Văn hóa" not in admin.get("/settings/?year=2026").text


def test_a_day_that_does_not_exist_is_said_beside_the_field(admin):
    answer = admin.post("/settings/", data={"day": "31/11/2026", "kind": "off", "name": "Nghỉ"})
    assert answer.headers["X-Refused"] == "yes"
    assert "31/11/2026 không có trong lịch. Tháng 11 có 30 ngày." in answer.text


@pytest.mark.parametrize("name", ["an", "chi", "dung", "giang"])
def test_nobody_else_finds_the_settings(cast, log_in, session, name):
    session.commit()
    assert log_in(getattr(cast, name)).get("/settings/").status_code == 404


YEAR = """14/2/2026 - 22/2/2026; Ngày nghỉ; Tết Nguyên đán
28/11/2026\tlàm bù\tLàm bù ngày 24/11

02/9/2026; nghỉ; Quốc khánh
"""


def test_a_day_that_is_none_leaves_the_year_that_is_shown(admin):
    form = re.search(r'<form[^>]*action="(/settings/\?year=2025)"', admin.get("/settings/?year=2025").text)
    answer = admin.post(form[1], data={"day": "31/6/2025", "kind": "off"})
    assert "Tháng 6 có 30 ngày." in answer.text
    assert "Ngày nghỉ năm 2025" in answer.text


def corrected(year):
    """The days of a year that were corrected, in ISO, and whether they are off."""
    found = days_off.special_days(year)
    return {special.day.isoformat(): special.off for special in found if special.correction}


def test_the_days_of_a_year_are_pasted_at_once(admin, session):
    answer = admin.post("/settings/days", data={"lines": YEAR}, follow_redirects=True)
    assert "Đã lưu 11 ngày." in answer.text
    kept = corrected(2026)
    assert len(kept) == 11
    assert (kept["2026-02-14"], kept["2026-02-22"], kept["2026-11-28"]) == (True, True, False)
    again = admin.post("/settings/days", data={"lines": YEAR}, follow_redirects=True)
    assert "Đã lưu 11 ngày." in again.text
    assert len(corrected(2026)) == 11


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("31/11/2026; nghỉ; x", "31/11/2026 không có trong lịch. Tháng 11 có 30 ngày."),
        ("02/9/2026; hội; x", "Loại ghi “Ngày nghỉ” hoặc “Ngày làm bù”."),
        ("02/9/2026; nghỉ;", "Hãy ghi lý do."),
        ("02/9/2026", "Loại ghi “Ngày nghỉ” hoặc “Ngày làm bù”."),
        ("22/2/2026 - 14/2/2026; nghỉ; x", "Ngày cuối phải sau ngày đầu"),
        ("14/2/2026 - 22/2/2027; nghỉ; x", "cách không quá 31 ngày"),
        ("mai; nghỉ; x", "Hãy ghi ngày theo mẫu 30/6/2026."),
        ("02/9/2026; nghỉ; " + "x" * 201, "Lý do dài quá 200 chữ."),
    ],
)
def test_a_wrong_line_is_named_nothing_is_stored_and_all_is_kept(admin, line, sentence):
    typed = f"02/9/2026; nghỉ; Quốc khánh\n{line}"
    answer = admin.post("/settings/days", data={"lines": typed})
    assert answer.headers["X-Refused"] == "yes"
    assert "Có 1 dòng cần sửa. Chưa ngày nào được lưu." in answer.text
    assert "Dòng 2" in answer.text
    assert sentence in answer.text
    assert f"{line}</textarea>" in answer.text
    assert corrected(2026) == {}


def test_an_empty_list_is_refused_in_words(admin):
    assert "Không có ngày nào. Mỗi dòng ghi: ngày; loại; lý do." in admin.post("/settings/days").text


def upload(browser, content):
    """The page after a file of days was sent."""
    data = {"file": (io.BytesIO(content), "Ngày nghỉ.xlsx")}
    return browser.post(
        "/settings/days", data=data, content_type="multipart/form-data", follow_redirects=True
    )


def test_the_sample_and_the_list_taken_home_can_be_taken_in(admin):
    assert "Đã lưu 3 ngày." in upload(admin, admin.get("/sheets/samples/days").data).text
    year = min(corrected_years())
    home = admin.get(f"/sheets/days?year={year}").data
    assert "Đã lưu 3 ngày." in upload(admin, home).text


def corrected_years():
    """The years that have corrected days."""
    return {row.day.year for row in db.session.scalars(select(DayOff))}


def test_a_file_that_is_no_table_is_refused_by_its_field(admin):
    answer = upload(admin, b"khong phai xlsx")
    assert answer.headers["X-Refused"] == "yes"
    assert "Chưa ngày nào được lưu" not in answer.text
    assert 'class="field-error"' in answer.text


def test_days_are_set_by_administrators_alone(cast, log_in, session, admin):
    assert log_in(cast.chi).post("/settings/days", data={"lines": YEAR}).status_code == 404
    assert log_in(cast.chi).get("/sheets/samples/days").status_code == 404
    assert admin.get("/sheets/samples/gi-do").status_code == 404
