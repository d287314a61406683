"""More time is asked for with a reason, decided on a document, and every date there was stays on record."""

from datetime import UTC, date, datetime

import pytest

from tracker.models import DueChangeKind, ExtensionState
from tracker.services import auditing, extending, managing
from tracker.services.refusals import Refused

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
TODAY = date(2026, 6, 18)
WANTED = date(2026, 9, 30)


def ask(assignment, actor, wanted_on=WANTED, reason="Chờ hướng dẫn của Sở."):
    return extending.request_extension(assignment, reason, wanted_on, actor=actor, now=NOW, today=TODAY)


def test_asking_moves_nothing(cast, make_assignment):
    assignment = make_assignment()
    request = ask(assignment, cast.an)
    assert (request.state, request.on_behalf) == (ExtensionState.PENDING, False)
    assert (assignment.due_on, assignment.due_changes) == (date(2026, 6, 30), [])


@pytest.mark.parametrize(
    ("due_on", "wanted_on", "sentence"),
    [
        (date(2026, 6, 30), date(2026, 6, 30), r"Ngày đề nghị phải sau hạn hiện tại \(30/6/2026\)\."),
        (date(2026, 5, 31), date(2026, 6, 17), "Ngày 17/6/2026 đã qua"),
        (date(2026, 6, 30), date(9999, 6, 30), "sau hạn hiện tại hơn 10 năm"),
        (None, WANTED, "không có ngày đến hạn"),
    ],
)
def test_the_wanted_day_lies_after_the_due_date_and_ahead(cast, make_assignment, due_on, wanted_on, sentence):
    assignment = make_assignment(due_on=due_on)
    with pytest.raises(Refused, match=sentence):
        ask(assignment, cast.an, wanted_on)
    assert assignment.extension_requests == []


def test_a_reason_is_needed_and_one_request_at_a_time(cast, make_assignment):
    assignment = make_assignment()
    with pytest.raises(Refused, match="lý do đề nghị gia hạn"):
        ask(assignment, cast.an, reason=" ")
    ask(assignment, cast.an)
    with pytest.raises(Refused, match="đang chờ quyết định"):
        ask(assignment, cast.an, date(2026, 10, 31))


def test_asking_with_the_button_pressed_twice_is_one_request(cast, make_assignment):
    assignment = make_assignment()
    assert ask(assignment, cast.an) is ask(assignment, cast.an)
    assert len(assignment.extension_requests) == len(auditing.entries_about(assignment)) == 1


def test_more_time_is_given_on_a_document_and_counts_as_an_extension(cast, make_assignment):
    assignment = make_assignment()
    request = ask(assignment, cast.an)
    with pytest.raises(Refused, match="số, ngày của văn bản"):
        extending.grant_extension(request, WANTED, "", actor=cast.dung, now=NOW)
    change = extending.grant_extension(
        request, date(2026, 8, 31), "15/QĐ-UBND ngày 18/6/2026", actor=cast.dung, now=NOW
    )
    assert assignment.due_on == date(2026, 8, 31)
    assert (change.kind, change.from_on, change.to_on) == (
        DueChangeKind.EXTENSION,
        date(2026, 6, 30),
        date(2026, 8, 31),
    )
    assert (request.state, request.granted_on, request.decided_by) == (
        ExtensionState.GRANTED,
        date(2026, 8, 31),
        cast.dung,
    )
    entry = auditing.entries_about(assignment)[-1]
    assert (entry.verb, entry.before, entry.after) == (
        "decide_extension",
        {"due_on": "2026-06-30"},
        {"decision": "granted", "due_on": "2026-08-31"},
    )


def test_a_slip_in_the_year_is_asked_back(cast, make_assignment):
    assignment = make_assignment()
    with pytest.raises(Refused, match="Ngày đề nghị 15/7/2126 sau hạn hiện tại hơn 10 năm"):
        ask(assignment, cast.an, wanted_on=date(2126, 7, 15))
    request = ask(assignment, cast.an)
    with pytest.raises(Refused, match="Hạn mới 15/7/2126 sau hạn hiện tại hơn 10 năm"):
        extending.grant_extension(request, date(2126, 7, 15), "15/QĐ-UBND", actor=cast.dung, now=NOW)


def test_what_is_refused_needs_a_reason_and_keeps_its_date(cast, make_assignment):
    assignment = make_assignment()
    request = ask(assignment, cast.an)
    with pytest.raises(Refused, match="lý do không đồng ý"):
        extending.refuse_extension(request, "", actor=cast.dung, now=NOW)
    extending.refuse_extension(request, "Đủ thời gian.", actor=cast.dung, now=NOW)
    assert (request.state, assignment.due_on) == (ExtensionState.REFUSED, date(2026, 6, 30))


def test_a_decision_is_taken_once(cast, make_assignment):
    request = ask(make_assignment(), cast.an)
    extending.grant_extension(request, WANTED, "15/QĐ-UBND", actor=cast.dung, now=NOW)
    with pytest.raises(Refused, match="đã có quyết định"):
        extending.grant_extension(request, date(2026, 12, 31), "16/QĐ-UBND", actor=cast.dung, now=NOW)
    with pytest.raises(Refused, match="đã có quyết định"):
        extending.refuse_extension(request, "Không.", actor=cast.dung, now=NOW)
    assert request.assignment.due_on == WANTED


def test_the_new_day_lies_after_the_one_in_force_at_the_decision(cast, make_assignment):
    assignment = make_assignment()
    request = ask(assignment, cast.an)
    managing.correct(assignment, date(2026, 12, 31), "Đọc nhầm.", actor=cast.chi, now=NOW)
    with pytest.raises(Refused, match=r"Hạn mới phải sau hạn hiện tại \(31/12/2026\)"):
        extending.grant_extension(request, WANTED, "15/QĐ-UBND", actor=cast.dung, now=NOW)
