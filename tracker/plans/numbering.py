"""The numbers of rows and headings: I, A, 1., 1.1, a), -."""

import re
from dataclasses import dataclass

_FORMS = (
    ("roman", re.compile(r"[IVX]{1,7}")),
    ("upper", re.compile(r"[A-ZĐ]")),
    ("arabic", re.compile(r"\d{1,3}|1\d{3}")),
    ("decimal2", re.compile(r"\d{1,3}\.\d{1,3}")),
    ("decimal3", re.compile(r"\d{1,3}\.\d{1,3}\.\d{1,3}")),
    ("lower", re.compile(r"[a-zđ]")),
    ("bullet", re.compile(r"[-–—+*•]")),
)
_HEADED = re.compile(
    r"(?!V/v\b)(?:(?:PHẦN|Phần|MỤC|Mục|NHÓM|Nhóm)\s+)?(?P<number>[IVX]{1,7}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3}){0,2}|[a-zđ])"
    r"(?P<mark>[.):/]+(?:\s+|(?!\d))|\s*[-–]\s+)(?=\S)(?P<title>.+)",
    re.DOTALL,
)
_CASE = {"roman": 0, "upper": 0}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written without its dot, and what kind of numbering it belongs to."""

    text: str
    kind: str

    @property
    def parts(self) -> tuple[int, ...]:
        """«2.1» -> (2, 1); empty for numbers that are no digits."""
        return tuple(map(int, self.text.split("."))) if self.text[:1].isdigit() else ()

    @property
    def heads(self) -> bool:
        """Whether rows of tasks seldom bear such a number: I, II, A, B."""
        return self.kind in _CASE


def parse_number(text: str) -> Number | None:
    """«1.», «(a)», «II», «1.1.» -> a Number; None for any other text."""
    bare = text.strip().strip("().:/ ")
    bare = bare or text.strip()
    for kind, form in _FORMS:
        if form.fullmatch(bare):
            return Number(bare, kind)
    return None


def split_number(text: str) -> tuple[Number | None, str]:
    """«I. MỤC TIÊU» -> (I, «MỤC TIÊU»); a text without a number comes back whole."""
    headed = _HEADED.fullmatch(text.strip())
    number = parse_number(headed["number"]) if headed else None
    return (number, headed["title"].strip()) if headed and number else (None, text.strip())


def follows(number: Number, before: Number, anew: bool) -> bool:
    """Whether a row's number may stand after another's: 3 after 2, 2.1 after 2, 3 after 2.4.

    `anew` says that another group has begun, in which numbers may begin again at 1.
    """
    now, was = number.parts, before.parts
    if not now or not was:
        return True
    if len(now) > len(was):
        return (now[: len(was)] == was and set(now[len(was) :]) == {1}) or (anew and now[-1] == 1)
    return (now[:-1] == was[: len(now) - 1] and now[-1] == was[len(now) - 1] + 1) or (anew and now[-1] == 1)
