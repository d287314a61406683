"""What recognition gets wrong for certain is mended: marks of well-known words, digits taken for letters.

Nothing is guessed: a pair of words is mended only where its letters without their marks can be no other pair.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from tracker.words import fold

_KNOWN = """
an ninh, ban hành, biên giới, báo cáo, bình đẳng, bảo hiểm, bảo trợ, bảo vệ, bảo đảm, bất cập, bất hợp,
bất động, bền vững, bố trí, bồi dưỡng, bổ sung, bộ trưởng, cao đẳng, chi phí, chi tiết, chiến lược, chuyên
môn, chuyên mục, chuyên trách, chuyên đề, chuyển giao, chuyển đổi, chuẩn hóa, chính phủ, chính quyền,
chính sách, chính thức, chính trị, chương trình, chấm điểm, chất lượng, chất thải, chế độ, chỉ số, chỉ
đạo, chủ lực, chủ trì, chủ trương, chủ tịch, chủ động, chứng thực, cung cấp, các cấp, cán bộ, có thẩm,
công an, công bố, công chức, công cụ, công nghệ, công thương, công tác, căn cứ, cơ chế, cơ cấu, cơ quan,
cạnh tranh, cải cách, cải thiện, cảnh báo, cấp có, cấp phép, cấp tỉnh, cấp xã, cấp ủy, cẩm nang, cập nhật,
cắt giảm, cộng đồng, cụ thể, diễn đàn, diện tích, doanh nghiệp, du lịch, dân chủ, dân cư, dân tộc, dịch
bệnh, dịch vụ, dữ liệu, dự thảo, dự án, giai đoạn, gian hàng, giao thông, giá trị, giám sát, giám đốc,
giáo dục, giải pháp, giải quyết, giảm nghèo, giấy phép, giới thiệu, hiện hành, hiện trạng, hiện đại, hiệu
lực, hiệu quả, hoàn thiện, hoàn thành, hoạt động, huy động, hàng hóa, hành chính, hành vi, hình thành,
hình thức, hòa giải, hóa đơn, hướng dẫn, hạ tầng, hạn chế, hải quan, hệ thống, hồ sơ, hỗ trợ, hộ tịch, hội
nghị, hội nhập, hội thảo, hội đồng, hợp lý, hợp tác, hợp đồng, khai thác, khen thưởng, khiếu nại, khu vực,
khuyến khích, khó khăn, khả năng, khảo sát, khẩn trương, khắc phục, khởi nghiệp, kinh doanh, kinh phí,
kinh tế, kiến nghị, kiến thức, kiểm soát, kiểm tra, kiểm định, kế hoạch, kế thừa, kết hợp, kết luận, kết
nối, kết quả, kịp thời, kỷ luật, kỹ năng, kỹ thuật, lao động, liên kết, liên quan, liên thông, lâm nghiệp,
lãnh đạo, lĩnh vực, lồng ghép, lực lượng, minh bạch, mua sắm, mô hình, môi trường, mạng lưới, mặt trận, mở
rộng, mục tiêu, nghiên cứu, nghiệp vụ, nghĩa vụ, nghị quyết, nghị định, ngoại giao, nguyên tắc, nguồn lực,
ngành nghề, ngân hàng, ngân sách, ngăn chặn, người dân, nhiệm vụ, nhà nước, nhà trường, nhân dân, nhân
lực, nhận thức, nhập khẩu, niêm yết, nâng cao, nông dân, nông nghiệp, nông thôn, năng lực, nền tảng, nội
dung, nội vụ, pháp luật, pháp lý, phát huy, phát sinh, phát triển, phân công, phân cấp, phân loại, phân
tích, phê duyệt, phòng chống, phòng ngừa, phù hợp, phương thức, phương tiện, phương án, phạm vi, phản
biện, phản ánh, phối hợp, phổ biến, phụ nữ, phục vụ, quan điểm, quy chuẩn, quy chế, quy hoạch, quy mô, quy
trình, quy định, quyết định, quán triệt, quản lý, quản trị, quảng bá, quốc gia, quốc hội, quốc phòng, quốc
tế, rà soát, sinh thái, sinh viên, sáng tạo, sơ kết, sản phẩm, sản xuất, sắp xếp, số hóa, số liệu, sở hữu,
sức khỏe, sử dụng, sửa đổi, tham gia, tham mưu, thanh niên, thanh toán, thanh tra, theo dõi, thi hành,
thiên tai, thiết bị, thu hút, thuyết minh, thuận lợi, thành lập, thành phố, thành tích, thành viên, thách
thức, thí điểm, thông qua, thông tin, thông tư, thúc đẩy, thương hiệu, thương mại, thường xuyên, thẩm
quyền, thẩm tra, thẩm định, thế giới, thể chế, thể thao, thị trường, thống kê, thống nhất, thời gian, thời
hạn, thời điểm, thủ tướng, thủ tục, thủy lợi, thực hiện, thực phẩm, thực tiễn, thực trạng, tinh gọn, tiêu
chuẩn, tiêu chí, tiêu điểm, tiến độ, tiếp cận, tiếp nhận, tiếp thu, tiếp tục, tiết kiệm, tiềm năng, toàn
cầu, toàn diện, tranh chấp, triển khai, trung tâm, trung ương, truy xuất, truyền hình, truyền thông, trách
nhiệm, trình tự, trật tự, trọng tâm, trụ sở, trực thuộc, trực tuyến, tuyên truyền, tuyển dụng, tài chính,
tài liệu, tài nguyên, tài sản, tăng cường, tư pháp, tập huấn, tập thể, tập trung, tập đoàn, tổ chức, tổ
quốc, tổng hợp, tổng kết, tổng rà, tổng số, tổng thể, tội phạm, tờ trình, tỷ lệ, vi phạm, viên chức, viễn
thông, việc làm, văn bản, văn hóa, văn minh, văn phòng, vướng mắc, vấn đề, vận hành, vật liệu, về việc,
xuất bản, xuất khẩu, xác minh, xác thực, xác định, xây dựng, xã hội, xúc tiến, xếp hạng, xử lý, y tế, yêu
cầu, yếu tố, ý kiến, điều chỉnh, điều kiện, điển hình, điện tử, đào tạo, đánh giá, đáp ứng, đô thị, đôn
đốc, đơn giản, đơn vị, đường bộ, đường sắt, đại biểu, đại diện, đại học, đảm bảo, đảng viên, đất nước, đất
đai, đấu giá, đấu thầu, đầu mối, đầu tư, đầy đủ, đẩy mạnh, đặc biệt, đặc thù, đề nghị, đề tài, đề xuất, đề
án, địa bàn, địa chính, địa phương, địa điểm, định danh, định hướng, định kỳ, đối ngoại, đối thoại, đối
tượng, đồng bộ, đổi mới, độc lập, đội ngũ, động viên, đột phá, ưu tiên, ưu đãi, ủy ban, ủy viên, ứng dụng,
ứng phó
"""
_PAIRS: dict[str, Sequence[str]] = {
    fold(" ".join(pair)): pair for pair in (part.split() for part in _KNOWN.split(","))
}
_PAIRS["cong be"] = ("công", "bố")  # «ố» is taken for «é»
# Words that are no others: without a tone they cannot end so, or are never written in a plan.
_ALONE = {
    "sô": "số", "vê": "về", "vể": "về", "câp": "cấp", "xuât": "xuất", "chât": "chất",
    "luât": "luật", "luậ": "luật", "việ": "việc", "viêc": "việc", "kêt": "kết", "quyêt": "quyết",
    "tiêp": "tiếp", "cuôc": "cuộc", "quôc": "quốc", "thuôc": "thuộc", "triên": "triển",
    "cúa": "của", "điêm": "điểm", "biêu": "biểu", "nhiêu": "nhiều",
}  # fmt: skip
_STRAY = re.compile(r"^['`‘’](?=\w)|(?<=\w)['`‘]$")  # a speck beside a letter
_TORN = re.compile(r"^\([/fIl]?heo$")  # «(theo»
_TONED = re.compile(r"\W*[^\W\d_]*[AEIOUYaeiouy][\u0300-\u0323][^\W\d_]*\W*")
_DIGITS = re.compile(r"[\dl|./-]*\d[\dl|./-]*|l\.?")
_QUARTER = re.compile(r"^([Il|1][Il|1L]{1,2}|[Il|])(?=V?($|[/,.;:)-]|20\d\d))")
_FIRST_QUARTER = re.compile(r"^1(?=$|[/,.;:)-])")
_ROMAN_QUARTER = re.compile(r"\bquy (i{2,3}|iv)\b")
_LOST_SLASH = re.compile(r"^([IV]{1,3})(?=20\d\d\b)")
_EVERY = re.compile(r"(tuần|tháng|quý|năm)\b", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_OPENED = re.compile(r"^\W*(\w+)$")
_CLOSED = re.compile(r"^(\w+)\W*$")


def has_roman_quarter(words: Sequence[str]) -> bool:
    """Whether a quarter among the words is numbered with Roman figures for certain: «Quý II», «quý IV»."""
    return bool(_ROMAN_QUARTER.search(fold(" ".join(words))))


def repaired(words: Sequence[str], *, roman: bool = False) -> list[str]:
    """The words in reading order, as many as before: «phôi», «hợp» -> «phối», «hợp».

    With `roman`, a quarter «1» was «I».
    """
    mended = [_alone(word) for word in words]
    for at, word in enumerate(mended):
        mended[at] = _lowered(word, mended[max(at - 1, 0) : at], mended[at + 1 : at + 2])
    for index, (before, word) in enumerate(_pairs(mended), 1):
        if fold(before) == "quy":
            mended[index] = _quarter(word, roman=roman)
            continue
        if before.casefold() == "hăng" and _EVERY.match(word):
            mended[index - 1] = _marked(before, "hằng")
        if fold(before) == "tinh," and fold(word) == "thanh":
            mended[index - 1] = _marked(before, "tỉnh,")
        first, second = _OPENED.match(before), _CLOSED.match(word)
        if first and second and (known := _PAIRS.get(fold(f"{first[1]} {second[1]}"))):
            mended[index - 1] = before.replace(first[1], _marked(first[1], known[0]))
            mended[index] = word.replace(second[1], _marked(second[1], known[1]))
    return [_with_digits(word) for word in mended]


def _quarter(word: str, *, roman: bool) -> str:
    """The number of a quarter: «Ill/2026», «IIL/2026» -> «III/2026», «II2026» -> «II/2026»."""
    strokes = _QUARTER.sub(lambda found: "I" * len(found[0]), word, count=1)
    strokes = _FIRST_QUARTER.sub("I", strokes) if roman else strokes
    return _LOST_SLASH.sub(r"\1/", strokes)


def _alone(word: str) -> str:
    """The word without specks, and mended where it can be no other, whatever stands beside it."""
    bare = _TORN.sub("(theo", _STRAY.sub("", word.replace("⁄", "/")))
    found = _LETTERS.search(bare)
    known = found and _ALONE.get(found[0].casefold())
    if not found or not known or any(map(str.isdigit, bare)):
        return bare
    shown = known.capitalize() if found[0][0].isupper() else known
    return bare[: found.start()] + shown + bare[found.end() :]


def _lowered(word: str, before: Sequence[str], after: Sequence[str]) -> str:
    """«vỀ» -> «về», and «VỰC» -> «vực» between words in lower case."""
    letters = "".join(filter(str.isalpha, word))
    if len(letters) < 2 or not _TONED.fullmatch(unicodedata.normalize("NFD", word)):
        return word
    beside = [other for other in (*before, *after) if any(map(str.isalpha, other))]
    odd = letters[0].islower() and not letters.islower()
    alone = letters.isupper() and beside and all(other == other.lower() for other in beside)
    return word.lower() if odd or alone else word


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each word with the one before it, as they are mended meanwhile."""
    return ((words[index - 1], words[index]) for index in range(1, len(words)))


def _with_digits(word: str) -> str:
    """«l5» -> «15», «2l/6/2026» -> «21/6/2026»."""
    return re.sub(r"[l|]", "1", word) if _DIGITS.fullmatch(word) else word


def _marked(word: str, known: str) -> str:
    """The word with the marks of the known one and its own capitals; where the tone is written may differ."""
    if _letters(word) == _letters(known) or len(word) != len(known):
        return word
    return "".join(
        letter.upper() if old.isupper() else letter for old, letter in zip(word, known, strict=True)
    )


def _letters(word: str) -> list[str]:
    return sorted(unicodedata.normalize("NFD", word.casefold()))
