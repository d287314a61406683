"""By when a sentence of a plan wants its duty done."""

import re
from collections.abc import Iterator

from tracker.plans.wording import one_line

_LONGEST = 5000  # letters of a duty that are looked at
_QUOTED = re.compile(
    r"“[^”]*”|\"[^\"]*\"|\((?!(?i:trước|chậm|xong|hoàn|thời|hạn|từ ngày))[^()]*(?:ngày|số)\s+\d[^()]*\)"
)
_HOUR = r"(?:\d{1,2}\s*(?:giờ|h)(?:\s*\d{1,2}(?:\s*phút)?)?,?\s+(?=ngày))?"
_DAY = (
    rf"{_HOUR}(?:ngày\s+)?\d{{1,2}}"
    r"(?:\s*[/-]\s*\d{1,2}(?:\s*[/-]\s*\d{4})?|\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)"
)
_MONTH = r"tháng\s+\d{1,2}(?:\s*[-–]\s*\d{1,2})?(?:\s*/\s*\d{4}|\s+năm\s+\d{4})?"
_QUARTER = r"quý\s+(?:IV|I{1,3}|[1-4])(?:\s*[/-]\s*\d{4}|\s+năm\s+\d{4})?"
_YEAR = r"năm\s+\d{4}"
_EACH = (
    r"(?:hằng|hàng|mỗi)\s+(?:tuần|tháng|quý|năm)"
    r"(?:\s*(?:,|/|và|hoặc)\s*(?:(?:hằng|hàng)\s+)?(?:tuần|tháng|quý|năm|6 tháng)\b)*"
)
_WITHIN = r"\s+(?:của\s+)?tháng\s+(?:cuối|đầu)(?:\s+(?:của|mỗi|hằng|hàng))?\s+quý"
_DATED = re.compile(
    rf"(?:(?:định kỳ\s+)?{_EACH}[\s,(]+)?(?:(?:xong|hoàn thành)\s+)?"
    rf"(?:trước|chậm nhất(?:\s+là|\s+vào)?|muộn nhất|đến hết|hết|trong|vào)\s+"
    rf"(?:{_DAY}|{_MONTH}|{_QUARTER}|{_YEAR}|ngày\s+\d{{1,2}})"
    rf"(?:\s+{_EACH}|{_WITHIN}|\s+của\s+[^,.;]{{4,30}})?"
    rf"|hoàn thành\s+(?:vào\s+|trong\s+)?(?:{_DAY}|{_MONTH}|{_QUARTER}|{_YEAR})"
    rf"|(?<!số liệu )(?<!phát sinh )(?<!tính )từ\s+{_DAY}\s+đến\s+(?:hết\s+)?{_DAY}"
    r"|(?:trong|sau|trước|chậm nhất)(?:\s+(?:vòng|thời hạn|thời gian|là))?\s+"
    r"\d{1,3}\s+(?:ngày làm việc|ngày|tháng),?\s+(?:kể từ|từ|sau)\s+(?:khi|ngày)\s[^,.;()]{3,80}",
    re.IGNORECASE,
)
_ALSO = re.compile(
    r"\s*(?:,|và|;)\s*(?:trước\s+|vào\s+)?"
    r"(?:ngày\s+\d{1,2}|\d{1,2}(?=\s*/))(?:\s*[/-]\s*\d{1,2}(?:\s*[/-]\s*\d{4})?|\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)"
    rf"(?:\s+{_EACH})?",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:(?:thời gian|thời hạn|tiến độ|(?<!có )hạn)(?:\s+(?:thực hiện|hoàn thành|cuối|chót))?|hoàn thành)"
    r"\s*:\s*(?P<said>[^.;]+)",
    re.IGNORECASE,
)
_BEFORE = r"(?:\s*\(\s*(?:trước|chậm nhất)[^()]+\))?"
_CADENCE = rf"(?:{_EACH}|(?:định kỳ\s+)?\d{{1,2}}\s+tháng(?:/lần)?){_BEFORE}"
_RECURRING = re.compile(
    rf"(?:định kỳ\s+\(?\s*{_CADENCE}|{_EACH}{_BEFORE})(?:\s*(?:,|và)\s*{_CADENCE})*", re.IGNORECASE
)
_REPORTS = re.compile(r"(?:báo cáo|sơ kết|tổng kết|kiểm điểm)[^.;]*$", re.IGNORECASE)
_BELONGS = re.compile(r"(?:ngân sách|nhà nước|dự toán|kinh phí|kế hoạch|hành chính|CCHC|chuyên môn)\s*$")
_OPENS = re.compile(r"(?:[.,;:(]|\b[a-zđ]\))\s*$")

Span = tuple[int, int]


def read_time(text: str) -> str:
    """The words of a sentence that set a deadline or a cadence; empty where it sets none.

    Dates of documents that are only cited do not count, nor a cadence that belongs to a noun («dự toán hằng
    năm»).
    """
    plain = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), one_line(text[:_LONGEST]))
    if labelled := _LABELLED.search(plain):
        return _balanced(labelled["said"]).strip(" )")
    cadences = [found.span() for found in _RECURRING.finditer(plain) if _is_cadence(plain, found)]
    dated = [span for span in _dates(plain) if not _inside_longer(span, cadences)]
    return "; ".join(_balanced(plain[start:end]) for start, end in dated or cadences)


def _dates(text: str) -> Iterator[Span]:
    """Where dates stand; «trước ngày 15/6 và 15/11/2026» is one wording."""
    end = 0
    for found in _DATED.finditer(text):
        if found.start() < end:
            continue
        end = found.end()
        while also := _ALSO.match(text, end):
            end = also.end()
        yield found.start(), end


def _inside_longer(span: Span, others: list[Span]) -> bool:
    """Whether a date belongs to a cadence: «định kỳ 6 tháng (trước ngày 10/6)»."""
    start, end = span
    return any(first < end and start < last and last - first > end - start for first, last in others)


def _balanced(text: str) -> str:
    """«định kỳ (hàng tháng» without the parenthesis that nothing closes."""
    return one_line(text if text.count("(") == text.count(")") else text.replace("(", " "))


def _is_cadence(text: str, found: re.Match[str]) -> bool:
    before = text[: found.start()]
    starts = not before.strip(" -+*") or bool(_OPENS.search(before))
    weekly = "tuần" in found[0].lower()
    reports = _REPORTS.search(before) and not _BELONGS.search(before)
    return starts or weekly or found[0].lower().startswith("định kỳ") or bool(reports)
