"""The queue of what waits for a decision."""

from datetime import date, timedelta

import pytest

from tracker.models import Grant, Role
from tracker.rules.states import State
from tracker.services import extending

pytestmark = pytest.mark.usefixtures("nine_oclock")

TODAY = date(2026, 6, 18)


def seen(assignment, **fields):
    """A decision about what waits now."""
    return {"submission": assignment.submissions[-1].id} | fields


def test_an_empty_queue_says_so(browse, cast):
    assert "Đã xử lý hết" in browse(cast.chi).get("/reviewing/").text


def test_the_queue_opens_on_what_waits_longest(browse, cast, make_assignment, hand_in, nine_oclock):
    newer = hand_in(make_assignment(title="Việc mới"))
    older = hand_in(make_assignment(title="Việc cũ"), at=nine_oclock - timedelta(days=6))
    client = browse(cast.chi)
    assert client.get("/reviewing/").location == f"/reviewing/{older.id}"
    page = client.get(f"/reviewing/{older.id}").text
    assert "2 kết quả chờ xác nhận, 0 đề nghị gia hạn · lâu nhất 4 ngày làm việc" in page
    assert f'href="/reviewing/{newer.id}" data-key="j"' in page
    assert 'data-key="k"' not in page


def test_what_will_be_recorded_stands_above_the_button(browse, cast, make_assignment, hand_in):
    on_time = hand_in(make_assignment(due_on=date(2026, 6, 30)), note="Có 2 máy tính")
    late = hand_in(make_assignment(due_on=date(2026, 6, 10)))
    client = browse(cast.chi)
    page = client.get(f"/reviewing/{on_time.id}").text
    assert "Sẽ ghi: hoàn thành đúng hạn (nộp 18/6/2026, hạn cuối 30/6/2026)" in page
    assert "Đơn vị ghi chú: “Có 2 máy tính”" in page
    assert "Sẽ ghi: hoàn thành quá hạn" in client.get(f"/reviewing/{late.id}").text


def test_confirming_goes_on_to_the_next_and_offers_the_last(browse, cast, make_assignment, hand_in):
    one, other = hand_in(make_assignment(title="Việc một")), hand_in(make_assignment())
    client = browse(cast.chi)
    answer = client.post(f"/reviewing/{one.id}/confirm", data=seen(one), follow_redirects=True)
    assert answer.request.path == f"/reviewing/{other.id}"
    assert f'Đã xác nhận. Ghi nhận hoàn thành đúng hạn. <a href="/assignments/{one.id}/">' in answer.text
    assert one.state is State.DONE


def test_who_passed_over_something_goes_on_after_what_was_decided(
    browse, cast, make_assignment, hand_in, nine_oclock
):
    passed_over, decided, following = (
        hand_in(make_assignment(), at=nine_oclock - timedelta(hours=n)) for n in (3, 2, 1)
    )
    client = browse(cast.chi)
    answer = client.post(f"/reviewing/{decided.id}/confirm", data=seen(decided))
    assert answer.location == f"/reviewing/{following.id}"
    answer = client.post(f"/reviewing/{following.id}/confirm", data=seen(following))
    assert answer.location == "/reviewing/"
    assert client.get("/reviewing/").location == f"/reviewing/{passed_over.id}"


@pytest.mark.parametrize(
    ("deed", "words"), [("confirm", "xác nhận"), ("return", "trả lại")], ids=("confirmed", "returned")
)
def test_who_comes_too_late_reads_who_was_faster(deed, words, browse, cast, make_assignment, hand_in):
    assignment = hand_in(make_assignment())
    cast.dung.grants.append(Grant(role=Role.MONITOR, unit=cast.commune))
    client, faster = browse(cast.chi), browse(cast.dung)
    fields = seen(assignment, reason="Thiếu ảnh", mend_by="24/6/2026")
    faster.post(f"/reviewing/{assignment.id}/{deed}", data=fields)
    for late in ("confirm", "return"):
        answer = client.post(f"/reviewing/{assignment.id}/{late}", data=fields, follow_redirects=True)
        assert answer.request.path == f"/assignments/{assignment.id}/"
        assert f"Kết quả này đã được Hoàng Văn Dũng {words} lúc 18/6/2026 09:00." in answer.text


def test_a_reason_for_returning_what_was_handed_in_anew_is_kept(browse, cast, make_assignment, hand_in):
    assignment = hand_in(make_assignment())
    client, an = browse(cast.chi), browse(cast.an)
    fields = seen(assignment, reason="Thiếu ảnh", mend_by="24/6/2026")
    an.post(f"/assignments/{assignment.id}/withdraw")
    an.post(f"/assignments/{assignment.id}/submit", data={"note": "Bản khác"})
    page = client.post(f"/reviewing/{assignment.id}/return", data=fields).text
    assert "Đơn vị đã rút lại kết quả này lúc 18/6/2026 09:00. Hãy xem lại trước khi quyết định." in page
    assert "Thiếu ảnh</textarea>" in page
    assert f'name="submission" value="{assignment.submissions[-1].id}"' in page


def test_a_decision_about_what_is_no_longer_there_is_not_taken(browse, cast, make_assignment, hand_in):
    assignment = hand_in(make_assignment())
    client = browse(cast.chi)
    stale = seen(assignment, reason="Thiếu ảnh", mend_by="24/6/2026")
    an = browse(cast.an)
    an.post(f"/assignments/{assignment.id}/withdraw")
    an.post(f"/assignments/{assignment.id}/submit", data={"note": "Bản khác"})
    for deed in ("confirm", "return"):
        page = client.post(f"/reviewing/{assignment.id}/{deed}", data=stale, follow_redirects=True).text
        assert "Hãy xem lại trước khi quyết định." in page
    assert assignment.state is State.SUBMITTED


def test_returning_needs_a_reason_and_proposes_three_working_days(browse, cast, make_assignment, hand_in):
    assignment = hand_in(make_assignment())
    client = browse(cast.chi)
    assert 'value="23/6/2026"' in client.get(f"/reviewing/{assignment.id}").text
    address = f"/reviewing/{assignment.id}/return"
    page = client.post(address, data=seen(assignment, reason="", mend_by="24/6/2026")).text
    assert "Hãy nêu lý do trả lại." in page
    assert 'value="24/6/2026"' in page
    page = client.post(address, data=seen(assignment, reason="Thiếu ảnh", mend_by="17/6/2026")).text
    assert "Ngày sửa xong (17/6/2026) đã qua." in page
    assert "Thiếu ảnh</textarea>" in page
    answer = client.post(
        address, data=seen(assignment, reason="Thiếu ảnh", mend_by="24/6/2026"), follow_redirects=True
    )
    assert "Đã trả lại, sửa xong chậm nhất 24/6/2026." in answer.text
    page = browse(cast.an).get(f"/assignments/{assignment.id}/").text
    assert "“Thiếu ảnh”" in page
    assert "Sửa xong chậm nhất 24/6/2026" in page


def test_what_no_longer_waits_leads_to_its_own_page(browse, cast, make_assignment):
    assignment = make_assignment()
    client = browse(cast.chi)
    here = f"/assignments/{assignment.id}/"
    assert client.get(f"/reviewing/{assignment.id}").location == here
    answer = client.post(f"/reviewing/{assignment.id}/return", data={"reason": "x", "mend_by": "24/6/2026"})
    assert answer.location == here


def test_nobody_confirms_the_work_of_their_own_unit(browse, cast, make_assignment, hand_in, session):
    assignment = hand_in(make_assignment(leads=[cast.office]), by=cast.chi)
    page = browse(cast.chi).get(f"/reviewing/{assignment.id}").text
    assert "Lãnh đạo xác nhận." in page
    assert f"/reviewing/{assignment.id}/confirm" not in page
    assert f"/reviewing/{assignment.id}/return" not in page
    assert browse(cast.chi).post(f"/reviewing/{assignment.id}/confirm").status_code == 403
    assert assignment.state is State.SUBMITTED
    browse(cast.dung).post(f"/reviewing/{assignment.id}/confirm", data=seen(assignment))
    assert assignment.state is State.DONE


def test_work_of_the_monitors_own_unit_stands_last_in_the_queue(
    browse, cast, make_assignment, hand_in, session
):
    own = hand_in(make_assignment(leads=[cast.office], title="Việc của Văn phòng"), by=cast.chi)
    client = browse(cast.chi)
    page = client.get("/reviewing/").text
    assert "Đã xử lý hết" in page
    assert f'href="/reviewing/{own.id}">Việc của Văn phòng</a>' in page
    other = hand_in(make_assignment(), by=cast.an)
    session.commit()
    assert client.get("/reviewing/").location == f"/reviewing/{other.id}"
    page = client.get(f"/reviewing/{other.id}").text
    assert "1 kết quả chờ xác nhận, 0 đề nghị gia hạn, 1 của đơn vị mình chờ lãnh đạo xác nhận" in page
    assert browse(cast.binh).get(f"/reviewing/{own.id}").status_code == 403


@pytest.fixture
def request_waiting(make_assignment, cast, nine_oclock, session):
    assignment = make_assignment(due_on=date(2026, 6, 30))
    asked = extending.request_extension(
        assignment, "Chờ ý kiến của tỉnh", date(2026, 7, 15), actor=cast.an, now=nine_oclock, today=TODAY
    )
    session.flush()
    return asked


def test_a_leader_gives_more_time_on_a_document(browse, cast, request_waiting):
    client = browse(cast.dung)
    address = f"/extensions/{request_waiting.id}"
    assert client.get("/reviewing/").location == address
    page = client.get(address).text
    assert "thêm 15 ngày" in page
    assert 'value="15/7/2026"' in page
    missing = client.post(f"{address}/grant", data={"granted_on": "10/7/2026", "document": ""})
    assert "Hãy ghi số, ngày của văn bản đồng ý gia hạn." in missing.text
    for document, said in (
        ("số 15/QĐ-UBND", "Hãy ghi cả ngày của văn bản, ví dụ: số 15/QĐ-UBND ngày 18/6/2026."),
        ("số 15/2026/QĐ-UBND", "Hãy ghi cả ngày của văn bản"),
        ("số 15/QĐ-UBND ngày 31/6/2026", "31/6/2026 không có trong lịch. Tháng 6 có 30 ngày."),
        ("số 15/QĐ-UBND ngày 19 tháng 6 năm 2026", "Văn bản đề ngày 19/6/2026, sau hôm nay."),
    ):
        refused = client.post(f"{address}/grant", data={"granted_on": "10/7/2026", "document": document})
        assert said in refused.text
        assert f'value="{document}"' in refused.text
    fields = {"granted_on": "10/7/2026", "document": "số 15/QĐ-UBND ngày 18/6/2026"}
    answer = client.post(f"{address}/grant", data=fields, follow_redirects=True)
    assert "Đã đồng ý gia hạn đến 10/7/2026." in answer.text
    assert request_waiting.assignment.due_on == date(2026, 7, 10)
    assert client.get(address).location == f"/assignments/{request_waiting.assignment_id}/"


def test_a_leader_gives_no_more_time_with_a_reason(browse, cast, request_waiting):
    client = browse(cast.dung)
    address = f"/extensions/{request_waiting.id}/refuse"
    assert "Hãy nêu lý do không đồng ý gia hạn." in client.post(address, data={"answer": ""}).text
    answer = client.post(address, data={"answer": "Đã đủ thời gian"}, follow_redirects=True)
    assert "Hạn cuối giữ nguyên." in answer.text
    assert request_waiting.assignment.due_on == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("fields", "how"),
    [
        ({"granted_on": "10/7/2026", "document": "số 15/QĐ-UBND ngày 18/6/2026"}, "đồng ý đến 10/7/2026"),
        ({"answer": "Đã đủ thời gian"}, "không đồng ý"),
    ],
    ids=("granted", "refused"),
)
def test_of_two_who_decide_on_more_time_the_second_reads_what_the_first_decided(
    fields, how, app, browse, cast, request_waiting
):
    app.config["MONITORS_DECIDE_EXTENSIONS"] = True
    address = f"/extensions/{request_waiting.id}"
    browse(cast.dung).post(f"{address}/{'grant' if 'document' in fields else 'refuse'}", data=fields)
    decided = request_waiting.state
    client = browse(cast.chi)
    for deed in ("grant", "refuse"):
        late = {"granted_on": "30/9/2026", "document": "số 16 ngày 18/6/2026", "answer": "Không"}
        answer = client.post(f"{address}/{deed}", data=late, follow_redirects=True)
        assert answer.request.path == f"/assignments/{request_waiting.assignment_id}/"
        assert f"đã có quyết định: Hoàng Văn Dũng, {how}, lúc 18/6/2026 09:00." in answer.text
    assert request_waiting.state is decided


def test_a_monitor_decides_only_where_that_is_delegated(app, browse, cast, request_waiting):
    address = f"/extensions/{request_waiting.id}"
    assert browse(cast.chi).get(address).status_code == 403
    app.config["MONITORS_DECIDE_EXTENSIONS"] = True
    assert browse(cast.chi).get(address).status_code == 200


def test_a_request_that_does_not_exist_is_not_found(browse, cast):
    assert browse(cast.dung).get("/extensions/99").status_code == 404


def test_a_person_of_two_roles_sees_both_kinds_in_one_queue(
    browse, cast, make_assignment, hand_in, request_waiting, session
):
    cast.chi.grants.append(Grant(role=Role.LEADER, unit=cast.commune))
    hand_in(make_assignment())
    page = browse(cast.chi).get("/reviewing/", follow_redirects=True).text
    assert "1 kết quả chờ xác nhận, 1 đề nghị gia hạn" in page


def test_a_long_queue_is_shown_in_stretches_around_what_is_open(
    browse, cast, make_assignment, hand_in, nine_oclock
):
    waiting = [
        hand_in(make_assignment(title=f"Việc số {n:02}"), at=nine_oclock - timedelta(minutes=99 - n))
        for n in range(65)
    ]
    client = browse(cast.chi)

    def shown(place):
        page = client.get(f"/reviewing/{waiting[place].id}").text
        return page, [n for n in range(65) if f"<b>Việc số {n:02}</b>" in page]

    page, found = shown(35)
    assert found == list(range(30, 60))
    assert "65 kết quả chờ xác nhận" in page and "Mục 36 trong 65" in page
    assert f'<a href="/reviewing/{waiting[35].id}" aria-current="true">' in page
    assert f'<a href="/reviewing/{waiting[29].id}">' in page and "30 mục đứng trước" in page
    assert f'<a href="/reviewing/{waiting[60].id}">' in page and "5 mục đứng sau" in page
    page, found = shown(29)
    assert found == list(range(30)) and "mục đứng trước" not in page
    assert f'href="/reviewing/{waiting[30].id}" data-key="j"' in page
    assert f'href="/reviewing/{waiting[28].id}" data-key="k"' in page
    assert 'data-key="j"' not in shown(64)[0]
