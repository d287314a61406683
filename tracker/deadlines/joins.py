"""What two neighbouring items of a text mean together: «từ .. đến ..», «hằng năm .. trước ngày ..», «30
ngày .. kể từ ..».

`gap` is the letters between the two items. Each function gives the one item that stands for both, or None.
"""

from dataclasses import replace

from tracker.deadlines import repeats
from tracker.deadlines.items import (
    Counted,
    Due,
    Event,
    Item,
    Later,
    NextYear,
    Now,
    Repeat,
    Run,
    Standing,
    Thing,
)
from tracker.deadlines.parts import Length
from tracker.deadlines.points import Point
from tracker.deadlines.repeats import Cycle, Every

OPEN_START = "Thời hạn chỉ ghi ngày bắt đầu. Đọc là nhiệm vụ thường xuyên từ đó, đúng không?"
BEAT_IN_YEAR = "Thời hạn ghi một năm và việc lặp lại. Đọc là lặp lại trong năm đó, đúng không?"
STANDING_IN_PERIOD = "Thời hạn vừa ghi thường xuyên vừa ghi một khoảng thời gian. Đọc như vậy đúng không?"
YEAR_AND_LATER = "Thời hạn gồm một năm và các năm tiếp theo. Đọc là hằng năm từ năm đó, đúng không?"
NEXT_YEAR = "Thời hạn ghi “năm sau”. Đọc là ngày đó của mỗi năm, đúng không?"
SAME_DAY_EACH = "Thời hạn ghi ngày nhưng không ghi tháng trong kỳ. Đọc là tháng cuối kỳ, đúng không?"

_CLOSE = frozenset(",&-()/ti:qpO")


def close(gap: str) -> bool:
    """Whether only marks and harmless words stand between two items."""
    return all(letter in _CLOSE for letter in gap)


def listed(gap: str) -> bool:
    """Whether the gap is that of a list: a comma, «và», «hoặc»."""
    return bool(gap) and all(letter in ",&" for letter in gap)


def join_points(left: Item, right: Item, gap: str) -> Item | None:
    """The run that two neighbouring points make: it binds closer than anything else."""
    both = (Point, Cycle)
    return join(left, right, gap) if isinstance(left.thing, both) and isinstance(right.thing, both) else None


def join(left: Item, right: Item, gap: str) -> Item | None:
    """The one item that two neighbours make, or None where they stay two."""
    thing = _join(left, right, gap)
    if thing is None:
        return None
    role = right.role if thing is right.thing else "at"
    merged = Item(role, thing, left.first, right.last, left.preps + right.preps)
    merged.doubts = left.doubts + right.doubts
    return merged


def _join(left: Item, right: Item, gap: str) -> Thing | None:
    match left.thing, right.thing:
        case ((Point() | Cycle()), (Point() | Cycle())):
            return _run(left, right, gap)
        case ((Point() | Cycle() | Run()), Repeat()):
            return _due_before_beat(left, right, gap)
        case Repeat(), (Point() | Cycle() | Run()):
            return _due_or_bound(left, right, gap)
        case Repeat(every=one), Repeat(every=other):
            return _same_beat(left.thing, right.thing) if one == other else None
        case Standing(), Repeat() if not gap:
            right.doubts.append(STANDING_IN_PERIOD)
            return left.thing
        case Point(), Standing() if left.role == "from" and close(gap):
            return Standing(left.thing)
        case Length(), Run():
            return right.thing if _as_long_as(left.thing, right.thing) else None
        case Standing(start=start), Standing() if close(gap):
            return Standing(start)
        case Standing(), (Point() | Run()):
            return _standing(left, right, gap)
        case Point(), Standing() if left.role == "at" and gap in ("", "t"):
            right.doubts.append(STANDING_IN_PERIOD)
            return Standing(left.thing)
        case ((Point() | Repeat() | Standing()), Later()):
            return _later(left, right, gap)
        case Point(), NextYear():
            right.doubts.append(NEXT_YEAR)
            return Repeat(repeats.YEARLY, (Due(left.thing, left.role == "before", later=True),))
        case Repeat(dues=(Due() as due,)), NextYear():
            return replace(left.thing, dues=(replace(due, later=True),))
        case Now(), Point() if right.role in ("until", "latest", "before"):
            return right.thing
        case _:
            return _counted(left, right, gap)


def _run(left: Item, right: Item, gap: str) -> Thing | None:
    """«từ ngày 16 - 22/3/2018», «tháng 3 đến tháng 12/2025», «từ ngày 1 đến ngày 5»."""
    one, other = left.thing, right.thing
    dash = gap == "-" and left.role in ("at", "from") and right.role == "at"
    reach = right.role in ("until", "before") and (
        left.role == "from"
        or (gap == "" and left.role == "at" and right.preps.strip("Dt") in ("u", "ue", "uz"))
    )
    if not (dash or reach or (left.role == "from" and right.role == "latest")):
        return None
    if isinstance(one, Cycle) and isinstance(other, Cycle):
        return replace(other, first=one.first, last=other.last - (right.role == "before"))
    if isinstance(one, Cycle) and isinstance(other, Point) and other.unit == "day":
        one = replace(other, first=(other.first[0], one.first), last=(other.first[0], one.first))
    if isinstance(one, Point) and isinstance(other, Point):
        return Run(one, other, right.role == "before")
    return None


def _due_before_beat(left: Item, right: Item, gap: str) -> Thing | None:
    """«trước ngày 25 hằng tháng», «quý I và quý III hằng năm», «năm 2026 và hằng năm»."""
    repeat = right.thing
    assert isinstance(repeat, Repeat)
    due = _due(left)
    if due is not None and _fits(repeat.every, due):
        if not repeat.dues and close(gap):
            return replace(repeat, dues=(due,))
        if repeat.dues and listed(gap) and type(repeat.dues[0].when) is type(due.when):
            others = [replace(other, before=due.before or other.before) for other in repeat.dues]
            return replace(repeat, dues=(due, *others))
        return None
    if isinstance(left.thing, Point) and left.thing.unit == "year" and left.thing.year and close(gap):
        if repeat.every == repeats.YEARLY or "&" in gap:
            right.doubts.append(YEAR_AND_LATER)
            return replace(repeat, start=left.thing)
        if gap:
            right.doubts.append(BEAT_IN_YEAR)
        return replace(repeat, start=left.thing, until=left.thing)
    if isinstance(left.thing, Run) and left.thing.first.year and close(gap):
        return replace(repeat, start=left.thing.first, until=left.thing.last)
    if isinstance(left.thing, Point) and left.role == "from" and close(gap):
        return replace(repeat, start=left.thing)
    return None


def _due_or_bound(left: Item, right: Item, gap: str) -> Thing | None:
    """«hằng quý trước ngày 15 tháng cuối quý», «hằng năm (bắt đầu từ năm 2026)», «hằng quý trong năm
    2025».
    """
    repeat, thing = left.thing, right.thing
    assert isinstance(repeat, Repeat)
    due = _due(right)
    if due is not None and _fits(repeat.every, due):
        return _with_due(repeat, due, right, gap)
    if not close(gap):
        return None
    if repeat.named and isinstance(thing, Point) and thing.year is not None and thing.unit == "day":
        return thing
    if isinstance(thing, Run) and (thing.first.year or thing.last.year):
        return replace(repeat, start=thing.first, until=thing.last)
    if isinstance(thing, Point) and thing.year is not None:
        if right.role == "from":
            return replace(repeat, start=thing)
        if right.role == "until":
            return replace(repeat, until=thing)
        if right.role == "at" and thing.unit in ("year", "years", "months") and repeat.every.step < 12:
            return replace(repeat, start=thing, until=thing)
        if right.role == "at" and thing.unit == "years":
            return replace(repeat, start=thing, until=thing)
    return None


def _with_due(repeat: Repeat, due: Due, right: Item, gap: str) -> Repeat | None:
    if repeat.dues:
        same = type(repeat.dues[0].when) is type(due.when)
        return (
            replace(repeat, dues=(*repeat.dues, replace(due, before=repeat.dues[0].before or due.before)))
            if (listed(gap) and same and right.role in ("at", "before"))
            else None
        )
    if any(mark in gap for mark in ".;") or (isinstance(due.when, Point) and not close(gap)):
        return None
    if (
        isinstance(due.when, Cycle)
        and due.when.month is None
        and repeat.every.step >= 3
        and not due.when.later
    ):
        right.doubts.append(SAME_DAY_EACH)
    return replace(repeat, dues=(due,))


def _due(item: Item) -> Due | None:
    """What an item says about the day in each period; None where it names a year."""
    thing = item.thing
    if isinstance(thing, Cycle) and item.role not in ("from", "after"):
        return Due(thing, item.role == "before", thing.later)
    if isinstance(thing, Point) and thing.year is None and item.role not in ("from", "after"):
        return Due(thing, item.role == "before")
    if isinstance(thing, Run) and thing.first.year is None and thing.last.year is None:
        return Due(thing, thing.before)
    return None


def _fits(every: Every, due: Due) -> bool:
    if isinstance(due.when, Cycle):
        if due.when.weekday:
            return every.unit == "week"
        return every.unit == "month" and due.when.every in (None, every)
    return (
        every.unit == "month"
        and every.step >= 3
        and not (isinstance(due.when, Point) and due.when.unit == "year")
    )


def _same_beat(one: Thing, other: Thing) -> Thing | None:
    assert isinstance(one, Repeat) and isinstance(other, Repeat)
    if one.dues and other.dues:
        return None
    return replace(
        one, dues=one.dues or other.dues, start=one.start or other.start, until=one.until or other.until
    )


def _standing(left: Item, right: Item, gap: str) -> Thing | None:
    """«Thường xuyên từ quý III/2025», «liên tục .. từ năm 2025 đến năm 2030», «thường xuyên trong năm
    2025».
    """
    if isinstance(right.thing, Run):
        if any(mark in gap for mark in ".;,&"):
            return None
        right.doubts.append(STANDING_IN_PERIOD)
        return right.thing
    assert isinstance(right.thing, Point)
    if right.role == "from" and close(gap):
        return Standing(right.thing)
    if right.role == "at" and right.thing.unit in ("year", "years", "months") and not gap.strip("tiq("):
        if right.thing.year is None:
            return Standing()
        right.doubts.append(STANDING_IN_PERIOD)
        return Standing(right.thing)
    return None


def _later(left: Item, right: Item, gap: str) -> Thing | None:
    """«Năm 2026 và các năm tiếp theo», «từ năm 2026 trở đi»."""
    if not isinstance(left.thing, Point):
        return left.thing
    if left.role == "from":
        right.doubts.append(OPEN_START)
        return Standing(left.thing)
    if left.thing.unit == "year" and left.role == "at" and "t" not in gap and close(gap):
        right.doubts.append(YEAR_AND_LATER)
        return Repeat(repeats.YEARLY, start=left.thing)
    return None


def _counted(left: Item, right: Item, gap: str) -> Thing | None:
    """«trong vòng 30 ngày kể từ ngày ban hành», «sau khi Kế hoạch được ban hành 15 ngày», «10 ngày kể từ
    01/7/2025».
    """
    one, other = left.thing, right.thing
    if isinstance(one, Length) and isinstance(other, Event) and close(gap):
        return Counted(one, other.words)
    if isinstance(one, Event) and isinstance(other, Length) and close(gap):
        return Counted(other, one.words)
    if (
        isinstance(one, Length)
        and isinstance(other, Point)
        and right.role in ("from", "after")
        and close(gap)
    ):
        return Counted(one, other) if left.preps or other.unit == "day" else None
    return None


def _as_long_as(length: Length, run: Run) -> bool:
    """«trong 4 tháng, từ tháng 9/2025 đến 31/12/2025»: the length only says again what the run says."""
    years = (run.last.year or 0) + run.last.years - (run.first.year or run.last.year or 0)
    return length.unit == "month" and length.size == 12 * years + run.last.last[0] - run.first.first[0] + 1
