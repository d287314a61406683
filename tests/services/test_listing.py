"""Assignments read in columns say of themselves exactly what the stored objects say."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.deadlines.meaning import Kind
from tracker.grants import reach_of
from tracker.models import (
    Assignment,
    Comment,
    CommentKind,
    DueChange,
    DueChangeKind,
    EvidenceAbsence,
    ExtensionRequest,
    ExtensionState,
    ProgressReport,
    Review,
    ReviewOutcome,
    StoredFile,
    Submission,
    TaskGroup,
)
from tracker.models import Evidence as Piece
from tracker.rules.states import State, Step
from tracker.services import status
from tracker.services.extending import pending_request
from tracker.services.listing import listed
from tracker.services.worklists import Group
from tracker.web.finding import open_steps
from tracker.web.rows import STEPS, row

TODAY = date(2026, 6, 18)
NOW = datetime(2026, 6, 18, 2, tzinfo=UTC)


@pytest.fixture
def work(cast, make_assignment, session):
    """One assignment in each way to stand that a list tells apart, in an order that is not of their ids."""
    session.add(StoredFile(sha256="0" * 64, size=1, media_type="text/plain", at=NOW))
    by = {"by": cast.an, "at": NOW}

    def make(due_on=date(2026, 6, 30), **words):
        return make_assignment(due_on=due_on, deliverables=("Kế hoạch", "Báo cáo"), **words)

    def attach(assignment, place, **columns):
        deliverable = assignment.milestone.deliverables[place]
        columns = {"file_sha256": "0" * 64, "name": "a.txt", "deliverable": deliverable, **by} | columns
        assignment.evidence.append(Piece(**columns))
        session.flush()
        return assignment.evidence[-1]

    bare, replaced, removed, explained = make(), make(), make(), make(date(2026, 6, 1))
    attach(replaced, 1, replaces=attach(replaced, 0))
    attach(removed, 0, removed_at=NOW)
    attach(explained, 0)
    absent = explained.milestone.deliverables[1]
    explained.absences.append(EvidenceAbsence(deliverable=absent, reason="không có", **by))
    returned, withdrawn = make(), make(columns={"responsible": cast.an})
    answer = {"outcome": ReviewOutcome.RETURNED, "reason": "Thiếu dấu", "mend_by": TODAY}
    returned.submissions.append(Submission(review=Review(**answer, by=cast.chi, at=NOW), **by))
    withdrawn.submissions.append(Submission(withdrawn_at=NOW + timedelta(hours=1), **by))
    waiting = make(date(2026, 6, 10), columns={"state": State.SUBMITTED})
    waiting.submissions.append(Submission(**by))
    done = make(columns={"state": State.DONE, "completed_on": date(2026, 7, 2), "objective_cause": "Bão"})
    reported, asked = make(columns={"due_on": date(2026, 7, 31)}), make()
    for percent in (20, 60):
        reported.progress_reports.append(ProgressReport(percent=percent, difficulties="Chờ tỉnh", **by))
    for state in (ExtensionState.REFUSED, ExtensionState.PENDING):
        asked.extension_requests.append(
            ExtensionRequest(reason="Chờ", wanted_on=date(2026, 7, 9), state=state, **by)
        )
    standing, undated = make(None, kind=Kind.CONTINUOUS), make(None, kind=Kind.UNRESOLVED)
    standing.task.group = TaskGroup(plan=standing.task.plan, no="II", title="Thể chế", position=1)
    standing.due_changes.append(DueChange(kind=DueChangeKind.EXTENSION, to_on=TODAY, **by))
    session.flush()
    for kind, text in (("direction", "Làm trước 30/6"), ("direction", "Làm ngay"), ("comment", "Vâng")):
        bare.comments.append(Comment(kind=CommentKind(kind), text=text, by=cast.dung, at=NOW))
    done.comments.append(Comment(kind=CommentKind.DIRECTION, text="Xong sớm", by=cast.dung, at=NOW))
    session.flush()
    plain = [undated, bare, replaced, removed, explained, standing]
    return [*plain, returned, withdrawn, waiting, done, reported, asked]


def what_a_list_says(assignment, reach):
    """All that pages derive of an assignment, in words and values alone."""
    steps = open_steps(reach, assignment, STEPS)
    shown = row(assignment, Group.SOON, steps, TODAY, address=f"/assignments/{assignment.id}/")
    report = assignment.progress_reports[-1] if assignment.progress_reports else None
    request, returned, direction = pending_request(assignment), shown.returned, shown.direction
    return {
        "id": assignment.id,
        "words": (shown.number, shown.title, shown.source, shown.wording, shown.moved),
        "unit": assignment.unit.name,
        "responsible": assignment.responsible and assignment.responsible.name,
        "days": (assignment.due_on, assignment.completed_on, assignment.objective_cause),
        "state": (shown.state, shown.bar, status.state(assignment, TODAY)),
        "missing": ([deliverable.name for deliverable in status.missing(assignment)], shown.meaning),
        "have": (shown.have, shown.total),
        "submitted_on": shown.submitted_on,
        "returned": returned and (returned.by.name, returned.at, returned.reason, returned.mend_by),
        "wanted_on": request and request.wanted_on,
        "direction": direction and (direction.by.name, direction.at, direction.text),
        "report": report and (report.at, report.percent, report.difficulties),
        "button": shown.button,
    }


@pytest.mark.parametrize("name", ["an", "head", "binh", "chi", "dung", "giang"])
def test_columns_say_what_the_objects_say(cast, work, session, name):
    reach = reach_of(getattr(cast, name))
    ids = [assignment.id for assignment in work]
    read = [what_a_list_says(one, reach) for one in listed(ids)]
    session.expire_all()
    assert read == [what_a_list_says(session.get(Assignment, number), reach) for number in ids]


def test_the_steps_a_button_leads_to_are_those_of_all_steps(cast, work):
    reach = reach_of(cast.head)
    for assignment in work:
        assert open_steps(reach, assignment, STEPS) == open_steps(reach, assignment) & set(STEPS)
    assert Step.NAME_RESPONSIBLE in STEPS


def test_nothing_is_read_of_nothing(app):
    assert listed([]) == []


def test_any_number_takes_as_many_queries_as_one(work, count_queries, session):
    ids = [assignment.id for assignment in work]
    session.expire_all()
    with count_queries() as one:
        listed(ids[:1])
    with count_queries() as all_of_them:
        listed(ids)
    assert len(one) == len(all_of_them) == 8
