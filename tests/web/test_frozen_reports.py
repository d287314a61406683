"""A frozen report keeps its figures, rows and paper; what changes later stands beside it."""

import hashlib
import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event, insert, select

from tracker.models import AuditEntry, FrozenReport, StoredFile
from tracker.models.reports import Frozen
from tracker.rules.states import State
from tracker.services import reporting

pytestmark = pytest.mark.usefixtures("nine_oclock")

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
ADDRESS = "/reports/freeze?period=2026-H1"


@pytest.fixture
def late(make_assignment):
    """Something overdue."""
    return make_assignment(due_on=date(2026, 6, 1), title="Số hóa hồ sơ")


@pytest.fixture
def frozen(browse, cast, late, session):
    """The report as Dũng froze it."""
    assert browse(cast.dung).post(ADDRESS).status_code == 302
    return session.scalars(select(FrozenReport)).one()


def test_it_keeps_figures_rows_and_the_bytes_of_its_paper(frozen, browse, cast, late, session):
    paper = browse(cast.dung).get(f"/reports/frozen/{frozen.id}.docx").data
    assert hashlib.sha256(paper).hexdigest() == frozen.file_sha256
    late.state, late.completed_on = State.DONE, date(2026, 6, 17)
    page = browse(cast.dung).get(f"/reports/frozen/{frozen.id}").text
    assert "Số hóa hồ sơ" in page
    assert "Quá hạn, hạn cuối 01/6/2026" in page
    assert "Hoàn thành quá hạn ngày 17/6/2026, hạn cuối 01/6/2026" in page
    assert browse(cast.dung).get(f"/reports/frozen/{frozen.id}.docx").data == paper
    session.expire_all()
    assert frozen.content["everything"]["open_overdue"] == 1
    assert [line["task"] for line in frozen.content["overdue"]] == ["Số hóa hồ sơ"]


def test_figures_of_the_period_and_of_all_stand_beside_those_of_now(frozen, browse, cast, make_assignment):
    make_assignment(due_on=date(2026, 6, 2))
    make_assignment(due_on=date(2026, 6, 30))
    page = browse(cast.dung).get(f"/reports/frozen/{frozen.id}").text
    of_period, _, of_all = page.partition("Kết quả thực hiện trong kỳ</h2>")[2].partition("lũy kế</h2>")
    assert [sums(part) for part in (of_period, of_all)] == [["1", "2"], ["1", "3"]]


def sums(part):
    """The figures of the row «Cộng»: then, and now."""
    return re.findall(r'<td class="number">(\d+)</td>', part.partition("Cộng</th>")[2])[:2]


def test_without_changes_that_is_said(frozen, browse, cast):
    assert "Chưa có thay đổi nào" in browse(cast.chi).get(f"/reports/frozen/{frozen.id}").text


def test_freezing_again_makes_a_version_beside_the_old_one(frozen, browse, cast, session):
    client = browse(cast.dung)
    assert "không sửa, không xóa được" in client.get(ADDRESS).text
    client.post(ADDRESS)
    versions = session.scalars(select(FrozenReport.version).order_by(FrozenReport.id)).all()
    assert versions == [1, 2]
    listed = client.get("/reports/").text
    assert "chốt lần 1" in listed
    assert "chốt lần 2" in listed


def test_who_froze_it_and_when_is_in_the_log(frozen, cast, session, nine_oclock):
    [entry] = session.scalars(select(AuditEntry).where(AuditEntry.verb == "freeze"))
    assert (entry.actor, entry.at, entry.subject_id) == (cast.dung, nine_oclock, frozen.id)


def test_nobody_changes_or_deletes_it(frozen, session):
    frozen.period = "2026-H2"
    with pytest.raises(Frozen):
        session.flush()
    session.rollback()
    session.delete(session.scalars(select(FrozenReport)).one())
    with pytest.raises(Frozen):
        session.flush()


def test_strangers_find_nothing(frozen, browse, cast):
    other = cast.person("lan", "Lan", ("leader", cast.neighbour))
    for person in (cast.giang, cast.an, other):
        client = browse(person)
        assert client.get(f"/reports/frozen/{frozen.id}").status_code == 404
        assert client.get(f"/reports/frozen/{frozen.id}.docx").status_code == 404
    assert browse(cast.giang).post(ADDRESS).status_code == 404
    assert "chốt lần" not in browse(other).get("/reports/").text


def test_it_stays_with_its_own_days_when_reports_come_to_close_otherwise(frozen, app, browse, cast):
    app.config["REPORT_CLOSING_DAY"] = 31
    assert "Chưa có thay đổi nào" in browse(cast.dung).get(f"/reports/frozen/{frozen.id}").text
    assert (frozen.content["first"], frozen.content["last"]) == ("15/12/2025", "14/6/2026")


def test_freezing_at_the_same_moment_as_another_is_said_in_words(browse, cast, late, session):
    client = browse(cast.dung)

    def freeze_meanwhile(_session, _context, _instances):
        row = {"key": f"{cast.commune.id}.0.0.2026-H1", "version": 1, "period": "2026-H1", "content": {}}
        whose = {"issuer_id": cast.commune.id, "by_id": cast.chi.id, "at": NOW, "file_sha256": "0" * 64}
        session.execute(insert(StoredFile).values(sha256="0" * 64, size=1, media_type="x", at=NOW))
        session.execute(insert(FrozenReport).values(**row, **whose))

    event.listen(session, "before_flush", freeze_meanwhile, once=True)
    answer = client.post(ADDRESS, follow_redirects=True)
    assert answer.status_code == 200
    assert "Báo cáo này vừa được chốt ở nơi khác. Hãy xem bản đó trước khi chốt lần nữa." in answer.text


def test_of_a_long_list_the_first_lines_are_kept_with_all_figures_and_these_are_compared(
    browse, cast, late, make_assignment, session, monkeypatch
):
    monkeypatch.setattr(reporting, "MOST_LINES", 1)
    other = make_assignment(due_on=date(2026, 6, 2), title="Tập huấn kỹ năng số")
    client = browse(cast.dung)
    assert "dài hơn 1 dòng thì giữ 1 dòng" in client.get(ADDRESS).text
    client.post(ADDRESS)
    frozen = session.scalars(select(FrozenReport)).one()
    assert frozen.content["everything"]["open_overdue"] == 2
    assert frozen.content["cut"] == {"tasks": 2, "overdue": 2}
    assert [line["task"] for line in frozen.content["overdue"]] == ["Số hóa hồ sơ"]
    make_assignment(due_on=date(2026, 5, 1), title="Ban hành quy chế")  # first of the list by now
    other.state, other.completed_on = State.DONE, date(2026, 6, 17)
    page = client.get(f"/reports/frozen/{frozen.id}").text
    assert "chỉ so các dòng ghi trong bản chốt" in page
    assert "Chưa có thay đổi nào" in page
    late.state, late.completed_on = State.DONE, date(2026, 6, 17)
    page = client.get(f"/reports/frozen/{frozen.id}").text
    assert page.count("Hoàn thành quá hạn ngày 17/6/2026, hạn cuối 01/6/2026") == 1
    assert "Tập huấn" not in page and "Ban hành" not in page
