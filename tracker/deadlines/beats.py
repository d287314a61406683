"""From tokens to what comes back: beats (Z, or I where they only name a report) and days of a period (Y).

The letters of the patterns are those of the vocabulary; a line's comment is what it reads.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tracker.deadlines import points, repeats
from tracker.deadlines.repeats import Cycle
from tracker.deadlines.shapes import Rule, in_calendar, joined
from tracker.deadlines.tokens import Token, number, numbers
from tracker.deadlines.vocabulary import WEEKDAYS

_UNIT = "[DWMQA]"
# Behind a unit: no number, no «đầu», «cuối» that would make a point of it.
_BARE = r"(?![/.:]?[nryhzg]|\(?[nry])"
# Before «28/6», «30 tháng 6»: the days that share its month.
_OTHER_DAYS_FOLLOW = r"(?=(?:(?:-|ue?D?|[,&]D?)n){1,6}(?:[/.]n|/?M[nw]))"


def _beats(tokens: Sequence[Token]) -> Iterator[Token]:
    """«hằng tháng, quý, năm», «định kỳ 6 tháng, năm», «báo cáo 6 tháng»: a beat for each unit."""
    start, count = tokens[0].start, 1
    for before, token in pairwise((tokens[0], *tokens)):
        if before.letter in ",/&":
            start, count = token.start, 1
        if token.letter in ",/&":
            yield token
        elif token.letter in "nw":
            count = number(token)
        elif token.letter in repeats.BEATS:
            yield Token("Z", repeats.beat(token.letter, max(count, 1)), start, token.end)


def _named_beats(tokens: Sequence[Token]) -> list[Token]:
    """«báo cáo quý, năm»: the kind of a report, whose deadline may follow as a plain date."""
    return [token._replace(letter="I") if token.letter == "Z" else token for token in _beats(tokens)]


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
    said = numbers(head)
    day = said[0] if said else -1
    later = any(token.letter in "Fau" for token in tail)
    month = {"h": 1, "z": -1}.get(tail[1].letter) if len(tail) > 1 else None
    of_quarter = tail[-1].letter == "Q" or any(token.letter == "Q" for token in tail)
    every = repeats.QUARTERLY if of_quarter else (repeats.YEARLY if tail[0].letter == "A" else None)
    if every and tail[0].letter in "QA":
        month = -1
    if every is None and month is None and not later:
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
    for day in days:
        points.day(number(day), 1)
    if any(token.letter == "-" for token in tokens):
        yield from joined("Y", Cycle(number(days[0]), number(days[-1])), tokens)
        return
    for at, day in enumerate(days):
        start = tokens[0].start if at == 0 else day.start
        yield Token("Y", Cycle(number(day), number(day)), start, day.end)
        if at < len(days) - 1:
            yield Token(",", ",", day.end, day.end)


def _no_tokens(tokens: Sequence[Token]) -> list[Token]:
    """«thứ Hai, ngày 12/01/2026»: the date says which Monday."""
    return []


def _weekday(tokens: Sequence[Token]) -> list[Token]:
    """«thứ Sáu»."""
    day = WEEKDAYS.index(str(tokens[-1].value))
    return joined("Y", Cycle(day, day, weekday=True), tokens)


def _numbered_weekday(tokens: Sequence[Token]) -> list[Token]:
    """«thứ 6»; there is no «thứ 9»."""
    day = number(tokens[1]) - 2
    return joined("Y", Cycle(day, day, weekday=True), tokens) if 0 <= day < 6 else list(tokens)


BEATS: list[Rule] = [
    (r"(?:K|@n),?(?=D?n(?:[/.]n[/.]y|M[nw]A?y))", _no_tokens),  # thứ Hai, ngày 12/01/2026
    (rf"p?[nw]j(?:[/it]|t?E)*[nw]?{_UNIT}", _rate),  # 02 lần/năm, 1 lần mỗi quý
    (rf"(?:pE|p|E)?[nw]?{_UNIT}(?:[/,t]?[nw]|/)j(?![@#])", _rate),  # 3 tháng/lần, mỗi năm hai lần
    # hằng tháng, quý, năm; định kỳ 6 tháng và hằng năm
    (rf"(?:pE|p|E)[nw]?{_UNIT}(?![hz])(?:,?[,/&](?:p?E)?(?:[nw]?[MQA]|[WD]){_BARE})*", _beats),
    (rf"R(?:[nw]?M|[QAW]){_BARE}(?:[,/&](?:[nw]?M|[QAW]){_BARE})*", _named_beats),  # báo cáo quý
    (rf"(?:[nw]?M|[QW])(?:[,/&](?:[nw]?M|[QA]){_BARE})+", _beats),  # tháng, quý, năm
    (r"(?<=[&,])[QA](?=\([blt]*D?n)", _beats),  # ... và năm (trước ngày 15/12)
    (rf"zE[QMAW]|zs[QM]{_BARE}|s[QM](?:i?A)?{_BARE}(?![!oN])", _first_beat),  # cuối mỗi quý, các quý
    (rf"VE?[WMQ]{_BARE}(?:[,/&][MQA]{_BARE})*", _beats),  # theo quý, năm
]
DAYS_OF_PERIODS: list[Rule] = [
    (r"D?[nz]q?M[hz]q?[Es]?Q[Fau]?", _cycle_day),  # ngày 15 của tháng cuối quý
    (r"D?nq?Mzq?(?=[j!,;.)]|$)", _cycle_day),  # ngày 20 của tháng cuối kỳ
    (r"D?n(?:qM|M)[Fau]", _cycle_day),  # ngày 10 của tháng tiếp theo
    (r"DnqM(?![nrw])|DnMR", _cycle_day),  # ngày 15 của tháng
    (r"[DJ]zq?(?=[MQA][^nrwy/]|[MQA]$)[MQA]", _cycle_day),  # ngày cuối cùng của tháng
]
DAYS_OF_SHARED_MONTHS: list[Rule] = [
    (rf"(?<![j#])D?n{_OTHER_DAYS_FOLLOW}", in_calendar(_days)),  # 16 - 22/3/2018
]
LONE_DAYS: list[Rule] = [
    (r"Dn(?:[-,&]D?n)*(?![/.M])", in_calendar(_days)),  # ngày 15 và 30
    (r"(?<=[bule])n(?=EM)", in_calendar(_days)),  # trước 25 hằng tháng
    (r"D?K", _weekday),  # thứ Sáu
    (r"@n(?=(?:[,&]@n)*,?q?(?:EW|W[^nrwy]|W$))", _numbered_weekday),  # thứ 6 hằng tuần
]
