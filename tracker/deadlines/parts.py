"""From tokens to parts of a deadline: points of the calendar (P), beats (Z), days of a period (Y), lengths
(L).

The letters of the patterns are those of the vocabulary; every rule is followed by what it reads.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from tracker.deadlines import points, repeats
from tracker.deadlines.points import NotInCalendar, Point
from tracker.deadlines.repeats import Cycle
from tracker.deadlines.shapes import Builder, Level, joined
from tracker.deadlines.tokens import Token
from tracker.deadlines.vocabulary import NUMBER_WORDS, ROMAN, WEEKDAYS

_YEAR = r"(?:[/.-]y|q?A:?y|,A?y|\(A?y\)|y)"
_TWO_DIGIT_YEAR = r"/n(?![/n])"
_UNIT = "[DWMQA]"
_UNNUMBERED = r"(?![/.:]?[nryhzg]|\(?[nry])"
_DAY_FOLLOWS = r"(?=(?:(?:-|ue?D?|[,&]D?)n)+(?:[/.]n|/?M[nw]))"


class Length(NamedTuple):
    """«10 ngày làm việc»: `days` of a relative deadline, or months where `unit` is month."""

    size: int
    unit: str


def number(token: Token) -> int:
    """The number a token stands for, however it was written."""
    if isinstance(token.value, int):
        return token.value
    return ROMAN.get(str(token.value)) or NUMBER_WORDS[str(token.value)]


def _numbers(tokens: Sequence[Token]) -> list[int]:
    return [number(token) for token in tokens if token.letter in "nyrwm"]


def _full_year(value: int | None) -> int | None:
    """«30/6/25» is 2025; a year with a digit lost (202) is no year."""
    if value is None or 100 <= value < 1900:
        return None
    return value + 2000 if value < 100 else value


def _in_calendar(build: Callable[[Sequence[Token]], Iterable[Token]]) -> Builder:
    """What the calendar does not have becomes an X token that carries the sentence about it."""

    def guarded(tokens: Sequence[Token]) -> Iterable[Token]:
        try:
            return list(build(tokens))
        except NotInCalendar as impossible:
            return joined("X", str(impossible), tokens)

    return guarded


def _point(make: Callable[..., Point]) -> Builder:
    """A rule whose numbers, in the order written, are the arguments of a point."""
    return _in_calendar(lambda tokens: joined("P", make(*_numbers(tokens)), tokens))


def _day(day: int, month: int, year: int | None = None) -> Point:
    return points.day(day, month, _full_year(year))


def _days_of_months(tokens: Sequence[Token]) -> Iterator[Token]:
    """«ngày 15 các tháng 3, 6, 9, 12»."""
    day, *months = [token for token in tokens if token.letter in "nrw"]
    for month in months:
        yield Token("P", points.day(number(day), number(month)), month.start, month.end)
        yield Token(",", ",", month.end, month.end)


def _list_of(make: Callable[[int, int | None], Point]) -> Builder:
    """«Tháng 7-12/2023», «Quý I, II và III/2025»: a point for each number, the marks between them kept."""

    def build(tokens: Sequence[Token]) -> Iterator[Token]:
        end = tokens[-1].end
        year, tokens = _split_year(tokens)
        numbers = [token for token in tokens if token.letter in "nrw"]
        marks = [token for token in tokens if token.letter in "-u,&/"]
        for at, token in enumerate(numbers):
            last = at == len(numbers) - 1
            start = tokens[0].start if at == 0 else token.start
            point = make(number(token), year if last else None)
            yield Token("P", point, start, end if last else token.end)
            if not last:
                mark = marks[at]
                yield Token(
                    {"u": "-", "/": ","}.get(mark.letter, mark.letter), mark.value, mark.start, mark.end
                )

    return _in_calendar(build)


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
    numbers = _numbers(tokens)
    year = numbers.pop() if tokens[-1].letter in "y)" and numbers else None
    ending = any(token.letter == "z" for token in tokens)
    if tokens[0].letter == "Q":
        return points.quarter(4 if ending else 1, year)
    if tokens[0].letter == "s":
        return points.narrowed(points.year(year), "cuối" if ending else "đầu")
    if tokens[0].letter == "M":
        return points.month(12 if ending else 1, year)
    return points.half_year(numbers[0], ending, year)


def _week(tokens: Sequence[Token]) -> Point:
    """«Tuần thứ 4 tháng 6/2025», «tuần cuối tháng 6», «tuần 25/2025»."""
    numbers = _numbers(tokens)
    year = numbers.pop() if any(token.letter == "y" for token in tokens) else None
    if not any(token.letter == "M" for token in tokens):
        return points.week_of_year(numbers[0], year or 0)
    month = numbers.pop()
    edge = {"h": 1, "z": -1}.get(tokens[1].letter)
    ordinal = WEEKDAYS.index(str(tokens[1].value)) + 2 if tokens[1].letter == "K" else None
    return points.week_of_month(edge or ordinal or numbers[0], month, year)


def _beats(tokens: Sequence[Token]) -> Iterator[Token]:
    """«hằng tháng, quý, năm», «định kỳ 6 tháng, năm», «báo cáo 6 tháng»: a beat for each unit."""
    start, count = tokens[0].start, 1
    for token in tokens:
        if token.letter in ",/&":
            yield token
            start, count = token.end + 1, 1
        elif token.letter in "nw":
            count = number(token)
        elif token.letter in repeats.BEATS:
            yield Token("Z", repeats.beat(token.letter, max(count, 1)), start, token.end)


def _rate(tokens: Sequence[Token]) -> list[Token]:
    """«02 lần/năm», «mỗi năm hai lần», «3 tháng/lần», «6 tháng 1 lần»."""
    times, count, unit, latest = 1, 1, "A", 1
    for token in tokens:
        if token.letter in "nw":
            latest = number(token)
        elif token.letter == "j":
            times, latest = max(latest, 1), 1
        elif token.letter in repeats.BEATS:
            unit, count, latest = token.letter, max(latest, 1), 1
    return joined("Z", repeats.beat(unit, count, times), tokens)


def _first_beat(tokens: Sequence[Token]) -> list[Token]:
    """«các quý trong năm», «cuối mỗi quý»: the first unit beats."""
    unit = next(token.letter for token in tokens if token.letter in repeats.BEATS)
    return joined("Z", repeats.beat(unit), tokens)


def _cycle_day(tokens: Sequence[Token]) -> list[Token]:
    """«ngày 15 của tháng cuối quý», «ngày cuối cùng của tháng đầu mỗi quý», «ngày 10 của tháng tiếp
    theo».
    """
    head, tail = _cut(tokens, "MQA")
    numbers = _numbers(head)
    day = numbers[0] if numbers else -1
    later = any(token.letter in "Fau" for token in tail)
    month = {"h": 1, "z": -1}.get(tail[1].letter) if len(tail) > 1 else None
    of_quarter = tail[-1].letter == "Q" or any(token.letter == "Q" for token in tail)
    every = repeats.QUARTERLY if of_quarter else (repeats.YEARLY if tail[0].letter == "A" else None)
    if every and tail[0].letter in "QA":
        month = -1
    if every is None and month is None and not later and not numbers:
        every = repeats.MONTHLY
    working = any(token.letter == "J" for token in head)
    return joined("Y", Cycle(day, day, month, later, working=working, every=every), tokens)


def _cut(tokens: Sequence[Token], letters: str) -> tuple[Sequence[Token], Sequence[Token]]:
    at = next(at for at, token in enumerate(tokens) if token.letter in letters)
    return tokens[:at], tokens[at:]


def _days(tokens: Sequence[Token]) -> Iterator[Token]:
    """«ngày 15», «ngày 15 và 30», «ngày 1-5»: days that wait for their month; a hyphen makes a run of
    them.
    """
    days = [token for token in tokens if token.letter == "n"]
    if any(token.letter == "-" for token in tokens):
        yield from joined("Y", Cycle(number(days[0]), number(days[-1])), tokens)
        return
    for at, day in enumerate(days):
        start = tokens[0].start if at == 0 else day.start
        yield Token("Y", Cycle(number(day), number(day)), start, day.end)
        if at < len(days) - 1:
            yield Token(",", ",", day.end, day.end)


def _weekday(tokens: Sequence[Token]) -> list[Token]:
    day = WEEKDAYS.index(str(tokens[-1].value))
    return joined("Y", Cycle(day, day, weekday=True), tokens)


def _length(tokens: Sequence[Token]) -> list[Token]:
    """«30 ngày», «10 ngày làm việc», «02 tuần», «3 tháng», «24 giờ»."""
    count, letter = number(tokens[0]), tokens[1].letter
    if tokens[-1].letter in "B)":
        letter = "J"
    sizes = {
        "D": (1, "calendar"),
        "J": (1, "working"),
        "W": (7, "calendar"),
        "M": (1, "month"),
        "A": (12, "month"),
    }
    size, unit = sizes[letter]
    return joined("L", Length(count * size, unit), tokens)


def _hours(tokens: Sequence[Token]) -> list[Token]:
    return joined("L", Length(-(-int(tokens[-1].value) // 24), "calendar"), tokens[-1:])


def _whole_year(tokens: Sequence[Token]) -> list[Token]:
    """«trong năm», «cả năm», «năm nay», without its number."""
    return joined("P", points.year(None), tokens)


def _point_of(read: Callable[[Sequence[Token]], Point]) -> Builder:
    return _in_calendar(lambda tokens: joined("P", read(tokens), tokens))


def _as(letter: str) -> Builder:
    return lambda tokens: joined(letter, tokens[0].value, tokens)


_MONTHS = rf"M[nrw](?!j)(?:[-u,&/]M?[nw](?![/.]n|/?M|[DJj]|/y(?=/)))*(?:{_YEAR}|{_TWO_DIGIT_YEAR})?"
_QUARTERS = rf"Q[nrw](?!j)(?:[-u,&/]Q?[nrw](?![/.]n|[MDJj]))*(?:{_YEAR}|{_TWO_DIGIT_YEAR})?"
_RULES: list[tuple[str, Builder]] = [
    # beats
    (rf"p?[nw]j(?:[/it]|t?E)*[nw]?{_UNIT}", _rate),  # 02 lần/năm, 1 lần mỗi quý
    (rf"(?:pE|p|E)?[nw]?{_UNIT}(?:[/,t]?[nw]|/)j(?![@#])", _rate),  # 3 tháng/lần, mỗi năm hai lần
    (rf"(?:pE|p|E)[nw]?{_UNIT}(?![hz])(?:,?[,/&](?:p?E)?(?:[nw]?M|[QAWD]){_UNNUMBERED})*", _beats),
    (rf"R(?:[nw]?M|[QAW]){_UNNUMBERED}(?:[,/&](?:[nw]?M|[QAW]){_UNNUMBERED})*", _beats),  # báo cáo tháng, quý
    (rf"(?:[nw]?M|[QW])(?:[,/&](?:[nw]?M|[QA]){_UNNUMBERED})+", _beats),  # tháng, quý, năm
    (rf"zE[QMAW]|zs[QM]{_UNNUMBERED}|s[QM](?:i?A)?{_UNNUMBERED}(?![!oN])", _first_beat),  # cuối mỗi quý
    (rf"V(?=E?[WMQ]{_UNNUMBERED}(?:[^nry]|$))E?[WMQ]", _first_beat),  # theo quý
    # days of a period
    (r"D?[nz]q?M[hz]q?[Es]?Q[Fau]?", _cycle_day),  # ngày 15 của tháng cuối quý
    (r"D?nq?Mzq?(?=[j!,;.)]|$)", _cycle_day),  # ngày 20 của tháng cuối kỳ
    (r"D?n(?:qM|M)[Fau]", _cycle_day),  # ngày 10 của tháng tiếp theo
    (r"DnqM(?![nrw])|DnMR", _cycle_day),  # ngày 15 của tháng
    (r"[DJ]zq?(?=[MQA][^nrwy/]|[MQA]$)[MQA]", _cycle_day),  # ngày cuối cùng của tháng
    # days with their month
    (r"y-n-n|y/n/n", _in_calendar(lambda tokens: joined("P", _day(*reversed(_numbers(tokens))), tokens))),
    (r"D?(?:n/n/[yn]|n\.n\.[yn]|n-n-y|n/n-y(?!/)|n/n,?q?Ay|n/n/m)(?!/)", _point(_day)),
    (r"D?nsM[nrw](?:[,&][nw])*", _in_calendar(_days_of_months)),  # ngày 15 các tháng 3, 6, 9
    (rf"D?n[/.]?M[nrw](?:/A?y|{_YEAR})?", _point(_day)),  # ngày 30 tháng 6 năm 2025
    (r"(?<![/#O.-])D?n/n(?![/.]|M|\d)|(?<![/#O.])(?<=-)n/n(?![/.]|M)|Dn\.n(?!\.)", _point(_day)),
    (rf"(?<![jO#])D?n{_DAY_FOLLOWS}", _days),  # 16 - 22/3/2018
    # months, quarters, halves, weeks
    (r"(?:[nrw]M[hz]|nMA(?=y))(?:q?(?:A/?y?|/y)|\(A?y\))?|[QM][hz]q?A(?:/?y)?|s[MQ][hz]q?A?y?",
     _point_of(_narrow_months)),
    (_MONTHS, _list_of(points.month)),
    (_QUARTERS, _list_of(points.quarter)),
    (rf"W(?:@?[nw]|K|[hz])q?,?Mn(?:{_YEAR})?|W@?n(?:[/-]y|,?q?Ay)", _point_of(_week)),
    (r"(?<![/.#O-])n[/.-]y(?!/)|(?<![/.#O])(?<=-)n/y(?!/)", _point(points.month)),  # 2/2025
    (r"(?<![/.#O-])n(?=-n/y(?!/))", _point(points.month)),  # 7-12/2023
    (r"r/y", _point(points.quarter)),  # II/2025
    # years
    (r"S:?y[-/]y", _point(points.school_year)),
    (r"G[nr]:?|G:?(?=A?y)", _as("t")),  # giai đoạn 2: ...
    (r"sA[Fauk]|A[Fk]|k", _as("k")),  # các năm tiếp theo
    (r"A[au]", _as("+")),  # năm sau
    (r"A:?y", _point(points.year)),
    (r"(?<![/.oNO#])y(?![o/])", _point(points.year)),
    (r"A=|(?<=[itz~hg])A(?![nrwy/]|[zh])", _whole_year),
    # lengths
    (r"[nwm](?:D(?:\(B\)|B)?|[JWM]|A)(?!y)", _length),
    (r"vH", _hours),
    (r"(?<!\d)Dn(?:[-,&]D?n)*(?![/.M\d])", _days),  # ngày 15 và 30
    (r"(?<=[bule])n(?=EM)", _days),
    (r"D?K", _weekday),
]  # fmt: skip

find_parts = Level(_RULES)
