"""The printed lines of a cell become the lines that were typed in it."""

import re
from collections.abc import Sequence
from itertools import pairwise

from tracker.plans.readers.lines import cut_apart, ends_sentence, opens_item
from tracker.plans.readers.pdf.lines import Line, joined, wrapped

ORDINAL = re.compile(r"(\d{1,3}(\.\d{1,3})*|[IVXLC]{1,6}|[a-zđA-Z])[.)]?")  # the number of a row

_PIECE = re.compile(r"[\d.]{1,4}|[IVXLC]{1,4}\.?|[STĐ]{1,2}")  # of a number, or of «STT»
_PADDING = 3.0  # points between an edge and the text, at least and at most
_WIDEST_PADDING = 8.0

# The words that names of bodies begin with: two such lines under each other are two bodies.
_BODY = re.compile(
    r"(Ban|Bảo hiểm|Bộ|Báo|Các|Chi cục|Chi nhánh|Cơ quan|Công an|Công ty|Cục|Đài|Đoàn|HĐND|Hội|Kho bạc|"
    r"Liên đoàn|Ngân hàng|Phòng|Sở|Thanh tra|Tổng cục|Trạm|Trung tâm|Trường|UBND|Ủy ban|Văn phòng|Viện)"
    r"\s(\S+\s)*\S+"
)


def cell_text(lines: Sequence[Line], left: float, right: float) -> tuple[str, bool]:
    """The paragraphs of a cell between two edges as lines, and whether all is bold.

    A printed line goes on in the next one when the first word there found no room any more, or is in lower
    case: «Các bộ, cơ quan» and «ngang bộ» are one line, «Bộ Y tế» and «Bộ Công an» in a broad cell are two.
    """
    if not lines:
        return "", False
    margin = min(max(min(line.x0 for line in lines) - left, _PADDING), _WIDEST_PADDING)
    room = max(right - left - 2 * margin, *(line.x1 - line.x0 for line in lines))
    if _is_torn(lines, room):
        return "".join(line.text for line in lines), all(line.bold for line in lines)
    text = lines[0].text
    for before, line in pairwise(lines):
        text = joined(text, line.text) if _goes_on(before, line, room) else f"{text}\n{line.text}"
    return text, all(line.bold for line in lines)


def _is_torn(lines: Sequence[Line], room: float) -> bool:
    """Whether a column too narrow for its numbers broke one: «1» over «0», «S» over «TT»."""
    beside = all(
        before.x1 - before.x0 + line.x1 - line.x0 + _PADDING > room for before, line in pairwise(lines)
    )
    return len(lines) > 1 and beside and all(_PIECE.fullmatch(line.text) for line in lines)


def _goes_on(before: Line, line: Line, room: float) -> bool:
    if cut_apart(before.text, line.text):
        return True
    if opens_item(line.text) and not line.text.isupper():
        return False
    if line.text[0].islower() and not ends_sentence(before.text):
        return True
    if _BODY.fullmatch(before.text) and _BODY.match(line.text):
        return False
    return wrapped(before, line, room)
