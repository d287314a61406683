"""Whatever is done, in whatever order, worked out in between or not: kept figures are the counted ones."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select, update

from tracker.deadlines.meaning import Kind
from tracker.deadlines.workdays import DaysOff
from tracker.grants import reach_of
from tracker.models import Assignment, Role
from tracker.services import assigning, boards, cells, extending, managing, progress, reviewing
from tracker.services.milestones import Dates
from tracker.services.refusals import Refused
from tracker.services.selections import EVERYTHING
from tracker.words import local_day

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
WHICH = st.integers(min_value=0, max_value=9)
SOON = st.integers(min_value=-20, max_value=100)


def spread(found):
    """The cells of all units in one order."""
    return sorted(f"{one.unit_id}: {cell}" for one in found for cell in one.cells)


def test_no_series_of_deeds_parts_what_is_kept_from_what_is_counted(
    cast, make_task, make_assignment, session, monkeypatch
):
    monkeypatch.setattr(cells, "AT_ONCE", 2)
    leader = cast.person("tinh", "Lãnh đạo tỉnh", (Role.LEADER, cast.province))
    days = [date(2026, 3, 31), date(2026, 6, 17), date(2026, 6, 24), date(2026, 9, 30)]
    departments = [cast.economy, cast.culture, cast.office]

    class Province(RuleBasedStateMachine):
        """Everybody at work on what three departments lead."""

        def __init__(self):
            super().__init__()
            self.now = NOW
            for unit in departments:
                for due_on in days:
                    make_assignment(make_task(leads=[unit], helpers=[], due_on=due_on))
                make_assignment(make_task(leads=[unit], helpers=[], due_on=None, kind=Kind.CONTINUOUS))

        @property
        def today(self) -> date:
            return local_day(self.now)

        def one(self, number):
            known = session.scalars(select(Assignment).order_by(Assignment.id.desc()).limit(10)).all()
            return known[number % len(known)]

        def attempt(self, deed, *arguments, actor=cast.chi, **words):
            with suppress(Refused):
                deed(*arguments, actor=actor, now=self.now, **words)
            session.flush()

        @rule(hours=st.sampled_from([1, 20, 30, 24 * 7, 24 * 40]))
        def time_passes(self, hours):
            self.now += timedelta(hours=hours)

        @rule()
        def the_scheduler_works_some_figures_out(self):
            cells.refresh(self.today)
            session.flush()

        @rule()
        def the_scheduler_works_all_figures_out(self):
            while cells.refresh(self.today):
                session.flush()

        @rule(which=WHICH, percent=st.integers(min_value=0, max_value=100))
        def report(self, which, percent):
            self.attempt(progress.report_progress, self.one(which), percent)

        @rule(which=WHICH)
        def hand_in(self, which):
            assignment = self.one(which)
            for deliverable in assignment.milestone.deliverables:
                self.attempt(progress.explain_absence, assignment, deliverable, "Không có.")
            self.attempt(progress.submit, assignment)

        @rule(which=WHICH)
        def withdraw(self, which):
            self.attempt(progress.withdraw, self.one(which))

        @rule(which=WHICH)
        def confirm(self, which):
            self.attempt(reviewing.confirm, self.one(which))

        @rule(which=WHICH)
        def send_back(self, which):
            words = {"today": self.today, "days_off": DaysOff()}
            self.attempt(reviewing.return_, self.one(which), "Thiếu chữ ký.", **words)

        @rule(which=WHICH)
        def reopen(self, which):
            self.attempt(reviewing.reopen, self.one(which), "Sai số liệu.")

        @rule(which=WHICH, days=SOON)
        def give_more_time(self, which, days):
            assignment, new = self.one(which), self.today + timedelta(days=days)
            self.attempt(extending.request_extension, assignment, "Chờ vốn.", new, today=self.today)
            for request in assignment.extension_requests[-1:]:
                self.attempt(extending.grant_extension, request, new, "15/QĐ-UBND", actor=cast.dung)

        @rule(which=WHICH, days=st.none() | SOON)
        def correct(self, which, days):
            due_on = None if days is None else self.today + timedelta(days=days)
            self.attempt(managing.correct, self.one(which), due_on, "Đọc nhầm.")

        @rule(which=WHICH, deed=st.sampled_from([managing.suspend, managing.cancel]))
        def stop(self, which, deed):
            self.attempt(deed, self.one(which), "Chờ sắp xếp.")

        @rule(which=WHICH)
        def resume(self, which):
            self.attempt(managing.resume, self.one(which))

        @rule(which=WHICH, unit=st.sampled_from(departments))
        def hand_over(self, which, unit):
            self.attempt(managing.reassign, self.one(which), unit, "Đúng chức năng.")

        @rule(which=WHICH)
        def record_a_cause(self, which):
            self.attempt(managing.record_cause, self.one(which), "Bão số 3.", today=self.today)

        @rule(which=WHICH, kind=st.sampled_from([Kind.BY, Kind.CONTINUOUS]))
        def read_the_milestone_otherwise(self, which, kind):
            self.one(which).milestone.kind = kind
            session.flush()

        @rule(unit=st.sampled_from(departments), days=SOON)
        def give_a_task_by_one_statement(self, unit, days):
            task = make_task(leads=[unit], helpers=[], due_on=self.today + timedelta(days=days))
            milestone, party = task.milestones[0], task.leads[0]
            dates = Dates(due_on=milestone.due_on)
            row = assigning.row(milestone, party, dates, tracked_from=self.today)
            assigning.give([row], actor=cast.chi, now=self.now)

        @rule(days=SOON)
        def change_many_by_one_statement(self, days):
            session.flush()
            many = update(Assignment).where(Assignment.unit_id == cast.economy.id)
            session.execute(many.values(due_on=self.today + timedelta(days=days)))
            cells.mark([cast.economy.id])

        @invariant()
        def what_a_board_shows_is_what_is_counted(self):
            reach = reach_of(leader)
            found = cells.cells(reach, self.today, EVERYTHING)
            where = cells.clause(EVERYTHING, reach, self.today)
            assert spread(found) == spread(
                cells._counted(where, self.today, cells.quarters_around(self.today))
            )
            assert cells.summed(one.tally for one in found) == boards.figures(reach, self.today)
            number = sum(cell.number for one in found for cell in one.cells)
            assert number == session.scalar(select(func.count()).select_from(Assignment))

    run_state_machine_as_test(
        Province, settings=settings(max_examples=15, stateful_step_count=25, deadline=None, database=None)
    )
