"""From the check to given-out tasks, with dates that have passed and numbers that are known."""

import pytest
from sqlalchemy import func, select

from tracker.models import Assignment, Plan


def test_a_plan_in_doubt_is_not_stored(chi, check_of, plan_text, session):
    review = check_of(plan_text("1\tTập huấn\tTrạm Y tế\t\t31/12/2099\tBáo cáo"))
    assert chi.post(f"{review}/accept").location == f"{review}#doubts"
    assert "Còn 1 chỗ phải xem trước khi giao nhiệm vụ." in chi.get(review).text
    assert session.scalar(select(func.count()).select_from(Plan)) == 0


def test_from_the_check_to_given_out_tasks(chi, check_of, plan_text, session, one_row):
    review = check_of(plan_text(one_row))
    forecast = chi.post(f"{review}/accept").location
    plan = session.scalars(select(Plan)).one()
    assert forecast == f"/plans/{plan.id}/forecast"
    page = chi.get(forecast).text
    assert "1 phân công" in page
    assert "Nhiệm vụ mới: Tập huấn kỹ năng số" in page
    assert "Giao 1 nhiệm vụ cho 1 đơn vị?" in chi.get(f"/plans/{plan.id}/publish").text
    assert chi.post(f"/plans/{plan.id}/publish").location == f"/plans/{plan.id}"
    page = chi.get(f"/plans/{plan.id}").text
    assert "Đã giao 1 nhiệm vụ cho 1 đơn vị. Thư đầu tiên gửi 07:30 ngày" in page
    assert "<b>0/1</b> đơn vị đã xong" in page
    assert session.scalars(select(Assignment)).one().due_on.isoformat() == "2099-12-31"
    assert chi.get(review).location == f"/plans/{plan.id}"


def test_what_takes_some_seconds_is_said_to_before_it_is_done(chi, past, app, monkeypatch):
    said = "Việc giao mất vài giây"
    assert said not in chi.get(past[0]).text
    monkeypatch.setitem(app.jinja_env.globals, "TAKES_SECONDS", 1)
    assert said in chi.get(past[0]).text


PAST = "1\tTập huấn\tPhòng Kinh tế\t\t31/01/2026\tBáo cáo"


@pytest.fixture
def past(chi, check_of, plan_text, session):
    """A plan ready to be given out, one date of which has passed, and what to call its decision."""
    review = check_of(plan_text(PAST))
    chi.post(f"{review}/accept")
    plan = session.scalars(select(Plan)).one()
    return f"/plans/{plan.id}/publish", plan.tasks[0].milestones[0].id


@pytest.mark.parametrize(
    ("decision", "day", "sentence"),
    [
        (None, "", "Hãy chọn: đã hoàn thành, hạn mới hoặc theo dõi quá hạn."),
        ("done", "31/4/2026", "31/4/2026 không có trong lịch. Tháng 4 có 30 ngày."),
        ("new", "", "Hãy ghi ngày theo mẫu 30/6/2026."),
        ("new", "01/02/2026", "đã qua. Hãy chọn ngày khác."),
        ("done", "01/02/2999", "ở sau hôm nay. Hãy nhập lại."),
    ],
)
def test_a_date_that_has_passed_needs_a_decision_that_makes_sense(
    past, chi, session, decision, day, sentence
):
    address, milestone = past
    data = {f"decision-{milestone}": decision, f"day-{milestone}": day}
    answer = chi.post(address, data={name: value for name, value in data.items() if value is not None})
    assert answer.headers["X-Refused"] == "yes"
    assert sentence in answer.text
    assert session.scalar(select(func.count()).select_from(Assignment)) == 0


@pytest.mark.parametrize(
    ("decision", "day", "state"),
    [("done", "30/01/2026", "done"), ("new", "31/12/2099", "open"), ("track", "", "open")],
)
def test_a_decided_date_lets_the_plan_go_out(past, chi, session, decision, day, state):
    address, milestone = past
    data = {f"decision-{milestone}": decision, f"day-{milestone}": day}
    assert chi.post(address, data=data).status_code == 302
    assert session.scalars(select(Assignment)).one().state == state


def test_of_several_dates_the_one_that_was_decided_wrongly_has_the_focus(chi, check_of, plan_text, session):
    rows = "\n".join(f"{n}\tTập huấn {n}\tPhòng Kinh tế\t\t31/01/2026\tBáo cáo" for n in (1, 2, 3))
    chi.post(f"{check_of(plan_text(rows))}/accept")
    plan = session.scalars(select(Plan)).one()
    wrong = plan.tasks[1].milestones[0].id
    data = {f"decision-{wrong}": "new", f"day-{wrong}": "01/02/2026", "others": "track"}
    page = chi.post(f"/plans/{plan.id}/publish", data=data).text
    assert "Chưa giao nhiệm vụ nào: còn 1 hạn đã qua chưa quyết định được." in page
    assert "Hạn mới 01/02/2026 đã qua. Hãy chọn ngày khác." in page
    assert page.count(" autofocus") == 1
    assert f'name="day-{wrong}" value="01/02/2026" aria-invalid="true" autofocus' in page
    page = chi.post(f"/plans/{plan.id}/publish").text
    first = plan.tasks[0].milestones[0].id
    assert f'name="decision-{first}" value="done" autofocus' in page


def test_what_is_given_out_is_counted_in_tasks_and_in_assignments(chi, check_of, plan_text, session):
    review = check_of(plan_text("1\tTập huấn\tCác thôn\t\t31/12/2099\tBáo cáo"))
    chi.post(f"{review}/accept")
    plan = session.scalars(select(Plan)).one()
    assert "<h1>Giao 1 nhiệm vụ (2 phân công) cho 2 đơn vị?</h1>" in chi.get(f"/plans/{plan.id}/publish").text
    page = chi.post(f"/plans/{plan.id}/publish", follow_redirects=True).text
    assert "Đã giao 1 nhiệm vụ (2 phân công) cho 2 đơn vị." in page


def test_all_dates_not_decided_one_by_one_are_tracked_in_one_stroke(past, chi, session):
    address, _ = past
    assert chi.post(address, data={"others": "track"}).status_code == 302
    assert session.scalars(select(Assignment)).one().state == "open"


def test_a_draft_is_deleted_after_being_asked_and_can_be_stored_again(
    chi, check_of, plan_text, session, one_row
):
    review = check_of(plan_text(one_row))
    chi.post(f"{review}/accept")
    plan = session.scalars(select(Plan)).one()
    assert "Xóa bản nháp kế hoạch 41/KH-UBND?" in chi.get(f"/plans/{plan.id}/delete").text
    chi.post(f"/plans/{plan.id}/delete")
    assert session.scalar(select(func.count()).select_from(Plan)) == 0
    assert chi.post(f"{review}/accept").status_code == 302


def test_a_known_number_is_shown_beside_the_plan_that_has_it(
    chi, check_of, plan_text, session, make_plan, one_row
):
    plan = make_plan()
    session.commit()
    review = check_of(plan_text(one_row))
    page = chi.get(review).text
    assert "Kế hoạch số 41/KH-UBND ngày 15/01/2026 đã có trong hệ thống." in page
    assert f'href="/plans/{plan.id}"' in page
    chi.post(f"{review}/another")
    assert "Không còn chỗ cần xem" in chi.get(review).text


def test_a_forecast_names_the_first_units_that_nobody_reads_letters_for_and_folds_the_others(
    chi, cast, check_of, plan_text
):
    names = [f"Thôn Nà {number}" for number in range(1, 11)]
    for name in names:
        cast.unit(name, cast.commune)
    review = check_of(plan_text(f"1\tTập huấn\t{'; '.join(names)}\t\t31/12/2099\tBáo cáo"))
    page = chi.get(chi.post(f"{review}/accept").location).text
    assert "10 đơn vị chủ trì chưa có người nhận thư" in page
    assert "và 2 đơn vị khác" in page
    folded = page[page.index("Xem cả 10 đơn vị") :]
    assert all(name in folded for name in names)


def test_what_was_given_out_is_not_asked_about_deleting(chi, check_of, plan_text, session, one_row):
    review = check_of(plan_text(one_row))
    chi.post(f"{review}/accept")
    plan = session.scalars(select(Plan)).one()
    chi.post(f"/plans/{plan.id}/publish")
    for address in (f"/plans/{plan.id}/delete", f"{review}/discard"):
        for answer in (chi.get(address), chi.post(address)):
            assert answer.location == f"/plans/{plan.id}"
    sentence = "Kế hoạch đã giao nhiệm vụ thì không xóa được. Có thể hủy từng nhiệm vụ."
    assert sentence in chi.get(f"/plans/{plan.id}").text
    assert session.scalar(select(func.count()).select_from(Plan)) == 1
