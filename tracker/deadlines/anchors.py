"""Whether the event a deadline is counted from is the issue of the plan itself."""

from collections.abc import Sequence
from enum import Enum

from tracker.deadlines.tokens import Token


class Anchor(Enum):
    """What a deadline is counted from."""

    ISSUE = "issue"
    SOME_DOCUMENT = "some document"  # a document is issued, most likely this one
    OTHER = "other"


_ISSUED = ("ban hành", "ký", "phê duyệt")
_OTHER_DOCUMENTS = frozenset(
    {"quyết định", "thông báo", "nghị quyết", "chỉ thị", "công văn", "văn bản", "chương trình", "đề án"}
)
_HARMLESS = _OTHER_DOCUMENTS | frozenset(
    {
        "kế hoạch",
        "này",
        "ban hành",
        "ký",
        "phê duyệt",
        "chính thức",
        "ngày",
        "thời điểm",
        "khi",
        "ngay",
        "được",
    }
    | {"có", "đã", "việc", "sau", "là", "và"}
)


def anchor_of(words: Sequence[Token]) -> Anchor:
    """«kể từ ngày ban hành Kế hoạch» is the issue; «kể từ ngày Chính phủ ban hành Nghị định» is not.

    It is the issue only where nobody else is named: every further word must be one of a short list.
    """
    spoken = [str(word.value) for word in words[1:] if word.letter not in "D"]
    if not any(word in _ISSUED for word in spoken) or not all(word in _HARMLESS for word in spoken):
        return Anchor.OTHER
    if "này" in spoken or not _OTHER_DOCUMENTS & set(spoken):
        return Anchor.ISSUE
    return Anchor.SOME_DOCUMENT
