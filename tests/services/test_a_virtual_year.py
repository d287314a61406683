"""A year lived day by day, with outages, moved dates and rules, returns and days off, against a slow table.

The table is worked out from the words of the rules by looking at every single day, slowly.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.deadlines.meaning import Kind
from tracker.models import AnsweredDay, DayOff, LetterChoice, Mail, Notice, NoticeState, Role
from tracker.rules.states import State
from tracker.services import gathering, plan_rules, reminding
from tracker.services.letterhead import Letterhead
from tracker.words import local_day

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
DAY = timedelta(days=1)
LETTERHEAD = Letterhead("https://dunghan.suoimay.example", "Đúng hạn", "", "a@suoimay.example", "07:30")

HOLIDAYS = {date(2026, 1, 1), date(2026, 4, 26), date(2026, 4, 27), date(2026, 4, 30), date(2026, 5, 1)}
HOLIDAYS |= {date(2026, 2, 14) + n * DAY for n in range(9)} | {date(2026, 9, 1), date(2026, 9, 2)}
HOLIDAYS |= {date(2026, 11, 24)}
MAKE_UP = {date(2026, 8, 22)}  # a Saturday worked
OUTAGES = [
    (date(2026, 3, 10), date(2026, 3, 12)),  # three days
    (date(2026, 6, 22), date(2026, 7, 5)),  # two weeks
]
HOUR_AWAY = {date(2026, 4, 13), date(2026, 6, 16), date(2026, 9, 23)}  # the machine comes up at 08:30


def works(day):
    if day in MAKE_UP:
        return True
    return day.weekday() < 5 and day not in HOLIDAYS


def runs(day):
    return works(day) and not any(begin <= day <= end for begin, end in OUTAGES)


def morning(day, hour):
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour - 7)


@dataclass
class Story:
    """An assignment and what becomes of it: (day, what, new due date), done in the afternoon of the day."""

    title: str
    due_on: date
    starts_on: date | None = None
    tracked_from: date = date(2025, 12, 15)
    unit: str = "economy"
    plan: str = "as it is"
    changes: list = field(default_factory=list)
    dated_on: date | None = None  # when what its deadline counts from became known; before, it has no date

    def on(self, day):
        """Whether it is open and dated in the morning of the day, and its due date then."""
        is_open, due_on = self.dated_on is None or self.dated_on < day, self.due_on
        for when, what, moved_to in self.changes:
            if when < day:
                is_open = {"submit": False, "return": True, "suspend": False, "resume": True}.get(
                    what, is_open
                )
                due_on = moved_to or due_on
        return is_open, due_on


STORIES = [
    Story("một ngày", date(2026, 3, 31)),
    Story("ngày nghỉ", date(2026, 2, 17)),
    Story("quý II", date(2026, 6, 30), date(2026, 4, 1)),
    Story("quý III", date(2026, 9, 30), date(2026, 7, 1), unit="culture"),
    Story("cả năm", date(2026, 12, 31), date(2026, 1, 1)),
    *(
        Story(f"tháng {month}", date(2026, month, 25), date(2026, month, 1), unit=unit)
        for month, unit in zip(range(2, 12), ["economy", "culture", "office"] * 4, strict=False)
    ),
    Story("một tuần", date(2026, 5, 10), date(2026, 5, 4)),
    Story("đã qua khi giao", date(2026, 1, 5), tracked_from=date(2026, 2, 2)),
    Story("giao sát hạn", date(2026, 4, 14), tracked_from=date(2026, 4, 9), unit="culture"),
    Story("gia hạn", date(2026, 5, 20), changes=[(date(2026, 5, 18), "extend", date(2026, 8, 20))]),
    Story("đính chính", date(2026, 10, 20), changes=[(date(2026, 10, 8), "correct", date(2026, 10, 30))]),
    Story(
        "trả lại",
        date(2026, 7, 20),
        changes=[
            (date(2026, 7, 10), "submit", None),
            (date(2026, 7, 16), "return", None),
            (date(2026, 7, 28), "submit", None),
        ],
    ),
    Story(
        "tạm dừng",
        date(2026, 9, 15),
        unit="culture",
        changes=[(date(2026, 9, 3), "suspend", None), (date(2026, 9, 11), "resume", None)],
    ),
    Story("10 ngày sau khi có hướng dẫn", date(2026, 8, 13), dated_on=date(2026, 8, 3)),
    Story("nộp sớm", date(2026, 11, 20), changes=[(date(2026, 11, 2), "submit", None)]),
    *(
        Story(f"{title}, quy tắc riêng", due_on, starts_on, unit=unit, plan="its own")
        for title, due_on, starts_on, unit in (
            ("qua ba ngày mất", date(2026, 3, 14), None, "economy"),
            ("trước hai tuần mất", date(2026, 6, 17), None, "office"),
            ("trong hai tuần mất", date(2026, 6, 30), date(2026, 4, 1), "economy"),
            ("sau hai tuần mất", date(2026, 7, 9), None, "culture"),
            ("lâu sau đó", date(2026, 7, 20), date(2026, 7, 1), "office"),
            ("cuối năm", date(2026, 10, 30), date(2026, 10, 1), "economy"),
        )
    ),
]

RULES = {
    "approaching": (14, 7, 3, 1, 0),
    "helping": (7,),
    "overdue": range(1, 57, 7),
    "escalated": range(7, 63, 7),
}
# what the plan with rules of its own makes of them, and on which afternoons: first while the machine is down
RULE_CHANGES = [
    (date(2026, 3, 11), {"approaching": (3, 2), "helping": (2,)}),
    (
        date(2026, 6, 29),
        {"approaching": (10, 5, 4), "helping": (), "overdue": (2, 12), "escalated": (14, 21)},
    ),
    (date(2026, 7, 1), {"approaching": (10, 5, 2), "overdue": (4, 16), "escalated": (14, 17)}),
    (date(2026, 8, 5), {}),
    (date(2026, 10, 21), {"approaching": (8, 0), "overdue": (3,)}),
]


def rules_of(story, today):
    """The days of each rule as they stand in the morning for the story's plan."""
    made = [days for when, days in RULE_CHANGES if when < today and story.plan == "its own"]
    return RULES | (made[-1] if made else {})


# unit -> who reads for it, and whether weekly; in the last, nobody chose daily letters but the head is bound
READERS = {
    "economy": {"an": "daily", "hoa": "daily"},
    "culture": {"binh": "weekly"},
    "office": {"chi": "none", "lan": "weekly"},
}
HEADS = {"economy": "hoa", "office": "lan"}
STATES = {"submit": State.SUBMITTED, "return": State.OPEN, "suspend": State.SUSPENDED, "resume": State.OPEN}


def mondays_letter(day):
    """Whether weekly readers get a letter on the day: the last working day up to a Monday."""
    if not works(day):
        return False
    ahead = day
    while ahead.weekday() != 0:
        ahead += DAY
        if works(ahead):
            return False
    return True


def goes_out(day, late, weekly):
    """The day a notice planned for `day` goes out."""
    sends = mondays_letter if weekly else works
    while not sends(day):
        day += DAY if late else -DAY
    return day


def planned(story, due_on, day, rules):
    """What the table plans for the day: «overdue», «before» or nothing."""
    if (day - max(due_on, story.tracked_from)).days in rules["overdue"]:
        return "overdue"
    if counts_down(story, due_on, day, rules["approaching"]):
        return "before"
    length = (due_on - story.starts_on).days + 1 if story.starts_on else 0
    if length > 45 and day in (story.starts_on, story.starts_on + length // 2 * DAY):
        return "before" if day > story.tracked_from else None
    return None


def counts_down(story, due_on, day, days):
    """Whether the day is one of so many before the date, within the nearer half of the story's time."""
    left = (due_on - day).days
    if left not in days or day <= story.tracked_from:
        return False
    return story.starts_on is None or 2 * left <= (due_on - story.starts_on).days + 1


def planned_for_others(story, due_on, day, rules):
    """The same for who is not the lead: helpers a week before, the leader a week late and weekly."""
    if (day - max(due_on, story.tracked_from)).days in rules["escalated"]:
        return "escalated"
    return "helping" if counts_down(story, due_on, day, rules["helping"]) else None


OTHERS = {"escalated": ("dung", "quang"), "helping": ("mai",)}
REPORTING_DAYS = (date(2026, 6, 14), date(2026, 12, 14))  # of standing tasks, twice a year


def told(story, due_on, day, rules):
    """What is planned for the day: (what, who, whether weekly)."""
    what, for_others = planned(story, due_on, day, rules), planned_for_others(story, due_on, day, rules)
    for who, weekly in readers(story, what) if what else ():
        yield what, who, weekly
    for who in OTHERS.get(for_others, ()):
        yield for_others, who, False


LATE = ("overdue", "escalated")


def sends_on(story, due_on, day, what, weekly, rules):
    """When it goes out: not before the first morning after publishing, nor a countdown before the start."""
    out = goes_out(day, what in LATE, weekly)
    counting_down = counts_down(story, due_on, day, (*rules["approaching"], *rules["helping"]))
    earliest = story.tracked_from + DAY
    if counting_down and story.starts_on:
        earliest = max(earliest, story.starts_on)
    if what not in LATE and out < earliest:
        out = goes_out(earliest, True, weekly)
        return out if out <= due_on else None
    return out


def readers(story, what):
    """Who is told, and whether weekly."""
    for name, choice in READERS[story.unit].items():
        is_head = HEADS.get(story.unit) == name
        if what == "before" and (choice == "none" or is_head):
            continue
        if what == "overdue" and is_head:
            yield name, False  # daily by choice, or because nobody else of the unit is
        elif what == "overdue" and story.unit == "culture":
            yield name, False  # the only reader
        elif choice != "none":
            yield name, choice == "weekly"


def worked_out():
    """(day, who, what, title) of every reminder of the year."""
    found, before = set(), FIRST - DAY
    day = FIRST
    while day <= LAST:
        if runs(day):
            for story in STORIES:
                found |= _of(story, before, day)
            found |= set(_without_dates(before, day))
            before = day
        day += DAY
    return found


def _without_dates(before, today):
    """What has no date: an undated task once a week for the monitor, a standing one before it is reported."""
    days = [before + n * DAY for n in range(1, (today - before).days + 1)]
    if any(mondays_letter(day) for day in days):
        yield today, "quang", "undated", "khi có phát sinh"
        for story in STORIES:
            if story.dated_on and today <= story.dated_on:
                yield today, "quang", "undated", story.title
    if any(goes_out(day - 7 * DAY, False, False) in days and today <= day for day in REPORTING_DAYS):
        yield today, "an", "standing", "thường xuyên"


def _of(story, before, today):
    is_open, due_on = story.on(today)
    latest, rules = {}, rules_of(story, today)
    if is_open:
        for offset in range(-60, 40):
            day = today + offset * DAY
            for what, who, weekly in told(story, due_on, day, rules):
                out = sends_on(story, due_on, day, what, weekly, rules)
                if out is not None and before < out <= today:
                    latest[who] = what if what in LATE or today <= due_on else None
    return {(today, who, what, story.title) for who, what in latest.items() if what}


@pytest.fixture
def house(session, cast, make_plan, make_task, make_assignment):
    """The stories, stored, and everybody who is told of them."""
    helping = cast.unit("Trạm Y tế", cast.commune)
    cast.person("mai", "Phan Thị Mai", (Role.STAFF, helping))
    cast.person("quang", "Ngô Văn Quang", (Role.MONITOR, cast.commune))
    lan = cast.person("lan", "Đào Thị Lan", (Role.UNIT_HEAD, cast.office))
    lan.letters = LetterChoice.WEEKLY
    cast.binh.letters = LetterChoice.WEEKLY
    cast.chi.letters = LetterChoice.NONE
    for number in range(-60, 460):  # each day as the year has it, whatever the library thinks
        session.add(DayOff(day=FIRST + number * DAY, off=not works(FIRST + number * DAY)))
    plan = make_plan(published_at=morning(date(2025, 12, 15), 9))
    plans = {"as it is": plan, "its own": make_plan(number="7/KH-UBND", published_at=plan.published_at)}
    session.add(AnsweredDay(day=FIRST - DAY, at=morning(FIRST - DAY, 6)))
    stored = {}
    for story in STORIES:
        task = make_task(
            plans[story.plan],
            title=story.title,
            kind=Kind.RELATIVE if story.dated_on else Kind.BY,
            due_on=None if story.dated_on else story.due_on,
            starts_on=story.starts_on,
            leads=[getattr(cast, story.unit)],
            helpers=[helping],
        )
        stored[story.title] = make_assignment(task, columns={"tracked_from": story.tracked_from})
    for title, kind in (("thường xuyên", Kind.CONTINUOUS), ("khi có phát sinh", Kind.UNRESOLVED)):
        task = make_task(plan, title=title, kind=kind, due_on=None, leads=[cast.economy], helpers=[])
        stored[title] = make_assignment(task, columns={"tracked_from": date(2025, 12, 15)})
    session.commit()
    return stored


def live(session, cast, house):
    """Every day: the morning's run and letters where the machine is up, then the deeds of the afternoon."""
    day = FIRST
    while day <= LAST:
        if runs(day) or not works(day):
            up_at = 8.5 if day in HOUR_AWAY else 6
            for hour in (up_at, up_at):
                reminding.run(now=morning(day, hour))
            session.commit()
            while gathering.gather_digests(LETTERHEAD, now=morning(day, max(up_at, 7.5))):
                session.commit()
        for story in STORIES:
            if story.dated_on == day:
                house[story.title].due_on = story.due_on
            for _, what, moved_to in (change for change in story.changes if change[0] == day):
                assignment = house[story.title]
                assignment.state = STATES.get(what, assignment.state)
                assignment.due_on = moved_to or assignment.due_on
        for days in (days for when, days in RULE_CHANGES if when == day):
            own_rules = house["cuối năm, quy tắc riêng"].task.plan
            plan_rules.change_rules(own_rules, days, actor=cast.chi, now=morning(day, 15))
        session.commit()
        day += DAY


def test_a_year_says_everything_once_on_its_day_and_nothing_that_is_not_true(session, cast, house):
    live(session, cast, house)
    titles = {("assignment", assignment.id): title for title, assignment in house.items()}
    titles |= {("task", assignment.task_id): title for title, assignment in house.items()}
    titles["plan", house["thường xuyên"].task.plan_id] = "thường xuyên"
    notices = session.query(Notice).filter(
        Notice.state == NoticeState.BOUND,
        Notice.subject.in_(["assignment", "task", "plan"]),
        Notice.mail_id.is_not(None),
    )
    said = [
        (
            local_day(notice.mail.created_at),
            notice.user.username,
            "before" if notice.rule in ("started", "halfway", "approaching") else notice.rule,
            titles[notice.subject, notice.subject_id],
        )
        for notice in notices
    ]
    expected = worked_out()
    assert len(said) == len(set(said)), "something was said twice"
    assert sorted(set(said) - expected) == []
    assert sorted(expected - set(said)) == []
    assert len(said) > 200
    letters = [(local_day(mail.created_at), mail.user_id) for mail in session.query(Mail)]
    assert len(letters) == len(set(letters)), "two letters on one day"
    assert {day for day, _ in letters if not works(day)} == set()
