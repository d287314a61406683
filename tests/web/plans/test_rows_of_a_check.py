"""Rows of a plan are corrected, split, joined, added and left out on the page of its check."""

import re

import pytest


def test_a_doubt_is_settled_and_the_page_goes_to_the_next(review, chi, row, seen):
    [sentence] = row("1").deadline_doubts
    answer = chi.post(f"{review}/rows/1/settle", data={"sentence": sentence, "seen": seen()})
    assert answer.location == f"{review}#doubts"
    assert "Đã lưu. 2 chỗ còn cần xem." in chi.get(review).text
    assert row("1").deadline_doubts == ()


def test_a_deadline_is_corrected_in_the_plans_own_words(review, chi, row, seen):
    chi.post(f"{review}/rows/2/deadline", data={"deadline": "Quý III/2026", "seen": seen()})
    assert row("2").task.milestones[0].milestone.due.isoformat() == "2026-09-30"


def test_a_day_that_does_not_exist_stays_in_its_field_with_the_reason(review, chi, only_import, seen):
    answer = chi.post(f"{review}/rows/2/deadline", data={"deadline": "31/6/2026", "seen": seen()})
    assert answer.headers["X-Refused"] == "yes"
    assert "31/6/2026 không có trong lịch. Tháng 6 có 30 ngày." in answer.text
    assert 'value="31/6/2026"' in answer.text
    assert only_import().answers == {}


def test_what_was_ignored_is_made_a_task_without_writing_it_again(chi, check_of, row):
    duty = "- Lồng ghép truyền thông trong các cuộc họp thôn" + ", sinh hoạt chi hội" * 20 + "."
    review = check_of(f"KẾ HOẠCH\nTruyền thông năm 2026\nII. NHIỆM VỤ\n{duty}".encode())
    title = re.search(r'name="title" value="([^"]*)"', chi.get(review).text)[1]
    answer = chi.post(f"{review}/rows", data={"after": "", "title": title})
    assert answer.location == f"{review}/rows/a1"
    assert row("a1").task.title == duty.removeprefix("- ")


ALIKE = "\n".join(
    f"{n}\tViệc {n}\tPhòng Kinh tế\t\t{text}\tBáo cáo"
    for n, text in enumerate(("khi có phát sinh", "Khi có phát sinh", "30/9/2099", "theo hướng dẫn"), 1)
)


@pytest.mark.parametrize(("way", "said"), [("settle", {}), ("deadline", {"deadline": "31/12/2099"})])
def test_rows_whose_deadline_is_worded_alike_are_answered_in_one_step(
    chi, check_of, plan_text, way, said, seen
):
    review = check_of(plan_text(ALIKE))
    page = chi.get(review).text
    assert "1 nhiệm vụ khác cũng ghi “khi có phát sinh”." in page
    sentences = re.findall(r'name="sentence" value="([^"]*)"', page)[:1]
    data = said | {"alike": "y", "sentence": sentences, "seen": seen()}
    chi.post(f"{review}/rows/0/{way}", data=data)
    page = chi.get(review).text
    assert "1 chỗ cần xem" in page
    assert "“theo hướng dẫn”" in page


def test_everything_of_a_row_can_be_corrected(review, chi, row, seen):
    page = chi.get(f"{review}/rows/3").text
    assert "Kế hoạch\nBáo cáo" in page
    answer = chi.post(
        f"{review}/rows/3",
        data={
            "no": "4a",
            "title": "Tập huấn cho cán bộ",
            "deadline": "15/12/2026",
            "lead": "Phòng Kinh tế",
            "coordinating": "Các thôn\nPhòng Văn hóa - Xã hội\n",
            "deliverables": "Giáo án\nBáo cáo",
            "note": "Kinh phí do xã bảo đảm",
            "seen": seen(),
        },
    )
    assert answer.location == f"{review}#doubts"
    task = row("3").task
    assert (task.no, task.title, task.lead) == ("4a", "Tập huấn cho cán bộ", ("Phòng Kinh tế",))
    assert task.note == "Kinh phí do xã bảo đảm"
    assert task.coordinating == ("Các thôn", "Phòng Văn hóa - Xã hội")
    assert [m.deliverables for m in task.milestones] == [("Giáo án", "Báo cáo")]


def test_saving_a_row_as_it_stands_says_nothing(review, chi, row, seen):
    task = row("0").task
    chi.post(
        f"{review}/rows/0",
        data={
            "no": task.no,
            "title": task.title,
            "deadline": task.deadline_text,
            "lead": "\n".join(task.lead),
            "coordinating": "\n".join(task.coordinating),
            "deliverables": "Quyết định",
            "seen": seen(),
        },
    )
    assert not row("0").answered


def test_a_wrong_deadline_keeps_the_rows_text(review, chi, seen):
    data = {"title": "Tên mới của nhiệm vụ", "deadline": "bao giờ cũng được", "seen": seen()}
    answer = chi.post(f"{review}/rows/0", data=data)
    assert answer.headers["X-Refused"] == "yes"
    assert "Tên mới của nhiệm vụ" in answer.text
    assert 'value="bao giờ cũng được"' in answer.text


def test_a_row_is_left_out_for_a_reason_and_taken_in_again(review, chi, row, seen):
    chi.post(f"{review}/rows/0/leave", data={"reason": " ", "seen": seen()})
    assert row("0").selected
    chi.post(f"{review}/rows/0/leave", data={"reason": "Trùng", "seen": seen()})
    assert "1 nhiệm vụ để ngoài" in chi.get(review).text
    chi.post(f"{review}/rows/0/take", data={"seen": seen()})
    assert row("0").selected


def test_rows_are_split_added_and_joined(review, chi, row, seen):
    answer = {"text": "Tách ra\nthành hai", "seen": seen()}
    assert chi.post(f"{review}/rows/0/split", data=answer).location == f"{review}/rows/0"
    assert (row("0").task.title, row("a1").task.title) == ("Tách ra", "thành hai")
    assert chi.post(f"{review}/rows", data={"after": "3"}).location == f"{review}/rows/a2"
    chi.post(f"{review}/rows/a1/join", data={"seen": seen()})
    assert not row("a1").selected
    assert chi.post(f"{review}/rows", data={"after": "99"}).status_code == 404


def test_a_text_without_a_break_is_not_split_and_stays_in_its_field(review, chi, row, seen):
    page = chi.post(f"{review}/rows/0/split", data={"text": "Chưa xuống dòng", "seen": seen()})
    assert page.headers["X-Refused"] == "yes"
    assert "Hãy xuống dòng ở chỗ cần tách" in page.text
    assert ">Chưa xuống dòng</textarea>" in page.text
    assert f"{row('0').task.title}</textarea>" in page.text
    assert chi.get(review).text.count("Chưa xuống dòng") == 0


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("II. Phát triển hạ tầng số", ("II", "Phát triển hạ tầng số")),
        ("Nhiệm vụ khác", ("", "Nhiệm vụ khác")),
        ("", ("", "")),
    ],
)
def test_a_task_is_put_under_another_group(review, chi, row, typed, stands, seen):
    task = row("0").task
    data = {
        "no": task.no,
        "title": task.title,
        "deadline": task.deadline_text,
        "lead": "\n".join(task.lead),
        "coordinating": "\n".join(task.coordinating),
        "deliverables": "Quyết định",
        "group": typed,
        "seen": seen(),
    }
    chi.post(f"{review}/rows/0", data=data)
    assert (row("0").task.group, row("0").task.group_title) == stands
    chi.post(f"{review}/rows/0", data=data | {"seen": seen()})  # the same again
    assert (row("0").task.group, row("0").task.group_title) == stands


def test_a_row_added_by_hand_is_doubted_like_one_that_was_read(chi, check_of, plan_text, seen, one_row):
    review = check_of(plan_text(one_row))
    chi.post(f"{review}/rows", data={"after": "0"})
    page = chi.get(review).text
    assert "3 chỗ cần xem" in page
    for doubt in ("Chưa nêu đơn vị chủ trì.", "Nhiệm vụ chưa có nội dung.", "Không ghi thời hạn."):
        assert doubt in page
    written = {"title": "Trực chốt", "lead": "Đội Xung kích", "deadline": "", "seen": seen()}
    chi.post(f"{review}/rows/a1", data=written)
    page = chi.get(review).text
    assert "2 chỗ cần xem" in page
    assert "“Đội Xung kích” chưa có trong danh sách đơn vị." in page
    unclear = chi.post(f"{review}/rows/a1", data=written | {"deadline": "bao giờ xong thì xong"})
    assert unclear.headers["X-Refused"] == "yes"
    data = {"phrase": "Đội Xung kích", "deed": "new_unit", "seen": seen()}
    chi.post(f"{review}/phrase", data=data)
    dated = written | {"deadline": "30/9/2099", "seen": seen()}
    chi.post(f"{review}/rows/a1", data=dated)
    assert "Không còn chỗ cần xem" in chi.get(review).text
