"""Lists to take home: the same rows as on their pages."""

import io
from datetime import date, datetime
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from tracker.models import ProgressReport

pytestmark = pytest.mark.usefixtures("nine_oclock")

HEAD = 3  # rows above the list


def opened(answer):
    """The rows of a sheet, each by the titles of its columns."""
    assert answer.status_code == 200, answer.status
    rows = list(load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))
    return [dict(zip(rows[HEAD - 1], row, strict=True)) for row in rows[HEAD:]]


@pytest.fixture
def work(cast, make_plan, make_assignment, nine_oclock):
    """One overdue with a report, one of another unit, both of one plan."""
    plan = make_plan()
    late = make_assignment(plan=plan, due_on=date(2026, 5, 15), title="=Niêm yết", text="Tháng 5/2026")
    late.responsible = cast.an
    late.progress_reports.append(
        ProgressReport(percent=60, text="", difficulties="chờ tỉnh", by=cast.an, at=nine_oclock)
    )
    make_assignment(plan=plan, due_on=date(2026, 9, 30), title="Số hóa", leads=[cast.culture], helpers=[])
    return plan


def test_the_list_of_a_unit_says_all_of_each_assignment(browse, cast, work):
    answer = browse(cast.an).get("/sheets/assignments")
    [row] = opened(answer)
    assert row == {
        "Kế hoạch": "41/KH-UBND",
        "Nhóm": None,
        "Mục": "1",
        "Nhiệm vụ": "'=Niêm yết",
        "Chủ trì": "Phòng Kinh tế",
        "Người phụ trách": "Nguyễn Văn An",
        "Thời hạn ghi trong kế hoạch": "Tháng 5/2026",
        "Hạn cuối": datetime(2026, 5, 15),
        "Trạng thái": "Quá hạn",
        "Số ngày quá hạn": 34,
        "Ngày nộp đang chờ xác nhận": None,
        "Ngày hoàn thành": None,
        "Tiến độ (%)": 60,
        "Ngày báo cáo gần nhất": datetime(2026, 6, 18),
        "Khó khăn, vướng mắc": "chờ tỉnh",
        "Sản phẩm": "Báo cáo kết quả",
        "Còn thiếu": "Báo cáo kết quả",
        "Nguyên nhân khách quan": None,
    }
    assert "Nhiệm vụ 2026-06-18.xlsx" in unquote(answer.headers["Content-Disposition"])


@pytest.mark.parametrize(
    ("address", "titles"),
    [
        ("/sheets/assignments?part=all", ["'=Niêm yết", "Số hóa"]),
        ("/sheets/assignments?part=all&q=niem+yet", ["'=Niêm yết"]),
        ("/sheets/overdue", ["'=Niêm yết"]),
        ("/sheets/overdue?q=chan+nuoi", []),
        ("/sheets/board", ["'=Niêm yết", "Số hóa"]),
        ("/sheets/board?quarter=2026-Q3", ["Số hóa"]),
    ],
)
def test_a_sheet_holds_the_rows_of_its_page(browse, cast, work, address, titles):
    assert [row["Nhiệm vụ"] for row in opened(browse(cast.dung).get(address))] == titles


def test_a_sheet_of_the_board_says_over_its_rows_what_they_were_narrowed_to(browse, cast, work):
    address = f"/sheets/board?lead={cast.economy.id}&sides=overdue&q=niem"
    answer = browse(cast.dung).get(address)
    said = load_workbook(io.BytesIO(answer.data)).active["A1"].value
    assert said == "Danh sách nhiệm vụ: “niem”; Phòng Kinh tế chủ trì; Quá hạn"
    assert "Danh sách nhiệm vụ 2026-06-18.xlsx" in unquote(answer.headers["Content-Disposition"])


def test_a_plan_is_taken_home_with_how_far_its_tasks_have_come(browse, cast, work):
    answer = browse(cast.dung).get(f"/sheets/plans/{work.id}")
    rows = opened(answer)
    assert [(row["Nhiệm vụ"], row["Chủ trì"], row["Quá hạn"]) for row in rows] == [
        ("'=Niêm yết", "Phòng Kinh tế", 1),
        ("Số hóa", "Phòng Văn hóa - Xã hội", 0),
    ]
    assert "Kế hoạch 41-KH-UBND 2026-06-18.xlsx" in unquote(answer.headers["Content-Disposition"])


def test_each_page_offers_its_sheet_with_its_filters(browse, cast, work):
    browser = browse(cast.dung)
    for page, sheet in (
        ("/assignments/?q=so+hoa", "/sheets/assignments?q=so+hoa"),
        ("/board/overdue?q=niem", "/sheets/overdue?q=niem"),
        ("/board/rows?quarter=2026-Q3", "/sheets/board?quarter=2026-Q3"),
        (f"/plans/{work.id}", f"/sheets/plans/{work.id}"),
    ):
        assert f'href="{sheet}"' in browser.get(page).text


def test_strangers_take_nothing_home(browse, cast, work, app):
    browser = browse(cast.giang)
    assert opened(browser.get("/sheets/assignments?part=all")) == []
    assert opened(browser.get("/sheets/overdue")) == []
    assert browser.get("/sheets/board").status_code == 403
    assert browser.get(f"/sheets/plans/{work.id}").status_code == 404
    assert app.test_client().get("/sheets/overdue").status_code == 302


@pytest.mark.parametrize(
    "address", ["/sheets/assignments", "/sheets/overdue", "/sheets/board", "/sheets/plans/{}"]
)
def test_a_long_sheet_asks_the_database_as_often_as_a_short_one(
    browse, cast, work, make_assignment, count_queries, address
):
    def asked():
        browser = browse(cast.head)
        browser = browse(cast.dung) if "board" in address else browser
        with count_queries() as sent:
            assert browser.get(address.format(work.id)).status_code == 200
        return len(sent)

    make_assignment(plan=work, due_on=date(2026, 6, 1))
    few = asked()
    for day in range(1, 31):
        make_assignment(plan=work, due_on=date(2026, 6, day))
    assert asked() == few


def test_the_list_of_plans_is_taken_home_as_it_is_searched(browse, cast, work, make_plan):
    make_plan("9/KH-UBND", title="Kế hoạch khác")
    [row] = opened(browse(cast.dung).get("/sheets/plans?q=41"))
    named = ("Số, ký hiệu", "Ngày ban hành", "Số nhiệm vụ", "Số phân công", "Quá hạn")
    assert [row[title] for title in named] == ["41/KH-UBND", datetime(2026, 1, 15), 2, 2, 1]
    assert opened(browse(cast.giang).get("/sheets/plans")) == []


def test_a_task_is_taken_home_with_the_assignments_in_sight(browse, cast, work):
    [task, other] = work.tasks
    [row] = opened(browse(cast.dung).get(f"/sheets/plans/{work.id}/tasks/{task.id}"))
    assert (row["Nhiệm vụ"], row["Số ngày quá hạn"]) == ("'=Niêm yết", 34)
    assert browse(cast.giang).get(f"/sheets/plans/{work.id}/tasks/{task.id}").status_code == 404
    assert browse(cast.dung).get(f"/sheets/plans/{work.id}/tasks/{other.id + 99}").status_code == 404
