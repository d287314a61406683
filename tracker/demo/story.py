"""What has happened in the made-up commune until today: every state an assignment can be in at least once."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO

from sqlalchemy import select

from tracker.clock import HANOI
from tracker.db import db
from tracker.deadlines.workdays import DaysOff
from tracker.demo import documents, goals
from tracker.demo.commune import Commune
from tracker.demo.documents import PlanText
from tracker.files import FileStore
from tracker.models import Assignment, IndicatorTarget, Plan, Task, User
from tracker.services import (
    commenting,
    evidence,
    extending,
    importing,
    indicator_reporting,
    managing,
    progress,
    publishing,
    recurring,
    reviewing,
)
from tracker.services.intake import Intake, Upload
from tracker.words import date_words

BEGINNING = documents.DIGITAL.issued_before + 30  # days ago, when units and people were put in


def moment(today: date, days_ago: int, hour: int = 9) -> datetime:
    """So many days before `today`, at an hour of Viet Nam."""
    return datetime.combine(today - timedelta(days=days_ago), time(hour), HANOI)


@dataclass(frozen=True, slots=True)
class Teller:
    """The commune, the store of files and the day the story is told on; deeds are so many days ago."""

    commune: Commune
    store: FileStore
    today: date

    def day(self, days_ago: int) -> date:
        """The day so many calendar days ago."""
        return self.today - timedelta(days=days_ago)

    def at(self, days_ago: int, hour: int = 9) -> datetime:
        """That day at an hour of Viet Nam."""
        return moment(self.today, days_ago, hour)

    def last_working_morning(self, now: datetime) -> datetime:
        """The last eight o'clock of a working day that is over: today's, or that of a day before."""
        days_off = DaysOff()
        today = moment(self.today, 0, 8)
        if days_off.is_working(self.today) and today <= now:
            return today
        return moment(days_off.previous_working_day(self.today), 0, 8)

    def person(self, username: str) -> User:
        """One of the people of the commune."""
        return self.commune.people[username]

    def worker(self, assignment: Assignment) -> User:
        """Who works in the lead unit, else the monitor on its behalf."""
        for person in self.commune.people.values():
            if any(held.unit_id == assignment.unit_id for held in person.grants):
                return person
        return self.person("chi")

    def reviewer(self, assignment: Assignment) -> User:
        """The monitor, or the leader for the work of the monitor's own unit."""
        own = any(held.unit_id == assignment.unit_id for held in self.person("chi").grants)
        return self.person("dung" if own else "chi")

    def find(self, title: str) -> list[Assignment]:
        """The assignments of the task whose title begins so, by due date and unit."""
        query = select(Assignment).join(Task).where(Task.title.startswith(title))
        return list(db.session.scalars(query.order_by(Assignment.due_on, Assignment.id)))

    # the deeds

    def publish(self, text: PlanText) -> Plan:
        """Put the plan in the way anybody would, the day after it was issued."""
        days_ago = text.issued_before - 1
        chi, now, today = self.person("chi"), self.at(days_ago), self.day(days_ago)
        document = BytesIO(documents.write(text, self.today))
        seen = importing.preview(
            document, text.file_name, self.commune.root, actor=chi, now=now, store=self.store
        )
        plan = importing.accept(seen.plan_import, actor=chi, now=now, today=today)
        publishing.publish(plan, {}, actor=chi, now=now, today=today)
        return plan

    def report(
        self, assignment: Assignment, percent: int, text: str, days_ago: int, difficulties: str = ""
    ) -> None:
        """Say how far the work has come."""
        progress.report_progress(
            assignment, percent, text=text, difficulties=difficulties,
            actor=self.worker(assignment), now=self.at(days_ago),
        )  # fmt: skip

    def attach(self, assignment: Assignment, days_ago: int, *, all_but: int = 0) -> None:
        """Show that the deliverables exist, all or all but the last few."""
        wanted, day = assignment.milestone.deliverables, self.day(days_ago)
        for number, deliverable in enumerate(wanted[: len(wanted) - all_but], 1):
            paper = BytesIO(_paper(deliverable.name, day))
            upload = Upload(f"{deliverable.name}.txt", paper, f"{assignment.id + number}/BC-UBND", day)
            evidence.attach(
                assignment, deliverable, upload, intake=Intake(self.store),
                actor=self.worker(assignment), now=self.at(days_ago),
            )  # fmt: skip

    def submit(self, assignment: Assignment, days_ago: int) -> None:
        """Hand the work in, with evidence for everything."""
        self.attach(assignment, days_ago)
        progress.submit(assignment, actor=self.worker(assignment), now=self.at(days_ago, 10))

    def finish(self, assignment: Assignment, days_ago: int) -> None:
        """Hand in and have it confirmed the day after."""
        self.submit(assignment, days_ago)
        reviewing.confirm(assignment, actor=self.reviewer(assignment), now=self.at(days_ago - 1, 15))

    def send_back(self, assignment: Assignment, reason: str, days_ago: int) -> None:
        """Hand in and have it returned the day after."""
        self.submit(assignment, days_ago)
        reviewing.return_(
            assignment, reason, actor=self.reviewer(assignment), now=self.at(days_ago - 1, 15),
            today=self.day(days_ago - 1), days_off=DaysOff(),
        )  # fmt: skip

    def ask_for_time(self, assignment: Assignment, reason: str, days: int, days_ago: int) -> None:
        """Ask for so many more days."""
        assert assignment.due_on is not None, "only dated ones are asked for"
        extending.request_extension(
            assignment, reason, assignment.due_on + timedelta(days=days),
            actor=self.worker(assignment), now=self.at(days_ago), today=self.day(days_ago),
        )  # fmt: skip

    def grant_time(self, assignment: Assignment, document: str, days_ago: int) -> None:
        """Let them have what they asked for."""
        request = extending.pending_request(assignment)
        assert request is not None, "they asked before"
        extending.grant_extension(
            request, request.wanted_on, document, actor=self.person("dung"), now=self.at(days_ago)
        )


def _paper(title: str, day: date) -> bytes:
    return (
        f"ỦY BAN NHÂN DÂN XÃ SUỐI MÂY\nSuối Mây, {date_words(day)}\n\n{title.upper()}\n\n"
        "Văn bản mẫu của bản dùng thử.\n"
    ).encode()


def tell(teller: Teller) -> None:
    """Publish both plans and let everything happen that the pages should show."""
    for text in (documents.DIGITAL, documents.REFORM):
        teller.publish(text)
    _done(teller)
    _in_work(teller)
    _waiting(teller)
    _villages(teller)
    _reports(teller)
    _figures(teller)


def _done(teller: Teller) -> None:
    [rules] = teller.find("Ban hành quy chế")
    teller.finish(rules, 64)
    [survey] = teller.find("Khảo sát mức độ hài lòng")
    teller.finish(survey, 35)
    [simpler] = teller.find("Rà soát, đơn giản hóa")
    teller.finish(simpler, 24)
    managing.record_cause(
        simpler, "Chờ hướng dẫn của cấp trên về thẩm quyền phê duyệt.",
        actor=teller.person("chi"), now=teller.at(22), today=teller.day(22),
    )  # fmt: skip


def _in_work(teller: Teller) -> None:
    [posted] = teller.find("Niêm yết công khai danh mục")
    teller.report(
        posted, 60, "Đã niêm yết tại bộ phận tiếp nhận, còn bản điện tử.", 12, "Bảng điện tử đang hỏng."
    )
    commenting.direct(
        posted,
        "Đề nghị hoàn thành trong tuần này, báo cáo lý do chậm.",
        actor=teller.person("dung"),
        now=teller.at(3),
    )
    [equipment] = teller.find("Rà soát, đề xuất bổ sung trang thiết bị")
    teller.attach(equipment, 6, all_but=1)
    [training] = teller.find("Tập huấn kỹ năng số")
    teller.report(training, 40, "Đã mời giảng viên, đang chốt danh sách lớp.", 5)
    [digitised] = teller.find("Số hóa hồ sơ")
    teller.report(digitised, 75, "Đã số hóa ba phần tư số hồ sơ.", 9, "Máy quét phải dùng chung.")
    [clean, *_] = teller.find("Làm sạch dữ liệu dân cư")
    managing.suspend(clean, "Chờ phần mềm của cấp trên.", actor=teller.person("chi"), now=teller.at(8))
    [board] = teller.find("Lắp đặt điểm truy cập")
    commenting.comment(board, "Chưa có hướng dẫn của Sở.", actor=teller.person("an"), now=teller.at(15))


def _waiting(teller: Teller) -> None:
    [duties] = teller.find("Xây dựng bảng phân công")
    teller.submit(duties, 2)
    [survey] = teller.find("Thống kê diện tích cây trồng")
    teller.send_back(survey, "Biểu thống kê thiếu số liệu của hai thôn. Đề nghị bổ sung.", 3)
    [plan] = teller.find("Xây dựng phương án phòng, chống")
    teller.ask_for_time(plan, "Chờ số liệu khảo sát địa chất của tỉnh.", 25, 20)
    teller.grant_time(plan, "Thông báo số 120/TB-UBND", 18)
    [medicine] = teller.find("Dự trữ thuốc")
    teller.ask_for_time(medicine, "Nhà cung cấp giao chậm.", 10, 1)
    drills = teller.find("Diễn tập sơ tán dân")
    managing.cancel(
        drills[-1],
        "Kế hoạch diễn tập đợt hai chuyển cho cấp tỉnh.",
        actor=teller.person("chi"),
        now=teller.at(7),
    )


def _figures(teller: Teller) -> None:
    """Some offices have reported what they reached of the indicator; the others have still to."""
    for office, value, note in goals.REPORTED:
        unit = teller.commune.units[office]
        wanted = select(IndicatorTarget).where(
            IndicatorTarget.unit_id == unit.id, IndicatorTarget.target.is_not(None)
        )
        for target in db.session.scalars(wanted):
            indicator_reporting.report(
                target, value, note=note, actor=teller.person("chi"), on_behalf=True, now=teller.at(6)
            )


def _villages(teller: Teller) -> None:
    """Some villages are done, some work, the rest have not begun."""
    villages = teller.find("Sửa đổi, bổ sung hương ước")
    for number, assignment in enumerate(villages[:5]):
        teller.finish(assignment, 30 - 4 * number)
    for assignment in villages[5:7]:
        teller.report(assignment, 50, "Đã họp thôn lấy ý kiến.", 10)


def _reports(teller: Teller) -> None:
    """What recurs was topped up every day; each report was handed in two days early, but for the latest."""
    for days_ago in range(documents.DIGITAL.issued_before - 1, -1, -1):
        recurring.top_up(now=teller.at(days_ago, 6), today=teller.day(days_ago))
    for title in ("Báo cáo tình hình sử dụng", "Kiểm tra việc chấp hành"):
        past = [a for a in teller.find(title) if a.due_on is not None and a.due_on < teller.today]
        for assignment in past[:-1]:
            assert assignment.due_on is not None, "chosen by it"
            teller.finish(assignment, (teller.today - assignment.due_on).days + 2)
