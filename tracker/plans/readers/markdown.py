"""Markdown: pipe tables; the rest is plain text with marks."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from tracker.plans.blocks import Document
from tracker.plans.readers.encoding import decode
from tracker.plans.readers.text import read_blocks

_DELIMITER = re.compile(r"\s*\|?\s*:?-{1,}:?\s*(\|\s*:?-{1,}:?\s*)*\|?\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-{2,}|\*{3,}|_{3,})\s*")
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_QUOTE = re.compile(r"^\s{0,3}(>\s?)+")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")


def read(stream: BinaryIO) -> Document:
    """Read Markdown as `text.read` reads text, and its pipe tables; `where.line` is the line in the file."""
    return Document(blocks=tuple(read_blocks("\n".join(_plain_lines(decode(stream.read()))))))


def _plain_lines(text: str) -> Iterator[str]:
    """The same lines with tabs in place of pipes, links as their words, fences and rules blank."""
    lines = text.splitlines()
    in_table = False
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        in_table = bool(_PIPE.search(line)) and (in_table or _is_delimiter(following))
        if in_table:
            yield "\t\t" if _is_delimiter(line) else _row(line)
        elif _UNDERLINE.fullmatch(line) or _FENCE.match(line):
            yield ""
        else:
            yield _LINK.sub(r"\1", _QUOTE.sub("", line).replace("\t", " "))


def _is_delimiter(line: str) -> bool:
    return "|" in line and bool(_DELIMITER.fullmatch(line))


def _row(line: str) -> str:
    cells = _PIPE.split(line.strip().removeprefix("|"))
    if len(cells) > 1 and not cells[-1].strip():
        cells.pop()
    return "\t".join(_LINK.sub(r"\1", cell.replace("\t", " ").replace("\\|", "|")).strip() for cell in cells)
