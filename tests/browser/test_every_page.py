"""Every address that can be opened is a page that everybody can read, or says here why it is none.

No console error, no request that leaves this machine: the `page` of these tests sees to that.
"""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from tests.browser.conftest import SIDEWAYS, hard_to_read
from tests.samples import GOALS_HEAD
from tracker import clock
from tracker.deadlines.meaning import Kind
from tracker.grants import reach_of
from tracker.mailer import Envelope, FolderMailer
from tracker.models import (
    AccountLinkKind,
    Alias,
    Assignment,
    Cadence,
    Comment,
    Deliverable,
    Evidence,
    ExtensionRequest,
    Feed,
    FeedScope,
    Indicator,
    IndicatorTarget,
    Mail,
    MailState,
    Milestone,
    Plan,
    ProgressReport,
    Submission,
    Task,
    TaskGroup,
    Unit,
    UnitGroup,
    User,
)
from tracker.rules.reporting import period_of
from tracker.services import (
    account_links,
    answering,
    commenting,
    evidence,
    extending,
    feeding,
    freezing,
    importing,
    letter_choices,
    managing,
    progress,
    publishing,
    readings,
    reviewing,
    standing,
    units,
)
from tracker.services.feeding import Subject
from tracker.services.intake import Intake, Upload
from tracker.words import date_words

pytestmark = pytest.mark.browser

FILE = "a file to be kept, not a page"
DATA = "read by programs"
NO_PAGES = {
    "static": "style, script and pictures of the pages",
    "bootstrap.static": "style, script and pictures of the pages",
    "icons.sprite": "the drawings of the pages",
    "home.index": "only leads on to the first page of who asks",
    "reviewing.index": "only leads on to what waits longest; the empty queue is read below",
    "assignment.submit": "asks back where something is missing, else is the form that a walk hands in by",
    "caught.show_html": "a letter as it goes out, under a policy of its own",
    "previews.picture": "a picture of a sheet of evidence, shown within a page",
    "calendars.show": DATA,
    "calendars.deadline": FILE,
    "evidence.download": FILE,
    "indicators.download": FILE,
    "standing.download": FILE,
    "plans.source": FILE,
    "reports.frozen_paper": FILE,
    "reports.meeting_document": FILE,
    "reports.periodic": FILE,
    "reports.urging_letter": FILE,
    "reports.urging_letters": FILE,
}
SHEETS = "sheets."  # .xlsx, each opened in tests/web

# who -> endpoint -> the addresses it is opened by; {names} are of the world below
PAGES = {
    "": {
        "auth.login": ["/login"],
        "links.forgotten": ["/login/forgotten"],
        "links.show": ["/links/{invited}"],
        "account.choose_by_link": ["/account/letters/{choice}"],
    },
    "an": {
        "account.show": ["/account/"],
        "assignments.index": ["/assignments/", "/assignments/?q=zzz", "/assignments/?part=all&group=overdue"],
        "assignment.show": ["/assignments/{soon}/", "/assignments/{waits}/", "/assignments/{done}/"],
        "assignment.request_extension": ["/assignments/{soon}/extension"],
        "assignment.submit": ["/assignments/{soon}/submit"],
        "evidence.explain_absence": ["/assignments/{soon}/deliverables/{deliverable}/absence"],
        "evidence.edit": ["/evidence/{open_piece}/edit"],
        "evidence.remove": ["/evidence/{open_piece}/remove"],
        "evidence.replace": ["/evidence/{open_piece}/replace"],
        "previews.show": ["/evidence/{piece}/view"],
        "feeds.index": ["/feeds/"],
        "feeds.new": ["/feeds/new"],
        "feeds.ask_replace": ["/feeds/{feed}/replace"],
        "feeds.ask_revoke": ["/feeds/{feed}/revoke"],
        "guide.index": ["/guide/"],
        "indicators.index": ["/indicators/"],
        "indicators.target": ["/indicators/targets/{target}"],
        "standing.show": ["/standing/{standing}"],
        "caught.index": ["/caught-letters/"],
        "caught.show": ["/caught-letters/17.abc@suoimay.example"],
    },
    "head": {
        "assignments.of_people": ["/assignments/people"],
        "assignment.show": ["/assignments/{soon}/"],
        "search.show": ["/search/", "/search/?q=cong", "/search/?q=zzz"],
    },
    "chi": {
        "indicators.of_plan": ["/indicators/plans/{plan}"],
        "indicators.show": ["/indicators/{indicator}", "/indicators/{indicator}?q=zzz"],
        "managing.manage": [
            "/assignments/{soon}/manage/correct",
            "/assignments/{soon}/manage/suspend",
            "/assignments/{soon}/manage/reassign",
            "/assignments/{soon}/manage/cancel",
            "/assignments/{late}/manage/record_cause",
            "/assignments/{done}/manage/reopen",
            "/assignments/{paused}/manage/resume",
        ],
        "plans.index": ["/plans/", "/plans/?q=zzz"],
        "plans.show": ["/plans/{plan}", "/plans/{plan}?progress=overdue", "/plans/{draft}"],
        "plans.delete": ["/plans/{draft}/delete"],
        "plans.details": ["/plans/{plan}/details"],
        "plans.forecast": ["/plans/{draft}/forecast"],
        "plans.publish": ["/plans/{draft}/publish"],
        "plans.reminders": ["/plans/{plan}/reminders"],
        "plans.task": ["/plans/{plan}/tasks/{task}"],
        "plans.add_task": ["/plans/{plan}/tasks/new"],
        "plans.review": ["/plans/imports/{review}"],
        "plans.compare": ["/plans/imports/{again}/compare"],
        "plans.discard": ["/plans/imports/{review}/discard"],
        "plans.heading": ["/plans/imports/{review}/heading"],
        "plans.phrase": ["/plans/imports/{review}/phrase?phrase=Các thôn"],
        "plans.edit_figure": ["/plans/imports/{review}/figures/0"],
        "plans.edit_row": ["/plans/imports/{review}/rows/1"],
        "plans.unknown_units": ["/plans/imports/{review}/units"],
        "reviewing.show": ["/reviewing/{waits}", "/reviewing/{own}"],
        "succession.begin": ["/units/{unit}/end/"],
        "succession.heirs": ["{heirs}", "{heirs}&successors={third}"],
        "plans.reading": ["/plans/readings/{reading}"],  # the last: it loads itself anew
    },
    "dung": {
        "board.index": ["/board/", "/board/?sides=overdue&q=zzz"],
        "board.overdue": ["/board/overdue", "/board/overdue?q=zzz"],
        "board.rows": ["/board/rows"],
        "extensions.show": ["/extensions/{asked}"],
        "reports.index": ["/reports/"],
        "reports.ask_freeze": ["/reports/freeze"],
        "reports.frozen": ["/reports/frozen/{frozen}"],
        "reports.meeting": ["/reports/meeting"],
        "reports.urging_index": ["/reports/urging"],
        "assignment.show": ["/assignments/{soon}/"],
    },
    "admin": {
        "letters.index": ["/letters/", "/letters/?state=sending"],
        "letters.show": ["/letters/{letter}"],
        "log.index": ["/log/", "/log/?q=zzz"],
        "settings.index": ["/settings/"],
        "units.index": ["/units/", "/units/?q=zzz"],
        "units.show": ["/units/{unit}", "/units/{ended}"],
        "units.add": ["/units/new"],
        "units.add_group": ["/units/groups/new"],
        "units.show_group": ["/units/groups/{group}"],
        "users.index": ["/users/", "/users/?q=zzz"],
        "users.show": ["/users/{person}"],
        "users.add": ["/users/new"],
    },
    "giang": {"reviewing.index": ["/reviewing/"], "assignments.index": ["/assignments/"]},
}


@pytest.fixture
def settings():
    """The demo's rooms exist, too."""
    return {"DEMO": True}


def test_every_address_is_a_page_or_says_why_not(app):
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods]
    named = {endpoint for pages in PAGES.values() for endpoint in pages} | NO_PAGES.keys()
    assert {rule.endpoint for rule in rules if not rule.endpoint.startswith(SHEETS)} == named


@pytest.fixture
def world(app, cast, make_plan, make_assignment, make_import, plan_text, session, tmp_path):
    """Something in every room; the numbers and names of the addresses that open them."""
    now, today = clock.now(), clock.today()
    window = {"starts_on": today - timedelta(days=250), "ends_on": today + timedelta(days=250)}
    plan = make_plan(cadence=Cadence.QUARTERLY, **window)

    def given(days, title, **words):
        due_on = None if days is None else today + timedelta(days=days)
        return make_assignment(plan=plan, due_on=due_on, title=title, **words)

    late = given(-18, "Niêm yết công khai danh mục thủ tục hành chính", text="Tháng 5/2026")
    soon = given(4, "Thí điểm tiếp nhận trực tuyến", deliverables=("Kế hoạch", "Báo cáo đánh giá"))
    waits, done, paused = given(10, "Bố trí khu vực hỗ trợ"), given(20, "Tập huấn"), given(30, "Khảo sát")
    given(None, "Biểu dương", kind=Kind.UNRESOLVED, text="khi có phát sinh")
    given(
        None,
        "Tuyên truyền",
        kind=Kind.CONTINUOUS,
        text="Thường xuyên",
        columns={"tracked_from": window["starts_on"]},
    )
    soon.progress_reports.append(
        ProgressReport(percent=80, text="312 hồ sơ", difficulties="mạng yếu", by=cast.an, at=now)
    )
    commenting.direct(soon, "Hoàn thành trước buổi giao ban", actor=cast.dung, now=now)
    own = given(15, "Kiểm tra kỷ cương hành chính", leads=[cast.office], helpers=[])
    pieces = [attach(app, cast, tmp_path, one) for one in (soon, waits, done, own)]
    for one in (waits, done):
        progress.submit(one, actor=cast.an, now=now, note="Có 2 máy tính")
    progress.submit(own, actor=cast.chi, now=now)
    reviewing.confirm(done, actor=cast.chi, now=now)
    managing.suspend(paused, "Chờ hướng dẫn", actor=cast.chi, now=now)
    progress.name_responsible(late, cast.an, actor=cast.head, now=now)
    asked = extending.request_extension(
        late, "Chờ ý kiến của tỉnh", today + timedelta(days=30), actor=cast.an, now=now, today=today
    )
    session.expire_all()
    round_ = standing.rounds(cast.economy, today)[0]
    return (
        {"plan": plan.id, "task": late.task_id, "late": late.id, "soon": soon.id, "waits": waits.id}
        | {"done": done.id, "paused": paused.id, "own": own.id, "asked": asked.id}
        | {"open_piece": pieces[0], "piece": pieces[1]}
        | {"deliverable": soon.milestone.deliverables[1].id}
        | {"standing": f"{plan.id}/{cast.economy.id}/{round_.day}"}
        | imports(cast, make_import, plan_text, now, today)
        | indicators(cast, plan, session)
        | kept(app, cast, session, now, today)
        | letters(app, cast, session, tmp_path, now)
    )


def attach(app, cast, folder, assignment):
    """A text file for the first deliverable; its number."""
    path = folder / "a.txt"
    path.write_text("Đã bố trí", encoding="utf-8")
    with path.open("rb") as stream:
        piece = evidence.attach(
            assignment,
            assignment.milestone.deliverables[0],
            Upload("Báo cáo.txt", stream),
            intake=Intake(app.extensions["file_store"]),
            actor=cast.an,
            now=clock.now(),
        )
    return piece.id


ROWS = """\
I\tHoàn thiện thể chế
1\tBan hành quy chế\tVăn phòng HĐND và UBND\tPhòng Kinh tế\tTrước ngày 28/6/2026\tQuyết định
2\tTriển khai mô hình thôn số\tCác thôn\tPộ phận VHTT\tQuý II\tQuyết định
3\tRà soát nhân lực\tCác cơ quan, đơn vị\t\tkhi có phát sinh\tBáo cáo
"""
FIGURES = (
    GOALS_HEAD
    + """\
1\tPhòng Kinh tế\t55,5\t60
2\tTrạm Y tế xã\t70\t65
"""
)
OLD = "1\tTập huấn kỹ năng số\tPhòng Kinh tế\t\t30/11/2099\tBáo cáo"
NEW = f"{OLD.replace('30/11', '31/12')}\n2\tLắp đặt camera\tVăn phòng HĐND và UBND\t\t31/12/2099\tBiên bản"


def imports(cast, make_import, plan_text, now, today):
    """A check full of doubts, a draft, a later issue beside the first, a long reading."""
    villages = [cast.unit(f"Thôn Nà {name}", cast.commune) for name in ("Lìn", "Pản")]
    units.add_group("Các thôn xa", villages, keeper=cast.commune, actor=cast.chi, now=now)
    cast.unit("Bộ phận Văn hóa - Thông tin", cast.commune)
    review = make_import(plan_text(ROWS + "\n", number="51/KH-UBND") + FIGURES.encode())
    draft = importing.accept(
        make_import(plan_text(OLD, number="52/KH-UBND")), actor=cast.chi, now=now, today=today
    )
    first = importing.accept(
        make_import(plan_text(OLD, number="53/KH-UBND")), actor=cast.chi, now=now, today=today
    )
    publishing.publish(first, {}, actor=cast.chi, now=now, today=today)
    again = make_import(plan_text(NEW, number="53/KH-UBND"))
    answering.agree_new_issue(again, first, actor=cast.chi, now=now)
    reading = readings.begin("Kế hoạch dài.pdf", actor=cast.chi, now=now)
    readings.tell(reading, 36, 100, now=now)
    return {"review": review.id, "draft": draft.id, "again": again.id, "reading": reading.id}


def indicators(cast, plan, session):
    """An indicator that two units reach or not, in two years, and one is free of."""
    indicator = Indicator(plan=plan, position=1, name="Tỷ lệ hồ sơ trực tuyến", measure="%")
    for unit, given in ((cast.economy, 61.5), (cast.culture, 12)):
        for period in ("2025", "2026"):
            indicator.targets.append(IndicatorTarget(unit=unit, period=period, target=60, given=given))
    exempt = IndicatorTarget(unit=cast.office, period="2026", exempt=True, note="Không có TTHC")
    indicator.targets.append(exempt)
    session.add(indicator)
    session.flush()
    return {"indicator": indicator.id, "target": indicator.targets[0].id}


def kept(app, cast, session, now, today):
    """Units, a group, people, an address of a calendar, a frozen report."""
    units.add_alias("P. KT", cast.economy, actor=cast.chi, now=now)
    members = [cast.economy, cast.culture]
    group = units.add_group("Các phòng", members, keeper=cast.commune, actor=cast.chi, now=now)
    ended = cast.unit("Phòng Tài chính", cast.commune)
    ended.last_on, ended.successors = today - timedelta(days=9), [cast.economy]
    feed, _ = feeding.create_feed(reach_of(cast.an), "Điện thoại", Subject(FeedScope.PERSON), now=now)
    frozen = freezing.freeze(
        reach_of(cast.dung),
        period_of(today, "H", 14),
        cast.commune,
        plan=None,
        unit=None,
        store=app.extensions["file_store"],
        now=now,
    )
    session.flush()
    return {
        "unit": cast.economy.id,
        "ended": ended.id,
        "group": group.id,
        "person": cast.an.id,
        "feed": feed.id,
        "frozen": frozen.id,
        "third": cast.office.id,
        "heirs": f"/units/{cast.economy.id}/end/heirs?last_on={date_words(today - timedelta(days=1))}"
        f"&reason=12/NQ&successors={cast.culture.id}",
    }


def letters(app, cast, session, folder, now):
    """A letter that could not be delivered, one that was caught, and what letters bring along."""
    _, invited = account_links.draw(
        cast.binh, AccountLinkKind.INVITATION, timedelta(days=7), actor=cast.admin, now=now
    )
    letter = Mail(
        message_id="<1@x>",
        address="an@suoimay.example",
        recipient_name="Nguyễn Văn An",
        subject="2 nhiệm vụ quá hạn",
        text="Kính gửi",
        html="",
        state=MailState.DEAD,
        last_error="550 No such user",
        created_at=now,
    )
    session.add(letter)
    caught = EmailMessage()
    caught["Date"], caught["Subject"], caught["To"] = now, "2 nhiệm vụ quá hạn", "an@suoimay.example"
    caught.set_content("Kính gửi Phòng Kinh tế")
    sent = Envelope("nhacviec@suoimay.example", str(caught["To"]), "<17.abc@suoimay.example>", bytes(caught))
    app.config["MAIL_CATCH_FOLDER"] = str(folder / "letters")
    FolderMailer(folder / "letters").send(sent)
    session.commit()
    choice = letter_choices.sign(cast.an.id, cast.an.email, app.config["SECRET_KEY"])
    return {"letter": letter.id, "invited": invited, "choice": choice}


@pytest.mark.parametrize("who", PAGES)
def test_every_page_can_be_read_by_all(who, page, site, enter, cast, world):
    hard = {}
    if who:
        enter(getattr(cast, who), "/guide/")
    for endpoint, addresses in PAGES[who].items():
        for address in [address.format(**world) for address in addresses]:
            assert (address, page.goto(f"{site}{address}").status) == (address, 200)
            hard[endpoint, address] = hard_to_read(page)
    assert {where: found for where, found in hard.items() if found} == {}


# what people write: columns whose texts are of any length and of any letters
WORDS = [
    Alias.text,
    Assignment.objective_cause,
    Comment.text,
    Deliverable.name,
    Evidence.name,
    ExtensionRequest.reason,
    Feed.name,
    Indicator.name,
    Mail.subject,
    Mail.last_error,
    Milestone.text,
    Plan.title,
    Plan.issuer,
    ProgressReport.text,
    ProgressReport.difficulties,
    Submission.note,
    Task.title,
    TaskGroup.title,
    Unit.name,
    UnitGroup.name,
    User.name,
]
HOSTILE = "<script>alert(1)</script> \u200fمرحبا\u200f 😀 "


def lengthen(session):
    """Every text that people write gets letters of other scripts, and 2,000 without a space, or what fits."""
    for column in WORDS:
        most = column.type.length or 2000
        for row in session.scalars(select(column.class_)):
            written = getattr(row, column.key)
            setattr(row, column.key, f"{HOSTILE}{'ư' * 2000}"[: most - len(written)] + written)
    session.commit()


@pytest.mark.parametrize("who", PAGES)
def test_no_word_runs_out_of_a_page_at_the_side(who, page, site, enter, cast, world, session):
    lengthen(session)
    out = []
    if who:
        enter(getattr(cast, who), "/guide/")
    for address in [address.format(**world) for pages in PAGES[who].values() for address in pages]:
        page.goto(f"{site}{address}")
        for width in (1280, 780, 640, 390):  # 640 is 1280 at 200 %
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate(SIDEWAYS) > 0:
                out.append((width, address))
    assert out == []
