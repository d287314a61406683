"""One assignment as a page, and the deeds of its lead unit through forms."""

import io
import re
from datetime import date, timedelta

import pytest

from tracker.deadlines.meaning import Kind
from tracker.models import CommentKind, Evidence, ExtensionState
from tracker.rules.states import State
from tracker.services import commenting, extending, managing, progress

pytestmark = pytest.mark.usefixtures("nine_oclock")

TODAY = date(2026, 6, 18)
TAG = re.compile(r"<[^>]+>")


def words(html):
    return " ".join(TAG.sub(" ", html).split())


def at(assignment, deed=""):
    return f"/assignments/{assignment.id}/{deed}"


def test_the_page_says_how_it_stands_why_and_whose_it_is(browse, cast, make_assignment):
    assignment = make_assignment(
        due_on=date(2026, 6, 22), text="Trước ngày 23/6/2026", deliverables=("Kế hoạch", "Báo cáo")
    )
    page = words(browse(cast.an).get(at(assignment)).text)
    assert "Sắp đến hạn “Trước ngày 23/6/2026” · hạn cuối 22/6/2026 (thứ Hai) · còn 4 ngày" in page
    assert "Còn thiếu 2 trong 2 sản phẩm." in page
    assert "Vì sao hạn cuối là 22/6/2026" in page
    assert "Chủ trì Phòng Kinh tế" in page
    assert "Phối hợp Phòng Văn hóa - Xã hội" in page


def test_a_report_is_stored_and_shown(browse, cast, make_assignment):
    assignment = make_assignment()
    client = browse(cast.an)
    fields = {"percent": "80", "text": "Đã tiếp nhận 312 hồ sơ", "difficulties": "mạng yếu"}
    answer = client.post(at(assignment, "report"), data=fields, follow_redirects=True)
    page = words(answer.text)
    assert "Đã ghi nhận tiến độ 80 %." in page
    assert "80 % theo báo cáo ngày 18/6/2026 của Nguyễn Văn An" in page
    assert "Khó khăn, vướng mắc: mạng yếu" in page


def test_a_report_that_is_wrong_keeps_what_was_typed(browse, cast, make_assignment):
    assignment = make_assignment()
    fields = {"percent": "130", "text": "Đã tiếp nhận 312 hồ sơ"}
    page = browse(cast.an).post(at(assignment, "report"), data=fields).text
    assert "Hãy ghi tiến độ là số nguyên từ 0 đến 100, ví dụ 80." in page
    assert "Đã tiếp nhận 312 hồ sơ</textarea>" in page
    assert '<details class="fold-form" open>' in page
    assert not assignment.progress_reports


def test_a_report_that_comes_after_the_work_was_handed_in_is_refused_and_kept(
    browse, cast, make_assignment, attach, nine_oclock
):
    assignment = attach(make_assignment())
    progress.submit(assignment, actor=cast.head, now=nine_oclock)
    fields = {"percent": "90", "text": "Đã tiếp nhận 312 hồ sơ"}
    page = browse(cast.an).post(at(assignment, "report"), data=fields).text
    assert "Kết quả đang chờ xác nhận nên chưa sửa được. Hãy rút lại trước khi sửa." in page
    assert "Đã tiếp nhận 312 hồ sơ</textarea>" in page


def test_handing_in_asks_back_while_something_is_missing(browse, cast, make_assignment):
    assignment = make_assignment(deliverables=("Kế hoạch", "Báo cáo"))
    client = browse(cast.an)
    for method in (client.get, client.post):
        page = method(at(assignment, "submit"), follow_redirects=True).text
        assert "Chưa nộp được: còn thiếu minh chứng cho 2 sản phẩm." in page
        assert f'<a href="#deliverable-{assignment.milestone.deliverables[0].id}">Đến chỗ thiếu</a>' in page
    assert assignment.state is State.OPEN


def test_what_is_complete_is_handed_in_with_a_note_and_can_be_taken_back(
    browse, cast, make_assignment, attach
):
    assignment = attach(make_assignment())
    client = browse(cast.an)
    assert "Báo cáo.txt" in client.get(at(assignment, "submit")).text
    page = client.post(at(assignment, "submit"), data={"note": "Xin xem"}, follow_redirects=True).text
    assert "Đã nộp kết quả lúc 09:00." in page
    assert "Chờ xác nhận" in page
    assert assignment.submissions[-1].note == "Xin xem"
    page = client.post(at(assignment, "withdraw"), follow_redirects=True).text
    assert "Đã rút lại. Có thể sửa và nộp lại." in page
    assert assignment.state is State.OPEN
    assert "chưa được nộp" in client.post(at(assignment, "withdraw"), follow_redirects=True).text


@pytest.mark.parametrize("tail", ["submit", "extension", "absence"])
def test_a_form_that_came_too_late_is_not_opened(browse, cast, make_assignment, hand_in, tail):
    assignment = make_assignment()
    hand_in(assignment)
    [deliverable] = assignment.milestone.deliverables
    address = at(assignment, f"deliverables/{deliverable.id}/absence" if tail == "absence" else tail)
    page = browse(cast.an).get(address, follow_redirects=True).text
    assert "Kết quả đang chờ xác nhận nên chưa sửa được. Hãy rút lại trước khi sửa." in page
    assert 'id="deliverables"' in page


def test_what_was_answered_by_period_is_read_by_whoever_sees_the_task(browse, cast, make_assignment, session):
    assignment = make_assignment(due_on=None, kind=Kind.CONTINUOUS, text="Thường xuyên")
    client, before = browse(cast.an), "Chưa có báo cáo kỳ nào."
    page = client.get(at(assignment)).text
    assert before in page
    assert "Chưa báo cáo kỳ" in page
    [address] = set(re.findall(r'href="(/standing/\d+/\d+/[\d-]+)"', page))
    file = (io.BytesIO(b"so lieu"), "Số liệu.txt")
    fields = {f"text-{assignment.id}": "Đã phát 12 tin", f"file-{assignment.id}": file}
    client.post(address, data=fields)
    page = browse(cast.dung).get(at(assignment)).text
    assert before not in page
    assert "Đã báo cáo kỳ" in page
    assert "Đã phát 12 tin</p>" in page
    assert "Số liệu.txt</a>" in page
    assert address not in page


def test_more_time_is_asked_for_with_day_and_reason(browse, cast, make_assignment):
    assignment = make_assignment(due_on=date(2026, 6, 30))
    client = browse(cast.an)
    assert client.get(at(assignment, "extension")).status_code == 200
    fields = {"wanted_on": "15/7/2026", "reason": "Chờ ý kiến của tỉnh"}
    page = client.post(at(assignment, "extension"), data=fields, follow_redirects=True).text
    assert "Đã gửi đề nghị gia hạn. Hạn cuối chưa đổi cho đến khi có quyết định." in page
    assert "Đề nghị gia hạn đến 15/7/2026 đang chờ quyết định." in page
    assert extending.pending_request(assignment).state is ExtensionState.PENDING
    again = client.get(at(assignment, "extension"), follow_redirects=True).text
    assert "Đã có một đề nghị gia hạn đang chờ quyết định. Hãy chờ quyết định đó." in again
    assert 'id="wanted_on"' not in again


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"wanted_on": "31/6/2026", "reason": "x"}, "31/6/2026 không có trong lịch. Tháng 6 có 30 ngày."),
        ({"wanted_on": "20/6/2026", "reason": "x"}, "Ngày đề nghị phải sau hạn hiện tại (30/6/2026)."),
        ({"wanted_on": "15/7/2026", "reason": ""}, "Hãy nêu lý do đề nghị gia hạn."),
        ({"wanted_on": "", "reason": "x"}, "Hãy ghi ngày đề nghị."),
    ],
)
def test_a_request_that_is_wrong_says_so_by_the_field(browse, cast, make_assignment, fields, sentence):
    assignment = make_assignment(due_on=date(2026, 6, 30))
    page = browse(cast.an).post(at(assignment, "extension"), data=fields).text
    assert sentence in page
    assert f'value="{fields["wanted_on"]}"' in page
    assert not assignment.extension_requests


def test_the_head_names_who_is_responsible(browse, cast, make_assignment):
    assignment = make_assignment()
    client = browse(cast.head)
    page = client.get(at(assignment)).text
    assert "Nguyễn Văn An</option>" in page
    assert "Lê Văn Bình</option>" not in page
    page = client.post(at(assignment, "responsible"), data={"person": cast.an.id}, follow_redirects=True).text
    assert "Đã giao Nguyễn Văn An phụ trách." in page
    assert assignment.responsible is cast.an
    client.post(at(assignment, "responsible"), data={"person": 0})
    assert assignment.responsible is None


def test_somebody_of_another_unit_cannot_be_named(browse, cast, make_assignment):
    assignment = make_assignment()
    page = browse(cast.head).post(at(assignment, "responsible"), data={"person": cast.binh.id}).text
    assert "Hãy chọn lại." in page
    assert assignment.responsible is None


def test_remarks_and_directions_stand_on_the_page(browse, cast, make_assignment):
    assignment = make_assignment()
    browse(cast.binh).post(at(assignment, "comment"), data={"remark": "Cần <b>thêm</b> số liệu"})
    browse(cast.dung).post(at(assignment, "direct"), data={"remark": "Hoàn thành trước ngày 22/6"})
    page = browse(cast.an).get(at(assignment)).text
    assert "Cần &lt;b&gt;thêm&lt;/b&gt; số liệu" in page
    assert "Ý kiến chỉ đạo" in page
    assert [said.kind for said in assignment.comments] == [CommentKind.COMMENT, CommentKind.DIRECTION]


def test_a_remark_of_several_lines_is_stored_as_it_was_typed(browse, cast, make_assignment):
    assignment = make_assignment()
    browse(cast.an).post(at(assignment, "comment"), data={"remark": "Đã gửi Sở.\r\nChờ trả lời."})
    assert assignment.comments[0].text == "Đã gửi Sở.\nChờ trả lời."


@pytest.mark.parametrize("deed", ["report", "comment", "responsible", "withdraw"])
def test_the_address_of_a_form_opened_as_a_page_leads_to_its_page(browse, cast, make_assignment, deed):
    assignment = make_assignment()
    answer = browse(cast.an).get(at(assignment, deed))
    assert (answer.status_code, answer.location) == (302, at(assignment))


def test_an_empty_remark_is_asked_for(browse, cast, make_assignment):
    page = browse(cast.an).post(at(make_assignment(), "comment"), data={"remark": ""}).text
    assert "Hãy nhập ý kiến." in page


def test_a_unit_it_was_taken_from_reads_its_own_part_only(
    cast, make_assignment, attach, browse, nine_oclock, session
):
    assignment = attach(make_assignment())
    [before] = assignment.evidence
    later = nine_oclock + timedelta(hours=1)
    managing.reassign(assignment, cast.office, "Đổi đầu mối", actor=cast.chi, now=later)
    commenting.comment(assignment, "Việc riêng về sau", actor=cast.chi, now=later + timedelta(hours=1))
    after = Evidence(
        assignment=assignment,
        deliverable=before.deliverable,
        file=before.file,
        name="Bản sau.pdf",
        by=cast.chi,
        at=later + timedelta(hours=1),
    )
    session.add(after)
    session.commit()
    former = browse(cast.an)
    page = former.get(at(assignment)).text
    assert "Đã chuyển cho Văn phòng HĐND và UBND" in page
    assert before.name in page
    assert "Việc riêng về sau" not in page
    assert [former.get(f"/evidence/{piece.id}").status_code for piece in (before, after)] == [200, 404]
