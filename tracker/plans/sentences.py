"""What a sentence of a plan says of a duty: whose it is, who helps, by when."""

import re
from dataclasses import dataclass

from tracker.plans import parties
from tracker.plans.wording import UPPER, key, one_line, without_parentheses

# What a sentence goes on with after the body whose duty it tells. In small letters these are no part of a
# name; those of the second list can be («Ban quản lý», «Ủy ban kiểm tra»).
_PREDICATES = (
    "đồng chủ trì|chủ trì|chủ động|phối hợp|có trách nhiệm|chịu trách nhiệm|tham mưu|tham gia|"
    "theo dõi|(?<!các )tổ chức|triển khai|hướng dẫn|rà soát|xây dựng|đẩy mạnh|tăng cường|căn cứ|"
    "thực hiện|tiếp tục|thường xuyên|báo cáo|bố trí|đôn đốc|cân đối|ban hành|nghiên cứu|chỉ đạo|"
    "quán triệt|tuyên truyền|phổ biến|lồng ghép|vận hành|đề xuất|đảm bảo|bảo đảm|khẩn trương|"
    "kịp thời|phát động|phát huy|cập nhật|công khai|niêm yết|chuẩn bị|hoàn thiện|hoàn thành|"
    "huy động|vận động|giải đáp|làm đầu mối|nâng cao|duy trì|khai thác|chấn chỉnh|thiết kế|"
    "tập huấn|đăng tải|xem xét|phân công|cụ thể hóa|chú trọng|thu thập|lập kế hoạch|xác định|"
    "quan tâm|định kỳ|hằng năm|hàng năm|chuyển mạnh|thành lập|tiến hành|gửi"
)
_VERBS = (
    f"{_PREDICATES}|kiểm tra|tổng hợp|cung cấp|hỗ trợ|quản lý|kết nối|xử lý|đánh giá|tập trung|giám sát|"
    "sử dụng|số hóa|bồi dưỡng|giải quyết|tiếp nhận|ưu tiên|thẩm định|phải|cần|cử|trình"
)
_PREDICATE = re.compile(rf"(?<!\w)(?:{_PREDICATES})(?!\w)")
_ASKED = re.compile(r"^(?:Đề nghị|Yêu cầu|Giao|Trách nhiệm của|Đối với|Nhiệm vụ của)\s+")
_NO_UNIT = re.compile(
    r"(?:Tổ chức|Hội thảo|Hội nghị|Hội thi|Trang bị|Cổng [Dd]ịch|Bộ (?:chỉ số|thủ tục|tiêu chí|nhận diện)|"
    r"Quỹ đất|Thống kê|Thanh tra,|Đội ngũ|Phòng,? chống|Các (?:nhiệm vụ|giải pháp|nội dung|hoạt động|"
    r"chỉ tiêu|mục tiêu|dịch vụ|thủ tục|hình thức|biện pháp|văn bản|kế hoạch|chính sách|cơ chế|đề án|dự án|"
    r"chương trình|lĩnh vực|trường hợp))\b"
)
# «Phòng Nội vụ là cơ quan thường trực, có trách nhiệm» names «Phòng Nội vụ».
_IS = r"\s+là\s+(?:cơ quan|đơn vị|đầu mối)[^.;:]*"
_ANSWERS = re.compile(rf"(?:{_IS})?,?\s*(?:có|chịu) trách nhiệm(?: thực hiện)?$|{_IS}$")
_SUBJECT = re.compile(
    rf"(?P<who>[{UPPER}][^.;:]{{2,260}}?)(?:,|\s+là\s+(?:cơ quan|đơn vị|đầu mối)[^.;:]*?)?\s+"
    rf"(?<!được )(?<!do )(?=(?:{_VERBS})(?!\w))"
)
_HELPED = re.compile(
    rf"[Pp]hối hợp(?:\s+(?:chặt chẽ|hiệu quả|đồng bộ))?(?:\s+(?:với|cùng))?\s+(?P<who>[^.;:]+?)"
    rf"(?=\s+(?:và\s+điểm|để|nhằm|trong|theo|khi|về|qua|tại|{_VERBS})(?!\w)|\s*[.;:]|$)"
)
_LONGEST = 5000  # letters of a duty that are looked at
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|\((?!trước|chậm|xong|hoàn)[^()]*(?:ngày|số)\s+\d[^()]*\)")
_DAY = r"(?:ngày\s+)?\d{1,2}(?:\s*[/-]\s*\d{1,2}(?:\s*[/-]\s*\d{4})?|\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)"
_MONTH = r"tháng\s+\d{1,2}(?:\s*/\s*\d{4}|\s+năm\s+\d{4})?"
_QUARTER = r"quý\s+(?:IV|I{1,3}|[1-4])(?:\s*[/-]\s*\d{4}|\s+năm\s+\d{4})?"
_YEAR = r"năm\s+\d{4}"
_EACH = (
    r"(?:hằng|hàng|mỗi)\s+(?:tuần|tháng|quý|năm)"
    r"(?:\s*(?:,|/|và|hoặc)\s*(?:(?:hằng|hàng)\s+)?(?:tuần|tháng|quý|năm|6 tháng)\b)*"
)
_DATED = re.compile(
    rf"(?:(?:định kỳ\s+)?{_EACH}[\s,(]+)?(?:(?:xong|hoàn thành)\s+)?"
    rf"(?:trước|chậm nhất(?:\s+là|\s+vào)?|muộn nhất|đến hết|hết|trong|vào)\s+"
    rf"(?:{_DAY}|{_MONTH}|{_QUARTER}|{_YEAR}|ngày\s+\d{{1,2}})(?:\s+{_EACH}|\s+của\s+[^,.;]{{4,30}})?"
    rf"|hoàn thành\s+(?:vào\s+|trong\s+)?(?:{_DAY}|{_MONTH}|{_QUARTER}|{_YEAR})",
    re.IGNORECASE,
)
_BEFORE = r"(?:\s*\(\s*(?:trước|chậm nhất)[^()]+\))?"
_CADENCE = rf"(?:{_EACH}|(?:định kỳ\s+)?\d{{1,2}}\s+tháng(?:/lần)?){_BEFORE}"
_RECURRING = re.compile(
    rf"(?:định kỳ\s+\(?\s*{_CADENCE}|{_EACH}{_BEFORE})(?:\s*(?:,|và)\s*{_CADENCE})*", re.IGNORECASE
)
_REPORTS = re.compile(r"(?:báo cáo|sơ kết|tổng kết|kiểm điểm)[^.;]*$", re.IGNORECASE)
_BELONGS = re.compile(r"(?:ngân sách|nhà nước|dự toán|kinh phí|kế hoạch|hành chính|CCHC|chuyên môn)\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A paragraph that names units: whom, and the duty it goes on to say, if any."""

    units: tuple[str, ...]
    duty: str = ""


def read_unit_heading(text: str) -> Heading | None:
    """«Phòng Nội vụ» or «Công an xã: Thường xuyên phối hợp ...»; None where a paragraph names no units so."""
    asked = _ASKED.sub("", text.strip())
    before, colon, after = asked.partition(":")
    units = _units(_ANSWERS.sub("", before.rstrip(" .;")))
    return Heading(units, after.strip() if colon else "") if units else None


def read_subject(text: str) -> tuple[str, ...]:
    """Who a sentence says does it: «Các phòng chuyên môn rà soát ...» -> («Các phòng chuyên môn»,)."""
    subject = _SUBJECT.match(_ASKED.sub("", text.strip()))
    return _units(subject["who"]) if subject else ()


def read_helpers(text: str) -> tuple[str, ...]:
    """The bodies after «phối hợp với»."""
    found = [
        phrase
        for helped in _HELPED.finditer(without_parentheses(text))
        for phrase in parties.split(helped["who"])
    ]
    named = [phrase for phrase in found if parties.names_body(phrase)]
    return tuple({key(phrase): phrase for phrase in named}.values())


def read_time(text: str) -> str:
    """The words of a sentence that set a deadline or a cadence; empty where it sets none.

    Dates of documents that are only cited do not count, nor a cadence that belongs to a noun («dự toán hằng
    năm»).
    """
    plain = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), one_line(text[:_LONGEST]))
    cadences = [found for found in _RECURRING.finditer(plain) if _is_cadence(plain, found)]
    dated = [found for found in _DATED.finditer(plain) if not _inside_longer(found, cadences)]
    return "; ".join(_balanced(found[0]) for found in dated or cadences)


def _inside_longer(found: re.Match[str], others: list[re.Match[str]]) -> bool:
    """Whether a date belongs to a cadence: «định kỳ 6 tháng (trước ngày 10/6)»."""
    length = found.end() - found.start()
    return any(
        other.start() < found.end() and found.start() < other.end() and other.end() - other.start() > length
        for other in others
    )


def _balanced(text: str) -> str:
    """«định kỳ (hàng tháng» without the parenthesis that nothing closes."""
    return one_line(text if text.count("(") == text.count(")") else text.replace("(", " "))


def _is_cadence(text: str, found: re.Match[str]) -> bool:
    before = text[: found.start()]
    starts = not before.strip(" -+*") or bool(re.search(r"(?:[.;:(]|\b[a-zđ]\))\s*$", before))
    reports = _REPORTS.search(before) and not _BELONGS.search(before)
    return starts or found[0].lower().startswith("định kỳ") or bool(reports)


def _units(text: str) -> tuple[str, ...]:
    """The units that a text names and nothing else; empty where it says more."""
    if not text[:1].isupper() or len(text) > 260 or _NO_UNIT.match(text) or _PREDICATE.search(text):
        return ()
    phrases = parties.split(text)
    return phrases if phrases and all(map(parties.names_body, phrases)) else ()
