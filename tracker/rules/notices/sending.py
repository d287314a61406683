"""The days on which letters go out: every working day, or one a week, never on a day off."""

from datetime import date, timedelta

from tracker.deadlines.workdays import DaysOff
from tracker.rules.notices.people import LetterChoice

ONE_DAY = timedelta(days=1)


class SendingDays:
    """The days on which someone of a choice gets letters, read off the calendar and remembered.

    Daily readers get them on working days; weekly ones on Mondays, or, where that is off, the working day
    before. What falls between two such days is said on the one before it, or the one after.
    """

    def __init__(self, days_off: DaysOff, choice: LetterChoice) -> None:
        self._is_working = days_off.is_working
        self.choice = choice
        self._known: dict[date, bool] = {}

    def includes(self, day: date) -> bool:
        """Whether letters go out on `day`."""
        if day not in self._known:
            self._known[day] = self._is_sending(day)
        return self._known[day]

    def _is_sending(self, day: date) -> bool:
        if not self._is_working(day):
            return False
        if self.choice is LetterChoice.DAILY:
            return True
        to_monday = -day.weekday() % 7
        return not any(self._is_working(day + ONE_DAY * ahead) for ahead in range(1, to_monday + 1))

    def on_or_before(self, day: date) -> date:
        """`day`, else the last day before it on which letters go out."""
        while not self.includes(day):
            day -= ONE_DAY
        return day

    def on_or_after(self, day: date) -> date:
        """`day`, else the first day after it on which letters go out."""
        while not self.includes(day):
            day += ONE_DAY
        return day

    def nth_after(self, day: date, count: int) -> date:
        """The `count`-th day after `day` on which letters go out."""
        for _ in range(count):
            day = self.on_or_after(day + ONE_DAY)
        return day
