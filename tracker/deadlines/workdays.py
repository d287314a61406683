"""Days off: weekends and public holidays as a library guesses them, corrected by the administrator's own
list.
"""

from collections.abc import Mapping
from datetime import date

import holidays

from tracker.deadlines.periods import DAY

_SATURDAY = 5


class DaysOff:
    """A calendar of days off. `overrides` says of a day whether it is off: True for a holiday, False for a
    day that is worked (a make-up Saturday), whatever the library thinks (Bộ luật Lao động 2019, điều 111,
    112).
    """

    def __init__(self, overrides: Mapping[date, bool] | None = None) -> None:
        self._overrides = dict(overrides or {})
        self._guess = holidays.country_holidays("VN")

    def is_working(self, day: date) -> bool:
        """Whether offices work on the day."""
        known = self._overrides.get(day)
        return not known if known is not None else self._guess_is_working(day)

    def _guess_is_working(self, day: date) -> bool:
        if day in self._guess:
            return False
        return day.weekday() < _SATURDAY or day in self._guess.weekend_workdays

    def next_working_day(self, day: date) -> date:
        """The first working day after the day."""
        return self.roll_forward(day + DAY)

    def previous_working_day(self, day: date) -> date:
        """The last working day before the day."""
        day -= DAY
        while not self.is_working(day):
            day -= DAY
        return day

    def roll_forward(self, day: date) -> date:
        """The day itself, or the next working day where it is off (Bộ luật Dân sự 2015, điều 148 khoản
        5).
        """
        while not self.is_working(day):
            day += DAY
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """The day `count` working days after the day, which is not counted itself; 0 is the day itself."""
        for _ in range(count):
            day = self.next_working_day(day)
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days lie after `first` up to and including `last`; negative where `last` is
        earlier.
        """
        if last < first:
            return -self.working_days_between(last, first)
        return sum(self.is_working(first + at * DAY) for at in range(1, (last - first).days + 1))
