"""Bytes of text become letters: UTF-8, UTF-16, or the Windows code page of Vietnamese."""

import codecs
import re
import unicodedata

from tracker.plans.blocks import UnreadableFile
from tracker.plans.readers.refusals import NOT_TEXT, UNKNOWN_ENCODING

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<meta[^>]*charset=[\"']?([\w-]+)", re.IGNORECASE)
_BROKEN_LETTER = "\ufffd"
_FEW = 0.001
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f]")


def decode(content: bytes) -> str:
    """The text of a file of unknown encoding, NFC: what a mark or its bytes say, else what a page declares.

    One letter in a thousand may be broken: it becomes «\ufffd». Raises UnreadableFile for what is no text,
    and for text in an encoding that cannot be told.
    """
    for encoding in _candidates(content):
        text = content.decode(encoding, errors="replace")
        if text.count(_BROKEN_LETTER) <= _FEW * len(text) and not _CONTROLS.search(text):
            return unicodedata.normalize("NFC", text)
    raise UnreadableFile(NOT_TEXT if _CONTROLS.search(content.decode("latin-1")) else UNKNOWN_ENCODING)


def _candidates(content: bytes) -> list[str]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return [encoding]
    if content[:200].count(0) > len(content[:200]) // 4:
        return ["utf-16-le" if content[1:2] == b"\0" else "utf-16-be"]
    declared = _DECLARED.search(content[:2048])
    named = [declared[1].decode("ascii")] if declared and _is_known(declared[1].decode("ascii")) else []
    return ["utf-8", *named, *(["cp1258"] if _is_vietnamese_1258(content) else [])]


def _is_known(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name not in {"utf-16", "utf-7"}
    except LookupError:
        return False


def _is_vietnamese_1258(content: bytes) -> bool:
    """Whether the code page makes sense: its tone marks then all stand on a vowel and become one letter."""
    composed = unicodedata.normalize("NFC", content.decode("cp1258", errors="replace"))
    return _BROKEN_LETTER not in composed and not any(map(unicodedata.combining, composed))
