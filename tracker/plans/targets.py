"""Targets in prose: «Tỷ lệ hài lòng đạt tối thiểu 90%», «dưới 08 phút», proposed as indicators."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from tracker.plans.blocks import Paragraph
from tracker.plans.draft import Heading, IndicatorDraft
from tracker.plans.numbering import split_number
from tracker.plans.places import place
from tracker.plans.quantities import NUMBER, parse_number_text
from tracker.plans.wording import is_upper, key, one_line, without_bullet
from tracker.words import fold

Bound = Literal["", "at_least", "at_most", "less_by", "more_by"]

_AIMS = re.compile(r"muctieu|chitieu")
_WORK = re.compile(r"nhiemvu|giaiphap|tochucthuchien|phancong")
_PAST = re.compile(r"thuctrang|ketqua|danhgia|tinhhinh|uudiem|hanche|mucdich|yeucau")
_MEASURES = (
    "%/năm|%|phần trăm|phút|giờ|ngày làm việc|ngày|điểm|tỷ đồng|triệu đồng|tỷ USD|triệu USD|km|ha|m2|m²|tấn|"
    "DVCTT|TTHC|dịch vụ|thủ tục|hồ sơ|người|lao động|việc làm|học sinh|học viên|lượt người|lượt|hộ|"
    "căn nhà|ngôi nhà|nhà|mô hình|lớp|kênh|buổi|cuộc|hội nghị|đơn vị|nhóm tiêu chí|tiêu chí|công trình|"
    "dự án|sản phẩm|chữ ký số|doanh nghiệp|hợp tác xã|HTX|cơ sở|cây xanh|cây|tin, bài|tin bài|chuyên mục|"
    "xã|phường|thôn|trường"
)
_BOUND = (
    r"(?:(?P<change>giảm|rút ngắn|tăng)\s+)?"
    r"(?P<bound>tối thiểu|ít nhất|không dưới|trên|từ|tối đa|không quá|dưới|đến|≥|≤|>|<)?"
)
_TARGET = re.compile(
    rf"(?:(?:đạt(?:\s+(?:tỷ lệ|từ))?|là)\s+)?{_BOUND}\s*(?P<tail>tăng|giảm)?\s*"
    rf"(?<![\w/.,-])(?P<number>{NUMBER})\s*(?P<measure>{_MEASURES})(?![\w/])"
    r"(?:\s+(?P<beyond>trở lên|trở xuống))?",
    re.IGNORECASE,
)
_SCALES = re.compile(
    r"%|phần trăm|phút|giờ|ngày|điểm|tỷ|triệu|(?:km|ha|m2|m²|tấn)(?!\w)", re.IGNORECASE
)  # what a name does not need, as «căn nhà» is needed
_ARTICLE = re.compile(r"(?:Điều|ĐIỀU)\s+\d+[.:]\s*")
_ROMAN = re.compile(r"^\(?[ivx]{1,5}\)\s+")
_CLAUSE = re.compile(r";|(?<=[^\d.])\.\s+(?=[^\W\d_])")
_YEAR = re.compile(r"(?<!so với )(?<!tháng \d )(?<!tháng \d\d )năm\s+(20\d\d)", re.IGNORECASE)
_JOINTS = re.compile(","), re.compile(r"\s+và\b")
_ONLY_WHEN = re.compile(r"(?:Năm|Đến năm|Giai đoạn|Mục tiêu năm)\s[\d\s–-]+:?", re.IGNORECASE)
_LATER = re.compile(r"(?:trong|vào|đến)\s+(?:hết\s+)?năm\s+(20\d\d)", re.IGNORECASE)
_CITED = re.compile(r"(?:số|ngày)\s*$", re.IGNORECASE)
_LONGEST_CLAUSE = 2000
_NEAR = 40  # letters after a figure in which its year stands
_EDGES = " ,.;:-–+*()“”"
_AT_LEAST = {"tối thiểu", "ít nhất", "không dưới", "trên", "từ", "≥", ">"}
_AT_MOST = {"tối đa", "không quá", "dưới", "≤", "<"}
_LONGEST_HEADING = 160


def find_targets(paragraphs: Iterable[Paragraph], heading: Heading) -> Iterator[IndicatorDraft]:
    """Propose the figures of parts that tell of aims, and those with a bound in parts that tell of work.

    Their period is the year named beside them, else over them («a) Năm 2025»), else the plan's. They come
    unselected: a person decides which of them are indicators.
    """
    aims = work = False
    over = ""
    for paragraph in paragraphs:
        text = one_line(f"{paragraph.label} {paragraph.text}")
        bare = _ARTICLE.sub("", text)
        number, title = split_number(without_bullet(bare))
        heads = number or bare != text or is_upper(text)
        if heads and len(title) < _LONGEST_HEADING and not text.endswith((".", ";")):
            letters = key(title)
            is_outer = not number or number.kind != "lower" or is_upper(text)
            if is_outer and not _ONLY_WHEN.fullmatch(title):
                aims = bool(_AIMS.search(letters))
                work = bool(_WORK.search(letters)) or (
                    work and not _PAST.search(letters) and not is_upper(text)
                )
                over = ""
            over = _year(title) or over
        if text.startswith(("Nơi nhận", "Phụ lục", "PHỤ LỤC")):
            aims = work = False
        if aims or work:
            yield from _targets(paragraph, without_bullet(text), over, heading, every=aims)


def _targets(
    paragraph: Paragraph, text: str, over: str, heading: Heading, *, every: bool
) -> Iterator[IndicatorDraft]:
    subject = ""
    for clause in _CLAUSE.split(_ROMAN.sub("", split_number(text)[1])):
        if len(clause) > _LONGEST_CLAUSE:
            continue
        for found in _TARGET.finditer(clause):
            bound = _bound(found)
            if _CITED.search(clause[: found.start("number")]) or not (
                every or (bound and found["measure"] == "%")
            ):
                continue
            name = _name(clause, found)
            yield IndicatorDraft(
                name=name if _says_what(name) else subject or one_line(clause).strip(_EDGES),
                unit="",
                period=_period(clause, found, over, heading),
                target=parse_number_text(found["number"]),
                measure=found["measure"],
                bound=bound,
                note=one_line(clause).strip(_EDGES),
                where=place(paragraph.where),
                selected=False,
            )
        first = _TARGET.search(clause)
        said = _name(clause, first) if first else one_line(clause).strip(_EDGES)
        subject = subject or (said if _says_what(said) else "")


def _bound(found: re.Match[str]) -> Bound:
    change = (found["change"] or found["tail"] or "").lower()
    said = (found["bound"] or "").lower()
    if change:
        return "more_by" if change == "tăng" else "less_by"
    beyond = (found["beyond"] or "").lower()
    if beyond == "trở xuống" or said in _AT_MOST:
        return "at_most"
    return "at_least" if beyond or said in _AT_LEAST else ""


def _name(clause: str, found: re.Match[str]) -> str:
    """The clause without the figure: «Tỷ lệ hài lòng đạt tối thiểu 90%» -> «Tỷ lệ hài lòng».

    Of several figures each takes its own part of the clause, with the first as what it belongs to: «Số hóa
    cấp tỉnh đạt 70%, cấp huyện đạt 60%» -> «Số hóa cấp tỉnh», «Số hóa cấp tỉnh: cấp huyện».
    """
    measure = "" if _SCALES.match(found["measure"]) else found["measure"]
    start, end = _part_of(clause, found)
    own = one_line(f"{clause[start : found.start()]} {measure} {clause[found.end() : end]}").strip(_EDGES)
    first = _TARGET.search(clause)
    if start == 0 or first is None or first.start() == found.start():
        return own
    return f"{one_line(clause[: first.start()]).strip(_EDGES)}: {own}"


def _says_what(name: str) -> bool:
    """Whether a name says what is measured, and not only by when: «phấn đấu đến năm 2030»."""
    return len(re.sub(r"\b(?:phan dau|den|nam|vao|20\d\d)\b", " ", fold(name)).split()) > 1


def _part_of(clause: str, found: re.Match[str]) -> tuple[int, int]:
    """From where to where a figure's own part of a clause runs: over all of it where it is the only one."""
    others = [other for other in _TARGET.finditer(clause) if other.start() != found.start()]
    before = [other.end() for other in others if other.end() <= found.start()]
    after = [other.start() for other in others if other.start() >= found.end()]
    opening = _joints(clause, before[-1], found.start()) if before else []
    closing = _joints(clause, found.end(), after[0]) if after else []
    start = opening[0].end() if opening else 0
    return start, closing[-1].start() if closing else found.end() if after else len(clause)


def _joints(clause: str, start: int, end: int) -> list[re.Match[str]]:
    """Where a part of a clause can end: at its commas, else at «và»."""
    found = (list(joint.finditer(clause, start, end)) for joint in _JOINTS)
    return next(filter(None, found), [])


def _period(clause: str, found: re.Match[str], over: str, heading: Heading) -> str:
    """The year said by the figure («đạt 100% vào năm 2030»), over it, after it, or the plan's own."""
    _, end = _part_of(clause, found)
    near = _YEAR.search(clause, found.end(), min(end, found.end() + _NEAR))
    before, later = _YEAR.findall(clause, 0, found.start()), _LATER.search(clause, found.end())
    if near:
        return near[1]
    return before[-1] if before else over or (later[1] if later else _plan_year(heading))


def _year(text: str) -> str:
    found = _YEAR.search(text)
    return found[1] if found else ""


def _plan_year(heading: Heading) -> str:
    period = heading.period
    return str(period[0].year) if period and period[0].year == period[1].year else ""
