"""Evidence through the door: in by form or script, beside older versions, out as an attachment."""

import io

import pytest

from tracker.rules.states import State

pytestmark = pytest.mark.usefixtures("nine_oclock")

JSON = {"Accept": "application/json"}
PLAN = (b"Ke hoach so 31", "Kế hoạch.txt")


def file(content=PLAN[0], name=PLAN[1]):
    return io.BytesIO(content), name


@pytest.fixture
def send(browse, cast):
    """A factory of uploads for the first deliverable of an assignment."""

    def send(assignment, *files, **options):
        deliverable = assignment.milestone.deliverables[0]
        address = f"/assignments/{assignment.id}/deliverables/{deliverable.id}/evidence"
        return browse(cast.an).post(address, data={"files": list(files)}, **options)

    return send


def test_several_files_come_in_at_once(send, make_assignment):
    files = (file(), file(b"Anh chup so 2", "Ảnh.txt"))
    page = send(make_assignment(), *files, follow_redirects=True).text
    assert "Đã tải lên 2 tệp cho “Báo cáo kết quả”." in page
    assert "1/1 sản phẩm đã có" in page


def test_a_refused_file_is_named_and_the_others_stay(send, make_assignment):
    assignment = make_assignment()
    files = (file(), file(b"khong phai PDF", "giả.pdf"), file(b"", "rỗng.txt"))
    page = send(assignment, *files, follow_redirects=True).text
    assert "“giả.pdf”: Tên tệp ghi .pdf nhưng nội dung không phải PDF." in page
    assert ">Tệp “rỗng.txt” trống." in page
    assert [piece.name for piece in assignment.evidence] == ["Kế hoạch.txt"]
    assert (
        "#" not in send(assignment, file(b"", "rỗng.txt")).location
    )  # what is said stands at the top of the page


def test_no_file_is_asked_for(send, make_assignment):
    page = send(make_assignment(), follow_redirects=True).text
    assert "Hãy chọn tệp trước khi tải lên." in page


def test_the_script_is_told_in_json(send, make_assignment):
    assignment = make_assignment()
    assert send(assignment, file(), headers=JSON).get_json() == {"done": True}
    refused = send(assignment, file(b"x", "lạ.exe"), headers=JSON).get_json()
    assert refused["error"].startswith("Chưa nhận loại tệp của “lạ.exe”.")


def test_a_download_is_an_attachment_that_never_runs_in_the_page(send, make_assignment, browse, cast):
    assignment = make_assignment()
    send(assignment, file())
    answer = browse(cast.binh).get(f"/evidence/{assignment.evidence[0].id}")
    assert answer.data == PLAN[0]
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch.txt" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.mimetype == "text/plain"


def test_a_newer_version_stands_beside_the_older(send, make_assignment, browse, cast):
    assignment = make_assignment()
    send(assignment, file())
    old = assignment.evidence[0]
    client = browse(cast.an)
    assert "Kế hoạch.txt" in client.get(f"/evidence/{old.id}/replace").text
    fields = {
        "file": file(b"Ban da ky", "Bản ký.txt"),
        "document_number": "31/KH",
        "document_on": "12/3/2026",
    }
    page = client.post(f"/evidence/{old.id}/replace", data=fields, follow_redirects=True).text
    assert "Bản ký.txt" in page
    assert "1 bản trước" in page
    assert "Số 31/KH" in page
    assert client.get(f"/evidence/{old.id}").data == PLAN[0]


def test_a_newer_version_needs_a_file(send, make_assignment, browse, cast):
    assignment = make_assignment()
    send(assignment, file())
    answer = browse(cast.an).post(f"/evidence/{assignment.evidence[0].id}/replace", data={})
    assert "Hãy chọn tệp trước khi tải lên." in answer.text


def test_number_and_date_of_the_document_are_written_down(send, make_assignment, browse, cast):
    assignment = make_assignment()
    send(assignment, file())
    piece = assignment.evidence[0]
    client = browse(cast.an)
    wrong = client.post(f"/evidence/{piece.id}/edit", data={"document_on": "30/02/2026"})
    assert "Tháng 2/2026 có 28 ngày." in wrong.text
    client.post(f"/evidence/{piece.id}/edit", data={"document_number": "31/KH", "document_on": "12/3/2026"})
    assert 'value="12/3/2026"' in client.get(f"/evidence/{piece.id}/edit").text


def test_a_piece_is_taken_away_only_after_asking_back(send, make_assignment, browse, cast):
    assignment = make_assignment()
    send(assignment, file())
    piece = assignment.evidence[0]
    client = browse(cast.an)
    assert "Gỡ “Kế hoạch.txt”?" in client.get(f"/evidence/{piece.id}/remove").text
    assert piece.removed_at is None
    page = client.post(f"/evidence/{piece.id}/remove", follow_redirects=True).text
    assert client.get(f"/evidence/{piece.id}").status_code == 404
    assert "Đã gỡ “Kế hoạch.txt”." in page
    assert "0/1 sản phẩm đã có" in page


def test_what_waits_for_review_cannot_be_changed(make_assignment, hand_in, send, browse, cast):
    assignment = hand_in(make_assignment())
    piece = assignment.evidence[0]
    client = browse(cast.an)
    for address in (f"/evidence/{piece.id}/remove", f"/evidence/{piece.id}/edit"):
        client.post(address, data={"document_number": "1"})
    send(assignment, file(b"muon them", "thêm.txt"))
    assert assignment.state is State.SUBMITTED
    assert [p.name for p in assignment.evidence] == ["Báo cáo.txt"]
    assert (piece.removed_at, piece.document_number) == (None, "")


def test_why_there_is_no_evidence_is_said_and_taken_back(make_assignment, browse, cast):
    assignment = make_assignment()
    deliverable = assignment.milestone.deliverables[0]
    address = f"/assignments/{assignment.id}/deliverables/{deliverable.id}/absence"
    client = browse(cast.an)
    assert "Hãy ghi lý do không có minh chứng." in client.post(address, data={"reason": ""}).text
    page = client.post(address, data={"reason": "Không phát sinh"}, follow_redirects=True).text
    assert "Không có minh chứng:" in page
    assert "1/1 sản phẩm đã có" in page
    page = client.post(f"{address}/take-back", follow_redirects=True).text
    assert "0/1 sản phẩm đã có" in page


def test_a_deliverable_of_another_assignment_is_not_found(make_assignment, browse, cast):
    one, other = make_assignment(), make_assignment()
    foreign = other.milestone.deliverables[0].id
    assert browse(cast.an).get(f"/assignments/{one.id}/deliverables/{foreign}/absence").status_code == 404


def test_evidence_that_does_not_exist_is_not_found(browse, cast):
    assert browse(cast.an).get("/evidence/99").status_code == 404
