"""A deadline text in the context of its plan -> what it means.

Each level hands the next a shorter list: letters of words (tokens), documents and events set aside
(clauses), points of the calendar and beats (parts), these with their prepositions (items), neighbours that
belong together (joins), years, milestones. What no level used is `unread`.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from tracker.deadlines import doubts
from tracker.deadlines.clauses import find_clauses
from tracker.deadlines.items import AdHoc, Event, Item, Repeat, gather
from tracker.deadlines.joins import join
from tracker.deadlines.leftovers import matters, unread_words
from tracker.deadlines.lists import merge_lists
from tracker.deadlines.meaning import Context, Kind, Milestone, Reading
from tracker.deadlines.milestones import Reader
from tracker.deadlines.normal import normal
from tracker.deadlines.parts import find_parts
from tracker.deadlines.tokens import Token, tokenize
from tracker.deadlines.workdays import DaysOff
from tracker.deadlines.years import fill_years
from tracker.words import nfc

LONGEST_TEXT = 2000
_NO_CONTEXT = Context()


class TextTooLong(ValueError):
    """A deadline text of more than 2,000 characters."""

    def __init__(self, length: int) -> None:
        super().__init__(f"Thời hạn dài {length} ký tự, quá {LONGEST_TEXT} ký tự. Hãy rút gọn thời hạn.")


@cache
def _usual_days_off() -> DaysOff:
    return DaysOff()


def read_deadline(text: str, context: Context = _NO_CONTEXT, days_off: DaysOff | None = None) -> Reading:
    """«Trước ngày 28/3/2025» -> a milestone due on 27/3/2025; every text has at least one milestone.

    `days_off` is the calendar that working days are counted by; without it, the library's public holidays.
    Raises TextTooLong.
    """
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(len(text))
    written = normal(text)
    parts = find_parts(find_clauses(tokenize(written)))
    items = _joined(gather(parts), parts)
    items = merge_lists(items, parts, written)
    fill_years(items, [_gap(parts, *pair) for pair in pairwise(items)], context)
    reader = Reader(context, lambda: days_off or _usual_days_off())
    found = [
        (item, reader.milestone(item, _text_of(item, parts, written))) for item in _meaningful(items, parts)
    ]
    return _reading(nfc(text), written, parts, [(item, made) for item, made in found if made])


def _joined(items: Sequence[Item], parts: Sequence[Token]) -> list[Item]:
    """Neighbours joined from left to right, as long as they make one thing."""
    done: list[Item] = []
    for item in items:
        while done and (both := join(done[-1], item, _gap(parts, done[-1], item))):
            done.pop()
            item = both
        done.append(item)
    return done


def _gap(parts: Sequence[Token], left: Item, right: Item) -> str:
    return "".join([part.letter for part in parts[left.last + 1 : right.first]])


def _meaningful(items: Sequence[Item], parts: Sequence[Token]) -> list[Item]:
    """Without events that only explain; one offered beside a beat («hằng quý hoặc khi cần») stays,
    undated.
    """
    repeats = any(isinstance(item.thing, Repeat) for item in items)
    kept = []
    for item in items:
        if isinstance(item.thing, Event) and repeats and item.first and parts[item.first - 1].letter == "&":
            item.thing = AdHoc()
        kept.append(item)
    return kept


def _text_of(item: Item, parts: Sequence[Token], written: str) -> str:
    return written[parts[item.first].start : parts[item.last].end]


def _reading(text: str, written: str, parts: Sequence[Token], found: list[tuple[Item, Milestone]]) -> Reading:
    milestones = tuple(milestone for _, milestone in found)
    reasons = [doubt for item, _ in found for doubt in item.doubts]
    used = {at for item, _ in found for at in range(item.first, item.last + 1)}
    unread = unread_words(parts, used, written)
    if not milestones or all(isinstance(item.thing, AdHoc) for item, _ in found):
        blank = not any(character.isalnum() for character in written)
        reason = doubts.NO_DEADLINE if blank else doubts.not_understood(written)
        return Reading(text, (Milestone(Kind.UNRESOLVED, written),), "" if blank else written, (reason,))
    suspicious = unread_words(parts, used, written, only=matters(parts, used))
    if suspicious:
        reasons.append(doubts.left_over(suspicious))
    return Reading(text, milestones, unread, tuple(dict.fromkeys(reasons)))
