"""Why an assignment is due on its day, step by step from the wording to the day in force."""

from datetime import UTC, date, datetime

import pytest

from tracker.deadlines.meaning import Kind
from tracker.services import extending, managing
from tracker.services.reasons import why

NOW = datetime(2026, 6, 18, 2, tzinfo=UTC)
TODAY = date(2026, 6, 18)


def told(assignment):
    return [(reason.label, reason.words) for reason in why(assignment)]


def test_before_a_day_leaves_that_day_out(make_assignment):
    assignment = make_assignment(text="Trước ngày 23/6/2026", due_on=date(2026, 6, 22))
    assert told(assignment) == [
        ("Kế hoạch ghi", "“Trước ngày 23/6/2026”"),
        ("Hiểu là", "đến hết 22/6/2026, vì “trước” không tính từ ngày 23/6/2026"),
        ("Gia hạn, đính chính", "chưa có"),
        ("Hạn cuối đang áp dụng", "22/6/2026 (thứ Hai)"),
    ]


@pytest.mark.parametrize(
    ("kind", "text", "starts_on", "due_on", "words"),
    [
        (Kind.BY, "chậm nhất 24/6/2026", None, date(2026, 6, 24), "đến hết 24/6/2026"),
        (
            Kind.PERIOD,
            "Quý II/2026",
            date(2026, 4, 1),
            date(2026, 6, 30),
            "từ 01/4/2026 đến hết 30/6/2026",
        ),
        (
            Kind.RECURRING,
            "Hằng quý",
            date(2026, 4, 1),
            date(2026, 6, 30),
            "kỳ từ 01/4/2026 đến hết 30/6/2026",
        ),
        (Kind.RECURRING, "trước ngày 25 hằng tháng", None, date(2026, 6, 24), "đến hết 24/6/2026"),
        (Kind.CONTINUOUS, "Thường xuyên", None, None, "thường xuyên, báo cáo theo kỳ"),
        (
            Kind.UNRESOLVED,
            "khi có phát sinh",
            None,
            None,
            "chưa có ngày đến hạn, người theo dõi quyết định",
        ),
    ],
)
def test_each_kind_of_deadline_says_how_it_was_understood(
    make_assignment, kind, text, starts_on, due_on, words
):
    assignment = make_assignment(kind=kind, text=text, starts_on=starts_on, due_on=due_on)
    assert ("Hiểu là", words) in told(assignment)


def test_days_after_an_anchor_are_named(make_assignment, session):
    assignment = make_assignment(kind=Kind.RELATIVE, text="sau 10 ngày làm việc", due_on=date(2026, 6, 30))
    assignment.milestone.days, assignment.milestone.day_unit = 10, "working"
    words = "10 ngày làm việc kể từ ngày làm mốc, đến hết 30/6/2026"
    assert ("Hiểu là", words) in told(assignment)


def test_a_day_off_says_where_it_moved(make_assignment):
    columns = {"nominal_on": date(2026, 8, 30)}
    assignment = make_assignment(text="30/8/2026", due_on=date(2026, 8, 31), columns=columns)
    assert told(assignment)[1:3] == [
        ("Hiểu là", "đến hết 30/8/2026"),
        ("Ngày nghỉ", "30/8/2026 (Chủ nhật) là ngày nghỉ, chuyển sang 31/8/2026 (thứ Hai)"),
    ]


def test_extensions_and_corrections_stand_with_their_documents(make_assignment, cast):
    assignment = make_assignment(text="30/6/2026", due_on=date(2026, 6, 30))
    request = extending.request_extension(
        assignment, "Chờ ý kiến", date(2026, 7, 15), actor=cast.an, now=NOW, today=TODAY
    )
    extending.grant_extension(
        request, date(2026, 7, 10), "số 15/QĐ-UBND ngày 18/6/2026", actor=cast.dung, now=NOW
    )
    managing.correct(assignment, date(2026, 7, 20), "Đọc nhầm ngày", actor=cast.chi, now=NOW)
    assert told(assignment) == [
        ("Kế hoạch ghi", "“30/6/2026”"),
        ("Hiểu là", "đến hết 30/6/2026"),
        ("Gia hạn", "đến 10/7/2026 theo số 15/QĐ-UBND ngày 18/6/2026"),
        ("Đính chính", "đến 20/7/2026: Đọc nhầm ngày"),
        ("Hạn cuối đang áp dụng", "20/7/2026 (thứ Hai)"),
    ]
