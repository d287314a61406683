"""The words a reading did not use, and which of them could change what it means."""

from collections.abc import Collection, Sequence

from tracker.deadlines.repeats import Every
from tracker.deadlines.tokens import Token
from tracker.words import fold

# Units and numbers, parts of a unit, «trước», «định kỳ», fractions, and the words that turn a date round.
_LOUD = frozenset("DJWMQASGhgzbnympjK!=T/H+YLPXl")
_SILENT = frozenset(",;.():-&tiquefavsRpFCEx")
_LOOKALIKES = frozenset({"truoc", "den", "het", "cham", "muon", "thang", "quy", "nam", "ngay", "tuan"})


def unread_words(
    parts: Sequence[Token], used: Collection[int], written: str, only: Collection[int] | None = None
) -> str:
    """The unused words as written, without marks and words that change nothing, neighbours kept together."""
    wanted = [
        at
        for at, part in enumerate(parts)
        if at not in used and (part.letter not in _SILENT if only is None else at in only)
    ]
    runs: list[list[int]] = []
    for at in wanted:
        if runs and at == runs[-1][1] + 1:
            runs[-1][1] = at
        else:
            runs.append([at, at])
    return " ".join(written[parts[first].start : parts[last].end] for first, last in runs)


def matters(parts: Sequence[Token], used: Collection[int]) -> set[int]:
    """The unused parts that could change the dates."""
    beats = any(isinstance(part.value, Every) for part in parts)
    return {
        at
        for at, part in enumerate(parts)
        if at not in used and (_loud(parts, at, beats) or _misspelled(parts, at, used))
    }


def _loud(parts: Sequence[Token], at: int, beats: bool) -> bool:
    part = parts[at]
    if part.letter in "UV":
        return (
            any(token.letter in "DWMQnyEp" for token in part.value if token.letter != "c")
            and part.letter == "U"
        )
    if part.letter == "p":
        return not beats
    if part.letter in "nmy":
        return not _counts_things(parts, at)
    return part.letter in _LOUD


def _counts_things(parts: Sequence[Token], at: int) -> bool:
    """«02 lớp tập huấn», «Đề án 06»: a number beside an ordinary word."""
    following = parts[at + 1].letter if at + 1 < len(parts) else ""
    before = parts[at - 1].letter if at else ""
    return following in ("o", "t", "O", "N", "R") or before in ("o", "N", "O", "#") or False


def _misspelled(parts: Sequence[Token], at: int, used: Collection[int]) -> bool:
    """A word before a used part that a lost or wrong mark keeps from being «trước», «đến», «hết»: «Trươc
    28/3».
    """
    part = parts[at]
    return part.letter == "o" and at + 1 in used and fold(str(part.value)) in _LOOKALIKES
