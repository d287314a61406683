"""The reporting day of standing tasks through the door."""

import io

import pytest

from tracker.deadlines.meaning import Kind

pytestmark = pytest.mark.usefixtures("nine_oclock")


@pytest.fixture
def task(make_assignment):
    """A standing task of the economy department."""
    return make_assignment(due_on=None, kind=Kind.CONTINUOUS, text="Thường xuyên", title="Tuyên truyền")


@pytest.fixture
def address(task, session):
    session.flush()
    return f"/standing/{task.task.plan_id}/{task.unit_id}/2026-12-14"


def test_a_line_and_a_file_answer_a_standing_task(browse, cast, task, address):
    client = browse(cast.an)
    assert "Chưa báo cáo kỳ" in client.get(address).text
    fields = {f"text-{task.id}": "Đã phát 12 tin", f"file-{task.id}": (io.BytesIO(b"so lieu"), "Số liệu.txt")}
    page = client.post(address, data=fields, follow_redirects=True).text
    assert "Đã ghi 1 nội dung cho kỳ báo cáo đến 14/12/2026." in page
    assert "Đã phát 12 tin</textarea>" in page
    assert "Đã báo cáo kỳ" in page
    answer = task.standing_answers[0]
    assert client.get(f"/standing/answers/{answer.id}").data == b"so lieu"


def test_sent_again_it_changes_nothing(browse, cast, task, address):
    client = browse(cast.an)
    for count in (1, 0):
        page = client.post(address, data={f"text-{task.id}": "Đã phát 12 tin"}, follow_redirects=True).text
        assert f"Đã ghi {count} nội dung" in page


def test_a_refused_file_keeps_what_was_typed(browse, cast, task, address):
    fields = {f"text-{task.id}": "Đã phát 12 tin", f"file-{task.id}": (io.BytesIO(b"x"), "lạ.exe")}
    page = browse(cast.an).post(address, data=fields).text
    assert "Chưa nhận loại tệp của “lạ.exe”." in page
    assert "Đã phát 12 tin</textarea>" in page
    assert not task.standing_answers


def test_a_day_that_is_no_reporting_day_is_refused(browse, cast, task, address):
    other = address.replace("12-14", "12-15")
    page = browse(cast.an).post(other, data={f"text-{task.id}": "x"}).text
    assert "15/12/2026 không phải ngày báo cáo của kế hoạch." in page


@pytest.mark.parametrize(
    ("name", "status"),
    [("an", 200), ("head", 200), ("chi", 200), ("binh", 403), ("dung", 403), ("admin", 403), ("giang", 404)],
)
def test_only_the_unit_and_its_monitor_answer(browse, cast, task, address, name, status):
    client = browse(getattr(cast, name))
    assert client.get(address).status_code == status
    assert client.post(address, follow_redirects=True).status_code == status


@pytest.mark.parametrize("tail", ["1/1/not-a-day", "99/1/2026-12-14", "1/99/2026-12-14", "answers/99"])
def test_what_is_not_there_is_not_found(browse, cast, task, tail):
    assert browse(cast.an).get(f"/standing/{tail}").status_code == 404
