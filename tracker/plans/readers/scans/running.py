"""The numbers of the rows of a table run on: what a lost dot or a misread figure broke is mended by them."""

import re
from collections.abc import Sequence

_PARTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.?")
_WHOLE = re.compile(r"(\d{1,3})\.?")

Number = tuple[int, ...]


def mended_numbers(texts: Sequence[str]) -> list[str]:
    """The numbers from top to bottom, mended where those beside them leave no other reading.

    «2.2», «23» -> «2.2», «2.3»: the figures agree and only the dot is lost. «5.2», «43», «5.4» -> «5.3»: the
    number above and the one below say which it is.
    """
    numbers = list(texts)
    for at, text in enumerate(numbers):
        above = _parsed(numbers[at - 1]) if at else None
        below = _parsed(numbers[at + 1]) if at + 1 < len(numbers) else None
        meant = _after(above), _before(below)
        dotless = [number for number in meant if number and "".join(map(str, number)) == text.strip(".,")]
        if len(text.strip(".,")) > 1 and dotless and len(dotless[0]) > 1:
            numbers[at] = ".".join(map(str, dotless[0]))
        elif meant[0] and (meant[0] == meant[1] != _parsed(text) or _hints_at(text, meant[0])):
            numbers[at] = ".".join(map(str, meant[0]))
        elif not any(map(str.isalnum, text)) and (due := meant[0] or meant[1]):
            numbers[at] = ".".join(map(str, due))  # else the row would be taken for a part of the one above
    return numbers


def _hints_at(text: str, meant: Number) -> bool:
    """Whether a text that is no number ends like the one that is due: «$3» after «5.2»."""
    return len(meant) > 1 and not _parsed(text) and text.strip(".,").endswith(str(meant[-1]))


def _parsed(text: str) -> Number | None:
    found = _PARTED.fullmatch(text) or _WHOLE.fullmatch(text)
    return tuple(map(int, found.groups())) if found else None


def _after(number: Number | None) -> Number | None:
    return (*number[:-1], number[-1] + 1) if number else None


def _before(number: Number | None) -> Number | None:
    return (*number[:-1], number[-1] - 1) if number and number[-1] > 1 else None
