"""The year of a point that does not say it: from its neighbours in the text, else from the plan."""

from dataclasses import replace

from tracker.deadlines import points
from tracker.deadlines.items import Counted, Item, Repeat, Run, Standing
from tracker.deadlines.joins import listed
from tracker.deadlines.meaning import Context
from tracker.deadlines.points import NotInCalendar, Point
from tracker.words import date_words

NO_YEAR = "Thời hạn không ghi năm và kế hoạch không cho biết năm. Hãy nhập năm."


def fill_years(items: list[Item], gaps: list[str], context: Context) -> None:
    """Give every dated item its year; what is taken from elsewhere than its own list becomes a doubt."""
    for item in items:
        _complete_run(item)
    for at in range(len(items) - 2, -1, -1):
        _take_from_next(items[at], items[at + 1], gaps[at])
    for at in range(1, len(items)):
        _take_from_previous(items[at], items[at - 1])
    for item in items:
        _take_from_plan(item, context)


def first_point(item: Item) -> Point | None:
    """The first point of an item that its year hangs on."""
    match item.thing:
        case Point() as point:
            return point
        case Run(first=point) | Standing(start=Point() as point) | Counted(anchor=Point() as point):
            return point
    return None


def last_point(item: Item) -> Point | None:
    """The last point of an item."""
    return item.thing.last if isinstance(item.thing, Run) else first_point(item)


def _set_year(item: Item, year: int) -> None:
    match item.thing:
        case Point() as point:
            item.thing = point.in_year(year)
        case Run(first=first, last=last) as run:
            later = year + (last.first < first.first)
            item.thing = replace(run, first=first.in_year(year), last=last.in_year(later))
        case Standing(start=Point() as point):
            item.thing = Standing(point.in_year(year))
        case Counted(anchor=Point() as point) as counted:
            item.thing = replace(counted, anchor=point.in_year(year))


def _complete_run(item: Item) -> None:
    """«Quý I - Quý III/2025»: one year for both; «Quý IV - Quý I/2026» begins the year before, which is a
    doubt.
    """
    runs = [item.thing] if isinstance(item.thing, Run) else []
    if isinstance(item.thing, Repeat) and item.thing.start and item.thing.until:
        runs = [Run(item.thing.start, item.thing.until)]
    for run in runs:
        first, last = run.first, run.last
        backwards = first.first > last.first
        if first.year is None and last.year is not None:
            first = first.in_year(last.year - backwards)
        elif last.year is None and first.year is not None:
            last = last.in_year(first.year + first.years + backwards)
            item.doubts.append(_inferred(last, "năm ghi trước đó"))
        else:
            continue
        if backwards:
            item.doubts.append(_inferred(first, "năm của mốc sau"))
        if isinstance(item.thing, Repeat):
            item.thing = replace(item.thing, start=first, until=last)
        else:
            item.thing = replace(run, first=first, last=last)


def _take_from_next(item: Item, following: Item, gap: str) -> None:
    """«Quý II và Quý IV/2025»: a list has one year, written at its end."""
    mine, other = first_point(item), first_point(following)
    if mine is None or other is None or mine.year is not None or other.year is None:
        return
    if gap and not listed(gap):
        return
    backwards = mine.first > other.first
    _set_year(item, other.year - backwards)
    if backwards or not gap:
        item.doubts.append(_inferred(mine.in_year(other.year - backwards), "năm của mốc sau"))


def _take_from_previous(item: Item, previous: Item) -> None:
    """«Tháng 3/2025, tháng 9»: the year goes on, or the next one where it would go back; a doubt."""
    mine, other = first_point(item), last_point(previous)
    if mine is None or other is None or mine.year is not None or other.year is None:
        return
    year = other.year + other.years + (mine.first < other.first)
    _set_year(item, year)
    item.doubts.append(_inferred(mine.in_year(year), "năm ghi trước đó"))


def _take_from_plan(item: Item, context: Context) -> None:
    """The first year in which the point ends within the plan's period, or on or after the plan's issue."""
    point = first_point(item)
    if point is None or point.year is not None:
        return
    earliest = context.start or context.issued or context.end
    if earliest is None:
        item.doubts.append(NO_YEAR)
        return
    year = _year_from(point, context)
    _set_year(item, year)
    source = "năm của kế hoạch" if context.start or context.end else "ngày ban hành"
    item.doubts.append(_inferred(point.in_year(year), source))


def _year_from(point: Point, context: Context) -> int:
    if context.start is None and context.end is not None:
        return context.end.year
    earliest = context.start or context.issued
    assert earliest is not None
    if context.start and context.issued and context.end and context.end.year > context.start.year:
        earliest = max(context.start, context.issued)
    for year in (earliest.year, earliest.year + 1):
        try:
            if point.in_year(year).span().due >= earliest:
                return year
        except NotInCalendar:
            continue
    return earliest.year


def _inferred(point: Point, source: str) -> str:
    return f"Thời hạn không ghi năm. Đọc là {point_words(point)} theo {source}, đúng không?"


def point_words(point: Point) -> str:
    """A point in words: «quý II/2026», «15/12/2025», «từ 01/7/2025 đến 31/12/2025»."""
    named = points.name(point)
    if named:
        return named
    try:
        start, due = point.span()
    except NotInCalendar:
        return f"năm {point.year}"
    if point.unit == "year":
        return f"năm {point.year}"
    if start == due or point.unit == "end":
        return date_words(due)
    return f"từ {date_words(start)} đến {date_words(due)}"
