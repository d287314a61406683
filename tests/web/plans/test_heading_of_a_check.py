"""The heading of a plan is corrected on the page of its check."""

import re

import pytest


def test_the_heading_is_corrected(review, chi, seen):
    page = chi.get(f"{review}/heading").text
    assert 'value="12/3/2026"' in page
    chi.post(
        f"{review}/heading",
        data={
            "number": "45/KH-UBND",
            "issued": "15/3/2026",
            "issuer": "UBND xã Suối Mây",
            "title": "Tên mới",
            "starts": "01/01/2026",
            "ends": "31/12/2026",
            "seen": seen(),
        },
    )
    page = chi.get(review).text
    assert "Số 45/KH-UBND" in page
    assert "Tên mới" in page


def test_a_date_and_a_period_that_were_emptied_stay_empty(review, chi, seen):
    chi.post(f"{review}/heading", data={"number": "45/KH-UBND", "seen": seen()})
    page = chi.get(review).text
    assert "Kế hoạch chưa có ngày ban hành." in page
    assert "kỳ 01/01/2026" not in page
    form = chi.get(f"{review}/heading").text
    assert not re.search(r'name="(issued|starts|ends)"[^>]*value="\d', form)


def test_the_basis_of_a_plan_is_corrected_line_by_line(review, chi, seen):
    chi.post(f"{review}/heading", data={"basis": "Luật số 1\n\n Nghị quyết số 2 ", "seen": seen()})
    assert "Luật số 1\nNghị quyết số 2</textarea>" in chi.get(f"{review}/heading").text.replace("\r", "")


@pytest.mark.parametrize(("starts", "ends"), [("01/01/2026", ""), ("", "31/12/2026")])
def test_a_period_with_one_end_is_not_taken_and_stays_typed(review, chi, starts, ends, only_import, seen):
    data = {"starts": starts, "ends": ends, "seen": seen()}
    answer = chi.post(f"{review}/heading", data=data)
    assert answer.headers["X-Refused"] == "yes"
    assert "Hãy ghi cả ngày bắt đầu và ngày kết thúc" in answer.text
    assert f'value="{starts or ends}"' in answer.text
    assert only_import().answers == {}


def test_a_day_of_issue_far_ahead_is_asked_about_and_stays_typed(review, chi, seen, only_import):
    page = chi.post(f"{review}/heading", data={"issued": "12/3/2099", "seen": seen()}).text
    assert "Ngày 12/3/2099 còn xa. Hãy xem lại ngày ban hành." in page
    assert 'value="12/3/2099"' in page
    assert only_import().answers == {}


def test_a_period_that_ends_before_it_begins_is_refused_by_its_last_day(review, chi, seen):
    data = {"issued": "12/3/2026", "starts": "01/12/2026", "ends": "01/01/2026", "seen": seen()}
    page = chi.post(f"{review}/heading", data=data).text
    assert 'id="ends-error"' in page
    assert "Kế hoạch kết thúc trước khi bắt đầu. Hãy xem lại hai ngày này." in page
    assert 'id="issued-error"' not in page
