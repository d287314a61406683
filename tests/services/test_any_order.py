"""Whatever is done to an assignment, in whatever order, it keeps its promises."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tracker.deadlines.workdays import DaysOff
from tracker.models import ExtensionState
from tracker.rules.states import State
from tracker.services import auditing, extending, managing, progress, reviewing, status
from tracker.services.refusals import Refused
from tracker.words import local_day

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
CALENDAR = DaysOff()
SOON = st.integers(min_value=-20, max_value=60)


def test_no_series_of_deeds_breaks_a_promise(cast, make_assignment, session):
    class Office(RuleBasedStateMachine):
        """Everybody at work on one assignment."""

        def __init__(self):
            super().__init__()
            self.assignment = make_assignment()
            self.first_due = self.assignment.due_on
            self.now, self.logged = NOW, 0

        @property
        def today(self) -> date:
            return local_day(self.now)

        def attempt(self, deed, *arguments, actor, **words):
            before = self.seen()
            try:
                deed(*arguments, actor=actor, now=self.now, **words)
            except Refused as refused:
                assert str(refused).endswith(".")
                assert self.seen() == before
            session.flush()

        def seen(self):
            this = self.assignment
            kept = this.submissions, this.due_changes, this.extension_requests, auditing.entries_about(this)
            return this.state, this.due_on, this.completed_on, this.unit, [len(many) for many in kept]

        @rule(hours=st.integers(min_value=1, max_value=100))
        def time_passes(self, hours):
            self.now += timedelta(hours=hours)

        @rule(percent=st.integers(min_value=-5, max_value=105))
        def report(self, percent):
            self.attempt(progress.report_progress, self.assignment, percent, actor=cast.an)

        @rule(ready=st.booleans())
        def submit(self, ready):
            if ready:
                [deliverable] = self.assignment.milestone.deliverables
                reason = "Không có."
                self.attempt(progress.explain_absence, self.assignment, deliverable, reason, actor=cast.an)
            self.attempt(progress.submit, self.assignment, actor=cast.an)

        @rule()
        def withdraw(self):
            self.attempt(progress.withdraw, self.assignment, actor=cast.an)

        @rule()
        def confirm(self):
            self.attempt(reviewing.confirm, self.assignment, actor=cast.chi)

        @rule(reason=st.sampled_from(["", "Thiếu chữ ký."]))
        def send_back(self, reason):
            words = {"today": self.today, "days_off": CALENDAR}
            self.attempt(reviewing.return_, self.assignment, reason, actor=cast.chi, **words)

        @rule()
        def reopen(self):
            self.attempt(reviewing.reopen, self.assignment, "Sai số liệu.", actor=cast.chi)

        @rule(days=SOON)
        def ask_for_time(self, days):
            wanted = self.today + timedelta(days=days)
            self.attempt(
                extending.request_extension,
                self.assignment,
                "Chờ vốn.",
                wanted,
                actor=cast.an,
                today=self.today,
            )

        @rule(days=SOON, place=st.integers(min_value=0, max_value=3))
        def grant(self, days, place):
            requests = self.assignment.extension_requests[place : place + 1]
            for request in requests:
                new = self.today + timedelta(days=days)
                self.attempt(extending.grant_extension, request, new, "15/QĐ-UBND", actor=cast.dung)

        @rule()
        def refuse(self):
            for request in self.assignment.extension_requests[-1:]:
                self.attempt(extending.refuse_extension, request, "Đủ thời gian.", actor=cast.dung)

        @rule(days=st.none() | SOON)
        def correct(self, days):
            due_on = None if days is None else self.today + timedelta(days=days)
            self.attempt(managing.correct, self.assignment, due_on, "Đọc nhầm.", actor=cast.chi)

        @rule()
        def suspend(self):
            self.attempt(managing.suspend, self.assignment, "Chờ sắp xếp.", actor=cast.chi)

        @rule()
        def resume(self):
            self.attempt(managing.resume, self.assignment, actor=cast.chi)

        @rule(to_culture=st.booleans())
        def hand_over(self, to_culture):
            unit = cast.culture if to_culture else cast.economy
            self.attempt(managing.reassign, self.assignment, unit, "Đúng chức năng.", actor=cast.chi)

        @rule(really=st.integers(min_value=0, max_value=9))
        def cancel(self, really):
            if not really:
                self.attempt(managing.cancel, self.assignment, "Trùng.", actor=cast.chi)

        @invariant()
        def what_is_done_has_its_day_and_nothing_else_has(self):
            assert (self.assignment.state is State.DONE) == (self.assignment.completed_on is not None)
            if self.assignment.completed_on:
                assert self.assignment.completed_on in {
                    local_day(submission.at) for submission in self.assignment.submissions
                }

        @invariant()
        def at_most_one_submission_waits_and_only_where_the_state_says_so(self):
            waiting = [
                submission
                for submission in self.assignment.submissions
                if submission.withdrawn_at is None and submission.review is None
            ]
            assert len(waiting) <= 1
            if self.assignment.state is State.SUBMITTED:
                assert [status.waiting_submission(self.assignment)] == waiting
            elif self.assignment.state in (State.OPEN, State.DONE):
                assert waiting == []

        @invariant()
        def every_due_date_there_ever_was_is_on_record(self):
            on_record = [self.first_due, *(change.to_on for change in self.assignment.due_changes)]
            assert on_record[-1] == self.assignment.due_on
            assert [change.from_on for change in self.assignment.due_changes] == on_record[:-1]

        @invariant()
        def at_most_one_request_waits(self):
            states = [request.state for request in self.assignment.extension_requests]
            assert states.count(ExtensionState.PENDING) <= 1

        @invariant()
        def the_log_only_grows(self):
            entries = len(auditing.entries_about(self.assignment))
            assert entries >= self.logged
            self.logged = entries

    run_state_machine_as_test(
        Office, settings=settings(max_examples=40, stateful_step_count=30, deadline=None, database=None)
    )
