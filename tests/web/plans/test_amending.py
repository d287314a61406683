"""A corrected issue of a plan on pages: said to be one, compared, applied; for the plan's monitor alone."""

import re

import pytest

from tests.samples import GOALS_HEAD
from tracker.models import Assignment, IndicatorTarget, PlanImport
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
    page = chi.post(f"{again}/apply", data={}, follow_redirects=True).text
    assert "Không áp dụng thay đổi nào. Văn bản được ghi vào hồ sơ của kế hoạch." in page
    assert [f"{one.due_on}" for one in session.query(Assignment)] == ["2099-11-30"]


def test_a_task_that_only_looks_like_a_change_is_added_and_the_old_one_stays(
    cast, plan, make_import, plan_text, log_in, session
):
    new = "1\tTập huấn kỹ năng số cho người dân\tPhòng Kinh tế\t\t31/12/2099\tBáo cáo"
    plan_import = make_import(plan_text(new, issued="ngày 01 tháng 7 năm 2026"))
    session.commit()
    chi, again = log_in(cast.chi), f"/plans/imports/{plan_import.id}"
    chi.post(f"{again}/amends", data={"plan": plan.id})
    page = chi.get(f"{again}/compare").text
    assert "Đây là nhiệm vụ khác: thêm mới, giữ nguyên nhiệm vụ đang có" in page
    [key] = re.findall(r'name="added" value="([^"]+)">', page)
    page = chi.post(f"{again}/apply", data={"changed": key, "added": key}, follow_redirects=True).text
    assert "Đã áp dụng: thêm 1 nhiệm vụ. Những gì đã báo cáo được giữ nguyên." in page
    found = [(one.task.title, f"{one.due_on}") for one in session.query(Assignment).order_by(Assignment.id)]
    assert found == [
        ("Tập huấn kỹ năng số", "2099-11-30"),
        ("Tập huấn kỹ năng số cho người dân", "2099-12-31"),
    ]


@pytest.fixture
def four_tasks(cast, make_import, plan_text):
    """A plan given out whose tasks are «Việc a» to «Việc d»."""
    rows = [f"{n}\tViệc {word}\tPhòng Kinh tế\t\t30/11/2099\tBáo cáo" for n, word in enumerate("abcd", 1)]
    now = cast.chi.created_at
    plan = importing.accept(
        make_import(plan_text("\n".join(rows))), actor=cast.chi, now=now, today=now.date()
    )
    publishing.publish(plan, {}, actor=cast.chi, now=now, today=now.date())
    return plan


def test_a_supplement_can_take_out_a_task_that_it_does_not_name(
    cast, four_tasks, make_import, plan_text, log_in, session
):
    new = "9\tĐào tạo cán bộ\tPhòng Kinh tế\t\t31/12/2099\tBáo cáo"
    plan_import = make_import(plan_text(new, issued="ngày 01 tháng 7 năm 2026"))
    session.commit()
    chi, again = log_in(cast.chi), f"/plans/imports/{plan_import.id}"
    chi.post(f"{again}/amends", data={"plan": four_tasks.id})
    page = chi.get(f"{again}/compare").text
    assert "4 nhiệm vụ văn bản này không nêu, được giữ nguyên" in page
    assert not re.search(r'name="gone" value="[^"]+" checked', page)
    gone = re.findall(r'name="gone" value="([^"]+)"', page)
    chi.post(f"{again}/apply", data={"gone": gone[0]})
    assert [one.state for one in session.query(Assignment).order_by(Assignment.id)] == [
        *("cancelled", "open", "open", "open")
    ]


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


GOALS = (
    GOALS_HEAD
    + """\
1\tPhòng Kinh tế\t55,5\t{}
2\tPhòng Văn hóa - Xã hội\t70\t65
"""
)


def test_other_figures_of_indicators_are_shown_and_applied_as_ticked(
    cast, make_import, plan_text, log_in, session
):
    now = cast.chi.created_at
    first = make_import(plan_text(f"{OLD}\n") + GOALS.format(60).encode())
    plan = importing.accept(first, actor=cast.chi, now=now, today=now.date())
    publishing.publish(plan, {}, actor=cast.chi, now=now, today=now.date())
    text = plan_text(f"{OLD}\n", issued="ngày 01 tháng 7 năm 2026")
    second = make_import(text + GOALS.format(75).encode())
    session.commit()
    chi, again = log_in(cast.chi), f"/plans/imports/{second.id}"
    chi.post(f"{again}/amends", data={"plan": plan.id})
    page = chi.get(f"{again}/compare").text
    assert "1 thay đổi, 0 thêm mới, 0 không còn nêu, 3 giữ nguyên" in page
    assert "Văn bản này không thay đổi nhiệm vụ nào." not in page
    assert re.search(r'data-l="Đang có">60\s%</td><td data-l="Mới"><b>75\s%</b>', page)
    [key] = re.findall(r'name="goal-changed" value="([^"]+)" checked', page)
    chi.post(f"{again}/apply", data={"goal-changed": key})
    shown = chi.get(f"/plans/{plan.id}").text
    assert "Đã áp dụng: 1 chỉ tiêu." in shown
    [target] = session.query(IndicatorTarget).filter_by(unit_id=cast.economy.id, period="2026")
    assert target.target == 75


IN_WORDS = (  # a document that changes the plan of four tasks by what follows
    "UBND XÃ SUỐI MÂY\nSố: 77/KH-UBND\nSuối Mây, ngày 01 tháng 7 năm 2026\nKẾ HOẠCH\n"
    "Điều chỉnh Kế hoạch số 41/KH-UBND năm 2026\nI. NỘI DUNG\n"
)


def test_what_a_document_gives_up_in_words_is_ticked_and_cancelled(
    cast, four_tasks, make_import, plan_text, log_in, session
):
    plan_import = make_import(
        f"{IN_WORDS}1. Bãi bỏ nhiệm vụ số 2 và 4 tại Phụ lục.\n"
        "2. Thay thế cụm từ “Phòng Kinh tế” bằng cụm từ “Phòng Kinh tế và Hạ tầng”.".encode()
    )
    session.commit()
    chi, again = log_in(cast.chi), f"/plans/imports/{plan_import.id}"
    chi.post(f"{again}/amends", data={"plan": four_tasks.id})
    page = chi.get(f"{again}/compare").text
    assert "“Bãi bỏ nhiệm vụ số 2 và 4 tại Phụ lục”" in page
    assert "Chưa áp dụng được các câu sau" in page
    assert "Thay thế cụm từ “Phòng Kinh tế” bằng cụm từ “Phòng Kinh tế và Hạ tầng”" in page
    assert "2 nhiệm vụ văn bản này không nêu, được giữ nguyên" in page
    ticked = re.findall(r'name="gone" value="(\d+)" checked', page)
    chi.post(f"{again}/apply", data={"gone": ticked})
    states = [f"{one.state}" for one in session.query(Assignment).order_by(Assignment.id)]
    assert states == ["open", "cancelled", "open", "cancelled"]


def test_what_a_document_changes_in_words_is_offered_and_ticked_where_it_is_sure(
    cast, four_tasks, make_import, log_in, session
):
    plan_import = make_import(
        f"{IN_WORDS}1. Điều chỉnh thời gian thực hiện nhiệm vụ số 2 từ “30/11/2099” thành “31/12/2099”.\n"
        "2. Điều chỉnh thời gian thực hiện nhiệm vụ số 3 từ “30/6/2099” thành “31/12/2099”.\n"
        "3. Thay cụm từ “Việc a” bằng “Việc đầu” tại nhiệm vụ số 1.\n"
        "4. Thay cụm từ “Phòng Kinh tế” bằng “Văn phòng HĐND và UBND” tại nhiệm vụ số 4.".encode()
    )
    session.commit()
    chi, again = log_in(cast.chi), f"/plans/imports/{plan_import.id}"
    chi.post(f"{again}/amends", data={"plan": four_tasks.id})
    page = chi.get(f"{again}/compare").text
    assert "Sửa theo lời văn bản" in page
    ids = [f"{task.id}" for task in four_tasks.tasks]
    assert re.findall(r'name="mended" value="(\d+)"', page) == ids
    ticked = re.findall(r'name="mended" value="(\d+)" checked', page)
    assert ticked == [ids[0], ids[1], ids[3]]
    chi.post(f"{again}/apply", data={"mended": ticked})
    session.expire_all()
    assert four_tasks.tasks[0].title == "Việc đầu"
    assert [
        (f"{one.due_on}", one.unit.name) for one in session.query(Assignment).order_by(Assignment.id)
    ] == [
        ("2099-11-30", "Phòng Kinh tế"),
        ("2099-12-31", "Phòng Kinh tế"),
        ("2099-11-30", "Phòng Kinh tế"),
        ("2099-11-30", "Văn phòng HĐND và UBND"),
    ]
