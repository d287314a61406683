"""What a document says in words of the plan it amends."""

import pytest

from tracker.plans.amending import Side
from tracker.plans.orders import find_withdrawals, withdrawn

TASKS = [
    Side("10", "1", "Nhóm một", "Ban hành quy chế", group_no="I"),
    Side("11", "2", "Nhóm một", "Tổ chức ngày hội chuyển đổi số", group_no="I"),
    Side("12", "2", "Nhóm hai", "Lắp đặt camera an ninh", group_no="II"),
    Side("13", "1.2", "Nhóm hai", "Đào tạo cán bộ", group_no="II"),
]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("1. Bãi bỏ nhiệm vụ số 1, 1.2.", ["10", "13"]),
        ("Hủy bỏ các nhiệm vụ có số thứ tự 1 và 2 mục I Phụ lục.", ["10", "11"]),
        ("Không thực hiện nhiệm vụ số 2 nhóm II.", ["12"]),
        ("Bãi bỏ nhiệm vụ tại Phụ lục “Tổ chức ngày hội chuyển đổi số”.", ["11"]),
        ("Bãi bỏ Quyết định số 12/QĐ-UBND.", []),
        ("Thực hiện nhiệm vụ số 2.", []),
    ],
)
def test_tasks_are_given_up_by_number_or_title(make_document, text, keys):
    orders = tuple(find_withdrawals(make_document(text).paragraphs()))
    assert list(withdrawn(TASKS, orders)) == keys
