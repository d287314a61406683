"""The administrator corrects the calendar of days off, a year at a time."""

import pytest

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
    assert answer.status_code == 422
    assert "31/11/2026 không có trong lịch. Tháng 11 có 30 ngày." in answer.text


@pytest.mark.parametrize("name", ["an", "chi", "dung", "giang"])
def test_nobody_else_finds_the_settings(cast, log_in, session, name):
    session.commit()
    assert log_in(getattr(cast, name)).get("/settings/").status_code == 404
