"""Vietnamese words: dates and periods as offices write them, and the folding used for search and matching."""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache

from tracker.clock import HANOI


def fold(text: str) -> str:
    """«Đăk Rve» -> «dak rve»: case, diacritics and đ folded, white space single; for search and matching."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def found_in(text: str, wanted: Iterable[str]) -> list[tuple[int, int]]:
    """Where folded words stand in a text, as [start, end) of its letters, in order and apart.

    «dak» is found in «UBND xã Đăk Rve» at 8 to 11; `text` is NFC.
    """
    folded, places = "", []
    for place, letter in enumerate(text):
        plain = _plain(letter)
        folded += plain
        places += [place] * len(plain)
    marked = {places[at] for word in wanted if word for at in _held(folded, word)}
    spans: list[tuple[int, int]] = []
    for place in sorted(marked):
        if spans and spans[-1][1] == place:
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
    return spans


@lru_cache(maxsize=2000)
def _plain(letter: str) -> str:
    return fold(letter) or " " * letter.isspace()


def _held(text: str, word: str) -> Iterator[int]:
    """The places of the letters of each occurrence of a word in a text."""
    start = text.find(word)
    while start >= 0:
        yield from range(start, start + len(word))
        start = text.find(word, start + 1)


def nfc(text: str) -> str:
    """The text in Unicode's composed form, the only one stored."""
    return unicodedata.normalize("NFC", text)


def date_words(day: date) -> str:
    """«30/6/2026», «06/02/2026»: a zero before days 1-9 and months 1-2 (Nghị định 30/2020/NĐ-CP)."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


ROMAN = ("I", "II", "III", "IV")
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")

# The word for every state an assignment can be seen in; pages, letters and sheets take it from here.
STATE_WORDS = {
    "not_started": "Chưa thực hiện",
    "in_progress": "Đang thực hiện",
    "due_soon": "Sắp đến hạn",
    "overdue": "Quá hạn",
    "submitted": "Chờ xác nhận",
    "returned": "Trả lại",
    "done_on_time": "Hoàn thành đúng hạn",
    "done_late": "Hoàn thành quá hạn",
    "done": "Đã hoàn thành",
    "suspended": "Tạm dừng",
    "cancelled": "Đã hủy",
    "undated": "Không hạn",
    "not_reported": "Chưa báo cáo kỳ",
    "reported": "Đã báo cáo kỳ",
}

# Why somebody is told something: the word for every rule of reminding.
RULE_WORDS = {
    "started": "Bắt đầu kỳ",
    "halfway": "Giữa kỳ",
    "approaching": "Sắp đến hạn",
    "helping": "Phối hợp, sắp đến hạn",
    "overdue": "Đôn đốc quá hạn",
    "escalated": "Quá hạn kéo dài",
    "unreviewed": "Chờ xác nhận",
    "undated": "Chưa có ngày đến hạn",
    "unreachable": "Đơn vị chưa có người nhận thư",
    "standing": "Đến kỳ báo cáo",
    "week": "Bức tranh tuần",
    "published": "Nhiệm vụ mới",
    "reassigned": "Chuyển đơn vị",
    "corrected": "Đính chính hạn",
    "returned": "Trả lại",
    "reopened": "Mở lại",
    "extension_granted": "Đồng ý gia hạn",
    "extension_refused": "Không đồng ý gia hạn",
    "suspended": "Tạm dừng",
    "resumed": "Tiếp tục",
    "cancelled": "Hủy",
    "directed": "Ý kiến chỉ đạo",
    "commented": "Ý kiến",
}

# How a unit stands with an indicator.
OUTCOME_WORDS = {
    "met": "Đạt",
    "missed": "Chưa đạt",
    "not_reported": "Chưa báo cáo",
    "no_target": "Không giao chỉ tiêu",
    "exempt": "Không phải thực hiện",
}

# What the scheduler does: the words for every job of its timetable.
JOB_WORDS = {
    "top_up": "Tạo kỳ mới của nhiệm vụ định kỳ",
    "remind": "Tính việc cần nhắc",
    "tell_urgent": "Chuyển ngay ý kiến chỉ đạo",
    "gather": "Soạn thư",
    "deliver": "Gửi thư",
    "release": "Thu hồi thư gửi dở",
    "seal": "Niêm phong nhật ký",
    "figures": "Tính sẵn số liệu bảng điều hành",
}

# What was done: the word for every verb of the log.
VERB_WORDS = {
    "report_indicator": "Báo cáo chỉ tiêu",
    "accept": "Nhận bản đọc của văn bản",
    "add_alias": "Ghi tên gọi khác",
    "add_group": "Thêm nhóm đơn vị",
    "add_party": "Thêm đơn vị vào nhiệm vụ",
    "add_task": "Thêm nhiệm vụ",
    "add_unit": "Thêm đơn vị",
    "add_user": "Thêm tài khoản",
    "amend": "Sửa theo văn bản mới",
    "answer": "Trả lời chỗ nghi vấn",
    "answer_standing": "Báo cáo kỳ",
    "assign": "Giao nhiệm vụ",
    "attach": "Thêm hoặc sửa minh chứng",
    "cancel": "Hủy nhiệm vụ",
    "change_details": "Sửa thông tin kế hoạch",
    "change_rules": "Đổi ngày nhắc của kế hoạch",
    "change_unit": "Sửa đơn vị",
    "change_user": "Sửa tài khoản",
    "choose_letters": "Chọn cách nhận thư",
    "comment": "Gửi ý kiến",
    "confirm": "Xác nhận hoàn thành",
    "correct": "Đính chính hạn",
    "correct_day": "Sửa ngày nghỉ",
    "create_feed": "Tạo địa chỉ lịch",
    "decide_extension": "Quyết định gia hạn",
    "delete_draft": "Xóa bản chưa giao",
    "direct": "Cho ý kiến chỉ đạo",
    "discard": "Bỏ văn bản tải lên",
    "draw_link": "Cấp liên kết đặt mật khẩu",
    "end_unit": "Kết thúc hoạt động của đơn vị",
    "forget_day": "Bỏ sửa ngày nghỉ",
    "freeze": "Chốt số liệu báo cáo",
    "grant": "Cấp vai trò",
    "import": "Tải văn bản lên",
    "name_responsible": "Giao người phụ trách",
    "pass_series": "Chuyển các kỳ sau cho đơn vị kế tục",
    "pass_plan": "Chuyển đơn vị theo dõi kế hoạch",
    "publish": "Giao nhiệm vụ của kế hoạch",
    "reassign": "Chuyển đơn vị chủ trì",
    "record_cause": "Ghi nhận nguyên nhân khách quan",
    "remove_alias": "Bỏ tên gọi khác",
    "reopen": "Mở lại nhiệm vụ",
    "replace_feed": "Thay địa chỉ lịch",
    "report": "Báo cáo tiến độ",
    "request_extension": "Đề nghị gia hạn",
    "resume": "Cho tiếp tục",
    "resume_review": "Cho tiếp tục, lại chờ xác nhận",
    "return": "Trả lại",
    "revoke": "Thu hồi vai trò",
    "revoke_feed": "Thu hồi địa chỉ lịch",
    "send_again": "Gửi lại thư",
    "set_members": "Đổi thành viên nhóm",
    "set_password": "Đặt mật khẩu",
    "submit": "Nộp kết quả",
    "suspend": "Tạm dừng",
    "withdraw": "Rút lại kết quả",
}

# The word for every role a person can hold.
ROLE_WORDS = {
    "administrator": "Quản trị",
    "monitor": "Đầu mối theo dõi",
    "leader": "Lãnh đạo",
    "unit_head": "Thủ trưởng đơn vị",
    "staff": "Chuyên viên",
}


def weekday_words(day: date) -> str:
    """«thứ Ba» for 30/6/2026."""
    return WEEKDAYS[day.weekday()]


def long_date_words(day: date) -> str:
    """«thứ Ba, 30/6/2026»."""
    return f"{weekday_words(day)}, {date_words(day)}"


def local_day(moment: datetime) -> date:
    """The day in Viet Nam of a moment that knows its zone: 17:30 UTC is the next day there."""
    return moment.astimezone(HANOI).date()


def first_moment(day: date) -> datetime:
    """Midnight at the beginning of a day by the clocks of Viet Nam."""
    return datetime(day.year, day.month, day.day, tzinfo=HANOI)


def moment_words(moment: datetime) -> str:
    """«18/6/2026 08:12»: the moment by the clocks of Viet Nam; `moment` knows its zone."""
    local = moment.astimezone(HANOI)
    return f"{date_words(local.date())} {local:%H:%M}"


def time_words(moment: datetime) -> str:
    """«08:12»: the hour by the clocks of Viet Nam; `moment` knows its zone."""
    return f"{moment.astimezone(HANOI):%H:%M}"


def ago_words(moment: datetime, now: datetime) -> str:
    """«vừa xong», «5 phút trước», «2 giờ trước», «23 ngày trước»: how long ago a moment was."""
    minutes = int((now - moment).total_seconds()) // 60
    if minutes < 1:
        return "vừa xong"
    if minutes < 60:
        return f"{minutes} phút trước"
    return f"{minutes // 60} giờ trước" if minutes < 24 * 60 else f"{minutes // (24 * 60)} ngày trước"


def days_words(due_on: date | None, today: date) -> str:
    """Calendar days to or past the last day: «còn 12 ngày», «hôm nay là hạn cuối», «quá hạn 18 ngày»."""
    if due_on is None:
        return "không có ngày đến hạn"
    left = (due_on - today).days
    if left == 0:
        return "hôm nay là hạn cuối"
    return f"còn {left} ngày" if left > 0 else f"quá hạn {-left} ngày"


def handed_in_words(due_on: date | None, submitted_on: date) -> str:
    """The day of handing in against the last day: «trước hạn 18 ngày», «đúng hạn cuối», «quá hạn 3 ngày»."""
    if due_on is None:
        return "không có ngày đến hạn"
    early = (due_on - submitted_on).days
    if early == 0:
        return "đúng hạn cuối"
    return f"trước hạn {early} ngày" if early > 0 else f"quá hạn {-early} ngày"


def quarter_words(day: date) -> str:
    """«Quý II/2026»: the quarter the day lies in."""
    return f"Quý {ROMAN[(day.month - 1) // 3]}/{day.year}"


def decimal_words(number: float, places: int = 1) -> str:
    """«82,6»: a figure with a decimal comma; `places` digits after it."""
    return f"{number:.{places}f}".replace(".", ",")


def percent_words(number: float, places: int = 0) -> str:
    """«62 %»: a share of a hundred, with a no-break space before the sign."""
    return f"{decimal_words(number, places)}\u00a0%"


def size_words(size: int) -> str:
    """«1,2 MB», «340 KB»: the size of a file given in bytes."""
    if size >= 1_000_000:
        return f"{decimal_words(size / 1_000_000)}\u00a0MB"
    return f"{max(1, round(size / 1000))}\u00a0KB"


def capitalised(text: str) -> str:
    """«quá hạn 4 ngày» -> «Quá hạn 4 ngày»: the first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]
