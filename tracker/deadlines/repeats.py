"""What comes back: every quarter, twice a year, the 25th of each month, the last Friday."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Every:
    """A beat: every `step` days, weeks or months, `times` in each. «Định kỳ 6 tháng» is 6 months."""

    unit: Literal["day", "week", "month"]
    step: int = 1
    times: int = 1


@dataclass(frozen=True, slots=True)
class Cycle:
    """A day that each period has, from `first` to `last` where it is a run of days; -1 is the last day.

    `month` says which month of the period is meant: 1 its first, -1 its last, None where the text does not
    say. `later` is set where the day lies in the period after the one it closes («tháng sau», «quý tiếp
    theo»). `every` is the beat the words themselves imply.
    """

    first: int
    last: int
    month: int | None = None
    later: bool = False
    weekday: bool = False
    working: bool = False
    every: Every | None = None


DAILY = Every("day")
WEEKLY = Every("week")
MONTHLY = Every("month")
QUARTERLY = Every("month", 3)
HALF_YEARLY = Every("month", 6)
YEARLY = Every("month", 12)
BEATS = {"D": DAILY, "W": WEEKLY, "M": MONTHLY, "Q": QUARTERLY, "A": YEARLY}


def beat(unit: str, count: int = 1, times: int = 1) -> Every:
    """The beat of `times` in `count` units (letters D W M Q A): 2 times in a year are every 6 months."""
    one = BEATS[unit]
    step = one.step * count
    if one.unit == "month" and step % times == 0:
        return Every("month", step // times)
    return Every(one.unit, step, times)
