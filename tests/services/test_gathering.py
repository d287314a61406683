"""What waits is bound into one letter a recipient and working day."""

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy

import pytest
import vobject

from tracker.deadlines.workdays import DaysOff
from tracker.models import AnsweredDay, LetterChoice, Mail, Notice, NoticeState, Role
from tracker.rules.states import State
from tracker.services import (
    auditing,
    commenting,
    gathering,
    managing,
    posting,
    progress,
    reminding,
    reviewing,
)
from tracker.services.letterhead import Letterhead

THURSDAY = date(2026, 6, 18)
FRIDAY = date(2026, 6, 19)
MONDAY = date(2026, 6, 22)
SIX = timedelta(hours=-1)  # in Viet Nam, from midnight UTC
HALF_PAST_SEVEN = timedelta(minutes=30)
LETTERHEAD = Letterhead(
    site="https://dunghan.suoimay.example",
    service="Đúng hạn",
    authority="UBND xã Suối Mây",
    address="nhacviec@suoimay.example",
    digest_time="07:30",
)


def at(day, hour=HALF_PAST_SEVEN):
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + hour


@pytest.fixture
def yesterday(session):
    session.add(AnsweredDay(day=THURSDAY - timedelta(1), at=at(THURSDAY - timedelta(1), SIX)))


@pytest.fixture
def morning(session):
    """Work out what must be told and bind it: the letters of the day, under who gets them."""

    def morning(day=THURSDAY):
        reminding.run(now=at(day, SIX))
        session.commit()
        while gathering.gather_digests(LETTERHEAD, now=at(day)):
            session.commit()
        written = session.query(Mail).filter(Mail.created_at == at(day))
        return {mail.recipient_name: mail for mail in written}

    return morning


@pytest.fixture
def mailbox():
    """What was sent, as it arrives; give its `append` to `deliver`."""

    class Mailbox(list):
        def send(self, letter, _chores):
            self.append(message_from_bytes(letter.content, policy=policy.default))

    return Mailbox()


def test_everything_for_a_person_is_one_letter(cast, yesterday, morning, make_assignment):
    make_assignment(due_on=date(2026, 6, 17), title="Niêm yết thủ tục")
    make_assignment(due_on=date(2026, 6, 25), title="Ngày hội chuyển đổi số")
    written = morning()
    assert set(written) == {"Nguyễn Văn An", "Trần Thị Hoa", "Lê Văn Bình"}
    an = written["Nguyễn Văn An"]
    assert an.subject == "1 nhiệm vụ quá hạn, 1 sắp đến hạn - Phòng Kinh tế"
    assert an.message_id.startswith(f"<20260618.user-{cast.an.id}.")
    assert "Quá hạn 1 ngày, hạn cuối thứ Tư 17/6/2026" in an.text
    assert "Kế hoạch 41/KH-UBND ghi “30/6/2026”." in an.text
    assert "Còn thiếu: Báo cáo kết quả." in an.text
    assert "Anh/chị nhận thư này vì là người nhận của Phòng Kinh tế." in an.text
    assert written["Lê Văn Bình"].subject == "1 nhiệm vụ phối hợp - UBND xã Suối Mây"
    assert "vì là người nhận của đơn vị phối hợp." in written["Lê Văn Bình"].text


def test_gathering_twice_writes_one_letter_a_day(yesterday, morning, make_assignment, session):
    make_assignment(due_on=date(2026, 6, 17))
    morning()
    assert gathering.gather_digests(LETTERHEAD, now=at(THURSDAY) + timedelta(hours=1)) == 0
    assert session.query(Mail).count() == 2


def test_what_comes_up_after_the_letter_waits_for_the_next(
    cast, yesterday, morning, make_assignment, session
):
    make_assignment(due_on=date(2026, 6, 17))
    morning()
    late = make_assignment(due_on=date(2026, 12, 1), title="Rà soát quy hoạch", helpers=[])
    auditing.record(cast.chi, "assign", late, now=at(THURSDAY) + timedelta(hours=2))
    reminding.run(now=at(THURSDAY) + timedelta(hours=3))
    session.commit()
    assert gathering.gather_digests(LETTERHEAD, now=at(THURSDAY) + timedelta(hours=3)) == 0
    assert "Rà soát quy hoạch" in morning(FRIDAY)["Nguyễn Văn An"].text


def test_nothing_to_say_is_no_letter(yesterday, morning, make_assignment):
    make_assignment(due_on=date(2026, 8, 1))
    assert morning() == {}


def test_what_was_handed_in_meanwhile_is_not_said(cast, yesterday, make_assignment, session):
    assignment = make_assignment(due_on=date(2026, 6, 25))
    reminding.run(now=at(THURSDAY, SIX))
    assignment.state = State.SUBMITTED
    session.commit()
    while gathering.gather_digests(LETTERHEAD, now=at(THURSDAY)):
        session.commit()
    assert session.query(Mail).count() == 0
    assert {notice.state for notice in session.query(Notice)} == {NoticeState.SKIPPED}


def test_a_date_that_moved_meanwhile_is_not_said(cast, yesterday, make_assignment, session):
    assignment = make_assignment(due_on=date(2026, 6, 17))
    reminding.run(now=at(THURSDAY, SIX))
    managing.correct(assignment, date(2026, 9, 30), "Đọc nhầm", actor=cast.chi, now=at(THURSDAY, SIX))
    session.commit()
    gathering.gather_digests(LETTERHEAD, now=at(THURSDAY))
    session.commit()
    assert session.query(Mail).count() == 0


def test_two_things_about_one_assignment_are_one_line(cast, yesterday, morning, make_assignment, session):
    assignment = make_assignment(due_on=date(2026, 6, 30))
    managing.correct(assignment, date(2026, 6, 25), "Đọc nhầm", actor=cast.chi, now=at(THURSDAY, SIX))
    session.flush()
    an = morning()["Nguyễn Văn An"]
    assert an.subject == "1 nhiệm vụ sắp đến hạn - Phòng Kinh tế"
    assert an.text.count("/assignments/") == 2, "one line and the button"
    assert "Đã đính chính hạn." in an.text
    assert "Lý do: Đọc nhầm" in an.text


def test_what_two_notices_ask_for_is_asked_once(cast, yesterday, morning, make_assignment, session):
    assignment = make_assignment(due_on=date(2026, 6, 3))
    managing.reassign(assignment, cast.office, "Đổi đầu mối", actor=cast.dung, now=at(THURSDAY, SIX))
    session.flush()
    [chi] = [mail for name, mail in morning().items() if name == cast.chi.name]
    assert "Đôn đốc lần thứ 3. Đề nghị nộp kết quả, hoặc báo cáo lý do." in chi.text
    assert chi.text.count("Đề nghị nộp kết quả") == 1


@pytest.mark.parametrize(
    ("reason", "said"), [("Thiếu chữ ký", "“Thiếu chữ ký”."), ("Thiếu chữ ký.", "“Thiếu chữ ký.”")]
)
def test_a_returned_one_says_why_and_until_when(
    cast, yesterday, morning, make_assignment, session, reason, said
):
    assignment = make_assignment(due_on=date(2026, 7, 30))
    progress.explain_absence(
        assignment, assignment.milestone.deliverables[0], "Không có", actor=cast.an, now=at(THURSDAY, SIX)
    )
    progress.submit(assignment, actor=cast.an, now=at(THURSDAY, SIX))
    reviewing.return_(
        assignment, reason, actor=cast.chi, now=at(THURSDAY, SIX), today=THURSDAY, days_off=DaysOff()
    )
    session.flush()
    an = morning()["Nguyễn Văn An"]
    assert an.subject == "Kết quả bị trả lại, cần sửa xong chậm nhất 23/6/2026"
    assert f"Lý do trả lại: {said} Sửa xong chậm nhất 23/6/2026." in an.text


def test_who_is_not_the_lead_reads_one_line_with_counts(cast, yesterday, morning, make_task, make_assignment):
    task = make_task(leads=[cast.economy, cast.office, cast.culture], helpers=[], due_on=date(2026, 6, 11))
    _, second, third = task.leads
    make_assignment(task)
    make_assignment(task, columns={"party": second, "unit": second.unit})
    make_assignment(
        task,
        columns={"party": third, "unit": third.unit, "state": State.DONE, "completed_on": date(2026, 6, 1)},
    )
    written = morning()
    for name, capacity in (
        ("Phạm Thị Chi", "đầu mối theo dõi của UBND xã Suối Mây"),
        ("Hoàng Văn Dũng", "lãnh đạo phụ trách"),
    ):
        assert "1/3 đơn vị đã xong." in written[name].text
        assert written[name].text.count("Quá hạn 7 ngày") == 1
        assert f"vì là {capacity}." in written[name].text


def test_who_helps_with_work_of_one_unit_that_recurs_reads_whose_it_is(
    cast, yesterday, morning, make_task, make_assignment, session
):
    task = make_task(leads=[cast.economy], helpers=[cast.culture], due_on=date(2026, 6, 30))
    for due_on in (date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)):
        given = make_assignment(task, columns={"due_on": due_on, "occurrence": due_on.isoformat()})
        auditing.record(cast.chi, "assign", given, now=at(THURSDAY, SIX) - timedelta(hours=1))
    session.commit()
    text = morning()["Lê Văn Bình"].text
    assert "đơn vị đã xong" not in text
    assert "Chủ trì: Phòng Kinh tế." in text
    assert "Còn 12 ngày" in text


def test_the_first_notice_of_a_date_brings_it_as_a_calendar_file(
    cast, yesterday, morning, make_assignment, mailbox, session
):
    assignment = make_assignment(due_on=date(2026, 12, 1), title="Rà soát quy hoạch", text="01/12/2026")
    auditing.record(cast.chi, "assign", assignment, now=at(THURSDAY, SIX))
    session.flush()
    written = morning()
    assert "Thư kèm tệp lịch của thời hạn mới." in written["Nguyễn Văn An"].text
    assert written["Lê Văn Bình"].ics == ""
    posting.deliver(mailbox.send, LETTERHEAD, clock=lambda: at(THURSDAY))
    [calendar] = [part for message in mailbox for part in message.iter_attachments()]
    content = calendar.get_payload(decode=True).decode()
    assert "SUMMARY:Rà soát quy hoạch\r\n" in content
    assert "DTSTART;VALUE=DATE:20261201\r\n" in content
    assert vobject.readOne(content).validate(raiseException=True)


def test_a_mailbox_gets_the_units_letter_and_no_address_to_choose_at(
    cast, yesterday, morning, make_assignment
):
    cast.economy.email = "kinhte@suoimay.example"
    make_assignment(due_on=date(2026, 6, 25))
    mail = morning()["Phòng Kinh tế"]
    assert mail.address == "kinhte@suoimay.example"
    assert "/account/" not in mail.text
    assert "Kính gửi Phòng Kinh tế," in mail.text


def test_leaders_read_the_week_with_the_boards_figures(cast, yesterday, morning, make_assignment):
    make_assignment(due_on=date(2026, 6, 17))
    make_assignment(due_on=date(2026, 6, 5))
    dung = morning(MONDAY)["Hoàng Văn Dũng"]
    assert dung.subject == "Bức tranh tuần 26: 2 nhiệm vụ quá hạn, tăng 1 - UBND xã Suối Mây"
    assert "1. Phòng Kinh tế: 2 quá hạn" in dung.text


def test_weekly_readers_hear_of_deeds_on_monday(cast, yesterday, morning, make_assignment, session):
    cast.an.letters = LetterChoice.WEEKLY
    assignment = make_assignment(due_on=date(2026, 12, 1))
    auditing.record(cast.chi, "assign", assignment, now=at(THURSDAY, SIX))
    session.flush()
    assert set(morning()) == {"Lê Văn Bình"}
    assert set(morning(FRIDAY)) == set()
    assert "Nguyễn Văn An" in morning(MONDAY)


def test_who_chose_no_letters_meanwhile_gets_none(cast, yesterday, make_assignment, session):
    make_assignment(due_on=date(2026, 6, 25))
    reminding.run(now=at(THURSDAY, SIX))
    cast.an.letters = cast.binh.letters = LetterChoice.NONE
    session.commit()
    gathering.gather_digests(LETTERHEAD, now=at(THURSDAY))
    session.commit()
    assert session.query(Mail).count() == 0


def test_many_recipients_take_as_many_queries_as_few(
    cast, yesterday, make_task, make_assignment, session, count_queries
):
    def queries(day):
        reminding.run(now=at(day, SIX))
        session.commit()
        session.expunge_all()
        with count_queries() as sent:
            gathering.gather_digests(LETTERHEAD, now=at(day))
        session.commit()
        return len([statement for statement in sent if statement.startswith("SELECT")])

    make_assignment(due_on=date(2026, 6, 25))
    for number in range(10):
        unit = cast.unit(f"Đơn vị {number}", cast.commune)
        cast.person(f"u{number}", f"Người {number}", (Role.STAFF, unit))
        make_assignment(make_task(leads=[unit], due_on=date(2026, 6, 26)))
    few = queries(THURSDAY)
    assert session.query(Mail).count() == 2
    assert queries(FRIDAY) == few
    assert session.query(Mail).count() == 2 + 11


def test_a_direction_reaches_the_unit_and_its_head_in_the_leaders_own_words(
    cast, yesterday, morning, make_assignment, session
):
    assignment = make_assignment(due_on=date(2026, 12, 1), title="Rà soát quy hoạch")
    commenting.direct(assignment, "Hoàn thành trước buổi giao ban.", actor=cast.dung, now=at(THURSDAY, SIX))
    session.flush()
    written = morning()
    assert set(written) == {"Nguyễn Văn An", "Trần Thị Hoa"}
    an = written["Nguyễn Văn An"]
    assert an.subject == "Có ý kiến chỉ đạo: Rà soát quy hoạch"
    assert "Hoàng Văn Dũng: “Hoàn thành trước buổi giao ban.”" in an.text


AFTERNOON = timedelta(hours=8)


@pytest.fixture
def told_at_once(session):
    """What the next minutes bring: the letters by their readers, in the order they were bound."""

    def told_at_once(moment):
        known = {number for (number,) in session.query(Mail.id)}
        for _ in range(3):  # however often the jobs run
            reminding.tell_urgent(now=moment)
            session.commit()
            while gathering.gather_digests(LETTERHEAD, now=moment):
                session.commit()
        written = session.query(Mail).filter(Mail.id.not_in(known)).order_by(Mail.id)
        return {mail.recipient_name: mail for mail in written}

    return told_at_once


def test_a_direction_goes_out_at_once_also_to_who_had_the_days_letter(
    cast, yesterday, morning, make_assignment, session, told_at_once
):
    assignment = make_assignment(due_on=date(2026, 6, 17), title="Rà soát quy hoạch")
    [digest] = [mail for name, mail in morning().items() if name == "Nguyễn Văn An"]
    commenting.direct(assignment, "Báo cáo trong hôm nay.", actor=cast.dung, now=at(THURSDAY, AFTERNOON))
    session.commit()
    written = told_at_once(at(THURSDAY, AFTERNOON) + timedelta(minutes=1))
    assert set(written) == {"Nguyễn Văn An", "Trần Thị Hoa"}
    an = written["Nguyễn Văn An"]
    assert an.subject == "Có ý kiến chỉ đạo: Rà soát quy hoạch"
    assert "Hoàng Văn Dũng: “Báo cáo trong hôm nay.”" in an.text
    assert "Thư tự động, gửi ngay khi lãnh đạo có ý kiến chỉ đạo; xin không trả lời." in an.text
    assert "Thư tự động, gửi 07:30 ngày làm việc" in digest.text
    assert an.message_id.startswith(f"<20260618.user-{cast.an.id}.2.")
    assert an.message_id != digest.message_id
    commenting.direct(assignment, "Trước 16 giờ.", actor=cast.dung, now=at(THURSDAY, AFTERNOON))
    session.commit()
    again = told_at_once(at(THURSDAY, AFTERNOON) + timedelta(minutes=5))
    assert again["Nguyễn Văn An"].message_id.startswith(f"<20260618.user-{cast.an.id}.3.")
    assert "Báo cáo trong hôm nay" not in again["Nguyễn Văn An"].text
    assert "Nguyễn Văn An" not in morning(FRIDAY)


def test_nothing_else_joins_what_is_urgent(cast, yesterday, morning, make_assignment, session, told_at_once):
    assignment = make_assignment(due_on=date(2026, 12, 1), title="Rà soát quy hoạch", helpers=[])
    cast.an.letters = LetterChoice.WEEKLY
    morning()
    auditing.record(cast.chi, "assign", assignment, now=at(THURSDAY, AFTERNOON))
    commenting.direct(assignment, "Báo cáo trong hôm nay.", actor=cast.dung, now=at(THURSDAY, AFTERNOON))
    session.commit()
    written = told_at_once(at(THURSDAY, AFTERNOON) + timedelta(minutes=1))
    assert written["Nguyễn Văn An"].subject == "Có ý kiến chỉ đạo: Rà soát quy hoạch"
    assert "Nhiệm vụ mới" not in written["Nguyễn Văn An"].text


def test_a_direction_of_a_day_off_waits_for_the_next_working_day(
    cast, yesterday, morning, make_assignment, session, told_at_once
):
    assignment = make_assignment(due_on=date(2026, 12, 1), title="Rà soát quy hoạch")
    morning(FRIDAY)
    saturday = at(FRIDAY + timedelta(days=1), AFTERNOON)
    commenting.direct(assignment, "Báo cáo sớm.", actor=cast.dung, now=saturday)
    session.commit()
    assert told_at_once(saturday + timedelta(minutes=1)) == {}
    assert "“Báo cáo sớm.”" in morning(MONDAY)["Nguyễn Văn An"].text


def test_who_wants_no_letters_gets_no_direction_by_letter(
    cast, yesterday, morning, make_assignment, session, told_at_once
):
    cast.an.letters = LetterChoice.NONE
    assignment = make_assignment(due_on=date(2026, 12, 1))
    morning()
    commenting.direct(assignment, "Báo cáo sớm.", actor=cast.dung, now=at(THURSDAY, AFTERNOON))
    session.commit()
    assert set(told_at_once(at(THURSDAY, AFTERNOON))) == {"Trần Thị Hoa"}


def test_who_is_told_in_several_capacities_reads_each_once(cast, yesterday, morning, make_assignment):
    make_assignment(due_on=date(2026, 6, 11), leads=[cast.office])
    cast.unit("Trạm Y tế", cast.commune)
    make_assignment(leads=[cast.unit("Trạm Thú y", cast.commune)], due_on=date(2026, 12, 1))
    chi = morning(MONDAY)[cast.chi.name]
    assert "Không ai trong đơn vị có địa chỉ thư" in chi.text
    assert (
        "vì là người nhận của Văn phòng HĐND và UBND, là đầu mối theo dõi của UBND xã Suối Mây." in chi.text
    )


def test_a_comment_reaches_the_others_concerned_and_not_who_made_it(
    cast, yesterday, morning, make_assignment, session
):
    assignment = make_assignment(due_on=date(2026, 12, 1), title="Rà soát quy hoạch")
    commenting.comment(assignment, "Xin số liệu mới nhất.", actor=cast.an, now=at(THURSDAY, SIX))
    session.flush()
    [chi] = morning().values()
    assert chi.recipient_name == cast.chi.name
    assert "Nguyễn Văn An: “Xin số liệu mới nhất.”" in chi.text
    assert "vì là đầu mối theo dõi của UBND xã Suối Mây." in chi.text
    commenting.comment(assignment, "Đã gửi kèm.", actor=cast.chi, now=at(FRIDAY, SIX))
    session.flush()
    assert {name for name in morning(FRIDAY)} == {"Nguyễn Văn An"}
