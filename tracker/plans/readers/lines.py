"""Lines broken by a page's width become the paragraphs they were."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tracker.plans.blocks import Paragraph

_ITEM = re.compile(
    r"""[-+*•·–—○●▪]\s*\S             # - gạch đầu dòng
    | \(?\d{1,3}(\.\d{1,3})*[.)/]\s    # 1.  1.2.  (1)  1/
    | \d{1,2}(\.\d{1,2})+\s            # 1.1 Nhiệm vụ
    | \(?[IVXLC]{1,6}[.)]\s            # IV.
    | \(?[a-zđ][.)]\s                  # a)  đ)
    | \(?[ivx]{1,5}\)\s                # (iv)
    | (Điều|Chương|Mục|Khoản|Biểu|Mẫu)\s(số\s)?[\dIVX]+\b
    | Phụ\ lục(\s[\dIVX]+)?$ | (Nơi\ nhận|Căn\ cứ)\b | Số\s*:
    """,
    re.VERBOSE,
)
_YEAR_RANGE = re.compile(r"\b\d{4}$"), re.compile(r"[-–]\s*\d{4}\b")
_SENTENCE_END = re.compile(r"[.;:!?/][\"”’')\]]*$")
_HANGING = re.compile(r"(,|\b(và|của|các|với|cho|theo|về|tại|từ|để|là))$")
_FULL_LINE = 0.82  # of the width: letters differ in breadth
_LONGEST_WRAP = 130


def opens_item(text: str) -> bool:
    """Whether the line begins an item or heading of its own: «a) Rà soát», «- 100%», «II. NHIỆM VỤ»."""
    return bool(_ITEM.match(text)) or text.isupper()


def ends_sentence(text: str) -> bool:
    """Whether the line ends as Vietnamese sentences and items end: «...thực hiện;», «quy định./.»"""
    return bool(_SENTENCE_END.search(text))


def cut_apart(before: str, after: str) -> bool:
    """Whether the words alone show that one line goes on in the next.

    A comma or «và» ends no sentence, and a range of years was cut in «giai đoạn 2025» and «- 2030 trên địa
    bàn».
    """
    if _YEAR_RANGE[0].search(before) and _YEAR_RANGE[1].match(after):
        return True
    return bool(_HANGING.search(before)) and not opens_item(after)


def rejoin(lines: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs of a text whose every printed line came as a paragraph; `where` is of the first line.

    A line goes on when it is no item of its own, the line before has not ended, and either it starts in lower
    case or its first word found no room in the line before (in a text that was broken at one width).
    """
    lines = list(lines)
    width = _wrap_width([len(line.text) for line in lines])
    joined: Paragraph | None = None
    last_line = ""
    for line in lines:
        if joined and _continues(last_line, line, width):
            joined = replace(joined, text=f"{joined.text} {line.text}")
        else:
            if joined:
                yield joined
            joined = line
        last_line = line.text
    if joined:
        yield joined


def _continues(before: str, line: Paragraph, width: int) -> bool:
    if cut_apart(before, line.text):
        return True
    if line.label or opens_item(line.text) or ends_sentence(before) or before.isupper():
        return False
    first_word = line.text.split(" ", 1)[0]
    return line.text[0].islower() or len(before) + 1 + len(first_word) > _FULL_LINE * width > 0


def _wrap_width(lengths: list[int]) -> int:
    """The width at which the text was broken, in letters; 0 where its paragraphs stand on one line each."""
    if len(lengths) < 10:
        return 0
    width = sorted(lengths)[int(len(lengths) * 0.95)]
    full = sum(length >= _FULL_LINE * width for length in lengths)
    return width if max(lengths) <= _LONGEST_WRAP and full >= 0.3 * len(lengths) else 0
