"""Figures in prose that are proposed as indicators."""

from datetime import date

import pytest

from tracker.plans.draft import Heading
from tracker.plans.targets import find_targets

HEADING = Heading(period=(date(2026, 1, 1), date(2026, 12, 31)))


def find(make_document, *paragraphs):
    return list(find_targets(make_document(*paragraphs).paragraphs(), HEADING))


@pytest.mark.parametrize(
    ("text", "name", "bound", "target", "measure"),
    [
        ("- Tỷ lệ hài lòng đạt tối thiểu 90%.", "Tỷ lệ hài lòng", "at_least", 90, "%"),
        ("- Thời gian nộp hồ sơ là dưới 08 phút.", "Thời gian nộp hồ sơ", "at_most", 8, "phút"),
        ("- Chi phí giảm tối thiểu 20% so với năm 2025.", "Chi phí so với năm 2025", "less_by", 20, "%"),
        ("- 100% hồ sơ được số hóa.", "hồ sơ được số hóa", "", 100, "%"),
        ("- Trồng ít nhất 1.250 ha rừng", "Trồng rừng", "at_least", 1250, "ha"),
        ("- Lao động qua đào tạo đạt từ 70% trở lên.", "Lao động qua đào tạo", "at_least", 70, "%"),
        ("- Hộ nghèo còn 3% trở xuống.", "Hộ nghèo còn", "at_most", 3, "%"),
        ("- Tăng trưởng đạt 10%/năm trở lên.", "Tăng trưởng", "at_least", 10, "%/năm"),
        ("- Xây ít nhất 850 căn nhà cho hộ nghèo.", "Xây căn nhà cho hộ nghèo", "at_least", 850, "căn nhà"),
        ("- Duy trì 25 dịch vụ toàn trình", "Duy trì dịch vụ toàn trình", "", 25, "dịch vụ"),
    ],
)
def test_a_figure_with_its_measure_is_a_target(make_document, text, name, bound, target, measure):
    (found,) = find(make_document, "II. MỤC TIÊU", text)
    assert (found.name, found.bound, found.target, found.measure) == (name, bound, target, measure)
    assert not found.selected


def test_the_period_is_the_year_beside_the_figure_or_over_it_or_the_plans(make_document):
    found = find(
        make_document,
        "II. MỤC TIÊU",
        "- 70% hồ sơ được nộp trực tuyến.",
        "1. Năm 2027",
        "- 80% hồ sơ được nộp trực tuyến.",
        "- Hồ sơ được số hóa 80%, đạt 100% vào năm 2030.",
    )
    assert [draft.period for draft in found] == ["2026", "2027", "2027", "2030"]


def test_each_figure_of_a_clause_has_its_own_name(make_document):
    found = find(make_document, "MỤC TIÊU CỤ THỂ", "- Số hóa hồ sơ cấp tỉnh đạt 70%, cấp xã đạt 55%.")
    assert [draft.name for draft in found] == ["Số hóa hồ sơ cấp tỉnh", "Số hóa hồ sơ cấp tỉnh: cấp xã"]


def test_parts_that_tell_what_was_reached_hold_no_targets(make_document):
    assert not find(make_document, "I. THỰC TRẠNG", "- Tỷ lệ hồ sơ đạt tối thiểu 46,7%.")
    assert not find(make_document, "III. TỔ CHỨC THỰC HIỆN", "1. Công an xã", "- Lập 03 hồ sơ.")
