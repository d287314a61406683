"""Whose duty a sentence of a plan tells of, and who helps with it."""

import re
from dataclasses import dataclass

from tracker.plans import parties
from tracker.plans.wording import UPPER, key, without_parentheses

# What a sentence goes on with after the body whose duty it tells. In small letters these are no part of a
# name; those of the second list can be («Ban quản lý», «Ủy ban kiểm tra»).
_PREDICATES = (
    "đồng chủ trì|chủ trì|chủ động|phối hợp|có trách nhiệm|chịu trách nhiệm|tham mưu|tham gia|"
    "theo dõi|(?<!các )tổ chức|triển khai|hướng dẫn|rà soát|(?<!đầu tư )xây dựng|đẩy mạnh|đẩy nhanh|"
    "tăng cường|căn cứ|"
    "thực hiện|tiếp tục|thường xuyên|báo cáo|bố trí|đôn đốc|cân đối|ban hành|nghiên cứu|chỉ đạo|"
    "quán triệt|tuyên truyền|phổ biến|lồng ghép|vận hành|đề xuất|đảm bảo|bảo đảm|khẩn trương|"
    "kịp thời|phát động|phát huy|cập nhật|công khai|niêm yết|chuẩn bị|hoàn thiện|hoàn thành|"
    "huy động|vận động|giải đáp|làm đầu mối|nâng cao|duy trì|khai thác|chấn chỉnh|thiết kế|"
    "tập huấn|đăng tải|xem xét|phân công|cụ thể hóa|chú trọng|thu thập|lập kế hoạch|xác định|"
    "quan tâm|định kỳ|hằng năm|hàng năm|chuyển mạnh|thành lập|tiến hành|gửi|"
    "(?<!đồng chí )(?<!các )(?<!và )(?<!tập thể )lãnh đạo|đưa|lập|mở|viết|ra quân|nghe|tăng|đổi mới|"
    "nắm|tiếp thu|chấp hành|phản ánh|kiến nghị|lấy ý kiến|thông báo|tích cực|nghiêm túc|quyết liệt|"
    "khắc phục|sửa chữa|nâng cấp|mua sắm|lắp đặt|lựa chọn|tuyển chọn|tuyển dụng|điều động|cam kết|ký|"
    "khuyến khích|kêu gọi|động viên|biểu dương|ứng dụng|áp dụng|tích hợp|chia sẻ|bám sát|nêu cao|"
    "gương mẫu|phân bổ|giải ngân|điều chỉnh|bổ sung|nhân rộng|theo|trên cơ sở|sau khi|trong quá trình|"
    "hằng tháng|hàng tháng|hằng quý|hàng quý|mỗi"
)
_VERBS = (
    f"{_PREDICATES}|kiểm tra|tổng hợp|cung cấp|hỗ trợ|quản lý|kết nối|xử lý|đánh giá|tập trung|giám sát|"
    "sử dụng|số hóa|bồi dưỡng|giải quyết|tiếp nhận|ưu tiên|thẩm định|khảo sát|biên soạn|nghiệm thu|"
    "thống kê|phải|cần|cử|trình|chấm dứt|dừng|kiểm kê|rút kinh nghiệm|kiện toàn|khởi công|phê duyệt|"
    "nhắc nhở|xử phạt|bàn giao|tháo gỡ|nộp|tổng kết|sơ kết|liên hệ|sắp xếp|thay thế|cải tạo|quyết toán|"
    "giải trình|nhanh chóng|soạn thảo|phát hành|trực tiếp|phân loại|thu hồi|chi trả|xác minh|mở rộng|làm rõ|"
    "làm việc|làm tốt|tạo điều kiện|rút ngắn"
)
_GIVEN_TO = re.compile(
    r"(?:danh mục |các )*(?:nhiệm vụ|công việc|nội dung|chỉ tiêu)\b.{0,80}?\b"
    r"(?:giao(?: cho)?|của|do|đối với)\s+(?P<who>.+?)(?:\s+(?:chủ trì|thực hiện).*)?$",
    re.IGNORECASE,
)
_PREDICATE = re.compile(rf"(?<!\w)(?:{_PREDICATES})(?!\w)")
# «Ủy ban nhân dân tỉnh giao các sở ...», «Trách nhiệm của Phòng Nội vụ»: who is asked comes after it.
_ASKED = re.compile(
    r"(?:(?:(?:Chủ tịch )?(?:UBND|Ủy ban nhân dân|HĐND|Hội đồng nhân dân)|Thủ tướng|Chính phủ|"
    r"Ban Thường vụ|Ban Chấp hành|Ban Chỉ đạo|Ban Giám (?:đốc|hiệu)|Thường trực|Bí thư|"
    r"(?:Tỉnh|Thành|Huyện|Thị|Quận|Đảng) ?[uủ][ỷy]|Giám đốc|Hiệu trưởng|Bộ trưởng|Nhà trường)"
    r"[^.;:,]{0,60}? (?:đề nghị|yêu cầu|giao|phân công)|"
    r"Đề nghị|Yêu cầu|Giao|Phân công|Trách nhiệm của|Đối với|Nhiệm vụ của)(?:\s+(?:trách nhiệm\s+)?cho)?\s+"
)
_ADDRESSED = re.compile(
    r".*(?:yêu cầu|đề nghị|giao|chỉ đạo)\s+(?P<who>[^:]{4,260}?)"
    r"(?:\s+(?:thực hiện|tập trung|triển khai|khẩn trương|nghiêm túc|tổ chức)\b[^:]*)?\s*:",
    re.DOTALL,
)
_ASKED_LATER = re.compile(r"(?<=[.;])\s+(?=(?:Đề nghị|Yêu cầu|Giao|Phân công)\s)")
_NEXT_ORDER = re.compile(
    rf"(?<=[.;])\s+(?=(?:[Gg]iao|[Đđ]ề nghị|[Yy]êu cầu|[Pp]hân công)\s)|(?<=\.)\s+(?=[{UPPER}])"
)
_LONGEST_TAIL = 3  # words of a name that was broken over two lines: «Sở Công», «Thương»
_VERB = re.compile(rf"(?:{_VERBS})(?!\w)", re.IGNORECASE)
_LONGEST_TOPIC = 160  # characters before a colon: «Hỗ trợ nhà ở: Sở Xây dựng chủ trì ...»
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
    rf"(?P<who>[{UPPER}][^.;:]{{2,260}}?)"
    r"(?:,|\s+là\s+(?:cơ quan|đơn vị|đầu mối)[^.;:]*?|\s+được (?:giao|phân công)\s[^.;:]*?)?\s+"
    rf"(?<!được )(?<!do )(?=(?:{_VERBS})(?!\w))"
)
_HELPED = re.compile(
    rf"[Pp]hối hợp(?:\s+(?:chặt chẽ|hiệu quả|đồng bộ))?(?:\s+(?:với|cùng))?\s+(?P<who>[^.;:]+?)"
    rf"(?=\s+(?:và\s+điểm|để|nhằm|trong|theo|khi|về|qua|tại|đến|vào|{_VERBS})(?!\w)|\s*[.;:]|$)"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A paragraph that names units: whom, and the duty it goes on to say, if any."""

    units: tuple[str, ...]
    duty: str = ""


def read_unit_heading(text: str) -> Heading | None:
    """«Phòng Nội vụ» or «Công an xã: Thường xuyên phối hợp ...»; None where a paragraph names no units so."""
    before, colon, after = _asked(text).partition(":")
    if not colon and before.rstrip().endswith((".", ";")) and _subject(text):
        return None
    units = _units(_ANSWERS.sub("", before.rstrip(" .;")))
    return Heading(units, after.strip() if colon else "") if units else None


def read_broken_heading(first: str, second: str) -> Heading | None:
    """«Sở Công», «Thương: Thẩm định ...» -> what both name; None where the second says something new."""
    before, _, _ = second.partition(":")
    tail = before.strip()
    is_name = tail[:1].isupper() and not tail.endswith((".", ";")) and not _VERB.match(tail)
    if not is_name or len(tail.split()) > _LONGEST_TAIL:
        return None
    alone, whole = read_unit_heading(first), read_unit_heading(f"{first} {second}")
    if not alone or not whole or alone.duty or parties.names_body(tail):
        return None
    is_longer = len(whole.units) == len(alone.units) and whole.units[-1] != alone.units[-1]
    return whole if is_longer else None


def named_in_title(title: str) -> tuple[str, ...]:
    """«NHIỆM VỤ GIAO SỞ NỘI VỤ», «Nhiệm vụ của Công an xã» -> whom a title gives the work below it to."""
    given = _GIVEN_TO.match(title.strip())
    return _units(given["who"].strip(" .:")) if given else ()


def read_subject(text: str) -> tuple[str, ...]:
    """Who a sentence says does it: «Các phòng chuyên môn rà soát ...» -> («Các phòng chuyên môn»,).

    Who is named after a topic («Hỗ trợ nhà ở: Sở Xây dựng rà soát ...»), or only asked in a later sentence
    («... Giao Sở Y tế theo dõi»), counts where the beginning names nobody.
    """
    topic, _, rest = text.partition(":")
    told = [text, rest.strip() if len(topic) < _LONGEST_TOPIC else "", *_ASKED_LATER.split(text)[1:]]
    return next(filter(None, map(_subject, told)), ())


def split_orders(text: str) -> tuple[str, ...]:
    """«Sở Y tế chủ trì .... Sở Tài chính bố trí kinh phí.» -> what each sentence gives another body to do."""
    orders: list[str] = []
    for sentence in _NEXT_ORDER.split(text):
        begun = f"{sentence[:1].upper()}{sentence[1:]}"
        if orders and not (_subject(begun) and _subject(orders[0])):
            orders[-1] += f" {sentence}"
        else:
            orders.append(begun if orders else sentence)
    return tuple(orders)


def _subject(text: str) -> tuple[str, ...]:
    subject = _SUBJECT.match(_asked(text))
    return _units(subject["who"]) if subject else ()


def _asked(text: str) -> str:
    """What follows «Giao», «Đề nghị» and the like, beginning with a capital where it names bodies.

    «Các phòng: Kinh tế, Nội vụ» comes without its colon.
    """
    text = text.strip()
    rest = _capitalised(_ASKED.sub("", text, count=1)) if _ASKED.match(text) else text
    return parties.without_list_colon(rest)


def _capitalised(text: str) -> str:
    """«các sở, ngành» -> «Các sở, ngành», where small letters name bodies."""
    return text[:1].upper() + text[1:] if parties.names_small(text) else text


def read_addressees(text: str) -> tuple[str, ...]:
    """«Chủ tịch UBND tỉnh yêu cầu các sở, ngành:» -> whom all that follows is asked of."""
    addressed = _ADDRESSED.fullmatch(text.strip())
    return _units(_capitalised(addressed["who"])) if addressed else ()


def read_helpers(text: str) -> tuple[str, ...]:
    """The bodies after «phối hợp với»."""
    found = [
        phrase
        for helped in _HELPED.finditer(without_parentheses(text))
        for phrase in parties.split(helped["who"])
    ]
    named = [phrase for phrase in found if parties.names_body(phrase)]
    return tuple({key(phrase): phrase for phrase in named}.values())


def _units(text: str) -> tuple[str, ...]:
    """The units that a text names and nothing else; empty where it says more."""
    if not text[:1].isupper() or len(text) > 260 or _NO_UNIT.match(text) or _PREDICATE.search(text):
        return ()
    phrases = parties.split(text)
    return phrases if phrases and all(map(parties.names_body, phrases)) else ()
