"""One spelling for text that came out of files, forms and web pages, before anything is understood of it."""

import html
import re
import unicodedata

from tracker.deadlines.vocabulary import KNOWN_WORDS, TIME_WORDS, UNMARKED

_DASHES = "‐‑‒–—―−﹘﹣－⁃"
_SLASHES = "∕⁄／\\"
_QUOTES_AND_MARKS = "“”„‟\"‘’‚‛'`´«»*_|#•·●○▪►¬~^[]{}"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_ONE_FOR_ONE = str.maketrans(
    {
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_SLASHES, "/"),
        **dict.fromkeys(_QUOTES_AND_MARKS, " "),
        **dict.fromkeys(_INVISIBLE, None),
    }
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--[^<>]*-->")
_SPACED_SLASH = re.compile(r"(?<=\w) ?/+ ?(?=\w)")
_SPACED_DATE_DOT = re.compile(r"(?<=\d) ?\. ?(?=\d{1,2} ?\. ?\d{4}(?!\d))|(?<=\d\.\d) ?\. ?(?=\d{4}(?!\d))")
_TORN_YEAR = re.compile(r"(?i)(?<=/|-)2 ?0 ?\d ?\d(?![\d/])|(?<=năm )2 ?0 ?\d ?\d(?![\d/])")
_NUMBER_IN_WORDS = re.compile(
    r"(?<=\d) ?\((?:[^\W\d_]+ ){0,3}[^\W\d_]+\)(?= ?(?:ngày|tháng|tuần|năm|giờ))", re.I
)
_FRAGMENT = re.compile(r"(?i)(?<!\w)(?:[^\W\d_]|qu|[bcdđghklmnpqrstvx]{2,3})(?!\w)")
_LETTERS = re.compile(r"[^\W\d_]+")
_PLAIN_WORD = re.compile(r"\b(?![IVXivx]+\b)[A-Za-z]{3}")
_LONGEST_TEAR = 8
_SHORT_TEAR = 3


def normal(text: str) -> str:
    """The text in one spelling, its case kept: «T rước ngày&nbsp;28 / 3 – 2025» -> «Trước ngày 28/3 - 2025».

    Composed Unicode, plain hyphens and slashes, no mark-up, no quotation marks, single spaces, torn words
    whole again. Full-width letters and roman numerals that are one character (Ⅱ) become plain ones.
    """
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub(" ", html.unescape(text)))
    text = unicodedata.normalize("NFKC", text).translate(_ONE_FOR_ONE)
    text = " ".join(text.split())
    text = _SPACED_SLASH.sub("/", text)
    text = _SPACED_DATE_DOT.sub(".", text)
    text = _TORN_YEAR.sub(lambda torn: torn[0].replace(" ", ""), text)
    text = _NUMBER_IN_WORDS.sub("", text)
    return _mended(text)


def is_unmarked(text: str) -> bool:
    """Whether a normal text has words but not one Vietnamese mark: «Truoc ngay 28/3/2025»."""
    return text.isascii() and _PLAIN_WORD.search(text) is not None


def marked(text: str) -> str:
    """An unmarked text with the marks of the words of time put back: «Truoc ngay 28/3» -> «trước ngày
    28/3».
    """
    return _LETTERS.sub(lambda word: UNMARKED.get(word[0].lower(), word[0]), text)


def _mended(text: str) -> str:
    """Words that were torn into pieces, whole again: «T h ường xuyên» -> «Thường xuyên»."""
    pieces = text.split(" ")
    whole: list[str] = []
    at = 0
    while at < len(pieces):
        length = _tear_length(pieces, at)
        whole.append("".join(pieces[at : at + length]))
        at += length
    return " ".join(whole)


def _tear_length(pieces: list[str], at: int) -> int:
    """How many pieces from `at` make one known word; 1 where the piece stands for itself."""
    first = pieces[at].lstrip("(").lower()
    if not first.isalpha() or (len(first) > 1 and first in KNOWN_WORDS):
        return 1
    longest = _LONGEST_TEAR if _FRAGMENT.fullmatch(first) else _SHORT_TEAR
    for length in range(min(longest, len(pieces) - at), 1, -1):
        tail = _LETTERS.match(pieces[at + length - 1])
        torn = [
            first,
            *(piece.lower() for piece in pieces[at + 1 : at + length - 1]),
            tail[0].lower() if tail else "",
        ]
        word = "".join(torn)
        if word in KNOWN_WORDS and any(_FRAGMENT.fullmatch(piece) for piece in torn):
            return length
        if word in TIME_WORDS and not KNOWN_WORDS.intersection(torn):
            return length
    return 1
