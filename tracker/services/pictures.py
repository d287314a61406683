"""The week of a unit for its leaders: the board's own figures."""

from datetime import date, timedelta

from tracker.grants import reach_of
from tracker.models import Unit, User
from tracker.render.letters import Ranked, WeekPicture
from tracker.rules.counting import HANDED_IN, Side
from tracker.services import boards
from tracker.services.letterhead import Letterhead
from tracker.services.selections import Selection

MOST_RANKED = 5  # units named in the letter; the board has them all
ONE_WEEK = timedelta(days=7)


def week_picture(unit: Unit, reader: User, letterhead: Letterhead, today: date) -> WeekPicture:
    """How the unit and those below it stand, and stood a week ago, as the board shows it to the reader."""
    reach, selection = reach_of(reader), Selection(unit_id=unit.id)
    tally, before = boards.figures_since(reach, today - ONE_WEEK, today, selection)
    ranking = boards.ranking(reach, today, selection)
    late = sorted((r for r in ranking if r.tally.of(Side.OVERDUE)), key=lambda r: -r.tally.of(Side.OVERDUE))
    return WeekPicture(
        unit=unit.name,
        week=today.isocalendar().week,
        total=tally.total,
        share=tally.on_time_share,
        overdue=tally.of(Side.OVERDUE),
        overdue_before=before.of(Side.OVERDUE),
        due_soon=tally.of(Side.DUE_SOON),
        waiting=tally.of(*HANDED_IN),
        ranked=tuple(
            Ranked(r.unit.name, r.tally.of(Side.OVERDUE), r.tally.on_time_share if r.tally.ranked else None)
            for r in late[:MOST_RANKED]
        ),
        url=letterhead.board(),
    )
