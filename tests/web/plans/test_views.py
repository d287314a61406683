"""A plan narrowed by its address, and its work quarter by quarter."""

from datetime import date

import pytest

from tracker.models import Assignment
from tracker.rules.states import State
from tracker.services import managing, plan_views


@pytest.fixture
def plan(cast, make_plan, make_task, make_assignment, session, nine_oclock):
    """Three tasks: overdue in quarter II, done in quarter II, to come in quarter III."""
    plan = make_plan()
    late = make_task(plan, title="Niêm yết tại Đăk Rve", due_on=date(2026, 6, 10))
    done = make_task(
        plan, title="Rà soát quy hoạch", due_on=date(2026, 6, 12), leads=[cast.culture], helpers=[]
    )
    later = make_task(plan, title="Ngày hội", due_on=date(2026, 9, 30))
    make_assignment(late)
    make_assignment(done, columns={"state": State.DONE, "completed_on": date(2026, 6, 1)})
    make_assignment(later)
    session.commit()
    return plan


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"Niêm yết", "Rà soát", "Ngày hội"}),
        ("q=dak rve", {"Niêm yết"}),
        ("progress=overdue", {"Niêm yết"}),
        ("progress=done", {"Rà soát"}),
        ("progress=unfinished", {"Niêm yết", "Ngày hội"}),
        ("quarter=2026-07-01", {"Ngày hội"}),
        ("quarter=nonsense", {"Niêm yết", "Rà soát", "Ngày hội"}),
        ("unit={culture}", {"Rà soát"}),
        ("q=không có", set()),
    ],
)
def test_the_address_narrows_the_plan(cast, plan, log_in, query, titles):
    page = log_in(cast.chi).get(f"/plans/{plan.id}?{query.format(culture=cast.culture.id)}").text
    shown = {title for title in ("Niêm yết", "Rà soát", "Ngày hội") if f">{title}" in page}
    assert shown == titles
    assert ("Không có nhiệm vụ nào như vậy" in page) == (not titles)


def test_of_work_taken_over_the_page_of_its_task_says_from_whom(cast, plan, log_in, session, nine_oclock):
    task = plan.tasks[0]
    assignment = session.query(Assignment).filter_by(task=task).one()
    managing.reassign(assignment, cast.culture, "Sáp nhập", actor=cast.chi, now=nine_oclock)
    session.commit()
    page = log_in(cast.chi).get(f"/plans/{plan.id}/tasks/{task.id}").text
    assert f"tiếp nhận từ {cast.economy.name}" in page


def test_the_quarters_count_what_falls_due_in_them(plan):
    second, third = plan_views.quarters(plan, date(2026, 6, 18))
    assert (second.first, second.total, second.done, second.overdue) == (date(2026, 4, 1), 2, 1, 1)
    assert (third.total, third.unfinished) == (1, 1)


def test_each_quarter_leads_to_its_tasks(cast, plan, log_in):
    page = log_in(cast.chi).get(f"/plans/{plan.id}").text
    assert 'Quý II/2026</a> <span class="second">quý này' in page
    assert f"/plans/{plan.id}?quarter=2026-07-01" in page


def test_many_tasks_take_as_many_queries_as_few(
    cast, plan, make_task, make_assignment, session, log_in, count_queries
):
    chi = log_in(cast.chi)

    def queries():
        session.commit()
        session.expire_all()
        with count_queries() as sent:
            chi.get(f"/plans/{plan.id}?quarter=2026-07-01")
        return len(sent)

    few = queries()
    for number in range(30):
        make_assignment(make_task(plan, title=f"Việc {number}", due_on=date(2026, 9, 30)))
    assert queries() == few


def test_plans_come_page_by_page_with_their_total(log_in, cast, make_plan, session):
    for number in range(52):
        make_plan(f"{number}/KH-UBND", title=f"Kế hoạch số {number:02}")
    session.commit()
    chi = log_in(cast.chi)
    first, second = (chi.get(f"/plans/?q=ke hoach so&page={page}").text for page in (1, 2))
    assert "52 kế hoạch" in first and "Trang 1/2" in first and "Kế hoạch số 51" in first
    assert "52 kế hoạch" in second and "Trang 2/2" in second and "Kế hoạch số 01" in second
    assert "Kế hoạch số 01" not in first and "Kế hoạch số 51" not in second
    assert "q=ke+hoach+so" in first.partition('class="pages"')[2]
    assert "Trang" not in chi.get("/plans/?q=so 07").text.partition("<main")[2]
