"""A deadline text in the context of its plan -> what it means.

Each level hands the next a shorter list: letters of words (tokens), documents and events set aside
(clauses), points of the calendar and beats (parts), these with their prepositions (items), neighbours
that belong together (joins), lists, years, milestones. What no level used is `unread`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from tracker.deadlines import doubts
from tracker.deadlines.clauses import find_clauses
from tracker.deadlines.items import AdHoc, Event, Item, Repeat, gather
from tracker.deadlines.joins import join, join_points
from tracker.deadlines.leftovers import unread_words, words_that_matter
from tracker.deadlines.lists import merge_lists, share_bounds, without_attributes
from tracker.deadlines.meaning import Context, Kind, Milestone, Reading
from tracker.deadlines.milestones import Reader
from tracker.deadlines.normal import is_unmarked, marked, normal
from tracker.deadlines.parts import Length, find_parts
from tracker.deadlines.tokens import Token, tokenize
from tracker.deadlines.workdays import DaysOff
from tracker.deadlines.years import fill_years
from tracker.words import nfc

LONGEST_TEXT = 2000
Join = Callable[[Item, Item, str], Item | None]


class TextTooLong(ValueError):
    """A deadline text of more than 2,000 characters."""

    def __init__(self, length: int) -> None:
        super().__init__(f"Thời hạn dài {length} ký tự, quá {LONGEST_TEXT} ký tự. Hãy rút gọn thời hạn.")


def read_deadline(text: str, context: Context | None = None, days_off: DaysOff | None = None) -> Reading:
    """«Trước ngày 28/3/2025» -> a milestone due on 27/3/2025; every text has at least one milestone.

    `days_off` is the calendar that working days are counted by; without it, the library's public holidays.
    Raises TextTooLong.
    """
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(len(text))
    written = normal(text)
    unmarked = is_unmarked(written)
    reading = _read(marked(written) if unmarked else written, context or Context(), days_off)
    extra = (doubts.UNMARKED,) if unmarked else ()
    return Reading(nfc(text), reading.milestones, reading.unread, (*reading.doubts, *extra))


def _read(written: str, context: Context, days_off: DaysOff | None) -> Reading:
    parts = find_parts(find_clauses(tokenize(written)))
    items = gather(parts)
    for rule in (join_points, join):
        items = _joined(items, parts, rule)
    items = merge_lists(without_attributes(_telling(items, parts), parts), parts, written)
    share_bounds(items, parts)
    fill_years(items, [_gap(parts, *pair) for pair in pairwise(items)], context)
    reader = Reader(context, lambda: days_off or _usual_days_off())
    found = [(item, reader.milestone(item, _text_of(item, parts, written))) for item in items]
    return _reading(written, parts, [(item, made) for item, made in found if made])


@cache
def _usual_days_off() -> DaysOff:
    return DaysOff()


def _joined(items: Sequence[Item], parts: Sequence[Token], rule: Join) -> list[Item]:
    """Neighbours joined from left to right, as long as they make one thing."""
    done: list[Item] = []
    for item in items:
        while done and (both := rule(done[-1], item, _gap(parts, done[-1], item))):
            done.pop()
            item = both
        done.append(item)
    return done


def _gap(parts: Sequence[Token], left: Item, right: Item) -> str:
    return "".join([part.letter for part in parts[left.last + 1 : right.first]])


def _telling(items: Sequence[Item], parts: Sequence[Token]) -> list[Item]:
    """Without lengths that only explain («trong 2 năm 2025 và 2026»).

    An event offered beside a beat («hằng quý hoặc khi cần») becomes a milestone without a date.
    """
    beats = any(isinstance(item.thing, Repeat) for item in items)
    dated = any(not isinstance(item.thing, Length | Event) for item in items)
    for item in items:
        offered = item.first and parts[item.first - 1].letter == "&"
        if isinstance(item.thing, Event) and beats and offered:
            item.thing = AdHoc()
    return [
        item
        for item in items
        if not (dated and isinstance(item.thing, Length) and not item.preps.strip("tiDq:"))
    ]


def _text_of(item: Item, parts: Sequence[Token], written: str) -> str:
    return written[parts[item.first].start : parts[item.last].end]


def _reading(written: str, parts: Sequence[Token], found: Sequence[tuple[Item, Milestone]]) -> Reading:
    if all(isinstance(item.thing, AdHoc) for item, _ in found):
        return _not_understood(written)
    used = {at for item, _ in found for at in range(item.first, item.last + 1)}
    reasons = [doubt for item, _ in found for doubt in item.doubts]
    if words := words_that_matter(parts, used, written):
        reasons.append(doubts.left_over(words))
    milestones = tuple(_once(milestone for _, milestone in found))
    return Reading(written, milestones, unread_words(parts, used, written), tuple(dict.fromkeys(reasons)))


def _not_understood(written: str) -> Reading:
    blank = not any(character.isalnum() for character in written)
    reason = doubts.NO_DEADLINE if blank else doubts.not_understood(written)
    return Reading(written, (Milestone(Kind.UNRESOLVED, written),), "" if blank else written, (reason,))


def _once(milestones: Iterable[Milestone]) -> Iterator[Milestone]:
    """Without what says the same again: «ban hành trong Quý II/2026, nâng cấp trong Quý II/2026»."""
    said = set()
    for milestone in milestones:
        meaning = replace(milestone, text="")
        if meaning not in said or milestone.kind is Kind.UNRESOLVED:
            yield milestone
        said.add(meaning)
