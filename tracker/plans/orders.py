"""What a document says in words of the plan it amends: tasks that are given up."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tracker.plans.amending import ALIKE, Side, likeness
from tracker.plans.blocks import Paragraph
from tracker.plans.draft import Withdrawal
from tracker.plans.wording import one_line
from tracker.words import fold

_GIVE_UP = r"(?:bãi bỏ|h[ủu][ỷy] bỏ|loại bỏ|không (?:tiếp tục )?thực hiện|đưa ra khỏi (?:kế hoạch|danh mục))"
_TASKS = r"(?:các\s+)?(?:nội dung\s+)?(?:nhiệm vụ|số thứ tự|STT)"
_NUMBERED = re.compile(
    rf"{_GIVE_UP}\s+{_TASKS}\s+(?:(?:có\s+)?(?:số thứ tự|STT|số|thứ)\s+)?"
    r"(?P<numbers>\d[\d.]*(?:\s*(?:,|và)\s*(?:số\s+)?\d[\d.]*)*)(?P<where>[^.;]*)",
    re.IGNORECASE,
)
_TITLED = re.compile(
    rf"{_GIVE_UP}\s+{_TASKS}[^“”\".;]{{0,60}}[“\"](?P<title>[^”\"]{{8,500}})[”\"]", re.IGNORECASE
)
_GROUP = re.compile(r"(?:mục|phần|nhóm)\s+(?P<group>[IVX]{1,6}|[A-ZĐ])\b")
_LONGEST = 3000  # letters of a paragraph that are looked at


def find_withdrawals(paragraphs: Iterable[Paragraph]) -> Iterator[Withdrawal]:
    """«Bãi bỏ nhiệm vụ số 3, 5 mục II», «bãi bỏ nhiệm vụ “Tổ chức ngày hội”»."""
    for paragraph in paragraphs:
        text = one_line(paragraph.text[:_LONGEST])
        for found in _NUMBERED.finditer(text):
            group = _GROUP.search(found["where"])
            numbers = tuple(number.strip(".") for number in re.findall(r"\d[\d.]*", found["numbers"]))
            yield Withdrawal(found[0].strip(), numbers, group["group"] if group else "")
        for found in _TITLED.finditer(text):
            yield Withdrawal(found[0], title=found["title"])


def _gives_up(order: Withdrawal, side: Side) -> bool:
    if order.title:
        return likeness(Counter(fold(order.title).split()), Counter(fold(side.title).split())) >= ALIKE
    return side.no in order.numbers and order.group in ("", side.group_no)


def withdrawn(gone: Iterable[Side], orders: Sequence[Withdrawal]) -> Mapping[str, str]:
    """The tasks, by key, that are given up in words, each with the words."""
    said = ((side.key, next((one.text for one in orders if _gives_up(one, side)), "")) for side in gone)
    return {key: text for key, text in said if text}
