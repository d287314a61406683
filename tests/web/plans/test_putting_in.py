"""A document that was put in: its check, or one sentence about why there is none."""

import re

from sqlalchemy import func, select

from tracker.models import PlanImport


def test_an_uploaded_plan_is_shown_with_its_doubts_first(upload, chi):
    page = chi.get(upload().location).text
    assert "Số 41/KH-UBND" in page
    for figure in ("4 nhiệm vụ", "3 chỗ cần xem", "cho 4 đơn vị", "7/7 dòng"):
        assert figure in page
    questions = re.findall(r'id="doubt-\d+">(.*?)</h3>', page)
    assert [question.split(".")[0] for question in questions] == ["1/3", "2/3", "3/3"]
    assert "<mark>Quý II</mark>" in page
    assert "từ 01/4/2026, hạn cuối 30/6/2026 (thứ Ba)" in page
    assert (
        page.index("Chưa hiểu thời hạn")
        < page.index("<summary>2 nhiệm vụ đã chắc")
        < page.index("Sổ dòng: 7 dòng")
    )


def test_the_same_file_again_leads_to_the_same_check_and_says_so(upload, chi):
    review = upload().location
    assert upload().location == review
    assert "Văn bản này đã có, không thay đổi gì. Có thể kiểm tra tiếp ở đây." in chi.get(review).text


def test_a_file_that_cannot_be_read_gets_one_sentence_and_leaves_nothing(upload, chi, session, app):
    answer = upload(b"\x00\x01\x02\x03", name="hỏng.txt")
    assert answer.location == "/plans/"
    assert "hỏng.txt: Nội dung tệp này không phải là văn bản." in chi.get("/plans/").text
    assert session.scalar(select(func.count()).select_from(PlanImport)) == 0
    assert [path for path in app.extensions["file_store"].folder.rglob("*") if path.is_file()] == []


def test_without_a_file_the_page_asks_for_one(chi, cast):
    chi.post("/plans/imports", data={"unit": cast.commune.id})
    assert "Hãy chọn tệp văn bản." in chi.get("/plans/").text


def test_the_document_is_given_back_as_an_attachment(upload, chi, plan_text):
    answer = chi.get(f"{upload().location}/source")
    assert answer.data == plan_text()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.content_type.startswith("text/plain")
