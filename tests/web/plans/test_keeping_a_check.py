"""A check is kept, dropped, shared by two people, and says what is not accounted for."""

import re

import pytest
from sqlalchemy import func, select

from tracker.models import PlanImport


def test_what_somebody_else_just_said_is_not_run_over(review, chi, cast, session, log_in, row, seen):
    before = seen()
    chi.post(f"{review}/rows/0/leave", data={"reason": "Trùng", "seen": before})
    other = cast.person("lien", "Vi Thị Liên", ("monitor", cast.commune))
    session.commit()
    browser = log_in(other)
    browser.post(f"{review}/rows/0/take", data={"seen": before})
    assert "Nhiệm vụ này vừa được Phạm Thị Chi cập nhật lúc" in browser.get(review).text
    assert not row("0").selected


@pytest.fixture
def lien(cast, session, log_in):
    """The browser of a second monitor of the commune."""
    other = cast.person("lien", "Vi Thị Liên", ("monitor", cast.commune))
    session.commit()
    return log_in(other)


def test_a_form_that_comes_too_late_shows_what_is_kept_by_now_and_can_be_sent_again(
    review, chi, lien, row, seen
):
    before = seen()
    task = row("0").task
    chi.post(f"{review}/rows/0", data={"title": "Tập huấn của Chi", "deadline": "30/9/2026", "seen": before})
    typed = {"title": "Tập huấn của Liên", "deadline": task.deadline_text, "seen": before}
    answer = lien.post(f"{review}/rows/0", data=typed)
    assert answer.headers["X-Refused"] == "yes"
    assert "Nhiệm vụ này vừa được Phạm Thị Chi cập nhật lúc" in answer.text
    assert "Nội dung đang ghi còn nguyên, lưu lần nữa để thay." in answer.text
    assert "Tập huấn của Liên</textarea>" in answer.text
    assert "Hiện đang lưu: “Tập huấn của Chi”." in answer.text
    assert "Hiện đang lưu: “30/9/2026”." in answer.text
    assert f'name="seen" type="hidden" value="{seen()}"' in answer.text
    lien.post(f"{review}/rows/0", data=typed | {"seen": seen()})
    assert row("0").task.title == "Tập huấn của Liên"


def test_the_heading_that_somebody_else_just_mended_is_not_run_over(review, chi, lien, seen):
    before = seen()
    fields = {"number": "41/KH-UBND", "issued": "12/3/2026", "title": "Của Chi", "seen": before}
    chi.post(f"{review}/heading", data=fields)
    answer = lien.post(f"{review}/heading", data=fields | {"title": "Của Liên", "issued": "13/3/2026"})
    assert "Phần đầu kế hoạch vừa được Phạm Thị Chi cập nhật lúc" in answer.text
    assert "Hiện đang lưu: “Của Chi”." in answer.text
    assert "Hiện đang lưu: “12/3/2026”." in answer.text
    lien.post(f"{review}/heading", data=fields | {"title": "Của Liên", "seen": seen()})
    assert "Của Liên" in chi.get(review).text


@pytest.mark.parametrize("deed", ["choose", "new_unit"])
def test_a_name_that_somebody_else_just_added_is_not_taken_for_another_unit(
    chi, cast, lien, check_of, plan_text, only_import, seen, deed
):
    review = check_of(plan_text("1\tTuyên truyền\tTổ Truyền thông\t\t31/12/2099\tBài viết"))
    fields = {"phrase": "Tổ Truyền thông", "seen": seen(), "parent": cast.commune.id}
    chi.post(f"{review}/phrase", data=fields | {"deed": "new_unit"})
    late = {"deed": deed, "target": f"u{cast.economy.id}"}
    page = lien.post(f"{review}/phrase", data=fields | late, follow_redirects=True).text
    assert "Tên đơn vị này vừa được Phạm Thị Chi cập nhật lúc" in page
    assert only_import().answers.get("phrases", {}) == {}


def test_a_check_survives_closing_the_browser(review, chi, cast, log_in, seen):
    chi.post(f"{review}/rows/2/deadline", data={"deadline": "30/9/2026", "seen": seen()})
    later = log_in(cast.chi)
    assert review in later.get("/plans/").text
    assert "2 chỗ cần xem" in later.get(review).text


def test_an_import_is_dropped_after_being_asked(review, chi, session):
    assert "Xóa bản kiểm tra “kế hoạch.txt”?" in chi.get(f"{review}/discard").text
    chi.post(f"{review}/discard")
    assert session.scalar(select(func.count()).select_from(PlanImport)) == 0


def test_a_long_document_shows_its_first_doubts_and_counts_the_others(chi, check_of, plan_text):
    rows = "\n".join(
        f"{n}\tTập huấn lớp {n}\tPhòng Kinh tế\t\tkhi có điều kiện\tBáo cáo" for n in range(1, 31)
    )
    page = chi.get(check_of(plan_text(rows))).text
    assert "30 chỗ cần xem" in page
    assert page.count('class="doubt panel"') == 8
    assert "Còn 22 chỗ nữa" in page


DECLARED = """\
NHÓM NHIỆM VỤ CHUNG (02 nhiệm vụ)\t\t\t\t\t
1\tTập huấn kỹ năng số\tPhòng Kinh tế\t\t31/12/2099\tBáo cáo
2\tMua máy\tPhòng Kinh tế\t\t31/12/2099\tBáo cáo
Ghi chú: Số liệu tạm tính.\t\t\t\t\t
TỔNG CỘNG: {} NHIỆM VỤ\t\t\t\t\t"""


@pytest.mark.parametrize(("count", "words"), [(2, "khớp: khai 2, "), (3, "không khớp: khai 3, ")])
def test_what_the_document_declares_stands_beside_what_was_read(chi, check_of, plan_text, count, words):
    page = chi.get(check_of(plan_text(DECLARED.format(count)))).text
    assert f"{words}đọc được 2" in page
    ledger = page[page.index('id="ledger"') :]
    assert re.search(r"“TỔNG CỘNG: . NHIỆM VỤ”</td>", ledger)
    assert ledger.count("Không khớp") == (count != 2)
    assert "Bỏ qua 1 dòng: Ghi chú của bảng." in ledger


def test_a_row_that_is_accounted_for_nowhere_is_shown_and_has_to_be_looked_up(
    chi, review, session, only_import
):
    plan_import = only_import()
    rows = [row for row in plan_import.draft["rows"] if row["where"] != "table 1, row 3"]
    plan_import.draft = {**plan_import.draft, "rows": rows}
    session.commit()
    page = chi.get(review).text
    assert re.search(r'<li class="lost"><strong>6/7 dòng</strong><small>còn 1 dòng chưa tính đến', page)
    assert "1/4. 1 dòng của văn bản chưa được tính đến." in page
    assert 'class="doubt doubt-lost panel"' in page
    assert "Bảng 1, dòng 3: chưa tính đến" in page
    assert chi.post(f"{review}/accept").location == f"{review}#doubts"
    chi.post(f"{review}/lost", data={"where": ["table 1, row 3", "table 9, row 9"]})
    page = chi.get(review).text
    assert "3 chỗ còn cần xem" in page
    assert "Bảng 1, dòng 3: chưa tính đến, đã đối chiếu" in page
    assert only_import().answers["looked_up"] == ["table 1, row 3"]
