"""What a reported figure means: whether its target is met, who ranks where, which period comes first."""

import re
from collections.abc import Hashable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

LOWER_IS_BETTER = frozenset({"at_most", "less_by"})
_YEAR = re.compile(r"20\d\d")
_BEGINS = re.compile(r"(quý|tháng)\s*(IV|I{1,3}|\d{1,2})", re.IGNORECASE)
_PART = re.compile(r"(?:quý|tháng)\s*(IV|I{1,3}|\d{1,2})|(6 tháng)|(9 tháng)", re.IGNORECASE)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}


class Outcome(StrEnum):
    """How a unit stands with an indicator in a period."""

    MET = "met"
    MISSED = "missed"
    NOT_REPORTED = "not_reported"
    NO_TARGET = "no_target"
    EXEMPT = "exempt"


def outcome(
    bound: str, measure: str, target: float | None, value: float | None, *, base: float | None, exempt: bool
) -> Outcome:
    """How a value stands against its target; `base` is the value of the period before.

    A target without words of its own is one to reach («60 %»). One to fall or rise by needs the base: in
    percent of it where the target is in percent, else by so much.
    """
    if exempt:
        return Outcome.EXEMPT
    if value is None:
        return Outcome.NOT_REPORTED
    aim = _aim(bound, measure, target, base)
    if aim is None:
        return Outcome.NO_TARGET
    met = value <= aim if bound in LOWER_IS_BETTER else value >= aim
    return Outcome.MET if met else Outcome.MISSED


def _aim(bound: str, measure: str, target: float | None, base: float | None) -> float | None:
    """The figure to reach, or not to exceed; None where there is none."""
    if target is None or bound not in ("less_by", "more_by"):
        return target
    if base is None:
        return None
    step = base * target / 100 if measure == "%" else target
    return base - step if bound == "less_by" else base + step


def ranks(values: Mapping[Key, float], bound: str) -> dict[Key, int]:
    """The rank of each value, 1 for the best; equal values have equal ranks, and the next is as far down as
    there are better ones."""
    ordered = sorted(values.values(), reverse=bound not in LOWER_IS_BETTER)
    first = {value: place for place, value in reversed(list(enumerate(ordered, 1)))}
    return {key: first[value] for key, value in values.items()}


def has_begun(period: str, today: date) -> bool:
    """Whether a period has begun: «Quý III/2026» on 01/7/2026; one that names no year has."""
    year, part = _YEAR.search(period), _BEGINS.search(period)
    if year is None or int(year[0]) != today.year or part is None:
        return year is None or int(year[0]) <= today.year
    number = _ROMAN.get(part[2].upper()) or int(part[2] if part[2].isdigit() else 0)
    return (3 * number - 2 if part[1].lower() == "quý" else number) <= today.month


def period_order(period: str) -> tuple[int, int]:
    """What periods sort by: «Quý I/2023» before «Quý II/2023», «2024» after all of its parts."""
    year = _YEAR.search(period)
    part = _PART.search(period.replace(year[0], "") if year else period)
    place = 99
    if part is not None:
        number = (part[1] or "").upper()
        place = _ROMAN.get(number) or (int(number) if number.isdigit() else 6 if part[2] else 9)
    return int(year[0]) if year else 0, place
