"""What a task must produce, out of one cell."""

import pytest

from tracker.plans.deliverables import split


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Kế hoạch.", ["Kế hoạch"]),
        ("Đề án; Văn bản hướng dẫn", ["Đề án", "Văn bản hướng dẫn"]),
        ("Luật, Nghị định và Thông tư", ["Luật, Nghị định và Thông tư"]),
        ("- Kế hoạch của xã. - Quyết định hoặc thông báo", ["Kế hoạch của xã", "Quyết định hoặc thông báo"]),
        (
            "Ban hành Kế hoạch\nCông khai tại Bộ phận Một cửa.\nBáo cáo",
            ["Ban hành Kế hoạch", "Công khai tại Bộ phận Một cửa", "Báo cáo"],
        ),
        ("Niêm yết tại trụ sở. Báo cáo đánh giá", ["Niêm yết tại trụ sở", "Báo cáo đánh giá"]),
        ("Quyết định phê duyệt\nđề án của xã", ["Quyết định phê duyệt đề án của xã"]),
        ("Cơ chế (gồm: ưu đãi; hỗ trợ. Tối đa 2 tỷ)", ["Cơ chế (gồm: ưu đãi; hỗ trợ. Tối đa 2 tỷ)"]),
        ("Báo cáo gửi UBND TP. Huế", ["Báo cáo gửi UBND TP. Huế"]),
        ("Kết luận số 66-\nNQ/TW", ["Kết luận số 66-NQ/TW"]),
        ("Báo cáo; Báo cáo", ["Báo cáo"]),
        ("-", []),
        ("", []),
    ],
)
def test_a_cell_is_split_at_paragraphs_bullets_semicolons_and_full_stops(cell, names):
    assert list(split(cell)) == names
