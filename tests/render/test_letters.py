"""One letter of each kind, as text and as HTML; the golden files are the letters themselves."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from tracker.render import letters
from tracker.render.letters import Button, Digest, Line, Ranked, Topic, WeekPicture

SITE = "https://dunghan.suoimay.example"
CENTRE = "Trung tâm Phục vụ hành chính công"
THURSDAY = date(2026, 6, 18)


def line(
    topic, title, number, standing, due_on=None, wording="", *notes, plan="Kế hoạch 28/KH-UBND", subject=""
):
    return Line(
        topic, title, f"{SITE}/assignments/{number}/", standing, due_on, plan, wording, notes, subject
    )


OVERDUE = line(
    Topic.OVERDUE,
    "Niêm yết công khai danh mục thủ tục hành chính chỉ tiếp nhận hồ sơ trực tuyến",
    1041,
    "Quá hạn 18 ngày",
    date(2026, 5, 31),
    "Tháng 5/2026",
    "Còn thiếu: Ảnh niêm yết tại quầy.",
)
SOON = line(
    Topic.DUE_SOON,
    "Thí điểm một số thủ tục hành chính chỉ tiếp nhận hồ sơ trực tuyến",
    1043,
    "Còn 4 ngày",
    date(2026, 6, 22),
    "Trước ngày 23/6/2026",
    "Còn thiếu: Báo cáo đánh giá thực hiện.",
)
RETURNED = line(
    Topic.RETURNED,
    "Ban hành văn bản chỉ đạo, đôn đốc nâng cao tỷ lệ hồ sơ trực tuyến",
    1045,
    "Còn 12 ngày",
    date(2026, 6, 30),
    "Quý II/2026",
    "Lý do trả lại: “Bản tải lên chưa có chữ ký số.” Sửa xong chậm nhất 22/6/2026.",
    subject="Kết quả bị trả lại, cần sửa xong chậm nhất 22/6/2026",
)
ASSIGNED = line(
    Topic.ASSIGNED,
    "Rà soát quy hoạch điểm dân cư",
    1050,
    "Còn 104 ngày",
    date(2026, 9, 30),
    "Quý III/2026",
    plan="Kế hoạch 41/KH-UBND",
)
EXTENDED = line(
    Topic.CHANGED,
    "Sửa đổi hương ước thôn Nà Lìn",
    1060,
    "Đã gia hạn",
    date(2026, 9, 30),
    "Quý II/2026",
    subject="Đã gia hạn đến 30/9/2026: Sửa đổi hương ước thôn Nà Lìn",
)
STANDING = Line(
    Topic.STANDING,
    "Báo cáo kỳ các nhiệm vụ thường xuyên",
    f"{SITE}/standing/3/2026-06-14",
    "Còn 7 ngày: 5 nhiệm vụ thường xuyên chờ trả lời",
    date(2026, 6, 25),
    "Kế hoạch 28/KH-UBND",
)
HELPING = line(
    Topic.HELPING,
    "Tổ chức Ngày hội chuyển đổi số",
    7,
    "Còn 7 ngày",
    date(2026, 6, 25),
    "25/6/2026",
    "168/203 đơn vị đã xong.",
)
ESCALATED = line(
    Topic.ESCALATED,
    "Cập nhật dữ liệu dân cư",
    8,
    "Quá hạn 14 ngày",
    date(2026, 6, 4),
    "chậm nhất 04/6/2026",
    "198/203 đơn vị đã xong.",
)
UNREVIEWED = line(
    Topic.UNREVIEWED,
    "Cải tạo nhà văn hóa",
    9,
    "Chờ 4 ngày làm việc",
    date(2026, 6, 30),
    "Quý II/2026",
    "2 kết quả chờ xác nhận.",
)
UNDATED = line(
    Topic.UNDATED, "Thực hiện theo hướng dẫn của Bộ", 10, "Không có ngày đến hạn", None, "theo hướng dẫn"
)
UNREACHABLE = Line(Topic.UNREACHABLE, "Trạm Y tế", f"{SITE}/units/5", "Không ai trong đơn vị có địa chỉ thư")
DIRECTED = line(
    Topic.CHANGED,
    "Rà soát quy hoạch vùng chè",
    11,
    "Có ý kiến chỉ đạo",
    date(2026, 12, 1),
    "01/12/2026",
    "Hoàng Văn Dũng: “Hoàn thành trước buổi giao ban.”",
    subject="Có ý kiến chỉ đạo: Rà soát quy hoạch vùng chè",
)
AHEAD = line(
    Topic.AHEAD,
    "Tổng kết chương trình",
    12,
    "Còn 14 ngày",
    date(2026, 7, 2),
    "Quý II/2026",
    "Còn thiếu: Báo cáo đánh giá.",
    "Đề nghị đơn vị rà soát tiến độ.",
)
PICTURE = WeekPicture(
    unit="UBND xã Suối Mây",
    week=25,
    total=101,
    share=84.2,
    overdue=9,
    overdue_before=7,
    due_soon=12,
    waiting=4,
    ranked=(Ranked("Phòng Kinh tế", 5, 62.5), Ranked("Trạm Y tế", 4, None)),
    url=f"{SITE}/board",
)


def content(*lines, **fields):
    known = {
        "salutation": CENTRE,
        "day": THURSDAY,
        "lines": lines,
        "button": Button("Mở nhiệm vụ của đơn vị", f"{SITE}/assignments/"),
        "why": f"người nhận của {CENTRE}",
        "place": CENTRE,
        "choice_url": f"{SITE}/account/letters/12.Wz-JdR9sbK3n0c1Yl2fQxT",
    }
    return Digest(**known | fields)


KINDS = {
    "digest": content(RETURNED, OVERDUE, SOON, ASSIGNED, replace(EXTENDED, subject=""), has_calendar=True),
    "mailbox": content(OVERDUE, choice_url=""),
    "assigned": content(ASSIGNED, replace(ASSIGNED, title="Lập danh mục <mới>"), has_calendar=True),
    "returned": content(RETURNED),
    "extended": content(EXTENDED),
    "standing": content(STANDING),
    "directed": content(DIRECTED, sent_at=""),
    "ahead": content(AHEAD),
    "helping": content(
        HELPING,
        button=Button("Mở danh sách nhiệm vụ", f"{SITE}/assignments/"),
        why="người nhận của đơn vị phối hợp",
    ),
    "monitor": content(
        UNREVIEWED,
        ESCALATED,
        UNDATED,
        UNREACHABLE,
        salutation="anh/chị Phạm Thị Chi",
        button=Button("Mở danh sách chờ xử lý", f"{SITE}/reviewing/"),
        why="đầu mối theo dõi của UBND xã Suối Mây",
        place="UBND xã Suối Mây",
    ),
    "week": content(
        ESCALATED,
        pictures=(PICTURE,),
        salutation="anh/chị Hoàng Văn Dũng",
        button=Button("Mở danh sách quá hạn", f"{SITE}/board/overdue"),
        why="lãnh đạo của UBND xã Suối Mây",
        place="UBND xã Suối Mây",
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_letter_stands_as_it_was_agreed(golden, kind):
    letter = letters.digest(KINDS[kind])
    golden(f"letters/{kind}.subject.txt", letter.subject + "\n")
    golden(f"letters/{kind}.txt", letter.text)
    golden(f"letters/{kind}.html", letter.html)


@pytest.mark.parametrize(
    ("lines", "subject"),
    [
        ([OVERDUE, OVERDUE, SOON, SOON], f"2 nhiệm vụ quá hạn, 2 sắp đến hạn - {CENTRE}"),
        ([SOON], f"1 nhiệm vụ sắp đến hạn - {CENTRE}"),
        ([ASSIGNED] * 3, f"3 nhiệm vụ mới theo Kế hoạch 41/KH-UBND - {CENTRE}"),
        ([ASSIGNED, replace(ASSIGNED, plan="Kế hoạch 7/KH-UBND")], f"2 nhiệm vụ mới - {CENTRE}"),
        ([RETURNED], "Kết quả bị trả lại, cần sửa xong chậm nhất 22/6/2026"),
        ([RETURNED, SOON], f"1 nhiệm vụ sắp đến hạn, 1 bị trả lại - {CENTRE}"),
        ([SOON, STANDING], f"1 nhiệm vụ sắp đến hạn, 1 kế hoạch đến kỳ báo cáo - {CENTRE}"),
        (
            [UNDATED, HELPING, ASSIGNED, SOON, OVERDUE],
            f"1 nhiệm vụ quá hạn, 1 sắp đến hạn, 1 mới - {CENTRE}",
        ),
    ],
)
def test_the_subject_says_what_is_most_urgent(lines, subject):
    assert letters.digest(content(*lines)).subject == subject


@pytest.mark.parametrize(
    ("before", "words"), [(7, "tăng 2"), (9, "không đổi"), (12, "giảm 3"), (0, "tăng 9")]
)
def test_the_week_is_held_against_the_one_before(before, words):
    picture = replace(PICTURE, overdue_before=before)
    subject = letters.digest(content(pictures=(picture,))).subject
    assert subject == f"Bức tranh tuần 25: 9 nhiệm vụ quá hạn, {words} - UBND xã Suối Mây"


class Words(HTMLParser):
    """The words a reader sees, and the addresses behind them."""

    def __init__(self):
        super().__init__()
        self.seen, self.links, self.hidden = [], [], False

    def handle_starttag(self, tag, attrs):
        self.hidden = tag in {"title", "style"}
        self.links += [value for name, value in attrs if name == "href"]

    def handle_endtag(self, tag):
        self.hidden = False

    def handle_data(self, data):
        if not self.hidden:
            self.seen.append(data)


def read(html):
    words = Words()
    words.feed(html)
    return " ".join(" ".join(words.seen).split()), words.links


@pytest.mark.parametrize("kind", KINDS)
def test_text_and_html_name_the_same_things_and_addresses(kind):
    letter = letters.digest(KINDS[kind])
    seen, links = read(letter.html)
    assert set(links) == set(re.findall(r"^https://\S+$", letter.text, re.M))
    for said in KINDS[kind].lines:
        for words in (said.title, said.standing, said.plan, *said.notes):
            assert words in letter.text
            assert words in seen
        assert said.url in links
    assert KINDS[kind].why in letter.text
    assert KINDS[kind].why in seen


def test_an_address_stands_alone_on_its_line():
    for kind in KINDS.values():
        for row in letters.digest(kind).text.splitlines():
            assert "https://" not in row or row.startswith("https://")


def test_what_a_plan_says_is_never_taken_for_html():
    html = letters.digest(content(replace(OVERDUE, title="<script>alert(1)</script> & co"))).html
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_letter_loads_nothing_and_carries_its_own_styles():
    for kind in KINDS.values():
        html = letters.digest(kind).html
        assert not re.search(r"<(img|link|script|style|iframe)\b|url\(|@import", html)


def test_on_the_last_day_its_name_is_said_once():
    letter = letters.digest(content(replace(SOON, standing="Hôm nay là hạn cuối", due_on=THURSDAY)))
    assert "\nHôm nay là hạn cuối, thứ Năm 18/6/2026\n" in letter.text
    assert read(letter.html)[0].count("hạn cuối") == 1


def test_a_number_of_a_document_and_a_day_with_its_date_are_never_broken():
    html = letters.digest(content(replace(SOON, wording="Theo Nghị định 335/2025/NĐ-CP"))).html
    whole = '<span style="white-space:nowrap;">{}</span>'
    for words in ("28/KH-UBND", "335/2025/NĐ-CP", "hạn cuối thứ Hai 22/6/2026", "thứ Năm 18/6/2026"):
        assert whole.format(words) in html


def test_a_title_of_several_lines_is_one_line():
    letter = letters.digest(content(replace(OVERDUE, title="Niêm yết\n  công khai\tthủ tục")))
    assert "\n1. Niêm yết công khai thủ tục\n" in letter.text
