"""What recognition gets wrong for certain is mended: marks of well-known words, digits taken for letters.

Nothing is guessed: a pair of words is mended only where its letters without their marks can be no other pair.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from tracker.words import fold

_KNOWN = """
an ninh, ban hành, báo cáo, bảo hiểm, bảo vệ, bảo đảm, bố trí, bổ sung, bộ trưởng, cao đẳng, chi phí, chi
tiết, chiến lược, chuyên môn, chuyên mục, chuyên trách, chuyên đề, chuyển giao, chuyển đổi, chính phủ,
chính quyền, chính sách, chính trị, chương trình, chất lượng, chỉ đạo, chủ trì, chủ trương, chủ tịch, chủ
động, chứng thực, cung cấp, cán bộ, công an, công bố, công chức, công cụ, công nghệ, công thương, công
tác, căn cứ, cơ chế, cơ cấu, cơ quan, cải cách, cải thiện, cấp xã, cắt giảm, cộng đồng, diễn đàn, doanh
nghiệp, du lịch, dân tộc, dịch vụ, dữ liệu, dự thảo, dự án, giám sát, giáo dục, giải pháp, giải quyết,
hiệu lực, hiệu quả, hoàn thiện, hoàn thành, hoạt động, hành chính, hướng dẫn, hạ tầng, hạn chế, hệ thống,
hồ sơ, hỗ trợ, hộ tịch, hội nghị, hội nhập, hội thảo, hội đồng, hợp lý, hợp tác, khai thác, khen thưởng,
khuyến khích, khắc phục, kinh doanh, kinh phí, kinh tế, kiến nghị, kiểm soát, kiểm tra, kế hoạch, kết hợp,
kết luận, kết nối, kết quả, kịp thời, kỷ luật, lĩnh vực, lồng ghép, mô hình, môi trường, mặt trận, mục
tiêu, nghiên cứu, nghiệp vụ, nghị quyết, nghị định, ngoại giao, nguồn lực, ngân hàng, ngân sách, người
dân, nhiệm vụ, nhà nước, nhân dân, nhân lực, nhập khẩu, nâng cao, nông nghiệp, nông thôn, năng lực, nội
dung, nội vụ, pháp luật, pháp lý, phát huy, phát sinh, phát triển, phân công, phân cấp, phê duyệt, phòng
chống, phương thức, phương án, phạm vi, phối hợp, quy chuẩn, quy chế, quy hoạch, quy trình, quy định,
quyết định, quán triệt, quản lý, quản trị, quốc gia, quốc hội, quốc phòng, quốc tế, rà soát, sáng tạo, sơ
kết, sản phẩm, sản xuất, sắp xếp, số liệu, sửa đổi, tham gia, tham mưu, thanh niên, thanh tra, theo dõi,
thi hành, thiết bị, thành phố, thành viên, thí điểm, thông qua, thông tin, thông tư, thúc đẩy, thương mại,
thường xuyên, thẩm quyền, thẩm định, thế giới, thể chế, thể thao, thị trường, thống kê, thống nhất, thời
gian, thời hạn, thủ tướng, thủ tục, thực hiện, thực phẩm, thực tiễn, tinh gọn, tiêu chuẩn, tiêu chí, tiêu
điểm, tiến độ, tiếp cận, tiếp nhận, tiếp tục, toàn cầu, toàn diện, triển khai, trung tâm, trung ương,
truyền hình, truyền thông, trách nhiệm, trình tự, trọng tâm, trụ sở, trực thuộc, trực tuyến, tuyên truyền,
tuyển dụng, tài chính, tài nguyên, tăng cường, tư pháp, tập huấn, tập trung, tổ chức, tổ quốc, tổng hợp,
tổng kết, tổng thể, tờ trình, vi phạm, viên chức, văn bản, văn hóa, văn phòng, vấn đề, vận hành, xuất
khẩu, xác định, xây dựng, xã hội, xúc tiến, xử lý, y tế, yêu cầu, ý kiến, điều chỉnh, điều kiện, điện tử,
đào tạo, đánh giá, đáp ứng, đô thị, đôn đốc, đơn giản, đơn vị, đại học, đảm bảo, đất nước, đất đai, đầu
mối, đầu tư, đầy đủ, đẩy mạnh, đề nghị, đề xuất, đề án, đề tài, địa bàn, địa phương, định hướng, định kỳ,
đồng bộ, đổi mới, đột phá, cẩm nang, bất cập, bất hợp, bất động, các cấp, chấm điểm, cấp có, cấp tỉnh, cấp
ủy, có thẩm, về việc, ưu tiên, ưu đãi, ủy ban, ủy viên, ứng dụng
"""
_PAIRS = {fold(" ".join(pair)): pair for pair in (part.split() for part in _KNOWN.split(","))}
# Words that are no others: without a tone they cannot end so, or are never written in a plan.
_ALONE = {
    "sô": "số", "vê": "về", "vể": "về", "câp": "cấp", "xuât": "xuất", "chât": "chất",
    "luât": "luật", "luậ": "luật", "việ": "việc", "viêc": "việc", "kêt": "kết", "quyêt": "quyết",
    "tiêp": "tiếp", "cuôc": "cuộc", "quôc": "quốc", "thuôc": "thuộc", "triên": "triển",
    "điêm": "điểm", "biêu": "biểu", "nhiêu": "nhiều",
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
