"""The words deadlines are written with, each under the letter its token carries.

The tables of the grammar are patterns over these letters: «trước ngày 28/3/2025» is the shape «bDn/n/y».
Beside the letters below, digits give n (1-99), y (a year) or m (any other number), r is a roman numeral,
H an hour, c the number of a document, o any other word, and a mark stands for itself.
"""

import re
import unicodedata

from tracker.words import fold

_PHRASES: dict[str, str] = {
    # units of time
    "D": "ngày, các ngày, những ngày",
    "J": "ngày làm việc",
    "B": "làm việc",
    "W": "tuần, tuần lễ",
    "M": "tháng",
    "Q": "quý, quí, q",
    "A": "năm, năm kế hoạch, niên độ, năm tài chính, năm ngân sách",
    "G": "giai đoạn, thời kỳ, thời kì, nhiệm kỳ, nhiệm kì",
    "S": "năm học, niên học, niên khóa",
    "H": "giờ hành chính, giờ chiều, cuối giờ chiều, cuối giờ sáng, buổi sáng, buổi chiều, sáng, chiều",
    "K": "thứ hai, thứ ba, thứ tư, thứ năm, thứ sáu, thứ bảy, chủ nhật",
    # the beginning, the middle, the end of a unit
    "h": "đầu, đầu tiên, những ngày đầu, nửa đầu, thượng tuần",
    "g": "giữa, trung tuần",
    "z": "cuối, cuối cùng, những ngày cuối, nửa cuối, nửa sau, hạ tuần",
    # before, at the latest, until, from, after, within, in
    "b": "trước, trước thời điểm, trước hạn, trước mốc, xong trước",
    "l": """
        chậm nhất, muộn nhất, trễ nhất, lâu nhất, không muộn hơn, không chậm hơn, không trễ hơn, không sau,
        hạn cuối, hạn cuối cùng, hạn chót, thời hạn cuối, thời hạn cuối cùng, hạn nộp, hạn gửi, hạn hoàn
        thành
    """,
    "u": "đến, tới, cho đến, cho tới, đến thời điểm, kết thúc, kết thúc vào, kéo dài đến",
    "e": "hết",
    "f": """
        từ, kể từ, tính từ, bắt đầu, bắt đầu từ, bắt đầu vào, kể từ thời điểm, từ thời điểm, thực hiện từ,
        áp dụng từ, khởi công, khởi công từ
    """,
    "~": "từ nay, kể từ nay, từ bây giờ",
    "a": "sau",
    "v": """
        trong vòng, trong thời hạn, trong khoảng thời gian, trong khoảng, trong thời gian tối đa, tối đa,
        không quá, thời hạn không quá, không quá thời hạn, chậm nhất không quá, chậm nhất trong vòng, chậm
        nhất sau, chậm nhất trong thời hạn, chậm nhất là sau
    """,
    "i": """
        trong, vào, vào lúc, vào hồi, lúc, hồi, là, nội trong, sang, trong các, trong những, vào các, trong
        dịp, vào dịp, thời điểm
    """,
    "q": "của, thuộc",
    # again and again
    "E": "hằng, hàng, mỗi, từng, mỗi một",
    "p": "định kỳ, định kì, theo định kỳ, theo định kì, thường kỳ, đều đặn, theo chu kỳ",
    "s": "các, những",
    "j": "lần, đợt, kỳ báo cáo",
    "R": "báo cáo, báo cáo định kỳ, báo cáo định kì, báo cáo kết quả, giao ban",
    "C": "thường xuyên, liên tục, nhiệm vụ thường xuyên, xuyên suốt, lâu dài, thường nhật",
    "x": "đột xuất, bất thường",
    # the next one, this one, from then on
    "F": "tiếp theo, kế tiếp, tiếp sau, liền kề, liền sau, kế sau, tới đây, sau đó, sau liền kề",
    "k": "trở đi, về sau, trở về sau, thời gian tới, thời gian tiếp theo, thời gian sau",
    "=": "này, nay, hiện tại, hiện hành",
    # events, grounds, documents, numbered things
    "U": """
        khi, sau khi, ngay khi, ngay sau khi, khi có, nếu, nếu có, trường hợp, kể từ khi, từ khi, trước khi,
        sau thời điểm, cho đến khi, đến khi, tùy theo, tùy, tùy thuộc, phụ thuộc
    """,
    "V": """
        theo, theo đúng, căn cứ, căn cứ vào, tại, trên cơ sở, đồng bộ với, phù hợp với, cùng với, gắn với
    """,
    "N": """
        kế hoạch, quyết định, thông báo, nghị quyết, nghị định, thông tư, chỉ thị, công văn, văn bản, luật,
        chương trình, đề án, kết luận, công điện, tờ trình, hướng dẫn, phương án, pháp lệnh, quy định, quy
        chế, lộ trình, tiến độ, yêu cầu, dự án, hợp đồng, lịch
    """,
    "#": "số, số hiệu",
    "@": "thứ, lần thứ",
    "T": "kỳ họp, kì họp, phiên họp, hội nghị, lễ, tết, đại hội",
    "O": """
        phụ lục, mục, khoản, điều, điểm, nhóm, bảng, biểu, chương, phần, khóa, bước, hạng, bậc, loại, mức,
        mẫu, chỉ tiêu, nhiệm vụ, tiêu chí, cấp, cấp độ, mức độ, vùng, khu vực, tổ, tập, trạm, tuyến, học kỳ,
        lớp, khối
    """,
    "&": "và, hoặc, hay",
    # numbers in words
    "w": """
        một, hai, ba, bốn, tư, sáu, bảy, tám, chín, mười, mười một, mười hai, mười lăm, hai mươi, ba mươi,
        sáu mươi, chín mươi, nhất, giêng
    """,
    # words that turn a date round, blur it or hide one
    "!": """
        không, chưa, đã, trừ, ngoại trừ, ngoài, thay vì, thay cho, lùi, gia hạn, kéo dài, hoãn, tạm hoãn,
        dừng, tạm dừng, bỏ, hủy, khoảng, ước, quá, vượt, muộn, sớm, dời, chuyển từ, chậm, hạn, so với, nửa,
        âm lịch, dương lịch, mùa, hè, dịp, tuần tới, giờ, phút, kỳ, kì
    """,
    # words that stand beside dates and change nothing
    "t": """
        hoàn thành, hoàn tất, hoàn chỉnh, thực hiện, triển khai, tổ chức, tiến hành, tiếp tục, duy trì, cập
        nhật, ban hành, trình, xây dựng, dự thảo, tham mưu, rà soát, tổng hợp, bàn giao, gửi, nộp, xong,
        diễn ra, dự kiến, phấn đấu, phân đầu, bảo đảm, đảm bảo, đề nghị, cơ bản, kịp thời, đồng thời, công
        tác, thời gian, thời hạn, thời gian thực hiện, thời gian hoàn thành, thời hạn hoàn thành, thời hạn
        thực hiện, thời điểm hoàn thành, tiến độ thực hiện, tiến độ hoàn thành, thời hạn báo cáo, thời gian
        báo cáo, mốc, mốc thời gian, phải, cần, được, sẽ, để, về, cho, ngay, trước mắt, cụ thể, cụ thể là,
        như sau, ít nhất, tối thiểu, cả, toàn bộ, suốt, trong suốt, bản, vòng
    """,
    # ordinary words with a word of time inside
    "o": """
        đầu tư, đầu mối, đầu ra, đầu vào, đứng đầu, ban đầu, bước đầu, hàng đầu, lần đầu, giữa các, giữa
        hai, ngày càng, ngày pháp luật, quý cơ quan, quý đơn vị, quý vị, quý báu, trước đây, trước hết,
        trước đó, quá trình, quá hạn, đến hạn, tới hạn, hạn chế, thời hạn giải quyết, không ngừng, không
        gian, không dùng, không để, không còn, không có, không chuyên trách, ngoài ra, ngoài nước, lễ hội,
        kỳ thi, bất kỳ, cùng kỳ, tư pháp, tư nhân, tư vấn, một cửa, một số, một phần, sớm nhất, chi thường
        xuyên, kinh phí thường xuyên, ấn phẩm
    """,
}

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_COUNTING = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_OTHER_NUMBERS = {"giêng": 1, "nhất": 1, "tư": 4, "mười lăm": 15, "hai mươi": 20, "ba mươi": 30}

WEEKDAYS = tuple(_PHRASES["K"].split(", "))
ROMAN = {numeral: number for number, numeral in enumerate(_NUMERALS, start=1)}
NUMBER_WORDS = {
    **{word: number for number, word in enumerate(_COUNTING, start=1)},
    **_OTHER_NUMBERS,
    **{"sáu mươi": 60, "chín mươi": 90},
}


def _phrases(letters: str) -> list[tuple[str, str]]:
    """(letter, phrase) for every phrase under some letters."""
    return [(letter, phrase) for letter in letters for phrase in re.split(r",\s+", _PHRASES[letter].strip())]


def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    table: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for letter, phrase in _phrases("".join(_PHRASES)):
        first, *rest = phrase.split()
        table.setdefault(first, []).append((tuple(rest), letter, phrase))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


def _words(letters: str) -> dict[str, None]:
    return dict.fromkeys(word for _, phrase in _phrases(letters) for word in phrase.split())


def canonical(word: str) -> str:
    """A word with its tone mark taken off and set behind: «qúy» and «quý» are equal, so are «hoá» and
    «hóa».
    """
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in letters if mark in _TONES)
    return "".join(mark for mark in letters if mark not in _TONES) + tones


# First word -> [(the words after it, letter, phrase)], the longest first.
PHRASES = _by_first_word()
KNOWN_WORDS = frozenset(_words("".join(_PHRASES)))
TIME_WORDS = frozenset(word for word in _words("DWMQAGbluefhgzEpC") if len(word) > 2)
# «truoc ngay» -> «trước ngày», for texts without any mark; the first of the words that fold alike wins.
UNMARKED = {fold(word): word for word in reversed(_words("DMQACGbluefhgzEpjWK"))}
_CANONICAL = {canonical(word): word for word in KNOWN_WORDS}


def spelled(word: str) -> str:
    """The known word that a small-letter word is another spelling of («qúy» -> «quý»), else the word
    itself.
    """
    if word in KNOWN_WORDS or word.isascii():
        return word
    return _CANONICAL.get(canonical(word), word)
