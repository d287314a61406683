"""Papers to take home and sign: opened again, counted against the board, and turned into PDF."""

import io
import shutil
import subprocess
import zipfile
from datetime import date
from urllib.parse import unquote

import pytest
from docx import Document
from hypothesis import HealthCheck, given
from hypothesis import settings as chosen
from hypothesis import strategies as st
from openpyxl import load_workbook

from tracker.grants import reach_of
from tracker.models import DueChange, DueChangeKind, ExtensionRequest, ProgressReport
from tracker.render.sheets import HEAD
from tracker.rules.counting import OUTCOMES
from tracker.rules.reporting import read_period
from tracker.rules.states import State
from tracker.rules.timeliness import Outcome
from tracker.services import boards, reporting
from tracker.services.selections import Selection
from tracker.web.reports import meeting, periodic, urging

pytestmark = pytest.mark.usefixtures("nine_oclock")

PAGES = ("/reports/", "/reports/urging", "/reports/meeting")
PAPERS = ("/reports/periodic.docx", "/reports/urging.zip", "/reports/meeting.docx")
PERIOD = read_period("2026-H1")
NASTY = "Rà soát <quy chế> & “Đăk Rve”\x0b ở thôn Nà Lìn"


@pytest.fixture
def work(cast, make_plan, make_assignment, nine_oclock):
    """Of one plan: late with difficulties, late for an objective cause, extended, done."""
    plan = make_plan()
    late = make_assignment(plan=plan, due_on=date(2026, 5, 15), title=NASTY, text="Tháng 5/2026")
    told = ProgressReport(percent=60, difficulties="chờ tỉnh", by=cast.an, at=date_moment(2026, 6, 10))
    late.progress_reports.append(told)
    make_assignment(
        plan=plan,
        due_on=date(2026, 6, 1),
        title="Tập huấn kỹ năng số",
        leads=[cast.culture],
        helpers=[],
        columns={"objective_cause": "Mưa lũ kéo dài"},
    )
    longer = make_assignment(plan=plan, due_on=date(2026, 6, 30), title="Số hóa hồ sơ")
    longer.due_changes.append(
        DueChange(
            kind=DueChangeKind.EXTENSION,
            from_on=date(2026, 5, 30),
            to_on=date(2026, 6, 30),
            by=cast.dung,
            at=date_moment(2026, 5, 28),
        )
    )
    longer.extension_requests.append(
        ExtensionRequest(reason="x", wanted_on=date(2026, 7, 15), by=cast.an, at=nine_oclock)
    )
    done = {"state": State.DONE, "completed_on": date(2026, 6, 10)}
    make_assignment(plan=plan, due_on=date(2026, 6, 12), title="Niêm yết công khai", columns=done)
    make_assignment(plan=plan, due_on=date(2026, 6, 22), title="Ban hành quy chế")
    return plan


def date_moment(year, month, day):
    """A moment of that day."""
    from_day = date(year, month, day)
    return reporting.first_moment(from_day)


def opened(answer):
    """The paper an answer carries."""
    assert answer.status_code == 200, answer.status
    return Document(io.BytesIO(answer.data))


def texts(document):
    """All that a paper says, paragraph by paragraph and cell by cell, in order of paragraphs, then tables."""
    found = [paragraph.text for paragraph in document.paragraphs]
    found += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(found)


def test_the_report_has_the_form_of_an_official_paper(browse, cast, work):
    answer = browse(cast.dung).get(f"/reports/periodic.docx?plan={work.id}&period=2026-H1")
    paper = opened(answer)
    section = paper.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.right_margin, section.left_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 20, 30]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert paper.styles["Normal"].font.name == "Times New Roman"
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml
    said = texts(paper)
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN\nXÃ SUỐI MÂY",
        "/BC-UBND",
        "Suối Mây, ngày 18 tháng 6 năm 2026",
        "BÁO CÁO",
        "6 tháng đầu năm 2026",
        "từ ngày 15/12/2025 đến ngày 14/6/2026; số liệu tính đến hết ngày 14/6/2026",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Nơi nhận:",
    ):
        assert words in said
    assert "Báo cáo 6 tháng đầu năm 2026 2026-06-18.docx" in unquote(answer.headers["Content-Disposition"])


def test_the_report_names_what_is_late_longer_excused_and_difficult(browse, cast, work):
    said = texts(opened(browse(cast.dung).get(f"/reports/periodic.docx?plan={work.id}&period=2026-H1")))
    for words in ("30 ngày", "Mưa lũ kéo dài", "Từ 30/5/2026 đến 30/6/2026", "chờ tỉnh"):
        assert words in said
    assert "Trong kỳ: 3 nhiệm vụ" in said
    assert "Lũy kế: 5 nhiệm vụ" in said
    assert "tỷ lệ đúng hạn 33,3" in said
    assert (
        "Đề nghị các đơn vị có nhiệm vụ quá hạn khẩn trương hoàn thành: Phòng Kinh tế, Phòng Văn hóa" in said
    )


def test_the_office_reports_of_a_unit_in_its_own_name(browse, cast, work):
    said = texts(opened(browse(cast.dung).get(f"/reports/periodic.docx?unit={cast.economy.id}")))
    assert "XÃ SUỐI MÂY" in said
    assert "nhiệm vụ được giao của Phòng Kinh tế và các đơn vị trực thuộc" in said
    assert "Tập huấn" not in said
    head = cast.person("lien", "Liên", ("monitor", cast.culture), ("leader", cast.province))
    assert "TỈNH SƠN HÀ" in texts(opened(browse(head).get("/reports/periodic.docx")))


def test_a_unit_is_urged_by_a_letter_of_its_own(browse, cast, work):
    paper = opened(browse(cast.chi).get(f"/reports/urging/{cast.economy.id}.docx"))
    said = texts(paper)
    assert "V/v đôn đốc thực hiện nhiệm vụ quá hạn, sắp đến hạn" in said
    assert "Kính gửi: Phòng Kinh tế" in said
    assert "1 nhiệm vụ quá hạn chưa hoàn thành và 1 nhiệm vụ sắp đến hạn" in said
    rows = [[cell.text for cell in row.cells] for table in paper.tables[1:-1] for row in table.rows]
    assert [row[2:] for row in rows if row[0] == "1"] == [
        ["Tháng 5/2026", "15/5/2026", "quá hạn 34 ngày", "Báo cáo kết quả"],
        ["30/6/2026", "22/6/2026", "còn 4 ngày", "Báo cáo kết quả"],
    ]
    assert "Tập huấn" not in said


def test_letters_to_all_units_or_the_chosen_ones_come_as_one_file(browse, cast, work):
    def names(query):
        answer = browse(cast.chi).get(f"/reports/urging.zip{query}")
        return zipfile.ZipFile(io.BytesIO(answer.data)).namelist()

    assert names("") == ["001 Phòng Kinh tế.docx", "002 Phòng Văn hóa - Xã hội.docx"]
    assert names(f"?unit={cast.culture.id}") == ["001 Phòng Văn hóa - Xã hội.docx"]


def test_a_meeting_goes_through_units_with_room_to_conclude(browse, cast, work):
    said = texts(opened(browse(cast.dung).get("/reports/meeting.docx")))
    assert "Kết luận" in said
    assert "Phòng Kinh tế (3)" in said
    assert "còn 12 ngày; đề nghị gia hạn đến 15/7/2026" in said
    page = browse(cast.dung).get("/reports/meeting").text
    assert "Quá hạn 34 ngày; vướng mắc: chờ tỉnh" in page
    sheet = load_workbook(io.BytesIO(browse(cast.dung).get("/sheets/meeting").data)).active
    heads, *rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD)]
    assert heads[-2:] == ["Tình hình", "Kết luận"]
    assert ["Còn 12 ngày; đề nghị gia hạn đến 15/7/2026", None] in [row[-2:] for row in rows]


@pytest.mark.parametrize("address", (*PAGES, *PAPERS))
def test_who_oversees_nothing_finds_no_papers(address, browse, cast, work):
    for person in (cast.giang, cast.an, cast.admin):
        assert browse(person).get(address).status_code == 404
    for person in (cast.dung, cast.chi):
        assert browse(person).get(address).status_code == 200


def test_what_is_not_in_sight_is_not_reported_of(browse, cast, work):
    leader = cast.person("lan", "Lan", ("leader", cast.neighbour))
    client = browse(leader)
    for address in (
        f"/reports/?plan={work.id}",
        f"/reports/periodic.docx?unit={cast.economy.id}",
        f"/reports/urging/{cast.economy.id}.docx",
        "/reports/urging.zip",
    ):
        assert client.get(address).status_code == 404
    for address in PAGES:
        assert "Phòng Kinh tế" not in client.get(address).text


@pytest.mark.parametrize("address", PAGES)
def test_a_list_asks_equally_often_for_one_row_and_for_thirty(
    address, browse, cast, make_plan, make_assignment, count_queries
):
    plan, counts = make_plan(), []
    for more in (1, 29):
        for _ in range(more):
            make_assignment(plan=plan, due_on=date(2026, 6, 1))
        client = browse(cast.dung)
        with count_queries() as sent:
            assert client.get(address).status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1]


FATES = st.tuples(
    st.sampled_from(list(State)), st.integers(-200, 100), st.integers(0, 60), st.sampled_from(["", "Mưa lũ"])
)


@chosen(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fates=st.lists(FATES, max_size=12))
def test_the_figures_of_a_report_are_those_of_the_board(fates, session, cast, make_plan, make_assignment):
    plan = make_plan()
    for state, ahead, later, cause in fates:
        due_on = date.fromordinal(date(2026, 6, 18).toordinal() + ahead)
        done = date.fromordinal(due_on.toordinal() - 30 + later) if state is State.DONE else None
        columns = {"state": state, "completed_on": done, "objective_cause": cause}
        make_assignment(plan=plan, due_on=due_on, columns=columns)
    reach, today = reach_of(cast.dung), date(2026, 6, 18)
    told = reporting.report(reach, date_moment(2026, 6, 18), PERIOD, plan=plan)
    chosen_rows = Selection(plan_id=plan.id)
    for outcome in OUTCOMES:
        if outcome is not Outcome.UNDATED:
            rows = boards.rows(reach, today, chosen_rows.among(*OUTCOMES[outcome]))
            assert getattr(told.everything, outcome) == len(rows)
    tally = boards.figures(reach, today, chosen_rows)
    assert (told.everything.total, told.everything.share) == (tally.total, tally.on_time_share)
    assert len(told.tasks) == told.within.total
    assert len(told.overdue) == told.everything.open_overdue
    assert len(told.excused) == told.everything.excused


@pytest.mark.skipif(
    not shutil.which("soffice") or not shutil.which("pdftotext"), reason="no LibreOffice here"
)
def test_nothing_is_lost_on_the_way_to_pdf(browse, cast, work, tmp_path):
    for number, address in enumerate(
        (
            "/reports/periodic.docx?period=2026-H1",
            f"/reports/urging/{cast.economy.id}.docx",
            "/reports/meeting.docx",
        )
    ):
        content = browse(cast.dung).get(address).data
        path = tmp_path / f"{number}.docx"
        path.write_bytes(content)
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        tmp_path,
        *tmp_path.glob("*.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    for path in tmp_path.glob("*.docx"):
        text = subprocess.run(
            ["pdftotext", path.with_suffix(".pdf"), "-"], check=True, capture_output=True, text=True
        ).stdout
        printed = "".join(text.split())
        lost = [word for word in texts(Document(path)).split() if word not in printed]
        assert lost == []


def test_a_period_that_has_ended_says_how_it_was_on_its_closing_day(browse, cast, make_assignment):
    done = {"state": State.DONE, "completed_on": date(2026, 6, 16)}
    make_assignment(due_on=date(2026, 6, 1), title="Xong sau ngày kết thúc", columns=done)
    client = browse(cast.dung)
    page = client.get("/reports/?period=2026-H1").text
    assert "Kỳ này đã kết thúc" in page
    assert "số liệu tính đến hết ngày 14/6/2026" in page
    assert "13 ngày" in page
    assert "Xong sau ngày kết thúc" not in client.get("/reports/?period=2026-H2").text


def test_a_page_shows_the_first_lines_and_the_papers_have_more(browse, cast, work, monkeypatch):
    monkeypatch.setattr(periodic, "MOST", 1)
    monkeypatch.setattr(meeting, "MOST", 1)
    client = browse(cast.dung)
    page = client.get(f"/reports/?plan={work.id}").text
    assert "Ở đây là 1 nhiệm vụ có hạn cuối sớm nhất" in page
    assert "Rà soát" in page
    assert "Tập huấn" not in page
    page = client.get("/reports/meeting").text
    assert "Ở đây là 2 nhiệm vụ có hạn cuối sớm nhất trong 4" in page  # one that presses, one that asks
    assert "Phòng Kinh tế</h2>" in page  # a figure here would count only what is shown
    said = texts(opened(client.get("/reports/meeting.docx")))
    assert "Phòng Kinh tế (3)" in said
    assert "Phòng Văn hóa - Xã hội (1)" in said


def test_a_list_too_long_for_a_paper_has_its_first_lines_and_says_so(browse, cast, work, monkeypatch):
    monkeypatch.setattr(reporting, "MOST_LINES", 1)
    monkeypatch.setattr(meeting, "MOST_OF_PAPER", 1)
    client = browse(cast.dung)
    whole = reporting.report(reach_of(cast.dung), date_moment(2026, 6, 18), PERIOD, plan=work)
    assert whole.cut == {"tasks": whole.within.total, "overdue": whole.everything.open_overdue}
    assert len(whole.units) == 2  # the figures of every unit are whole
    said = texts(opened(client.get(f"/reports/periodic.docx?period=2026-H1&plan={work.id}")))
    assert f"1 nhiệm vụ có hạn cuối sớm nhất trong tổng số {whole.everything.open_overdue} nhiệm vụ" in said
    assert "khẩn trương hoàn thành: xem mục I.2" in said
    page = client.get(f"/reports/?period=2026-H1&plan={work.id}").text
    assert "Báo cáo này có danh sách dài hơn 1 dòng." in page
    assert "Xem danh sách" not in page  # of a past day there is none
    assert "“Xem danh sách”" in client.get(f"/reports/?period=2026-H2&plan={work.id}").text
    said = texts(opened(client.get("/reports/meeting.docx")))
    assert "Danh mục ghi 2 nhiệm vụ có hạn cuối sớm nhất trong tổng số 4 nhiệm vụ." in said


def test_letters_to_more_than_one_file_holds_are_asked_for_some_at_a_time(browse, cast, work, monkeypatch):
    monkeypatch.setattr(urging, "MOST", 2)
    client = browse(cast.dung)
    both = f"/reports/urging.zip?unit={cast.economy.id}&unit={cast.culture.id}"
    page = client.get(both, follow_redirects=True).text
    assert "một lần tải được 2. Hãy chọn ít đơn vị hơn rồi tải lại." in page
    assert page.count(" checked") == 2
    assert client.get(f"/reports/urging.zip?unit={cast.economy.id}").mimetype == "application/zip"
