"""The words deadlines are written with, each under the letter its token carries.

The tables of the grammar are patterns over these letters, so «trước ngày 28/3/2025» is read as «bDn/n/y».
Digits: n (1-99), y (a year), m (any other number). r is a roman numeral, w a number in words, o any other
word.
"""

import unicodedata

# A letter -> the words and phrases it stands for. A phrase wins over the shorter ones it begins with.
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
    "H": "giờ hành chính, cuối giờ chiều, giờ chiều, cuối giờ sáng, buổi sáng, buổi chiều",
    # where in a unit
    "h": "đầu, đầu tiên, những ngày đầu, nửa đầu, thượng tuần",
    "g": "giữa, trung tuần",
    "z": "cuối, cuối cùng, nửa cuối, nửa sau, hạ tuần, những ngày cuối",
    # before, until, after
    "b": "trước, trước thời điểm, trước hạn, trước mốc, xong trước",
    "l": (
        "chậm nhất, muộn nhất, trễ nhất, lâu nhất, chậm trễ nhất, không muộn hơn, không chậm hơn, không trễ "
        "hơn, không muộn quá, không chậm quá, hạn cuối, hạn cuối cùng, hạn chót, thời hạn cuối, thời hạn "
        "cuối cùng, không sau, hạn nộp, hạn hoàn thành, hạn gửi"
    ),
    "u": "đến, tới, cho đến, cho tới, đến thời điểm, kết thúc, kết thúc vào, kéo dài đến, sang",
    "e": "hết",
    "f": (
        "từ, kể từ, tính từ, bắt đầu, bắt đầu từ, bắt đầu vào, kể từ thời điểm, từ thời điểm, thực hiện từ, "
        "áp dụng từ, khởi công, khởi công từ"
    ),
    "a": "sau",
    "v": (
        "trong vòng, trong thời hạn, trong khoảng thời gian, tối đa, không quá, trong thời gian tối đa, "
        "thời hạn không quá, chậm nhất không quá, trong khoảng, chậm nhất trong vòng, chậm nhất trong thời "
        "hạn, chậm nhất sau, chậm nhất là sau, không quá thời hạn"
    ),
    "i": (
        "trong, vào, vào lúc, vào hồi, lúc, là, nội trong, trong các, trong những, vào các, trong dịp, vào "
        "dịp, thời điểm, hồi"
    ),
    "q": "của, thuộc",
    # again and again
    "E": "hằng, hàng, mỗi, từng, mỗi một, hằng hằng",
    "p": "định kỳ, định kì, theo định kỳ, theo định kì, thường kỳ, đều đặn, theo chu kỳ",
    "s": "các, những",
    "j": "lần, đợt, kỳ báo cáo",
    "R": "báo cáo, báo cáo định kỳ, báo cáo định kì, báo cáo kết quả, giao ban",
    "C": (
        "thường xuyên, liên tục, suốt năm, quanh năm, nhiệm vụ thường xuyên, xuyên suốt, thường trực, lâu "
        "dài, thường nhật"
    ),
    "F": ("tiếp theo, kế tiếp, tiếp sau, liền kề, liền sau, kế sau, tới đây, sau đó, sau liền kề, tiếp liền"),
    "k": "trở đi, về sau, trở về sau, thời gian tới, thời gian tiếp theo, thời gian sau",
    "x": "đột xuất, bất thường",
    "=": "này, nay, hiện tại, hiện hành",
    "~": "từ nay, kể từ nay, từ bây giờ",
    # events, documents
    "U": (
        "khi, sau khi, ngay khi, ngay sau khi, khi có, nếu, nếu có, trường hợp, kể từ khi, từ khi, trước "
        "khi, sau thời điểm, cho đến khi, đến khi, tùy theo, tùy, tùy thuộc, phụ thuộc"
    ),
    "V": (
        "theo, căn cứ, căn cứ vào, tại, trên cơ sở, theo đúng, đồng bộ với, phù hợp với, cùng với, gắn với"
    ),
    "N": (
        "kế hoạch, quyết định, thông báo, nghị quyết, nghị định, thông tư, chỉ thị, công văn, văn bản, "
        "luật, chương trình, đề án, kết luận, công điện, tờ trình, hướng dẫn, phương án, pháp lệnh, quy "
        "định, quy chế, lộ trình, tiến độ, yêu cầu, dự án, hợp đồng, lịch, thông tri, kế hoạch số, đề cương"
    ),
    "#": "số, số hiệu",
    "@": "thứ, lần thứ",
    "O": (
        "phụ lục, mục, khoản, điều, điểm, nhóm, bảng, biểu, chương, phần, khóa, khoá, bước, hạng, bậc, "
        "loại, mức, mẫu, chỉ tiêu, nhiệm vụ, tiêu chí, cấp độ, cấp, mức độ, vùng, khu vực, tổ, đội, tập, "
        "trạm, tuyến, học kỳ, lớp, khối, trung ương, hội nghị trung ương"
    ),
    "T": "kỳ họp, kì họp, phiên họp, hội nghị, lễ, tết, đại hội",
    "&": "và, hoặc, hay",
    # words that change what a date means, or hide one
    "!": (
        "không, chưa, trừ, ngoại trừ, ngoài, thay vì, thay cho, lùi, gia hạn, kéo dài, hoãn, tạm hoãn, "
        "dừng, tạm dừng, bỏ, hủy, khoảng, ước, quá, vượt, muộn, sớm, dời, chuyển từ, chậm, hạn, so với, "
        "nửa, âm lịch, dương lịch, mùa, hè, dịp, ngoại lệ, tuần tới, giờ, phút, kỳ, kì, vụ"
    ),
    # number words
    "w": (
        "một, hai, ba, bốn, tư, sáu, bảy, tám, chín, mười, mười một, mười hai, mười lăm, hai mươi, ba mươi, "
        "sáu mươi, chín mươi, nhất, giêng"
    ),
    # harmless: they stand beside dates without changing them
    "t": (
        "hoàn thành, thực hiện, trình, xong, thời gian, thời hạn, dự kiến, phấn đấu, phân đầu, phải, cần, "
        "cơ bản, ban hành, triển khai, tổ chức, gửi, nộp, được, đã, sẽ, để, về, cho, bảo đảm, đảm bảo, đề "
        "nghị, nhiệm vụ được giao, thời gian thực hiện, thời gian hoàn thành, thời hạn hoàn thành, thời hạn "
        "thực hiện, tiến độ thực hiện, tiến độ hoàn thành, thời điểm hoàn thành, hoàn tất, cụ thể, cụ thể "
        "là, như sau, ngay, kịp thời, ít nhất, tối thiểu, cả, toàn bộ, suốt, trong suốt, tiến hành, duy "
        "trì, mốc, mốc thời gian, lịch thời gian, tiếp tục, bàn giao, đưa vào sử dụng, đồng thời, báo cáo "
        "trước, công tác, cập nhật, vòng, thời hạn báo cáo, hoàn chỉnh, tổng hợp, xây dựng, trước mắt, thời "
        "gian gửi báo cáo, thời gian báo cáo, kết thúc trước, dự thảo, tham mưu, hằng kỳ, rà soát, bản, "
        "diễn ra"
    ),
    # ordinary words that look like words of time
    "o": (
        "đầu tư, đầu mối, đầu ra, đầu vào, đứng đầu, ban đầu, bước đầu, hàng đầu, lần đầu, tốt nhất, thống "
        "nhất, giữa các, giữa hai, ngày càng, quý cơ quan, quý đơn vị, quý vị, quý báu, trước đây, trước "
        "hết, trước đó, hết sức, liên quan đến, đề cập đến, có liên quan, tư pháp, tư nhân, thông tư liên "
        "tịch, hàng hóa, hàng hoá, mặt hàng, khách hàng, ngân hàng, xếp hạng, một cửa, một số, một phần, "
        "hai cấp, ba cấp, việt nam, nam, thường vụ, trung tâm, quý giá, liên quan tới, hướng tới, hướng "
        "đến, tác động đến, dẫn đến, góp phần, hành quý, chính quy, quá trình, quá hạn, không ngừng, không "
        "gian, không dùng, cấp ủy, ngoài ra, sớm nhất, không để, lễ hội, dịp lễ, kỳ thi, ngoài nước, từ "
        "nguồn, từ các, đến các, đến từng, ngày pháp luật, giờ giấc, thời kỳ mới, các cấp, từng bước, từng "
        "cơ quan, từng đơn vị, mỗi cơ quan, mỗi đơn vị, từng cấp, hạn chế, thời hạn giải quyết, mùa vụ, dữ "
        "liệu, nghỉ lễ, trong nước, tư vấn, đầu tiên của, trung ương đảng, ba bên, công an các, hàng loạt, "
        "bất kỳ, quý khách, năm bắt, đô thị, đến hạn, tới hạn, không chuyên trách, không còn, không có, có "
        "hay không, mỗi người, mỗi xã, từng người, từng xã, từng ngành, từng lĩnh vực, từng nhóm, từng "
        "nhiệm vụ, từng nội dung, từng loại, từng địa phương, mỗi địa phương, mỗi thôn, mỗi hộ, đến xã, đến "
        "cơ sở, đến thôn, từ tỉnh, từ xã, từ cơ sở, từ đó, tới các, tới từng"
    ),
    "K": "thứ hai, thứ ba, thứ tư, thứ năm, thứ sáu, thứ bảy, chủ nhật",
}

WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
_COUNTING = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]
NUMBER_WORDS = {
    **{word: number for number, word in enumerate(_COUNTING, start=1)},
    **{"giêng": 1, "nhất": 1, "tư": 4, "mười một": 11, "mười hai": 12, "mười lăm": 15},
    **{"hai mươi": 20, "ba mươi": 30, "sáu mươi": 60, "chín mươi": 90},
}
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
ROMAN = {numeral: number for number, numeral in enumerate(_NUMERALS, start=1)}


def canonical(word: str) -> str:
    """A word with its tone mark taken off and set behind, so that «qúy» and «quý», «hoá» and «hóa» are
    equal.
    """
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in letters if mark in _TONES)
    return "".join(mark for mark in letters if mark not in _TONES) + tones


_TONES = "\u0300\u0301\u0303\u0309\u0323"


def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    table: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for letter, phrases in _PHRASES.items():
        for phrase in phrases.split(", "):
            first, *rest = phrase.split()
            table.setdefault(first, []).append((tuple(rest), letter, phrase))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


# First word -> [(the words after it, letter, phrase)], the longest first.
PHRASES = _by_first_word()
KNOWN_WORDS = frozenset(word for phrases in _PHRASES.values() for word in phrases.replace(",", "").split())
_CANONICAL = {canonical(word): word for word in KNOWN_WORDS}


def spelled(word: str) -> str:
    """The known word that a small-letter word is another spelling of («qúy» -> «quý»), else the word
    itself.
    """
    if word in KNOWN_WORDS or word.isascii():
        return word
    return _CANONICAL.get(canonical(word), word)
