"""The calendar of days off is a guess that the administrator corrects."""

from datetime import date

from tracker.models import DayOff
from tracker.services import days_off


def test_corrections_win_over_the_guess(session):
    session.add_all(
        [
            DayOff(day=date(2026, 6, 18), off=True, name="Nghỉ theo Công điện"),
            DayOff(day=date(2026, 6, 20), off=False, name="Làm bù"),
        ]
    )
    calendar = days_off.calendar()
    assert not calendar.is_working(date(2026, 6, 18))
    assert calendar.is_working(date(2026, 6, 20))
    assert not calendar.is_working(date(2026, 6, 21))
    assert not calendar.is_working(date(2026, 4, 30))
