"""The time line of an assignment: everything that happened, newest first, in sentences."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.deadlines.meaning import Kind
from tracker.models import Evidence, StandingAnswer, StoredFile
from tracker.services import auditing, commenting, extending, managing, progress, reviewing
from tracker.services.days_off import calendar
from tracker.services.histories import history

NOW = datetime(2026, 6, 18, 2, tzinfo=UTC)
TODAY = date(2026, 6, 18)


@pytest.fixture
def clock():
    """Moments an hour apart, so that everything has its place in the order."""
    moments = (NOW + timedelta(hours=n) for n in range(100))
    return lambda: next(moments)


def test_a_life_is_told_from_the_assigning_to_the_confirming(cast, make_assignment, session, clock):
    assignment = make_assignment(deliverables=("Báo cáo",))
    file = StoredFile(sha256="a" * 64, size=1, media_type="text/plain", at=NOW)
    auditing.record(cast.chi, "assign", assignment, now=clock())
    progress.report_progress(assignment, 40, actor=cast.an, now=clock(), text="Đã xong một phần")
    assignment.evidence.append(
        Evidence(
            deliverable=assignment.milestone.deliverables[0], file=file, name="a.txt", by=cast.an, at=clock()
        )
    )
    session.flush()
    progress.submit(assignment, actor=cast.an, now=clock(), note="Xin xem")
    reviewing.return_(
        assignment,
        "Thiếu chữ ký",
        actor=cast.chi,
        now=clock(),
        today=TODAY,
        days_off=calendar(),
        mend_by=date(2026, 6, 23),
    )
    progress.submit(assignment, actor=cast.chi, now=clock())
    progress.withdraw(assignment, actor=cast.chi, now=clock())
    progress.submit(assignment, actor=cast.an, now=clock())
    reviewing.confirm(assignment, actor=cast.chi, now=clock())
    assert [(event.sentence, event.quote) for event in history(assignment)] == [
        ("Phạm Thị Chi xác nhận hoàn thành", ""),
        ("Nguyễn Văn An nộp kết quả", ""),
        ("Phạm Thị Chi rút lại kết quả", ""),
        ("Phạm Thị Chi nộp kết quả (thay đơn vị)", ""),
        ("Phạm Thị Chi trả lại, sửa xong chậm nhất 23/6/2026", "Thiếu chữ ký"),
        ("Nguyễn Văn An nộp kết quả", "Xin xem"),
        ("Nguyễn Văn An tải lên “a.txt”", ""),
        ("Nguyễn Văn An báo cáo tiến độ 40\u00a0%", "Đã xong một phần"),
        ("Phạm Thị Chi giao nhiệm vụ", ""),
    ]


def test_dates_that_moved_and_words_that_were_said_are_told(cast, make_assignment, clock):
    assignment = make_assignment(due_on=date(2026, 6, 30))
    ask = {"actor": cast.an, "now": clock(), "today": TODAY}
    refused = extending.request_extension(assignment, "Thiếu người", date(2026, 7, 15), **ask)
    extending.refuse_extension(refused, "Đã đủ thời gian", actor=cast.dung, now=clock())
    ask["now"] = clock()
    granted = extending.request_extension(assignment, "Chờ tỉnh", date(2026, 7, 15), **ask)
    extending.grant_extension(granted, date(2026, 7, 10), "số 15/QĐ-UBND", actor=cast.dung, now=clock())
    managing.correct(assignment, date(2026, 7, 20), "Đọc nhầm", actor=cast.chi, now=clock())
    commenting.comment(assignment, "Đang làm", actor=cast.an, now=clock())
    commenting.direct(assignment, "Làm ngay", actor=cast.dung, now=clock())
    managing.suspend(assignment, "Chờ hướng dẫn", actor=cast.chi, now=clock())
    assert [(event.sentence, event.quote) for event in history(assignment)] == [
        ("Phạm Thị Chi cho tạm dừng", "Chờ hướng dẫn"),
        ("Hoàng Văn Dũng cho ý kiến chỉ đạo", "Làm ngay"),
        ("Nguyễn Văn An gửi ý kiến", "Đang làm"),
        ("Phạm Thị Chi đính chính hạn từ 10/7/2026 thành 20/7/2026", "Đọc nhầm"),
        ("Hoàng Văn Dũng đồng ý gia hạn đến 10/7/2026 theo số 15/QĐ-UBND", ""),
        ("Nguyễn Văn An đề nghị gia hạn đến 15/7/2026", "Chờ tỉnh"),
        ("Hoàng Văn Dũng không đồng ý gia hạn", "Đã đủ thời gian"),
        ("Nguyễn Văn An đề nghị gia hạn đến 15/7/2026", "Thiếu người"),
    ]


def test_difficulties_and_what_was_answered_by_period_are_told(cast, make_assignment, clock):
    assignment = make_assignment(due_on=None, kind=Kind.CONTINUOUS, text="Thường xuyên")
    said = {"text": "Đã phát 12 tin", "difficulties": "Loa hỏng"}
    progress.report_progress(assignment, 40, actor=cast.an, now=clock(), **said)
    assignment.standing_answers.append(
        StandingAnswer(day=date(2026, 6, 14), text="Đã trực đủ", file_name="BC.pdf", by=cast.an, at=clock())
    )
    assert [(event.sentence, event.quote) for event in history(assignment)] == [
        ("Nguyễn Văn An báo cáo kỳ đến 14/6/2026 kèm “BC.pdf”", "Đã trực đủ"),
        ("Nguyễn Văn An báo cáo tiến độ 40\u00a0%", "Đã phát 12 tin\nKhó khăn, vướng mắc: Loa hỏng"),
    ]


def test_what_the_service_did_by_itself_is_told_as_its_own(cast, make_assignment):
    assignment = make_assignment()
    auditing.record(None, "assign", assignment, now=NOW)
    assert [event.sentence for event in history(assignment)] == ["Hệ thống giao nhiệm vụ"]


def test_deeds_on_other_assignments_are_not_told(cast, make_assignment):
    one, other = make_assignment(), make_assignment()
    auditing.record(cast.chi, "assign", other, now=NOW)
    assert history(one) == []
