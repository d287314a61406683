"""One cell for what comes of a task and when: «Kế hoạch; trong tháng 02/2026» taken apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.deadlines.grammar import LONGEST_TEXT, read_deadline
from tracker.deadlines.meaning import Context, Kind
from tracker.plans.wording import is_blank, one_line, without_bullet

_TIME = re.compile(
    r"(?<!\w)(?<!\d/)(?:(?:hoàn thành|xong|trình|ban hành|thực hiện)\s+)?"
    r"(?:trong|trước|chậm nhất|muộn nhất|đến|hết|từ|quý|qúy|quí|tháng|năm|ngày|thường xuyên|liên tục|"
    r"hằng|hàng|định kỳ|mỗi|cả năm|cuối|đầu|giữa|giai đoạn|6 tháng|sau|kể từ|\d{1,2}\s*/\s*\d)",
    re.IGNORECASE,
)
_LABELLED = r"(?:thời gian|thời hạn|tiến độ|sản phẩm|kết quả)(?: hoàn thành| thực hiện| dự kiến)?\s*:\s*"
_LABEL = re.compile(_LABELLED, re.IGNORECASE)
_PIECE = re.compile(rf"\n|;|[.,]\s+(?={_LABELLED})", re.IGNORECASE)
_AFTER_TIME = re.compile(r"\s*:\s+|\s+[-–]\s+")
_OF_GROUP = re.compile(
    r"(?:^|(?:nhiệm vụ|công việc|hoạt động|nội dung|công tác|việc)(?:\s+\w+){0,4}?\s)\W*"
    r"(?P<time>(?:trong\s+|của\s+)?(?:quý|tháng|năm|6 tháng|thường xuyên|hằng|hàng|định kỳ)\b.*)$",
    re.IGNORECASE,
)
_EDGES = " .,;:/()–—-"
_ANY_YEAR = Context(issued=date(2026, 1, 1), start=date(2026, 1, 1), end=date(2026, 12, 31))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is to come of a task, and by when; either can be empty."""

    product: str
    deadline: str


def read_outcomes(text: str) -> list[Outcome]:
    """The products of a cell with the times that stand beside or below them, in order.

    «Quy chế/Quý I năm 2026» -> [(«Quy chế», «Quý I năm 2026»)]. A text that names no time is all product.
    """
    outcomes: list[Outcome] = []
    waiting: list[str] = []
    for product, deadline in _pieces(text):
        if product:
            waiting.append(product)
        if not deadline:
            continue
        if waiting:
            outcomes.append(Outcome("\n".join(waiting), deadline))
            waiting = []
        else:
            outcomes.append(Outcome("", deadline))
    if waiting and outcomes and not outcomes[-1].product:
        outcomes[-1] = Outcome("\n".join(waiting), outcomes[-1].deadline)
    elif waiting:
        outcomes.append(Outcome("\n".join(waiting), ""))
    return outcomes


def time_of_group(title: str) -> str:
    """«Nhiệm vụ trọng tâm quý I» -> «quý I»; empty where the title of a group names no time of its tasks."""
    found = _OF_GROUP.search(title.strip())
    time = found["time"].strip(_EDGES) if found else ""
    return time if is_time(time) else ""


def is_time(text: str) -> bool:
    """Whether a text says when and nothing else, whatever the year."""
    if not _TIME.match(text) or len(text) > LONGEST_TEXT:
        return False
    reading = read_deadline(text, _ANY_YEAR)
    return not reading.unread and all(found.kind is not Kind.UNRESOLVED for found in reading.milestones)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    for piece in _PIECE.split(text):
        bare = _LABEL.sub("", without_bullet(one_line(piece)))
        if not is_blank(bare):
            yield _parted(bare)


def _parted(text: str) -> tuple[str, str]:
    """Product and time of one piece: the time it begins with, else the longest end that is only a time."""
    for mark in _AFTER_TIME.finditer(text):
        before, after = text[: mark.start()], text[mark.end() :].strip(_EDGES)
        if is_time(before) and not is_time(after):
            return after, before
    for found in _TIME.finditer(text):
        time = text[found.start() :].strip(_EDGES)
        if is_time(time):
            return text[: found.start()].strip(_EDGES), time
    return text.strip(_EDGES), ""
