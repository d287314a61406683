"""Who issued a plan, from whatever says it."""

import re
from collections import Counter
from collections.abc import Sequence

from tracker.plans.wording import UPPER, one_line

_LEVELS = "tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu"
_NAME = rf"(?:\s+[{UPPER}][\w’'-]*)*"
_BODY = (
    rf"(?:Chủ tịch\s+)?(?:[UỦ][ỷy]?\s?ban nhân dân|UBND)\s+(?:{_LEVELS}){_NAME}"
    r"|Chính phủ|Thủ tướng Chính phủ|Bộ trưởng\s+Bộ\s+[^,;)]{3,60}"
)
_OF = re.compile(rf"của\s+(?P<issuer>{_BODY}|[{UPPER}][^,;.()]{{3,80}})\s*\)?\s*$")
_ISSUES = re.compile(rf"(?P<issuer>{_BODY})\s+(?:ban hành|xây dựng)\s+(?:Kế hoạch|kế hoạch)")
_NO_ISSUER = re.compile(
    r"CỘNG H[ÒO][ÀA] X[ÃA] HỘI|ĐẢNG CỘNG SẢN|Độc lập|CÔNG BÁO|^Số\b|^[_\s*-]+$|, ngày|"
    r"^(?:KẾ HOẠCH|QUYẾT ĐỊNH|NGHỊ QUYẾT|CHƯƠNG TRÌNH|ĐỀ ÁN|CHỈ THỊ|PHƯƠNG ÁN|THÔNG BÁO|"
    r"HỎA TỐC|KHẨN|DỰ THẢO)",
    re.IGNORECASE,
)
_BODY_NAME = re.compile(
    r"(?:[ỦU][ỶY]? ?BAN|UBND|HỘI ĐỒNG|HĐND|CHÍNH PHỦ|BỘ|SỞ|BAN|PHÒNG|VĂN PHÒNG|CỤC|TỔNG CỤC|TRUNG TÂM|"
    r"CÔNG AN|ĐẢNG|TỈNH ỦY|THÀNH ỦY|HUYỆN ỦY|TRƯỜNG|VIỆN|NGÂN HÀNG|BẢO HIỂM|HỘI|LIÊN ĐOÀN|CHI CỤC|"
    r"THANH TRA|THỦ TƯỚNG|CHỦ TỊCH|TRẠM|ĐÀI|BÁO|HẠT|ĐỘI|CHI NHÁNH|BỆNH VIỆN|KHO BẠC|THUẾ|THỐNG KÊ|MẶT TRẬN|"
    r"LIÊN HIỆP|LIÊN MINH|TỔNG CÔNG TY|CÔNG TY|ĐOÀN|TỈNH ĐOÀN|HUYỆN ĐOÀN)\b"
)
_SHORT = ("UBND", "HĐND", "UBMTTQ", "MTTQ", "THCS", "THPT", "TNCS", "BCH")
_PROPER = ("Việt Nam", "Hồ Chí Minh", "Sở Công Thương", "Bộ Công Thương", "Đảng bộ")
# What a line says beside the issuer, where a page of two columns was read across.
_BESIDE = re.compile(r"\s{3,}\S.*|\s+(?:CỘNG H[ÒO][ÀA] X[ÃA] HỘI|ĐẢNG CỘNG SẢN|Độc lập\s*[-–]).*")
_OWN_BOARD = re.compile(r"BAN (?:CHẤP HÀNH|THƯỜNG VỤ)")  # of the body that the line above it names
_ISSUED_AT = re.compile(r"(?P<place>[^,.;:()]{2,40}),\s*ngày\s")
_HEADS = ("sở", "bộ", "ban", "phòng", "cục", "hội", "viện", "trường")  # bodies that a field of work names
_LONG_HEADS = ("chi cục", "tổng cục", "trung tâm", "văn phòng", "trạm", "bệnh viện")
_PLACE = re.compile(
    rf"\b(?:(?:tỉnh|thành|huyện) [ủu][ỷy]|{_LEVELS}|tiểu học|mầm non|THCS|THPT)\b", re.IGNORECASE
)


def find_issuer(top: Sequence[str], enclosed: Sequence[str], lines: Sequence[str]) -> str:
    """The issuing body as it is written in running text; empty where nothing names one.

    The heading's own lines count first («ỦY BAN NHÂN DÂN», «XÃ ĐĂK RVE» -> «Ủy ban nhân dân xã Đăk Rve»),
    then what stands over an appendix («... của UBND xã Gio Sơn»), then «UBND xã Gio Sơn ban hành Kế hoạch».
    """
    printed = _printed(top)
    if printed:
        return _as_spoken(printed, lines)
    spoken = [one_line(found["issuer"]) for line in enclosed if (found := _OF.search(line))]
    spoken += [one_line(issues[-1]["issuer"]) for line in top if (issues := list(_ISSUES.finditer(line)))]
    return max(spoken, key=len, default="")


def _printed(top: Sequence[str]) -> str:
    """The capital lines at the top: a place is added to its body, a lower body replaces the one above it."""
    names: list[str] = []
    for line in top[:12]:
        text = _BESIDE.sub("", line.strip(" *_")).strip()
        if text != text.upper() or _NO_ISSUER.search(text) or not re.search(r"[^\W\d]{2}", text):
            if names:
                break
        elif _BODY_NAME.match(text):
            if _OWN_BOARD.fullmatch(text) and names:
                return f"{text} {' '.join(names)}"
            names = [*names, text] if names == ["VĂN PHÒNG"] else [text]
        elif names:
            names.append(text)
    return " ".join(names)


def _as_spoken(printed: str, lines: Sequence[str]) -> str:
    """The spelling that running text has for words printed in capitals, else capitals for the place alone."""
    words = r"\s+".join(map(re.escape, printed.split()))
    wanted = re.compile(rf"(?i:{words}){_NAME if _PLACE.search(printed.split()[-1]) else ''}")
    found = Counter(one_line(match[0]) for line in lines for match in wanted.finditer(line))
    spoken = {name: count for name, count in found.items() if name != name.upper()}
    if spoken:
        longest = max(spoken, key=lambda name: (len(name.split()), spoken[name]))
        return longest[:1].upper() + longest[1:]
    return _with_names(_spelt(printed), lines)


def _with_names(name: str, lines: Sequence[str]) -> str:
    """The name with capitals where names of places have them: that of the place of issue, «Việt Nam»."""
    at = next(filter(None, (_ISSUED_AT.match(line.strip()) for line in lines)), None)
    for proper in (*_PROPER, *([at["place"]] if at else [])):
        name = re.sub(rf"\b{re.escape(proper)}\b", proper, name, flags=re.IGNORECASE)
    return name


def _spelt(printed: str) -> str:
    """Words printed in capitals as they are written, as far as the words alone tell."""
    place = _PLACE.search(printed)
    if place is None:
        return _capitals(printed)
    before = _capitals(printed[: place.start()])
    level = place[0] if place[0] in _SHORT else place[0].lower()
    begins = not before or before == "Trường"
    level = f"{level[:1].upper()}{level[1:]}" if begins else level
    return f"{before} {level}{printed[place.end() :].title()}".strip()


def _capitals(printed: str) -> str:
    """«SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH» -> «Sở Văn hóa, Thể thao và Du lịch»; abbreviations stay."""
    words = [word if word in _SHORT else word.lower() for word in printed.split()]
    if words[:2] == ["hội", "đồng"]:
        return " ".join(["Hội", *words[1:]])
    head = next(
        (head.split() for head in (*_HEADS, *_LONG_HEADS) if words[: len(head.split())] == head.split()), []
    )
    for at, word in enumerate(words):
        begins = at in (0, len(head)) or words[at - 1] in ("và", "-")
        if begins or words[at - 1].endswith(","):
            words[at] = word[:1].upper() + word[1:]
    return " ".join(words)
