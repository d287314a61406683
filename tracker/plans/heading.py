"""The heading of a plan: number, date, issuer, title, period and basis; what is left blank stays empty."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.plans.blocks import UnreadableFile
from tracker.plans.draft import Heading
from tracker.plans.issuers import find_issuer
from tracker.plans.wording import one_line

SECRET = "Văn bản có dấu Mật nên không được đưa lên hệ thống này."
NUMBERS_DIFFER = "Số văn bản được ghi khác nhau: {}."

_KINDS = (
    "KẾ HOẠCH|CHƯƠNG TRÌNH|QUYẾT ĐỊNH|NGHỊ QUYẾT|ĐỀ ÁN|PHƯƠNG ÁN|CHỈ THỊ|THÔNG BÁO|HƯỚNG DẪN|CÔNG VĂN|"
    "TỜ TRÌNH|CÔNG ĐIỆN"
)
_KIND = re.compile(rf"(?:{_KINDS})(?:(?: HÀNH ĐỘNG| CÔNG TÁC| THỰC HIỆN| PHỐI HỢP)?|\s+(?P<title>\S.+))")
_NAMED = re.compile(
    r"(?:Kế hoạch|Chương trình|Đề án|Phương án)\s+(?!này\b|số\b|của\b|gồm\b)(?P<title>[^.;:]{12,200})"
)
_SIGN = r"(?:/\d{4})?\s?[/-]\s?[A-ZĐ][\w]*(?:\s?[-–/&.]\s?[A-ZĐ]\w*)*"
_NUMBER = re.compile(rf"(?:^|\s)[Ss]ố\s*(?P<colon>:?)\s*(?P<number>\d{{1,5}}[a-z]?\s?{_SIGN})")
_DAY = (
    r"ngày\s+(?P<day>\d{1,2})(?:\s+tháng\s+|\s*[/.-]\s*)(?P<month>\d{1,2})"
    r"(?:\s+năm\s+|\s*[/.-]\s*)(?P<year>\d{4})"
)
_DATED = re.compile(rf"^(?!Căn cứ)[^,]{{2,70}},\s*{_DAY}", re.IGNORECASE)
_ENCLOSED = re.compile(rf"\(?\s*(?:ban hành\s+)?kèm theo\s+(?:{_KINDS})\s+[Ss]ố", re.IGNORECASE)
_BASIS = re.compile(r"(Căn cứ|Thực hiện|Theo đề nghị|Xét đề nghị|Trên cơ sở|Triển khai)\s")
_DECREES = re.compile(r"như sau\s*:?\s*$|^(?!.*\bsố\s*\d).*ban hành [Kk]ế hoạch", re.DOTALL)
_STAMP = re.compile(r"(?:độ mật:?\s*)?(?:tối |tuyệt )?mật", re.IGNORECASE)
_PART = re.compile(r"(?:[IVX]{1,5}|[A-D])[.)]\s+\S")
_ABOUT = re.compile(r"(?:V/v|Về việc)\s+(?P<title>\S.+)", re.DOTALL)
_APPENDIX = re.compile(r"(?:phụ lục|biểu)\b[^.:]{0,20}$", re.IGNORECASE)
_FIRST_PART = re.compile(r"(?:(?:I|1|A)[.)]\s|PHẦN|Phần thứ|Điều 1\b|QUYẾT ĐỊNH:|QUYẾT NGHỊ:)")
_AFTER_TITLE = re.compile(
    r"(?:Căn cứ|Theo đề nghị|\(|Kèm theo|Kính gửi|Phụ lục|PHỤ LỤC|Biểu|BIỂU|DANH MỤC|Điều \d|"
    r"_{3,}|-{3,}|QUYẾT ĐỊNH:|[ỦU][ỶY]? ?BAN |UBND |"
    r"CHÍNH PHỦ|CHỦ TỊCH|HỘI ĐỒNG|BỘ TRƯỞNG|GIÁM ĐỐC|THỦ TƯỚNG|TRƯỞNG BAN)"
)
_PREAMBLE = re.compile(
    r"(?:Thực hiện|Triển khai|Trên cơ sở|Để|Nhằm|Theo)\s.{120,}|Trong thời gian|Thời gian qua|Hiện nay|"
    r".*(?:như sau\s*[:.]?|:)$",
    re.DOTALL,
)
_YEARS = re.compile(r"(?<!\d)(20\d\d)\s*[-–—]\s*(20\d\d)(?!\d)")
_YEAR = re.compile(
    r"(?<!đến )(?<!từ )(?<!trước )(?<!tháng \d )(?<!tháng \d\d )năm\s+(20\d\d)(?!\s*[-–—]\s*20)",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"đến\s+(?:hết\s+)?năm\s+(20\d\d)", re.IGNORECASE)
_LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class HeadingReading:
    """A heading, and in Vietnamese what in it does not agree."""

    heading: Heading
    warnings: tuple[str, ...] = ()


def read_heading(lines: Sequence[str]) -> HeadingReading:
    """Read the heading from the lines of a document outside its task tables, in order.

    Number and date come from the first page («Số: 175/KH-UBND»), else from a line over an appendix («Ban hành
    kèm theo Kế hoạch số 175/KH-UBND ngày 17/02/2025»). Raises UnreadableFile where a line is a stamp of
    secrecy.
    """
    top = _top(lines)
    if is_secret(top):
        raise UnreadableFile(SECRET)
    enclosed = [line for line in lines if _ENCLOSED.match(line)]
    numbers = _numbers(top) or _numbers(enclosed)
    title = _title(lines)
    issued = _date(_DATED.search(line) for line in top) or _date(re.search(_DAY, line) for line in enclosed)
    heading = Heading(
        number=numbers[0] if numbers else None,
        issued=issued,
        issuer=find_issuer(top, enclosed, lines),
        title=title,
        period=_period(title, issued),
        basis=tuple(_basis(top)),
    )
    spellings = list(dict.fromkeys(numbers + _numbers(enclosed)))
    differ = [NUMBERS_DIFFER.format("; ".join(spellings))] if len(spellings) > 1 else []
    return HeadingReading(heading, tuple(differ))


def is_secret(lines: Sequence[str]) -> bool:
    """Whether a line over the first part of a text stamps it secret: «MẬT», «Độ mật: Tối mật», «M Ậ T»."""
    return any(_is_stamp(line) for line in _top(lines))


def _is_stamp(line: str) -> bool:
    words = " ".join(re.sub(r"[^\w\s:]", " ", line).split())
    return bool(_STAMP.fullmatch(words)) or words.replace(" ", "") in ("MẬT", "TỐIMẬT", "TUYỆTMẬT")


def _top(lines: Sequence[str]) -> list[str]:
    """The lines before the first part of the text."""
    end = next((i for i, line in enumerate(lines) if _FIRST_PART.match(line)), len(lines))
    return list(lines[: min(end, _LONGEST_HEADING)])


def _numbers(lines: Iterable[str]) -> list[str]:
    found = (_NUMBER.search(line) for line in lines if not _BASIS.match(line))
    return [re.sub(r"\s+", "", number["number"]) for number in found if number and not _is_cited(number)]


def _is_cited(number: re.Match[str]) -> bool:
    """«thực hiện Nghị quyết số 57-NQ/TW» in a title bears no number of its own."""
    before = number.string[: number.start()].split()
    follows = bool(before) and before[-1].islower() and not number["colon"]
    return follows and not _ENCLOSED.match(number.string)


def _date(found: Iterable[re.Match[str] | None]) -> date | None:
    for match in found:
        if match:
            try:
                return date(int(match["year"]), int(match["month"]), int(match["day"]))
            except ValueError:
                continue
    return None


def _title(lines: Sequence[str]) -> str:
    """What stands under «KẾ HOẠCH», over as many lines as it takes; of a letter what it is about; where the
    kind is in small letters, what follows it: «Kế hoạch chuyển đổi số năm 2026»."""
    for at, line in enumerate(lines):
        kind = _KIND.fullmatch(line.strip())
        if kind and not line.strip().endswith(":"):
            first = [kind["title"]] if kind["title"] else []
            return one_line("\n".join([*first, *_title_lines(lines[at + 1 : at + 8], bool(first))]))
    top = [line.strip() for line in _top(lines)]
    found = [match for form in (_ABOUT, _NAMED) for line in top if (match := form.fullmatch(line))]
    title = one_line(found[0]["title"]) if found else _appendix_title(lines)
    return f"{title[:1].upper()}{title[1:]}"


def _appendix_title(lines: Sequence[str]) -> str:
    """What stands between «PHỤ LỤC» and «(Kèm theo Kế hoạch số ...)», where that is all a document has."""
    at = next((i for i, line in enumerate(lines) if _ENCLOSED.match(line)), 0)
    over = [line.strip() for line in lines[max(at - 4, 0) : at]]
    begin = next((i + 1 for i, line in enumerate(over) if _APPENDIX.match(line)), None)
    return one_line("\n".join(filter(None, over[begin:]))) if begin is not None else ""


def _title_lines(lines: Sequence[str], begun: bool) -> Iterable[str]:
    for line in lines:
        if not line or _AFTER_TITLE.match(line) or _FIRST_PART.match(line) or _PART.match(line):
            return
        if begun and _PREAMBLE.match(line):
            return
        yield line
        begun = True
        if line.rstrip().endswith((".", ";", ":")):
            return


def _period(title: str, issued: date | None) -> tuple[date, date] | None:
    """«năm 2025», «giai đoạn 2025 - 2030», «đến năm 2030» (from the day of issue)."""
    year, years, until = _YEAR.search(title), _YEARS.search(title), _UNTIL.search(title)
    if year:
        return date(int(year[1]), 1, 1), date(int(year[1]), 12, 31)
    if years and years[1] <= years[2]:
        return date(int(years[1]), 1, 1), date(int(years[2]), 12, 31)
    if until and issued and issued.year <= int(until[1]):
        return issued, date(int(until[1]), 12, 31)
    return None


def _basis(top: Sequence[str]) -> Iterable[str]:
    """«Căn cứ ...» lines; what a line goes on to decree is left out."""
    title_seen = False
    for line in top:
        title_seen = title_seen or bool(_KIND.fullmatch(line.strip()))
        if title_seen and _BASIS.match(line):
            kept = [piece for piece in line.split(";") if not _DECREES.search(piece)]
            text = one_line(";".join(kept)).strip(" ;:.")
            if text and (line.startswith("Căn cứ") or ";" in line or line.rstrip().endswith((";", ".", ":"))):
                yield text
