"""A corrected issue of a plan on pages: said to be one, compared, applied; for the plan's monitor alone."""

import re

import pytest

from tracker.models import Assignment, PlanImport
from tracker.services import importing, publishing

OLD = "1\tTập huấn kỹ năng số\tPhòng Kinh tế\t\t30/11/2099\tBáo cáo"
NEW = f"{OLD.replace('30/11', '31/12')}\n2\tLắp đặt camera\tVăn phòng HĐND và UBND\t\t31/12/2099\tBiên bản"


@pytest.fixture
def plan(cast, make_import, plan_text, session):
    now = cast.chi.created_at
    plan = importing.accept(make_import(plan_text(OLD)), actor=cast.chi, now=now, today=now.date())
    publishing.publish(plan, {}, actor=cast.chi, now=now, today=now.date())
    session.commit()
    return plan


@pytest.fixture
def again(plan, make_import, plan_text, session):
    """The address of the check of a later issue."""
    plan_import = make_import(plan_text(NEW, issued="ngày 01 tháng 7 năm 2026"))
    session.commit()
    return f"/plans/imports/{plan_import.id}"


def test_a_later_issue_is_compared_and_applied_with_plain_forms(cast, plan, again, log_in, session):
    chi = log_in(cast.chi)
    assert "Đây là bản điều chỉnh, bổ sung" in chi.get(again).text
    chi.post(f"{again}/amends", data={"plan": plan.id})
    assert "So sánh với kế hoạch đã có" in chi.get(again).text
    page = chi.get(f"{again}/compare").text
    assert "“30/11/2099”" in page
    assert "“31/12/2099”" in page
    assert "Lắp đặt camera" in page
    ticked = dict(re.findall(r'name="(added|changed)" value="([^"]+)" checked', page))
    assert set(ticked) == {"added", "changed"}
    answer = chi.post(f"{again}/apply", data=ticked)
    assert answer.location == f"/plans/{plan.id}"
    dues = session.query(Assignment.due_on, Assignment.unit_id).order_by(Assignment.id).all()
    assert [(f"{due_on}", unit_id) for due_on, unit_id in dues] == [
        ("2099-12-31", cast.economy.id),
        ("2099-12-31", cast.office.id),
    ]
    shown = chi.get(f"/plans/{plan.id}").text
    assert "Văn bản của kế hoạch" in shown
    assert "ngày 01/7/2026: điều chỉnh, bổ sung" in shown
    assert chi.get(again).location == f"/plans/{plan.id}"


def test_what_was_not_ticked_is_not_applied(cast, plan, again, log_in, session):
    chi = log_in(cast.chi)
    chi.post(f"{again}/amends", data={"plan": plan.id})
    chi.post(f"{again}/apply", data={})
    assert [f"{one.due_on}" for one in session.query(Assignment)] == ["2099-11-30"]


def test_a_document_said_to_amend_can_still_be_another_plan(cast, plan, again, log_in):
    chi = log_in(cast.chi)
    chi.post(f"{again}/amends", data={"plan": plan.id})
    chi.post(f"{again}/another")
    assert chi.get(f"{again}/compare").location == again
    assert "Xem thư sẽ gửi" in chi.get(again).text


@pytest.mark.parametrize("name", ["an", "dung", "giang"])
def test_nobody_else_compares_or_applies(cast, plan, again, log_in, session, name):
    browser = log_in(getattr(cast, name))
    assert browser.get(f"{again}/compare").status_code == 404
    for deed in ("amends", "apply"):
        assert browser.post(f"{again}/{deed}", data={"plan": plan.id}).status_code == 404
    assert session.query(PlanImport).filter(PlanImport.answers["amends"].as_integer() == plan.id).count() == 0


def test_a_plan_of_another_authority_cannot_be_amended(cast, again, make_plan, log_in, session):
    theirs = make_plan("9/KH-UBND", watching_unit=cast.neighbour)
    session.commit()
    assert log_in(cast.chi).post(f"{again}/amends", data={"plan": theirs.id}).status_code == 404
