"""By when a sentence of prose wants its duty done."""

import pytest

from tracker.plans.times import read_time


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Rà soát danh mục; hoàn thành trước ngày 30/5/2023.", "hoàn thành trước ngày 30/5/2023"),
        ("Đảm bảo tỷ lệ hài lòng đạt 90% trong năm 2025.", "trong năm 2025"),
        ("Lập báo cáo định kỳ (hàng tháng/quý) và đột xuất.", "định kỳ hàng tháng/quý"),
        ("Hàng năm, tổ chức khảo sát ý kiến của người dân.", "Hàng năm"),
        ("Báo cáo định kỳ hàng năm trước ngày 15 tháng 12.", "định kỳ hàng năm trước ngày 15 tháng 12"),
        (
            "Định kỳ 6 tháng (trước ngày 10/6), hằng năm (trước ngày 10/12) báo cáo.",
            "Định kỳ 6 tháng (trước ngày 10/6), hằng năm (trước ngày 10/12)",
        ),
        ("Tổ chức sơ kết vào quý IV năm 2028.", "vào quý IV năm 2028"),
        ("Báo cáo trước ngày 15/6 và 15/11/2026.", "trước ngày 15/6 và 15/11/2026"),
        (
            "Báo cáo trước ngày 15 tháng 6 và trước ngày 15 tháng 11 hằng năm.",
            "trước ngày 15 tháng 6 và trước ngày 15 tháng 11 hằng năm",
        ),
        ("Gửi báo cáo trước ngày 25 tháng cuối quý.", "trước ngày 25 tháng cuối quý"),
        ("Sơ tán dân, xong trước 16 giờ ngày 26/9/2026.", "xong trước 16 giờ ngày 26/9/2026"),
        (
            "Thẩm định trong thời hạn 10 ngày làm việc kể từ ngày nhận đủ hồ sơ; trả kết quả.",
            "trong thời hạn 10 ngày làm việc kể từ ngày nhận đủ hồ sơ",
        ),
        ("Thu thập thông tin từ ngày 01/3/2026 đến ngày 10/3/2026.", "từ ngày 01/3/2026 đến ngày 10/3/2026"),
        ("Họp dân, ký cam kết; thời hạn hoàn thành: 31/3/2026.", "31/3/2026"),
        ("Viết bài tuyên truyền, mỗi tuần ít nhất 01 bài.", "mỗi tuần"),
        ("Sinh hoạt dưới cờ hằng tuần về kỹ năng sống.", "hằng tuần"),
        ("Tổng hợp số liệu từ ngày 15/12/2025 đến ngày 14/6/2026.", ""),
        ("Đưa vào chương trình giám sát hằng năm.", ""),
        ("Bố trí trong dự toán ngân sách hàng năm.", ""),
        ("Thực hiện Thông báo số 421/TB-UBND ngày 05/10/2022.", ""),
        ("Triển khai “Đề án hoàn thành trước năm 2030”.", ""),
    ],
)
def test_only_words_that_set_a_time_for_the_duty_count(text, time):
    assert read_time(text) == time
