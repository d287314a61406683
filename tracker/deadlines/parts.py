"""From tokens to parts of a deadline: points of the calendar (P), lengths (L), and what `beats` reads.

The letters of the patterns are those of the vocabulary; a line's comment is what it reads. A rule wins
over all that stand below it.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tracker.deadlines import beats, points
from tracker.deadlines.points import Point
from tracker.deadlines.shapes import Builder, Level, Rule, in_calendar, joined
from tracker.deadlines.tokens import Token, number, numbers
from tracker.deadlines.vocabulary import WEEKDAYS

_YEAR = r"(?:[/.-]y|q?A:?y|,A?y|\(A?y\)|y)"
_SHORT_YEAR = r"/n(?![/n])"
_LIST_MARKS = {"-": "-", "u": "-", ",": ",", "/": ",", "&": "&"}
_LENGTHS = {
    "D": (1, "calendar"),
    "J": (1, "working"),
    "W": (7, "calendar"),
    "M": (1, "month"),
    "A": (12, "month"),
}


class Length(NamedTuple):
    """«10 ngày làm việc»: so many days, calendar or working, or so many months, as `unit` says."""

    size: int
    unit: str


def _point(make: Callable[..., Point]) -> Builder:
    """A rule whose numbers, in the order written, are the arguments of a point."""
    return _point_of(lambda tokens: make(*numbers(tokens)))


def _point_of(read: Callable[[Sequence[Token]], Point]) -> Builder:
    return in_calendar(lambda tokens: joined("P", read(tokens), tokens))


def _as(letter: str) -> Builder:
    return lambda tokens: joined(letter, tokens[0].value, tokens)


def _day(day: int, month: int, year: int | None = None) -> Point:
    return points.day(day, month, _full_year(year))


def _full_year(value: int | None) -> int | None:
    """«30/6/25» is 2025; a year with a digit lost (202) is no year."""
    if value is None or 100 <= value < 1900 or value >= 2200:
        return None
    return value + 2000 if value < 100 else value


def _days_of_months(tokens: Sequence[Token]) -> Iterator[Token]:
    """«ngày 15 các tháng 3, 6, 9, 12»."""
    day, *months = [token for token in tokens if token.letter in "nrw"]
    for month in months:
        yield Token("P", points.day(number(day), number(month)), month.start, month.end)
        yield Token(",", ",", month.end, month.end)


def _list_of(make: Callable[[int, int | None], Point]) -> Builder:
    """«Tháng 7-12/2023», «Quý I, II và III/2025»: a point for each number, the marks between them kept."""

    def build(tokens: Sequence[Token]) -> Iterator[Token]:
        year, counted = _split_year(tokens)
        members = [token for token in counted if token.letter in "nrw"]
        marks = [token for token in counted if token.letter in _LIST_MARKS]
        for at, token in enumerate(members[:-1]):
            yield Token(
                "P", make(number(token), None), tokens[0].start if at == 0 else token.start, token.end
            )
            yield marks[at]._replace(letter=_LIST_MARKS[marks[at].letter])
        start = tokens[0].start if len(members) == 1 else members[-1].start
        yield Token("P", make(number(members[-1]), year), start, tokens[-1].end)

    return in_calendar(build)


def _split_year(tokens: Sequence[Token]) -> tuple[int | None, Sequence[Token]]:
    """The year a list of months or quarters ends with, and the tokens before it."""
    years = [at for at, token in enumerate(tokens) if token.letter == "y"]
    if years:
        return number(tokens[years[0]]), tokens[: years[0]]
    if len(tokens) > 2 and tokens[-2].letter == "/" and tokens[-1].letter == "n" and number(tokens[-1]) >= 20:
        return _full_year(number(tokens[-1])), tokens[:-2]
    return None, tokens


def _narrow_months(tokens: Sequence[Token]) -> Point:
    """«6 tháng đầu năm 2025», «9 tháng năm 2025», «quý cuối năm», «các tháng cuối năm 2025»."""
    said = numbers(tokens)
    year = said.pop() if tokens[-1].letter in "y)" and said else None
    ending = any(token.letter == "z" for token in tokens)
    if tokens[0].letter == "Q":
        return points.quarter(4 if ending else 1, year)
    if tokens[0].letter == "s":
        return points.narrowed(points.year(year), "cuối" if ending else "đầu")
    if tokens[0].letter == "M":
        return points.month(12 if ending else 1, year)
    return points.half_year(said[0], ending, year)


def _week(tokens: Sequence[Token]) -> Point:
    """«Tuần thứ 4 tháng 6/2025», «tuần cuối tháng 6», «tuần 25/2025»."""
    said = numbers(tokens)
    year = said.pop() if any(token.letter == "y" for token in tokens) else None
    if not any(token.letter == "M" for token in tokens):
        return points.week_of_year(said[0], year or 0)
    month = said.pop()
    edge = {"h": 1, "z": -1}.get(tokens[1].letter)
    ordinal = WEEKDAYS.index(str(tokens[1].value)) + 2 if tokens[1].letter == "K" else None
    return points.week_of_month(edge or ordinal or said[0], month, year)


def _year_run(tokens: Sequence[Token]) -> Iterator[Token]:
    """«2025 - 2030», «năm 2026 đến hết năm 2028»: two years, a hyphen between them."""
    first, last = (at for at, token in enumerate(tokens) if token.letter == "y")
    yield Token("P", points.year(number(tokens[first])), tokens[0].start, tokens[first].end)
    yield Token("-", "-", tokens[first].end, tokens[first + 1].end)
    yield Token("P", points.year(number(tokens[last])), tokens[last].start, tokens[last].end)


def _whole_year(tokens: Sequence[Token]) -> list[Token]:
    """«trong năm», «cả năm», «năm nay», without its number."""
    return joined("P", points.year(None), tokens)


def _length(tokens: Sequence[Token]) -> list[Token]:
    """«30 ngày», «10 ngày làm việc», «10 ngày (làm việc)», «02 tuần», «3 tháng»."""
    size, unit = _LENGTHS["J" if tokens[-1].letter in "B)" else tokens[1].letter]
    return joined("L", Length(number(tokens[0]) * size, unit), tokens)


def _hours(tokens: Sequence[Token]) -> list[Token]:
    """«trong vòng 24 giờ» is one day, each day begun being counted whole."""
    return joined("L", Length(-(-int(tokens[-1].value) // 24), "calendar"), tokens)


_MONTHS = rf"M[nrw](?!j)(?:[-u,&/]M?[nw](?![/.]n|/?M|[DJj]|/y/))*(?:{_YEAR}|{_SHORT_YEAR})?"
_QUARTERS = rf"Q[nrw](?!j)(?:[-u,&/]Q?[nrw](?![/.]n|[MDJj]))*(?:{_YEAR}|{_SHORT_YEAR})?"
_DAYS: list[Rule] = [
    (r"y-n-n|y/n/n", _point_of(lambda tokens: _day(*reversed(numbers(tokens))))),  # 2025-06-30
    (r"D?(?:n/n/[ynm]|n\.n\.[yn]|n-n-y|n/n-y(?!/)|n/n,?q?Ay)(?!/)", _point(_day)),  # 30/6/2025
    (r"D?nsM[nrw](?:[,&][nw])*", in_calendar(_days_of_months)),  # ngày 15 các tháng 3, 6, 9
    (rf"(?<![j#@])D?n/?M[nrw](?:/A?y|{_YEAR})?|Dn,M[nrw]{_YEAR}", _point(_day)),  # ngày 30 tháng 6 năm 2025
    (r"(?<![/#.-])D?n/n(?![/.M])|(?<=-)n/n(?![/.M])|Dn\.n(?!\.)", _point(_day)),  # 30/6
]
_LONGER: list[Rule] = [
    (r"[nrw]M[hz](?:q?(?:A/?y?|/y)|\(A?y\))?|nMAy", _point_of(_narrow_months)),  # 6 tháng đầu năm 2025
    (r"[QM][hz]q?A(?:/?y)?|s[MQ][hz]q?A?y?", _point_of(_narrow_months)),  # quý cuối năm, các tháng cuối năm
    (_MONTHS, _list_of(points.month)),
    (_QUARTERS, _list_of(points.quarter)),
    (rf"W(?:@?[nw]|K|[hz])q?,?Mn(?:{_YEAR})?|W@?n(?:[/-]y|,?q?Ay)", _point_of(_week)),  # tuần 4 tháng 6
    (r"(?<![/.#-])n[/.-]y(?!/)|(?<=-)n/y(?!/)", _point(points.month)),  # 2/2025
    (r"(?<![/.#-])n(?=-n/y(?!/))", _point(points.month)),  # 7-12/2023
    (r"r/y", _point(points.quarter)),  # II/2025
]
_YEARS: list[Rule] = [
    (r"S:?y[-/]y", _point(points.school_year)),  # năm học 2025 - 2026
    (r"G[nr]:?|G:?(?=A?y)", _as("t")),  # giai đoạn 2: ..., giai đoạn 2025 - 2030
    (r"(?<=[nrwq])A[Fau]F?|A[au]F?", _as("+")),  # 31/01 năm sau
    (r"sA[Fauk]|A[Fk]|k", _as("k")),  # các năm tiếp theo
    (r"A?y(?:-|ueA?|u)A?y(?![o/])|A?y-A?y(?!/)", _year_run),  # 2025 - 2030
    (r"A:?y|(?<![/.oNO#])y(?![o/])", _point(points.year)),  # năm 2025, 2025
    (r"A=|(?<=[itz~hg])A(?![nrwy/hz])", _whole_year),  # năm nay, trong năm
]
_LENGTH: list[Rule] = [
    (r"[nwm](?:D(?:\(B\)|B)?|[JWMA])(?!y)", _length),  # 10 ngày làm việc
    (r"(?<=v)H", _hours),  # trong vòng 24 giờ
    (r"H,(?=D)", _as("H")),  # 8 giờ 00, ngày 15/5
]

find_parts = Level(
    [
        *beats.BEATS,
        *beats.DAYS_OF_PERIODS,
        *_DAYS,
        *beats.DAYS_OF_SHARED_MONTHS,
        *_LONGER,
        *_YEARS,
        *_LENGTH,
        *beats.LONE_DAYS,
    ]
)
