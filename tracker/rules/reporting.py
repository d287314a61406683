"""When periodic reports close (Nghị định 09/2019/NĐ-CP, điều 12)."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

OFFICIAL_CLOSING_DAY = 14


def closing_days(
    months: int, first: date, last: date, closing_day: int = OFFICIAL_CLOSING_DAY
) -> Iterator[date]:
    """The days from `first` to `last` (both included) on which a period of so many months closes.

    Periods begin with the year: half years close on 14/6 and 14/12. `months` divides 12. A closing day that a
    month does not have is its last: 31 closes every period with its month.
    """
    for year in range(first.year, last.year + 1):
        for month in range(months, 13, months):
            day = date(year, month, min(closing_day, monthrange(year, month)[1]))
            if first <= day <= last:
                yield day
