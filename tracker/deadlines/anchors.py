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
_THIS_PLAN = ("kế hoạch", "này")
_OTHER_DOCUMENTS = (
    *("quyết định", "thông báo", "nghị quyết", "chỉ thị", "công văn", "văn bản"),
    *("chương trình", "đề án", "công điện"),
)
_FILLING = ("chính thức", "ngày", "thời điểm", "khi", "ngay", "được", "có", "đã", "việc", "sau", "là", "và")
_KNOWN = frozenset(
    word for phrase in (*_ISSUED, *_THIS_PLAN, *_OTHER_DOCUMENTS, *_FILLING) for word in phrase.split()
)


def anchor_of(words: Sequence[Token]) -> Anchor:
    """«kể từ ngày ban hành Kế hoạch» is the issue; «kể từ ngày Chính phủ ban hành Nghị định» is not.

    It is the issue only where nobody and nothing else is named: every word must be one of a short list.
    """
    event = " ".join(str(word.value) for word in words[1:])
    if not any(deed in event for deed in _ISSUED) or not _KNOWN.issuperset(event.split()):
        return Anchor.OTHER
    if "này" in event.split() or not any(document in event for document in _OTHER_DOCUMENTS):
        return Anchor.ISSUE
    return Anchor.SOME_DOCUMENT
