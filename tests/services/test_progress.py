"""The lead unit reports, explains what does not exist, hands in, takes back, names who is responsible."""

from datetime import UTC, datetime

import pytest

from tracker.deadlines.meaning import Kind
from tracker.models import Evidence, StoredFile
from tracker.rules.states import State
from tracker.services import auditing, managing, progress, status
from tracker.services.progress import EvidenceMissing
from tracker.services.refusals import Refused

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 6, 19, 2, 0, tzinfo=UTC)


@pytest.fixture
def attach(session, cast):
    """A factory of evidence for a deliverable, as if it had been uploaded."""

    def attach(assignment, deliverable):
        stored = session.get(StoredFile, "a" * 64) or StoredFile(
            sha256="a" * 64, size=1, media_type="application/pdf", at=NOW
        )
        piece = Evidence(deliverable=deliverable, file=stored, name="Bao cao.pdf", by=cast.an, at=NOW)
        assignment.evidence.append(piece)
        session.flush()
        return piece

    return attach


def test_a_report_says_how_far_and_what_stands_in_the_way(cast, make_assignment):
    assignment = make_assignment()
    report = progress.report_progress(
        assignment, 60, text="Đã niêm yết tại trụ sở.", difficulties="Thiếu bảng.", actor=cast.an, now=NOW
    )
    assert (report.percent, report.difficulties, report.on_behalf) == (60, "Thiếu bảng.", False)
    assert status.work_state(assignment) == "in_progress"
    [entry] = auditing.entries_about(assignment)
    assert (entry.verb, entry.after) == ("report", {"percent": 60, "on_behalf": False})


def test_what_a_monitor_reports_for_a_unit_is_recorded_as_such(cast, make_assignment):
    assignment = make_assignment()
    assert progress.report_progress(assignment, 10, actor=cast.chi, now=NOW).on_behalf


def test_the_button_pressed_twice_reports_and_hands_in_once(cast, make_assignment, attach):
    assignment = make_assignment(deliverables=("Báo cáo",))
    reports = [progress.report_progress(assignment, 60, text="Xong.", actor=cast.an, now=NOW) for _ in "ab"]
    attach(assignment, assignment.milestone.deliverables[0])
    handed_in = [progress.submit(assignment, actor=cast.an, now=NOW) for _ in "ab"]
    assert (reports[0], handed_in[0]) == (reports[1], handed_in[1])
    verbs = [entry.verb for entry in auditing.entries_about(assignment)]
    assert (verbs.count("report"), verbs.count("submit")) == (1, 1)


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_percentage_lies_between_0_and_100(cast, make_assignment, percent):
    assignment = make_assignment()
    with pytest.raises(Refused, match="từ 0 đến 100"):
        progress.report_progress(assignment, percent, actor=cast.an, now=NOW)
    assert auditing.entries_about(assignment) == []


def test_handing_in_needs_evidence_or_a_reason_for_every_deliverable(cast, make_assignment, attach):
    assignment = make_assignment(deliverables=("Báo cáo", "Danh sách", "Biên bản"))
    report, listing, minutes = assignment.milestone.deliverables
    attach(assignment, report)
    with pytest.raises(EvidenceMissing, match="còn thiếu minh chứng cho 2 sản phẩm") as refused:
        progress.submit(assignment, actor=cast.an, now=NOW)
    assert refused.value.deliverables == [listing, minutes]
    assert (assignment.state, assignment.submissions) == (State.OPEN, [])
    progress.explain_absence(assignment, listing, "Chưa phát sinh.", actor=cast.an, now=NOW)
    attach(assignment, minutes)
    submission = progress.submit(assignment, actor=cast.an, now=NOW, note="Gửi văn phòng.")
    assert (assignment.state, assignment.submissions) == (State.SUBMITTED, [submission])


def test_evidence_that_was_taken_away_shows_nothing(cast, make_assignment, attach):
    assignment = make_assignment()
    attach(assignment, assignment.milestone.deliverables[0]).removed_at = NOW
    with pytest.raises(EvidenceMissing):
        progress.submit(assignment, actor=cast.an, now=NOW)


@pytest.fixture
def submitted(cast, make_assignment):
    """An assignment that waits for review; there is no evidence, and a reason why."""
    assignment = make_assignment()
    [deliverable] = assignment.milestone.deliverables
    progress.explain_absence(assignment, deliverable, "Không có.", actor=cast.an, now=NOW)
    progress.submit(assignment, actor=cast.an, now=NOW)
    return assignment


def test_what_was_handed_in_is_frozen_while_it_waits(cast, submitted):
    [deliverable] = submitted.milestone.deliverables
    for deed in (
        lambda: progress.submit(submitted, actor=cast.an, now=LATER),
        lambda: progress.report_progress(submitted, 100, actor=cast.an, now=LATER),
        lambda: progress.explain_absence(submitted, deliverable, "Khác.", actor=cast.an, now=LATER),
        lambda: progress.take_back_absence(submitted, deliverable, actor=cast.an, now=LATER),
    ):
        with pytest.raises(Refused, match="Hãy rút lại trước khi sửa"):
            deed()
    assert (submitted.changed_at, len(submitted.submissions)) == (NOW, 1)


def test_it_can_be_taken_back_changed_and_handed_in_again(cast, submitted, session):
    [deliverable] = submitted.milestone.deliverables
    first = progress.withdraw(submitted, actor=cast.an, now=NOW)
    assert (submitted.state, first.withdrawn_at) == (State.OPEN, NOW)
    with pytest.raises(Refused):
        progress.withdraw(submitted, actor=cast.an, now=NOW)
    progress.explain_absence(submitted, deliverable, "Lý do mới.", actor=cast.an, now=LATER)
    second = progress.submit(submitted, actor=cast.an, now=LATER)
    session.commit()
    assert status.waiting_submission(submitted) is second
    assert [(a.reason, a.at) for a in submitted.absences] == [("Lý do mới.", LATER)]


def test_a_reason_taken_back_leaves_the_deliverable_missing(cast, make_assignment, session):
    assignment = make_assignment()
    [deliverable] = assignment.milestone.deliverables
    progress.explain_absence(assignment, deliverable, "Không có.", actor=cast.an, now=NOW)
    for _ in range(2):
        progress.take_back_absence(assignment, deliverable, actor=cast.an, now=NOW)
    session.commit()
    assert status.missing(assignment) == [deliverable]
    assert [entry.verb for entry in auditing.entries_about(assignment)] == ["attach", "attach"]


def test_an_absence_needs_a_reason_and_a_deliverable_of_this_task(cast, make_assignment):
    one, other = make_assignment(), make_assignment()
    with pytest.raises(Refused, match="lý do không có minh chứng"):
        progress.explain_absence(one, one.milestone.deliverables[0], "  ", actor=cast.an, now=NOW)
    with pytest.raises(Refused, match="không thuộc nhiệm vụ"):
        progress.explain_absence(one, other.milestone.deliverables[0], "Không có.", actor=cast.an, now=NOW)


def test_a_standing_task_is_never_handed_in(cast, make_assignment):
    standing = make_assignment(kind=Kind.CONTINUOUS, due_on=None, deliverables=())
    with pytest.raises(Refused, match="báo cáo theo kỳ"):
        progress.submit(standing, actor=cast.an, now=NOW)


def test_the_head_names_a_person_of_the_unit(cast, make_assignment):
    assignment = make_assignment()
    for _ in range(2):
        progress.name_responsible(assignment, cast.an, actor=cast.head, now=NOW)
    assert assignment.responsible is cast.an
    for stranger in (cast.binh, cast.chi):
        with pytest.raises(Refused, match="không thuộc Phòng Kinh tế"):
            progress.name_responsible(assignment, stranger, actor=cast.head, now=NOW)
    progress.name_responsible(assignment, None, actor=cast.head, now=NOW)
    assert assignment.responsible is None
    assert [entry.after["responsible"] for entry in auditing.entries_about(assignment)] == [
        cast.an.id,
        None,
    ]


def test_every_deed_moves_the_version_so_that_of_two_at_once_one_fails(cast, make_assignment, session):
    assignment = make_assignment()
    before = assignment.version
    progress.report_progress(assignment, 20, actor=cast.an, now=LATER)
    session.flush()
    assert assignment.version == before + 1


def test_nothing_follows_once_it_is_cancelled(cast, make_assignment):
    assignment = make_assignment()
    managing.cancel(assignment, "Không còn phù hợp.", actor=cast.chi, now=NOW)
    with pytest.raises(Refused, match="đã hủy"):
        progress.report_progress(assignment, 20, actor=cast.an, now=NOW)
