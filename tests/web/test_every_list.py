"""Every page and sheet asks the database as often for thirty rows as for one, whoever looks at it."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import inspect

from tracker.db import Base
from tracker.deadlines.meaning import Kind
from tracker.grants import reach_of
from tracker.models import (
    Alias,
    Comment,
    CommentKind,
    DayOff,
    DueChange,
    DueChangeKind,
    Evidence,
    ExtensionRequest,
    ExtensionState,
    Feed,
    FeedScope,
    FormerLead,
    GroupMembership,
    Indicator,
    IndicatorReport,
    IndicatorTarget,
    JobRun,
    Mail,
    ProgressReport,
    Review,
    ReviewOutcome,
    Role,
    StandingAnswer,
    Submission,
    TaskGroup,
    TaskParty,
    UnitGroup,
)
from tracker.models.plans import PartyRole
from tracker.rules.reporting import period_of
from tracker.rules.states import State
from tracker.services import auditing, freezing

pytestmark = pytest.mark.usefixtures("nine_oclock")

NOW = datetime(2026, 6, 18, 2, tzinfo=UTC)
PEOPLE = ("an", "head", "chi", "dung", "admin", "giang")

# endpoint -> the addresses of pages and sheets that hold rows of any kind; {names} are of the world below
LISTS = {
    "account.show": ["/account/"],
    "assignment.show": ["/assignments/{main}/"],
    "assignment.submit": ["/assignments/{main}/submit"],
    "assignments.index": ["/assignments/", "/assignments/?part=all", "/assignments/?part=all&group=overdue"],
    "assignments.of_people": ["/assignments/people"],
    "board.index": ["/board/", "/board/?all=1&order=late", "/board/?quarter=2026-Q2"],
    "board.overdue": ["/board/overdue"],
    "board.rows": ["/board/rows", "/board/rows?sides=overdue"],
    "feeds.index": ["/feeds/"],
    "feeds.new": ["/feeds/new"],
    "indicators.index": ["/indicators/"],
    "indicators.of_plan": ["/indicators/plans/{plan}"],
    "indicators.show": ["/indicators/{indicator}"],
    "indicators.target": ["/indicators/targets/{target}"],
    "letters.index": ["/letters/"],
    "log.index": ["/log/"],
    "managing.manage": ["/assignments/{main}/manage/reassign"],
    "plans.add_task": ["/plans/{plan}/tasks/new"],
    "plans.compare": ["/plans/imports/{import}/compare"],
    "plans.details": ["/plans/{plan}/details"],
    "plans.edit_row": ["/plans/imports/{import}/rows/1"],
    "plans.forecast": ["/plans/{plan}/forecast"],
    "plans.index": ["/plans/", "/plans/?q=ke"],
    "plans.phrase": ["/plans/imports/{import}/phrase?phrase=Các thôn"],
    "plans.publish": ["/plans/{draft}/publish"],
    "plans.review": ["/plans/imports/{import}"],
    "plans.show": ["/plans/{plan}", "/plans/{draft}"],
    "plans.task": ["/plans/{plan}/tasks/{task}"],
    "plans.unknown_units": ["/plans/imports/{import}/units"],
    "previews.show": ["/evidence/{piece}/view"],
    "reports.ask_freeze": ["/reports/freeze"],
    "reports.frozen": ["/reports/frozen/{frozen}"],
    "reports.index": ["/reports/"],
    "reports.meeting": ["/reports/meeting"],
    "reports.meeting_document": ["/reports/meeting.docx"],
    "reports.periodic": ["/reports/periodic.docx"],
    "reports.urging_index": ["/reports/urging"],
    "reports.urging_letter": ["/reports/urging/{unit}.docx"],
    "reports.urging_letters": ["/reports/urging.zip"],
    "reviewing.show": ["/reviewing/{waits}"],
    "extensions.show": ["/extensions/{asked}"],
    "search.show": ["/search/?q=viec", "/search/?q=phong", "/search/?q=bc"],
    "settings.index": ["/settings/"],
    "standing.show": ["/standing/{plan}/{unit}/2026-06-14"],
    "succession.begin": ["/units/{unit}/end/"],
    "succession.heirs": [
        "/units/{unit}/end/heirs?last_on=17/6/2026&reason=12/NQ&successors={helper}",
    ],
    "units.add": ["/units/new"],
    "units.add_group": ["/units/groups/new"],
    "units.index": ["/units/", "/units/?q=phong"],
    "units.show": ["/units/{unit}", "/units/{commune}"],
    "units.show_group": ["/units/groups/{group}"],
    "users.add": ["/users/new"],
    "users.index": ["/users/", "/users/?q=nguoi"],
    "users.show": ["/users/{person}"],
    "sheets.assignments": ["/sheets/assignments?part=all"],
    "sheets.board": ["/sheets/board"],
    "sheets.days": ["/sheets/days"],
    "sheets.feeds": ["/sheets/feeds"],
    "sheets.forecast": ["/sheets/plans/{plan}/forecast"],
    "sheets.frozen_report": ["/sheets/reports/frozen/{frozen}"],
    "sheets.frozen_reports": ["/sheets/reports/frozen"],
    "sheets.groups": ["/sheets/groups"],
    "sheets.indicator": ["/sheets/indicators/{indicator}"],
    "sheets.letters": ["/sheets/letters"],
    "sheets.log": ["/sheets/log"],
    "sheets.meeting": ["/sheets/meeting"],
    "sheets.overdue": ["/sheets/overdue"],
    "sheets.own_indicators": ["/sheets/indicators"],
    "sheets.people": ["/sheets/people"],
    "sheets.plan": ["/sheets/plans/{plan}"],
    "sheets.plan_indicators": ["/sheets/indicators/plans/{plan}"],
    "sheets.plans": ["/sheets/plans"],
    "sheets.reading": ["/sheets/plans/imports/{import}"],
    "sheets.search": ["/sheets/search?q=viec"],
    "sheets.task": ["/sheets/plans/{plan}/tasks/{task}"],
    "sheets.units": ["/sheets/units"],
    "sheets.urging": ["/sheets/urging"],
    "sheets.users": ["/sheets/users"],
    "sheets.waiting": ["/sheets/waiting"],
}

ONE_THING = "a form over one thing, or one thing alone"
A_FILE = "bytes as they are stored"
NO_LISTS = {
    "account.choose_by_link": ONE_THING,
    "assignment.request_extension": ONE_THING,
    "auth.login": ONE_THING,
    "bootstrap.static": A_FILE,
    "calendars.deadline": ONE_THING,
    "calendars.show": "a feed, whose queries are counted in test_feeding",
    "evidence.download": A_FILE,
    "evidence.edit": ONE_THING,
    "evidence.explain_absence": ONE_THING,
    "evidence.remove": ONE_THING,
    "evidence.replace": ONE_THING,
    "feeds.ask_replace": ONE_THING,
    "feeds.ask_revoke": ONE_THING,
    "guide.index": "words alone",
    "home.index": "only leads on",
    "icons.sprite": A_FILE,
    "indicators.download": A_FILE,
    "letters.show": ONE_THING,
    "links.forgotten": ONE_THING,
    "links.show": ONE_THING,
    "plans.delete": ONE_THING,
    "plans.edit_figure": ONE_THING,
    "plans.discard": ONE_THING,
    "plans.heading": ONE_THING,
    "plans.reading": ONE_THING,
    "plans.reminders": ONE_THING,
    "plans.source": A_FILE,
    "previews.picture": A_FILE,
    "reports.frozen_paper": A_FILE,
    "reviewing.index": "only leads on; the queue is read at reviewing.show",
    "sheets.sample": "rows that are made up",
    "standing.download": A_FILE,
    "static": A_FILE,
}


def test_every_address_is_counted_or_says_why_not(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    assert endpoints == LISTS.keys() | NO_LISTS.keys()
    assert not LISTS.keys() & NO_LISTS.keys()


class World:
    """A commune in which there is one more row of everything whenever one is added."""

    def __init__(self, app, cast, session, make_plan, make_task, make_assignment, make_import, plan_text):
        self.cast, self.session, self.now = cast, session, NOW
        self.make_plan, self.make_task, self.make_assignment = make_plan, make_task, make_assignment
        self.make_import, self.plan_text = make_import, plan_text
        self.rows = 0
        self.plan, self.draft = make_plan("1/KH-UBND"), make_plan("2/KH-UBND", published_at=None)
        self.task = make_task(self.plan, title="Việc của mọi phòng", due_on=date(2026, 6, 1))
        self.main = make_assignment(self.task)
        self.standing = make_task(self.plan, title="Việc thường xuyên", due_on=None, kind=Kind.CONTINUOUS)
        self.make_assignment(self.standing)
        self.group = UnitGroup(name="Các phòng", keeper_id=cast.commune.id)
        self.indicator = Indicator(plan=self.plan, position=1, name="Tỷ lệ", measure="%")
        self.target = IndicatorTarget(unit=cast.economy, period="2026", target=60)
        self.indicator.targets.append(self.target)
        session.add_all([self.group, self.indicator])
        session.flush()
        self.first_import = make_import(plan_text())
        self.frozen = None
        self.store = app.extensions["file_store"]
        self.store.put(io.BytesIO(plan_text()), limit_bytes=10_000)

    @property
    def by(self):
        """Who did it and when, with another person each row."""
        return {"by": self.person, "at": self.now}

    def add_row(self):
        """One more of everything."""
        self.recall()
        self.rows += 1
        self.unit = self.cast.unit(f"Phòng số {self.rows}", self.cast.commune, f"p{self.rows}@x.example")
        self.person = self.cast.person(f"nguoi{self.rows}", f"Người thứ {self.rows}", (Role.STAFF, self.unit))
        self.add_units_and_people()
        self.add_work()
        self.add_history()
        self.add_plans()
        self.add_indicators()
        self.session.flush()

    def recall(self):
        """Find again what the session forgot between requests."""
        for holder in (self, self.cast):
            for name, value in vars(holder).items():
                if isinstance(value, Base):
                    setattr(holder, name, self.session.get(type(value), inspect(value).identity))

    def add_units_and_people(self):
        """Other names, a group, a member, a letter, an address, a day off."""
        group = UnitGroup(name=f"Nhóm {self.rows}", keeper_id=self.cast.commune.id)
        self.session.add_all(
            [
                Alias(text=f"P{self.rows}", search_text=f"p{self.rows}", unit_id=self.unit.id),
                Alias(text=f"K{self.rows}", search_text=f"k{self.rows}", unit_id=self.cast.economy.id),
                GroupMembership(group_id=self.group.id, unit_id=self.unit.id),
                group,
                Feed(
                    owner_id=self.cast.an.id,
                    name="Máy",
                    token_hash=str(self.rows),
                    scope=FeedScope.UNIT,
                    unit_id=self.cast.economy.id,
                    created_at=self.now,
                ),
                Mail(
                    message_id=f"<{self.rows}@x>",
                    user=self.person,
                    address="x@x.example",
                    subject="Thư",
                    text="",
                    html="",
                    created_at=self.now,
                ),
                DayOff(day=date(2027, 1, 1) + timedelta(self.rows), off=True, name="Nghỉ"),
                JobRun(name=f"job{self.rows}", started_at=self.now),
            ]
        )
        self.session.flush()
        self.session.add(GroupMembership(group_id=group.id, unit_id=self.unit.id))

    def add_work(self):
        """Work on every side for the economy, each of a plan heading and of a person of its own."""
        group = TaskGroup(plan=self.plan, no=str(self.rows), title="Nhóm", position=self.rows)
        self.session.add(group)
        for day, columns in (
            (date(2026, 6, 1), {}),
            (date(2026, 6, 20), {}),
            (date(2026, 12, 31), {"state": State.DONE, "completed_on": date(2026, 6, 2)}),
            (date(2026, 6, 30), {"state": State.SUBMITTED}),
            (date(2026, 6, 29), {"state": State.SUSPENDED}),
            (None, {}),
        ):
            task = self.make_task(self.plan, title=f"Việc {self.rows}", due_on=day)
            task.group = group
            made = self.make_assignment(task, columns={"responsible": self.person} | columns)
            made.progress_reports.append(ProgressReport(percent=5, difficulties="Khó", **self.by))
            made.submissions.append(Submission(**self.by))
            if made.state is State.OPEN:
                returned = Review(outcome=ReviewOutcome.RETURNED, reason="Thiếu", **self.by)
                made.submissions[-1].review = returned
            self.attach(made)
            if self.rows == 1 and made.state is State.SUBMITTED:
                self.waits = made
            if columns.get("state") is State.SUSPENDED or day == date(2026, 6, 20):
                self.ask(made, ExtensionState.PENDING)
                if self.rows == 1 and day == date(2026, 6, 20):
                    self.asked = made.extension_requests[-1]
        standing = self.make_task(self.plan, title="Thường xuyên", due_on=None, kind=Kind.CONTINUOUS)
        made = self.make_assignment(standing)
        made.standing_answers.append(StandingAnswer(day=date(2026, 6, 14), text="Đã làm", **self.by))

    def attach(self, assignment):
        """A piece of evidence for the first deliverable, with the number of a document."""
        assignment.evidence.append(
            Evidence(
                deliverable=assignment.milestone.deliverables[0],
                file_sha256=self.first_import.file_sha256,
                name="a.txt",
                document_number=f"{self.rows}/BC",
                **self.by,
            )
        )

    def ask(self, assignment, state):
        """A request for more time."""
        assignment.extension_requests.append(
            ExtensionRequest(reason="Chờ", wanted_on=date(2026, 9, 9), state=state, **self.by)
        )

    def add_history(self):
        """More of all that can happen to one assignment, and one more unit of its task."""
        party = TaskParty(task=self.task, unit=self.unit, role=PartyRole.LEAD, position=self.rows + 5)
        self.session.add(party)
        self.session.flush()
        other = self.make_assignment(self.task, columns={"party": party, "unit": self.unit})
        other.submissions.append(Submission(**self.by))
        other.progress_reports.append(ProgressReport(percent=9, **self.by))
        main = self.main
        self.attach(main)
        main.progress_reports.append(ProgressReport(percent=5, **self.by))
        main.submissions.append(Submission(withdrawn_at=self.now, **self.by))
        answer = Review(outcome=ReviewOutcome.RETURNED, reason="Thiếu", **self.by)
        main.submissions.append(Submission(review=answer, **self.by))
        main.comments.append(Comment(kind=CommentKind.COMMENT, text="Đang làm", **self.by))
        main.former_leads.append(FormerLead(unit=self.unit, until_at=self.now))
        moved = {"from_on": date(2026, 5, 1), "to_on": date(2026, 6, 1), "reason": "Mưa"}
        main.due_changes.append(DueChange(kind=DueChangeKind.EXTENSION, **moved, **self.by))
        self.ask(main, ExtensionState.REFUSED)
        auditing.record(self.person, "comment", main, now=self.now)

    def add_plans(self):
        """A plan given out, a draft with a task more, a document that waits for its check."""
        plan = self.make_plan(f"{self.rows + 100}/KH-UBND", watching_unit=self.cast.commune)
        self.make_assignment(self.make_task(plan, title=f"Việc riêng {self.rows}"))
        self.make_task(self.draft, title=f"Việc dự thảo {self.rows}", leads=[self.unit])
        self.make_import(self.plan_text(number=f"{self.rows + 200}/KH-UBND"))
        if self.frozen is None:
            reach = reach_of(self.cast.dung)
            period = period_of(self.now.date(), "H", 14)
            self.session.flush()
            self.frozen = freezing.freeze(
                reach, period, self.cast.commune, plan=None, unit=None, store=self.store, now=self.now
            )

    def add_indicators(self):
        """An indicator of the plan, a unit in one of them, a value reported for a target."""
        indicator = Indicator(plan=self.plan, position=self.rows + 1, name=f"Chỉ tiêu {self.rows}")
        self.session.add(indicator)
        for unit in (self.unit, self.cast.economy):
            indicator.targets.append(IndicatorTarget(unit=unit, period="2026", target=50, given=20))
        target = IndicatorTarget(unit=self.unit, period="2026", target=60)
        target.reports.append(IndicatorReport(value=10, **self.by))
        self.indicator.targets.append(target)
        self.target.reports.append(IndicatorReport(value=self.rows, **self.by))

    def names(self):
        """What stands in the addresses."""
        self.session.flush()
        found = {
            "main": self.main,
            "waits": self.waits,
            "asked": self.asked,
            "plan": self.plan,
            "draft": self.draft,
            "task": self.task,
            "import": self.first_import,
            "indicator": self.indicator,
            "target": self.target,
            "piece": self.main.evidence[0],
            "unit": self.cast.economy,
            "helper": self.cast.culture,
            "commune": self.cast.commune,
            "group": self.group,
            "person": self.cast.an,
            "frozen": self.frozen,
        }
        return {name: thing.id for name, thing in found.items()}


@pytest.fixture
def world(app, cast, session, make_plan, make_task, make_assignment, make_import, plan_text):
    """The commune with one row of everything."""
    world = World(app, cast, session, make_plan, make_task, make_assignment, make_import, plan_text)
    world.add_row()
    session.commit()
    return world


@pytest.fixture
def asked(world, cast, session, log_in, count_queries):
    """A function that opens all that person may open: the number of queries by address."""

    def asked(name):
        world.recall()
        names, browser, found = world.names(), log_in(getattr(cast, name)), {}
        session.commit()
        for addresses in LISTS.values():
            for address in [address.format(**names) for address in addresses]:
                session.expunge_all()
                with count_queries() as sent:
                    answer = browser.get(address)
                found[address] = (answer.status_code, len(sent))
        return found

    return asked


@pytest.mark.parametrize("name", PEOPLE)
def test_thirty_rows_take_as_many_queries_as_one(world, session, asked, name):
    before = asked(name)
    for _ in range(29):
        world.add_row()
    session.commit()
    after = asked(name)
    assert {address: (one, after[address]) for address, one in before.items() if after[address] != one} == {}
