"""Left-overs of markup in plain text: tags, stars, hashes. What they said (lines, bold) is kept."""

import html
import re
from collections.abc import Iterable, Iterator

_LINE_TAG = re.compile(r"</?(?:p|br|li|ul|ol|div|tr|h[1-6])\b[^<>]*>", re.IGNORECASE)
_BOLD_TAG = re.compile(r"</?(?:b|strong)\b[^<>]*>", re.IGNORECASE)
_OTHER_TAG = re.compile(
    r"</?(?:i|em|u|s|span|font|sup|sub|a|o:p|center|small|big|t[dh]|table|tbody)\b[^<>]*>", re.IGNORECASE
)
_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]*\]")
_HASHES = re.compile(r"^\s{0,3}#{1,6}\s+")
_STARS = re.compile(r"\*{2,3}|__")
_LOST_BREAK = re.compile(r"(?<=[^\s*])\*{4}(?=[^\s*])")
_ITALIC = re.compile(r"(?<![\w*\\])([*_])(?=[^\s*_])([^*\n]*?[^\s*\\])\1(?![\w*])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_BOLD = "\0"


def unmarked(lines: Iterable[str]) -> Iterator[list[tuple[str, bool]]]:
    """For each line what it holds without marks: texts, and whether all of each is bold.

    «**Điều 1.** Ban hành» -> [(«Điều 1. Ban hành», False)]; «<b>TT</b>» -> [(«TT», True)]. A line with <p>,
    <br> or <li> in it holds several. A bold part may run over several lines; give those between two blank
    ones, for no pair of stars reaches further.
    """
    bold = False
    for line in lines:
        heading = bool(_HASHES.match(line))
        held = []
        for part in _mark_bold(_HASHES.sub("", line)).split("\n"):
            outside, bold = _outside_bold(part, bold)
            plain = _ITALIC.sub(r"\2", part.replace(_BOLD, ""))
            if plain.strip():
                held.append((html.unescape(_ESCAPE.sub(r"\1", plain)), heading or not outside))
        yield held


def unmarked_cell(text: str) -> tuple[str, bool]:
    """The lines of a cell without marks, and whether all of them are bold.

    «<p>Rà soát:</p> <ul><li>- Mẫu</li></ul>» -> («Rà soát:\\n- Mẫu», False).
    """
    [parts] = unmarked([text])
    return "\n".join(line for line, _ in parts), bool(parts) and all(bold for _, bold in parts)


def _mark_bold(line: str) -> str:
    """One sign for every way to begin or end bold, a line break for every tag that makes one."""
    line = _LOST_BREAK.sub("**\n**", _BOOKMARK.sub("", line))
    line = _OTHER_TAG.sub("", _LINE_TAG.sub("\n", line))
    return _STARS.sub(_BOLD, _BOLD_TAG.sub(_BOLD, line))


def _outside_bold(part: str, bold: bool) -> tuple[str, bool]:
    """What of the part is not bold, and whether bold goes on after it."""
    pieces = part.split(_BOLD)
    outside = "".join(pieces[1::2] if bold else pieces[0::2])
    return outside.strip(), bold ^ (len(pieces) % 2 == 0)
