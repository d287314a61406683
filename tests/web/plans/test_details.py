"""A plan after it was stored: details, new members of its groups, tasks added by hand."""

import pytest
from sqlalchemy import select

from tracker.models import Assignment, Cadence, Task, TaskParty
from tracker.services import adding, units

SOON = "31/12/2099"


@pytest.fixture
def plan(cast, make_plan, session):
    plan = make_plan()
    session.commit()
    return plan


@pytest.fixture
def chi(cast, plan, log_in):
    return log_in(cast.chi)


@pytest.mark.parametrize(("name", "status"), [("chi", 200), ("dung", 403), ("an", 404), ("giang", 404)])
def test_only_a_monitor_of_the_plan_finds_these_pages(cast, plan, log_in, name, status):
    browser = log_in(getattr(cast, name))
    for page in ("details", "tasks/new", "reminders"):
        assert browser.get(f"/plans/{plan.id}/{page}").status_code == status


@pytest.mark.parametrize(("name", "status"), [("dung", 403), ("an", 404), ("giang", 404)])
def test_nobody_else_changes_the_plan(cast, plan, log_in, name, status):
    browser = log_in(getattr(cast, name))
    for deed in ("details", "tasks/new", "members", "reminders", "reminders/default"):
        assert browser.post(f"/plans/{plan.id}/{deed}").status_code == status


def test_number_leader_and_cadence_are_set(chi, cast, plan, session):
    data = {"number": "45/KH-UBND", "leader": cast.dung.id, "cadence": "quarterly"}
    assert chi.post(f"/plans/{plan.id}/details", data=data).location == f"/plans/{plan.id}"
    session.refresh(plan)
    assert (plan.number, plan.leader, plan.cadence) == ("45/KH-UBND", cast.dung, Cadence.QUARTERLY)
    assert "Hoàng Văn Dũng phụ trách" in chi.get(f"/plans/{plan.id}").text


def test_only_a_leader_of_the_watching_unit_can_be_in_charge(chi, cast, plan, session):
    data = {"number": "", "leader": cast.an.id, "cadence": "quarterly"}
    answer = chi.post(f"/plans/{plan.id}/details", data=data)
    assert answer.headers["X-Refused"] == "yes"
    session.refresh(plan)
    assert plan.leader is None


def test_a_task_added_by_hand_is_given_out_at_once(chi, cast, plan, session):
    data = {"title": "Niêm yết", "deadline": SOON, "leads": [cast.economy.id], "group": 0}
    page = chi.post(f"/plans/{plan.id}/tasks/new", data=data, follow_redirects=True).text
    assert "Đã thêm nhiệm vụ và giao cho 1 đơn vị. Đơn vị nhận thư trong ngày làm việc tới." in page
    assignment = session.scalars(select(Assignment)).one()
    assert (assignment.task.title, assignment.unit) == ("Niêm yết", cast.economy)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "Hãy ghi nội dung nhiệm vụ."),
        ("deadline", "bao giờ cũng được", "Chưa hiểu thời hạn"),
        ("deadline", "31/12/2020", "đã qua"),
        ("deadline", "Quý IV", "đúng không? Nếu đúng, hãy ghi đủ ngày/tháng/năm, hoặc thời hạn có năm"),
        ("deadline", "31/6/2099", "Tháng 6 có 30 ngày.</span>"),
        ("leads", "", "Hãy chọn đơn vị chủ trì."),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_the_rest_kept(chi, cast, plan, session, field, value, sentence):
    data = {"title": "Niêm yết", "deadline": SOON, "leads": cast.economy.id, "group": 0} | {field: value}
    answer = chi.post(f"/plans/{plan.id}/tasks/new", data=data)
    assert answer.headers["X-Refused"] == "yes"
    assert sentence in answer.text
    assert session.scalars(select(Task)).all() == []


def test_all_that_is_wrong_of_a_new_task_is_said_at_once(chi, plan):
    data = {"title": "Niêm yết", "deadline": "31/6/2099", "group": 0}
    page = chi.post(f"/plans/{plan.id}/tasks/new", data=data).text
    assert "31/6/2099 không có trong lịch. Tháng 6 có 30 ngày." in page
    assert "Hãy chọn đơn vị chủ trì." in page


def test_where_no_unit_was_chosen_the_first_box_has_the_focus(chi, plan):
    page = chi.post(f"/plans/{plan.id}/tasks/new", data={"title": "A", "deadline": SOON, "group": 0}).text
    assert page.count(" autofocus") == 1
    [box] = [line for line in page.splitlines() if " autofocus" in line]
    assert 'id="leads-1"' in box


@pytest.mark.parametrize(
    ("state", "words"), [("cancelled", "Đã hủy"), ("suspended", "Đang tạm dừng")], ids=str
)
def test_a_task_that_counts_no_more_says_why(chi, plan, make_task, make_assignment, session, state, words):
    make_assignment(make_task(plan, title="Niêm yết"), columns={"state": state})
    session.commit()
    page = chi.get(f"/plans/{plan.id}").text
    assert f'<span class="second">{words}</span>' in page


def test_a_later_member_of_a_group_is_offered_and_taken_in_when_chosen(
    chi, cast, plan, make_task, make_assignment, session
):
    now = cast.chi.created_at
    group = units.add_group("Các phòng", [cast.economy], keeper=cast.commune, actor=cast.chi, now=now)
    task = make_task(plan, leads=[cast.economy], helpers=[])
    task.leads[0].group = group
    make_assignment(task)
    session.commit()
    assert "Thành viên mới của nhóm" not in chi.get(f"/plans/{plan.id}").text
    today = now.date()
    units.set_members(group, [cast.economy, cast.culture], actor=cast.chi, now=now, today=today)
    session.commit()
    page = chi.get(f"/plans/{plan.id}").text
    assert "<b>Phòng Văn hóa - Xã hội</b> (Các phòng): Niêm yết công khai" in page
    chi.post(f"/plans/{plan.id}/members", data={"offer": f"{task.id}-{cast.culture.id}"})
    assert {party.unit for party in session.scalars(select(TaskParty))} == {cast.economy, cast.culture}
    assert adding.later_members(plan, today) == []


def test_the_days_of_reminders_are_shown_changed_and_given_back(chi, plan, session):
    page = chi.get(f"/plans/{plan.id}/reminders").text
    assert 'value="14, 7, 3, 1, 0"' in page
    assert "theo lịch nhắc mặc định" in page
    data = {"approaching": "20; 5", "overdue": "1, 8", "escalated": "7", "unreviewed": "3", "standing": "7"}
    chi.post(f"/plans/{plan.id}/reminders", data=data)
    session.refresh(plan)
    assert plan.reminder_days == {
        "approaching": [20, 5],
        "overdue": [1, 8],
        "escalated": [7],
        "helping": [],
        "started": [],
        "halfway": [],
    }
    assert "có lịch nhắc riêng" in chi.get(f"/plans/{plan.id}/reminders").text
    chi.post(f"/plans/{plan.id}/reminders/default")
    session.refresh(plan)
    assert plan.reminder_days == {}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("một tuần", "Hãy ghi các số ngày"), ("400", "từ 1 đến 365"), ("", "đơn vị chủ trì luôn được báo")],
)
def test_days_that_cannot_be_are_said_by_the_field_and_stay_typed(chi, plan, session, typed, sentence):
    answer = chi.post(f"/plans/{plan.id}/reminders", data={"approaching": "9", "overdue": typed})
    assert answer.headers["X-Refused"] == "yes"
    assert sentence in answer.text
    assert f'value="{typed}"' in answer.text
    assert 'value="9"' in answer.text
    session.refresh(plan)
    assert plan.reminder_days == {}
