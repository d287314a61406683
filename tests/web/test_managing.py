"""The monitor's deeds on an assignment, each asked back on a page of its own."""

from datetime import date

import pytest

from tracker.models import ReviewOutcome
from tracker.rules.states import State
from tracker.services import reviewing

pytestmark = pytest.mark.usefixtures("nine_oclock")


def at(assignment, step):
    return f"/assignments/{assignment.id}/manage/{step}"


def test_the_page_of_an_assignment_names_the_deeds_that_are_open(browse, cast, make_assignment):
    assignment = make_assignment()
    page = browse(cast.chi).get(f"/assignments/{assignment.id}/").text
    for step in ("correct", "suspend", "reassign", "cancel"):
        assert f'href="{at(assignment, step)}"' in page
    for step in ("resume", "reopen"):
        assert at(assignment, step) not in page
    assert "/manage/" not in browse(cast.an).get(f"/assignments/{assignment.id}/").text


def test_a_misread_date_is_mended_with_its_reason(browse, cast, make_assignment):
    assignment = make_assignment(due_on=date(2026, 6, 30))
    client = browse(cast.chi)
    assert 'value="30/6/2026"' in client.get(at(assignment, "correct")).text
    page = client.post(at(assignment, "correct"), data={"due_on": "15/7/2026", "reason": ""}).text
    assert "Hãy nêu lý do." in page
    assert 'value="15/7/2026"' in page
    fields = {"due_on": "15/7/2026", "reason": "Đọc nhầm tháng"}
    page = client.post(at(assignment, "correct"), data=fields, follow_redirects=True).text
    assert "Đã đính chính hạn. Hạn cuối 15/7/2026. Đơn vị được báo trong thư tới." in page
    assert "Vì sao hạn cuối là 15/7/2026" in page


def test_a_date_taken_away_makes_it_undated(browse, cast, make_assignment):
    assignment = make_assignment(due_on=date(2026, 6, 30))
    fields = {"due_on": "", "reason": "Chưa có hướng dẫn"}
    browse(cast.chi).post(at(assignment, "correct"), data=fields)
    assert assignment.due_on is None


def test_work_rests_and_goes_on(browse, cast, make_assignment):
    assignment = make_assignment()
    client = browse(cast.chi)
    client.post(at(assignment, "suspend"), data={"reason": "Chờ hướng dẫn"})
    assert assignment.state is State.SUSPENDED
    page = client.post(at(assignment, "suspend"), data={"reason": "Lần nữa"}).text
    assert "Nhiệm vụ đã được tạm dừng từ trước." in page
    assert "Lần nữa</textarea>" in page
    client.post(at(assignment, "resume"))
    assert assignment.state is State.OPEN


def test_work_goes_to_another_unit_of_the_monitors_part(browse, cast, make_assignment):
    assignment = make_assignment()
    client = browse(cast.chi)
    page = client.get(at(assignment, "reassign")).text
    assert "Phòng Văn hóa - Xã hội</option>" in page
    assert "UBND xã Đăk Rve</option>" not in page
    fields = {"unit": cast.neighbour.id, "reason": "x"}
    assert "Hãy chọn lại." in client.post(at(assignment, "reassign"), data=fields).text
    fields = {"unit": cast.office.id, "reason": "Đúng chức năng"}
    client.post(at(assignment, "reassign"), data=fields)
    assert assignment.unit is cast.office
    assert browse(cast.an).get(f"/assignments/{assignment.id}/").status_code == 200


def test_what_is_cancelled_stays_so(browse, cast, make_assignment):
    assignment = make_assignment()
    client = browse(cast.chi)
    assert "Hủy nhiệm vụ này?" in client.get(at(assignment, "cancel")).text
    client.post(at(assignment, "cancel"), data={"reason": "Thôi thực hiện"})
    assert assignment.state is State.CANCELLED
    assert "không thay đổi được nữa" in client.post(at(assignment, "suspend"), data={"reason": "x"}).text


def test_done_work_is_opened_again(browse, cast, make_assignment, hand_in, nine_oclock):
    assignment = hand_in(make_assignment())
    review = reviewing.confirm(assignment, actor=cast.chi, now=nine_oclock)
    assert review.outcome is ReviewOutcome.CONFIRMED
    browse(cast.chi).post(at(assignment, "reopen"), data={"reason": "Sai số liệu"})
    assert assignment.state is State.OPEN


def test_an_objective_cause_is_recorded_for_what_is_late_only(browse, cast, make_assignment):
    late, on_time = make_assignment(due_on=date(2026, 6, 1)), make_assignment(due_on=date(2026, 6, 30))
    client = browse(cast.chi)
    client.post(at(late, "record_cause"), data={"reason": "Mưa lũ"})
    assert late.objective_cause == "Mưa lũ"
    page = client.post(at(on_time, "record_cause"), data={"reason": "Mưa lũ"}).text
    assert "Nhiệm vụ này không quá hạn" in page


@pytest.mark.parametrize("step", ["submit", "confirm", "x"])
def test_no_other_step_is_taken_here(browse, cast, make_assignment, step):
    assignment = make_assignment()
    assert browse(cast.chi).get(at(assignment, step)).status_code == 404


@pytest.mark.parametrize(
    ("dates", "sentence"),
    [
        (
            {"starts_on": "1/9/2026", "due_on": "15/7/2026"},
            "Hạn cuối phải từ ngày bắt đầu (01/9/2026) trở đi.",
        ),
        ({"due_on": "15/7/2062"}, "15/7/2062 sau kỳ của kế hoạch hơn 10 năm. Hãy xem lại năm."),
        ({"due_on": "15/7/2006"}, "15/7/2006 trước cả ngày ban hành và kỳ của kế hoạch. Hãy xem lại năm."),
    ],
)
def test_a_date_that_cannot_be_meant_is_refused_by_its_field(browse, cast, make_assignment, dates, sentence):
    assignment = make_assignment(due_on=date(2026, 6, 30))
    answer = browse(cast.chi).post(at(assignment, "correct"), data=dates | {"reason": "Đọc nhầm"})
    assert 'id="due_on-error"' in answer.text
    assert sentence in answer.text
    assert assignment.due_on == date(2026, 6, 30)


def test_the_form_of_a_deed_that_no_longer_follows_is_not_opened(browse, cast, make_assignment):
    assignment = make_assignment()
    client = browse(cast.chi)
    for step, sentence in (
        ("resume", "Nhiệm vụ không còn tạm dừng."),
        ("reopen", "Nhiệm vụ chưa hoàn thành nên không cần mở lại."),
    ):
        answer = client.get(at(assignment, step), follow_redirects=True)
        assert answer.request.path == f"/assignments/{assignment.id}/"
        assert sentence in answer.text


def test_work_is_handed_to_nobody_that_was_not_chosen(browse, cast, make_assignment):
    assignment = make_assignment()
    client = browse(cast.chi)
    assert '<option value="">Chọn đơn vị</option>' in client.get(at(assignment, "reassign")).text
    page = client.post(at(assignment, "reassign"), data={"unit": "", "reason": "Sáp nhập"}).text
    assert "Hãy chọn đơn vị chủ trì mới." in page
    assert assignment.unit is cast.economy


def test_a_cause_is_offered_for_what_is_late(browse, cast, make_assignment):
    client = browse(cast.chi)
    for due_on, offered in ((date(2026, 6, 17), True), (date(2026, 6, 18), False)):
        assignment = make_assignment(due_on=due_on)
        page = client.get(f"/assignments/{assignment.id}/").text
        assert (at(assignment, "record_cause") in page) is offered
