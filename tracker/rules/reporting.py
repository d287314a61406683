"""When periodic reports close, and what lies between (Nghị định 09/2019/NĐ-CP, điều 12)."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

OFFICIAL_CLOSING_DAY = 14
MONTHS = {"M": 1, "Q": 3, "H": 6, "Y": 12}  # of a period, by the letter of its code
CODE = re.compile(r"([12]\d{3})-([MQHY])(\d{1,2})")
OFFERED = {"M": 6, "Q": 4, "H": 3, "Y": 2}  # periods back from the present one


def closing_days(
    months: int, first: date, last: date, closing_day: int = OFFICIAL_CLOSING_DAY
) -> Iterator[date]:
    """The days from `first` to `last` (both included) on which a period of so many months closes.

    Periods begin with the year: half years close on 14/6 and 14/12. `months` divides 12. A closing day that a
    month does not have is its last: 31 closes every period with its month.
    """
    for year in range(first.year, last.year + 1):
        for month in range(months, 13, months):
            day = _close(year, month, closing_day)
            if first <= day <= last:
                yield day


def _close(year: int, month: int, closing_day: int) -> date:
    return date(year, month, min(closing_day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Period:
    """A period that is reported of: «2026-H1» from 15/12/2025 to 14/6/2026, both included."""

    code: str
    first: date
    last: date

    @property
    def words(self) -> str:
        """«tháng 6 năm 2026», «quý II năm 2026», «6 tháng đầu năm 2026», «năm 2026»."""
        year, kind, number = _parts(self.code)
        named = {
            "M": f"tháng {number} ",
            "Q": f"quý {('I', 'II', 'III', 'IV')[(number - 1) % 4]} ",
            "H": "6 tháng đầu " if number == 1 else "6 tháng cuối ",
            "Y": "",
        }
        return f"{named[kind]}năm {year}"


def _parts(code: str) -> tuple[int, str, int]:
    found = CODE.fullmatch(code)
    if found is None or not 1 <= int(found[3]) <= 12 // MONTHS[found[2]]:
        raise ValueError(f"{code!r} is no period")
    return int(found[1]), found[2], int(found[3])


def read_period(code: str, closing_day: int = OFFICIAL_CLOSING_DAY) -> Period:
    """«2026-M6», «2026-Q2», «2026-H1», «2026-Y1» -> the period; raises ValueError for anything else.

    It begins on the day after the one before it closed.
    """
    year, kind, number = _parts(code)
    month = number * MONTHS[kind]
    before = month - MONTHS[kind]
    opened = _close(year, before, closing_day) if before else _close(year - 1, 12, closing_day)
    return Period(code, opened + timedelta(days=1), _close(year, month, closing_day))


def period_of(day: date, kind: str, closing_day: int = OFFICIAL_CLOSING_DAY) -> Period:
    """The period of a kind (M, Q, H, Y) that the day lies in: 18/6/2026 lies in July's."""
    return next(
        period
        for year in (day.year, day.year + 1)
        for number in range(1, 12 // MONTHS[kind] + 1)
        if (period := read_period(f"{year}-{kind}{number}", closing_day)).last >= day
    )


def periods_offered(day: date, closing_day: int = OFFICIAL_CLOSING_DAY) -> list[Period]:
    """The periods a report may be wanted of on a day: of each kind the present one and some before it."""
    found = []
    for kind, count in OFFERED.items():
        period = period_of(day, kind, closing_day)
        for _ in range(count):
            found.append(period)
            period = period_of(period.first - timedelta(days=1), kind, closing_day)
    return found
