"""The filters over the board and its rows: what can be chosen, and what is chosen now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker import clock
from tracker.deadlines.periods import add_months, quarter_of
from tracker.rules.counting import COUNTED, HANDED_IN, STILL_OPEN, Side
from tracker.services.choices import groups_in_sight, plans_in_sight, units_in_sight
from tracker.services.selections import Selection
from tracker.web.board.addresses import arguments_of, write_quarter, write_sides
from tracker.web.board.wording import SIDE_WORDS, sides_words
from tracker.web.sessions import current_reach
from tracker.words import date_words, quarter_words

INDENT = "\u2003"  # an em space a level; options of a select keep no other white space
QUARTERS = range(-7, 5)  # of the quarter of today, that can be chosen
SUMS = (STILL_OPEN, HANDED_IN, COUNTED)


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of each select as (value, words), by the argument's name; and what narrows now, as pills.

    A pill is the words of what narrows and the arguments of the address without it.
    """

    options: Mapping[str, Sequence[tuple[str, str]]]
    kept: Mapping[str, str]
    pills: Sequence[tuple[str, Mapping[str, str]]]


def choices(selection: Selection) -> Choices:
    """What the person can narrow the board to, and what of it the selection says."""
    options = {
        "plan": [(str(plan.id), plan.words) for plan in plans_in_sight(current_reach)],
        "unit": [(str(unit.id), INDENT * depth + unit.name) for depth, unit in units_in_sight(current_reach)],
        "group": [(str(group.id), group.name) for group in groups_in_sight(current_reach)],
        "quarter": [(write_quarter(day), quarter_words(day)) for day in _quarters(selection.quarter)],
        "sides": _sides(selection.sides),
    }
    kept = arguments_of(selection)
    return Choices(
        options, kept, [(words, _without(kept, name)) for name, words in _said(selection, options)]
    )


def _quarters(chosen: date | None) -> list[date]:
    """The quarters around today, the latest first, and the chosen one wherever it lies."""
    this = quarter_of(clock.today()).start
    days = {add_months(this, 3 * step) for step in QUARTERS} | ({chosen} if chosen else set())
    return sorted(days, reverse=True)


def _sides(chosen: frozenset[Side] | None) -> list[tuple[str, str]]:
    """Each side, the sums that people ask for, and the chosen sum whatever it is."""
    found = [(write_sides(*sides), sides_words(sides)) for sides in SUMS]
    found += [(side.value, words) for side, words in SIDE_WORDS.items()]
    wanted = write_sides(*chosen) if chosen else ""
    if wanted and wanted not in dict(found):
        found.append((wanted, sides_words(chosen or ())))
    return found


def _said(selection: Selection, options: Mapping[str, Sequence[tuple[str, str]]]) -> list[tuple[str, str]]:
    """What narrows the selection, each as the argument's name and words."""
    lead = dict(options["unit"]).get(str(selection.lead_id), "").strip()
    said = {
        "q": f"“{selection.words}”" if selection.words else "",
        "lead": f"{lead} chủ trì" if lead else "",
        "within": "hạn từ {} đến {}".format(*map(date_words, selection.within)) if selection.within else "",
        "extended": "đã gia hạn" if selection.extended else "",
        "excused": "chậm vì nguyên nhân khách quan" if selection.excused else "",
    }
    chosen = arguments_of(selection)
    said |= {name: dict(options[name]).get(chosen.get(name, ""), "").strip() for name in options}
    return [(name, words) for name, words in said.items() if words]


def _without(kept: Mapping[str, str], name: str) -> Mapping[str, str]:
    return {key: value for key, value in kept.items() if key != name}
