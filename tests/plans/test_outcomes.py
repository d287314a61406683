"""Cells for what comes of a task and when, and the times that names of groups tell."""

import pytest

from tracker.plans.outcomes import is_time, read_outcomes, time_of_group


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("Kế hoạch; trong tháng 02/2026", [("Kế hoạch", "trong tháng 02/2026")]),
        ("Quy chế/Quý I năm 2026", [("Quy chế", "Quý I năm 2026")]),
        ("Hội nghị được tổ chức\nQuý III/2026", [("Hội nghị được tổ chức", "Quý III/2026")]),
        ("Quý II/2026\nNghị quyết", [("Nghị quyết", "Quý II/2026")]),
        ("Tháng 6/2026: Kế hoạch", [("Kế hoạch", "Tháng 6/2026")]),
        ("Trước ngày 15/12 hằng năm - Báo cáo", [("Báo cáo", "Trước ngày 15/12 hằng năm")]),
        ("Sản phẩm: Báo cáo. Thời gian: Quý II/2026", [("Báo cáo", "Quý II/2026")]),
        (
            "- Kế hoạch kiểm tra: Tháng 3/2026\n- Báo cáo: Trước 30/11/2026",
            [("Kế hoạch kiểm tra", "Tháng 3/2026"), ("Báo cáo", "Trước 30/11/2026")],
        ),
        ("Thường xuyên", [("", "Thường xuyên")]),
        ("Kế hoạch", [("Kế hoạch", "")]),
        ("", []),
    ],
)
def test_products_and_times_in_one_cell_are_told_apart(text, outcomes):
    assert [(one.product, one.deadline) for one in read_outcomes(text)] == outcomes


@pytest.mark.parametrize(
    ("title", "time"),
    [
        ("Nhiệm vụ quý I", "quý I"),
        ("THÁNG 01/2026", "THÁNG 01/2026"),
        ("Nhiệm vụ trọng tâm 6 tháng đầu năm", "6 tháng đầu năm"),
        ("Công việc thường xuyên", "thường xuyên"),
        ("Phát triển hạ tầng số", ""),
        ("Thực hiện Nghị quyết số 57 ngày 22/12/2024", ""),
    ],
)
def test_a_group_can_say_when_its_tasks_are_due(title, time):
    assert time_of_group(title) == time


@pytest.mark.parametrize("text", ["Sở Nội vụ", "Báo cáo quý I", "theo hướng dẫn của Bộ", ""])
def test_other_texts_are_no_times(text):
    assert not is_time(text)
