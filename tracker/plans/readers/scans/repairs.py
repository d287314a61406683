"""What recognition gets wrong for certain is mended: marks of well-known words, digits taken for letters.

Nothing is guessed: a pair of words is mended only where its letters without their marks can be no other pair,
or where the other pair does not stand there as it is written («bắt đầu từ», not «đầu tư»).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from tracker.plans.readers.scans.pairs_of_words import KNOWN, OTHERS
from tracker.words import fold

_PAIRS: dict[str, Sequence[str]] = {
    fold(" ".join(pair)): pair for pair in (part.split() for part in KNOWN.split(","))
}
_PAIRS["cong be"] = ("công", "bố")  # «ố» is taken for «é»
_OTHERS = frozenset(tuple(pair.split()) for pair in OTHERS.split(","))
# Words that are no others: without a tone they cannot end so, or are never written in a plan.
_ALONE = {
    "sô": "số", "vê": "về", "vể": "về", "câp": "cấp", "xuât": "xuất", "chât": "chất",
    "luât": "luật", "luậ": "luật", "việ": "việc", "viêc": "việc", "kêt": "kết", "quyêt": "quyết",
    "tiêp": "tiếp", "cuôc": "cuộc", "quôc": "quốc", "thuôc": "thuộc", "triên": "triển",
    "yà": "và", "cúa": "của", "điêm": "điểm", "biêu": "biểu", "nhiêu": "nhiều",
    "iers": "IFRS",
}  # fmt: skip
# «đề cắt giảm»: to do something, unless it is a part of a word: «đề nghị», «vấn đề».
_AFTER_SUBJECT = re.compile(
    r"(an|án|bài|bạt|cao|cập|cử|cương|dẫn|đạt|đốc|huề|kháng|lao|mục|nghị|phòng|ra|tài|thi|từ|xuất|xướng)\b"
)
_BEFORE_SUBJECT = re.compile(r"(chủ|chuyên|đầu|đối|làm|luận|mệnh|nan|nghề|nhan|tiền|tiêu|vấn)$")
# What else a word can be is told by the one after it: «vẻ đẹp», «quyên góp».
_BEFORE = {"vẻ": ("về", re.compile(r"đẹp|vang")), "quyên": ("quyền", re.compile(r"góp|tặng|cúng"))}
_STRAY = re.compile(r"^['`‘’](?=\w)|(?<=\w)['`‘]$")  # a speck beside a letter
_TORN = re.compile(r"^\([/fIl]?heo$")  # «(theo»
_TONED = re.compile(r"\W*[^\W\d_]*[AEIOUYaeiouy][\u0300-\u0323][^\W\d_]*\W*")
_DIGITS = re.compile(r"[\dl|./-]*\d[\dl|./-]*|l\.?")
_QUARTER = re.compile(r"^([Il|1][Il|1L]{1,2}|[Il|])(?=V?($|[/,.;:)-]|20\d\d))")
_FIRST_QUARTER = re.compile(r"^1(?=$|[/,.;:)-])")
_ROMAN_QUARTER = re.compile(r"\bquy (i{2,3}|iv)\b")
_LOST_SLASH = re.compile(r"^([IV]{1,3})(?=20\d\d\b)")
_EVERY = re.compile(r"(tuần|tháng|quý|năm)\b", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_OPENED = re.compile(r"^\W*(\w+)$")
_CLOSED = re.compile(r"^(\w+)\W*$")


def has_roman_quarter(words: Sequence[str]) -> bool:
    """Whether a quarter among the words is numbered with Roman figures for certain: «Quý II», «quý IV»."""
    return bool(_ROMAN_QUARTER.search(fold(" ".join(words))))


def repaired(words: Sequence[str], *, roman: bool = False) -> list[str]:
    """The words in reading order, as many as before: «phôi», «hợp» -> «phối», «hợp».

    With `roman`, a quarter «1» was «I».
    """
    mended = [_alone(word) for word in words]
    for at, word in enumerate(mended):
        mended[at] = _lowered(word, mended[max(at - 1, 0) : at], mended[at + 1 : at + 2])
    for index, (before, word) in enumerate(_pairs(mended), 1):
        mended[index - 1] = _by_neighbours(mended[index - 2] if index > 1 else "", before, word)
        if fold(before) == "quy":
            mended[index] = _quarter(word, roman=roman)
            continue
        if before.casefold() == "hăng" and _EVERY.match(word):
            mended[index - 1] = _marked(before, "hằng")
        if fold(before) == "tinh," and fold(word) == "thanh":
            mended[index - 1] = _marked(before, "tỉnh,")
        first, second = _OPENED.match(before), _CLOSED.match(word)
        if first and second and (known := _known(first[1], second[1])):
            mended[index - 1] = before.replace(first[1], _marked(first[1], known[0]))
            mended[index] = word.replace(second[1], _marked(second[1], known[1]))
    return [_with_digits(word) for word in mended]


def _quarter(word: str, *, roman: bool) -> str:
    """The number of a quarter: «Ill/2026», «IIL/2026» -> «III/2026», «II2026» -> «II/2026»."""
    strokes = _QUARTER.sub(lambda found: "I" * len(found[0]), word, count=1)
    strokes = _FIRST_QUARTER.sub("I", strokes) if roman else strokes
    return _LOST_SLASH.sub(r"\1/", strokes)


def _known(first: str, second: str) -> Sequence[str] | None:
    """The pair of words that these two can only be; a name does not begin within one: «phân công Bộ Y tế»."""
    if (first.casefold(), second.casefold()) in _OTHERS or second.istitle():
        return None
    return _PAIRS.get(fold(f"{first} {second}"))


def _by_neighbours(before: str, word: str, after: str) -> str:
    """The word, mended where those beside it leave no other: «đề cắt giảm» -> «để cắt giảm»."""
    bare = word.rstrip(",;.:)")
    meant, unless = _BEFORE.get(bare.casefold(), ("", None))
    if word.casefold() == "đề" and not _BEFORE_SUBJECT.search(before.casefold()):
        meant, unless = "để", _AFTER_SUBJECT
    alone = unless and (bare != word or not unless.match(after.casefold()))
    return _marked(bare, meant) + word[len(bare) :] if alone else word


def _alone(word: str) -> str:
    """The word without specks, and mended where it can be no other, whatever stands beside it."""
    bare = _TORN.sub("(theo", _STRAY.sub("", word.replace("⁄", "/")))
    found = _LETTERS.search(bare)
    known = found and _ALONE.get(found[0].casefold())
    if not found or not known or any(map(str.isdigit, bare)):
        return bare
    named = found[0][0].isupper() and known.islower()
    shown = known.capitalize() if named else known
    return bare[: found.start()] + shown + bare[found.end() :]


def _lowered(word: str, before: Sequence[str], after: Sequence[str]) -> str:
    """«vỀ» -> «về», and «VỰC» -> «vực» between words in lower case."""
    letters = "".join(filter(str.isalpha, word))
    if len(letters) < 2 or not _TONED.fullmatch(unicodedata.normalize("NFD", word)):
        return word
    beside = [other for other in (*before, *after) if any(map(str.isalpha, other))]
    odd = letters[0].islower() and not letters.islower()
    alone = letters.isupper() and beside and all(other == other.lower() for other in beside)
    return word.lower() if odd or alone else word


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each word with the one before it, as they are mended meanwhile."""
    return ((words[index - 1], words[index]) for index in range(1, len(words)))


def _with_digits(word: str) -> str:
    """«l5» -> «15», «2l/6/2026» -> «21/6/2026»."""
    return re.sub(r"[l|]", "1", word) if _DIGITS.fullmatch(word) else word


def _marked(word: str, known: str) -> str:
    """The word with the marks of the known one and its own capitals; where the tone is written may differ."""
    if _letters(word) == _letters(known) or len(word) != len(known):
        return word
    return "".join(
        letter.upper() if old.isupper() else letter for old, letter in zip(word, known, strict=True)
    )


def _letters(word: str) -> list[str]:
    return sorted(unicodedata.normalize("NFD", word.casefold()))
