"""The words a reading did not use, and which of them could change what it means."""

import re
from collections.abc import Collection, Sequence

from tracker.deadlines.repeats import Every
from tracker.deadlines.tokens import Token
from tracker.words import fold

# Left over, these could change a date: units, parts of units, lengths, «trước», «định kỳ», events, negations.
_LOUD = frozenset("DJWMQASGTKPYLXhgzbly!=")
# These are said beside dates and mean nothing for them.
_SILENT = frozenset(",;.():-/&tiquefavsRpFCEj")
# «Trươc ngày 28/3»: what these words look like without their marks.
_HIDING = (" dau", " het", " truoc")  # «ban đầu năm 2026», «trước hết quý II»
_TURNING = frozenset({"truoc", "sau", "tu", "den", "het", "cham", "muon", "hang"})


# A date inside an event or ground («theo .. quý II/2025»): it may be the deadline after all.
_DATED = re.compile("[QM][nrw]|Dn|n/n|[nrw]M[hz]|E[DWMQA]|[pC]")


def unread_words(parts: Sequence[Token], used: Collection[int], written: str) -> str:
    """The unused words as written, without marks and words that mean nothing for a date."""
    return _said(
        parts, [at for at, part in enumerate(parts) if at not in used and part.letter not in _SILENT], written
    )


def words_that_matter(parts: Sequence[Token], used: Collection[int], written: str) -> str:
    """The unused words that could change the dates, as written; empty where there are none."""
    beats = any(isinstance(part.value, Every) for part in parts)
    loud = [
        at
        for at in range(len(parts))
        if at not in used and (_is_loud(parts, at, beats) or _is_misspelled(parts, at, used))
    ]
    return _said(parts, loud, written)


def _said(parts: Sequence[Token], places: Sequence[int], written: str) -> str:
    runs: list[list[int]] = []
    for at in places:
        if runs and at == runs[-1][1] + 1:
            runs[-1][1] = at
        else:
            runs.append([at, at])
    return " ".join(written[parts[first].start : parts[last].end] for first, last in runs)


def _is_loud(parts: Sequence[Token], at: int, beats: bool) -> bool:
    part = parts[at]
    match part.letter:
        case "p":
            return not beats
        case "/":
            return _beside(parts, at, "nmy")
        case "U" | "d":
            return _DATED.search("".join(token.letter for token in part.value)) is not None
        case "-":
            return "".join(one.letter for one in parts[max(at - 1, 0) : at + 2]) == "P-P"  # 2025-2026-2027
        case "n" | "m":
            return not _counts_things(parts, at)
    return part.letter in _LOUD


def _beside(parts: Sequence[Token], at: int, letters: str) -> bool:
    neighbours = (*parts[max(at - 1, 0) : at], *parts[at + 1 : at + 2])
    return any(token.letter in letters for token in neighbours)


def _counts_things(parts: Sequence[Token], at: int) -> bool:
    """«02 lớp tập huấn», «Đề án 06», «(1)»: a number that belongs to an ordinary word beside it, or
    counts lines.
    """
    following = parts[at + 1].letter if at + 1 < len(parts) else ""
    before = parts[at - 1].letter if at else ""
    return bool(following and following in "otONR)") or bool(before and before in "oNO#")


def _is_misspelled(parts: Sequence[Token], at: int, used: Collection[int]) -> bool:
    """A word before a used part that may be more than it seems.

    Only its marks keep it from being «trước», «từ», «hết» («Truớc ngày 28/3»), or it ends in «đầu», «hết».
    """
    following = at + 1
    while following < len(parts) and following not in used and parts[following].letter in "tiDq:":
        following += 1
    if parts[at].letter not in "ow" or following not in used:
        return False
    word = fold(str(parts[at].value))
    return (
        word.endswith(_HIDING)
        or word in _TURNING
        or (abs(len(word) - 5) <= 1 and _one_letter_off(word, "truoc"))
    )


def _one_letter_off(word: str, other: str) -> bool:
    """Whether one letter added, lost or changed makes the one word of the other."""
    return any(
        word in (other[:at] + other[at + 1 :], other[:at] + word[at : at + 1] + other[at + 1 :])
        or other == word[:at] + word[at + 1 :]
        for at in range(len(other) + 1)
    )
