"""What a task must produce: one cell of a table, split into deliverables."""

import re

from tracker.plans.wording import LOWER, UPPER, is_blank, one_line, without_bullet

DEFAULT = "Báo cáo kết quả"

# A full stop ends a deliverable where a capital follows, but not after the initials of «TP. Huế», «v.v.».
_END = re.compile(
    rf"\n|;\s*|(?<!\bTP)(?<!\bv\.v)(?<!\bsố)(?<!\.)\.\s+(?=(?:[-–+•]\s*)?[{UPPER}])|(?<=[.;:])\s+(?=[-–+•]\s)"
)
_END_OR_PARENTHESIS = re.compile(f"[()]|{_END.pattern}")
_INNER_BULLET = re.compile(rf"\s[-–+•]\s(?=[{UPPER}])")
_WIDTH_BREAK = re.compile(
    rf"(?:,|\b(?:và|hoặc|của|về|cho|các|theo|tại|với|ngày|tháng|năm|số))\n|\n(?=[{LOWER}(,.;)])"
)


def split(text: str) -> tuple[str, ...]:
    """«- Kế hoạch. - Quyết định; Báo cáo» -> («Kế hoạch», «Quyết định», «Báo cáo»); empty for an empty cell.

    It splits at paragraphs, bullets, semicolons and full stops, never at commas or «và», and never inside
    parentheses.
    """
    pieces = [piece for line in _cut(_joined_lines(text)) for piece in _bulleted(line)]
    names = (without_bullet(one_line(piece)).strip(" .;,") for piece in pieces)
    return tuple(dict.fromkeys(name for name in names if not is_blank(name)))


def _joined_lines(text: str) -> str:
    """Lines that only the width of the cell broke are one again."""
    whole = re.sub(r"(?<=\w)([-/])\n(?=\w)", r"\1", text)
    return _WIDTH_BREAK.sub(lambda cut: cut[0].replace("\n", " "), whole)


def _bulleted(text: str) -> list[str]:
    """«- Kế hoạch - Báo cáo» is two: bullets inside a line count where the line itself begins with one."""
    return _INNER_BULLET.split(text) if re.match(r"\s*[-–+•]\s", text) else [text]


def _cut(text: str) -> list[str]:
    """The text cut at its ends, those inside parentheses left alone (where the parentheses close)."""
    if text.count("(") != text.count(")"):
        return _END.split(text)
    pieces, start, depth = [], 0, 0
    for mark in _END_OR_PARENTHESIS.finditer(text):
        if mark[0] in ("(", ")"):
            depth += 1 if mark[0] == "(" else -1
        elif depth <= 0:
            pieces.append(text[start : mark.start()])
            start = mark.end()
    return [*pieces, text[start:]]
