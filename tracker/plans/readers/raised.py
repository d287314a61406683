"""Raised letters and figures: marks of notes, which are no part of a text, and powers, which are."""

import re

_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡]{1,4}|[ivx]{1,4}|[a-e])[\])]?")
_MEASURE = re.compile(r"(?<!\w)[kcdm]?m$")
_POWERS = str.maketrans("23", "²³")

FOOTNOTES_LEFT_OUT = "Văn bản có {count} cước chú: nội dung cước chú không được đọc."


def raised(before: str, text: str) -> str:
    """What a raised text adds to what stands before it in its line.

    («500 m», «2») -> «²»; the mark of a note («(1)» behind «30/6/2026») -> nothing; other text stays.
    """
    bare = text.strip()
    if bare in ("2", "3") and _MEASURE.search(before):
        return bare.translate(_POWERS)
    return "" if before.strip() and _MARK.fullmatch(bare) else text
