"""Every list that can be taken home: opened with openpyxl, no cell a formula, kept from who may not ask."""

import io
from dataclasses import asdict, dataclass
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from tracker.grants import reach_of
from tracker.models import (
    FeedScope,
    FrozenReport,
    Indicator,
    IndicatorTarget,
    Mail,
    MailState,
    Role,
    StoredFile,
)
from tracker.render.sheets import FORMULA
from tracker.rules.reporting import period_of
from tracker.services import auditing, days_off, extending, feeding, reporting, units
from tracker.services.feeding import Subject
from tracker.web.sheets import room

pytestmark = pytest.mark.usefixtures("nine_oclock")

HEAD = 3  # rows above the list
STARTS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1")


@dataclass(frozen=True)
class Listed:
    """A sheet: who opens it and on which page it is offered; who is refused it and how."""

    page: str
    who: str = "dung"
    stranger: str = "giang"
    refusal: int = 404
    sheet: str = ""  # where it is not the page's address with /sheets before it


# endpoint -> how it is opened. A stranger who is refused with 200 finds an empty list: the page is anybody's.
SHEETS = {
    "assignments": Listed("/assignments/?q=niem", refusal=200, sheet="/sheets/assignments?q=niem"),
    "overdue": Listed("/board/overdue?q=niem", refusal=200, sheet="/sheets/overdue?q=niem"),
    "board": Listed("/board/rows?quarter=2026-Q2", refusal=403, sheet="/sheets/board?quarter=2026-Q2"),
    "plans": Listed("/plans/?q=41", refusal=200, sheet="/sheets/plans?q=41"),
    "plan": Listed("/plans/{plan}?q=niem", sheet="/sheets/plans/{plan}?q=niem"),
    "task": Listed("/plans/{plan}/tasks/{task}", sheet="/sheets/plans/{plan}/tasks/{task}"),
    "people": Listed("/assignments/people", "head", sheet="/sheets/people"),
    "waiting": Listed("/extensions/{asked}", refusal=200, sheet="/sheets/waiting"),
    "search": Listed("/search/?q=niem", refusal=200, sheet="/sheets/search?q=niem"),
    "own_indicators": Listed("/indicators/", "an", refusal=200, sheet="/sheets/indicators"),
    "plan_indicators": Listed("/indicators/plans/{plan}", sheet="/sheets/indicators/plans/{plan}"),
    "indicator": Listed(
        "/indicators/{indicator}?outcome=not_reported",
        sheet="/sheets/indicators/{indicator}?period=2026&outcome=not_reported",
    ),
    "urging": Listed("/reports/urging", sheet="/sheets/urging"),
    "meeting": Listed("/reports/meeting", sheet="/sheets/meeting"),
    "units": Listed("/units/?q=phong", "admin", sheet="/sheets/units?q=phong"),
    "groups": Listed("/units/", "admin", sheet="/sheets/groups"),
    "users": Listed("/users/?q=an", "admin", sheet="/sheets/users?q=an"),
    "letters": Listed("/letters/?state=dead", "admin", sheet="/sheets/letters?state=dead"),
    "log": Listed("/log/?thing=user", "admin", sheet="/sheets/log?thing=user"),
    "days": Listed("/settings/?year=2026", "admin", sheet="/sheets/days?year=2026"),
    "forecast": Listed("/plans/{plan}/forecast", "chi", sheet="/sheets/plans/{plan}/forecast"),
    "reading": Listed("/plans/imports/{review}", "chi", sheet="/sheets/plans/imports/{review}"),
    "frozen_reports": Listed("/reports/", sheet="/sheets/reports/frozen"),
    "frozen_report": Listed("/reports/frozen/{frozen}", sheet="/sheets/reports/frozen/{frozen}"),
    "feeds": Listed("/feeds/", "an", refusal=200, sheet="/sheets/feeds"),
}


def rows_of(answer):
    """The rows of a sheet under its head, each by the titles of its columns."""
    assert answer.status_code == 200, answer.status
    rows = list(load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))
    return [dict(zip(rows[HEAD - 1], row, strict=True)) for row in rows[HEAD:]]


@pytest.fixture
def many(cast, make_plan, make_assignment, make_import, plan_text, session, nine_oclock):
    """Makes so many rows of every list, each with a name that a spreadsheet would compute."""
    plan = make_plan()
    indicator = Indicator(plan=plan, position=1, name="=Tỷ lệ", measure="%")
    session.add(indicator)
    feeding.create_feed(reach_of(cast.an), "=lịch", Subject(FeedScope.PERSON), now=nine_oclock)
    made = {"plan": plan.id}

    def make(count, of=0):
        for number in range(count):
            start = STARTS[(of + number) % len(STARTS)]
            unit = cast.unit(f"{start} Phòng {of + number}", cast.commune, email="=a@b.example")
            units.add_alias(f"{start} tên khác {of + number}", unit, actor=cast.admin, now=nine_oclock)
            name = f"{start} nhóm {of + number}"
            units.add_group(name, [unit], keeper=cast.commune, actor=cast.admin, now=nine_oclock)
            person = cast.person(f"an{of + number}", f"{start} An", (Role.STAFF, cast.economy))
            auditing.record(cast.admin, "add_user", person, now=nine_oclock, after={"name": start})
            session.flush()
            late = make_assignment(
                plan=plan,
                due_on=date(2026, 6, 1),
                title=f"{start} Niêm yết {of + number}",
                text=start,
                deliverables=(start,),
            )
            late.responsible, late.objective_cause = person, start
            led = make_assignment(plan=plan, due_on=date(2026, 6, 2), leads=[unit], title=f"{start} niem")
            asked = extending.request_extension(
                led, start, date(2026, 7, 15), actor=cast.an, now=nine_oclock, today=date(2026, 6, 18)
            )
            make_plan(f"41/{of + number}", title=f"{start} kế hoạch")
            other = Indicator(plan=plan, position=of + number + 2, name=start)
            other.targets.append(IndicatorTarget(unit=cast.economy, period="2026", target=60, note=start))
            session.add(other)
            indicator.targets.append(IndicatorTarget(unit=unit, period="2026", target=60, note=start))
            days_off.correct(
                date(2026, 3, 2) + timedelta(days=7 * (of + number)),
                off=True,
                name=start,
                actor=cast.admin,
                now=nine_oclock,
            )
            session.add(
                Mail(
                    message_id=f"<{of + number}@x>",
                    address="=x@y.example",
                    recipient_name=start,
                    subject=f"{start} thư",
                    text="",
                    html="",
                    state=MailState.DEAD,
                    last_error=start,
                    created_at=nine_oclock,
                )
            )
            session.flush()
            made.update(task=late.task_id, asked=asked.id)
        rows = "".join(
            f"{number + 1}\t{STARTS[number % 4]} việc\tPhòng Kinh tế\t\t30/9/2026\tBáo cáo\n"
            for number in range(of + count)
        )
        made["review"] = make_import(plan_text(rows, number=f"9{of}/KH-UBND")).id
        reader = cast.person(f"chot{of}", "=Lê Chốt", (Role.LEADER, cast.commune))
        period = period_of(date(2026, 6, 18), "H", 14)
        told = asdict(reporting.report(reach_of(reader), nine_oclock, period))
        for number in range(of, of + count):
            frozen = FrozenReport(
                key=f"{cast.commune.id}.0.0.2026-H2",
                version=number + 1,
                period=period.code,
                issuer=cast.commune,
                content=told,
                file=session.merge(StoredFile(sha256="0" * 64, size=1, media_type="x", at=nine_oclock)),
                by=reader,
                at=nine_oclock,
            )
            session.add(frozen)
            session.flush()
            made["frozen"] = frozen.id
        session.flush()
        made["indicator"] = indicator.id
        return made

    return make


SAMPLES = {"sample"}  # no list of ours: taken in again where lists are taken in


def test_the_table_holds_every_sheet(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    sheets = {name.removeprefix("sheets.") for name in endpoints if name.startswith("sheets.")}
    assert sheets == SHEETS.keys() | SAMPLES


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_is_offered_on_its_page_and_opens_without_a_formula(name, browse, cast, many):
    made = many(len(STARTS))
    listed = SHEETS[name]
    browser, address = browse(getattr(cast, listed.who)), listed.sheet.format(**made)
    page = browser.get(listed.page.format(**made))
    assert page.status_code == 200
    assert f'href="{address.replace("&", "&amp;")}"' in page.text
    answer = browser.get(address)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert rows_of(answer)
    said = [cell for row in load_workbook(io.BytesIO(answer.data)).active for cell in row]
    assert [cell.value for cell in said if cell.data_type == "f"] == []
    texts = [cell.value for cell in said if isinstance(cell.value, str)]
    assert [text for text in texts if text.startswith(FORMULA)] == []
    assert any(text.startswith("'") for text in texts)


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_is_kept_from_who_may_not_ask(name, app, browse, cast, many):
    made, listed = many(1), SHEETS[name]
    address = listed.sheet.format(**made)
    answer = browse(getattr(cast, listed.stranger)).get(address)
    assert answer.status_code == listed.refusal
    if listed.refusal == 200:
        assert rows_of(answer) == []
    assert app.test_client().get(address).location.startswith("/login?")


@pytest.mark.parametrize("name", [name for name in SHEETS if name != "feeds"])
def test_thirty_rows_ask_the_database_as_often_as_one(name, browse, cast, many, count_queries):
    listed = SHEETS[name]

    def asked(made):
        browser = browse(getattr(cast, listed.who))
        with count_queries() as sent:
            rows = rows_of(browser.get(listed.sheet.format(**made)))
        return len(sent), len(rows)

    few, before = asked(many(1))
    same, after = asked(many(29, 1))
    assert same == few
    assert after > before or name == "task"  # a task of one unit stays one row


def test_a_page_of_a_long_list_is_a_page_but_its_sheet_is_whole(browse, cast, session):
    for number in range(120):
        cast.person(f"nguoi{number}", f"Người {number:03}", (Role.STAFF, cast.economy))
    browser = browse(cast.admin)
    assert browser.get("/users/?q=nguoi").text.count('data-l="Tên đăng nhập"') == 100
    assert len(rows_of(browser.get("/sheets/users?q=nguoi"))) == 120


def test_a_sheet_that_was_cut_says_so(browse, cast, session, monkeypatch):
    monkeypatch.setattr(room, "MOST", 3)
    monkeypatch.setattr(room, "ASKED", 4)
    answer = browse(cast.admin).get("/sheets/users")
    assert len(rows_of(answer)) == 3
    note = load_workbook(io.BytesIO(answer.data)).active["A2"].value
    assert "3 người đầu tiên, hãy lọc để lấy phần còn lại" in note


def test_a_monitor_takes_home_only_the_units_in_their_part(browse, cast):
    names = {row["Đơn vị"] for row in rows_of(browse(cast.chi).get("/sheets/units"))}
    assert "Phòng Kinh tế" in names
    assert "UBND xã Đăk Rve" not in names


def test_a_search_is_taken_home_beyond_the_first_few(browse, cast, make_assignment):
    for number in range(20):
        make_assignment(title=f"Niêm yết {number}")
    answer = browse(cast.dung).get("/sheets/search?q=niem")
    assert [row["Loại"] for row in rows_of(answer)] == ["Nhiệm vụ"] * 20


def test_what_waits_is_taken_home_with_who_sent_it_and_what_was_asked(browse, cast, make_assignment, many):
    many(1)
    [row] = rows_of(browse(cast.dung).get("/sheets/waiting"))
    assert (row["Việc"], row["Người gửi"], row["Nội dung"]) == ("Đề nghị gia hạn", "Nguyễn Văn An", "'=1+1")
